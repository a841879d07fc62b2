"""Texts without quotes and without their option: ``close 1-1 口罩 到货`` for ``close 1-1 --how "口罩 到货"``."""

from typing import Any

import typer

from fugong.commands.frame.words import LONGEST_RANGE, ids, is_id, is_no_range, may_be_id
from fugong.lang import T

IDS = "ids"


class Unclear(typer.BadParameter):
    """A usage error: the words could mean two things. Its message is a whole sentence, with the line to type."""


def gather(command: Any, ctx: Any, given: dict[str, Any], rest: list[str]) -> list[str]:
    """Put the words after the ids into ``given``, as the value of the command's ``last`` parameter.

    Args:
        command: The command; its ``last`` is that parameter.
        ctx: Where a misunderstanding is told.
        given: What the parser read, by the names of parameters.
        rest: Words that had no place.

    Returns:
        Words that still have none.

    Raises:
        Unclear: A text seems to hold the number of another problem, or a slip in one stands before it.
    """
    taking = next(each for each in command.params if each.name == command.last)
    is_option = taking.param_type_name == "option"
    if is_option and given.get(command.last) is not None:
        return rest
    numbered = any(each.name == IDS for each in command.params)
    words = [*(given.get(IDS) or ()), *([] if is_option or given.get(command.last) is None else [given[command.last]])]
    words += rest
    count = next((place for place, word in enumerate(words) if not is_id(word)), len(words)) if numbered else 0
    text = words[count:]
    slip = bool(text) and (is_no_range(text[0]) and ".." in text[0] if count else len(text) > 1 and may_be_id(text[0]))
    if numbered and slip:
        raise Unclear(no_id(text[0]), ctx=ctx)
    if not text or (numbered and not count and may_be_id(text[0])):
        return rest
    if numbered and not count:
        raise Unclear(missing(ctx, command, " ".join(text)), ctx=ctx)
    if numbered and any(may_be_id(word) for word in text):
        raise Unclear(_line(ctx, command, words[:count], text), ctx=ctx)
    given[command.last] = " ".join(text)
    if numbered:
        given[IDS] = tuple(words[:count])
    return []


def missing(ctx: Any, command: Any, text: str = "") -> str:
    """The usage error for a missing id, with the line to type, in which stands what was given so far."""
    from fugong.imports.lines import quoted

    metavar = next(each for each in command.params if each.name == command.last).metavar
    line = f"{ctx.command_path} 1-5 {quoted(text) if text else metavar}"
    return T(f"缺少编号。编号写在前面，{metavar}写在后面：{line}", f"The id is missing; it comes first: {line}")


def no_id(word: str) -> str:
    """The usage error for a word that looks like a number and is none."""
    return T(
        f"「{word}」不是编号。编号写作 组号-序号，如 3-2；几个写成 1-4,2-4，同一组连着的从小到大写成 1-1..1-5，"
        f"最多 {LONGEST_RANGE} 个。",
        f"“{word}” is no id. An id is a team's code and a number, as 3-2; several are 1-4,2-4, and of one team "
        f"1-1..1-5, upwards, {LONGEST_RANGE} at most.",
    )


def _line(ctx: Any, command: Any, numbers: list[str], text: list[str]) -> str:
    """The line to type where an id stands in the text or before it."""
    whole = " ".join(text)
    shown = " ".join([ctx.command_path, *ids(numbers)])
    if command.last == "text":
        return T(
            f'分不清哪些是编号、哪些是内容。内容加引号，写在最后：{shown} "{whole}"',
            f'Which are ids, and which is the text? Put the text in quotes, last: {shown} "{whole}"',
        )
    option = next(each for each in command.params if each.name == command.last).opts[0]
    return T(
        f'分不清哪些是编号、哪些是内容。写成：{shown} {option} "{whole}"',
        f'Which are ids, and which is the text? Write: {shown} {option} "{whole}"',
    )
