"""Where a table begins: the header row under titles, 附件 lines and 填报单位 rows, and what they say themselves."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import NamedTuple

from fugong.imports.cells.columns import NEEDED, WANTED, Field, key, known, meant
from fugong.imports.cells.either import Decided, decide
from fugong.imports.cells.forms import by_form
from fugong.imports.files.sheets import Cell, Merged, Sheet
from fugong.values import texts
from fugong.vocab.importing import Imported as Ledger

_LOOKED_AT = 40
"""How many rows from the top are searched for a header."""
_UNIT = re.compile(
    r"(?:(?:填报|报送|上报|编报)?(?:单位|部门|组别)[（(]?[盖章]*[)）]?\s*[:：]\s*([^\s:：]+))"
    r"|(?:(?:Submitted|Filed) by\s*[:：]\s*(\S+(?: \S+)*?)(?=\s{2,}|$|\s+(?:As of|Filed on)))"
)
_DAY = re.compile(
    r"(?:填报|上报|报送|填表|制表|统计)?(?:日期|时间)\s*[:：]\s*([^:：]+?)(?:\s{2,}|$|\s(?=\D+[:：]))|截[至止]\s*([^\s）)]+)"
    r"|(?:As of|Filed on)\s*[:：]\s*(\S+)"
)


class Table(NamedTuple):
    """A sheet whose header was found."""

    ledger: Ledger
    """What its rows are about."""
    sheet: Sheet
    row: int
    """The last row of the header, as Excel numbers it."""
    headings: list[str]
    """The names of the columns, those of two lines joined."""
    lines: Sequence[Sequence[str]]
    """The header as it stands, line by line."""
    fields: list[Field | None]
    """What each column means; None: not known."""
    rows: Iterator[tuple[int, list[Cell]]]
    """What comes under the header."""
    unit: str | None
    """Who filled it in (填报单位), as it stands above the header."""
    day: str | None
    """When (填报日期), as it stands above the header."""
    decided: Sequence[Decided] = ()
    """The headings that might mean two things, and what they were taken for."""
    formed: Sequence[tuple[str, Field]] = ()
    """The headings that no list has, and what they were taken for by their words."""
    above: frozenset[str] = frozenset()
    """What stands above the header, as texts are compared: a printed page may begin with it once more."""


class Near(NamedTuple):
    """What comes nearest to a header in a file that has none."""

    row: int
    known: tuple[str, ...]
    unknown: tuple[str, ...]
    fields: tuple[Field, ...] = ()
    """What the known ones mean."""
    written: tuple[int, ...] = ()
    """How much is written under each unknown one."""
    sideways: bool = False
    """The names stand one below the other, in the first column."""


def nearest(sheet: Sheet, ledger: Ledger, more: Mapping[str, str]) -> Near | None:
    """What comes nearest to a header in a sheet, which is read for that; None where it is blank."""
    names = known(ledger, more)
    top = [(number, [_said(cell) for cell in cells]) for number, cells in islice(sheet.rows, _LOOKED_AT)]
    found = []
    for at, (number, cells) in enumerate(top):
        meanings = by_form(ledger, cells, [meant(names, cell) for cell in cells])
        columns = [
            (name, place, field) for place, (name, field) in enumerate(zip(cells, meanings, strict=True)) if name
        ]
        length = {name: _written(place, top[at + 1 :]) for name, place, field in columns if field is None}
        found.append(Near(
            number, tuple(name for name, _, field in columns if field), tuple(length),
            tuple(field for _, _, field in columns if field), tuple(length.values()),
        ))  # fmt: skip
    below = [cells[0] for _, cells in top if cells and cells[0]]
    down = tuple(cell for cell in below if meant(names, cell))
    best = max(found, key=lambda near: (len(near.known), len(near.unknown) > 1), default=None)
    if len(down) >= WANTED[ledger] and (best is None or len(down) > len(best.known)):
        return Near(1, down, (), sideways=True)
    return best if best and (best.known or best.unknown) else None


def _written(at: int, below: Sequence[tuple[int, Sequence[str]]]) -> int:
    """How much is written in a column."""
    return sum(len(cells[at]) for _, cells in below if at < len(cells))


def find(sheet: Sheet, ledgers: Sequence[Ledger], more: Mapping[str, str]) -> Table | None:
    """The table of a sheet, of the first of these kinds that has a header there; None where there is none.

    Args:
        sheet: The sheet; its rows are read.
        ledgers: What its rows may be about.
        more: What the user maps, of the first of them.
    """
    top = list(islice(sheet.rows, _LOOKED_AT))
    for at, ledger in enumerate(ledgers):
        names = known(ledger, {} if at else more)
        for least in sorted({max(WANTED[ledger], _PLAIN), WANTED[ledger]}, reverse=True):
            if table := _find(sheet, top, ledger, names, least, () if at else more):
                return table
    return None


_PLAIN = 2
"""Known names that make a header row beyond doubt: one alone may be the title of the sheet."""


def _find(
    sheet: Sheet,
    top: Sequence[tuple[int, list[Cell]]],
    ledger: Ledger,
    names: Mapping[str, Field],
    least: int,
    mapped: Collection[str],
) -> Table | None:
    """The table of a sheet, whose first rows these are, with a header of so many known names at least."""
    for at, (number, cells) in enumerate(top):
        lines, headings, meanings = _lines(ledger, names, sheet.merged, _block(sheet.merged, top, at), least)
        decided = list[Decided]()
        if ledger is Ledger.PROBLEMS:
            below = [cells for _, cells in top[at + len(lines) :]]
            meanings, decided = decide(headings, meanings, below, mapped)
        fields = _fields(meanings)
        if not _is_header(ledger, fields, least) or (least < _PLAIN and _titles(ledger, names, cells, top[at + 1 :])):
            continue
        if _goes_on(ledger, names, headings, top[at + len(lines) : at + len(lines) + 1]):
            continue
        above = [_said(cell) for _, row in top[:at] for cell in row]
        rows = chain(top[at + len(lines) :], sheet.rows)
        unit, day = _filing(above)
        formed = [
            (heading, field)
            for heading, field in zip(headings, fields, strict=True)
            if field not in (None, Field.COMPUTED) and meant(names, heading) is None and len(lines) == 1
        ]
        last = number + len(lines) - 1
        titles = frozenset(map(texts.key, filter(None, above)))
        return Table(ledger, sheet, last, headings, lines, fields, rows, unit, day, decided, formed, titles)
    return None


_MOST_LINES = 3


def _block(
    merged: Sequence[Merged], top: Sequence[tuple[int, list[Cell]]], at: int
) -> Sequence[tuple[int, list[Cell]]]:
    """The rows that a header may take, with the names that merged cells above hand down to the first of them."""
    number, first = top[at][0], list(top[at][1])
    rows = dict(top[:at])
    for each in merged:
        if each.top < number <= each.bottom and each.left == each.right < len(first) and first[each.left] is None:
            said = rows.get(each.top, [])
            first[each.left] = said[each.left] if each.left < len(said) else None
    return [(number, first), *top[at + 1 : at + _MOST_LINES]]


def _goes_on(
    ledger: Ledger, names: Mapping[str, Field], headings: Sequence[str], below: Sequence[tuple[int, list[Cell]]]
) -> bool:
    """Whether the row under a header is the header proper, and what stands above it are groups with names alike."""
    said = [(at, _said(cell)) for _, cells in below for at, cell in enumerate(cells) if cell is not None]
    if len(said) <= sum(map(bool, headings)) - len(said) or not all(key(name) in names for _, name in said):
        return False
    repeated = all(at < len(headings) and key(name) == key(headings[at]) for at, name in said)
    return not repeated and NEEDED[ledger] in [names[key(name)] for _, name in said]


def _lines(
    ledger: Ledger,
    names: Mapping[str, Field],
    merged: Sequence[Merged],
    top: Sequence[tuple[int, list[Cell]]],
    least: int,
) -> tuple[list[list[str]], list[str], list[Field | None]]:
    """The lines of a header that begins with the first of these rows, the names of its columns, what they mean.

    A line more is one only if with it this is still a header.
    """
    number = top[0][0]
    rows = [[_said(cell) for cell in cells] for _, cells in top]
    width = max(map(len, rows))
    lines = [[*line, *[""] * (width - len(line))] for line in rows]
    upper, headings = lines[0], rows[0]
    meanings = by_form(ledger, headings, [meant(names, heading) for heading in headings])
    taken = 1
    for lower in lines[1:]:
        found = _two_lines(names, number + taken - 1, merged, upper, lower)
        if found is None:
            break
        joined, both = found
        if taken > 1:  # what nothing more stands under is what it was
            joined = [new if second else old for new, old, second in zip(joined, headings, lower, strict=True)]
            both = [new if second else old for new, old, second in zip(both, meanings, lower, strict=True)]
        both = by_form(ledger, joined, both)
        if not _is_header(ledger, _fields(both), least):
            break
        over = [each for each in merged if each.top == number + taken - 1 and each.right > each.left]
        grouped = {at for each in over for at in range(each.left, each.right + 1)}
        headings, meanings, taken = joined, both, taken + 1
        upper = [second or ("" if at in grouped else upper[at]) for at, second in enumerate(lower)]
    return rows[:taken], headings, meanings


def _titles(
    ledger: Ledger, names: Mapping[str, Field], cells: Sequence[Cell], below: Sequence[tuple[int, list[Cell]]]
) -> bool:
    """Whether the one known name of a row is the title of the sheet, for the next row has one as well."""
    if sum(cell is not None for cell in cells) > 1 or not below:
        return False
    return _is_header(ledger, _fields([meant(names, _said(cell)) for cell in below[0][1]]), 1)


def _said(cell: Cell) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else "" if cell is None else str(cell)


def _fields(found: Sequence[Field | None]) -> list[Field | None]:
    """What each column means. Of two columns that mean the same, the first does; the other is not known.

    What a work order is called is what it says, where nothing else says it.
    """
    if Field.TEXT not in found:
        found = [Field.TEXT if field is Field.TITLE else field for field in found]
    return [field if field is Field.COMPUTED or field not in found[:at] else None for at, field in enumerate(found)]


def _is_header(ledger: Ledger, fields: list[Field | None], least: int) -> bool:
    return sum(field is not None for field in fields) >= least and NEEDED[ledger] in fields


_BELOW: Mapping[Field, Mapping[Field, tuple[str, ...]]] = {
    Field.DEPARTMENT: {
        Field.DEPARTMENT: ("牵头", "主办", "主责", "主要", "牵头单位", "单位", "部门", "单位名称"),
        Field.ASSIST: ("配合", "协办", "协同", "协助", "会办"),
        Field.PERSON: ("责任人", "负责人", "姓名", "人员"),
    },
    Field.PERSON: {Field.PERSON: ("姓名", "人员")},
    Field.ENTERPRISE: {Field.ENTERPRISE: ("名称", "全称")},
}  # fmt: skip
"""What a short name in the second line of a header means under a group of this meaning."""


def _two_lines(
    names: Mapping[str, Field], number: int, merged: Sequence[Merged], upper: list[str], lower: list[str]
) -> tuple[list[str], list[Field | None]] | None:
    """The header if it takes two lines: a name in the second stands under a group's, or under nothing."""
    width = max(len(upper), len(lower))
    upper, lower = ([*line, *[""] * (width - len(line))] for line in (upper, lower))
    below = [at for at in range(width) if lower[at]]
    if not below or all(upper[at] == lower[at] for at in below):  # the same once more is no second line
        return None
    groups = _groups(number, merged, upper, lower)
    meanings = [
        _below(names, group, second) if second else meant(names, group)
        for group, second in zip(groups, lower, strict=True)
    ]
    drawn = any(each.top == number and each.bottom == number + 1 for each in merged)
    if not drawn and not all(meanings[at] for at in below):
        return None
    if not any(meant(names, upper[at]) for at in range(width) if not lower[at]):
        return None
    headings = [
        second if not group or meant(names, second) else f"{group}{second}"
        for group, second in zip(groups, lower, strict=True)
    ]
    return [heading or group for heading, group in zip(headings, groups, strict=True)], meanings


def _groups(number: int, merged: Sequence[Merged], upper: list[str], lower: list[str]) -> list[str]:
    """What stands over each column: a name speaks for the columns that it is merged over, or that have none."""
    groups = list(upper)
    for at in range(1, len(groups)):
        if not groups[at] and lower[at]:
            groups[at] = groups[at - 1] if lower[at - 1] else ""
    for each in merged:
        if each.top == number and each.left < len(upper):
            for at in range(each.left, min(each.right + 1, len(groups))):
                groups[at] = upper[each.left]
    return groups


def _below(names: Mapping[str, Field], group: str, second: str) -> Field | None:
    """What a name in the second line means: under its group if it is short, else by itself, else with the group's."""
    over = meant(names, group) if group else None
    for field, short in _BELOW[over].items() if over is not None and over in _BELOW else ():
        if second in short:
            return field
    return meant(names, second) or meant(names, f"{group}{second}") or meant(names, f"{second}{group}")


def _filing(above: list[str]) -> tuple[str | None, str | None]:
    """The unit and the day that the rows above the header name."""
    text = "  ".join(filter(None, above))
    unit, day = _UNIT.search(text), _DAY.search(text)
    return unit and (unit[1] or unit[2]), day and (day[1] or day[2] or day[3]).strip()
