"""Numbered upgrades: how the tables of one version become those of the next, with the rows in them.

A step knows nothing of today's models, which will have moved on when it runs for the last time: it says in plain
SQL what changed. CONTRIBUTING.md tells how to add one.
"""

from collections.abc import Callable, Iterator, Mapping

from sqlalchemy import Connection

from fugong.store.migrations import m0002_roster, m0003_chains

Step = Callable[[Connection], None]

STEPS: Mapping[int, Step] = {2: m0002_roster.upgrade, 3: m0003_chains.upgrade}
"""By the version that a step leads to; it starts from the one before."""


def due(since: int, until: int) -> Iterator[Step]:
    """The steps from one version to another, in their order."""
    return (STEPS[version] for version in range(since + 1, until + 1))
