"""Usage errors, each in one sentence that says what to type."""

import re
from typing import Any

import typer
from typer.core import TyperArgument

from fugong.commands.frame.codes import Codes
from fugong.lang import T, listing, name_of
from fugong.vocab import Coded


def _members(param: Any) -> list[Coded]:
    """The codes that a parameter takes, with their names."""
    return list(param.type.kind) if isinstance(param.type, Codes) else []


def explain(error: typer.TyperException) -> str:
    """A usage error in one sentence that says what to type.

    The kinds are told apart by their class names: Typer keeps the classes themselves private.
    """
    kind = type(error).__name__
    return _EXPLAIN.get(kind, _other)(error)


def _missing(error: Any) -> str:
    name = _hint(error)
    from fugong.commands.frame.gathering import IDS, missing

    command = getattr(error.ctx, "command", None)
    if error.param is not None and error.param.name == IDS and getattr(command, "last", ""):
        return missing(error.ctx, command)
    if getattr(error.param, "param_type_name", "") == "option":
        return T(f"缺少选项 {name}。", f"The option {name} is missing.") + _example(error, name)
    return T(f"缺少参数 {name}。", f"The argument {name} is missing.") + _example(error, name)


def _example(error: Any, name: str) -> str:
    """A whole line of the command: one with the option that is missing, unless it needs none."""
    from fugong.commands.frame import examples

    if error.ctx is None or not (lines := examples.of(error.ctx)):
        return ""
    bare = error.param is not None and error.param.name == getattr(error.ctx.command, "last", "")
    line = lines[0] if bare else next((each for each in lines if name in each.split()), lines[0])
    return T(f"例如：{line}", f" For example: {line}")


SYNONYMS = {
    "reason": "--why", "because": "--why", "measure": "--how", "solution": "--how", "deadline": "--due",
    "firm": "--enterprise", "company": "--enterprise", "dept": "--department", "date": "--on", "comment": "--note",
}  # fmt: skip
"""What people call options, and what they are called here."""


def _no_option(error: Any) -> str:
    meant = SYNONYMS.get(error.option_name.lstrip("-").lower(), "")
    known = {name for param in error.ctx.command.params for name in param.opts} if error.ctx else set()
    near = meant if meant in known else listing(sorted(error.possibilities or ()))
    said = T(f"没有选项 {error.option_name}。", f"There is no option {error.option_name}.")
    if near:
        return said + T(f"是不是 {near}？", f" Did you mean {near}?")
    return said + _dashed(error.ctx)


def _dashed(ctx: Any) -> str:
    """How a text that begins with a dash is typed, where the command takes texts."""
    names = [str(param.make_metavar(ctx)) for param in ctx.command.params if isinstance(param, TyperArgument)]
    if not names:
        return ""
    example = " ".join([ctx.command_path, *names[:-1], "--", names[-1]])
    return T(
        f"以 - 开头的文字，前面要先写 --，选项写在 -- 之前：{example}",
        f" A text that begins with - needs -- before it, and options before the --: {example}",
    )


def _option_usage(error: Any) -> str:
    if "does not take" in error.message:
        return T(f"选项 {error.option_name} 后面不带值。", f"The option {error.option_name} takes no value.")
    from fugong.commands.frame.slips import no_value

    known = error.ctx.command.get_params(error.ctx) if error.ctx else ()
    meant = next((param for param in known if error.option_name in param.opts), None)
    return no_value(error.ctx, error.option_name, meant)


def _bad(error: Any) -> str:
    """A value of the wrong type, or none of the choices."""
    from fugong.commands.frame.help import choices

    name = _hint(error)
    taken = error.param is not None and (listing(map(_both, _members(error.param))) or choices(error.param))
    if taken:
        return T(f"{name} 只能是：{taken}。", f"{name} must be one of: {taken}.")
    if "not a valid int" in error.message:
        return T(f"{name} 应是整数。", f"{name} must be a whole number.")
    if "in the range" in error.message:
        low = error.param.type.min
        return T(f"{name} 不能小于 {low}。", f"{name} must be {low} or more.")
    return T(f"{name} 的值不对。", f"The value of {name} is wrong.")


def _both(choice: Coded) -> str:
    """A code with its name, either of which may be typed."""
    code, name = choice.value, name_of(choice)
    return code if name.casefold() in ("", code) else T(f"{code}（{name}）", f"{code} ({name})")


def _other(error: Any) -> str:
    """Errors that have no class of their own; what was typed stands in parentheses or quotes."""
    if str(error.message).startswith("Missing command"):
        asked = f"{error.ctx.command_path} --help"
        return T(f"缺少命令。有哪些：{asked}", f"A command is missing. There are: {asked}")
    for pattern, zh, en in (
        (r"Got unexpected extra argument.*? \((?P<typed>.*)\)", "多余的参数：{}。", "Too many arguments: {}."),
        (r"No such command (['\"])(?P<typed>.*?)\1\.", "没有命令 {}。", "There is no command {}."),
    ):
        found = re.match(pattern, str(error.message), re.DOTALL)
        if found:
            near = listing(_alike(found["typed"], error.ctx) or error.message[found.end() :].split("'")[1::2])
            said = T(zh, en).format(found["typed"])
            if near:
                return said + T(f"是不是 {near}？", f" Did you mean {near}?")
            return said + (_quoted(error.ctx) if "extra argument" in error.message else "")
    return T("命令写法不对。", "The command line is wrong.")


def _alike(typed: str, ctx: Any) -> list[str]:
    """The Chinese names of commands that come near to what was typed in Chinese."""
    commands = getattr(getattr(ctx, "command", None), "commands", None)
    if typed.isascii() or commands is None:
        return []
    from difflib import get_close_matches

    from fugong.commands.frame import aliases

    root = ctx.parent is None
    known = [word for word in aliases.known(root=root) if aliases.meant(word, root=root) in commands]
    return get_close_matches(typed, known) or [word for word in known if set(word) & set(typed)][:3]


def _quoted(ctx: Any) -> str:
    """How a text with blanks is typed, where words were too many."""
    if ctx is None or not any(isinstance(param, TyperArgument) for param in ctx.command.params):
        return ""
    return T('有空格的内容要加引号，如 "口罩 到货"。', ' A text with blanks needs quotes, as "masks came".')


def _hint(error: Any) -> str:
    """The parameter that an error is about, as people see it."""
    if error.param_hint:
        return str(error.param_hint)
    if error.param is None:
        return ""
    opts = [name for name in error.param.opts if name.startswith("-")]
    return opts[0] if opts else str(error.param.make_metavar(error.ctx))


def _unclear(error: Any) -> str:
    return str(error.message)


_EXPLAIN = {
    "Unclear": _unclear,
    "MissingParameter": _missing,
    "NoSuchOption": _no_option,
    "BadOptionUsage": _option_usage,
    "BadParameter": _bad,
}
