"""Writes on what teams do besides problems: activities, milestones, practices, published figures."""

from typing import Any

from fugong.history import Writer
from fugong.models import Activity, Adoption, Enterprise, Figure, Milestone, Practice, Team, Term
from fugong.vocab import ListName, Role

KINDS = {
    Role.PUBLICITY: ListName.PUBLICITY,
    Role.SUPERVISION: ListName.SUPERVISION,
    Role.SERVICE: ListName.SERVICE,
}
"""The list that holds each role's kinds of work."""


def add_activity(writer: Writer, team: Team, role: Role, text: str, **about: Any) -> Activity:
    """Enter work that a team did in one of the three roles."""
    activity = Activity(team_id=team.id, team=team, role=role, text=text, **about)
    writer.add(activity, on=activity.on_date, approximate=activity.approximate)
    return activity


def add_milestone(writer: Writer, enterprise: Enterprise, term: Term, **about: Any) -> Milestone:
    """Enter what an enterprise has reached, or is about to."""
    milestone = Milestone(enterprise_id=enterprise.id, enterprise=enterprise, term_id=term.id, term=term, **about)
    writer.add(milestone, on=milestone.on_date, approximate=milestone.approximate)
    return milestone


def adoption(adopter: Team | Enterprise) -> Adoption:
    """A team's or an enterprise's taking up of a practice."""
    if isinstance(adopter, Team):
        return Adoption(team_id=adopter.id, team=adopter)
    return Adoption(enterprise_id=adopter.id, enterprise=adopter)


def add_practice(writer: Writer, name: str, **about: Any) -> Practice:
    """Enter a method worth copying, with the ``adoptions`` of those who took it up."""
    practice = Practice(name=name, **about)
    writer.add(practice, on=practice.promoted_on)
    return practice


def add_figure(writer: Writer, **about: Any) -> Figure:
    """Enter a total that somebody stated."""
    figure = Figure(**about)
    writer.add(figure, on=figure.as_of)
    return figure
