"""Writes on teams."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from fugong.domain import history
from fugong.domain.derived import sort_key
from fugong.domain.naming import NAME_WORDS
from fugong.domain.stated import fit
from fugong.domain.writer import Writer
from fugong.errors.entries import BadTeamCode
from fugong.errors.names import NameTaken
from fugong.store.records import Team
from fugong.values import texts
from fugong.values.texts import NAME
from fugong.vocab import Act, Kind

_CODE = re.compile(r"[A-Za-z]*[0-9]+")
_CODE_LENGTH = 8


def add_team(writer: Writer, code: str, *, name: str, **about: Any) -> Team:
    """Enter a team; its code is the first part of its problems' numbers.

    Raises:
        BadTeamCode: The code is not letters and a number.
        NameTaken: Another team has the code or the name.
        BlankText, TextTooLong, ControlCharacter, ListMark: A text is not fit to be stored.
    """
    short = unicodedata.normalize("NFKC", code).strip()
    if not _CODE.fullmatch(short) or len(short) > _CODE_LENGTH:
        raise BadTeamCode(code=code)
    held = writer.session.find(Team, sort=sort_key(short))
    if held and not team_undone(writer, held):
        raise NameTaken(kind=Kind.TEAM, name=short, owner=held.code)
    values = _team_values(writer, {"name": name, **about}, held)
    if held:
        writer.change(held, {**_UNSTATED, **values}, Act.ADD)
        return held
    team = Team(code=short, sort=sort_key(short), **values)
    writer.add(team)
    return team


_UNSTATED: Mapping[str, Any] = {
    "expected_headcount": None, "expected_enterprises": None, "branch": None, "units": [], "units_complete": False,
    "retired_on": None, "inferred": False, "remark": None,
}  # fmt: skip
"""What is so of a team unless it is stated."""


def team_undone(writer: Writer, team: Team) -> bool:
    """Whether the command that entered a team was taken back; it stays for the numbers that begin with its code."""
    if team.retired_on is None:
        return False
    return all(event.act is not Act.ADD for event in history.effective(history.of(writer.session, team.uid)))


def correct_team(writer: Writer, team: Team, **about: Any) -> bool:
    """Correct a team; its code stays, for its problems' numbers begin with it.

    Returns:
        Whether anything differed.

    Raises:
        NameTaken: Another team has the name.
        BlankText, TextTooLong, ControlCharacter, ListMark: A text is not fit to be stored.
    """
    return writer.change(team, _team_values(writer, about, team))


def _team_values(writer: Writer, about: Mapping[str, Any], team: Team | None = None) -> dict[str, Any]:
    values = fit(Kind.TEAM, about)
    if "name" in values:
        values["name"] = texts.clean_name(values["name"], what=NAME_WORDS, limit=NAME)
        namesake = writer.session.find(Team, name=values["name"])
        if namesake and namesake is not team:
            raise NameTaken(kind=Kind.TEAM, name=values["name"], owner=namesake.code)
    return values
