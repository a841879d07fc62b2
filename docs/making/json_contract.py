"""What every command says in JSON: its examples are run, and its reports looked at before they are written.

Nothing is listed by hand: a command that is new has examples, so it has its contract by itself. What its columns and
codes are the reports declare; what stands beside them was seen on three ledgers: that of data/seed.yaml, an empty
one, and the seed's after the examples of all commands that write.
"""

import hashlib
import json
import os
import shlex
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

from typer.testing import CliRunner

from fugong import output
from fugong.cli import app
from fugong.commands.frame import account, examples
from fugong.results.report import Cell, Report
from making.exit_codes import commands
from making.json_kinds import TEXT, Schema, declared, fits, found, merged, of_object, together

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT / "data" / "seed.yaml"
TODAY, LATER = "2020-03-13", "2020-03-19"

LINES = ("run", "shell")
"""The commands whose answers are those of the lines that they are given."""
MORE = {
    "help": [["help"], ["help", "log"], ["help", "settings"]],
    "progress": [["progress"], ["progress", "--rates"]],
    "load": [["load", "改.yaml"]],
    "import": [["import", "again.csv", "--dry-run"]],
    "merge": [["merge", "下乡.db", "--dry-run"]],
    "reconcile": [["reconcile"], ["reconcile", "--found", "1"], ["reconcile", "某期"]],
}
"""Command lines besides the examples, of a command whose keys differ with its options."""
BESIDES = [
    [
        "import",
        "again.csv",
        "--keep-going",
        "--force",
        "--map",
        "某列=备注",
        "--map-value",
        "状态:已回复=办理中",
        "--profile",
        "某单位",
    ],
    ["merge", "副本.db"],
    ["publish", "--name", "某期"],
    ["close", "1-2", "好了"],
    ["log", "-", "门岗无人", "--team", "7", "--due", "2020-03-16"],
    ["log", "-", "夜班无人", "--team", "7", "--due", "2020-03-16", "--department", "工信局"],
    ["nil", "8"],
    ["edit", "1-1", "--text", "改过的"],
]
"""What is done besides the examples: a merge with conflicts, a team that had nothing to report and yet reports; and
what is due with a department and without one, whatever the examples of a command that is added do to departments."""
LEDGER = "企业,问题描述,发现日期\n万鑫达焦化,门岗无人,2020-03-12\n没有这家厂,门岗无人,2020-03-12\n"
"""What an import is tried on."""


@dataclass
class Contract:
    """What a command says in JSON."""

    command: str
    parsed: Any
    """As Typer has it."""
    reads: bool = False
    """It prints rows; else only what it wrote."""
    writes: bool = False
    """It prints what it wrote."""
    files: bool = False
    """It prints which file it wrote, where it is given one."""
    seen: bool = False
    """A row was seen."""
    varied: bool = False
    """What its rows may be of was tried."""
    item: Schema = field(default_factory=dict)
    """One of its rows."""
    beside: Schema = field(default_factory=dict)
    """The document but for its rows; empty if there was none."""

    def takes(self, name: str) -> bool:
        """Whether it has a parameter."""
        return any(param.name == name for param in self.parsed.params)

    def choices(self, name: str) -> Sequence[str]:
        """What a parameter of codes may be."""
        return next((getattr(param.type, "choices", ()) for param in self.parsed.params if param.name == name), ())

    @property
    def file(self) -> str:
        """The name of its schema."""
        return f"{self.command.replace(' ', '-')}.schema.json"


def _digest() -> str:
    """What the program is: a hash of all that the contracts follow from."""
    digest = hashlib.sha256(sys.version.encode())
    for path in (SEED, *sorted((ROOT / "src").rglob("*.py")), *sorted((ROOT / "docs" / "making").glob("*.py"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()


BEGUN_WITH = _digest()
"""What is running, whatever is written meanwhile."""


@cache
def contracts() -> list[Contract]:
    """Those of all commands, in the order of the help; they are kept for as long as the program is the same."""
    kept = ROOT / ".contracts_cache" / f"{BEGUN_WITH}.json"
    if kept.exists():
        return [Contract(**each) for each in json.loads(kept.read_text(encoding="utf-8"))]
    made = _found()
    shutil.rmtree(kept.parent, ignore_errors=True)
    kept.parent.mkdir()
    kept.write_text(json.dumps([vars(each) | {"parsed": None} for each in made]), encoding="utf-8")
    return made


def _found() -> list[Contract]:
    """The contracts, by running the examples."""
    told = [(" ".join(path), command) for path, command in commands() if path[0] not in LINES]
    made = {name: Contract(name, command) for name, command in told}
    reading = [each for each in made.values() if each.takes("fmt") or each.command in MORE]
    with _desk() as begin:
        for each in reading:
            begin("seed.db", TODAY)
            _learn(each)
        begin("seed.db", TODAY)
        _write(made.values())
        shutil.copy("now.db", "busy.db")
        more = [each for each in reading if not each.seen or each.beside["properties"].keys() - {"as_of"}]
        for ledger, day in (("empty.db", TODAY), ("busy.db", TODAY), ("busy.db", LATER)):
            for each in more:
                begin(ledger, day)
                _learn(each)
    for each in reading:
        if each.takes("as_of"):  # which are told of where they are asked for
            each.beside["properties"] = dict.fromkeys(("as_of", "known_at"), TEXT) | each.beside["properties"]
    for each in made.values():
        each.reads = bool(each.item or each.beside)
        each.writes = each.writes or not each.reads
        each.files = each.files or each.takes("out")
    return list(made.values())


def _learn(contract: Contract) -> None:
    """Look at what a command prints that reads."""
    for argv in [*_examples(contract.command), *MORE.get(contract.command, ())]:
        _run(argv, contract)
    if not contract.varied:
        contract.varied = True
        for by in contract.choices("by"):  # a row is of something else then
            _run([*contract.command.split(), "--by", by], contract)


def _write(all_: Iterable[Contract]) -> None:
    """Do what the examples say, but for those that would put another ledger in the place of this one."""
    for each in all_:
        if not each.command.startswith("store "):
            for argv in list(_examples(each.command))[: None if each.takes("fmt") else 1]:
                _run(argv, each)
    for argv in BESIDES:
        _run(argv, Contract("", None))


def _examples(name: str) -> Iterator[list[str]]:
    """The examples of a command, as words, but for what a shell makes of several, and for other stores."""
    for line, _ in examples.table().get(name, ()):
        words = shlex.split(line)
        if not {"|", ">", "--store"} & set(words):
            yield words


def _run(argv: list[str], contract: Contract) -> None:
    """Run a command line, and note what it says."""

    def write(report: Report, **_: Any) -> None:
        reports.append((report.flat or report)._replace(rows=list((report.flat or report).rows)))

    def told(made: list[dict[str, Any]]) -> str:
        contract.writes |= any(each["kind"] != "file" for each in made)
        contract.files |= any(each["kind"] == "file" for each in made)
        return document(made)

    reports: list[Report] = []
    whole, document = output.write, account.document
    output.write, account.document = write, told
    try:
        CliRunner().invoke(app, [*argv, "--json"], prog_name="fugong")
    finally:
        output.write, account.document = whole, document
    for report in reports:
        _note(report, contract)


def _note(report: Report, contract: Contract) -> None:
    """Add to a contract what a report has."""
    rows = list(report.rows)
    item, beside = _row(report, rows), dict(report.facts)
    if report.total is not None:
        summed = [each for each in report.columns if each.cell in (Cell.COUNT, Cell.RATE, Cell.RATIO) and each.machine]
        sums = {each.key: merged(declared(each, ()), {"type": ["null"]}) for each in summed}
        beside["total"] = _Declared(of_object(sums))
    if report.document is not None:
        beside = {key: value for key, value in report.document.items() if key != "items"}
        if "items" not in report.document:
            contract.beside = merged(contract.beside, of_object(_all(beside)) | {"items": False})
            return
        parts = {name: {"type": ["array"], "items": _row(part, list(part.rows))} for name, part in report.parts.items()}
        known = item.get("properties", {}) | parts
        seen = together(map(found, report.document["items"]))
        if seen:
            item = of_object({
                key: known[key] if key in known and fits(each, known[key]) else each
                for key, each in seen["properties"].items()
            })  # fmt: skip
            item["required"] = seen["required"]
        else:
            item = {}
    if rows or not contract.seen:  # codes show in rows alone
        contract.item = merged(contract.item, item) if contract.seen else item
    contract.seen |= bool(rows)
    contract.beside = merged(contract.beside, of_object(_all(beside)))


@dataclass
class _Declared:
    """A schema among values."""

    schema: Schema


def _all(values: Mapping[str, Any]) -> dict[str, Schema]:
    return {key: value.schema if isinstance(value, _Declared) else found(value) for key, value in values.items()}


def _row(report: Report, rows: list[tuple[Any, ...]]) -> Schema:
    """What the columns declare of a row."""
    hints = _hints(rows[0]) if rows else ()
    fields = hints if len(hints) == len(report.columns) else (None,) * len(report.columns)
    columns = zip(report.columns, fields, range(len(fields)), strict=True)
    return of_object({
        each.key: declared(each, [row[at] for row in rows], hint) for each, hint, at in columns if each.machine
    })  # fmt: skip


def _hints(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """The types of a row that has names for what it holds; else none."""
    return tuple(get_type_hints(type(row)).values()) if hasattr(row, "_fields") else ()


@contextmanager
def _desk() -> Iterator[Callable[[str, str], None]]:
    """A folder with the three ledgers and the files that examples name, and what puts one of them on the desk."""
    before, here = dict(os.environ), Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {f"XDG_{name}_HOME": folder for name in ("CONFIG", "DATA", "STATE", "CACHE")}  # nobody's own
        os.environ |= {"FUGONG_STORE": "now.db", "FUGONG_ACTOR": "docs", "FUGONG_LANG": "zh", "FUGONG_TODAY": TODAY}
        os.chdir(folder)

        def begin(name: str, day: str) -> None:
            os.environ["FUGONG_TODAY"] = day
            shutil.copy(name, "now.db")

        try:
            shutil.copy(SEED, "我县.yaml")
            text = SEED.read_text(encoding="utf-8")
            Path("改.yaml").write_text(text.replace("施工队因疫情没有返岗，工程急待复工", "又改的"), encoding="utf-8")
            Path("again.csv").write_text(LEDGER, encoding="utf-8")
            for argv in (
                ["--store", "empty.db", "init", "--bare"],
                ["--store", "seed.db", "load", "我县.yaml"],
                ["--store", "seed.db", "export", "ledger", "-o", "台账.xlsx"],
                ["--store", "seed.db", "store", "export", "台账.jsonl"],
                ["--store", "seed.db", "store", "backup", "备份.db"],
                ["--store", "seed.db", "store", "clone", "副本.db"],
                *(
                    ["--store", place, "edit", ident, "--text", f"{text}{place}"]
                    for place in ("seed.db", "副本.db")
                    for ident, text in (("3-1", "缺口罩"), ("3-2", "缺消毒液"))
                ),
                ["--store", "副本.db", "store", "clone", "下乡.db"],
                ["--store", "下乡.db", "note", "3-1", "去看过"],
            ):
                if CliRunner().invoke(app, argv, prog_name="fugong").exit_code:
                    raise RuntimeError(argv)
            yield begin
        finally:
            os.chdir(here)
            os.environ.clear()
            os.environ |= before
