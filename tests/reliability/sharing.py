"""Sharing long work out among the machine's cores."""

import multiprocessing
import os
from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def shared_out(work: Callable[[Sequence[Item]], Result], items: Sequence[Item]) -> list[Result]:
    """What the work makes of each core's share of the items; a process of its own does it, which ends with it."""
    count = min(os.cpu_count() or 1, len(items))
    with multiprocessing.get_context("fork").Pool(count) as pool:
        return pool.map(work, [items[number::count] for number in range(count)], chunksize=1)
