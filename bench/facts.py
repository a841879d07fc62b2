"""What the synthetic stores and files have in common."""

from datetime import date

TODAY = date(2020, 3, 20)
SIZES = (10_000, 100_000, 1_000_000)
"""Problems in a store."""
IN_HAND = 3_000
"""Problems in hand, in a store of any size."""
