"""What an import made of each row, as a report, and in one sentence."""

import pickle
from collections import Counter
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from typing import IO, NamedTuple

from fugong.imports.cells.rows import Fault
from fugong.lang import T, name_of
from fugong.results.report import Cell, Column, Report
from fugong.vocab import Words
from fugong.vocab.importing import Outcome


class Line(NamedTuple):
    """A row of the file and what became of it; a refused row has one for each of its faults."""

    sheet: str
    row: int
    outcome: Outcome
    id: str | None = None
    enterprise: str | None = None
    text: str | None = None
    column: str | None = None
    value: str | None = None
    detail: str | None = None
    named: bool = False
    """Whether the row is listed although nothing changed."""


class Lines:
    """What became of the rows, to be told after the commit: the first are held, the others put aside in a file."""

    MOST = 2000
    """Lines that are held at most."""

    def __init__(self) -> None:
        self._held: list[Line] = []
        self._aside: IO[bytes] | None = None
        self._pieces = 0

    def append(self, line: Line) -> None:
        """Add a line."""
        if len(self._held) == self.MOST:
            self._aside = self._aside or TemporaryFile()  # noqa: SIM115  (it lives as long as the lines)
            # by column: a pickle of lines makes a tuple of each, all at once, which Python keeps for later ones
            pickle.dump(list(zip(*self._held, strict=True)), self._aside, pickle.HIGHEST_PROTOCOL)
            self._pieces += 1
            self._held.clear()
        self._held.append(line)

    def __len__(self) -> int:
        return self._pieces * self.MOST + len(self._held)

    def __iter__(self) -> Iterator[Line]:
        if self._aside:
            self._aside.seek(0)
            for _ in range(self._pieces):
                columns = pickle.load(self._aside)  # noqa: S301  (this process wrote it, and nobody else can)
                yield from map(Line._make, zip(*columns, strict=True))
        yield from self._held


COLUMNS = (
    Column("id", Words("编号", "Id")),
    Column("outcome", Words("结果", "Outcome"), Cell.CODE),
    Column("sheet", Words("工作表", "Sheet"), brief=False),
    Column("row", Words("行", "Row"), Cell.COUNT),
    Column("enterprise", Words("企业", "Enterprise")),
    Column("text", Words("内容", "Text")),
    Column("column", Words("列", "Column")),
    Column("value", Words("值", "Value")),
    Column("detail", Words("说明", "Detail")),
)


def report(lines: Iterable[Line]) -> Report:
    """The rows of an import for people and programs."""
    rows = (
        (each.id, each.outcome, each.sheet, each.row, each.enterprise, each.text, each.column, each.value, each.detail)
        for each in lines
    )
    return Report(Words("导入", "Import"), COLUMNS, rows)


def summary(counted: Counter[Outcome]) -> str:
    """How many rows were new, changed, the same and refused."""
    parts = [f"{name_of(each)} {counted[each]}" for each in Outcome]
    return T("，", ", ").join(parts)


def sentence(sheet: str, fault: Fault) -> str:
    """A fault with its sheet, row, column and value."""
    place = T(f"第 {fault.row} 行", f"row {fault.row}")
    value = T(f"「{_short(fault.value)}」", f"“{_short(fault.value)}”") if fault.value else ""
    return (
        f"{T('，', ', ').join(filter(None, (sheet, place, fault.column)))}{value}{T('：', ': ')}{name_of(fault.words)}"
    )


_LONGEST_VALUE = 60


def _short(value: str) -> str:
    text = " ".join(value.split())
    return text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE] + "…"
