"""An empty ledger for offices that start from nothing: the usual columns, drop-down lists, and a sheet of notes."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fugong.imports.cells.columns import Field
from fugong.lang import T
from fugong.output import files
from fugong.queries import names
from fugong.vocab import NO, YES, Imported, ListName, Role, Source, Stage, Status

MOST_ROWS = 1000
"""The rows that have drop-down lists."""

_COLUMNS: dict[Imported, tuple[tuple[str, Field, int], ...]] = {
    Imported.PROBLEMS: (
        ("序号", Field.COMPUTED, 6), ("帮扶组", Field.TEAM, 14), ("企业名称", Field.ENTERPRISE, 28),
        ("问题来源", Field.SOURCE, 12), ("问题类别", Field.CATEGORY, 14), ("问题描述", Field.TEXT, 40),
        ("提出日期", Field.FOUND_ON, 12), ("责任单位", Field.DEPARTMENT, 16), ("协办单位", Field.ASSIST, 16),
        ("责任人", Field.PERSON, 10), ("整改(解决)措施", Field.HOW, 30), ("整改时限", Field.DUE_ON, 12),
        ("进展情况", Field.PROGRESS, 24),
        ("状态", Field.STATUS, 10), ("办结日期", Field.DONE_ON, 12),
        ("备注", Field.REMARK, 20),
    ),
    Imported.ENTERPRISES: (
        ("企业名称", Field.NAME, 30), ("简称", Field.ALIASES, 18), ("帮扶组", Field.TEAM, 14),
        ("乡镇", Field.TOWNSHIP, 12),
        ("规上", Field.ABOVE_SCALE, 8), ("产能", Field.CAPACITY, 16), ("职工", Field.WORKFORCE, 12),
        ("厂区", Field.SITES, 16), ("复工阶段", Field.STAGE, 12), ("复工日期", Field.STAGE_ON, 12),
        ("备注", Field.REMARK, 20),
    ),
    Imported.TEAMS: (
        ("组号", Field.CODE, 8), ("名称", Field.NAME, 20), ("党支部", Field.BRANCH, 24), ("成员单位", Field.UNITS, 30),
        ("应有人数", Field.EXPECTED_HEADCOUNT, 10), ("应包联数", Field.EXPECTED_ENTERPRISES, 10),
        ("备注", Field.REMARK, 20),
    ),
    Imported.ACTIVITIES: (
        ("帮扶组", Field.TEAM, 14), ("角色", Field.ROLE, 10), ("日期", Field.ON_DATE, 12),
        ("企业名称", Field.ENTERPRISES, 28),
        ("内容", Field.TEXT, 40), ("物品", Field.ITEM, 12), ("数量", Field.QUANTITY, 10), ("计量单位", Field.UNIT, 10),
        ("提供单位", Field.DEPARTMENT, 16), ("邀请人员", Field.GUESTS, 16), ("地点", Field.PLACE, 14),
        ("备注", Field.REMARK, 20),
    ),
}  # fmt: skip
_DATES = (Field.FOUND_ON, Field.DONE_ON, Field.STAGE_ON, Field.ON_DATE)
_TITLE = {
    Imported.PROBLEMS: "问题台账",
    Imported.ENTERPRISES: "企业名单",
    Imported.TEAMS: "帮扶组名单",
    Imported.ACTIVITIES: "工作记录",
}
_FIRST = 3
"""The row under the header, from 0: a title and the 填报单位 stand above it."""

_NOTES = (
    ("一行写一条，不要合并单元格，不要改表头。", "One record a row; merge no cells, keep the headings."),
    ("带下拉的列请从下拉里选；没有的名称可以直接写。", "Columns with a list: choose from it; a new name may be typed."),
    (
        "日期写 2020-03-12 或 3月12日；没写年份的按填报日期的年份。",
        "Dates: 2020-03-12; one without a year takes that of the filing.",
    ),
    (
        "时限可以写日期、7个工作日、长期、立行立改。",
        "A deadline is a date, 7个工作日 (working days), 长期 (open-ended) or 立行立改 (at once, without a date).",
    ),
    ("已销号的要写措施和办结日期。", "A closed problem needs its measure and its closing date."),
    (
        "填好后：fugong import 文件 --dry-run 先看，再去掉 --dry-run 导入。",
        "Then: fugong import FILE --dry-run, and again without it.",
    ),
)


def save(path: Path, rows: names.Rows, ledger: Imported, *, force: bool) -> None:
    """Write an empty ledger.

    Args:
        path: Where to.
        rows: Runs SQL on the store, for the lists.
        ledger: What its rows will be about.
        force: Replace the file if it exists.

    Raises:
        OutputExists, CannotWrite: It cannot be written.
    """
    files.save(path, [_book(rows, ledger)], force=force)


def _book(rows: names.Rows, ledger: Imported) -> bytes:
    import xlsxwriter

    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(_TITLE[ledger])
    _head(book, sheet, ledger)
    _notes(book)
    lists = book.add_worksheet("列表")
    lists.hide()
    for at, (_, field, _) in enumerate(_COLUMNS[ledger]):
        items = _items(rows, field)
        if items:
            lists.write_column(0, at, items)
            column = chr(ord("A") + at)
            source = f"=列表!${column}$1:${column}${len(items)}"
            checked = {"validate": "list", "source": source, "error_type": "information"}
            sheet.data_validation(_FIRST, at, _FIRST + MOST_ROWS, at, checked)
    book.close()
    return memory.getvalue()


def _head(book: Any, sheet: Any, ledger: Imported) -> None:
    """The title, the row that says who fills it in and when, and the header."""
    columns = _COLUMNS[ledger]
    title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"})
    text, day = (book.add_format({"num_format": form, "text_wrap": True}) for form in ("@", "yyyy-mm-dd"))
    sheet.merge_range(0, 0, 0, len(columns) - 1, _TITLE[ledger], title)
    sheet.write(1, 0, "填报单位：　　　　填报日期：")
    for at, (name, field, width) in enumerate(columns):
        sheet.set_column(at, at, width, day if field in _DATES else text)
        sheet.write(_FIRST - 1, at, name, head)
    sheet.freeze_panes(_FIRST, 0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _notes(book: Any) -> None:
    sheet = book.add_worksheet("填写说明")
    sheet.set_column(0, 0, 90)
    sheet.write_column(0, 0, [T(zh, en) for zh, en in _NOTES])


def _items(rows: names.Rows, field: Field) -> Sequence[str]:
    """What the drop-down list of a column offers."""
    match field:
        case Field.TEAM:
            return _column(rows, "SELECT name FROM team ORDER BY sort")
        case Field.ENTERPRISE | Field.ENTERPRISES:
            return _column(rows, "SELECT name FROM enterprise ORDER BY id")
        case Field.DEPARTMENT:
            return _column(rows, "SELECT name FROM department ORDER BY id")
        case Field.CATEGORY:
            return _column(rows, "SELECT zh FROM term WHERE list = :list ORDER BY rank", list=ListName.CATEGORY.value)
        case Field.SOURCE:
            return [each.zh for each in Source]
        case Field.STATUS:
            return [each.zh for each in Status if each is not Status.VOID]
        case Field.STAGE:
            return [each.zh for each in Stage]
        case Field.ROLE:
            return [each.zh for each in Role]
        case Field.ABOVE_SCALE:
            return [YES.zh, NO.zh]
        case _:
            return []


def _column(rows: names.Rows, sql: str, **params: Any) -> list[str]:
    return [str(value) for (value,) in rows(sql, **params)]
