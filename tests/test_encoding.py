"""Bytes that are not of the session's encoding: one refusal at every door, and a path may have them."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.county import lay
from tests.walk import ACTS

from fugong.cli import _forgive

pytestmark = [
    pytest.mark.on_a_file,
    pytest.mark.skipif(os.name == "nt", reason="there a command line has no bytes"),
]

GBK = "甲厂".encode("gb18030")
SAID = "错误：「甲厂」是用 GBK 输入的，本次会话用的是 UTF-8。请把终端的编码改成 UTF-8，再运行一次。\n"


def run(*argv: str | bytes, store: Path | bytes, **env: str | bytes) -> subprocess.CompletedProcess[bytes]:
    every = {**os.environ, "FUGONG_STORE": os.fsdecode(store), **{name: os.fsdecode(env[name]) for name in env}}
    words = [word.encode() if isinstance(word, str) else word for word in argv]
    command = [sys.executable.encode(), b"-m", b"fugong", *words]
    return subprocess.run(command, env=every, capture_output=True, check=False)


@pytest.mark.parametrize(
    "command",
    [
        "list --enterprise", "list --text", "list --status", "list --format", "list --team", "show", "log", "log -",
        "enterprise add", "enterprise show", "department add", "department show", "note 1-1", "progress --as-of",
        "store set timezone", "member add", "import --map", "--unknown", "list --unknown", "",
    ],
)  # fmt: skip
def test_a_word_of_another_encoding_is_one_refusal(store: Path, command: str) -> None:
    result = run(*command.split(), GBK, store=lay(store))
    assert (result.returncode, result.stdout) == (1, b"")
    assert result.stderr.decode() == SAID


def test_it_is_said_in_english_and_as_json_and_for_bytes_of_no_known_encoding(store: Path) -> None:
    lay(store)
    english = run("list", "--text", b"\xff\xff", store=store, FUGONG_LANG="en").stderr.decode()
    assert english.startswith("Error: “<U+DCFF><U+DCFF>” was typed in another encoding; this session uses UTF-8.")
    told = json.loads(run("list", "--format", "json", "--text", GBK, store=store).stderr)
    assert told["error"]["code"] == "wrong_encoding"


def test_who_is_at_the_keyboard_must_be_told_in_the_sessions_encoding(store: Path) -> None:
    result = run("log", "-", "口罩不足", "-t", "1", store=lay(store), FUGONG_ACTOR=GBK)
    assert (result.returncode, result.stderr.decode()) == (1, SAID)


@pytest.mark.parametrize(
    "command",
    [
        ["list"], ["store", "info"], ["store", "info", "--format", "json"], ["store", "check"],
        ["store", "backup"], ["store", "backup", "--keep", "1"], ["store", "export", GBK + b".jsonl"],
        ["export", "ledger", "-o", GBK + b".xlsx"], ["report", "-o", GBK + b".html"],
        ["store", "check", "--backup", GBK + b".db"],
    ],
)  # fmt: skip
def test_a_path_may_have_such_bytes(store: Path, command: list[str | bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(store.parent)
    lay(store).rename(os.fsdecode(GBK + b".db"))
    result = run(*command, store=GBK + b".db")
    assert (result.returncode, b"bug" in result.stderr) == (0, False), result.stderr.decode()


def test_a_night_is_spent_on_a_store_and_in_a_folder_of_such_names(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(store.parent)
    lay(store).rename(os.fsdecode(GBK + b".db"))
    result = run("nightly", GBK + b".db", GBK + b"out", store=b"none.db")
    assert result.returncode == 6, result.stderr.decode()
    assert len(list(Path(os.fsdecode(GBK + b"out")).iterdir())) == 4


def test_a_backups_checksum_names_it_by_its_bytes(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(store.parent)
    lay(store).rename(os.fsdecode(GBK + b".db"))
    assert run("store", "backup", GBK + b"2.db", store=GBK + b".db").returncode == 0
    stated = Path(os.fsdecode(GBK + b"2.db.sha256")).read_bytes()
    assert stated.endswith(b"  " + GBK + b"2.db\n")
    assert run("store", "restore", GBK + b"2.db", store=b"new.db").returncode == 0


@pytest.mark.parametrize("argv", ACTS[::9], ids=lambda argv: " ".join(argv[:2]))
def test_no_command_calls_it_a_bug(store: Path, argv: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(store.parent)  # where a word is a file's, it is made
    lay(store)
    for place in range(1, len(argv)):
        result = run(*argv[:place], GBK, *argv[place + 1 :], store=store)
        assert result.returncode in (0, 1, 2, 5), (argv, place, result.stderr.decode())


@pytest.mark.parametrize(("system", "encoding"), [("nt", "utf-8"), ("posix", "cp1252")])
def test_a_pipe_gets_utf_8_on_windows_whatever_its_code_page(system: str, encoding: str) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    _forgive(stream, system)
    assert (stream.encoding, stream.errors) == (encoding, "backslashreplace")


def test_who_names_an_encoding_gets_it_on_windows_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "gbk")
    stream = io.TextIOWrapper(io.BytesIO(), encoding="gbk")
    _forgive(stream, "nt")
    assert stream.encoding == "gbk"
