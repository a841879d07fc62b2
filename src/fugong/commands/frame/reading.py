"""What reading commands share: the store opened, the cut-off, the filters, and the way out of a report."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from fugong.lang import T
from fugong.vocab import Format, StatusFilter

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from fugong.commands.frame.filters import Filters
    from fugong.commands.frame.options import CutOff, Delivery
    from fugong.db import Reader
    from fugong.queries.as_of import AsOf
    from fugong.queries.lights import Lights
    from fugong.reports.filters import Condition
    from fugong.results.report import Report

LISTED = (StatusFilter.LIVE,)
"""What ``list`` shows unless asked."""
COUNTED = (StatusFilter.LIVE, StatusFilter.CLOSED)
"""What ``export`` writes unless asked: all that counts in a total."""
LONG = 2000
"""A report with more rows shows a progress bar on a terminal."""


@contextmanager
def reading(store: str, asked: "CutOff | None" = None) -> Iterator[tuple["Reader", "AsOf"]]:
    """The store for reports as it stood at the cut-off that was typed, else now; and the cut-off."""
    from fugong import config, db
    from fugong.queries.as_of import AsOf

    with db.reading(store) as reader:
        cut = AsOf.read(reader, config.now(reader.zone), *(asked or ()))
        if cut.present:
            yield reader, cut
        else:
            from fugong.queries import past

            cut = past.in_its_zone(reader, cut)
            yield past.at(reader, cut), cut


def day(typed: str | None, today: "date", *, future: bool = False) -> "date | None":
    """The day that a listing begins or ends with, as people type it, if one was typed."""
    if typed is None:
        return None
    from fugong import config
    from fugong.values import dates, spans

    side = dates.Side.FUTURE if future else dates.Side.NEAREST
    return spans.read_bound(typed, today, side, month_first=config.chinese())


def condition(reader: "Reader", shone: "Lights", given: "Filters", default: Sequence[StatusFilter]) -> "Condition":
    """The condition that filters as typed make.

    Args:
        reader: The store.
        shone: The lights of the cut-off, whose day dates such as 昨天 are counted from.
        given: The filters.
        default: The statuses where none is given.
    """
    from fugong.reports import filters

    today = shone.as_of
    return filters.resolve(
        reader,
        team=given.team or (),
        county=given.county or (),
        enterprise=given.enterprise or (),
        department=given.department or (),
        category=given.category or (),
        status=given.status or ((StatusFilter.CLOSED,) if _of_closed(given) else default),
        since=day(given.since, today),
        until=day(given.until, today),
        due_by=day(given.due_by, today, future=True),
        text=given.text or (),
        light=[shone.condition(each) for each in given.light or ()],
        level=given.level or (),
        closed_since=day(given.closed_since, today),
        closed_until=day(given.closed_until, today),
        person=given.person or (),
        how=given.how or (),
        source=given.source or (),
        major=given.major,
        conflict=given.conflict,
    )


def _of_closed(given: "Filters") -> bool:
    """Whether filters ask for what only closed problems have."""
    return bool(given.closed_since or given.closed_until or given.how)


def emit(
    report: "Report",
    delivery: "Delivery",
    at: "tuple[Reader, AsOf] | None" = None,
    *,
    annex: int | None = None,
    large: bool = False,
) -> None:
    """Write a report to stdout or to a file, in the format asked for.

    ``at`` is the store and the cut-off, which stand under the title of a spreadsheet.
    """
    from fugong import output

    fmt, out, force, header, encoding, wide = delivery
    chosen, cover = output.format_of(fmt, out), None
    if at:
        report = stated(report, at[1])
    if chosen is Format.XLSX and at:
        from fugong.reports.cover import cover as made

        cover = made(*at)._replace(annex=annex, large=large)
    if sys.stderr.isatty() and (out or not sys.stdout.isatty()):
        report = watched(report)
    output.write(report, fmt=chosen, out=out, force=force, header=header, encoding=encoding, cover=cover, wide=wide)
    if out:
        say_written(out)


def say_written(path: "Path") -> None:
    """Say which file was written; where JSON was asked for, that is the answer as well."""
    from fugong import config
    from fugong.commands.frame.writing import say, tell_places

    if config.as_json.get():
        tell_places("file", [path], done="write")
    say(T(f"已写入 {path}", f"Written to {path}"))


def stated(report: "Report", cut: "AsOf") -> "Report":
    """The same report; it says which cut-off was asked for, where it does not do so by itself."""
    if not cut.asked or "as_of" in report.facts or "as_of" in (report.document or {}):
        return report
    document = None if report.document is None else {**cut.facts, **report.document}
    notes = chain((cut.words,), report.notes)
    return report._replace(facts={**report.facts, **cut.facts}, document=document, notes=notes)


def watched(report: "Report") -> "Report":
    """The same report; a bar moves while the rows of a long one are written."""
    return report._replace(
        rows=_counted(report.rows, report.size),
        footer=report.footer and watched(report.footer),
        flat=report.flat and watched(report.flat),
    )


def _counted(rows: Iterable[tuple[Any, ...]], size: Callable[[], int] | None) -> Iterator[tuple[Any, ...]]:
    """The rows; the bar appears at the first that makes the report a long one."""
    rest = iter(rows)
    yield from islice(rest, LONG)
    first = next(rest, None)
    if first is None:
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    told = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*told, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(T("正在写出", "Writing"), total=size() if size else None, completed=LONG + 1)
        bar.refresh()  # the bar draws itself ten times a second, and the report may be done sooner
        yield first
        while batch := list(islice(rest, LONG)):
            yield from batch
            bar.advance(task, len(batch))
