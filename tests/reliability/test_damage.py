"""Damaged files: ``store check`` names every one whose rows read differently, and no command prints a traceback."""

import random
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import lay
from tests.reliability.damage import damaged

from fugong import db
from fugong.errors import Refusal
from fugong.keeping import check

SHORT, LONG = 60, 4000
COMMANDS = (
    ("store", "check"),
    ("progress",),
    ("list", "--status", "all"),
    ("show", "1-1"),
    ("close", "1-1", "--how", "好"),
    ("log", "甲厂", "新问题"),
    ("store", "info"),
    ("store", "backup"),
    ("store", "export", "all.jsonl", "--force"),
)


def content(path: Path) -> object:
    """Every row of every table as a plain reader gets it; None where it cannot be read."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
            return [
                (name, connection.execute(f'SELECT * FROM "{name}" ORDER BY 1, 2').fetchall())  # noqa: S608
                for (name,) in tables
            ]
    except (sqlite3.Error, UnicodeDecodeError):
        return None


def verdict(path: Path) -> str:
    try:
        with db.examining(str(path)) as session:
            return "found" if any(check.findings(session)) else "whole"
    except Refusal as refusal:
        return f"refused {refusal.exit_code}"


def missed(store: Path, count: int) -> tuple[Counter[str], list[int]]:
    """What the check said of damaged files, and those that read differently without its saying so."""
    image = lay(store).read_bytes()
    good = content(store)
    said: Counter[str] = Counter()
    silent = []
    for seed in range(count):
        store.write_bytes(damaged(image, random.Random(seed)))  # noqa: S311
        answer, differs = verdict(store), content(store) != good
        said[f"{answer}, {'differs' if differs else 'same'}"] += 1
        if answer == "whole" and differs:
            silent.append(seed)
    return said, silent


def test_the_check_names_every_file_whose_rows_read_differently(store: Path) -> None:
    said, silent = missed(store, SHORT)
    assert silent == []
    assert {answer.partition(",")[0] for answer in said} <= {"found", "whole", "refused 5"}


@pytest.mark.soak
def test_the_check_names_every_one_of_thousands(store: Path) -> None:
    said, silent = missed(store, LONG)
    print(dict(said))  # noqa: T201
    assert silent == []


def answers(store: Path, fugong: Run, count: int) -> Counter[tuple[str, int]]:
    """How every command ended on damaged files."""
    image = lay(store).read_bytes()
    ended: Counter[tuple[str, int]] = Counter()
    for seed in range(count):
        for argv in COMMANDS:
            store.write_bytes(damaged(image, random.Random(seed)))  # noqa: S311
            store.with_name("store.db-journal").unlink(missing_ok=True)
            result = fugong(*argv)
            assert "Traceback" not in result.output + result.stderr
            ended[argv[0] if argv[0] != "store" else " ".join(argv[:2]), result.exit_code] += 1
    return ended


def test_no_command_takes_damage_for_a_bug(store: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(store.parent)
    assert {code for _, code in answers(store, fugong, 15)} <= {0, 1, 5, 6}


@pytest.mark.soak
def test_no_command_takes_damage_for_a_bug_hundreds_of_times(
    store: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(store.parent)
    ended = answers(store, fugong, 300)
    print(dict(ended))  # noqa: T201
    assert {code for _, code in ended} <= {0, 1, 5, 6}


@pytest.mark.parametrize(
    ("old", "new", "argv"),
    [
        (b"p.inferred", b"p.infemred", ["list"]),
        (b'["\xe4\xb8\x9c\xe5\x8e\x82', b"{[\xe4\xb8\x9c\xe5\x8e\x82", ["store", "export", "all.jsonl"]),
        (b"400-500", b"4x0-500", ["progress", "--by", "kind"]),
    ],
    ids=["view", "list", "number"],
)
def test_what_a_damaged_row_makes_of_a_command_is_no_bug(
    store: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch, old: bytes, new: bytes, argv: list[str]
) -> None:
    monkeypatch.chdir(store.parent)
    image = lay(store).read_bytes()
    assert old in image
    store.write_bytes(image.replace(old, new))
    result = fugong(*argv)
    assert result.exit_code == 5
    assert "文件已损坏，请用备份恢复" in result.stderr
    assert fugong("store", "check").exit_code == 6
