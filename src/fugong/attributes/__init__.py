"""The attributes of records, each declared once: what it is called, what it holds, and who shows or reads it.

There is a module for each kind of record, a table of small declarations. From them follow the columns and rows of
listings, the headings of files that come in, the columns that a view takes from its table as they are, and the words
and values of histories. What a table's column may hold is said in ``store.tables`` alone.
"""

from collections.abc import Iterator, Sequence
from importlib import import_module  # the start has loaded it, and a listing needs one module of these
from typing import NamedTuple

from fugong.results.report import Cell, Column
from fugong.values.texts import TEXT
from fugong.vocab import Coded, Kind, ListName, Words


class Attribute(NamedTuple):
    """What a record says of its subject in one respect."""

    name: str
    """As the record and its events have it."""
    words: Words
    """As histories and refusals name it."""
    cell: Cell = Cell.TEXT
    """What it holds, and so how it is shown."""
    codes: type[Coded] | None = None
    """Of codes of the program: which."""
    lists: tuple[ListName, ...] = ()
    """Of codes of the store's lists: the lists that they may be from."""
    refers: Kind | None = None
    """Of another record: its kind; events name it by its uid."""
    grows: bool = False
    """Of a count: it only counts up, and what an act added stays added whatever other acts did."""
    null: bool | None = None
    """Whether it may say nothing, where that is not as with other cells of its kind (``Column.nullable``)."""
    limit: int = 0
    """Of a text: the most characters; one of ``TEXT`` may have several lines."""
    needed: bool = False
    """Of a text: it must say something; a blank one elsewhere means that there is none."""
    head: Words | None = None
    """Its heading in listings, where that is not the words as a title."""
    key: str = ""
    """What listings and JSON call it, where that is not its name."""
    brief: bool = False
    """Listed in tables and plain text too; else in CSV and JSON only."""
    blank: Words | None = None
    """What people read where there is no value."""
    listed: bool = True
    tracked: bool = True
    """Told of by events; else it is made from others, or the store's own affair."""
    implied: bool = False
    """It changes with another, which histories tell of."""
    kept: str = ""
    """What the record's view takes from the record's own table, as SQL. Nothing: the view says itself whence."""
    within: bool = False
    """Of a list: it is kept inside the row, as JSON; else a view joins it into one text."""
    machine: bool = True
    """Part of JSON."""
    headings: str | None = None
    """What files may call it beside its heading in listings, the usual first; None: it is not read from files."""

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
    return next(each for each in of(kind) if each.name == name)


def tracked(kind: Kind) -> Iterator[str]:
    """The names of the attributes that events tell of."""
    return (each.name for each in of(kind) if each.tracked)
