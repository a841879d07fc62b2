"""Totals that somebody stated (公布口径), kept beside what the ledger counts."""

from collections.abc import Mapping
from datetime import date
from itertools import count
from typing import Any

from fugong.domain.activities.attributes import checked
from fugong.domain.writer import Writer
from fugong.errors.names import UnknownFigure
from fugong.errors.rules import MilestoneNeeded
from fugong.store.records import Figure, Team, Term
from fugong.store.session import Session
from fugong.vocab import Kind, Measure


def add_figure(writer: Writer, measure: Measure, value: int, **about: Any) -> Figure:
    """Enter a total as it was stated; for what is said about it see ``stated``."""
    figure = stated(writer, measure, value, **about)
    writer.add(figure, on=figure.as_of)
    return figure


def stated(
    writer: Writer,
    measure: Measure,
    value: int,
    *,
    key: str | None = None,
    team: Team | None = None,
    term: Term | None = None,
    as_of: date | None = None,
    **about: Any,
) -> Figure:
    """A total as it was stated, to be added; without a key it gets one that says what it is.

    Args:
        writer: The command.
        measure: What it counts.
        value: The total.
        key: Its identity across loads and repeated commands.
        team: The scope; None is the county.
        term: Of ``Measure.MILESTONE``: which one.
        as_of: The day that it is true for; today unless given.
        about: Further attributes.

    Raises:
        MilestoneNeeded: Of which milestone was not said.
        FutureDate, BlankText, TextTooLong, ControlCharacter: A value is not fit.
    """
    _check(measure, term)
    values = checked(writer, Kind.FIGURE, {"key": key, "as_of": writer.past(as_of), **about})
    values["key"] = values["key"] or _free_key(writer.session, measure, term, team, values["as_of"])
    return Figure(measure=measure, value=value, team=team, term=term, **values)


def edit_figure(writer: Writer, figure: Figure, values: Mapping[str, Any]) -> bool:
    """Correct what was entered.

    Returns:
        Whether anything differed.

    Raises:
        MilestoneNeeded: Of which milestone was not said.
        FutureDate, BlankText, TextTooLong, ControlCharacter: A value is not fit.
    """
    _check(values.get("measure", figure.measure), values.get("term", figure.term))
    return writer.change(figure, checked(writer, Kind.FIGURE, values))


def figure_with_key(session: Session, key: str) -> Figure | None:
    """The figure that was entered with this key; a blank key is none."""
    wanted = key.strip()
    return session.find(Figure, key=wanted) if wanted else None


def find_figure(session: Session, key: str) -> Figure:
    """The figure with this key.

    Raises:
        UnknownFigure: There is none.
    """
    found = figure_with_key(session, key)
    if found is None:
        raise UnknownFigure(key=key)
    return found


def _check(measure: Measure, term: Term | None) -> None:
    if measure is Measure.MILESTONE and term is None:
        raise MilestoneNeeded


def _free_key(session: Session, measure: Measure, term: Term | None, team: Team | None, as_of: date) -> str:
    """A key that says what a figure is, and that no other figure has."""
    scope = f"team{team.code}" if team else "county"
    base = "-".join([scope, measure.value, *([term.code] if term else []), as_of.isoformat()])
    tried = (base if number == 1 else f"{base}-{number}" for number in count(1))
    return next(key for key in tried if figure_with_key(session, key) is None)
