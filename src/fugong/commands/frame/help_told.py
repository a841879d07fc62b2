"""A help page for scripts: what there is, row by row, instead of a page of text."""

from typing import Any

from fugong.commands.frame import aliases, anywhere, examples, settings_page
from fugong.commands.frame.help import listed
from fugong.lang import T, name_of
from fugong.results.report import Column, Report
from fugong.vocab import Words

COLUMNS = (
    Column("kind", Words("种类", "Kind"), null=False),
    Column("name", Words("名称", "Name"), null=False),
    Column("help", Words("说明", "Meaning"), null=False),
)
TITLE = Words("帮助", "Help")


def of_command(command: Any, ctx: Any) -> Report:
    """The page of a command or a group.

    Its rows are ``argument``, ``command``, ``option``, ``anywhere`` and ``example``, in the language of the run.
    """
    arguments, commands, options = listed(command, ctx)
    anywhere_ = [(name, settings_page.OPTIONS) for each in anywhere.options(command, ctx) for name in each.opts]
    rows = [
        *(("argument", name, said) for name, said in arguments),
        *(("command", name, said) for name, said in commands),
        *(("option", name, said) for name, said in options),
        *(("anywhere", name, name_of(known[name])) for name, known in anywhere_ if name in known),
        *(("example", line, "") for line in examples.of(ctx)),
    ]
    parent = ctx.parent
    alias = aliases.of(str(ctx.info_name), root=parent.parent is None) if parent is not None else ""
    facts = {
        "command": ctx.command_path,
        "alias": f"{parent.command_path} {alias}" if alias else None,
        "usage": command.get_usage(ctx).removeprefix(T("用法：", "Usage: ")),
        "about": command.help or "",
    }
    return Report(TITLE, COLUMNS, rows, facts=facts)


def of_settings() -> Report:
    """The page of variables and settings: ``variable``, ``anywhere``, ``setting`` and ``store_setting``."""
    parts = settings_page.parts().items()
    rows = [(kind, name, name_of(said)) for kind, (_, known) in parts for name, said in known.items()]
    return Report(
        TITLE, COLUMNS, rows, facts={"command": "fugong help settings", "alias": None, "usage": "", "about": ""}
    )
