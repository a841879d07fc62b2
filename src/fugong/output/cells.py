"""One value: as people read it, and bare, as JSON carries it."""

import re
from collections.abc import Callable
from datetime import datetime, tzinfo
from functools import lru_cache, partial
from typing import Any, assert_never

from fugong.config import zone_of
from fugong.lang import Named, T, listing, name_of
from fugong.results.report import Cell, Change, Column, Ratio, Report, instant
from fugong.values import ratios
from fugong.vocab import Language, Words, answer

ReportRow = tuple[Any, ...]

APPROXIMATE = "approximate"
"""The key of the column that says whether a row's ``Cell.ABOUT`` dates are approximate."""

ESTIMATED = "due_estimated"
"""The key of the column that says whether a row's ``Cell.DUE`` deadline is an estimate."""

_CONTROL_PICTURES = 0x2400
_DEL = 0x7F


def visible(text: str) -> str:
    """The text as people see it: what would act on a terminal, and what leaves no mark, shown as ␛ or <U+200B>.

    Where an invisible character belongs to the one before it, as in many emoji, the two stay together.
    """
    from fugong.values.texts import UNSEEN, all_seen

    return text if all_seen(text) else re.sub(UNSEEN, _picture, text)


def harmless(text: str) -> str:
    """The text for a file that comes in again: only what would act on a terminal is shown as visible text has it.

    The store refuses such characters at the door; this is for what an older or foreign file brings in.
    """
    if text.isprintable():  # the usual case, and faster than the regular expression
        return text
    from fugong.values.texts import CONTROLS_IN_LINES

    return re.sub(CONTROLS_IN_LINES, _picture, text)


def one_line(text: str) -> str:
    """A visible text without line breaks and tabs."""
    return text.replace("\n", " ").replace("\t", " ")


def _picture(found: re.Match[str]) -> str:
    from fugong.values.texts import in_use

    code = ord(found[0])
    if code > _DEL and in_use(found.string, found.start()):
        return found[0]
    if code < ord(" "):
        return chr(_CONTROL_PICTURES + code)
    return "␡" if code == _DEL else f"<U+{code:04X}>"


def shown(column: Column, zone: str) -> Callable[[Any], str]:
    """How the values of a column are shown to people: a function from a value to visible text.

    None is blank, except a rate, which is 「—」 where nothing can be divided. ``zone`` is for moments.
    The function is to be made once and applied to many rows.
    """
    match column.cell:
        case Cell.COUNT | Cell.RATE | Cell.RATIO | Cell.CHANGE | Cell.PARTS | Cell.TREND:
            return _FIGURES[column.cell]
        case Cell.TEXT | Cell.DATE | Cell.ABOUT | Cell.DUE:
            return _text
        case Cell.MOMENT:
            return _remembered(partial(_local, zone=zone_of(zone)))
        case Cell.CODE | Cell.TERM:
            return _remembered(_name)
        case Cell.FLAG:
            return _remembered(_yes_or_no)
        case Cell.LIST:
            return _remembered(_list)
        case Cell.TERMS | Cell.CODES:
            return _remembered(_names)
        case _:
            assert_never(column.cell)


_remembered = lru_cache(maxsize=1000)
"""For cells that are slow to show and have few different values; a column remembers its own."""


def _count(value: int | None) -> str:
    return "" if value is None else str(value)


def _text(value: Any) -> str:
    return "" if value is None else harmless(str(value))


def _ratio(value: Ratio | None) -> str:
    if value is None or not value.whole:
        return "—"
    return T(
        f"{ratios.percent(value.rate)}（{value.part}/{value.whole}）",
        f"{ratios.percent(value.rate)} ({value.part}/{value.whole})",
    )


def _change(value: Change | None) -> str:
    return "" if value is None else f"{value.now} {value.moved}".rstrip()


def _parts(value: Change | None) -> str:
    return f"{value.now.part}/{value.now.whole}" if value and value.now.whole else "-"


def _trend(value: tuple[int, ...] | None) -> str:
    return " ".join(map(str, value or ()))


_FIGURES: dict[Cell, Callable[[Any], str]] = {
    Cell.COUNT: _count,
    Cell.RATE: ratios.percent,
    Cell.RATIO: _ratio,
    Cell.CHANGE: _change,
    Cell.PARTS: _parts,
    Cell.TREND: _trend,
}


def _local(value: datetime | str | None, zone: tzinfo) -> str:
    return "" if value is None else instant(value).astimezone(zone).replace(tzinfo=None).isoformat(" ", "seconds")


def _name(value: Any) -> str:
    return "" if value is None else harmless(name_of(value))


def _yes_or_no(value: bool | None) -> str:
    return "" if value is None else name_of(answer(value))


def _list(value: tuple[str, ...] | None) -> str:
    return harmless(listing(value or ()))


def _names(values: tuple[Named, ...] | None) -> str:
    return harmless(listing(map(name_of, values or ())))


def heading(words: Words, language: Language | None = None) -> str:
    """A heading, a title or a note, in a given language or in that of this run."""
    return visible(name_of(words) if language is None else getattr(words, language))


def brief(report: Report) -> list[Column]:
    """The columns of the listings for people."""
    return [column for column in report.columns if column.brief]


def shown_rows(report: Report) -> Callable[[ReportRow], list[str]]:
    """A function from a row to the texts of its brief columns, approximate dates and estimated deadlines marked."""
    places = [(place, _or_blank(each, report.zone)) for place, each in enumerate(report.columns) if each.brief]
    marked = [
        (index, flag, mark)
        for cell, key, mark in _MARKS
        for index, each in enumerate(brief(report))
        if each.cell is cell
        for flag, other in enumerate(report.columns)
        if other.key == key
    ]

    def texts(row: ReportRow) -> list[str]:
        cells = [show(row[place]) for place, show in places]
        for index, flag, mark in marked:
            if row[flag] and cells[index]:
                cells[index] = heading(mark).format(cells[index])
        return cells

    return texts


_MARKS = (
    (Cell.ABOUT, APPROXIMATE, Words("约 {}", "about {}")),
    (Cell.DUE, ESTIMATED, Words("{} 推算", "{} estimated")),
)
"""Which flag of a row qualifies which cells of it, and how that is said."""


def _or_blank(column: Column, zone: str) -> Callable[[Any], str]:
    """How a column is shown in a listing for people, with what it says where there is no value."""
    show = shown(column, zone)
    if column.blank is None:
        return show
    nothing = heading(column.blank)
    return lambda value: nothing if value is None else show(value)


def upright(report: Report) -> Report:
    """A report whose rows are lines of heading and value, what is unknown left out; other reports as they are."""
    footer = upright(report.footer) if report.footer else None
    if not report.upright:
        return report._replace(footer=footer)
    columns = [column._replace(brief=column.key not in (APPROXIMATE, ESTIMATED)) for column in report.columns]
    texts = shown_rows(report._replace(columns=columns))
    heads = [heading(column.head) for column in columns if column.brief]
    rows = [pair for row in report.rows for pair in zip(heads, texts(row), strict=True) if pair[1]]
    return report._replace(columns=_FIELD_AND_VALUE, rows=rows, footer=footer)


_FIELD_AND_VALUE = (Column("field", Words("项目", "Field")), Column("value", Words("内容", "Value")))


def shown_total(report: Report) -> list[str]:
    """The texts of the total's brief columns; the first says that it is the total. Empty without a total."""
    if report.total is None:
        return []
    sums_only = report._replace(columns=[column._replace(blank=None) for column in report.columns])
    label, *sums = shown_rows(sums_only)(report.total)
    return [label or T("合计", "Total"), *sums]
