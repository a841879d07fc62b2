"""Files for the tests of imports, written the way offices and other programs write them."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from typer.testing import Result

from fugong.output.csv_ import guard

LAYOUT = (
    "序号", "编号", "帮扶组", "企业名称", "乡镇", "问题来源", "问题类别", "问题描述",
    "提出日期", "责任单位", "协办单位", "责任人", "整改(解决)措施", "整改时限",
    "进展情况", "办结日期", "验收/回访情况", "满意度", "是否销号", "销号日期",
    "亮灯", "备注", "uid",
)  # fmt: skip
"""The columns of our own export of the ledger."""


def comma(path: Path, rows: Sequence[Sequence[Any]], encoding: str = "utf-8-sig") -> Path:
    """A CSV file of these rows."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def book(path: Path, rows: Sequence[Sequence[Any]], *merges: str, sheet: str = "台账") -> Path:
    """A workbook of one sheet; dates stay dates, texts texts. Each merge is a range, as ``A1:C1``."""
    return books(path, {sheet: (rows, merges)})


def books(path: Path, sheets: Mapping[str, tuple[Sequence[Sequence[Any]], Sequence[str]]]) -> Path:
    """A workbook of several sheets."""
    workbook = xlsxwriter.Workbook(
        str(path), {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False, "strings_to_urls": False}
    )
    workbook.set_properties({"created": datetime(2020, 3, 12, tzinfo=UTC)})
    for name, (rows, merges) in sheets.items():
        sheet = workbook.add_worksheet(name)
        for merge in merges:
            sheet.merge_range(merge, "")
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if value not in (None, ""):
                    sheet.write(at, column, value)
    workbook.close()
    return path


def counted(result: Result) -> str:
    """How many rows an import made new, changed and so on: the sentence on stderr that says so."""
    (line,) = [line for line in result.stderr.splitlines() if line.startswith("新增 ")]
    return line


def exported(problems: Sequence[dict[str, Any]]) -> list[list[str]]:
    """Problems as our own export of the ledger lays them out: a title, who and when, the header, a row each."""
    rows = [["问题台账"], ["填报单位：某县  填报日期：2020-03-13"], list(LAYOUT)]
    rows += [_line(number, each) for number, each in enumerate(problems, 1)]
    return rows


def guarded(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The same as CSV has it."""
    return [[guard(cell) for cell in row] for row in rows]


_SAID = {"open": "待办", "doing": "办理中", "closed": "已销号", "void": "作废"}
_SOURCES = {"inspection": "入企检查", "enterprise": "企业反映", "assigned": "上级交办", None: ""}


def _line(number: int, each: dict[str, Any]) -> list[str]:
    """A problem, as ``fugong list -f json`` has it, in the layout."""
    closed = each["status"] == "closed"
    cells = [
        str(number), each["id"], each["team"], each["enterprise"], "", _SOURCES[each["source"]], each["category"],
        each["text"], each["found_on"], each["department"], "、".join(each["assist"]), each["person"], each["how"],
        each["due_on"], _SAID[each["status"]], each["closed_on"], "", "", "是" if closed else "否", each["closed_on"],
        "绿", each["remark"], each["uid"],
    ]  # fmt: skip
    return [cell or "" for cell in cells]
