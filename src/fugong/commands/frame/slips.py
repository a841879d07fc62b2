"""Slips in options: a value that was left out, one dash where there are two. Each is refused with the line to type."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise, takewhile
from typing import Any

from fugong.commands.frame.gathering import Unclear
from fugong.commands.frame.run import Run
from fugong.lang import T

SHARED = {
    "--team",
    "--department",
    "--enterprise",
    "--category",
    "--due",
    "--on",
    "--as-of",
    "--since",
    "--until",
    "--due-by",
    "-o",
    "--store",
    "--limit",
}
"""Options that mean the same wherever they are, so that an example of another command will do."""
_ONE_DASH = r"-(?P<name>[a-z][a-z-]+)(?:=.*)?"
"""A word that begins with one dash and is too long for an option of one letter."""


def look_for(ctx: Any, args: Sequence[str], params: Sequence[Any]) -> None:
    """Refuse what Typer would misread: ``-team 1`` as ``-t eam``, ``--team --status all`` as a team of that name.

    Args:
        ctx: The command.
        args: Its words.
        params: Its parameters, with those that may stand anywhere.

    Raises:
        Unclear: There is such a slip.
    """
    named = {name: param for param in params for name in (*param.opts, *param.secondary_opts) if name.startswith("-")}
    taken_by = None
    for word in takewhile(lambda word: word != "--", args):
        if taken_by is not None:
            if word in named and len(word) > len("-x"):
                raise Unclear(no_value(ctx, taken_by, named[taken_by]), ctx=ctx)
            taken_by = None
        elif word in named:
            taken_by = word if takes_value(named[word]) else None
        elif (
            word.startswith("-") and (found := re.fullmatch(_ONE_DASH, word)) and (meant := _long(found["name"], named))
        ):
            right = word.replace(f"-{found['name']}", meant, 1)
            line = typed(ctx, {word: right})
            raise Unclear(T(f"{word} 应是 {right}：{line}", f"{word} should be {right}: {line}"), ctx=ctx)


def takes_value(param: Any) -> bool:
    """Whether a word follows an option."""
    return not getattr(param, "is_flag", False) and not getattr(param, "count", False)


def _long(name: str, named: Mapping[str, Any]) -> str:
    """The option of two dashes that is meant by a name; none, nothing: -fjson is -f with its value."""
    known = [each.removeprefix("--") for each in named if each.startswith("--")]
    if name in known:
        return f"--{name}"
    if f"-{name[0]}" in named and name[1:] in (*known, *_codes(named[f"-{name[0]}"])):
        return ""
    from difflib import get_close_matches

    return "".join(f"--{each}" for each in get_close_matches(name, known, n=1, cutoff=0.75))


def _codes(param: Any) -> list[str]:
    return [str(getattr(each, "value", each)) for each in getattr(param.type, "choices", ())]


def typed(ctx: Any, instead: Mapping[str, str]) -> str:
    """The command line as it was typed, with other words in the place of some."""
    return shown(instead.get(word, word) for word in _typed(ctx))


def shown(words: Iterable[str]) -> str:
    """A line to type; a shell takes Chinese as it is, and quotes only what it would part or read."""
    from fugong.imports.lines import quoted

    return " ".join(["fugong", *map(quoted, words)])


def no_value(ctx: Any, name: str, param: Any) -> str:
    """The sentence for an option without its value, with a line to type.

    Args:
        ctx: The command; None where it is not known.
        name: The option as it was typed.
        param: The parameter that it names; None where it is not known.
    """
    said = T(f"选项 {name} 后面缺少值。", f"The option {name} needs a value.")
    if ctx is None or param is None:
        return said
    words = _typed(ctx)
    place = len(words) - words[::-1].index(name) if name in words else len(words)
    line = shown([*words[:place], _value(ctx, param), *words[place:]])
    return said + T(f"例如：{line}", f" For example: {line}")


def _typed(ctx: Any) -> list[str]:
    return list(ctx.obj.words) if isinstance(ctx.obj, Run) else []


def _value(ctx: Any, param: Any) -> str:
    """What an option may be given: as an example has it, else the first of its codes, else what stands for it."""
    from shlex import split

    from fugong.commands.frame import examples

    own = [split(line) for line in examples.of(ctx)]
    found = _given(own, param)
    if found is None and param.name == getattr(ctx.command, "last", None):
        found = next((line[-1] for line in own if len(line) > len(ctx.command_path.split()) + 1), None)
    if found is None and (codes := _codes(param)):
        found = codes[0]
    if found is None and {*param.opts} & SHARED:
        lines = (split(T(*each)) for lines in examples.table().values() for each in lines)
        found = _given(lines, param)
    return found or str(param.metavar or param.make_metavar(ctx))


def _given(lines: Iterable[Sequence[str]], param: Any) -> str | None:
    """What an option is given in the first of these lines that has it."""
    pairs = (pair for line in lines for pair in pairwise(line))
    return next((value for word, value in pairs if word in param.opts), None)
