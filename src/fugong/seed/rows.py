"""What a seed file may say: one pydantic model per section. docs/seed.md explains it to people.

``Seed`` names the sections in the order in which they must stand, so that a row only refers to rows
before it. The JSON Schema that editors use is made from it.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from fugong.errors import Refusal
from fugong.values import quantities, texts
from fugong.values.texts import LINE, NAME, TEXT
from fugong.vocab import CategoryGroup, Duty, Measure, Party, Role, Source, Stage, Words

_CODE = r"^[a-z][a-z0-9_-]*$"
_TEAM = r"^[A-Za-z]*[0-9]+$"
_KEY = r"^[A-Za-z0-9][A-Za-z0-9._/-]*$"
_QUANTITY = r"^[0-9]+(\.[0-9]+)?(-[0-9]+(\.[0-9]+)?)?$"
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_PRESET = r"^[1-9][0-9]{0,2}(d|m|wd)$"

FORMS = {
    _CODE: Words("小写字母开头，只含小写字母、数字、- 和 _", "a small letter, then small letters, digits, - and _"),
    _TEAM: Words("数字，前面可以有字母，如 3、XF3", "digits, with or without letters before them, as 3 or XF3"),
    _KEY: Words("字母或数字开头，只含英文字母、数字和 . _ / -", "a letter or digit, then letters, digits and . _ / -"),
    _QUANTITY: Words("一个数或一个范围，如 1000、400-500", "a number or a range, as 1000 or 400-500"),
    _PRESET: Words(
        "三位以内的数加 d（天）、m（月）或 wd（工作日），如 7wd",
        "up to three digits and d (days), m (months) or wd (working days), as 7wd",
    ),
}
"""What people are told of a form that their text does not have."""


def _checked(check: Callable[..., str], zh: str, en: str, limit: int, **options: Any) -> AfterValidator:
    """A validator that keeps the refusal's two sentences inside pydantic's error."""
    what = Words(zh, en)

    def validate(value: str) -> str:
        try:
            return check(value, what=what, limit=limit, **options)
        except Refusal as refusal:
            raise ValueError(refusal) from refusal

    return AfterValidator(validate)


def _quantity(value: str) -> str:
    try:
        return quantities.clean(value)
    except Refusal as refusal:
        raise ValueError(refusal) from refusal


def _iso(value: Any) -> Any:
    """A date in any form that names its year: a file says the same whenever it is loaded.

    Pydantic would take a bare number for the seconds since 1970.
    """
    if not isinstance(value, str) or _ISO.fullmatch(value):
        return value
    from fugong.values.dates import read_date

    try:
        (named,) = {read_date(value, date(year, 7, 2)) for year in (2000, 2004)}
    except (Refusal, ValueError):
        raise PydanticCustomError("date_form", "no date") from None
    return named


Date = Annotated[date, BeforeValidator(_iso)]
Name = Annotated[str, _checked(texts.clean_name, "名称", "name", NAME)]
Line = Annotated[str, _checked(texts.clean, "文字", "text", LINE)]
Text = Annotated[str, _checked(texts.clean, "文字", "text", TEXT, lines=True)]
Code = Annotated[str, Field(pattern=_CODE, max_length=20)]
TeamCode = Annotated[str, Field(pattern=_TEAM, max_length=8)]
Key = Annotated[str, Field(pattern=_KEY, max_length=LINE)]
Count = Annotated[int, Field(ge=0, le=999_999_999)]
Quantity = Annotated[str, Field(pattern=_QUANTITY, max_length=NAME), AfterValidator(_quantity)]
Preset = Annotated[str, Field(pattern=_PRESET, max_length=NAME)]


class SeedRow(BaseModel):
    """A mapping of the file: nothing beside what is declared."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Stated(SeedRow):
    """A row that may rest on inference, which its remark explains."""

    inferred: bool = False
    remark: Text | None = None


class DatedAct(SeedRow):
    """A dated act of the campaign."""

    on: Date
    text: Line


class CampaignRow(SeedRow):
    """What the store is about."""

    name: Line
    county: Name
    committee: Line | None = None
    places: tuple[Name, ...] = ()
    timeline: tuple[DatedAct, ...] = ()
    remark: Text | None = None


class TermRow(SeedRow):
    """An entry of a list."""

    code: Code
    zh: Name
    en: Name


class CategoryRow(TermRow):
    """A category of problems, and the method it belongs to."""

    group: CategoryGroup | None = None


class PresetRow(TermRow):
    """A named deadline, and the rule it stands for."""

    rule: Preset


class ListsRow(SeedRow):
    """The lists that are data, not code."""

    categories: tuple[CategoryRow, ...] = ()
    publicity: tuple[TermRow, ...] = ()
    supervision: tuple[TermRow, ...] = ()
    service: tuple[TermRow, ...] = ()
    milestones: tuple[TermRow, ...] = ()
    deadlines: tuple[PresetRow, ...] = ()


class DepartmentRow(Stated):
    """A department that may have to act."""

    name: Name
    aliases: tuple[Name, ...] = ()


class TeamRow(Stated):
    """An assistance team."""

    code: TeamCode
    name: Name
    county: Name | None = None
    branch: Name | None = None
    units: tuple[Name, ...] = ()
    units_complete: bool = False
    expected_headcount: Count | None = None
    expected_enterprises: Count | None = None


class EnterpriseRow(Stated):
    """An enterprise, and the team that looks after it."""

    name: Name
    aliases: tuple[Name, ...] = ()
    team: TeamCode | None = None
    township: Name | None = None
    above_scale: bool | None = None
    capacity: Line | None = None
    workforce: Line | None = None
    contact: Name | None = None
    phone: Name | None = None
    sites: tuple[Name, ...] = ()
    stage: Stage = Stage.UNKNOWN
    stage_on: Date | None = None


class MemberRow(Stated):
    """A named member of a team."""

    team: TeamCode
    name: Name
    unit: Name | None = None
    post: Name | None = None
    duties: tuple[Duty, ...] = ()
    enterprise: Name | None = None
    phone: Name | None = None
    party: Party | None = None


class NoteRow(SeedRow):
    """What was done about a problem."""

    text: Text
    on: Date | None = None


class ClosingRow(SeedRow):
    """How a problem was solved."""

    how: Text
    on: Date | None = None


class ProblemRow(Stated):
    """A problem, what was done about it, and how it was closed if it was."""

    key: Key
    team: TeamCode
    enterprise: Name | None = None
    text: Text
    category: Code | None = None
    source: Source | None = None
    department: Name | None = None
    assist: tuple[Name, ...] = ()
    person: Name | None = None
    found_on: Date | None = None
    due: Line | None = None
    major: bool = False
    notes: tuple[NoteRow, ...] = ()
    closed: ClosingRow | None = None


class ActivityRow(Stated):
    """Work done in one of the three roles."""

    key: Key
    role: Role
    kind: Code | None = None
    team: TeamCode
    enterprises: tuple[Name, ...] = ()
    problem: Key | None = None
    text: Text
    item: Name | None = None
    quantity: Quantity | None = None
    unit: Name | None = None
    department: Name | None = None
    guests: tuple[Name, ...] = ()
    place: Line | None = None
    on: Date | None = None


class MilestoneRow(Stated):
    """What an enterprise has reached, or is about to."""

    enterprise: Name
    name: Code
    on: Date | None = None
    pending: bool = False


class AdoptersRow(SeedRow):
    """Who took up a practice."""

    teams: tuple[TeamCode, ...] = ()
    enterprises: tuple[Name, ...] = ()


class PracticeRow(Stated):
    """A method worth copying."""

    name: Name
    origin: Line | None = None
    summary: Text | None = None
    promoted_on: Date | None = None
    adopted_by: AdoptersRow = AdoptersRow()


class FigureRow(Stated):
    """A total that somebody stated; of the county unless it names a team."""

    key: Key
    measure: Measure
    milestone: Code | None = None
    team: TeamCode | None = None
    value: Count
    unit: Name | None = None
    as_of: Date | None = None
    source: Line | None = None


class Seed(SeedRow):
    """A whole seed file."""

    as_of: Date
    campaign: CampaignRow | None = None
    lists: ListsRow = ListsRow()
    departments: tuple[DepartmentRow, ...] = ()
    teams: tuple[TeamRow, ...] = ()
    enterprises: tuple[EnterpriseRow, ...] = ()
    members: tuple[MemberRow, ...] = ()
    problems: tuple[ProblemRow, ...] = ()
    activities: tuple[ActivityRow, ...] = ()
    milestones: tuple[MilestoneRow, ...] = ()
    practices: tuple[PracticeRow, ...] = ()
    figures: tuple[FigureRow, ...] = ()
