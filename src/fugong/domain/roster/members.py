"""Who is in a team: what a member's name means, and writes."""

from collections.abc import Mapping
from typing import Any

from fugong.domain.naming import NAME_WORDS
from fugong.domain.roster.retiring import in_service
from fugong.domain.stated import fit
from fugong.domain.writer import Writer
from fugong.errors.names import NameTaken
from fugong.queries import names
from fugong.store.records import Member, Team
from fugong.store.session import Session
from fugong.values import texts
from fugong.values.texts import NAME
from fugong.vocab import Kind


def find_member(session: Session, given: str) -> Member:
    """The member of this name, or of the one in this team, as ``3/甲``."""
    return session.get(Member, names.member(session.rows, given).id)


def add_member(writer: Writer, team: Team, name: str, **about: Any) -> Member:
    """Enter a member of a team.

    Raises:
        NameTaken: The team has a member of this name.
        Retired: The team was retired.
        BadPhone, BlankText, TextTooLong, ControlCharacter, ListMark: A value is not fit to be stored.
    """
    in_service(team, writer.today)
    values = _member_values(writer, team, {"name": name, **about})
    member = Member(team=team, **values)
    writer.add(member)
    return member


def correct_member(writer: Writer, member: Member, **about: Any) -> bool:
    """Correct a member, or move them to another team.

    Returns:
        Whether anything differed.

    Raises:
        NameTaken: The team has another member of this name.
        BadPhone, BlankText, TextTooLong, ControlCharacter, ListMark: A value is not fit to be stored.
    """
    return writer.change(member, _member_values(writer, about.get("team", member.team), about, member))


def _member_values(
    writer: Writer, team: Team, about: Mapping[str, Any], member: Member | None = None
) -> dict[str, Any]:
    values = fit(Kind.MEMBER, about)
    if "name" in values:
        values["name"] = texts.clean_name(values["name"], what=NAME_WORDS, limit=NAME)
    name = values.get("name", member.name if member else None)
    namesake = writer.session.find(Member, team_id=team.id, name=name)
    if namesake and namesake is not member:
        raise NameTaken(kind=Kind.MEMBER, name=name, owner=f"{team.name}  {namesake.name}")
    return values
