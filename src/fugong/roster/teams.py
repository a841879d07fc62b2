"""Writes on teams and their members."""

from typing import Any

from fugong.history import Writer
from fugong.models import Member, Team


def sort_key(code: str) -> str:
    """A team's code with its digits padded, so that 10 sorts after 9."""
    head = code.rstrip("0123456789")
    return head.upper() + code[len(head) :].rjust(8, "0")


def add_team(writer: Writer, code: str, **about: Any) -> Team:
    """Enter a team; its code is the first part of its problems' numbers."""
    team = Team(code=code, sort=sort_key(code), **about)
    writer.add(team)
    return team


def add_member(writer: Writer, team: Team, name: str, **about: Any) -> Member:
    """Enter a member of a team."""
    member = Member(team_id=team.id, team=team, name=name, **about)
    writer.add(member)
    return member
