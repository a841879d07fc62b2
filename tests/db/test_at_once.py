"""Several programs at once, and one that is killed while it writes."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from tests.conftest import command
from tests.db.conftest import listing

from fugong import db
from fugong.domain import problems, roster
from fugong.store.settings import DEFAULTS, FACTS

HALF_WRITTEN = """
import sys
from fugong import db

with db.writing(sys.argv[1]) as session:
    session.run("PRAGMA cache_size=1")  # so that changes reach the file before the commit
    session.run("UPDATE fact SET value = 'half'")
    rows = [(str(number), "x" * 2000, "") for number in range(200)]
    session.run_all("INSERT INTO fact (name, value, seal) VALUES (?, ?, ?)", rows)
    print("half", flush=True)
    sys.stdin.read()
"""


@pytest.mark.on_a_file
def test_a_program_killed_while_it_writes_leaves_the_store_as_it_was(empty_store: Path) -> None:
    before = empty_store.read_bytes()
    argv = [sys.executable, "-c", HALF_WRITTEN, str(empty_store)]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        assert program.stdout
        assert program.stdout.readline() == b"half\n"
        program.kill()
    assert listing(empty_store.parent) == ["store.db", "store.db-journal"]
    assert empty_store.read_bytes() != before
    with db.reading(str(empty_store)) as reader:
        assert reader.settings.keys() == {*DEFAULTS, *FACTS}
        assert reader.zone == "Asia/Shanghai"
    assert empty_store.read_bytes() == before
    assert listing(empty_store.parent) == ["store.db"]


TOGETHER = """
import os, sys, traceback
from fugong import db
from fugong.domain import problems as ledger, roster
from fugong.errors import Refusal
from fugong.store.records import Team
from tests.conftest import command
from tests.county import engine_of, fingerprint

def say(word):
    os.write(1, f"{word}\\n".encode())  # at one go, so that no other process writes in between

def together(count, work):
    '''Processes that set off at the same moment.'''
    started, gun = os.pipe()
    for _ in range(count):
        if os.fork() == 0:
            os.close(gun)
            os.read(started, 1)
            try:
                work(sys.argv[1])
            except BaseException:
                traceback.print_exc()
            os._exit(0)
    os.close(gun)
    for _ in range(count):
        os.wait()
"""


def said_together(script: str, store: Path) -> list[str]:
    """What several programs at once had to say, none of it on stderr."""
    root = Path(__file__).parents[2]
    argv = [sys.executable, "-c", TOGETHER + script, str(store)]
    done = subprocess.run(argv, cwd=root, capture_output=True, text=True, check=True, timeout=300)
    assert done.stderr == ""
    return done.stdout.split()


MAKE = """
def make(store):
    try:
        with db.creating(store) as session:
            session.save(Team(code="1", sort="1", name="甲", county="乙"))
    except Refusal as refusal:
        say(refusal.code)
    else:
        say("made")

together(8, make)
"""


def test_of_eight_programs_that_make_a_store_at_once_one_does(tmp_path: Path) -> None:
    store = tmp_path / "new" / "store.db"
    assert Counter(said_together(MAKE, store)) == {"made": 1, "store_exists": 7}
    assert listing(store.parent) == ["store.db"]
    with db.reading(str(store)) as reader:
        assert list(reader.rows("SELECT code FROM team")) == [("1",)]


LOG = """
def log(store):
    for _ in range(20):
        with command(store) as writer:
            problem = ledger.log_problem(writer, "x", team=roster.find_team(writer.session, "1"))
        say(problem.number)

together(8, log)
"""


def test_of_eight_programs_that_log_at_once_nothing_is_lost_or_numbered_twice(empty_store: Path) -> None:
    with command(empty_store) as writer:
        roster.add_team(writer, "1", name="第一组", county="某县")
    numbers = sorted(int(number) for number in said_together(LOG, empty_store))
    assert numbers == list(range(1, 161))
    with db.reading(str(empty_store)) as reader:
        assert [number for (number,) in reader.rows("SELECT number FROM problem ORDER BY number")] == numbers
        assert reader.first("SELECT count(*) FROM event WHERE act = 'log'") == (160,)
        assert reader.first("SELECT next_number FROM team") == (161,)


CLOSE = """
def close(store):
    with command(store) as writer:
        closed = ledger.close_problem(writer, roster.find_problem(writer.session, "1-1"), "x")
    say(closed)

together(8, close)
"""


def test_of_eight_programs_that_close_a_problem_at_once_one_does(empty_store: Path) -> None:
    with command(empty_store) as writer:
        problems.log_problem(writer, "口罩不足", team=roster.add_team(writer, "1", name="第一组", county="某县"))
    assert Counter(said_together(CLOSE, empty_store)) == {"True": 1, "False": 7}
    with db.reading(str(empty_store)) as reader:
        assert reader.first("SELECT count(*) FROM event WHERE act = 'close'") == (1,)
