"""What cannot be merged is refused with exit code 1: it says why and what to type, and nothing was written."""

import gzip
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run
from tests.county import lay
from tests.keeping.copies import Copies

from fugong.keeping import bundles

NEXT = "fugong store bundle"


@pytest.fixture
def copies(store: Path, tmp_path: Path, fugong: Run) -> Copies:
    """A home and a copy of it in which something was entered."""
    del fugong
    lay(store)
    made = Copies(store, tmp_path)
    made.clone("b")
    made("b", "log", "甲厂", "缺扳手")
    return made


def refused(copies: Copies, place: Path | str) -> str:
    """What is said; the ledger is as it was, and no backup is left behind."""
    before, kept = copies.ledger("home"), sorted(copies.folder.rglob("merge-*"))
    said = copies("home", "merge", str(place), ok=False)
    assert (said.exit_code, said.stdout) == (1, "")
    assert (copies.ledger("home"), sorted(copies.folder.rglob("merge-*"))) == (before, kept)
    return said.stderr


def _database(place: Path) -> None:
    with sqlite3.connect(place) as other:
        other.execute("CREATE TABLE t (x)")
    other.close()


FILES: dict[str, Callable[[Path], object]] = {
    "empty": lambda place: place.write_bytes(b""),
    "text": lambda place: place.write_text("组号,问题\n", encoding="utf-8"),
    "short": lambda place: place.write_bytes(b"SQLite format 3\0"),
    "a database of something else": _database,
}


@pytest.mark.words
@pytest.mark.parametrize("made", FILES.values(), ids=FILES)
def test_a_file_that_is_neither_store_nor_bundle_is_called_so(
    copies: Copies, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: Callable[[Path], object]
) -> None:
    place = tmp_path / "别的"
    made(place)
    assert "不是台账、备份，也不是合并包" in (said := refused(copies, place))
    assert NEXT in said
    monkeypatch.setenv("FUGONG_LANG", "en")
    assert "neither a store, nor a backup, nor a bundle" in refused(copies, place)


@pytest.mark.words
@pytest.mark.parametrize(
    ("made", "why"), [(os.mkdir, "它不是普通文件"), (os.mkfifo, "它不是普通文件"), (str, "没有这个文件")]
)
def test_what_is_no_file_is_not_called_a_missing_one(
    copies: Copies, tmp_path: Path, made: Callable[[Path], object], why: str
) -> None:
    place = tmp_path / "别的"
    made(place)
    assert why in refused(copies, place)


def test_a_source_on_a_server_is_named_without_its_password(copies: Copies) -> None:
    if "://" not in copies.places["home"]:
        pytest.skip("of a source that is on a server")
    from tests.postgres import server

    database = server().database()
    copies.places["x"] = server().url(database)
    copies("x", "init", "--county", "别县", "--teams", "1")
    marked = copies.places["x"].replace("://postgres@", "://postgres:geheim@", 1)
    assert marked != copies.places["x"]
    said = refused(copies, marked)
    server().drop(database)
    assert ("--accept" in said, "geheim" in said) == (True, False)


def repacked(copies: Copies, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Path:
    """The copy's bundle with another first line."""
    head, *rest = bundles.unpacked(Path(copies.bundle("b")))
    place = copies.folder / "changed.bundle"
    place.write_bytes(b"".join(bundles.packed([change(head), *rest])))
    return place


@pytest.mark.words
@pytest.mark.parametrize("schema", [None, "3", True, 3.5])
def test_a_bundle_that_names_no_schema_is_none(copies: Copies, schema: object) -> None:
    assert "不是 fugong 的合并包" in refused(copies, repacked(copies, lambda head: {**head, "schema": schema}))


def test_a_newer_bundle_says_what_to_do_next(copies: Copies) -> None:
    place = repacked(copies, lambda head: {**head, "schema": 4})
    said = refused(copies, place)
    assert all(each in said for each in ("结构第 4 版", "本程序用第 3 版", "什么也没有写入", NEXT))


@pytest.mark.words
@pytest.mark.parametrize(
    ("left", "why"), [(0.5, "文件不完整"), (0.0, "不是台账、备份，也不是合并包")], ids=["half", "nothing"]
)
def test_a_bundle_that_was_cut_off_is_refused(copies: Copies, tmp_path: Path, left: float, why: str) -> None:
    whole = Path(copies.bundle("b")).read_bytes()
    place = tmp_path / "cut.bundle"
    place.write_bytes(whole[: int(len(whole) * left)])
    assert why in (said := refused(copies, place))
    assert NEXT in said


@pytest.mark.words
@pytest.mark.parametrize(
    "line",
    [b"[" * 100_000, b'{"format": "fugong bundle", "schema": 3' + b" " * (5 << 20), b"9" * 100_000],
    ids=["deep", "long", "digits"],
)
def test_a_line_that_is_made_to_burst_is_refused(copies: Copies, tmp_path: Path, line: bytes) -> None:
    place = tmp_path / "bomb.bundle"
    place.write_bytes(gzip.compress(line))
    assert NEXT in refused(copies, place)


def test_an_event_of_a_command_without_a_number_is_named_without_one(copies: Copies, tmp_path: Path) -> None:
    """Of before the chains: nobody is told of a command called None."""
    lines = list(bundles.unpacked(Path(copies.bundle("b"))))
    at = next(place for place, line in enumerate(lines) if isinstance(line, list) and line[0] == "batch")
    uid, verb, actor, moment, replica, _, _, _, _, _ = lines[at][1]
    older = ["batch", [uid, verb, actor, moment, replica, None, None, None, None, None]]
    place = tmp_path / "older.bundle"
    place.write_bytes(b"".join(bundles.packed([*lines[:at], older, *lines[at + 1 :]])))
    before = copies.ledger("home")
    said = copies("home", "merge", str(place), "--accept", replica, ok=False)
    assert said.exit_code == 1
    assert "None" not in said.stderr
    assert copies.ledger("home") == before
