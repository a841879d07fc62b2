"""Rows of enterprises and of activities."""

from datetime import date
from functools import partial
from typing import Any

from fugong.domain import roster
from fugong.domain.activities import activities
from fugong.domain.history import portable
from fugong.errors.entries import StageGoesBack
from fugong.errors.names import NearName, UnknownName
from fugong.imports import resolve, telling
from fugong.imports.bringing import brought, changed, present
from fugong.imports.cells import marks, values
from fugong.imports.cells.columns import Field
from fugong.imports.cells.rows import Cells, both
from fugong.imports.names import Names
from fugong.imports.outcomes import Line
from fugong.imports.remarks import kept, remarked
from fugong.imports.resolve import Filing
from fugong.imports.stale import Listed
from fugong.store.records import Activity, Enterprise, EnterpriseAlias, Team
from fugong.values import texts
from fugong.values.texts import LINE
from fugong.vocab import KINDS, Kind, Role, Stage, Words
from fugong.vocab.importing import Outcome, Take


class Enterprises:
    """Takes the rows of a list of enterprises."""

    def __init__(self, listed: Listed, names: Names, filing: Filing) -> None:
        self._listed = listed
        self._writer = listed.writer
        self._names = names
        self._filing = filing

    def take(self, cells: Cells, extra: tuple[str, ...]) -> Line | None:
        """Write what a row says; None where it has a fault, which is noted."""
        name = cells.line(Field.NAME)
        stage, since, words = self._stage(cells)
        stated = cells.line(Field.TEAM) or self._filing.team
        team: Team | None = resolve.looked_up(cells, Field.TEAM, self._names.team, stated)
        about = present({
            "township": cells.line(Field.TOWNSHIP),
            "above_scale": cells.read(Field.ABOVE_SCALE, marks.yes),
            "capacity": cells.line(Field.CAPACITY, LINE),
            "workforce": cells.line(Field.WORKFORCE, LINE),
            "sites": list(cells.several(Field.SITES)),
            "contact": cells.line(Field.CONTACT),
            "phone": cells.read(Field.PHONE, values.phone),
            "stage": stage,
            "stage_on": since,
            "remark": cells.text(Field.REMARK),
        })  # fmt: skip
        aliases = cells.several(Field.ALIASES)
        if name is None and not cells.faults:
            cells.fault(Field.NAME, _NO_NAME)
        if cells.faults or name is None:
            return None
        line = Line("", cells.number, Outcome.NEW, None, name)
        why = (words or about.get("remark") or cells.text(Field.STAGE)) if stage is Stage.EXCLUDED else None
        extra = (*extra, *([f"复工阶段：{words}"] if words else []))
        found = self._found(name)
        if found is None and (other := self._listed.firm_of(cells)):
            cells.fault(Field.NAME, self._listed.renamed(other.name, name))
            return None
        if found is None:
            about["remark"] = kept(about.get("remark"), extra)
            roster.add_enterprise(self._writer, name, aliases=aliases, team=team, why=why, **about)
            return line
        return self._update(cells, found, aliases, team, about, why, extra, line._replace(enterprise=found.name))

    def _stage(self, cells: Cells) -> tuple[Stage | None, date | None, str | None]:
        """The stage, since when, and what else the cell says; a day that is meant for later is no day of a stage."""
        reached: marks.Reached | None = cells.read(Field.STAGE, marks.stage)
        since: values.Day | None = cells.read(Field.STAGE_ON, values.day, self._filing.years)
        if reached is None:
            return None, since.day if since else None, None
        if reached.on and not reached.planned and since is None:
            since = cells.reads(Field.STAGE, partial(values.day, reached.on, self._filing.years))
        today = self._writer.today
        if reached.planned and since and since.day > today:
            since = None
        return reached.stage, since.day if since else None, reached.said

    def _found(self, name: str) -> Enterprise | None:
        """The enterprise that has exactly this name, or means nobody else."""
        try:
            return roster.find_enterprise(self._writer.session, name)
        except (UnknownName, NearName):
            return None

    def _update(
        self,
        cells: Cells,
        found: Enterprise,
        aliases: tuple[str, ...],
        team: Team | None,
        about: dict[str, Any],
        why: str | None,
        extra: tuple[str, ...],
        line: Line,
    ) -> Line | None:
        naming = roster.Naming(self._writer.session)
        naming.must_be_free(Kind.ENTERPRISE, aliases, mine=found)
        mine = {texts.key(found.name)}
        wanted = [alias.name for alias in found.aliases] + [each for each in aliases if texts.key(each) not in mine]
        about["aliases"] = naming.aliases(EnterpriseAlias, wanted, found.aliases)
        on = about.pop("stage_on", None)
        settled = self._settled(cells, found, {**remarked(found, about, extra), "team": team}, on)
        if settled is None:
            return None
        stage, team = settled.pop("stage", None), settled.pop("team", None)
        done = changed(self._writer, found, settled, line)
        said = []
        if stage:  # a new stage without a day is the filing's; the one that it is at keeps its own
            today = roster.stage_not_before(found, self._writer.today)
            on = on or (found.stage_on if stage is found.stage else self._filing.day or today)
        if on and found.stage_on and stage is not found.stage and self._listed.take is Take.FILE:
            on = max(on, found.stage_on)  # whoever lets the file take back a stage takes it back from its first day
        if stage and (stage, on) != (found.stage, found.stage_on):
            said.append(telling.change(Kind.ENTERPRISE, "stage", found.stage, stage))
            try:
                roster.reach(self._writer, found, stage, on, why=why)
            except StageGoesBack as refusal:
                cells.fault(Field.STAGE if cells.cells.get(Field.STAGE_ON) is None else Field.STAGE_ON, both(refusal))
                return None
        if team and found.team() is not team:
            said.append(telling.change(Kind.ENTERPRISE, "team", found.team(), team))
            start = roster.not_before(found, self._filing.day or self._writer.today)
            roster.reassign(self._writer, found, team, start)
        if not said:
            return done
        return done._replace(
            outcome=Outcome.CHANGED, detail=telling.told(said) + (f"；{done.detail}" if done.detail else "")
        )

    def _settled(
        self, cells: Cells, found: Enterprise, wanted: dict[str, Any], on: date | None
    ) -> dict[str, Any] | None:
        """What a row wants, less what would take back a later act; a stage reached after the firm's last is newer."""
        now = {name: found.team() if name == "team" else getattr(found, name) for name in wanted}
        newer = {"stage"} if on and found.stage_on and on > found.stage_on else set()
        settled = self._listed.settled(
            cells, found, {name: value for name, value in wanted.items() if name not in newer}, now
        )
        return None if settled is None else settled | {name: wanted[name] for name in newer if name in wanted}


class Activities:
    """Takes the rows of a list of activities."""

    def __init__(self, listed: Listed, names: Names, filing: Filing) -> None:
        self._listed = listed
        self._writer = listed.writer
        self._names = names
        self._filing = filing

    def take(self, cells: Cells, extra: tuple[str, ...]) -> Line | None:
        """Write what a row says; None where it has a fault, which is noted."""
        known = self._names
        role = cells.read(Field.ROLE, marks.code, Role)
        day = cells.read(Field.ON_DATE, values.day, self._filing.years)
        text = cells.text(Field.TEXT)
        looked_up = [self._firm(cells, name) for name in cells.several(Field.ENTERPRISES)]
        firms = [firm for firm in looked_up if firm]
        department = cells.line(Field.DEPARTMENT)
        quantity, unit = cells.read(Field.QUANTITY, values.quantity) or (None, None)
        stated = cells.line(Field.TEAM) or self._filing.team
        team: Team | None = resolve.looked_up(cells, Field.TEAM, known.team, stated)
        team = team or next((firm.team() for firm in firms), None)
        kind = cells.line(Field.KIND)
        problem = cells.read(Field.PROBLEM, values.number)
        about = {
            "kind": resolve.looked_up(cells, Field.KIND, lambda name: known.term(KINDS[role], name), role and kind),
            "problem": resolve.looked_up(
                cells, Field.PROBLEM, lambda given: roster.find_problem(self._writer.session, given), problem
            ),
            "item": cells.line(Field.ITEM),
            "quantity": quantity,
            "unit": cells.line(Field.UNIT) or unit,
            "department": resolve.looked_up(cells, Field.DEPARTMENT, known.department, department),
            "done_by": list(cells.several(Field.DONE_BY)),
            "guests": list(cells.several(Field.GUESTS)),
            "key": cells.line(Field.KEY, LINE),
            "place": cells.line(Field.PLACE, LINE),
            "remark": cells.text(Field.REMARK),
        }
        missing = [
            field
            for field, value in ((Field.ROLE, role), (Field.TEXT, text), (Field.TEAM, team))
            if value is None and not cells.faults
        ]
        for field in missing:
            cells.fault(field, _MISSING)
        if cells.faults or role is None or text is None or team is None:
            return None
        on_date = day.day if day else self._filing.day or self._writer.today
        line = Line("", cells.number, Outcome.NEW, team.code, "、".join(firm.name for firm in firms) or None, text)
        same = self._same(team, on_date, text, firms)
        if same:
            return brought(self._listed, cells, same, present(about), line, extra)
        about["remark"] = kept(about["remark"], extra)
        approximate = day is None or day.approximate or cells.flag(Field.APPROXIMATE)
        activities.add_activity(
            self._writer, team, role, text, enterprises=firms, on_date=on_date, approximate=approximate, **about
        )
        return line

    def _firm(self, cells: Cells, name: str) -> Enterprise | None:
        found: Enterprise | None = resolve.looked_up(
            cells, Field.ENTERPRISES, lambda given: self._names.enterprise(given, None), name
        )
        return found

    def _same(self, team: Team, on_date: Any, text: str, firms: list[Enterprise]) -> Activity | None:
        """The activity that is there already: the same team, day, text and enterprises."""
        said = "t.team_id = :team AND t.on_date = :day AND t.text = :text ORDER BY t.id"
        found = self._writer.session.all(Activity, said, team=team.id, day=on_date, text=text)
        return next((each for each in found if portable(each.enterprises) == portable(firms)), None)


_NO_NAME = Words("没有写企业名称", "no enterprise is named")
_MISSING = Words("不能为空", "must not be empty")
