"""A message as Markdown that fits what chat robots take: 4,096 bytes. What does not fit is counted instead of named."""

from collections.abc import Iterator

from fugong.lang import T
from fugong.output.cells import heading, one_line
from fugong.output.markdown import escaped
from fugong.results.short import Short
from fugong.vocab import Words

MOST_BYTES = 4096
_STEPS = (10, 7, 5, 3, 2, 1, 0)
"""So many items a part has at most; the first number that fits is taken."""
_LINE = 300
"""So many characters a line has at most where even that does not fit."""


def lines(short: Short) -> list[Words]:
    """The lines of the message, each as it is sent."""
    for most in _STEPS:
        made = list(_lines(short, most))
        if _size(made) <= MOST_BYTES:
            break
    else:
        made = [line[:_LINE] for line in made]
        while _size(made) > MOST_BYTES:
            made.pop()
    return [Words(line, line) for line in made]


def _lines(short: Short, most: int) -> Iterator[str]:
    yield f"**{_said(short.title)}**"
    for head, items in short.parts:
        yield _said(head)
        yield from (f"> {_said(item)}" for item in items[:most])
        more = len(items) - most
        if more > 0:
            yield f"> {T(f'另有 {more} 个', f'{more} more')}" if most else f"> {T(f'共 {more} 个', f'{more} in all')}"


def _said(words: Words) -> str:
    return escaped(one_line(heading(words)))


def _size(made: list[str]) -> int:
    return len("\n".join([*made, ""]).encode())
