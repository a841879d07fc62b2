"""Which commands were known, as SQL asks for it."""

from collections.abc import Iterator
from typing import NamedTuple


class Knowledge(NamedTuple):
    """The commands that were known: those up to one, in the order in which this store came to know, but for some.

    What another store published was made without what had arrived here by then.
    """

    last: int
    """The last of them, by its place in that order; 0 is none."""
    without: tuple[tuple[int, int], ...] = ()
    """From which to which of those before it were not known."""

    def had(self, batch: str) -> str:
        """A command was known, by the column that names it."""
        return " AND ".join((f"{batch} <= {self.last}", *(f"NOT {each}" for each in self._without(batch))))

    def lacked(self, batch: str) -> str:
        """A command was not known."""
        return f"({' OR '.join((f'{batch} > {self.last}', *self._without(batch)))})"

    def _without(self, batch: str) -> Iterator[str]:
        return (f"{batch} BETWEEN {first} AND {last}" for first, last in self.without)
