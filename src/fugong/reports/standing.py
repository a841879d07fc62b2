"""Where a ledger stands, in three words: what ``fugong`` alone says of it."""

from datetime import date
from typing import NamedTuple

from fugong.db import Reader
from fugong.values.lateness import sql_overdue
from fugong.vocab import IN_HAND


class Standing(NamedTuple):
    """The county, and its problems in hand and past due."""

    county: str
    in_hand: int
    red: int


def standing(reader: Reader, today: date) -> Standing:
    """Count once over the index of what is in hand."""
    late = sql_overdue(":today")
    counted = f"SELECT COUNT(*), SUM(CASE WHEN {late} THEN 1 ELSE 0 END) FROM problem WHERE {IN_HAND}"
    ((in_hand, red),) = reader.rows(counted, today=today.isoformat())
    county = next((str(name) for (name,) in reader.rows("SELECT county FROM campaign") if name), "")
    return Standing(county, in_hand, red or 0)
