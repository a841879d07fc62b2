"""A progress bar on stderr for whoever waits for a long report; never in a pipe or a log."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from fugong.lang import T

if TYPE_CHECKING:
    from fugong.columns import Report

LONG = 2000
"""A report with more rows takes long enough for somebody to wonder."""


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
        bar.refresh()  # by itself it draws ten times a second, and may be done before
        yield first
        while batch := list(islice(rest, LONG)):
            yield from batch
            bar.advance(task, len(batch))
