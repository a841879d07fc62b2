"""Rows of teams, and of their members."""

from typing import Any

from fugong.domain import roster
from fugong.domain.roster import campaign, members
from fugong.errors.names import UnknownTeam
from fugong.imports import resolve, telling
from fugong.imports.bringing import brought, present
from fugong.imports.cells import marks, values
from fugong.imports.cells.columns import Field
from fugong.imports.cells.rows import Cells
from fugong.imports.names import Names
from fugong.imports.outcomes import Line
from fugong.imports.remarks import kept
from fugong.imports.resolve import Filing
from fugong.imports.stale import Listed
from fugong.store.records import Enterprise, Member, Team
from fugong.values import team_names
from fugong.vocab import Duty, Kind, Party, Words
from fugong.vocab.importing import Outcome


class Teams:
    """Takes the rows of a list of teams."""

    def __init__(self, listed: Listed) -> None:
        self._listed = listed
        self._writer = listed.writer

    def take(self, cells: Cells, extra: tuple[str, ...]) -> Line | None:
        """Write what a row says; None where it has a fault, which is noted."""
        name = cells.line(Field.NAME)
        code = cells.line(Field.CODE, 8) or (name and team_names.number(name))
        about = present({
            "name": name,
            "county": cells.line(Field.COUNTY),
            "branch": cells.line(Field.BRANCH),
            "units": list(cells.several(Field.UNITS)),
            "expected_headcount": cells.read(Field.EXPECTED_HEADCOUNT, values.count),
            "expected_enterprises": cells.read(Field.EXPECTED_ENTERPRISES, values.count),
            "remark": cells.text(Field.REMARK),
        })  # fmt: skip
        if not cells.faults and not (name and code and values.is_code(code)):
            cells.fault(Field.CODE, _NO_CODE)
        if cells.faults or not (name and code):
            return None
        line = Line("", cells.number, Outcome.NEW, code, None, name)
        found = self._found(code)
        if found is None:
            about["remark"] = kept(about.get("remark"), extra)
            found = roster.add_team(self._writer, code, **{"county": campaign.county(self._writer.session), **about})
        else:
            told = brought(self._listed, cells, found, about, line, extra)
            if told is None:
                return None
            line = told
        return self._led(found, cells.several(Field.LEADER), line)

    def _found(self, code: str) -> Team | None:
        """The team with a code; None where there is none, or an undone command had entered it."""
        try:
            found = roster.find_team(self._writer.session, code)
        except UnknownTeam:
            return None
        return None if roster.team_undone(self._writer, found) else found

    def _led(self, team: Team, wanted: tuple[str, ...], line: Line) -> Line:
        """Make those leaders whom the row names, and nobody else; a blank cell says nothing."""
        everyone = self._writer.session.all(Member, "t.team_id = :team ORDER BY t.id", team=team.id)
        leading = [each for each in everyone if Duty.LEADER in each.duties]
        before = [each.name for each in leading]
        if not wanted or before == list(wanted):
            return line
        known = {each.name: each for each in everyone}
        for each in leading:
            if each.name not in wanted:
                left = [duty for duty in each.duties if duty != Duty.LEADER]
                members.correct_member(self._writer, each, duties=left)
        for name in wanted:
            if name not in known:
                members.add_member(self._writer, team, name, duties=[Duty.LEADER.value])
            elif Duty.LEADER not in known[name].duties:
                members.correct_member(self._writer, known[name], duties=[Duty.LEADER.value, *known[name].duties])
        if line.outcome is Outcome.NEW:
            return line
        said = telling.change(Kind.TEAM, Field.LEADER, before, list(wanted))
        detail = [*([line.detail] if line.detail else []), telling.told([said])]
        return line._replace(outcome=Outcome.CHANGED, detail="；".join(detail))


class Members:
    """Takes the rows of a list of members."""

    def __init__(self, listed: Listed, names: Names, filing: Filing) -> None:
        self._listed = listed
        self._writer = listed.writer
        self._names = names
        self._filing = filing

    def take(self, cells: Cells, extra: tuple[str, ...]) -> Line | None:
        """Write what a row says; None where it has a fault, which is noted."""
        name = cells.line(Field.NAME)
        stated = cells.line(Field.TEAM) or self._filing.team
        team: Team | None = resolve.looked_up(cells, Field.TEAM, self._names.team, stated)
        firm = cells.line(Field.ENTERPRISE)
        enterprise: Enterprise | None = resolve.looked_up(
            cells, Field.ENTERPRISE, lambda given: self._names.enterprise(given, team), firm
        )
        about: dict[str, Any] = present({
            "unit": cells.line(Field.UNIT),
            "post": cells.line(Field.POST),
            "duties": cells.read(Field.DUTIES, marks.duties),
            "enterprise": enterprise,
            "phone": cells.read(Field.PHONE, values.phone),
            "party": cells.read(Field.PARTY, marks.code, Party),
            "remark": cells.text(Field.REMARK),
        })  # fmt: skip
        if name is None and not cells.faults:
            cells.fault(Field.NAME, _NO_NAME)
        if team is None and not cells.faults:
            cells.fault(Field.TEAM, _NO_TEAM)
        if cells.faults or name is None or team is None:
            return None
        line = Line("", cells.number, Outcome.NEW, team.code, None, name)
        found = self._writer.session.find(Member, team_id=team.id, name=name)
        if found is None:
            about["remark"] = kept(about.get("remark"), extra)
            members.add_member(self._writer, team, name, **about)
            return line
        return brought(self._listed, cells, found, about, line, extra)


_NO_NAME = Words("没有写姓名", "no name")
_NO_TEAM = Words(
    "没有写帮扶组；请填「帮扶组」一列，或在表头上方写填报单位",
    "no team; fill a column for the team, or name the unit above the header",
)
_NO_CODE = Words("没有组号；组号是字母加数字，如 3、XF3", "no code; a code is letters and digits, as 3 or XF3")
