"""A database server that dies under many programs: nothing acknowledged is lost."""

import signal
import subprocess
import sys
from pathlib import Path
from typing import cast

import pytest
from tests.county import SEED
from tests.postgres import Server
from tests.reliability.conftest import Figures
from tests.reliability.pressing import MARKS
from tests.reliability.test_storm import idents, sound

from fugong.seed.load import load_files

BETWEEN = 20
"""Commits, or commits of unknown end, that are told from one death to the next."""
ROOT = Path(__file__).parents[2]


def answers(told: list[str]) -> dict[str, int]:
    """What became of commits whose answer was lost."""
    names = {"+": "answers lost and found there", "-": "answers lost and not there", "?": "uncertain"}
    return {name: told.count(mark) for mark, name in names.items()}


def die_under_load(times: int) -> dict[str, int]:
    """Kill a durable server again and again while programs log; every number that was printed is in the store."""
    own = Server(durable=True)
    try:
        url = own.url(own.database())
        load_files(url, [SEED], actor="录入员")
        before = idents(cast("Path", url))
        argv = [sys.executable, "-m", "tests.reliability.pressing", "4", url]
        with subprocess.Popen(
            argv, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
        ) as pressing:
            assert pressing.stdin
            assert pressing.stdout
            assert pressing.stderr
            told = []
            for number in range(times):
                told += [pressing.stdout.readline().strip() for _ in range(BETWEEN)]
                own.kill(signal.SIGQUIT if number % 2 else signal.SIGKILL)
                own.start()
            told += [pressing.stdout.readline().strip() for _ in range(BETWEEN)]
            pressing.stdin.close()
            told += pressing.stdout.read().split()
            failed = pressing.stderr.read()
        numbers = [each for each in told if each not in MARKS]
        assert failed == ""
        assert len(numbers) == len(set(numbers)) > times * BETWEEN // 2
        there = idents(cast("Path", url)) - before
        assert set(numbers) <= there
        assert len(there) - len(numbers) <= told.count("?")
        sound(cast("Path", url))
        lost = len(set(numbers) - there)
        return {"deaths": times, "commits told": len(numbers), "lost": lost} | answers(told)
    finally:
        own.stop()


def test_a_server_that_dies_twice_under_load_loses_nothing_acknowledged() -> None:
    die_under_load(2)


@pytest.mark.soak
def test_a_server_that_dies_thirty_times_under_load_loses_nothing_acknowledged(figures: Figures) -> None:
    figures("a PostgreSQL server killed under load", **die_under_load(30))
