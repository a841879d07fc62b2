"""A database server under many programs, and one that dies under them: nothing acknowledged is lost."""

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import cast

import pytest
from tests.county import SEED, template
from tests.postgres import Server, server
from tests.reliability.test_storm import idents, sound, storm

from fugong.seed.load import load_files

ROOT = Path(__file__).parents[2]


def log_at_once(processes: int, times: int) -> None:
    database = server().database(template())
    store = cast("Path", server().url(database))
    before = idents(store)
    told = storm("log", processes, times, store)
    assert len(told) == len(set(told)) == processes * times
    assert idents(store) == before | set(told)
    sound(store)
    server().drop(database)


def test_programs_that_log_on_a_server_at_once_lose_nothing() -> None:
    log_at_once(10, 5)


@pytest.mark.soak
def test_fifty_programs_that_log_on_a_server_twenty_times_lose_nothing() -> None:
    log_at_once(50, 20)


def die_under_load(times: int) -> None:
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
            for number in range(times):
                time.sleep(1.5)
                own.kill(signal.SIGQUIT if number % 2 else signal.SIGKILL)
                own.start()
            time.sleep(1)
            printed, failed = pressing.communicate()
        told = printed.split()
        numbers = [each for each in told if each != "?"]
        print(f"{times} deaths, {len(numbers)} acknowledged, {told.count('?')} uncertain")  # noqa: T201
        assert failed == ""
        assert len(numbers) == len(set(numbers)) > times
        there = idents(cast("Path", url)) - before
        assert set(numbers) <= there
        assert len(there) - len(numbers) <= told.count("?")
        sound(cast("Path", url))
    finally:
        own.stop()


def test_a_server_that_dies_twice_under_load_loses_nothing_acknowledged() -> None:
    die_under_load(2)


@pytest.mark.soak
def test_a_server_that_dies_thirty_times_under_load_loses_nothing_acknowledged() -> None:
    die_under_load(30)
