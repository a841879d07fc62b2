"""Every command answers in JSON as its schema says, writes and refusals among them."""

import json
import shlex
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from tests import walk
from tests.commands.frame.conftest import BEFORE
from tests.conftest import Run
from tests.county import lay
from typer.testing import CliRunner, Result

from fugong.cli import app
from fugong.commands.frame.examples import table
from fugong.reports import progress
from fugong.vocab import ExitCode

SCHEMAS = Path(__file__).parents[3] / "docs" / "json"
NAMES = sorted({" ".join(path) for path, _ in walk.commands()})
"""Every command."""
FILES = {"report", "notice", "notice make", "notice template"}
"""What writes a file and nothing else: its examples keep their ``-o``."""


@cache
def files() -> dict[str, Any]:
    """The schemas by the names of their files."""
    return {path.name: json.loads(path.read_text(encoding="utf-8")) for path in SCHEMAS.iterdir()}


def schema(name: str) -> Draft202012Validator:
    """The schema of a command, or of what is refused."""
    resources = ((file, Resource.from_contents(said)) for file, said in files().items())
    return Draft202012Validator(
        files()[f"{name.replace(' ', '-')}.schema.json"],
        registry=Registry().with_resources(resources),
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )


def faults(name: str, text: str) -> list[str]:
    """What is wrong with a document of a command."""
    return [f"{error.json_path}: {error.message}" for error in schema(name).iter_errors(json.loads(text))]


def command_of(argv: list[str]) -> str:
    """The command that a line is of."""
    words = argv[2:] if argv[0] == "--store" else argv
    return next(name for name in (" ".join(words[:2]), words[0]) if name in NAMES)


def asked(argv: list[str]) -> Result:
    """A command line, in JSON."""
    return CliRunner().invoke(app, [*argv, "--json"], prog_name="fugong")


@pytest.fixture
def walking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files of the walk here, and its store."""
    monkeypatch.setenv("FUGONG_STORE", str(walk.prepare(tmp_path)))
    monkeypatch.chdir(tmp_path)


def test_every_command_has_a_schema_and_every_schema_is_of_a_command() -> None:
    names = {name.replace(" ", "-") for name in NAMES}
    assert set(files()) == {f"{name}.schema.json" for name in names | {"written", "refused", "version"}}


@pytest.mark.on_a_file
@pytest.mark.parametrize("name", NAMES)
def test_the_examples_of_every_command_answer_as_its_schema_says(
    desk: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert desk == Path.cwd()
    for prepared in BEFORE.get(name, []):
        assert asked([*prepared]).exit_code in (ExitCode.DONE, ExitCode.FOUND)
    if name in ("approve", "reject"):
        monkeypatch.setenv("FUGONG_ACTOR", "审核人")
    for line, _ in table()[name]:
        words = [word for word in shlex.split(line) if word != "--short"]  # which is Markdown alone
        argv = words[: words.index("-o")] if "-o" in words and name not in FILES else words
        result = asked(argv)
        assert result.exit_code in (ExitCode.DONE, ExitCode.FOUND), (line, result.stderr)
        assert faults(name, result.stdout) == [], line


TAKING_FILES = [" ".join(path) for path, command in walk.commands() if "out" in [each.name for each in command.params]]
"""What writes its rows to a file where it is given one."""
LISTING = {"chase": ["chase"], "verify": ["verify", "--sample", "2"]}
"""How that is asked of what else writes to the ledger, and has rows without ids alone."""


@pytest.mark.on_a_file
@pytest.mark.parametrize("name", TAKING_FILES)
def test_what_writes_a_file_answers_with_its_name_and_the_file_is_what_its_suffix_says(desk: Path, name: str) -> None:
    for prepared in BEFORE.get(name, []):
        assert asked([*prepared]).exit_code in (ExitCode.DONE, ExitCode.FOUND)
    words = LISTING.get(name) or shlex.split(table()[name][0][0])
    argv = words[: words.index("-o")] if "-o" in words else words
    for path in (desk / "made.json", desk / "made.xlsx"):
        result = asked([*argv, "-o", path.name])
        assert result.exit_code in (ExitCode.DONE, ExitCode.FOUND), result.stderr
        assert faults(name, result.stdout) == []
        item = {"kind": "file", "id": None, "name": path.name, "uid": None, "done": ["write"]}
        assert json.loads(result.stdout)["items"] == [item]
        assert faults(name, path.read_text()) == [] if path.suffix == ".json" else path.read_bytes().startswith(b"PK")


def test_every_command_of_the_walk_answers_as_its_schema_says(walking: None) -> None:
    for argv in (*walk.REPORTS, *walk.ACTS, *walk.FINDINGS):
        result = asked(argv)
        assert result.exit_code in (ExitCode.DONE, ExitCode.FOUND), (argv, result.stderr)
        assert faults(command_of(argv), result.stdout) == [], argv


def test_a_key_that_no_schema_knows_is_refused(walking: None) -> None:
    for argv in walk.REPORTS:
        name, said = command_of(argv), json.loads(asked(argv).stdout)
        assert faults(name, json.dumps(said | {"colour": "red"})), argv
        for item in said.get("items", ())[:1]:
            more = said | {"items": [item | {"colour": "red"}]}
            assert faults(name, json.dumps(more)), argv


def test_a_bug_is_one_document(ledger: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(progress, "progress")
    result = fugong("progress", "--json")
    assert (result.exit_code, result.stdout) == (ExitCode.BUG, "")
    assert faults("refused", result.stderr) == []
    assert json.loads(result.stderr)["error"]["code"] == "bug"


@pytest.mark.on_a_file
@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("here.db", (True, True, None)),
        ("not there.db", (False, False, None)),
        ("no store", (True, False, "store_foreign")),
        ("postgresql://nobody@nowhere/", (None, False, None)),
    ],
)
def test_the_version_is_one_document_whatever_the_store_is(
    tmp_path: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch, name: str, state: tuple[object, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("no store").write_text("a text", encoding="utf-8")
    assert fugong("--store", "here.db", "store", "init", "--bare").exit_code == ExitCode.DONE
    result = fugong("--json", "--version", "--store", name)
    assert (result.exit_code, result.stderr, faults("version", result.stdout)) == (ExitCode.DONE, "", [])
    said = json.loads(result.stdout)["store"]
    assert (said["exists"], bool(said["schema_version"]), said["error"] and said["error"]["code"]) == state


@pytest.mark.parametrize("argv", [("--json",), ("team", "--json"), ("--json", "team"), ("--json", "clsoe")])
def test_json_without_a_command_is_one_document(store: Path, fugong: Run, argv: tuple[str, ...]) -> None:
    result = fugong(*argv)
    assert (result.exit_code, result.stdout) == (ExitCode.USAGE, "")
    assert faults("refused", result.stderr) == []
    assert json.loads(result.stderr)["error"]["code"] == "usage"


def test_json_may_stand_before_the_command(fugong: Run, ledger: Path) -> None:
    assert fugong("--json", "team", "list").stdout == fugong("team", "list", "--json").stdout


def test_every_refusal_and_usage_error_is_one_document(walking: None) -> None:
    for argv in (*walk.REFUSALS, *walk.USAGE):
        if "--format" in argv or argv == ["--store"]:
            continue
        result = asked(argv)
        if result.exit_code not in (ExitCode.DONE, ExitCode.FOUND):
            assert not result.stdout, argv
            assert faults("refused", result.stderr) == [], argv
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


LINES = '# 早上\nlist --team 10\nclose 9-9 好\nnote 1-1 "坏\nshell\nnote 1-1 有进展\nlist -o l.csv\n'


def test_lines_of_a_file_are_one_document(
    fugong: Run, ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("lines").write_text(LINES, encoding="utf-8")
    result = fugong("run", "lines", "--keep-going", "--json")
    assert (result.exit_code, faults("run", result.stdout)) == (ExitCode.FOUND, [])
    items = json.loads(result.stdout)["items"]
    codes = [(each["line"], each["code"], each["error"] and each["error"]["code"]) for each in items]
    refused = {3: "unknown_problem", 4: "quote_open", 5: "shell_in_shell"}
    assert codes == [(line, int(line in refused), refused.get(line)) for line in range(2, 8)]
    for each in items:
        name = each["answer"] and command_of(each["command"].split())
        assert (each["answer"] is None) == (each["line"] in refused)
        assert name is None or faults(name, json.dumps(each["answer"])) == []
    assert items[4]["answer"]["items"][0]["done"] == ["note"]
    stopped = fugong("run", "lines", "--format", "json")
    assert (stopped.exit_code, faults("run", stopped.stdout), faults("refused", stopped.stderr)) == (1, [], [])
    assert [each["line"] for each in json.loads(stopped.stdout)["items"]] == [2, 3]
    piped = CliRunner().invoke(app, ["shell", "--json"], input="list --team 10\n")
    assert (piped.exit_code, faults("shell", piped.stdout)) == (0, [])
    assert json.loads(piped.stdout)["items"][0]["answer"] == {"schema": 1, "items": []}
    missing = fugong("run", "none", "--json")
    assert (missing.exit_code, missing.stdout, faults("refused", missing.stderr)) == (1, "", [])


def test_help_has_its_rows_in_json(fugong: Run, store: Path) -> None:
    said = json.loads(fugong("help", "log", "--json").stdout)
    assert (said["command"], said["alias"], said["usage"]) == (
        "fugong log",
        "fugong 登记",
        "fugong log [选项] 企业 描述",
    )
    rows = {(each["kind"], each["name"]) for each in said["items"]}
    assert {("argument", "企业"), ("option", "--due 时限"), ("anywhere", "--quiet")} <= rows
    assert sum(kind == "example" for kind, _ in rows) == 2
    assert {each["kind"] for each in json.loads(fugong("help", "--json").stdout)["items"]} >= {"command", "option"}
    known = {each["name"]: each["kind"] for each in json.loads(fugong("help", "settings", "--json").stdout)["items"]}
    assert (known["FUGONG_LANG"], known["pager"], known["review"]) == ("variable", "setting", "store_setting")


def test_a_write_has_no_other_format(fugong: Run, ledger: Path) -> None:
    result = fugong("note", "1-1", "好", "--format", "csv")
    assert result.exit_code == ExitCode.USAGE
    assert "这条命令只有 --format json 一种格式。" in result.stderr
