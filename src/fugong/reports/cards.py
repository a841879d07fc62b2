"""What ``show`` prints: one record from top to bottom, then what belongs to it, in one report."""

from collections.abc import Mapping, Sequence
from typing import Any

from fugong.lang import T
from fugong.results.report import Report, record
from fugong.vocab import Words


def card(main: Report, parts: Mapping[str, Report]) -> Report:
    """A record and its parts; ``main`` has one row, a part without rows is left out for people.

    In JSON the record has each part under its name, as a list.
    """
    listed = {name: part._replace(rows=list(part.rows)) for name, part in parts.items()}
    footer: Report | None = None
    for part in reversed(list(listed.values())):
        footer = part._replace(footer=footer) if part.rows else footer
    rows = list(main.rows)
    items = [
        {
            **record(main.columns)(row),
            **{name: [*map(record(part.columns), part.rows)] for name, part in listed.items()},
        }
        for row in rows
    ]
    return main._replace(rows=rows, upright=True, footer=footer, document={"items": items}, parts=listed)


LONGEST_TITLE = 48


def first_line(ident: str, firm: str | None, text: str) -> str:
    """What a terminal says a problem is: its number, the short name of its firm, and as much of its text as fits."""
    said = " ".join(text.split())
    short = said if len(said) <= LONGEST_TITLE else f"{said[:LONGEST_TITLE]}…"
    return f"{ident}  {firm or T('未具名', 'no firm')}  {short}"


def absent(main: Report) -> Report:
    """A record that was not there yet at the cut-off that was asked for: nothing, and that."""
    nothing = Words("那时还没有这一条。", "It was not there yet.")
    return main._replace(rows=[], nothing=nothing, document={"items": []})


def only(report: Report) -> dict[str, Any]:
    """The one row of a report, whose rows are a list, by the keys of its columns."""
    (row,) = report.rows
    return dict(zip((column.key for column in report.columns), row, strict=True))


def chained(cards: Sequence[Report]) -> Report:
    """Several cards one under the other; there is at least one."""
    first, *rest = cards
    if not rest:
        return first
    below = chained(rest)
    document = {"items": [*_items(first), *_items(below)]}
    return under(first, below._replace(document=None))._replace(document=document)


def _items(report: Report) -> list[object]:
    return list((report.document or {}).get("items", ()))


def under(report: Report, below: Report) -> Report:
    """A report with another at the very end of its footers."""
    return report._replace(footer=under(report.footer, below) if report.footer else below)
