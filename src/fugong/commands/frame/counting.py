"""A running count on the terminal while a file is read in."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from fugong import config


@contextmanager
def counting() -> Iterator[Callable[[], None]]:
    """A function to be called once for each row read; on a terminal it shows the count on stderr."""
    if not sys.stderr.isatty() or config.quiet.get():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), TextColumn("{task.completed}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda: bar.advance(task)
