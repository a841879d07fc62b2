"""docs/exit-codes.md: how a run may end, as ``vocab.ExitCode`` has it, and which commands end so."""

from collections.abc import Iterator
from typing import Any

from fugong.vocab import SIGNALLED, ExitCode, Words

HEAD = """# 退出码与 JSON Exit codes and JSON

脚本靠这一页。这里的代码、键名和含义不随语言变化；`schema` 变了才会改动。
What scripts rely on: nothing here changes with the language, nor without a new `schema` number.

由 docs/generate.py 按 `vocab.ExitCode` 和各命令生成，不要手改。Made by docs/generate.py from `vocab.ExitCode` and the
commands; not to be edited.

## 退出码 Exit codes
"""

TAIL = """4、5 也没有写入；唯一的例外自己会说：`store_doubtful`（5），磁盘在最后一步出错，内容已在台账里。
4 and 5 wrote nothing either, but for `store_doubtful` (5), which says so: the disk failed at the last step, and what
was entered is in the store.

不知道上一次写没写进去（输出断了、机器停了），就原样再运行一次：`--key` 相同的只登记一次，导入、装入、销号、
公布再来一次也不会多写；退出码 4 总可以重试。`note` 没有标识，重复就是两条。写好之后只是显示不出来，
仍是 0，stderr 上说明。
If in doubt whether a command wrote, run it again as it was: the same `--key` is entered once, and an import, a load, a
close, a publication writes nothing more. Code 4 may always be tried again. A `note` has no key and is written twice.
What is written but cannot be shown is still 0, and stderr says so.

数据在 stdout，其余的话都在 stderr。Data on stdout, everything else on stderr.

## 拒绝 Refusals

每种拒绝有一个代码，列在 [codes.md](codes.md)。命令带 `--format json` 时，拒绝是 stderr 上的一行：
Each refusal has a code; with `--format json` it is one line on stderr:

```json
{"schema": 1, "error": {"code": "ambiguous_name", "message": "…"}}
```

## JSON

英文键，ISO 日期，时刻用 UTC，状态等用代码。English keys, ISO dates, instants in UTC, codes.

- `progress`: `{"schema": 1, "as_of", "items": […], "total": {…}, "published": […]}`;
  an item has `team`, `name`, `leader`, `enterprises_named`, `enterprises_expected`, `resumed`, `found`, `solved`,
  `in_hand`, `overdue`, `rate` (0–1, or null for 0/0), `publicity`, `supervision`, `service`.
  A row of `published` has `measure`, `scope`, `value`, `ledger`, `difference`, `as_of`, `source`.
  With `--by` the first keys are those of the group (`enterprise`, `department`, `category`, `township`, `county`).
- `list`: items of `id`, `uid`, `team`, `enterprise`, `text`, `category`, `source`, `status`, `light` (`red`, `yellow`,
  `green`, `grey`; null for a void one), `department`, `assist`, `person`, `found_on`, `approximate`, `due_on`,
  `due_rule`, `due_estimated`, `days_over`, `late`, `closed_on`, `how`, `major`, `inferred`, `recorded_at`, `remark`,
  `duplicate_of`.
- `show`: a list row and `events`, each with `kind`, `on`, `approximate`, `recorded_at`, `actor`,
  `changes` (`{field: [old, new]}`), `text`, `hash`.
- `team show`, `enterprise show`: the record, and its parts as lists (`members`, `enterprises`; `problems`,
  `activities`, `milestones`), and `events`.
- `calendar show`: items of `day`, `kind` (`work`, `off`), `estimated`, `source`.
- `store info`: `path`, `schema_version`, `replica`, `settings`, `campaign`, `counts` by table.
- `store check`: items of `damage` (the codes of `Damage` in `vocab.py`), `table`, `row`, `detail`,
  `remedy` (`restore`, `compare`); no item, exit 0.
"""

GIVEN_BY = {
    ExitCode.BUSY: Words("写台账的命令", "commands that write"),
    ExitCode.UNUSABLE: Words("打开台账的命令", "commands that open a store"),
}
"""Who may end so, where that is neither every command nor those that say what they find."""


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *_table(), "", TAIL])


def _table() -> Iterator[str]:
    yield "| code | 意思 | meaning | 哪些命令 which commands |\n|--:|---|---|---|"
    for code in ExitCode:
        who = GIVEN_BY.get(code, Words("所有命令", "all"))
        said = "<br>".join(_finding()) if code is ExitCode.FOUND else f"{who.zh} {who.en}"
        yield f"| {code} | {code.zh} | {code.en} | {said} |"
    yield (
        f"| {SIGNALLED}+N | 被信号 N 中断（130：Ctrl-C；141：读的一方先走了） "
        "| ended by signal N (130: Ctrl-C; 141: the reader went away) | 所有命令 all |"
    )


def _finding() -> Iterator[str]:
    """The commands that find something, and what."""
    for path, command in commands():
        if finds := getattr(command, "finds", None):
            yield f"`{' '.join(path)}`: {finds.zh}; {finds.en}"


def commands() -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command that does something, with its words."""
    import typer.main

    from fugong.cli import app

    def below(command: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
        children = getattr(command, "commands", None)
        if children is None:
            yield path, command
        for name, child in (children or {}).items():
            yield from below(child, (*path, name))

    yield from below(typer.main.get_command(app), ())
