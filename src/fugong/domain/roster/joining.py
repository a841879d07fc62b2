"""Two records that are one firm: what the one has goes over to the other, by which it is known from then on."""

from typing import Any, NamedTuple

from fugong.domain.naming import Naming
from fugong.domain.roster.retiring import retire
from fugong.domain.roster.stages import advance
from fugong.domain.writer import Writer
from fugong.errors.rules import JoinedToItself
from fugong.store.records import Activity, Adoption, Enterprise, EnterpriseAlias, Member, Milestone, Practice, Problem
from fugong.values.texts import JOINED, NAME
from fugong.vocab import Act, Stage

FILLED = ("township", "above_scale", "capacity", "workforce", "contact", "phone")
"""The attributes that the remaining record takes from the other one where its own are empty."""


class Joined(NamedTuple):
    """What went over, and which milestones stayed since the second has them too."""

    problems: list[Problem]
    activities: list[Activity]
    stayed: list[Milestone]


def join(writer: Writer, gone: Enterprise, into: Enterprise, *, why: str | None = None) -> Joined:
    """Let one record of a firm go over into another; the first is retired under a name that says so.

    Its problems keep their numbers and teams, its histories stay theirs.

    Raises:
        JoinedToItself: It is one record.
        NameTaken: It went over into that record before.
    """
    if gone is into:
        raise JoinedToItself(name=into.name)
    session = writer.session
    reason = why or f"并入 {into.name}"
    problems = session.all(Problem, "t.enterprise_id = :firm ORDER BY t.id", firm=gone.id)
    for problem in problems:
        writer.change(problem, {"enterprise": into}, Act.EDIT)
    there = "t.id IN (SELECT activity_id FROM activity_enterprise WHERE enterprise_id = :firm) ORDER BY t.id"
    activities = session.all(Activity, there, firm=gone.id)
    for activity in activities:
        firms = {each.uid: each for each in (into if each is gone else each for each in activity.enterprises)}
        writer.change(activity, {"enterprises": list(firms.values())})
    for member in session.all(Member, "t.enterprise_id = :firm ORDER BY t.id", firm=gone.id):
        writer.change(member, {"enterprise": into})
    stayed = _milestones(writer, gone, into)
    _adoptions(writer, gone, into)
    if into.stage is Stage.UNKNOWN and gone.stage is not Stage.UNKNOWN:
        last = gone.stages[-1]
        advance(writer, into, gone.stage, last.on_date or writer.today, approximate=last.approximate, why=last.why)
    _names(writer, gone, into, reason)
    retire(writer, gone, why=reason)
    return Joined(list(problems), list(activities), stayed)


def _milestones(writer: Writer, gone: Enterprise, into: Enterprise) -> list[Milestone]:
    """Move what the other does not have; what it has under way while this one reached it is reached."""
    stayed = []
    for milestone in writer.session.all(Milestone, "t.enterprise_id = :firm ORDER BY t.id", firm=gone.id):
        held = writer.session.find(Milestone, enterprise_id=into.id, term_id=milestone.term.id)
        if held is None:
            writer.change(milestone, {"enterprise": into})
            continue
        if held.pending and not milestone.pending:
            reached = {"pending": False, "on_date": milestone.on_date, "approximate": milestone.approximate}
            writer.change(held, reached)
        stayed.append(milestone)
    return stayed


def _adoptions(writer: Writer, gone: Enterprise, into: Enterprise) -> None:
    taken = "t.id IN (SELECT practice_id FROM adoption WHERE enterprise_id = :firm) ORDER BY t.id"
    for practice in writer.session.all(Practice, taken, firm=gone.id):
        kept = [each for each in practice.adoptions if each.portable() not in (gone.uid, into.uid)]
        writer.change(practice, {"adoptions": [*kept, Adoption(enterprise=into)]})


def _names(writer: Writer, gone: Enterprise, into: Enterprise, reason: str) -> None:
    """Let the one answer to all names of the other, which gets one that nobody types."""
    naming = Naming(writer.session)
    names = [gone.name, *(alias.name for alias in gone.aliases)]
    marked = f"{gone.name}{JOINED}{into.name}）"
    if len(marked) > NAME:
        marked = f"{gone.name[: NAME - 20]}{JOINED} {into.uid[:8]}）"
    naming.must_be_free(gone.record_kind, [marked], mine=gone)
    writer.change(gone, {**naming.keys(marked), "aliases": []})
    kept = [alias.name for alias in into.aliases]
    filled: dict[str, Any] = {
        name: getattr(gone, name) for name in FILLED if getattr(into, name) is None and getattr(gone, name) is not None
    }
    more = [name for name in names if name != into.name]
    writer.change(
        into, {**filled, "aliases": naming.aliases(EnterpriseAlias, [*kept, *more], into.aliases)}, text=reason
    )
