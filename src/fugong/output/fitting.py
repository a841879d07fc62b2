"""A table for a terminal, fitted to its width: what is shortened, in this order, and what is said of it.

Columns without any value are left out, and those that only ``--wide`` shows; dates within the year of the clock lose
their year, firms go by their short names, and headings are the short ones; while there is no room, bars and spare
columns go; texts fold to three lines at most. No number and no date is ever cut, and no heading broken.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from rich.console import RenderableType
from rich.text import Text

from fugong import config
from fugong.lang import T, listing, name_of
from fugong.output.cells import heading
from fugong.output.layout import GAPS, Body, Table, cards_of, natural, steps_of, widths_within
from fugong.queries.due_words import weekday
from fugong.results.report import Cell, Column, Report
from fugong.values.ratios import whole_percent
from fugong.vocab import LIVE, Light, Words

MOST_LINES = 3
_DATES = (Cell.DATE, Cell.ABOUT, Cell.DUE, Cell.MOMENT)
CUT_OFF = "as_of"
"""The key of the column whose days are said with the weekday."""
FIRM = "enterprise"
"""The key of the column that holds a firm's full name."""


class _Fitting(NamedTuple):
    """A table that is being fitted: its cells, and the headings of the columns left out so far."""

    body: Body
    hidden: list[str]


def fitted(report: Report, body: Body, room: int, barred: Body | None = None) -> tuple[RenderableType, list[str]]:
    """The table, and what is to be said under it.

    Args:
        report: What it shows.
        body: Its cells.
        room: How many columns the terminal has.
        barred: The same with bars, which are the first to go.
    """
    whole = _begun(body, report)
    bars = _begun(barred, report) if barred else None
    if bars and (table := _within(bars.body, GAPS[0], room, 0, folding=False)):
        return table, list(_said(report, body, bars.hidden))
    attempts = list(_attempts(whole, report))
    folding = attempts if room >= ROOMY else attempts[-1:]
    for tried in attempts if folding != attempts else ():
        if table := _within(tried.body, GAPS[0], room, 0, folding=False):
            return table, list(_said(report, body, tried.hidden))
    for least in (LEAST_TEXT, 0):
        for tried, gap in ((tried, gap) for gap in GAPS for tried in folding):
            table = _within(tried.body, gap, room, least, folding=True)
            if table is not None:
                return table, list(_said(report, body, tried.hidden))
    return cards_of(whole.body), list(_said(report, body, whole.hidden))


ROOMY = 100
"""From so many columns on there is room for spare columns beside a text that folds."""


def _begun(body: Body, report: Report) -> _Fitting:
    """What is shortened at every width."""
    kept = _without_empty(body)
    wide = report.on_screen.wide if report.on_screen else ()
    for key in wide:
        kept = _without(kept, key)
    heads = {each.key: heading(each.short) for each in kept.body.columns if each.short}
    short = [
        Text(head.plain.replace(heading(each.head), heads.get(each.key, heading(each.head)), 1))
        for head, each in zip(kept.body.heads, kept.body.columns, strict=True)
    ]
    fitting = kept._replace(body=_short_rates(kept.body._replace(heads=short)))
    return fitting._replace(body=_light_first(_said_blanks(_shorter(fitting.body, report))))


def _without(fitting: _Fitting, key: str) -> _Fitting:
    """Without the column of a key, of which it is said that it is left out."""
    places = [place for place, column in enumerate(fitting.body.columns) if column.key != key]
    gone = [heading(column.head) for column in fitting.body.columns if column.key == key]
    return _Fitting(_only(fitting.body, places), fitting.hidden + gone) if gone and places else fitting


def _attempts(fitting: _Fitting, report: Report) -> Iterator[_Fitting]:
    """As it is, then without one spare column after the other."""
    yield fitting
    for key in report.spare:
        less = _without(fitting, key)
        if less is not fitting:
            fitting = less
            yield fitting


def _short_rates(body: Body) -> Body:
    """With rates as 4/6  67%, one under the other."""
    places = [place for place, column in enumerate(body.columns) if column.cell is Cell.RATIO]
    rows = [list(row) for row in (*body.rows, *([body.total] if body.total else ()))]
    for place in places:
        parts = [_PARTS.search(row[place].plain) for row in rows]
        widest = max((len(found[0]) for found in parts if found), default=0)
        for row, found in zip(rows, parts, strict=True):
            share = f"{found[0]:>{widest}} {whole_percent(int(found[1]), int(found[2])):>4}" if found else "-"
            row[place] = Text(share if found else share.rjust(widest + 5), style=row[place].style)
    return body._replace(rows=rows[: len(body.rows)], total=rows[-1] if body.total else [])


_PARTS = re.compile(r"(\d+)/(\d+)")
"""How many of how many, in a rate as it is shown where there is room."""


def _within(body: Body, gap: int, room: int, least: int, *, folding: bool) -> Table | None:
    """The table within so many columns, if no word, number or date need be broken."""
    inside = room - gap * (len(body.columns) - 1)
    if sum(natural(body)) <= inside:
        return Table(body, natural(body), gap)
    steps = steps_of(body)
    if folding and sum(steps.dates) <= inside and _texts_have_room(body, steps.dates, inside, least):
        return Table(body, widths_within(steps, inside), gap, MOST_LINES)
    return None


LEAST_TEXT = 20
"""A long text has at least ten Chinese characters a line; a spare column goes before it has less."""


def _texts_have_room(body: Body, words: Sequence[int], inside: int, least: int) -> bool:
    """Whether the column of the longest text is wide enough to read."""
    widest = max(range(len(body.columns)), key=lambda place: natural(body)[place])
    wanted = min(natural(body)[widest], least)
    return sum(words) - words[widest] + max(words[widest], wanted) <= inside


def _without_empty(body: Body) -> _Fitting:
    """Without the columns that have no value in any row."""
    if not body.rows:
        return _Fitting(body, [])
    filled = [any(row[place].plain.strip() for row in body.rows) for place in range(len(body.columns))]
    places = [place for place, any_value in enumerate(filled) if any_value]
    gone = [heading(column.head) for column, any_value in zip(body.columns, filled, strict=True) if not any_value]
    return _Fitting(_only(body, places), gone) if places else _Fitting(body, [])


def _only(body: Body, places: Sequence[int]) -> Body:
    def kept(cells: list[Text]) -> list[Text]:
        return [cells[place] for place in places] if cells else cells

    columns = [body.columns[place] for place in places]
    total = kept(body.total)
    if total and not total[0].plain:  # what says that it is the total stood in a column that is gone
        total[0] = body.total[0]
    return Body(columns, kept(body.heads), [kept(row) for row in body.rows], total, body.marked)


def _shorter(body: Body, report: Report) -> Body:
    """With dates of this year as month and day, and firms by their short names."""
    year = f"{config.local_day(config.now(report.zone), report.zone).year}-"
    firms = report.short_names() if report.short_names and any(each.key == FIRM for each in body.columns) else {}

    def shorter(cell: Text, column: Column) -> Text:
        if column.cell in _DATES and year in cell.plain:
            left = days.get(id(cell), "")
            if column.key == CUT_OFF:
                return Text(name_of(weekday(date.fromisoformat(cell.plain))).replace(year, ""), style=cell.style)
            return Text(cell.plain.replace(year, "") + left, style=cell.style)
        return Text(firms.get(cell.plain, cell.plain), style=cell.style) if column.key == FIRM else cell

    days = _days_left(body, report)
    return body._replace(rows=[list(map(shorter, row, body.columns)) for row in body.rows])


_BLANK = {
    FIRM: Words("未具名", "not named"),
    "department": Words("未定", "not set"),
    "due_on": Words("未定", "not set"),
}
"""What a list of problems says where there is none, by the keys of the columns."""


def _said_blanks(body: Body) -> Body:
    """With words where a problem has no firm, department or deadline, in a list of problems."""
    if not {"id", "light", "text"} <= {column.key for column in body.columns}:
        return body
    blanks = [_BLANK.get(column.key) for column in body.columns]

    def said(cell: Text, blank: Words | None) -> Text:
        return Text(name_of(blank), style="bright_black") if blank and not cell.plain else cell

    return body._replace(rows=[list(map(said, row, blanks)) for row in body.rows])


def _days_left(body: Body, report: Report) -> dict[int, str]:
    """How long there is until each deadline of what is in hand, or how long it is past, by the cell that has it."""
    keys = [column.key for column in body.columns]
    if not {"due_on", "light", "status"} <= set(keys):
        return {}
    due, light, status = (keys.index(key) for key in ("due_on", "light", "status"))
    live = {name_of(each) for each in LIVE}
    today = report.facts.get("as_of") or config.local_day(config.now(report.zone), report.zone).isoformat()
    said = {}
    for row in body.rows:
        day = row[due].plain[:10]
        if row[light].plain and row[status].plain in live and day[:4].isdigit():
            left = (date.fromisoformat(day) - date.fromisoformat(str(today)[:10])).days
            past = T(f" 逾{-left}天", f" {-left}d late")
            said[id(row[due])] = past if left < 0 else T(f" 余{left}天", f" {left}d") if left else T(" 今天", " today")
    return said


def _light_first(body: Body) -> Body:
    """With the light in front, where a wider sign moves all rows alike."""
    places = sorted(range(len(body.columns)), key=lambda place: body.columns[place].key != "light")
    if body.total or places[0] == 0:
        return body
    return _only(body, places)


def _said(report: Report, body: Body, hidden: Sequence[str]) -> Iterator[str]:
    """How many rows there are, by their lights if they have any, and what was left out."""
    keys = [column.key for column in body.columns]
    ids = [row[keys.index("id")].plain for row in body.rows] if "id" in keys else []
    if ids and not body.total and len(set(ids)) == len(ids):  # a record may have several rows: then nothing is counted
        shown = (row[place].plain.split() for row in body.rows for place in _lights(report))
        lights = Counter(words[-1] for words in shown if words)  # what is void or a duplicate has no light
        each = listing(f"{name_of(light)} {lights[name_of(light)]}" for light in Light if lights[name_of(light)])
        count = T(f"共 {len(body.rows)} 个", f"{len(body.rows)} in all")
        yield count + (T(f"：{each}", f": {each}") if each else "") + T("。", ".")
    if hidden:
        yield T(f"未显示：{listing(hidden)}（--wide 全部列出）。", f"Not shown: {listing(hidden)} (--wide shows all).")


def _lights(report: Report) -> list[int]:
    """Where the light stands among the columns that people see."""
    seen = [column.key for column in report.columns if column.brief]
    return [seen.index("light")] if "light" in seen else []
