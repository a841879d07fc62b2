"""Damaged files: ``store check`` names every one whose rows read differently, and no command prints a traceback."""

import random
import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import chdir, closing
from functools import partial
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import lay
from tests.reliability.conftest import Figures, ends
from tests.reliability.damage import damaged
from tests.reliability.sharing import shared_out
from tests.walk import ACTS, REPORTS
from typer.testing import CliRunner

from fugong import db
from fugong.errors import Refusal
from fugong.keeping import check

pytestmark = pytest.mark.on_a_file

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


OTHERS = [*ACTS, *REPORTS]
"""Six of these are tried on each file, too."""


def content(path: Path) -> object:
    """Every row of every table as a plain reader gets it; None where it cannot be read."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
            return [
                (name, connection.execute(f'SELECT * FROM "{name}" ORDER BY 1, 2').fetchall()) for (name,) in tables
            ]
    except (sqlite3.Error, UnicodeDecodeError):
        return None


def verdict(path: Path) -> str:
    try:
        with db.examining(str(path)) as session:
            return "found" if any(check.findings(session)) else "whole"
    except Refusal as refusal:
        return f"refused {refusal.exit_code}"


def missed(folder: Path, seeds: Sequence[int]) -> tuple[Counter[str], list[int]]:
    """What the check said of damaged files, and those that read differently without its saying so."""
    store = folder / f"{seeds[0]}.db"
    image = lay(store).read_bytes()
    good = content(store)
    said: Counter[str] = Counter()
    silent = []
    for seed in seeds:
        store.write_bytes(damaged(image, random.Random(seed)))
        answer, differs = verdict(store), content(store) != good
        said[f"{answer} (reads {'differently' if differs else 'the same'})"] += 1
        if answer == "whole" and differs:
            silent.append(seed)
    return said, silent


def test_the_check_names_every_file_whose_rows_read_differently(tmp_path: Path) -> None:
    said, silent = missed(tmp_path, range(60))
    assert silent == []
    assert {answer.partition(" (")[0] for answer in said} <= {"found", "whole", "refused 5"}


@pytest.mark.soak
def test_the_check_names_every_one_of_thousands(tmp_path: Path, figures: Figures) -> None:
    shares = shared_out(partial(missed, tmp_path), range(4000))
    said = sum((each for each, _ in shares), Counter[str]())
    silent = [seed for _, seeds in shares for seed in seeds]
    figures("damaged files", files=said.total(), **dict(sorted(said.items())), missed=len(silent))
    assert silent == []
    assert {answer.partition(" (")[0] for answer in said} <= {"found", "whole", "refused 5"}


def answers(folder: Path, seeds: Sequence[int]) -> Counter[int]:
    """How every command ended on damaged files."""
    from fugong.cli import app

    place = folder / str(seeds[0])
    place.mkdir()
    image = lay(place / "store.db").read_bytes()
    ended: Counter[int] = Counter()
    with chdir(place):
        for seed in seeds:
            chance = random.Random(seed)
            spoilt = damaged(image, chance)
            for argv in (*COMMANDS, *chance.sample(OTHERS, 6)):
                Path("store.db").write_bytes(spoilt)
                Path("store.db-journal").unlink(missing_ok=True)
                result = CliRunner().invoke(app, ["--store", "store.db", *argv], catch_exceptions=False)
                assert "Traceback" not in result.output + result.stderr
                ended[result.exit_code] += 1
    return ended


def test_no_command_takes_damage_for_a_bug(tmp_path: Path) -> None:
    assert set(answers(tmp_path, range(15))) <= {0, 1, 5, 6}


@pytest.mark.soak
def test_no_command_takes_damage_for_a_bug_hundreds_of_times(tmp_path: Path, figures: Figures) -> None:
    ended = sum(shared_out(partial(answers, tmp_path), range(300)), Counter[int]())
    figures("commands on damaged files", **ends(ended))
    assert set(ended) <= {0, 1, 5, 6}


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
