"""The attributes of records, each declared once: what it is called, what it holds, and who shows or reads it.

There is a module for each kind of record, a table of small declarations. From them follow the columns and rows of
listings, the headings of files that come in, the columns that a view takes from its table as they are, and the words
and values of histories. What a table's column may hold is said in ``store.tables`` alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module  # the start has loaded it, and a listing needs one module of these
from typing import NamedTuple

from fugong.results.report import Cell, Column
from fugong.values.texts import TEXT
from fugong.vocab import Coded, Kind, ListName, Words


class Attribute(NamedTuple):
    """One attribute of a kind of record: what it is called, what it holds, and where it is shown."""

    name: str
    """Its name in the table, in events and in code."""
    words: Words
    """What people call it, in histories and refusals."""
    cell: Cell = Cell.TEXT
    """The type of its value, from which follows how it is shown."""
    codes: type[Coded] | None = None
    """For a value that is a code of the program: the enumeration."""
    lists: tuple[ListName, ...] = ()
    """For an entry of the store's lists: the lists that it may be from."""
    refers: Kind | None = None
    """For a reference: the kind of record referred to, which events name by its uid."""
    grows: bool = False
    """For a number: it is a counter, to which acts only add; two copies that both added to it are summed in a merge."""
    null: bool | None = None
    """Whether it may be null, where that differs from other cells of its type (``Column.nullable``)."""
    limit: int = 0
    """For a text: the most characters it may have; only one as long as ``TEXT`` may have several lines."""
    needed: bool = False
    """For a text: whether it must not be blank; a blank one is stored as null otherwise."""
    head: Words | None = None
    """Its heading in listings, where that is not ``words`` with a capital letter."""
    key: str = ""
    """Its key in listings and JSON, where that is not its name."""
    brief: bool = False
    """Whether tables and plain text show it; CSV and JSON always do."""
    blank: Words | None = None
    """What is shown to people where it is null."""
    listed: bool = True
    tracked: bool = True
    """Whether events record its changes. If not, it is derived from other attributes, or is of this store alone."""
    implied: bool = False
    """Whether it only ever changes together with another attribute, which is the one that histories mention."""
    kept: str = ""
    """The SQL by which the record's view reads it from the record's table; empty if the view says so itself."""
    within: bool = False
    """For a list: whether the row itself holds it, as JSON. If not, a view joins it from a table."""
    machine: bool = True
    """Whether JSON has it."""
    headings: str | None = None
    """Further headings for it in files that are imported, the usual one first; None: it is never imported."""

    @property
    def heading(self) -> Words:
        """Its heading in listings."""
        return self.head or Words(self.words.zh, self.words.en[:1].upper() + self.words.en[1:])

    @property
    def column(self) -> Column:
        """Its column in listings."""
        null = False if self.needed else self.null
        return Column(
            self.key or self.name, self.heading, self.cell, self.brief, self.machine, self.blank,
            codes=self.codes, null=null,
        )  # fmt: skip


# Attributes that several kinds of record have.

UID = Attribute("uid", Words("唯一标识", "uid"), tracked=False, null=False, headings="")
INFERRED = Attribute("inferred", Words("推断", "inferred"), Cell.FLAG, headings="")
REMARK = Attribute(
    "remark", Words("备注", "remark"), limit=TEXT, headings="备注 说明 备注说明 其他说明 remarks note notes"
)
APPROXIMATE = Attribute("approximate", Words("日期约数", "approximate"), Cell.FLAG, headings="")
RETIRED = (
    Attribute("retired_on", Words("停用日期", "retired on"), Cell.DATE),
    Attribute("retired_why", Words("停用原因", "why retired"), limit=TEXT),
)
PHONE = Words("电话", "phone")
TEAMS = "帮扶工作组 企业帮扶组 帮扶工作队 包联组 包联工作组 工作组 组别 小组 所属组 驻企组"
"""What files call a team, beside 帮扶组."""

_MODULES = {
    Kind.PROBLEM: "problems",
    Kind.ACTIVITY: "activities",
    Kind.TEAM: "teams",
    Kind.MEMBER: "members",
    Kind.ENTERPRISE: "enterprises",
    Kind.DEPARTMENT: "departments",
}
_OTHERS = "others"


def of(kind: Kind) -> Sequence[Attribute]:
    """The attributes of a kind of record, in the order in which its listing shows them."""
    module = import_module(f"{__name__}.{_MODULES.get(kind, _OTHERS)}")
    found: Sequence[Attribute] = module.ATTRIBUTES if kind in _MODULES else module.ATTRIBUTES[kind]
    return found


def named(kind: Kind, name: str) -> Attribute:
    """The attribute of a kind of record that has this name."""
    return _by_name(kind)[name]


@cache
def _by_name(kind: Kind) -> Mapping[str, Attribute]:
    return {each.name: each for each in of(kind)}


def tracked(kind: Kind) -> Iterator[str]:
    """The names of the attributes that events tell of."""
    return (each.name for each in of(kind) if each.tracked)
