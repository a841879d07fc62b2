"""A file as sheets, and a sheet as rows of cells with the numbers that Excel shows."""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, time, timedelta
from typing import NamedTuple, TypeVar

from fugong.vocab import Words

Cell = str | float | bool | date | time | timedelta | None
"""As the file holds it: a workbook's numbers are floats, its dates dates; a text file has texts only. A formula that
failed is the text that Excel shows for it: #N/A."""

MOST_BYTES = 20 << 20
"""Of a workbook or a web page as it lies on the disk."""
MOST_UNPACKED = 200 << 20
MOST_ROWS = 200_000
MOST_COLUMNS = 200
MOST_CELLS = 3_000_000
"""Rows times columns, of all sheets."""

EPOCH = date(1899, 12, 30)
"""What Excel counts days from; since March 1900 at least, for it takes that year for a leap year."""
EPOCH_1904 = date(1904, 1, 1)
"""What a workbook of the 1904 date system counts days from."""


class Merged(NamedTuple):
    """A merged range, all inclusive: rows as Excel numbers them, columns from 0."""

    top: int
    left: int
    bottom: int
    right: int


class Sheet(NamedTuple):
    """One table of a file, to be read once."""

    name: str
    """Empty: a text file has no sheets."""
    rows: Iterator[tuple[int, list[Cell]]]
    merged: Sequence[Merged] = ()
    encoding: str | None = None
    """Of a text file."""
    hidden: Collection[int] = ()
    """Rows that are hidden, by hand or by a filter."""
    epoch: date = EPOCH
    """What a number counts days from where it stands for a date."""


class Book(NamedTuple):
    """A file that can be read."""

    sheets: Iterator[Sheet]
    """Opened one after the other; each is gone when the next one is asked for."""
    notes: Sequence[Words] = ()
    hidden: Sequence[str] = ()
    """The names of the sheets that are hidden, and not among these."""


Rank = Callable[[str], int]
"""The place of a sheet of some name among those that are read; those of one place stay as they stand."""


def as_it_stands(name: str) -> int:  # noqa: ARG001  (every sheet has the same)
    """The same place for every sheet."""
    return 0


PRINTED = ("打印", "Print")
"""How the sheet of an exported ledger begins that is for printers: another has the same in columns that come back."""
PASSED = Words("「打印」那一页供打印，没有读", "the sheet “Print” is for printing and was not read")
_Named = TypeVar("_Named")


def without_printed(
    sheets: Sequence[_Named], name: Callable[[_Named], str], wanted: str | None
) -> tuple[Sequence[_Named], Sequence[Words]]:
    """The sheets but those for printers, and a note if there are any; one that is asked for or alone is read."""
    kept = [each for each in sheets if name(each).split(" ")[0] not in PRINTED]
    if wanted is not None or len(sheets) in {1, len(kept)}:
        return sheets, ()
    return kept, (PASSED,)


DAMAGED = Words(
    "文件已损坏，或不是真正的 Excel 文件；请用 Excel 或 WPS 打开，另存为 .xlsx，打不开就请填报单位再发一次",
    "it is damaged, or no real Excel file; open it in Excel and save it as .xlsx, or have it sent once more",
)
TOO_LARGE = Words("展开后太大，不像台账；请只留下台账再存一次", "unpacked it is too large; save the ledger alone")
TOO_MANY_ROWS = Words(
    f"工作表超过 {MOST_ROWS} 行；多半是设了格式的空行，请选中最后一条以下的行删除后再存",
    f"a sheet has more than {MOST_ROWS} rows, mostly empty ones with a format; delete the rows below the last record",
)
TOO_MANY_COLUMNS = Words(
    f"工作表超过 {MOST_COLUMNS} 列；请删去右边多余的列再存",
    f"a sheet has more than {MOST_COLUMNS} columns; delete those to the right of the ledger",
)
TOO_BIG = Words(f"文件超过 {MOST_BYTES >> 20} MB", f"it has more than {MOST_BYTES >> 20} MB")
