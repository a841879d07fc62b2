"""Rows of what a ledger rests on: departments, categories of problems, and the campaign."""

from typing import Any

from fugong.domain import roster
from fugong.domain.roster import campaign, lists
from fugong.errors.names import NearName, UnknownName, UnknownTerm
from fugong.errors.rules import CampaignUnknown
from fugong.imports import telling
from fugong.imports.bringing import brought, present
from fugong.imports.cells import marks, values
from fugong.imports.cells.columns import Field
from fugong.imports.cells.rows import Cells
from fugong.imports.outcomes import Line
from fugong.imports.remarks import kept
from fugong.imports.resolve import Filing
from fugong.imports.stale import Listed
from fugong.store.records import Department, DepartmentAlias, Term
from fugong.values import texts
from fugong.vocab import CategoryGroup, Kind, ListName, Words
from fugong.vocab.importing import Outcome


class Departments:
    """Takes the rows of a list of departments."""

    def __init__(self, listed: Listed) -> None:
        self._listed = listed
        self._writer = listed.writer

    def take(self, cells: Cells, extra: tuple[str, ...]) -> Line | None:
        """Write what a row says; None where it has a fault, which is noted."""
        name, aliases = cells.line(Field.NAME), cells.several(Field.ALIASES)
        about = present({"remark": cells.text(Field.REMARK)})
        if name is None and not cells.faults:
            cells.fault(Field.NAME, _NO_NAME)
        if cells.faults or name is None:
            return None
        line = Line("", cells.number, Outcome.NEW, None, None, name)
        found = self._found(name)
        if found is None:
            about["remark"] = kept(about.get("remark"), extra)
            roster.add_department(self._writer, name, aliases=aliases, **about)
            return line
        naming = roster.Naming(self._writer.session)
        naming.must_be_free(Kind.DEPARTMENT, aliases, mine=found)
        wanted = [each.name for each in found.aliases] + [
            each for each in aliases if texts.key(each) != texts.key(found.name)
        ]
        about["aliases"] = naming.aliases(DepartmentAlias, wanted, found.aliases)
        return brought(self._listed, cells, found, about, line._replace(text=found.name), extra)

    def _found(self, name: str) -> Department | None:
        """The department that has this name, or means nobody else."""
        try:
            return roster.find_department(self._writer.session, name)
        except (UnknownName, NearName):
            return None


class Categories:
    """Takes the rows of a list of problem categories."""

    def __init__(self, listed: Listed) -> None:
        self._listed = listed
        self._writer = listed.writer

    def take(self, cells: Cells, extra: tuple[str, ...]) -> Line | None:  # noqa: ARG002  (entries have no remark)
        """Write what a row says; None where it has a fault, which is noted."""
        name = cells.line(Field.ZH)
        about = present({
            "en": cells.line(Field.EN),
            "grp": cells.read(Field.GRP, marks.code, CategoryGroup),
        })  # fmt: skip
        code = cells.line(Field.CODE)
        if name is None and not cells.faults:
            cells.fault(Field.ZH, _NO_NAME)
        if cells.faults or name is None:
            return None
        line = Line("", cells.number, Outcome.NEW, None, None, name)
        found = self._found(code or name)
        if found is None:
            lists.enter_term(self._writer, ListName.CATEGORY, name, code=code, **about)
            return line
        said = {each: value for each, value in {"zh": name, **about}.items() if value != getattr(found, each)}
        if code is None and texts.key(name) in map(texts.key, (found.code, found.en)):
            said.pop("zh", None)  # it was found by that name, which is its other one
        settled = self._listed.settled(cells, found, said, {each: getattr(found, each) for each in said})
        if settled is None:
            return None
        said = settled
        told = [telling.change(Kind.TERM, each, getattr(found, each), value) for each, value in said.items()]
        changed = lists.correct_term(self._writer, found, said)
        return line._replace(
            outcome=Outcome.CHANGED if changed else Outcome.SAME, text=found.zh, detail=telling.told(told) or None
        )

    def _found(self, name: str) -> Term | None:
        try:
            return roster.find_term(self._writer.session, ListName.CATEGORY, name)
        except UnknownTerm:
            return None


class Campaign:
    """Takes the one row that says what the store is about."""

    def __init__(self, listed: Listed, filing: Filing) -> None:
        self._listed = listed
        self._writer = listed.writer
        self._filing = filing

    def take(self, cells: Cells, extra: tuple[str, ...]) -> Line | None:
        """Write what the row says; None where it has a fault, which is noted."""
        about: dict[str, Any] = present({
            "name": cells.text(Field.NAME),
            "county": cells.line(Field.COUNTY),
            "committee": cells.text(Field.COMMITTEE),
            "places": list(cells.several(Field.PLACES)),
            "timeline": cells.read(Field.TIMELINE, values.timeline, self._filing.years),
            "remark": cells.text(Field.REMARK),
        })  # fmt: skip
        if cells.faults:
            return None
        held = campaign.find_campaign(self._writer.session)
        if extra:
            about["remark"] = kept(about.get("remark") or (held.remark if held else None), extra)
        if held:
            settled = self._listed.settled(cells, held, about, {each: getattr(held, each) for each in about})
            if settled is None:
                return None
            about = settled
        before = {each: getattr(held, each) for each in about} if held else {}
        try:
            found, changed = campaign.set_campaign(self._writer, about)
        except CampaignUnknown:
            cells.fault(Field.COUNTY if "name" in about else Field.NAME, _BOTH)
            return None
        told = [
            telling.change(Kind.CAMPAIGN, each, old, getattr(found, each))
            for each, old in before.items()
            if old != getattr(found, each)
        ]
        outcome = Outcome.NEW if held is None else Outcome.CHANGED if changed else Outcome.SAME
        return Line("", cells.number, outcome, None, None, found.name, detail=telling.told(told) or None)


_NO_NAME = Words("没有写名称", "no name")
_BOTH = Words("行动名称和县都要写", "both the campaign's name and its county are needed")
