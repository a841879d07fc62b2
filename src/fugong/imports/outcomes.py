"""What an import made of each row, as a report, and in one sentence."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from fugong.columns import Cell, Column, Report
from fugong.imports.rows import Fault
from fugong.lang import T, name_of
from fugong.vocab import Outcome, Words


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


def sentences(sheet: str, faults: Sequence[Fault]) -> Iterator[str]:
    """Every fault with its sheet, row, column and value."""
    for fault in faults:
        place = T(f"第 {fault.row} 行", f"row {fault.row}")
        where = [sheet, place, fault.column] if sheet else [place, fault.column]
        value = T(f"「{_short(fault.value)}」", f"“{_short(fault.value)}”") if fault.value else ""
        yield f"{T('，', ', ').join(filter(None, where))}{value}{T('：', ': ')}{name_of(fault.words)}"


_LONGEST_VALUE = 60


def _short(value: str) -> str:
    text = " ".join(value.split())
    return text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE] + "…"
