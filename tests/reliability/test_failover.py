"""A primary and its standby: reports may read the standby, and when the primary dies nothing acknowledged is lost."""

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple, cast

import pytest
from tests.conftest import Run
from tests.county import outcome
from tests.postgres import Server
from tests.reliability.conftest import Figures
from tests.reliability.pressing import MARKS
from tests.reliability.test_server import answers
from tests.reliability.test_storm import idents, sound
from tests.walk import REPORTS

from fugong import db
from fugong.seed.load import load_files

ROOT = Path(__file__).parents[2]
SEED = ROOT / "tests" / "data" / "county.yaml"


class Pair(NamedTuple):
    """Two servers with one store."""

    primary: Server
    standby: Server
    database: str

    @property
    def url(self) -> str:
        """The store, wherever it can be written; the standby is asked first."""
        return self.standby.url_with(self.primary, self.database)


@contextmanager
def pair(*, durable: bool) -> Iterator[Pair]:
    """A store with a county on a primary; a durable one acknowledges what its standby has."""
    with ExitStack() as started:
        primary = Server(durable=durable)
        started.callback(primary.stop)
        database = primary.database()
        load_files(primary.url(database), [SEED], actor="录入员")
        standby = Server(durable=durable, following=primary)
        started.callback(standby.stop)
        if durable:
            primary.wait_for_its_standby()
        yield Pair(primary, standby, database)


@pytest.fixture(scope="module")
def two() -> Iterator[Pair]:
    """A primary and its standby, until the last test of the module."""
    with pair(durable=False) as made:
        yield made


def test_every_report_of_a_standby_is_the_same(two: Pair, fugong: Run) -> None:
    there = {"FUGONG_STORE": two.standby.url(two.database)}
    for argv in REPORTS[::3]:
        here = outcome(fugong(*argv, FUGONG_STORE=two.primary.url(two.database)))
        assert (outcome(fugong(*argv, **there)), argv) == (here, argv)


@pytest.mark.parametrize("argv", [["log", "甲厂", "缺口罩"], ["undo"], ["store", "check"]])
def test_who_would_write_to_a_standby_is_told_what_it_is(
    two: Pair, fugong: Run, argv: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fugong.keeping.catalog._new", {})  # as in a program that has just started
    done = fugong(*argv, FUGONG_STORE=two.standby.url(two.database))
    assert (done.exit_code, "备用服务器" in done.stderr) == (5, True)


def in_recovery(url: str) -> bool:
    with db.reading(url) as reader:
        return bool((reader.first("SELECT pg_is_in_recovery()") or (0,))[0])


def test_of_several_hosts_the_primary_is_found_before_and_after_it_changed(two: Pair, fugong: Run) -> None:
    assert fugong("log", "甲厂", "缺口罩", FUGONG_STORE=two.url).exit_code == 0
    assert not in_recovery(two.url)
    assert in_recovery(f"{two.url}&target_session_attrs=prefer-standby")
    refused = fugong("log", "甲厂", "缺口罩", FUGONG_STORE=f"{two.url}&target_session_attrs=standby")
    assert (refused.exit_code, "备用服务器" in refused.stderr) == (5, True)
    while "缺口罩" not in fugong("list", FUGONG_STORE=two.standby.url(two.database)).stdout:
        time.sleep(0.02)
    two.primary.kill()
    two.standby.promote()
    told = fugong("log", "甲厂", "缺煤", FUGONG_STORE=f"{two.url}&target_session_attrs=prefer-standby")
    assert (told.exit_code, told.stdout) == (0, "1-5  某县甲厂有限公司  缺煤\n")
    assert "缺口罩" in fugong("list", FUGONG_STORE=two.url).stdout


def test_without_a_primary_one_is_told_to_try_again(two: Pair, fugong: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fugong.store.postgresql_places.FAILOVER_SECONDS", 0.01)
    two.standby.kill()
    done = fugong("list", FUGONG_STORE=two.url)
    assert (done.exit_code, "没有应答" in done.stderr) == (4, True)


def fail_over_under_load() -> Counter[str]:
    """Kill the primary while programs log, promote the standby, and count."""
    with pair(durable=True) as two:
        there = cast("Path", two.standby.url(two.database))
        before = idents(there)
        argv = [sys.executable, "-m", "tests.reliability.pressing", "4", two.url]
        with subprocess.Popen(
            argv, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
        ) as pressing:
            assert pressing.stdin
            assert pressing.stdout
            assert pressing.stderr
            told = [pressing.stdout.readline().strip() for _ in range(20)]
            time.sleep(random.uniform(0, 0.5))
            two.primary.kill()
            two.standby.promote()
            told += [pressing.stdout.readline().strip() for _ in range(40)]
            pressing.stdin.close()
            told += pressing.stdout.read().split()
            failed = pressing.stderr.read()
        assert failed == ""
        numbers = [each for each in told if each not in MARKS]
        new = idents(there) - before
        assert len(numbers) == len(set(numbers)) > 40
        assert set(numbers) <= new
        assert len(new) - len(numbers) <= told.count("?")
        sound(there)
        lost = len(set(numbers) - new)
        return Counter({"failovers": 1, "commits told": len(numbers), "lost": lost} | answers(told))


@pytest.mark.soak
def test_ten_failovers_under_load_lose_nothing_acknowledged(figures: Figures) -> None:
    seen = Counter[str]()
    for _ in range(10):
        seen.update(fail_over_under_load())
    figures("a PostgreSQL primary killed under load, its standby promoted", **seen)
