"""Sheets for people and printers: how each is laid out on its page, and with who hands it in and when."""

from collections.abc import Sequence
from typing import NamedTuple

from fugong.vocab import Light


class Field(NamedTuple):
    """A column of the sheet."""

    head: str
    """Its heading, perhaps in two lines."""
    mm: float
    """Its width on paper in mm; 0 for all the room that the other columns leave."""
    centred: bool = False


class Part(NamedTuple):
    """A cell, perhaps of several lines."""

    text: str
    light: Light | None = None
    late: bool = False


class Band(NamedTuple):
    """Rows under a line that sums them up."""

    head: str
    rows: Sequence[Sequence[Part]]


class Paper(NamedTuple):
    """Records, folded into few wide columns, in bands."""

    name: str
    """The name of the sheet in the workbook."""
    title: str
    subtitle: str
    signs: Sequence[str]
    """Who hands it in, who filled it in, who checked it, when; room to write on."""
    fields: Sequence[Field]
    bands: Sequence[Band]
    note: str


class Number(NamedTuple):
    """A cell of a table of figures."""

    value: str | int
    alarming: bool = False
    aside: bool = False
    """Of the period before, or a change: only to compare with."""


class Line(NamedTuple):
    """A row of figures under the name of what they count."""

    name: str
    figures: Sequence[Number]
    total: bool = False


class Group(NamedTuple):
    """Columns under one heading."""

    head: str
    fields: Sequence[Field]


class Block(NamedTuple):
    """Rows that belong together, perhaps under a line that says why."""

    head: str
    lines: Sequence[Line]


class Figures(NamedTuple):
    """A table of figures, whose columns have headings in two rows."""

    name: str
    title: str
    subtitle: str
    signs: Sequence[str]
    first: Field
    """The column of names."""
    groups: Sequence[Group]
    blocks: Sequence[Block]
    notes: Sequence[str]
