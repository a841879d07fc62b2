"""The file of bad rows: it looks like the file they came from, so it can be mended and imported again."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from fugong.imports.cells.body import SheetRow
from fugong.imports.cells.header import Table
from fugong.imports.cells.rows import Fault
from fugong.imports.cells.values import shown
from fugong.imports.resolve import Filing
from fugong.lang import T, name_of
from fugong.output import files
from fugong.output.csv_ import BYTE_ORDER_MARK, guard


def save(
    path: Path,
    table: Table,
    filing: Filing,
    records: Sequence[SheetRow],
    faults: Mapping[int, Sequence[Fault]],
    *,
    force: bool,
) -> None:
    """Write rows with their faults as CSV.

    Raises:
        OutputExists, CannotWrite: It cannot be written.
    """
    lines = map(_line, _rows(table, filing, records, faults))
    files.save(path, chain([BYTE_ORDER_MARK.encode()], lines), force=force)


def default(path: Path) -> Path:
    """Where the bad rows of a file go: beside it."""
    return path.with_name(f"{path.stem}.bad.csv")


def _rows(
    table: Table, filing: Filing, records: Sequence[SheetRow], faults: Mapping[int, Sequence[Fault]]
) -> Iterator[list[str]]:
    filed = _filed(filing)
    if filed:
        yield [filed]
    width = max(len(record.whole) for record in records)
    yield [*map(guard, table.headings), *[""] * (width - len(table.headings)), T("错误", "Fault")]
    for record in records:
        said = T("；", "; ").join(f"{fault.column} {name_of(fault.words)}".strip() for fault in faults[record.number])
        yield [*(guard(shown(cell)) for cell in record.whole), *[""] * (width - len(record.whole)), guard(said)]


def _filed(filing: Filing) -> str:
    """The row above the header, if one is needed: else dates would lose their year, and rows their team."""
    unit = f"填报单位：{filing.team}  " if filing.team else ""
    year = f"{filing.years.year}-12-31" if filing.years.year else ""
    day = filing.day.isoformat() if filing.day else year
    return unit + (f"填报日期：{day}" if day else "")


def _line(cells: Sequence[str]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue().encode()
