"""Every command answers in JSON as its schema says, writes and refusals among them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests import walk
from tests.conftest import Run
from tests.county import lay
from typer.testing import CliRunner, Result

from fugong.cli import app
from fugong.vocab import ExitCode

SCHEMAS = Path(__file__).parents[3] / "docs" / "json"
READING = (
    "chase",
    "export",
    "find",
    "today",
    "import",
    "list",
    "load",
    "progress",
    "reconcile",
    "show",
    "summary",
    "due",
)
"""Of the commands of the walk, those that print rows, whatever they write besides."""
READING_OF = {"store": ("check", "info"), "calendar": ("show", "recheck"), "enterprise": (), "verify": ("--sample",)}
"""The same of groups, where not every one of this name does."""


def schema(name: str) -> Draft202012Validator:
    """The schema of a kind of document."""
    return Draft202012Validator(json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")))


def asked(argv: list[str]) -> Result:
    """A command line of the walk, in JSON."""
    return CliRunner().invoke(app, [*argv, "--json"], prog_name="fugong")


def reads(argv: list[str]) -> bool:
    """Whether a command line asks for rows."""
    group, verb = (argv[2:] if argv[0] == "--store" else [*argv, ""])[:2]
    if group in READING_OF:
        return verb in (*READING_OF[group], "list", "show")
    by_hand = group == "chase" and verb[:1].isdigit()
    return (group in READING or verb in READING) and verb != "--template" and not by_hand


@pytest.fixture
def walking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files of the walk here, and its store."""
    monkeypatch.setenv("FUGONG_STORE", str(walk.prepare(tmp_path)))
    monkeypatch.chdir(tmp_path)


def test_every_command_answers_as_its_schema_says(walking: None) -> None:
    validators = {True: schema("listed"), False: schema("written")}
    for argv in (*walk.REPORTS, *walk.ACTS, *walk.FINDINGS):
        result = asked(argv)
        assert result.exit_code in (ExitCode.DONE, ExitCode.FOUND), (argv, result.stderr)
        faults = [error.message for error in validators[reads(argv)].iter_errors(json.loads(result.stdout))]
        assert not faults, argv


def documented() -> dict[str, set[str]]:
    """The keys that docs/json.md has of each command."""
    sections = (SCHEMAS.parent / "json.md").read_text(encoding="utf-8").split("\n### ")[1:]
    return {text.partition("\n")[0]: set(re.findall(r"^\| `(\w+)`", text, re.MULTILINE)) for text in sections}


def test_every_key_that_is_printed_is_documented(walking: None) -> None:
    page = documented()
    for argv in walk.REPORTS:
        said = json.loads(asked(argv).stdout)
        name = " ".join(argv[:2]) if " ".join(argv[:2]) in page else argv[0]
        keys = set(said) - {"schema", "items"} | {key for item in said.get("items", ()) for key in item}
        assert keys <= page[name], (argv, keys - page[name])


def test_every_refusal_and_usage_error_is_one_document(walking: None) -> None:
    validator = schema("refused")
    for argv in (*walk.REFUSALS, *walk.USAGE):
        if "--format" in argv or argv == ["--store"]:
            continue
        result = asked(argv)
        if result.exit_code not in (ExitCode.DONE, ExitCode.FOUND):
            assert not result.stdout, argv
            faults = [error.message for error in validator.iter_errors(json.loads(result.stderr))]
            assert not faults, argv
            assert (json.loads(result.stderr)["error"]["code"] == "usage") == (result.exit_code == ExitCode.USAGE), argv


@pytest.fixture
def ledger(store: Path) -> Path:
    """The synthetic county."""
    return lay(store)


def did(result: Result) -> list[tuple[Any, ...]]:
    return [(each["kind"], each["id"], each["done"]) for each in json.loads(result.stdout)["items"]]


def test_a_write_names_what_it_touched_and_what_it_did(fugong: Run, ledger: Path) -> None:
    assert did(fugong("log", "甲厂", "新", "--solved", "--how", "好", "--json"))[0][2] == ["log", "close"]
    assert did(fugong("close", "1-1", "1-2", "--how", "好", "--format", "JSON")) == [
        ("problem", "1-1", ["close"]),
        ("problem", "1-2", []),
    ]
    assert did(fugong("undo", "--dry-run", "--json")) == [("problem", "1-1", ["undo"])]
    assert did(fugong("department", "add", "城管局", "--json")) == [("department", None, ["add"])]
    assert did(fugong("undo", "--json")) == [("department", None, ["undo"])]
    assert did(fugong("store", "set", "yellow_days", "3", "--json")) == [("setting", "yellow_days", ["set"])]


def test_a_write_has_no_other_format(fugong: Run, ledger: Path) -> None:
    result = fugong("note", "1-1", "好", "--format", "csv")
    assert result.exit_code == ExitCode.USAGE
    assert "这条命令只有 --format json 一种格式。" in result.stderr
