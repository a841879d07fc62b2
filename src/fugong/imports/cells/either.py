"""Headings that may be a deadline or a closing date (完成时间): the other columns decide, and it is said."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from fugong.errors import Refusal
from fugong.imports.cells import marks
from fugong.imports.cells.columns import Field, key
from fugong.imports.cells.values import Unreadable
from fugong.imports.files.sheets import Cell
from fugong.vocab import Status, Words

_EITHER = ("完成时间", "完成日期", "解决时间", "解决日期", "整改时间", "办理时间", "落实时间")
_HEADINGS = frozenset(key(said) for each in _EITHER for said in (each, each[2:] + each[:2]))
"""Where a header has two lines, the group comes first: 时间 over 完成."""
_DUE = (Field.DUE_ON, Field.DUE_RULE)
_DONE = (Field.DONE_ON, Field.CLOSED_ON)
_STATED = (Field.CLOSED, Field.STATUS)


class Decided(NamedTuple):
    """What such a heading was taken for, and why."""

    heading: str
    field: Field
    why: Words


def decide(
    headings: Sequence[str], meanings: Sequence[Field | None], below: Sequence[Sequence[Cell]], mapped: Iterable[str]
) -> tuple[list[Field | None], list[Decided]]:
    """The meanings of the columns, those that may be either decided.

    Args:
        headings: The names of the columns.
        meanings: What each means so far.
        below: The first rows under the header.
        mapped: The headings of which the user has said what they mean.
    """
    settled = set(map(key, mapped))
    open_ = [at for at, name in enumerate(headings) if key(name) in _HEADINGS and key(name) not in settled]
    result, decided = list(meanings), list[Decided]()
    for at in open_:
        others = [field for place, field in enumerate(result) if place != at and (place not in open_ or place < at)]
        field, why = _meant(at, others, result, below)
        result[at] = field
        decided.append(Decided(headings[at], field, why))
    return result, decided


def _meant(
    at: int, others: Sequence[Field | None], fields: Sequence[Field | None], below: Sequence[Sequence[Cell]]
) -> tuple[Field, Words]:
    due, done = (any(each in kinds for each in others) for kinds in (_DUE, _DONE))
    if due:
        return Field.DONE_ON, Words("时限另有一列", "the deadline has a column of its own")
    if done:
        return Field.DUE_ON, Words("办结日期另有一列", "the closing date has a column of its own")
    stated = next((place for place, each in enumerate(fields) if each in _STATED), None)
    filled = [row for row in below if at < len(row) and row[at] not in (None, "")]
    if stated is not None:
        states = [_state(row[stated]) for row in filled if stated < len(row)]
        if any(state is not Status.CLOSED for state in states):
            return Field.DUE_ON, Words("没有办结的行也写了日期", "rows that are not closed have it too")
        if states:
            return Field.DONE_ON, Words("只有办结的行写了日期", "only closed rows have it")
    if filled and len(filled) == len([row for row in below if any(cell not in (None, "") for cell in row)]):
        return Field.DUE_ON, Words("每一行都写了日期", "every row has it")
    return Field.DONE_ON, Words("不是每一行都写了日期", "not every row has it")


def _state(cell: Cell) -> Status | None:
    """The state that a cell says; None where it is none."""
    try:
        found = marks.status(cell)
    except (Unreadable, Refusal):
        return None
    return found.status if found else None
