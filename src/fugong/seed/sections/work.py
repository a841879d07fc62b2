"""The sections of what was done, reached, copied and stated."""

from fugong.domain.activities import activities, figures, milestones, practices
from fugong.domain.derived import adoption
from fugong.seed import rows
from fugong.seed.sections.section import Refers, Section, Values, as_stated
from fugong.store.records import Activity, Figure, Milestone, Practice, Record
from fugong.vocab import KINDS, Kind, ListName, Measure


class Activities(Section[rows.ActivityRow]):
    """Work done in the three roles."""

    kind = Kind.ACTIVITY
    one_name = True
    together = (("on_date", "approximate"),)

    def key(self, row: rows.ActivityRow) -> str:
        return row.key

    def find(self, load: Refers, row: rows.ActivityRow) -> Activity | None:
        return activities.with_key(load.session, row.key)

    def values(self, load: Refers, row: rows.ActivityRow) -> Values:
        plain = as_stated(row, "key", "role", "text", "item", "quantity", "unit", "place", "inferred", "remark")
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
        return activities.add_activity(load.writer, **values)

    def update(self, load: Refers, record: Activity, values: Values) -> None:
        load.stands_at("on")
        activities.edit_activity(load.writer, record, values)


class Milestones(Section[rows.MilestoneRow]):
    """What enterprises have reached."""

    kind = Kind.MILESTONE
    together = (("on_date", "approximate"),)

    def key(self, row: rows.MilestoneRow) -> str:
        return f"{row.enterprise}/{row.name}"

    def find(self, load: Refers, row: rows.MilestoneRow) -> Milestone | None:
        enterprise = load.enterprise(row.enterprise, "enterprise")
        term = load.term(ListName.MILESTONE, row.name, "name")
        return milestones.with_term(load.session, enterprise, term) if enterprise and term else None

    def values(self, load: Refers, row: rows.MilestoneRow) -> Values:
        return as_stated(row, "pending", "inferred", "remark") | {
            "enterprise": load.enterprise(row.enterprise, "enterprise"),
            "term": load.term(ListName.MILESTONE, row.name, "name"),
            "on_date": row.on or load.as_of,
            "approximate": row.on is None,
        }

    def create(self, load: Refers, row: rows.MilestoneRow, values: Values) -> Record:
        del row
        load.stands_at("on")
        return milestones.add_milestone(load.writer, **values)[0]

    def update(self, load: Refers, record: Milestone, values: Values) -> None:
        load.stands_at("on")
        milestones.edit_milestone(load.writer, record, values)


class Practices(Section[rows.PracticeRow]):
    """Methods worth copying."""

    kind = Kind.PRACTICE

    def key(self, row: rows.PracticeRow) -> str:
        return row.name

    def find(self, load: Refers, row: rows.PracticeRow) -> Practice | None:
        return load.session.find(Practice, name=row.name)

    def values(self, load: Refers, row: rows.PracticeRow) -> Values:
        by = row.adopted_by
        teams = [load.team(code, "adopted_by", "teams", at) for at, code in enumerate(by.teams)]
        firms = [load.enterprise(name, "adopted_by", "enterprises", at) for at, name in enumerate(by.enterprises)]
        adoptions = [*map(adoption, filter(None, teams)), *map(adoption, filter(None, firms))]
        return as_stated(row, "name", "origin", "summary", "promoted_on", "inferred", "remark") | {
            "adoptions": adoptions
        }

    def create(self, load: Refers, row: rows.PracticeRow, values: Values) -> Record:
        load.stands_at("promoted_on" if row.promoted_on and row.promoted_on > load.writer.today else "name")
        return practices.add_practice(load.writer, **values)

    def update(self, load: Refers, record: Practice, values: Values) -> None:
        load.stands_at("promoted_on")
        practices.edit_practice(load.writer, record, values)


class Figures(Section[rows.FigureRow]):
    """Totals that somebody stated."""

    kind = Kind.FIGURE
    one_name = True

    def key(self, row: rows.FigureRow) -> str:
        return row.key

    def find(self, load: Refers, row: rows.FigureRow) -> Figure | None:
        return figures.figure_with_key(load.session, row.key)

    def values(self, load: Refers, row: rows.FigureRow) -> Values:
        return as_stated(row, "key", "measure", "value", "unit", "source", "inferred", "remark") | {
            "term": load.term(ListName.MILESTONE, row.milestone, "milestone") if row.milestone else None,
            "team": load.team(row.team, "team") if row.team else None,
            "as_of": row.as_of or load.as_of,
        }

    def create(self, load: Refers, row: rows.FigureRow, values: Values) -> Record:
        load.stands_at("as_of" if row.milestone or row.measure is not Measure.MILESTONE else "measure")
        return figures.add_figure(load.writer, **values)

    def update(self, load: Refers, record: Figure, values: Values) -> None:
        load.stands_at("measure" if "term" in values or "measure" in values else "as_of")
        figures.edit_figure(load.writer, record, values)
