"""Work done in one of the three roles: entered under a team, and corrected."""

from collections.abc import Mapping, Sequence
from typing import Any

from fugong.domain import roster
from fugong.domain.activities.attributes import checked
from fugong.domain.writer import Writer
from fugong.errors.names import OtherRole
from fugong.errors.rules import TeamNeeded
from fugong.queries import numbers
from fugong.store.records import Activity, Enterprise, Team
from fugong.store.session import Session
from fugong.vocab import NOUNS, Kind, Role


def add_activity(
    writer: Writer,
    team: Team | None,
    role: Role,
    text: str,
    *,
    enterprises: Sequence[Enterprise] = (),
    **about: Any,
) -> Activity:
    """Enter work under its team, which is the enterprises' unless one is given.

    Raises:
        Retired: The team or an enterprise was retired by then.
        TeamNeeded: No team was given, and the enterprises do not have one team in common.
        FutureDate, BadQuantity, BlankText, TextTooLong, ControlCharacter, ListMark: A value is not fit.
    """
    credited = team or _team_of(enterprises)
    values = checked(writer, Kind.ACTIVITY, {"text": text, "on_date": writer.today, **about})
    for each in (credited, *enterprises, values.get("kind")):
        roster.in_service(each, values["on_date"])
    number = writer.take_number(credited, "next_activity")
    firms = list({each.uid: each for each in enterprises}.values())
    activity = Activity(team=credited, series=writer.series, number=number, role=role, enterprises=firms, **values)
    writer.add(activity, on=activity.on_date, approximate=activity.approximate)
    return activity


def edit_activity(writer: Writer, activity: Activity, values: Mapping[str, Any]) -> bool:
    """Correct what was entered; work that was another team's gets a number of that team.

    Returns:
        Whether anything differed.

    Raises:
        FutureDate, BadQuantity, BlankText, TextTooLong, ControlCharacter, ListMark: A value is not fit.
    """
    wanted = checked(writer, Kind.ACTIVITY, values)
    if "on_date" in wanted:
        wanted.setdefault("approximate", False)
    team = wanted.get("team", activity.team)
    if team is not activity.team:
        wanted |= {"series": writer.series, "number": writer.take_number(team, "next_activity")}
    return writer.change(activity, wanted)


def with_key(session: Session, key: str) -> Activity | None:
    """The activity that was entered with this key; a blank key is none."""
    wanted = key.strip()
    return session.find(Activity, key=wanted) if wanted else None


def find_activity(session: Session, given: str, role: Role | None = None) -> Activity:
    """The activity with this number, as ``3-w2``.

    Raises:
        BadActivityId, UnknownActivity: The number is none, or nobody has it.
        OtherRole: It is not work of the role asked for.
    """
    found = session.get(Activity, numbers.activity(session.rows, given))
    if role and found.role is not role:
        raise OtherRole(id=found.ident, role=found.role, noun=NOUNS[found.role])
    return found


def _team_of(enterprises: Sequence[Enterprise]) -> Team:
    """The one team that looks after all of these."""
    teams = {team.uid: team for team in (each.team() for each in enterprises) if team}
    if len(teams) != 1:
        raise TeamNeeded
    return teams.popitem()[1]
