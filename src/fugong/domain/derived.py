"""What a record has that follows from what is said of it, or of others: worked out anew wherever that is made anew."""

from collections.abc import Sequence
from datetime import date

from fugong.store.records import Adoption, Enterprise, StageChange, Team
from fugong.store.session import Session
from fugong.vocab import Stage


def sort_key(code: str) -> str:
    """A team's code with its digits padded, so that 10 sorts after 9; 3 and 03 are the same."""
    head = code.rstrip("0123456789")
    return head.upper() + code[len(head) :].rjust(8, "0")


def reached(stages: Sequence[StageChange]) -> tuple[Stage, date | None]:
    """The stage that a history leads to, and since when."""
    return (stages[-1].stage, stages[-1].on_date) if stages else (Stage.UNKNOWN, None)


def adoption(adopter: Team | Enterprise) -> Adoption:
    """A team's or an enterprise's taking up of a practice."""
    if isinstance(adopter, Team):
        return Adoption(team=adopter)
    return Adoption(enterprise=adopter)


def count_gaps(session: Session, series: str) -> None:
    """Let every team know how many of its numbers no problem has: between 1 and the last that was given.

    Args:
        session: The transaction.
        series: The letters before the numbers that this store gives.
    """
    session.run(_GAPS, series=series)


_GAPS = (
    "UPDATE team SET skipped = nullif(next_number - 1 - "
    "(SELECT count(*) FROM problem p WHERE p.team_id = team.id AND p.series = :series), 0) WHERE next_number > 1"
)
