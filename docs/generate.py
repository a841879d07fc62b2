"""Write the documents that are made from the code, or check that they are current (``--check``).

- docs/cli.zh.md and docs/cli.md: every command's help, as the program prints it
- docs/codes.md: the codes of refusals with their exit codes and sentences
- data/seed.schema.json: the JSON Schema of the seed file, for editors
- docs/exit-codes.md: how a run may end, and which commands end so
- docs/settings.md: environment variables and settings
- docs/views.md: every column of every view, and questions that they answer
- docs/json.md: what every command prints in JSON
- docs/json/*.schema.json: the documents in JSON, for programs that check them
- docs/data-model.md: the tables, drawn and explained
- src/fugong/store/records.py: the records that are written and read, compiled from the tables
- src/fugong/commands/frame/helps.py: what every command is for, compiled from the commands
- share/: the manual for ``man`` in both languages, and the completion of each shell
- docs/progress.svg: what ``fugong progress`` shows on a terminal after the seed was loaded
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from making import data_model, exit_codes, helps, json_page, json_shapes, man, records, views

from fugong.vocab import Words

ROOT = Path(__file__).resolve().parent.parent
PICTURE_WIDTH = 124


def main() -> int:
    """Write, or with ``--check`` compare; 1 if a document is out of date."""
    status, named = 0, set()
    for name, text in _documents():
        named.add(name)
        if _read(ROOT / name) == text:
            continue
        if "--check" in sys.argv:
            print(f"{name} is out of date; run: python docs/generate.py")
            status = 1
        else:
            (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / name).write_text(text, encoding="utf-8")
            print(f"wrote {name}")
    for path in sorted((ROOT / "docs" / "json").glob("*.json")):
        if (name := path.relative_to(ROOT).as_posix()) in named:
            continue
        if "--check" in sys.argv:
            print(f"{name} is of no command; run: python docs/generate.py")
            status = 1
        else:
            path.unlink()
            print(f"removed {name}")
    return status


def _documents() -> Iterator[tuple[str, str]]:
    """Every document with its text; first what the program itself is made of."""
    yield "src/fugong/store/records.py", records.source()
    yield "src/fugong/commands/frame/helps.py", helps.source()
    yield "docs/cli.zh.md", _in_language("zh")
    yield "docs/cli.md", _in_language("en")
    for language, path in man.PAGES.items():
        yield path, man.page(language, _in_language(language, man.WIDTH))
    yield from man.completions()
    yield "docs/codes.md", _codes()
    yield "docs/data-model.md", data_model.page()
    yield "docs/exit-codes.md", exit_codes.page()
    yield "data/seed.schema.json", _schema()
    yield "docs/settings.md", _settings()
    yield "docs/views.md", views.page()
    yield "docs/json.md", json_page.page()
    yield from json_shapes.schemas().items()
    yield "docs/progress.svg", _picture()


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _in_language(language: str, width: str = "100") -> str:
    """The reference in one language; help texts are fixed at import, hence a process of its own."""
    environment = {**os.environ, "FUGONG_LANG": language, "COLUMNS": width, "NO_COLOR": "1", "TERM": "dumb"}
    for name in ("FORCE_COLOR", "FUGONG_STORE"):
        environment.pop(name, None)
    command = [sys.executable, __file__, "--reference"]
    return subprocess.run(command, env=environment, check=True, capture_output=True, encoding="utf-8").stdout


def _reference() -> Iterator[str]:
    """Every command's help, in the language of this process."""
    import typer.main
    from typer.testing import CliRunner

    from fugong.cli import app
    from fugong.lang import T

    yield T("# 命令参考", "# Command reference")
    note = T(
        "由 docs/generate.py 按程序的帮助生成，不要手改。",
        "Made from the program's help by docs/generate.py; not to be edited.",
    )
    yield f"\n{note}\n"
    runner = CliRunner()
    for path in _paths(typer.main.get_command(app), ()):
        text = runner.invoke(app, [*path, "--help"], prog_name="fugong", catch_exceptions=False).stdout
        lines = "\n".join(line.rstrip() for line in text.strip("\n").splitlines())
        yield f"## {' '.join(('fugong', *path))}\n\n```text\n{lines}\n```\n"


def _paths(command: object, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield path
    for name, child in getattr(command, "commands", {}).items():
        yield from _paths(child, (*path, name))


def _codes() -> str:
    """The table of refusals."""
    from fugong.errors import Refusal, catalogue

    rows: dict[tuple[str, int], list[str]] = {}
    for kind in catalogue():
        if Refusal in kind.__bases__:  # what derives from another says the same
            rows.setdefault((kind.code, kind.exit_code), []).append(f"{_cell(kind.zh)}<br>{_cell(kind.en)}")
    lines = [f"| `{code}` | {status} | {'<br>'.join(said)} |" for (code, status), said in sorted(rows.items())]
    head = [
        "# 拒绝代码 Refusal codes",
        "",
        "由 docs/generate.py 生成，不要手改。Made by docs/generate.py; not to be edited. See exit-codes.md.",
        "",
        "| code | exit | 说法 / sentence |",
        "|---|---|---|",
    ]
    return "\n".join([*head, *lines]) + "\n"


def _cell(sentence: str) -> str:
    return sentence.replace("|", "\\|").replace("\n", " ")


def _settings() -> str:
    """Environment variables and settings, in both languages."""
    from fugong.commands.frame import preferences, settings_page

    def table(title: str, entries: dict[str, Words]) -> str:
        rows = [f"| `{name}` | {_cell(said.zh)} | {_cell(said.en)} |" for name, said in entries.items()]
        return "\n".join([f"## {title}", "", "| | 说明 | what it is |", "|---|---|---|", *rows, ""])

    own = {name: said for name, (said, _) in preferences.KNOWN.items()}
    return "\n".join(
        [
            "# 设置 Settings",
            "",
            "由 docs/generate.py 生成，不要手改。同 `fugong help settings`。",
            "Made by docs/generate.py; not to be edited. The same as `fugong help settings`.",
            "",
            table("环境变量 Environment variables", settings_page.VARIABLES),
            table("到处可用的选项 Options that go anywhere", settings_page.OPTIONS),
            "自己的设置在个人配置文件夹的 `settings.toml` 里（`fugong settings list` 说出在哪里），存过的筛选也在。",
            "语言和格式只在终端里起作用，定时任务和管道不会变。先看命令行的选项，再看环境变量，再看这里。",
            "",
            "Your own settings are in `settings.toml` in your configuration folder (`fugong settings list`),",
            "and so are saved filters. Language and format count on a terminal only: no job or pipe changes. Options",
            "of the command line go first, then the environment, then this file.",
            "",
            table("自己的设置 Your own: `fugong settings set NAME VALUE`", own),
            table("台账的设置 Of a store: `fugong store set NAME VALUE`", settings_page.SETTINGS),
        ]
    )


def _schema() -> str:
    from fugong.seed.rows import Seed

    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Seed.model_json_schema()}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _picture() -> str:
    """The progress table of the seed, as a terminal of 124 columns shows it."""
    import io

    from rich.console import Console
    from rich.text import Text

    from fugong import db
    from fugong.output import terminal
    from fugong.queries.as_of import AsOf
    from fugong.reports.progress import progress
    from fugong.seed.load import load_files
    from fugong.vocab.reporting import By

    for name in ("NO_COLOR", "COLORTERM", "FUGONG_ASCII"):
        os.environ.pop(name, None)
    os.environ.update(FUGONG_TODAY="2020-03-13", FUGONG_LANG="zh", COLUMNS=str(PICTURE_WIDTH), TERM="xterm-256color")
    with tempfile.TemporaryDirectory() as folder:
        store = str(Path(folder) / "seed.db")
        load_files(store, [ROOT / "data" / "seed.yaml"], actor="docs")
        with db.reading(store) as reader:
            drawn = "".join(terminal.pieces(progress(reader, By.TEAM, AsOf(date(2020, 3, 13))), live=True))
    console = Console(record=True, width=PICTURE_WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(Text("$ fugong progress", style="bold"))
    console.print(Text.from_ansi(drawn))
    return console.export_svg(title="fugong 复工", unique_id="fugong")


if __name__ == "__main__":
    if "--reference" in sys.argv:
        print("\n".join(_reference()), end="")
        sys.exit(0)
    sys.exit(main())
