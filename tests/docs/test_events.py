"""docs/events.md: a program that was written from it alone verifies what ours writes, and ours computes its example."""

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import lay
from tests.stores import VERSIONS, lay_older

from fugong.domain import history
from fugong.keeping.upgrade import upgrade
from fugong.store import chain

PROGRAM = Path(__file__).parent / "verify_events.py"
PAGE = (Path(__file__).parents[2] / "docs" / "events.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```json\n(.*?)\n```", PAGE)

pytestmark = pytest.mark.on_a_file

Lay = Callable[[Path], object]


def verified(store: Path) -> tuple[int, list[str]]:
    """What the other program says of a store; ``-I`` keeps ours out of its reach."""
    argv = [sys.executable, "-I", "-X", "utf8", str(PROGRAM), str(store)]
    done = subprocess.run(argv, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


def of_schema(version: int) -> Lay:
    def lay_upgraded(store: Path) -> None:
        lay_older(store, version)
        upgrade(str(store))

    return lay_upgraded


CHAINED = 3
"""The schema from which on commands stand in a chain."""

STORES = [pytest.param(lay, id="county"), *(pytest.param(of_schema(v), id=f"schema-{v}") for v in VERSIONS)]


ACTS = (
    ("note", "2-1", "误记"),
    ("undo",),
    ("redo",),
    ("store", "set", "yellow_days", "3"),
    ("store", "set", "yellow_days", "4"),
    ("undo",),
    ("redact", "2-1", "--why", "误录"),
    ("publish", "--name", "留存"),
    ("note", "2-1", '"\\口罩😷\n到货'),
)
_made: dict[Lay, bytes] = {}


@pytest.fixture(params=STORES)
def lived_in(request: pytest.FixtureRequest, store: Path, fugong: Run) -> Path:
    """A store, new or upgraded, in which somebody then took something back, published and went on."""
    fill: Lay = request.param
    if fill in _made:
        store.write_bytes(_made[fill])
        return store
    fill(store)
    for act in ACTS:
        assert fugong(*act).exit_code == 0, act
    _made[fill] = store.read_bytes()
    return store


def test_it_finds_the_seal_that_the_program_prints(lived_in: Path, fugong: Run) -> None:
    printed = json.loads(fugong("store", "info", "--format", "json").stdout)["seal"]
    assert verified(lived_in) == (0, [printed])


NEWEST = "(SELECT max(id) FROM event WHERE kind = 'problem')"
OLDEST = "(SELECT min(id) FROM event WHERE kind = 'problem')"
SETTING = "(SELECT min(id) FROM event WHERE kind = 'setting')"
CHANGES = {
    "another value of a setting": (
        f"UPDATE event SET changes = replace(changes, '3', '5') WHERE id = {SETTING}",
        "its hash",
    ),
    "another word in a new event": (f"UPDATE event SET text = '改' WHERE id = {NEWEST}", "its hash"),
    "another day in an old event": (f"UPDATE event SET on_date = '2020-01-01' WHERE id = {OLDEST}", "its hash"),
    "blanks in the changes": (f"UPDATE event SET changes = ' ' || changes WHERE id = {OLDEST}", "not canonical"),
    "no parents": (f"UPDATE event SET parents = '[]' WHERE id = {NEWEST}", "its parents"),
}


@pytest.mark.parametrize(("sql", "said"), CHANGES.values(), ids=CHANGES)
def test_it_names_an_event_that_was_changed(lived_in: Path, sql: str, said: str) -> None:
    with closing(sqlite3.connect(lived_in)) as connection, connection:
        (key,) = connection.execute("SELECT " + sql.rpartition("id = ")[2]).fetchone()
        connection.execute(sql)
    status, lines = verified(lived_in)
    assert (status, [line for line in lines if line.startswith(f"event {key} ") and said in line] != []) == (1, True)


COMMANDS = {
    "another name": ("UPDATE batch SET actor = '别人' WHERE verb = 'undo'", "its digest"),
    "an event less": ("DELETE FROM event WHERE id = (SELECT max(id) FROM event WHERE act = 'note')", "its digest"),
    "another number": ("UPDATE batch SET number = number + 5 WHERE verb = 'publish'", "does not join"),
    "none in between": (
        "DELETE FROM event WHERE batch_id = {undo}; DELETE FROM batch WHERE id = {undo}".format(
            undo="(SELECT max(id) FROM batch WHERE verb = 'undo')"
        ),
        "does not join",
    ),
    "a seal": ("UPDATE publication SET seal = 's' WHERE seal IS NOT NULL", "another seal"),
    "one more without a digest": (
        "INSERT INTO batch (id, uid, verb, actor, recorded_at, replica) VALUES (9999, 'u', 'v', 'a', 'w', 'r')",
        "no first command stands for them",
    ),
}


@pytest.mark.parametrize(("sql", "said"), COMMANDS.values(), ids=COMMANDS)
def test_it_finds_a_command_that_was_changed(lived_in: Path, sql: str, said: str) -> None:
    with closing(sqlite3.connect(lived_in)) as connection:
        connection.executescript(sql)
    status, lines = verified(lived_in)
    assert (status, any(said in line for line in lines)) == (1, True)


@pytest.mark.parametrize("version", [version for version in VERSIONS if version < CHAINED])
def test_what_came_before_the_chain_is_bound_by_its_beginning(store: Path, version: int) -> None:
    of_schema(version)(store)
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute("UPDATE batch SET undoes_id = NULL WHERE digest IS NULL AND undoes_id IS NOT NULL")
    status, lines = verified(store)
    assert (status, len(lines), "its digest" in lines[0]) == (1, 1, True)


def test_the_example_is_what_the_program_computes() -> None:
    event, head = map(json.loads, EXAMPLES)
    hash_, digest, seal = re.findall(r"^`([0-9a-f]+)`$", PAGE, re.MULTILINE)
    assert history.digest(event) == hash_
    assert str(chain.Digest(chain.Command(**head)).add([hash_])) == digest
    assert chain.seal(f"{head['replica']} {digest}\n") == seal
    assert [history.canonical(event), history.canonical(head)] == EXAMPLES


def test_strings_are_written_as_the_page_says() -> None:
    short = dict(zip("\b\t\n\f\r", ("\\b", "\\t", "\\n", "\\f", "\\r"), strict=True)) | {'"': '\\"', "\\": "\\\\"}
    for character in map(chr, (*range(0x100), 0x2028, 0x53E3, 0x1F637)):
        said = short.get(character) or (f"\\u{ord(character):04x}" if character < " " else character)
        assert history.canonical(character) == f'"{said}"'


def test_the_page_names_every_key_of_what_is_hashed() -> None:
    tables = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (.*?) \|", PAGE, re.MULTILINE))))
    event, head = map(json.loads, EXAMPLES)
    assert tables == {*event, *head}
    assert set(chain.Command._fields) == set(head)
