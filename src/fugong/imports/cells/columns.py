"""What the columns of ledgers are called, and which field each means."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import ClassVar

from fugong.attributes import Attribute, of
from fugong.attributes.problems import LEDGER
from fugong.values import texts
from fugong.values.traditional import simplified
from fugong.vocab import Kind, Words
from fugong.vocab.importing import Imported as Ledger


class Field(str):
    """What a column of a file means: the name of an attribute, or of what only files say.

    Those that rules speak of stand here by name; what else a record has is read as its attribute says. There is one
    field of each name.
    """

    __slots__ = ()
    _all: ClassVar[dict[str, "Field"]] = {}

    UID: ClassVar["Field"]
    TEAM: ClassVar["Field"]
    ENTERPRISE: ClassVar["Field"]
    TOWNSHIP: ClassVar["Field"]
    SOURCE: ClassVar["Field"]
    CATEGORY: ClassVar["Field"]
    TEXT: ClassVar["Field"]
    TITLE: ClassVar["Field"]
    """What a work order is called; its text comes after that."""
    FOUND_ON: ClassVar["Field"]
    APPROXIMATE: ClassVar["Field"]
    DEPARTMENT: ClassVar["Field"]
    ASSIST: ClassVar["Field"]
    PERSON: ClassVar["Field"]
    HOW: ClassVar["Field"]
    DUE_ON: ClassVar["Field"]
    DUE_RULE: ClassVar["Field"]
    PROGRESS: ClassVar["Field"]
    STATUS: ClassVar["Field"]
    CLOSED: ClassVar["Field"]
    DONE_ON: ClassVar["Field"]
    CLOSED_ON: ClassVar["Field"]
    VERIFIED: ClassVar["Field"]
    MAJOR: ClassVar["Field"]
    INFERRED: ClassVar["Field"]
    REMARK: ClassVar["Field"]
    VERSION: ClassVar["Field"]
    NAME: ClassVar["Field"]
    CODE: ClassVar["Field"]
    ALIASES: ClassVar["Field"]
    ABOVE_SCALE: ClassVar["Field"]
    CAPACITY: ClassVar["Field"]
    WORKFORCE: ClassVar["Field"]
    SITES: ClassVar["Field"]
    CONTACT: ClassVar["Field"]
    PHONE: ClassVar["Field"]
    STAGE: ClassVar["Field"]
    STAGE_ON: ClassVar["Field"]
    COUNTY: ClassVar["Field"]
    BRANCH: ClassVar["Field"]
    LEADER: ClassVar["Field"]
    POST: ClassVar["Field"]
    DUTIES: ClassVar["Field"]
    PARTY: ClassVar["Field"]
    ZH: ClassVar["Field"]
    EN: ClassVar["Field"]
    GRP: ClassVar["Field"]
    COMMITTEE: ClassVar["Field"]
    PLACES: ClassVar["Field"]
    TIMELINE: ClassVar["Field"]
    UNITS: ClassVar["Field"]
    EXPECTED_HEADCOUNT: ClassVar["Field"]
    EXPECTED_ENTERPRISES: ClassVar["Field"]
    ROLE: ClassVar["Field"]
    KIND: ClassVar["Field"]
    ENTERPRISES: ClassVar["Field"]
    PROBLEM: ClassVar["Field"]
    ITEM: ClassVar["Field"]
    QUANTITY: ClassVar["Field"]
    UNIT: ClassVar["Field"]
    DONE_BY: ClassVar["Field"]
    GUESTS: ClassVar["Field"]
    KEY: ClassVar["Field"]
    PLACE: ClassVar["Field"]
    ON_DATE: ClassVar["Field"]
    COMPUTED: ClassVar["Field"]
    """A known column that is not read, since the store computes what it holds."""

    def __new__(cls, name: str) -> "Field":  # noqa: PYI034  (nothing is derived from it)
        return cls._all.setdefault(name, super().__new__(cls, name))

    @property
    def value(self) -> str:
        """Its name as plain text."""
        return str(self)


for _name in Field.__annotations__:
    if _name.isupper():
        setattr(Field, _name, Field(_name.lower()))

KINDS = {
    Ledger.PROBLEMS: Kind.PROBLEM,
    Ledger.ENTERPRISES: Kind.ENTERPRISE,
    Ledger.TEAMS: Kind.TEAM,
    Ledger.MEMBERS: Kind.MEMBER,
    Ledger.DEPARTMENTS: Kind.DEPARTMENT,
    Ledger.CATEGORIES: Kind.TERM,
    Ledger.CAMPAIGN: Kind.CAMPAIGN,
    Ledger.ACTIVITIES: Kind.ACTIVITY,
}
"""What the rows of a ledger are records of."""
_NOT_READ = "序号 编号 问题编号 台账编号 no no. id 红黄绿灯 错误 fault"
"""Headings that are known but not read in any ledger: running numbers, and notes about the sheet itself."""
NUMBERS = frozenset(["编号", "问题编号", "台账编号", "no", "no.", "id"])
"""Those of them that hold a problem's number, by ``key``."""
_TITLES = "工单标题 标题 问题标题 事项标题 title"
"""Headings of what problems are called, in systems that part this from what they are."""
UNIT_AND_PERSON = Field("department+person")
"""A unit and a person in one cell (责任单位/责任人)."""
NEEDED = {
    Ledger.PROBLEMS: Field.TEXT,
    Ledger.ENTERPRISES: Field.NAME,
    Ledger.TEAMS: Field.NAME,
    Ledger.MEMBERS: Field.NAME,
    Ledger.DEPARTMENTS: Field.NAME,
    Ledger.CATEGORIES: Field.ZH,
    Ledger.CAMPAIGN: Field.NAME,
    Ledger.ACTIVITIES: Field.TEXT,
}
"""The column without which a table is no such ledger."""
WANTED = {
    Ledger.PROBLEMS: 3, Ledger.ENTERPRISES: 2, Ledger.TEAMS: 2, Ledger.MEMBERS: 2, Ledger.DEPARTMENTS: 1,
    Ledger.CATEGORIES: 1, Ledger.CAMPAIGN: 2, Ledger.ACTIVITIES: 3,
}  # fmt: skip
"""How many known names make a header row."""


def key(name: str) -> str:
    """A column's name as it is compared: simplified, no blanks, line breaks, stars or colons."""
    return simplified(texts.key(name)).strip("*:：☆★")


def known(ledger: Ledger, more: Mapping[str, str] | None = None) -> dict[str, Field]:
    """Which field a name means; ``more`` is what the user maps."""
    return _known(ledger) | {key(name): Field(field) for name, field in (more or {}).items()}


@cache
def _known(ledger: Ledger) -> dict[str, Field]:
    """What the headings of our own listings mean, and those by which other files call the same."""
    names = {key(name): Field.COMPUTED for name in _NOT_READ.split()}
    names |= {key(name): Field.TITLE for name in _TITLES.split() if ledger is Ledger.PROBLEMS}
    read = {
        attribute.name: Field(attribute.name) for attribute in _attributes(ledger) if attribute.headings is not None
    }
    names |= {key(name): field for name, field in read.items()}
    for attribute in _attributes(ledger):
        said = (*(attribute.heading if attribute.listed else ()), *(attribute.headings or "").split())
        names |= dict.fromkeys(map(key, said), read.get(attribute.name, Field.COMPUTED))
    return names


def _attributes(ledger: Ledger) -> tuple[Attribute, ...]:
    """What the rows of a ledger say; problems are listed by us in two ways."""
    return (*of(KINDS[ledger]), *(LEDGER if ledger is Ledger.PROBLEMS else ()))


def meant(names: Mapping[str, Field], heading: str) -> Field | None:
    """The field that a heading means: as it stands, as one of two that it joins, or without what is in brackets."""
    wanted = key(heading)
    if wanted in names:
        return names[wanted]
    plain = unicodedata.normalize("NFKC", wanted)
    return _together(names, plain) or names.get(_BRACKETS.sub("", plain))


def _together(names: Mapping[str, Field], heading: str) -> Field | None:
    """What a heading means that names several things: 责任单位/责任人, 责任人及联系电话, 责任单位(责任人)."""
    parts = [part for part in _JOINTS.split(heading) if part and not _NUMBER.fullmatch(part)]
    found = {names.get(part) for part in parts}
    if not parts or None in found or parts == [heading]:
        return None
    return found.pop() if len(found) == 1 else next((field for both, field in _PAIRS if found == both), None)


_JOINTS = re.compile(r"[/、+&()|]|以及|[及和与暨]")
_NUMBER = re.compile("(?:联系)?(?:电话|方式)|手机(?:号码?)?")
"""What a heading calls a telephone number; problems have none."""
_PAIRS = (
    ({Field.DEPARTMENT, Field.PERSON}, UNIT_AND_PERSON),
    ({Field.DEPARTMENT, Field.ASSIST}, Field.DEPARTMENT),
    ({Field.TITLE, Field.TEXT}, Field.TEXT),
    ({Field.HOW, Field.PROGRESS}, Field.PROGRESS),
    ({Field.STATUS, Field.DONE_ON}, Field.STATUS),
    ({Field.CLOSED, Field.CLOSED_ON}, Field.CLOSED),
)
"""What two things in one cell are read as."""
_BRACKETS = re.compile(r"[(\[【<〔][^)\]】>〕]*[)\]】>〕]")


@cache
def said(ledger: Ledger, field: Field) -> Words:
    """What a field is called: by its usual name in Chinese, by its own in English."""
    meant = next((each for each in reversed(_attributes(ledger)) if each.name == field), None)
    if meant is None:
        return _ALSO_SAID.get(field, Words(field, field))
    usual = "" if meant in LEDGER else meant.headings or ""
    return Words(next(iter(usual.split()), meant.heading.zh), field)


_ALSO_SAID = {
    Field.TITLE: Words("标题", "title"),
    UNIT_AND_PERSON: Words("责任单位/责任人", "department and person"),
}


def fields(ledger: Ledger) -> list[Field]:
    """The fields that rows of a ledger have."""
    return [*dict.fromkeys(Field(each.name) for each in _attributes(ledger) if each.headings is not None)]
