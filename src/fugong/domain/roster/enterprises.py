"""Writes on enterprises, and which team looks after them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from fugong.domain.history import portable
from fugong.domain.naming import Naming
from fugong.domain.roster.retiring import in_service
from fugong.domain.roster.stages import begin
from fugong.domain.stated import fit
from fugong.domain.writer import Writer
from fugong.errors.rules import AssignedBack
from fugong.store.records import Assignment, Enterprise, EnterpriseAlias, Team
from fugong.vocab import Act, Kind, Stage


def add_enterprise(
    writer: Writer,
    name: str,
    *,
    aliases: Sequence[str] = (),
    team: Team | None = None,
    stage: Stage = Stage.UNKNOWN,
    stage_on: date | None = None,
    why: str | None = None,
    **about: Any,
) -> Enterprise:
    """Enter an enterprise, looked after by ``team`` since ever as far as is known.

    Raises:
        NameTaken: A name or alias belongs to another.
        WhyNeeded: It is left out of the count of those that could resume, and nobody says why.
        BlankText, TextTooLong, ControlCharacter, ListMark: A text is not fit to be stored.
    """
    naming = Naming(writer.session)
    naming.must_be_free(Kind.ENTERPRISE, [name, *aliases])
    held = [Assignment(team=team)] if team else []
    reached = [] if stage is Stage.UNKNOWN else [begin(writer, stage, stage_on, why=why)]
    enterprise = Enterprise(
        **naming.keys(name),
        **fit(Kind.ENTERPRISE, about),
        aliases=naming.aliases(EnterpriseAlias, aliases),
        assignments=held,
        stage=stage,
        stage_on=stage_on,
        stages=reached,
    )
    writer.add(enterprise)
    return enterprise


def correct_enterprise(
    writer: Writer,
    enterprise: Enterprise,
    *,
    name: str | None = None,
    more: Sequence[str] = (),
    fewer: Sequence[str] = (),
    **about: Any,
) -> bool:
    """Correct an enterprise. Its old name stays an alias, so that what is written elsewhere still finds it.

    Args:
        writer: The command's writer.
        enterprise: Which one.
        name: Its new name.
        more: Aliases to add.
        fewer: Aliases to take away.
        about: Its other attributes.

    Returns:
        Whether anything differed.

    Raises:
        NameTaken: A name or alias belongs to another.
        NoAlias: It has no such alias to take away.
        BlankText, TextTooLong, ControlCharacter, ListMark: A text is not fit to be stored.
    """
    naming = Naming(writer.session)
    named, wanted = naming.called(enterprise, name=name, more=more, fewer=fewer)
    aliases = naming.aliases(EnterpriseAlias, wanted, enterprise.aliases)
    return writer.change(enterprise, {**fit(Kind.ENTERPRISE, about), **named, "aliases": aliases})


def not_before(enterprise: Enterprise, day: date) -> date:
    """The later of a day and the day on which its present team took the enterprise over."""
    return max(day, next((held.from_on for held in enterprise.assignments if held.to_on is None), None) or day)


def reassign(writer: Writer, enterprise: Enterprise, team: Team | None, from_on: date) -> bool:
    """Let ``team``, or nobody, look after an enterprise from a day on; who did before stays on record.

    Returns:
        Whether anything differed.

    Raises:
        Retired: It or the team was retired by then.
        AssignedBack: Its present team looks after it from a later day on.
    """
    current = next((held for held in enterprise.assignments if held.to_on is None), None)
    if (current.team if current else None) is team:
        return False
    in_service(team, from_on)
    in_service(enterprise, from_on)
    old = portable(enterprise.assignments)
    if current:
        if current.from_on and from_on < current.from_on:
            raise AssignedBack(enterprise=enterprise.name, team=current.team.code, since=current.from_on)
        current.to_on = from_on
    if team:
        enterprise.assignments.append(Assignment(team=team, from_on=from_on))
    writer.session.save(enterprise)
    writer.tell(enterprise, Act.EDIT, {"assignments": [old, portable(enterprise.assignments)]}, on=from_on)
    return True
