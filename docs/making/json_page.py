"""docs/json.md: the keys of what every command prints in JSON, as the reports declare their columns.

Every command that has formats is run on the ledger of data/seed.yaml, and its report is looked at before it is written.
"""

import os
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from fugong import output
from fugong.cli import app
from fugong.commands.frame import examples
from fugong.results.report import Cell, Report
from fugong.seed.load import load_files
from fugong.vocab import By
from making.exit_codes import commands

SEED = Path(__file__).resolve().parents[2] / "data" / "seed.yaml"
TODAY = "2020-03-13"

HEAD = """# JSON

由 docs/generate.py 按程序的报表生成，不要手改。Made by docs/generate.py from the program's reports; not to be edited.

每条命令都接受 `--format json`（或 `--json`）：stdout 上一个文档，键名用英文，不随语言变化。`schema` 是 1；只加键
不改它，键的含义不会变。日期是 ISO 文字，时刻用 UTC，状态等用代码（见[数据模型](data-model.md)），率是 0 到 1。
编号 `id` 是文字，不要拆开来算。每个键都在；台账没有写的，值是 null，
列表是 []；`list` 的 `as_of` 只在写了 --as-of 时有。
Every command takes `--format json` (or `--json`): one document on stdout with English keys, the same in every
language. `schema` is 1; added keys do not change it, and no key changes its meaning. Dates are ISO text, instants are
in UTC, states and kinds are codes ([data model](data-model.md)), rates go from 0 to 1. An `id` is opaque text. Every
key is always there; what the ledger does not say is null, or [] for a list; `as_of` of `list` alone stands
only where --as-of was given.

JSON Schema: [written](json/written.schema.json), [refused](json/refused.schema.json),
[listed](json/listed.schema.json).

## 写入 What writes

`{"schema": 1, "items": […]}`，一项一条记录；命令指到的在前，没有变动的 `done` 是空的。
An item for each record that the command names or touched; `done` is empty where it was so already.

```json
{"kind": "problem", "id": "1-1", "name": null, "uid": "…", "done": ["close"]}
```

`done`：办理记录的代码，同 `show` 的 `events`。文件、台账、设置的 `kind` 是 `file`、`store`、`setting`，没有 `uid`。
`done` has the acts of its events, as `show` has them. Files, stores and settings have the kinds `file`, `store` and
`setting`, and no `uid`.

## 拒绝 What is refused

stderr 上一个文档；写法不对的 `code` 是 `usage`，其余的见 [codes.md](codes.md)。
One document on stderr; `code` is `usage` where the command line is wrong; all others are in [codes.md](codes.md).

```json
{"schema": 1, "error": {"code": "ambiguous_name", "message": "…"}}
```

## 读取 What reads

`{"schema": 1, "items": […]}` 和下面 `items` 以外的键。
`{"schema": 1, "items": […]}` and the keys below that do not stand in `items`.
"""

TYPES = {
    Cell.COUNT: "number",
    Cell.RATIO: "{count, of, rate}",
    Cell.RATE: "rate",
    Cell.DATE: "date",
    Cell.ABOUT: "date",
    Cell.DUE: "date",
    Cell.MOMENT: "instant",
    Cell.CODE: "code",
    Cell.TERM: "code",
    Cell.FLAG: "true, false",
    Cell.LIST: "list of text",
    Cell.TERMS: "list of codes",
    Cell.CODES: "list of codes",
}
"""What JSON has for a cell; for all else, text."""

EVERY = {
    "list": [["list", "--as-of", TODAY]],
    "today": [["today", "--by", by] for by in ("actor", "team")],
    "progress": [["progress", "--by", by.value] for by in By] + [["progress", "--rates"]],
    "import": [["import", "ledger.csv", "--dry-run"]],
    "load": [["load", "seed.yaml"]],
}
"""Command lines besides the examples, of a command whose keys differ with its options."""


LEDGER = "企业,问题描述,发现日期\n万鑫达焦化,门岗无人,2020-03-12\n"
"""What an import is tried on."""


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *_told()])


def _told() -> Iterator[str]:
    listed: dict[str, dict[str, tuple[str, str]]] = {}
    with _ledger():
        for path, command in commands():
            name = " ".join(path)
            if name not in EVERY and not any(param.name == "fmt" for param in command.params):
                continue
            columns, facts = _keys(name)
            listed[name] = columns
            if name.endswith("show"):  # a record has the keys of its list, and more
                like = listed.get(name.removesuffix("show") + "list", {})
                columns |= {key: like[key] for key in columns if key in like}
            if columns or facts:
                yield f"### {name}\n\n| key | type | 意思 meaning |\n|---|---|---|"
                yield from (f"| `{key}` | {kind} | {said} |" for key, (kind, said) in columns.items())
                yield from (f"| `{key}` {BESIDE} | {kind} | |" for key, kind in facts.items())
                yield ""


BESIDE = "（在 `items` 以外 beside `items`）"


def _keys(name: str) -> tuple[dict[str, tuple[str, str]], dict[str, str]]:
    """The keys of an item, each with its type and heading, and those beside the items."""
    columns: dict[str, tuple[str, str]] = {}
    facts: dict[str, str] = {}
    for argv in [*_examples(name), *EVERY.get(name, ())]:
        for report in _reports(argv):
            if report.document is not None:
                facts |= {key: _kind(value) for key, value in report.document.items() if key != "items"}
                for row in report.document.get("items", ()):
                    columns |= {key: (_kind(value), "") for key, value in row.items() if key not in columns}
                continue
            for each in report.columns:
                if each.machine:
                    columns.setdefault(each.key, (TYPES.get(each.cell, "text"), f"{each.head.zh} {each.head.en}"))
            facts |= {key: _kind(value) for key, value in report.facts.items()}
            facts |= {"total": "object"} if report.total else {}
    return columns, facts


def _kind(value: Any) -> str:
    """What a value is that no column declares."""
    if isinstance(value, dict):
        return f"object: {', '.join(f'`{key}`' for key in value)}" if value else "object"
    if isinstance(value, list | tuple):
        first = next(iter(value), None)
        return f"list of {_kind(first)}" if first is not None else "list"
    if isinstance(value, bool):
        return "true, false"
    if isinstance(value, date):
        return "instant" if isinstance(value, datetime) else "date"
    return "number" if isinstance(value, int | float) else "text"


def _examples(name: str) -> Iterator[list[str]]:
    """The examples of a command, as words, but for what a shell makes of several."""
    for line, _ in examples.table().get(name, ()):
        words = shlex.split(line)
        if not {"|", ">"} & set(words):
            yield words


def _reports(argv: list[str]) -> list[Report]:
    """The reports that a command line writes."""
    made: list[Report] = []

    def write(report: Report, **_: Any) -> None:
        made.append((report.flat or report)._replace(rows=()))

    whole, output.write = output.write, write
    try:
        CliRunner().invoke(app, [*argv, "--json"], prog_name="fugong")
    finally:
        output.write = whole
    return made


@contextmanager
def _ledger() -> Iterator[None]:
    """The seed, on the day of its cut-off, here."""
    before, here = dict(os.environ), Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"FUGONG_TODAY": TODAY, "FUGONG_STORE": f"{folder}/seed.db", "FUGONG_ACTOR": "docs"}
        os.environ |= {"FUGONG_LANG": "zh"}
        load_files(f"{folder}/seed.db", [SEED], actor="docs")
        shutil.copy(SEED, folder)
        Path(folder, "ledger.csv").write_text(LEDGER, encoding="utf-8")
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(here)
            os.environ.clear()
            os.environ |= before
