"""docs/exit-codes.md: how a run may end, as ``vocab.ExitCode`` has it, and which commands end so."""

from collections.abc import Iterator
from typing import Any

from fugong.vocab import SIGNALLED, ExitCode, Words

HEAD = """# 退出码 Exit codes

脚本靠这一页。这里的代码不随语言变化。
What scripts rely on: nothing here changes with the language.

由 docs/generate.py 按 `vocab.ExitCode` 和各命令生成，不要手改。Made by docs/generate.py from `vocab.ExitCode` and the
commands; not to be edited.

## 退出码 Exit codes
"""

TAIL = """4、5 也没有写入；唯一的例外自己会说：`store_doubtful`（5）。磁盘在最后一步出错，内容已在台账里；或者提交时与
数据库服务器断开又问不到结果，不知道写入了没有：先看 `fugong today`，再决定。
4 and 5 wrote nothing either, but for `store_doubtful` (5), which says so: the disk failed at the last step, and what
was entered is in the store; or the connection to a server ended during the commit and nobody can be asked, so that
nobody knows: look first (`fugong today`).

不知道上一次写没写进去（输出断了、机器停了），就原样再运行一次：`--key` 相同的只登记一次，导入、装入、销号、
公布再来一次也不会多写；退出码 4 总可以重试。`note` 没有标识，重复就是两条。写好之后只是显示不出来，
仍是 0，stderr 上说明。
If in doubt whether a command wrote, run it again as it was: the same `--key` is entered once, and an import, a load, a
close, a publication writes nothing more. Code 4 may always be tried again. A `note` has no key and is written twice.
What is written but cannot be shown is still 0, and stderr says so.

数据在 stdout，其余的话都在 stderr。Data on stdout, everything else on stderr.

每种拒绝有一个代码，列在 [codes.md](codes.md)；命令带 `--format json` 时打印什么，见 [json.md](json.md)。
Each refusal has a code ([codes.md](codes.md)); what is printed with `--format json` stands in [json.md](json.md).
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
