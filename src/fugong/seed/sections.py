"""How the rows of each section become records, and how a record that exists takes up a changed row.

A section says five things: what identifies a row, which record it is, what attributes it states, how a
new record is made, and how changed attributes are set. ``load`` does the rest, the same for all.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

from sqlmodel import Session, col, select

from fugong import deadlines, field_work, ledger, names, roster
from fugong.errors import NameTaken
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
from fugong.vocab import Kind, ListName

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


class Section(Generic[R]):
    """One section of the file. The methods given here serve records whose attributes are plain."""

    kind: Kind

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
        namesake = select(Term).where(Term.list == self.list_name, Term.zh == row.zh)
        taken = load.session.exec(namesake).first()
        if taken:
            load.stands_at("zh")
            raise NameTaken(kind=self.list_name, name=row.zh, owner=taken.code)
        return roster.add_term(load.writer, self.list_name, **values)


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
        campaign = roster.find_campaign(load.session)
        plain = _plain(row, "code", "name", "branch", "units_complete", "expected_headcount", "expected_enterprises")
        return (
            plain
            | _plain(row, "inferred", "remark")
            | {"county": row.county or (campaign.county if campaign else "—"), "units": list(row.units)}
        )

    def create(self, load: Refers, row: rows.TeamRow, values: Values) -> Record:
        for where, given, taken in (
            ("name", row.name, Team.name == row.name),
            ("code", row.code, Team.sort == roster.sort_key(row.code)),  # 3 and 03 are the same number
        ):
            namesake = load.session.exec(select(Team).where(taken)).first()
            if namesake:
                load.stands_at(where)
                raise NameTaken(kind=self.kind, name=given, owner=namesake.code)
        return roster.add_team(load.writer, **values)


class Enterprises(Section[rows.EnterpriseRow]):
    """The enterprises."""

    kind = Kind.ENTERPRISE

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
        load.stands_at("aliases")
        return roster.add_enterprise(load.writer, **values | {"aliases": row.aliases})

    def current(self, record: Enterprise, attribute: str) -> Any:
        return portable(record.team()) if attribute == "team" else super().current(record, attribute)

    def update(self, load: Refers, record: Enterprise, values: Values) -> None:
        team = values.pop("team", None)
        load.writer.change(record, _with_names(load, record, EnterpriseAlias, values))
        if team:
            roster.reassign(load.writer, record, team, load.as_of)


class Members(Section[rows.MemberRow]):
    """The named members."""

    kind = Kind.MEMBER

    def key(self, row: rows.MemberRow) -> str:
        return f"{row.team}/{row.name}"

    def find(self, load: Refers, row: rows.MemberRow) -> Member | None:
        team = load.team(row.team, "team")
        return load.session.exec(select(Member).where(Member.team_id == team.id, Member.name == row.name)).first()

    def values(self, load: Refers, row: rows.MemberRow) -> Values:
        return _plain(row, "name", "unit", "post", "inferred", "remark") | {
            "team": load.team(row.team, "team"),
            "duties": [duty.value for duty in row.duties],
            "enterprise": load.enterprise(row.enterprise, "enterprise") if row.enterprise else None,
        }

    def create(self, load: Refers, row: rows.MemberRow, values: Values) -> Record:
        del row
        return roster.add_member(load.writer, **values)


class Problems(Section[rows.ProblemRow]):
    """The problems; their notes and closings are acts, not attributes."""

    kind = Kind.PROBLEM

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
        load.stands_at("found_on")
        due = deadlines.Due(*(values.pop(name) for name in deadlines.Due._fields))
        return ledger.log_problem(load.writer, key=row.key, on=values.pop("found_on"), due=due, **values)

    def update(self, load: Refers, record: Problem, values: Values) -> None:
        load.stands_at("found_on")
        ledger.edit_problem(load.writer, record, values)

    def acts(self, load: Refers, record: Problem, row: rows.ProblemRow, base: rows.ProblemRow | None) -> int:
        known = {note.text for note in base.notes} if base else set()
        fresh = [(at, note) for at, note in enumerate(row.notes) if note.text not in known]
        for at, note in fresh:
            load.stands_at("notes", at)
            day = note.on or self._undated(load, record)
            ledger.note_problem(load.writer, record, note.text, on=day, approximate=note.on is None)
        if row.closed is None or (base and base.closed) or not record.live:
            return len(fresh)
        load.stands_at("closed")
        day = row.closed.on or self._undated(load, record)
        ledger.close_problem(load.writer, record, row.closed.how, on=day, approximate=row.closed.on is None)
        return len(fresh) + 1

    def _undated(self, load: Refers, record: Problem) -> date:
        """The day of an act that the file does not date: its cut-off, or the last act if that is later."""
        return max(load.as_of, record.status_on)


class Activities(Section[rows.ActivityRow]):
    """Work done in the three roles."""

    kind = Kind.ACTIVITY

    def key(self, row: rows.ActivityRow) -> str:
        return row.key

    def find(self, load: Refers, row: rows.ActivityRow) -> Activity | None:
        return load.session.exec(select(Activity).where(Activity.key == row.key)).first()

    def values(self, load: Refers, row: rows.ActivityRow) -> Values:
        plain = _plain(row, "key", "role", "text", "item", "quantity", "unit", "place", "inferred", "remark")
        return plain | {
            "kind": load.term(field_work.KINDS[row.role], row.kind, "kind") if row.kind else None,
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
        return field_work.add_activity(load.writer, **values)


class Milestones(Section[rows.MilestoneRow]):
    """What enterprises have reached."""

    kind = Kind.MILESTONE

    def key(self, row: rows.MilestoneRow) -> str:
        return f"{row.enterprise}/{row.name}"

    def find(self, load: Refers, row: rows.MilestoneRow) -> Milestone | None:
        enterprise = load.enterprise(row.enterprise, "enterprise")
        term = load.term(ListName.MILESTONE, row.name, "name")
        own = select(Milestone).where(Milestone.enterprise_id == enterprise.id, Milestone.term_id == term.id)
        return load.session.exec(own).first()

    def values(self, load: Refers, row: rows.MilestoneRow) -> Values:
        return _plain(row, "pending", "inferred", "remark") | {
            "enterprise": load.enterprise(row.enterprise, "enterprise"),
            "term": load.term(ListName.MILESTONE, row.name, "name"),
            "on_date": row.on or load.as_of,
            "approximate": row.on is None,
        }

    def create(self, load: Refers, row: rows.MilestoneRow, values: Values) -> Record:
        del row
        return field_work.add_milestone(load.writer, **values)


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
        del row
        return field_work.add_practice(load.writer, **values)


class Figures(Section[rows.FigureRow]):
    """Totals that somebody stated."""

    kind = Kind.FIGURE

    def key(self, row: rows.FigureRow) -> str:
        return row.key

    def find(self, load: Refers, row: rows.FigureRow) -> Figure | None:
        return load.session.exec(select(Figure).where(col(Figure.key) == row.key)).first()

    def values(self, load: Refers, row: rows.FigureRow) -> Values:
        return _plain(row, "key", "measure", "value", "unit", "source", "inferred", "remark") | {
            "term": load.term(ListName.MILESTONE, row.milestone, "milestone") if row.milestone else None,
            "team": load.team(row.team, "team") if row.team else None,
            "as_of": row.as_of or load.as_of,
        }

    def create(self, load: Refers, row: rows.FigureRow, values: Values) -> Record:
        del row
        return field_work.add_figure(load.writer, **values)


def _plain(row: rows.Row, *attributes: str) -> Values:
    """Attributes that the record has as the row states them."""
    return {name: getattr(row, name) for name in attributes}


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
