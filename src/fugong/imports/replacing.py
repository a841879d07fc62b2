"""An office's own values → those of the ledger, as ``--map-value 状态:已回复=办理中`` says, before a row is read."""

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from fugong.attributes import of
from fugong.errors.imports import BadMapValue
from fugong.imports.cells.columns import Field, fields, known, meant, said
from fugong.imports.cells.values import shown
from fugong.imports.files.sheets import Cell
from fugong.lang import T
from fugong.values import texts
from fugong.values.traditional import simplified
from fugong.vocab import Kind, Satisfaction, Source, Stage, Status, Words
from fugong.vocab.importing import Imported


class Replaced(NamedTuple):
    """One value of a column, and what stands for it."""

    field: str
    value: str
    by: str

    def typed(self, ledger: Imported) -> str:
        """As ``--map-value`` takes it, in the language of the run."""
        return f"{T(*said(ledger, Field(self.field)))}:{self.value}={self.by}"


def replacing(given: Collection[str], ledger: Imported, mapped: Mapping[str, str]) -> list[Replaced]:
    """What ``--map-value 列名:值=新值`` says; the column goes by any name that headings have, or that was mapped.

    Raises:
        BadMapValue: It is not of that form, or there is no such column.
    """
    names = known(ledger, mapped)
    result = []
    for text in given:
        column, mark, rest = text.replace("：", ":", 1).partition(":")
        value, equals, by = rest.rpartition("=")
        field = meant(names, column) if mark and column.strip() else None
        if field is None or field is Field.COMPUTED or not (equals and value.strip()):
            raise BadMapValue(given=text, candidates=[said(ledger, each) for each in fields(ledger)])
        result.append(Replaced(field.value, value.strip(), by.strip()))
    return result


_SEVERAL = (Field.DEPARTMENT, Field.ASSIST, Field.ENTERPRISES, Field.UNITS, Field.DUTIES)
"""Columns whose cells may have several values."""
_MARKS = re.compile(r"([、，,；;/\n]+)")


class Replacing:
    """Puts one's own values for those of a file."""

    def __init__(self, replaced: Collection[Replaced]) -> None:
        self._by: dict[Field, dict[str, str]] = {}
        for field, value, by in replaced:
            self._by.setdefault(Field(field), {})[_key(value)] = by

    def cells(self, cells: dict[Field, Cell]) -> dict[Field, Cell]:
        """The cells of a row with what was said to stand for them."""
        for field, by in self._by.items():
            cell = cells.get(field)
            if cell is None:
                continue
            text = shown(cell)
            if (whole := by.get(_key(text))) is not None:
                cells[field] = whole or None
            elif field in _SEVERAL and isinstance(cell, str):
                cells[field] = "".join(by.get(_key(part), part) for part in _MARKS.split(cell)) or None
        return cells


def _key(text: str) -> str:
    return simplified(texts.key(text))


EXAMPLES: Mapping[Field, Words] = {
    Field.CLOSED: Words("否", "no"),
    Field.DUE_ON: Words("待定", "tbd"),
    **{
        Field(attribute.name): Words(value.zh, value.en)
        for value in (Status.DOING, Source.ENTERPRISE, Stage.UNKNOWN, Satisfaction.FAIRLY)
        for kind in (Kind.PROBLEM, Kind.ENTERPRISE)
        for attribute in of(kind)
        if attribute.codes is type(value)
    },
}
"""Columns that hold one of a few values, and what the command that is offered puts for a value that is none."""
