"""The sections of who takes part."""

from collections.abc import Mapping
from typing import Any

from fugong.domain import roster
from fugong.domain.history import portable
from fugong.domain.roster import campaign, members
from fugong.domain.stated import fit
from fugong.queries import names
from fugong.seed import rows
from fugong.seed.sections.section import Refers, Section, Values, as_stated
from fugong.store.records import Department, DepartmentAlias, Enterprise, EnterpriseAlias, Member, Record, Team
from fugong.vocab import Kind, Stage


class Departments(Section[rows.DepartmentRow]):
    """The departments."""

    kind = Kind.DEPARTMENT

    def key(self, row: rows.DepartmentRow) -> str:
        return row.name

    def find(self, load: Refers, row: rows.DepartmentRow) -> Department | None:
        held = names.owner(load.session.rows, Kind.DEPARTMENT, row.name)
        return load.session.get(Department, held.id) if held else None

    def values(self, load: Refers, row: rows.DepartmentRow) -> Values:
        del load
        return as_stated(row, "name", "inferred", "remark") | {"aliases": sorted(row.aliases)}

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
        return load.session.find(Team, code=row.code)

    def values(self, load: Refers, row: rows.TeamRow) -> Values:
        plain = as_stated(row, "code", "name", "branch", "units_complete", "expected_headcount", "expected_enterprises")
        return (
            plain
            | as_stated(row, "inferred", "remark")
            | {"county": row.county or campaign.county(load.session), "units": list(row.units)}
        )

    def create(self, load: Refers, row: rows.TeamRow, values: Values) -> Record:
        load.stands_at("name" if load.session.find(Team, name=row.name) else "code")
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
        held = names.owner(load.session.rows, Kind.ENTERPRISE, row.name)
        return load.session.get(Enterprise, held.id) if held else None

    def values(self, load: Refers, row: rows.EnterpriseRow) -> Values:
        plain = as_stated(
            row,
            "name",
            "township",
            "above_scale",
            "capacity",
            "workforce",
            "contact",
            "phone",
            "stage",
            "inferred",
            "remark",
        )
        known = row.stage_on or (load.as_of if "stage" in row.model_fields_set else None)
        return plain | {
            "aliases": sorted(row.aliases),
            "sites": list(row.sites),
            "stage_on": known,
            "team": load.team(row.team, "team") if row.team else None,
        }

    def create(self, load: Refers, row: rows.EnterpriseRow, values: Values) -> Record:
        load.stands_at(_in_doubt(row))
        return roster.add_enterprise(load.writer, **values | {"aliases": row.aliases}, why=_why(row.stage, row.remark))

    def current(self, record: Enterprise, attribute: str) -> Any:
        return portable(record.team()) if attribute == "team" else super().current(record, attribute)

    def update(self, load: Refers, record: Enterprise, values: Values) -> None:
        plain = {name: value for name, value in values.items() if name not in ("team", "stage", "stage_on")}
        load.stands_at("phone")
        plain |= fit(Kind.ENTERPRISE, {name: plain[name] for name in ("contact", "phone") if name in plain})
        load.writer.change(record, _with_names(load, record, EnterpriseAlias, plain))
        if {"stage", "stage_on"} & values.keys():
            load.stands_at("stage")
            stage, on = values.get("stage", record.stage), values.get("stage_on", record.stage_on)
            roster.reach(load.writer, record, stage, on, why=_why(stage, record.remark), instead=True)
        if "team" in values:
            load.stands_at("team")
            roster.reassign(load.writer, record, values["team"], roster.not_before(record, load.as_of))


def _in_doubt(row: rows.EnterpriseRow) -> str:
    """What a new enterprise is refused for, if it is."""
    if row.stage is Stage.EXCLUDED and not row.remark:
        return "stage"
    return "phone" if row.phone and not row.aliases else "aliases"


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
        return load.session.find(Member, team_id=team.id, name=row.name) if team else None

    def values(self, load: Refers, row: rows.MemberRow) -> Values:
        return as_stated(row, "name", "unit", "post", "phone", "party", "inferred", "remark") | {
            "team": load.team(row.team, "team"),
            "duties": [duty.value for duty in row.duties],
            "enterprise": load.enterprise(row.enterprise, "enterprise") if row.enterprise else None,
        }

    def create(self, load: Refers, row: rows.MemberRow, values: Values) -> Record:
        del row
        load.stands_at("phone")
        return members.add_member(load.writer, **values)

    def update(self, load: Refers, record: Member, values: Values) -> None:
        load.stands_at("phone")
        members.correct_member(load.writer, record, **values)


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
