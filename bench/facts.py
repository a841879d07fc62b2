"""What the synthetic stores and files have in common."""

from datetime import date
from typing import NamedTuple

TODAY = date(2020, 3, 20)
IN_HAND = 3_000
"""Problems in hand, in a store of any size."""


class Scale(NamedTuple):
    """How many problems stores and files have, and of how many teams and enterprises."""

    few: int
    many: int
    """As many as a file that is read in."""
    large: int
    teams: int
    enterprises: int

    @property
    def sizes(self) -> tuple[int, int, int]:
        """Of the stores, in problems."""
        return self.few, self.many, self.large


WHOLE = Scale(10_000, 100_000, 1_000_000, teams=3_000, enterprises=40_000)
SMALL = Scale(1_000, 2_000, 10_000, teams=300, enterprises=4_000)
"""What targets are of; and what shows in minutes that every row can be measured."""
