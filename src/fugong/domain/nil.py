"""Nil reports (零报告): that a team has nothing to report of a day."""

from datetime import date

from fugong.domain.writer import Writer
from fugong.store.records import NilReport, Team
from fugong.vocab import Status


def report_nil(writer: Writer, team: Team, on: date | None = None) -> tuple[NilReport, bool]:
    """Enter that a team has nothing to report of a day.

    Returns:
        The report, and whether it is new.

    Raises:
        FutureDate: The day has not come.
    """
    day = writer.past(on)
    held = writer.session.find(NilReport, team_id=team.id, on_date=day)
    if held:
        return held, False
    made = NilReport(team=team, on_date=day)
    writer.add(made, on=day)
    return made, True


def logged_on(writer: Writer, nil: NilReport) -> int:
    """How many problems that count were found by a team on the day for which it has nothing to report."""
    found = "SELECT count(*) FROM problem WHERE team_id = :team AND found_on = :day AND status <> :void"
    (count,) = next(writer.session.rows(found, team=nil.team.id, day=nil.on_date.isoformat(), void=Status.VOID.value))
    return int(count)


def nil_on(writer: Writer, team: Team, day: date) -> bool:
    """Whether a team said that it has nothing to report of a day."""
    return writer.session.find(NilReport, team_id=team.id, on_date=day) is not None
