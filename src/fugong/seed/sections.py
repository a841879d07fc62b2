"""How the rows of each section become records, and how a record that exists takes up a changed row.

A section says five things: what identifies a row, which record it is, what attributes it states, how a
new record is made, and how changed attributes are set. ``load`` does the rest, the same for all.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from sqlmodel import Session, select

from fugong import deadlines, field_work, ledger, names, roster
from fugong.errors.names import NameTaken
from fugong.errors.rules import OtherCounty
from fugong.history import Writer, portable
from fugong.models import (
    Activity,
    Campaign,
    Department,
    DepartmentAlias,
    Enterprise,
    EnterpriseAlias,
    Figure,
    Member,
    Milestone,
    Practice,
    Problem,
    Record,
    Team,
    Term,
)
from fugong.seed import rows
from fugong.vocab import KINDS, Kind, ListName, Measure, Stage, Status, Words

R = TypeVar("R", bound=rows.Row)
Values = dict[str, Any]


class Refers(Protocol):
    """What a section needs of the load that it is part of: the writer, the cut-off, and references."""

    writer: Writer
    session: Session
    as_of: date

    def team(self, code: str, *where: str | int) -> Team: ...

    def enterprise(self, name: str, *where: str | int) -> Enterprise: ...

    def department(self, name: str, *where: str | int) -> Department: ...

    def term(self, list_name: ListName, code: str, *where: str | int) -> Term: ...

    def problem(self, key: str, *where: str | int) -> Problem: ...

    def stands_at(self, *where: str | int) -> None:
        """Say which field is being read, so that a refusal names its line."""

    def fault(self, words: Words, *where: str | int) -> None:
        """Note what is wrong with a field."""

    def kept(self, attribute: str, ledger: Any, file: Any) -> None:
        """Report an attribute that people edited and the file wants otherwise; both values are portable."""


class Section(Generic[R]):
    """One section of the file. The methods given here serve records whose attributes are plain."""

    kind: Kind
    together: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """Attributes that mean something only together: people's edit of one keeps them all."""

    def key(self, row: R) -> str:
        """What identifies the row across loads."""
        raise NotImplementedError

    def find(self, load: Refers, row: R) -> Record | None:
        """The record that the row is about, if it is in the store."""
        raise NotImplementedError

    def values(self, load: Refers, row: R) -> Values:
        """The attributes that the row states, with its references looked up."""
        raise NotImplementedError

    def create(self, load: Refers, row: R, values: Values) -> Record:
        """Enter a new record."""
        raise NotImplementedError

    def current(self, record: Any, attribute: str) -> Any:
        """An attribute of the record as it is, in portable form."""
        return portable(getattr(record, attribute))

    def wholes(self, values: Values) -> Iterator[tuple[str, ...]]:
        """What is merged as one: the attributes that belong together, and every other by itself."""
        yield from self.together
        bound = {name for names in self.together for name in names}
        yield from ((name,) for name in values if name not in bound)

    def says(self, value: Any) -> bool:
        """Whether a portable value tells anything."""
        return not (value is None or value is False or value in ([], Stage.UNKNOWN))

    def update(self, load: Refers, record: Any, values: Values) -> None:
        """Set the attributes that changed."""
        load.writer.change(record, values)

    def acts(self, load: Refers, record: Any, row: R, base: R | None) -> int:
        """Do what a row tells beyond attributes; how many events that made."""
        del load, record, row, base
        return 0


class Campaigns(Section[rows.CampaignRow]):
    """The campaign: one per store."""

    kind = Kind.CAMPAIGN

    def key(self, row: rows.CampaignRow) -> str:
        del row
        return "campaign"

    def find(self, load: Refers, row: rows.CampaignRow) -> Campaign | None:
        del row
        return roster.find_campaign(load.session)

    def values(self, load: Refers, row: rows.CampaignRow) -> Values:
        del load
        timeline = [[act.on.isoformat(), act.text] for act in row.timeline]
        return _plain(row, "name", "county", "committee", "remark") | {
            "places": list(row.places),
            "timeline": timeline,
        }

    def create(self, load: Refers, row: rows.CampaignRow, values: Values) -> Record:
        del row
        return roster.add_campaign(load.writer, **values)

    def update(self, load: Refers, record: Campaign, values: Values) -> None:
        if "county" in values:
            load.stands_at("county")
            raise OtherCounty(held=record.county, given=values["county"])
        super().update(load, record, values)


class Terms(Section[rows.TermRow]):
    """The entries of one list."""

    kind = Kind.TERM

    def __init__(self, list_name: ListName) -> None:
        self.list_name = list_name

    def key(self, row: rows.TermRow) -> str:
        return f"{self.list_name}/{row.code}"

    def find(self, load: Refers, row: rows.TermRow) -> Term | None:
        own = select(Term).where(Term.list == self.list_name, Term.code == row.code)
        return load.session.exec(own).first()

    def values(self, load: Refers, row: rows.TermRow) -> Values:
        del load
        return _plain(row, "code", "zh", "en") | {
            "grp": getattr(row, "group", None),
            "rule": getattr(row, "rule", None),
        }

    def create(self, load: Refers, row: rows.TermRow, values: Values) -> Record:
        self._must_be_free(load, row.zh)
        return roster.add_term(load.writer, self.list_name, **values)

    def update(self, load: Refers, record: Term, values: Values) -> None:
        if "zh" in values:
            self._must_be_free(load, values["zh"])
        super().update(load, record, values)

    def _must_be_free(self, load: Refers, zh: str) -> None:
        taken = load.session.exec(select(Term).where(Term.list == self.list_name, Term.zh == zh)).first()
        if taken:
            load.stands_at("zh")
            raise NameTaken(kind=self.list_name, name=zh, owner=taken.code)


class Departments(Section[rows.DepartmentRow]):
    """The departments."""

    kind = Kind.DEPARTMENT

    def key(self, row: rows.DepartmentRow) -> str:
        return row.name

    def find(self, load: Refers, row: rows.DepartmentRow) -> Department | None:
        held = names.owner(roster.rows_of(load.session), Kind.DEPARTMENT, row.name)
        return load.session.get_one(Department, held.id) if held else None

    def values(self, load: Refers, row: rows.DepartmentRow) -> Values:
        del load
        return _plain(row, "name", "inferred", "remark") | {"aliases": sorted(row.aliases)}

    def create(self, load: Refers, row: rows.DepartmentRow, values: Values) -> Record:
        load.stands_at("aliases")
        return roster.add_department(load.writer, **values | {"aliases": row.aliases})

    def update(self, load: Refers, record: Department, values: Values) -> None:
        load.writer.change(record, _with_names(load, record, DepartmentAlias, values))


class Teams(Section[rows.TeamRow]):
    """The teams."""

    kind = Kind.TEAM

    def key(self, row: rows.TeamRow) -> str:
        return row.code

    def find(self, load: Refers, row: rows.TeamRow) -> Team | None:
        return load.session.exec(select(Team).where(Team.code == row.code)).first()

    def values(self, load: Refers, row: rows.TeamRow) -> Values:
        plain = _plain(row, "code", "name", "branch", "units_complete", "expected_headcount", "expected_enterprises")
        return (
            plain
            | _plain(row, "inferred", "remark")
            | {"county": row.county or roster.county(load.session), "units": list(row.units)}
        )

    def create(self, load: Refers, row: rows.TeamRow, values: Values) -> Record:
        load.stands_at("name" if load.session.exec(select(Team).where(Team.name == row.name)).first() else "code")
        return roster.add_team(load.writer, **values)

    def update(self, load: Refers, record: Team, values: Values) -> None:
        load.stands_at("name")
        roster.correct_team(load.writer, record, **values)


class Enterprises(Section[rows.EnterpriseRow]):
    """The enterprises."""

    kind = Kind.ENTERPRISE
    together = (("stage", "stage_on"),)

    def key(self, row: rows.EnterpriseRow) -> str:
        return row.name

    def find(self, load: Refers, row: rows.EnterpriseRow) -> Enterprise | None:
        held = names.owner(roster.rows_of(load.session), Kind.ENTERPRISE, row.name)
        return load.session.get_one(Enterprise, held.id) if held else None

    def values(self, load: Refers, row: rows.EnterpriseRow) -> Values:
        plain = _plain(row, "name", "township", "above_scale", "capacity", "workforce", "stage", "inferred", "remark")
        known = row.stage_on or (load.as_of if "stage" in row.model_fields_set else None)
        return plain | {
            "aliases": sorted(row.aliases),
            "sites": list(row.sites),
            "stage_on": known,
            "team": load.team(row.team, "team") if row.team else None,
        }

    def create(self, load: Refers, row: rows.EnterpriseRow, values: Values) -> Record:
        load.stands_at("stage" if row.stage is Stage.EXCLUDED and not row.remark else "aliases")
        return roster.add_enterprise(load.writer, **values | {"aliases": row.aliases}, why=_why(row.stage, row.remark))

    def current(self, record: Enterprise, attribute: str) -> Any:
        return portable(record.team()) if attribute == "team" else super().current(record, attribute)

    def update(self, load: Refers, record: Enterprise, values: Values) -> None:
        plain = {name: value for name, value in values.items() if name not in ("team", "stage", "stage_on")}
        load.writer.change(record, _with_names(load, record, EnterpriseAlias, plain))
        if {"stage", "stage_on"} & values.keys():
            load.stands_at("stage")
            stage, on = values.get("stage", record.stage), values.get("stage_on", record.stage_on)
            roster.reach(load.writer, record, stage, on, why=_why(stage, record.remark), instead=True)
        if "team" in values:
            load.stands_at("team")
            roster.reassign(load.writer, record, values["team"], roster.not_before(record, load.as_of))


def _why(stage: Stage, remark: str | None) -> str | None:
    """A file says in the remark why an enterprise is left out of the count."""
    return remark if stage is Stage.EXCLUDED else None


class Members(Section[rows.MemberRow]):
    """The named members."""

    kind = Kind.MEMBER

    def key(self, row: rows.MemberRow) -> str:
        return f"{row.team}/{row.name}"

    def find(self, load: Refers, row: rows.MemberRow) -> Member | None:
        team = load.team(row.team, "team")
        return load.session.exec(select(Member).where(Member.team_id == team.id, Member.name == row.name)).first()

    def values(self, load: Refers, row: rows.MemberRow) -> Values:
        return _plain(row, "name", "unit", "post", "phone", "party", "inferred", "remark") | {
            "team": load.team(row.team, "team"),
            "duties": [duty.value for duty in row.duties],
            "enterprise": load.enterprise(row.enterprise, "enterprise") if row.enterprise else None,
        }

    def create(self, load: Refers, row: rows.MemberRow, values: Values) -> Record:
        del row
        load.stands_at("phone")
        return roster.add_member(load.writer, **values)

    def update(self, load: Refers, record: Member, values: Values) -> None:
        load.stands_at("phone")
        roster.correct_member(load.writer, record, **values)


class Problems(Section[rows.ProblemRow]):
    """The problems; their notes and closings are acts, not attributes."""

    kind = Kind.PROBLEM
    together = (("due_on", "due_rule", "due_from", "due_estimated"), ("found_on", "approximate"))

    def key(self, row: rows.ProblemRow) -> str:
        return row.key

    def find(self, load: Refers, row: rows.ProblemRow) -> Problem | None:
        return ledger.with_key(load.writer, row.key)

    def values(self, load: Refers, row: rows.ProblemRow) -> Values:
        found_on = row.found_on or load.as_of
        due = deadlines.NO_DUE
        if row.due:
            load.stands_at("due")
            due = deadlines.read(roster.rows_of(load.session), row.due, found_on, load.writer.today)
        return _plain(row, "text", "source", "person", "major", "inferred", "remark") | {
            "team": load.team(row.team, "team"),
            "enterprise": load.enterprise(row.enterprise, "enterprise") if row.enterprise else None,
            "category": load.term(ListName.CATEGORY, row.category, "category") if row.category else None,
            "department": load.department(row.department, "department") if row.department else None,
            "assist": [load.department(name, "assist", at) for at, name in enumerate(row.assist)],
            "found_on": found_on,
            "approximate": row.found_on is None,
            **due._asdict(),
        }

    def create(self, load: Refers, row: rows.ProblemRow, values: Values) -> Record:
        _stand_at_dates(load, values)
        due = deadlines.Due(*(values.pop(name) for name in deadlines.Due._fields))
        return ledger.log_problem(load.writer, key=row.key, on=values.pop("found_on"), due=due, **values)

    def update(self, load: Refers, record: Problem, values: Values) -> None:
        if "team" in values:
            zh = f"{record.ident} 的编号已经用了，不能换帮扶组；要换就作废它，另写一个标识"
            en = f"{record.ident} is a number in use, so its team stays; void it and write a row with another key"
            load.fault(Words(zh, en), "team")
            return
        _stand_at_dates(load, values)
        ledger.edit_problem(load.writer, record, values)

    def acts(self, load: Refers, record: Problem, row: rows.ProblemRow, base: rows.ProblemRow | None) -> int:
        fresh = _fresh(row.notes, base.notes if base else ())
        was = base.closed if base else None
        closed = None if row.closed == was else row.closed
        if record.status is Status.VOID:
            if fresh or closed:
                load.kept("status", Status.VOID.value, (Status.CLOSED if closed else Status.DOING).value)
            return 0
        for at, note in fresh:
            load.stands_at("notes", at)
            day = note.on or self._undated(load, record)
            ledger.note_problem(load.writer, record, note.text, on=day, approximate=note.on is None)
        return len(fresh) + (self._close(load, record, closed, was) if closed else 0)

    def _close(self, load: Refers, record: Problem, closed: rows.ClosingRow, was: rows.ClosingRow | None) -> bool:
        """Close what is in hand, or correct how it was closed. What people reopened is never closed again."""
        load.stands_at("closed")
        if record.live and was is None:
            day = closed.on or self._undated(load, record)
            return ledger.close_problem(load.writer, record, closed.how, on=day, approximate=closed.on is None)
        if was and record.how == was.how:
            return ledger.correct_closing(load.writer, record, closed.how, on=closed.on)
        if record.how != closed.how:
            load.kept("how", record.how, closed.how)
        return False

    def _undated(self, load: Refers, record: Problem) -> date:
        """The day of an act that the file does not date: its cut-off, or the last act if that is later."""
        return max(load.as_of, record.status_on)


class Activities(Section[rows.ActivityRow]):
    """Work done in the three roles."""

    kind = Kind.ACTIVITY
    together = (("on_date", "approximate"),)

    def key(self, row: rows.ActivityRow) -> str:
        return row.key

    def find(self, load: Refers, row: rows.ActivityRow) -> Activity | None:
        return field_work.with_key(load.session, row.key)

    def values(self, load: Refers, row: rows.ActivityRow) -> Values:
        plain = _plain(row, "key", "role", "text", "item", "quantity", "unit", "place", "inferred", "remark")
        return plain | {
            "kind": load.term(KINDS[row.role], row.kind, "kind") if row.kind else None,
            "team": load.team(row.team, "team"),
            "enterprises": [load.enterprise(name, "enterprises", at) for at, name in enumerate(row.enterprises)],
            "problem": load.problem(row.problem, "problem") if row.problem else None,
            "department": load.department(row.department, "department") if row.department else None,
            "guests": list(row.guests),
            "on_date": row.on or load.as_of,
            "approximate": row.on is None,
        }

    def create(self, load: Refers, row: rows.ActivityRow, values: Values) -> Record:
        del row
        load.stands_at("on")
        return field_work.add_activity(load.writer, **values)

    def update(self, load: Refers, record: Activity, values: Values) -> None:
        load.stands_at("on")
        field_work.edit_activity(load.writer, record, values)


class Milestones(Section[rows.MilestoneRow]):
    """What enterprises have reached."""

    kind = Kind.MILESTONE
    together = (("on_date", "approximate"),)

    def key(self, row: rows.MilestoneRow) -> str:
        return f"{row.enterprise}/{row.name}"

    def find(self, load: Refers, row: rows.MilestoneRow) -> Milestone | None:
        enterprise = load.enterprise(row.enterprise, "enterprise")
        term = load.term(ListName.MILESTONE, row.name, "name")
        return field_work.with_term(load.session, enterprise, term)

    def values(self, load: Refers, row: rows.MilestoneRow) -> Values:
        return _plain(row, "pending", "inferred", "remark") | {
            "enterprise": load.enterprise(row.enterprise, "enterprise"),
            "term": load.term(ListName.MILESTONE, row.name, "name"),
            "on_date": row.on or load.as_of,
            "approximate": row.on is None,
        }

    def create(self, load: Refers, row: rows.MilestoneRow, values: Values) -> Record:
        del row
        load.stands_at("on")
        return field_work.add_milestone(load.writer, **values)[0]

    def update(self, load: Refers, record: Milestone, values: Values) -> None:
        load.stands_at("on")
        field_work.edit_milestone(load.writer, record, values)


class Practices(Section[rows.PracticeRow]):
    """Methods worth copying."""

    kind = Kind.PRACTICE

    def key(self, row: rows.PracticeRow) -> str:
        return row.name

    def find(self, load: Refers, row: rows.PracticeRow) -> Practice | None:
        return load.session.exec(select(Practice).where(Practice.name == row.name)).first()

    def values(self, load: Refers, row: rows.PracticeRow) -> Values:
        by = row.adopted_by
        teams = [load.team(code, "adopted_by", "teams", at) for at, code in enumerate(by.teams)]
        firms = [load.enterprise(name, "adopted_by", "enterprises", at) for at, name in enumerate(by.enterprises)]
        adoptions = [*map(field_work.adoption, filter(None, teams)), *map(field_work.adoption, filter(None, firms))]
        return _plain(row, "name", "origin", "summary", "promoted_on", "inferred", "remark") | {"adoptions": adoptions}

    def create(self, load: Refers, row: rows.PracticeRow, values: Values) -> Record:
        load.stands_at("promoted_on" if row.promoted_on and row.promoted_on > load.writer.today else "name")
        return field_work.add_practice(load.writer, **values)

    def update(self, load: Refers, record: Practice, values: Values) -> None:
        load.stands_at("promoted_on")
        field_work.edit_practice(load.writer, record, values)


class Figures(Section[rows.FigureRow]):
    """Totals that somebody stated."""

    kind = Kind.FIGURE

    def key(self, row: rows.FigureRow) -> str:
        return row.key

    def find(self, load: Refers, row: rows.FigureRow) -> Figure | None:
        return field_work.figure_with_key(load.session, row.key)

    def values(self, load: Refers, row: rows.FigureRow) -> Values:
        return _plain(row, "key", "measure", "value", "unit", "source", "inferred", "remark") | {
            "term": load.term(ListName.MILESTONE, row.milestone, "milestone") if row.milestone else None,
            "team": load.team(row.team, "team") if row.team else None,
            "as_of": row.as_of or load.as_of,
        }

    def create(self, load: Refers, row: rows.FigureRow, values: Values) -> Record:
        load.stands_at("as_of" if row.milestone or row.measure is not Measure.MILESTONE else "measure")
        return field_work.add_figure(load.writer, **values)

    def update(self, load: Refers, record: Figure, values: Values) -> None:
        load.stands_at("measure" if "term" in values or "measure" in values else "as_of")
        field_work.edit_figure(load.writer, record, values)


def _plain(row: rows.Row, *attributes: str) -> Values:
    """Attributes that the record has as the row states them."""
    return {name: getattr(row, name) for name in attributes}


def _fresh(notes: Sequence[rows.NoteRow], known: Sequence[rows.NoteRow]) -> list[tuple[int, rows.NoteRow]]:
    """The notes that were not in the file before. One whose day alone was changed is no new note."""
    exact = Counter(known)
    left = [(at, note) for at, note in enumerate(notes) if not _taken(exact, note)]
    texts = Counter(note.text for note in exact.elements())
    return [(at, note) for at, note in left if not _taken(texts, note.text)]


def _taken(counter: Counter[Any], item: Any) -> bool:
    """Take one such item out of a bag, if there is one."""
    found = counter[item] > 0
    counter[item] -= found
    return found


def _stand_at_dates(load: Refers, values: Mapping[str, Any]) -> None:
    """Say which date would be refused: the deadline where it is too early, otherwise the found date."""
    due, found_on = values.get("due_on"), values.get("found_on")
    load.stands_at("due" if due and (found_on is None or due < found_on) else "found_on")


def _with_names(load: Refers, record: Any, make: Any, values: Mapping[str, Any]) -> Values:
    """Changed values in which a name has its keys and aliases are rows; both must be free."""
    naming = roster.Naming(load.session)
    wanted = [*values.get("aliases", ()), *([values["name"]] if "name" in values else ())]
    load.stands_at("aliases")
    naming.must_be_free(record.record_kind, wanted, mine=record)
    changed = dict(values)
    if "aliases" in values:
        changed["aliases"] = naming.aliases(make, values["aliases"], record.aliases)
    if "name" in values:
        changed |= naming.keys(values["name"])
    return changed
