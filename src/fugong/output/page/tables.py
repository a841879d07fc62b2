"""A section of the page: its report as a table, with a bar in every row or a chart above it."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any

from fugong.lang import T, name_of
from fugong.output.cells import ReportRow, brief, heading, one_line, shown_rows, shown_total
from fugong.output.page import charts
from fugong.output.page.lists import headline
from fugong.output.page.markup import Markup, closed, element, opened
from fugong.results.page import Drawn, Link, Section
from fugong.results.report import Cell, Change, Column, Ratio, Report

NUMBERS = (Cell.COUNT, Cell.RATE, Cell.RATIO, Cell.CHANGE, Cell.PARTS)


def section(part: Section) -> Iterator[Markup]:
    """A section in pieces; its rows are read as they are written, unless a drawing needs them all first."""
    yield opened("section", id=part.key, aria_labelledby=f"{part.key}-title")
    yield element("h2", heading(part.report.title), id=f"{part.key}-title")
    rows = iter(part.report.rows)
    first = next(rows, None)
    if first is None:
        yield element("p", heading(part.nothing), class_="nothing")
    else:
        yield from _content(part, chain([first], rows))
    yield Markup(closed("section") + "\n")


def _content(part: Section, rows: Iterator[ReportRow]) -> Iterator[Markup]:
    report, drawing = part.report, None
    if part.chart and part.chart.drawn is Drawn.FIGURES:
        yield _headlines(report, part.chart.parts, next(rows))
        return
    if part.chart:
        listed = list(rows)
        rows = iter(listed)
        parts = [_Part(report, key) for key in part.chart.parts]
        if part.chart.drawn is Drawn.LINES:
            yield _figure(report, parts, listed)
            yield opened("details")
            yield element("summary", T("逐日的数字", "The numbers day by day"))
            yield from table(report, rows, None, "dense")
            yield closed("details")
            return
        else:
            drawing = _bars(report, parts, listed)
            if len(parts) > 1:
                yield charts.legend([(each.key, each.head) for each in parts])
    yield from table(report, rows, drawing, "stacked")
    for note in report.notes:
        yield element("p", heading(note), class_="note")


def _headlines(report: Report, keys: Sequence[str], row: ReportRow) -> Markup:
    """The changes of a row as headline figures."""
    shown = []
    for column, value in zip(report.columns, row, strict=True):
        if column.key in keys and isinstance(value, Change):
            was = _plain(value.before)
            before = T(f"上周 {was}", f"last week {was}") + (f"{T('，', ', ')}{_moved(value)}" if _moved(value) else "")
            shown.append(headline(column.key, heading(column.head), _plain(value.now), before))
    return element("dl", *shown, class_=f"figures of-{len(shown)}")


def _plain(value: Any) -> str:
    """A count, or a part of a whole, of which there may be none."""
    return "—" if value == Ratio(0, 0) else f"{value.part}/{value.whole}" if isinstance(value, Ratio) else str(value)


def _moved(change: Change) -> str:
    """By how much a count has changed, with a sign as wide as a digit."""
    return "" if isinstance(change.now, Ratio) else change.moved.replace("-", "−")


class _Part:
    """A column that is drawn."""

    def __init__(self, report: Report, key: str) -> None:
        self.key = key
        self.place = next(place for place, column in enumerate(report.columns) if column.key == key)
        self.head = heading(report.columns[self.place].head)

    def of(self, row: ReportRow) -> int:
        return row[self.place] or 0


def _bars(report: Report, parts: Sequence[_Part], rows: Sequence[ReportRow]) -> Callable[[ReportRow, str], Markup]:
    """How the bar of a row is drawn, given the row and its name."""
    longest = max(sum(part.of(row) for part in parts) for row in rows)
    title = heading(report.title)

    def drawn(row: ReportRow, name: str) -> Markup:
        return charts.bar(f"{title}: {name}", [(part.key, part.head, part.of(row)) for part in parts], longest)

    return drawn


def _figure(report: Report, parts: Sequence[_Part], rows: Sequence[ReportRow]) -> Markup:
    """A line chart with what is written around it."""
    highest = max(part.of(row) for part in parts for row in rows)
    highest += highest % 2  # so that the middle is a whole number
    first, last = rows[0], rows[-1]
    said = "; ".join(
        T(f"{part.head}：{last[0]} 为 {part.of(last)}", f"{part.head}: {part.of(last)} on {last[0]}") for part in parts
    )
    picture = charts.lines(
        heading(report.title), said, [(part.key, [part.of(row) for row in rows]) for part in parts], highest
    )
    scale = [element("span", str(value)) for value in (highest, highest // 2, 0)]
    days = [element("span", str(row[0])) for row in (first, last)]
    return element(
        "figure",
        charts.legend([(part.key, part.head) for part in parts]),
        element(
            "div",
            element("div", *scale, class_="scale", aria_hidden="true"),
            picture,
            element("div", *days, class_="days", aria_hidden="true"),
            class_="plot",
        ),
    )


def table(
    report: Report, rows: Iterator[ReportRow], drawing: Callable[[ReportRow, str], Markup] | None, kind: str
) -> Iterator[Markup]:
    """The report as a table.

    Args:
        report: What to show.
        rows: Its rows.
        drawing: What stands in the cell after the first, which names the row.
        kind: ``stacked``: on a phone every row is a little card; ``dense``: few narrow columns, a table anywhere.
    """
    columns = brief(report)
    texts = shown_rows(report)
    places = [place for place, column in enumerate(report.columns) if column.brief]
    yield opened("table", role="table", class_=kind)
    yield element("thead", _head(columns, drawn=drawing is not None), role="rowgroup")
    yield opened("tbody", role="rowgroup")
    for row in rows:
        cells = [
            _cell(column, text, row[place]) for column, text, place in zip(columns, texts(row), places, strict=True)
        ]
        if drawing:
            cells.insert(1, element("td", drawing(row, one_line(texts(row)[0])), class_="drawn", role="cell"))
        yield Markup(element("tr", *cells, role="row") + "\n")
    yield closed("tbody")
    if total := shown_total(report):
        values = [report.total[place] for place in places] if report.total else []
        cells = [
            _cell(column, text, value if isinstance(value, Change) else None)
            for column, text, value in zip(columns, total, values, strict=True)
        ]
        if drawing:
            cells.insert(1, element("td", class_="drawn", role="cell"))
        yield element("tfoot", element("tr", *cells, role="row"), role="rowgroup")
    yield closed("table")


def _head(columns: Sequence[Column], *, drawn: bool) -> Markup:
    cells = [
        element("th", heading(column.head), scope="col", role="columnheader", class_=_kind(column))
        for column in columns
    ]
    if drawn:
        cells.insert(1, element("td", class_="drawn", role="cell"))
    return element("tr", *cells, role="row")


def _cell(column: Column, text: str, value: Any) -> Markup:
    """One cell; on a phone its heading stands beside it. A code may have a colour of its own beside its name."""
    content: str = text
    if isinstance(value, Link):
        content = element("a", text, href=value.href)
    elif column.cell is Cell.CHANGE and value is not None:
        late = "late" if column.key == "overdue" and value.now else None
        content = Markup(
            element("span", _plain(value.now), class_=late) + element("span", _moved(value), class_="change")
        )
    elif column.cell is Cell.PARTS and value is not None:
        content = _plain(value.now)
    elif column.cell is Cell.CODE and value is not None:
        content = element("span", name_of(value), class_=f"{column.key}-{value.value}")
    return element(
        "td",
        content,
        class_=" ".join(filter(None, (f"of-{column.key}", _kind(column), None if text else "blank"))),
        data_head=heading(column.head),
        role="cell",
    )


def _kind(column: Column) -> str | None:
    if column.cell is Cell.CHANGE:
        return "number changing"
    return "number" if column.cell in NUMBERS else None
