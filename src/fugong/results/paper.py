"""A sheet for people and printers: rows folded into few wide columns, in bands, with who hands it in and when."""

from collections.abc import Sequence
from typing import NamedTuple

from fugong.vocab import Light


class Field(NamedTuple):
    """A column of the sheet."""

    head: str
    """Its heading, perhaps in two lines."""
    mm: float
    """How wide it is on paper; 0: as wide as the others leave room for."""
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
    """The whole sheet."""

    name: str
    """Of the sheet in its workbook."""
    title: str
    subtitle: str
    signs: Sequence[str]
    """Who hands it in, who filled it in, who checked it, when; room to write on."""
    fields: Sequence[Field]
    bands: Sequence[Band]
    note: str
