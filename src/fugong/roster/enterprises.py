"""Writes on enterprises, and which team looks after them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from fugong.history import Writer, portable
from fugong.models import Assignment, Enterprise, EnterpriseAlias, Team
from fugong.roster.naming import Naming
from fugong.vocab import Act, Kind


def add_enterprise(
    writer: Writer, name: str, *, aliases: Sequence[str] = (), team: Team | None = None, **about: Any
) -> Enterprise:
    """Enter an enterprise, looked after by ``team`` since ever as far as is known.

    Raises:
        NameTaken: A name or alias belongs to another.
    """
    naming = Naming(writer.session)
    naming.must_be_free(Kind.ENTERPRISE, [name, *aliases])
    held = [Assignment(team_id=team.id, team=team)] if team else []
    enterprise = Enterprise(
        **naming.keys(name), **about, aliases=naming.aliases(EnterpriseAlias, aliases), assignments=held
    )
    writer.add(enterprise)
    return enterprise


def reassign(writer: Writer, enterprise: Enterprise, team: Team | None, from_on: date) -> None:
    """Let ``team``, or nobody, look after an enterprise from a day on; who did before stays on record."""
    old = portable(enterprise.assignments)
    start = from_on
    for held in enterprise.assignments:
        if held.to_on is None:
            start = max(from_on, held.from_on or from_on)  # no assignment ends before it began
            held.to_on = start
    if team:
        enterprise.assignments.append(Assignment(team_id=team.id, team=team, from_on=start))
    writer.session.flush()
    writer.tell(enterprise, Act.EDIT, {"assignments": [old, portable(enterprise.assignments)]})
