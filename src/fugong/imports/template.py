"""Empty workbooks to begin with: a sheet for each kind of record, lists to choose from, and a sheet of notes."""

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from fugong.attributes import of
from fugong.attributes.problems import LEDGER
from fugong.imports.cells.columns import KINDS, Field
from fugong.imports.workbook import COUNTY, LISTS, NOTES, SHEETS
from fugong.lang import T, name_of
from fugong.output import files
from fugong.queries import Rows
from fugong.vocab import NO, YES, CategoryGroup, Coded, Duty, ListName, Party, Role, Source, Stage, Status, Words
from fugong.vocab.importing import Imported

__all__ = ["COUNTY", "save"]

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
        ("厂区", Field.SITES, 16), ("联系人", Field.CONTACT, 10), ("联系电话", Field.PHONE, 14),
        ("复工阶段", Field.STAGE, 12), ("复工日期", Field.STAGE_ON, 12),
        ("备注", Field.REMARK, 20),
    ),
    Imported.TEAMS: (
        ("组号", Field.CODE, 8), ("名称", Field.NAME, 20), ("组长", Field.LEADER, 10), ("党支部", Field.BRANCH, 24),
        ("成员单位", Field.UNITS, 30), ("应有人数", Field.EXPECTED_HEADCOUNT, 10),
        ("应包联数", Field.EXPECTED_ENTERPRISES, 10), ("备注", Field.REMARK, 20),
    ),
    Imported.MEMBERS: (
        ("序号", Field.COMPUTED, 6), ("帮扶组", Field.TEAM, 14), ("姓名", Field.NAME, 10), ("单位", Field.UNIT, 20),
        ("职务", Field.POST, 16), ("职责", Field.DUTIES, 10), ("包联企业", Field.ENTERPRISE, 28),
        ("电话", Field.PHONE, 14), ("政治面貌", Field.PARTY, 12), ("备注", Field.REMARK, 20),
    ),
    Imported.DEPARTMENTS: (
        ("序号", Field.COMPUTED, 6), ("责任单位", Field.NAME, 24), ("简称", Field.ALIASES, 24),
        ("备注", Field.REMARK, 20),
    ),
    Imported.CATEGORIES: (
        ("问题类别", Field.ZH, 20), ("英文名", Field.EN, 24), ("工作法", Field.GRP, 12), ("代码", Field.CODE, 14),
    ),
    Imported.CAMPAIGN: (
        ("行动名称", Field.NAME, 30), ("县", Field.COUNTY, 12), ("临时党委", Field.COMMITTEE, 30),
        ("地名", Field.PLACES, 20), ("大事", Field.TIMELINE, 40), ("备注", Field.REMARK, 20),
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
_FIRST = 3
"""The row under the header, from 0: a title and a line stand above it."""
_FILED = Words(
    "填报单位：　　　　　　　　填报日期：　　　　　　", "Submitted by:                    As of:            "
)
_LINES = {
    Imported.TEAMS: Words("一行一个组，组号用数字", "A row for each team; its code is a number"),
    Imported.MEMBERS: Words("一行一个人，帮扶组写组号或组名", "A row for each person; the team by its code or name"),
    Imported.DEPARTMENTS: Words("一行一个单位，几个简称用顿号隔开", "A row for each department"),
    Imported.CATEGORIES: Words(
        "一行一类，已有的类别不用再写，代码可以不填",
        "A row for each category; those that the store has need not be written again, a code may be left out",
    ),
    Imported.CAMPAIGN: Words(
        "只写一行，企业名称开头的地名写在「地名」，大事写成 2020-02-28 业务培训会",
        "One row; the timeline as 2020-02-28 training",
    ),
}
"""What stands under the title of a sheet that nobody files by a day."""

_NOTES = (
    ("一行写一条，不要合并单元格，不要改表头和工作表的名称。",
     "One record a row; merge no cells, keep the headings and the names of the sheets."),
    ("带下拉的列请从下拉里选；没有的名称可以直接写。", "Columns with a list: choose from it; a new name may be typed."),
    ("日期写 2020-03-12 或 3月12日；没写年份的按填报日期的年份。",
     "Dates: 2020-03-12; one without a year takes that of the filing."),
    ("时限可以写日期、7个工作日、长期、立行立改。",
     "A deadline is a date, 7wd (working days), open-ended or at once (without a date)."),
    ("已销号的要写措施和办结日期。", "A closed problem needs its measure and its closing date."),
    ("不用的工作表空着就行。", "Sheets that are not needed may stay empty."),
    ("还没有台账的，先运行 fugong init。", "Where there is no store yet: fugong init."),
    ("填好后：fugong import 文件 --all-sheets --dry-run 先看，再去掉 --dry-run 导入。",
     "Then: fugong import FILE --all-sheets --dry-run, and again without --dry-run."),
)  # fmt: skip


def _no_rows(sql: str, **params: Any) -> Iterable[tuple[Any, ...]]:  # noqa: ARG001  (it stands in for a store)
    """What a store says that is not there."""
    return ()


def save(path: Path, kinds: Sequence[Imported], rows: Rows = _no_rows, *, force: bool) -> None:
    """Write an empty workbook.

    Args:
        path: Where to.
        kinds: What it has a sheet for.
        rows: Runs SQL on the store, for the lists; without one, what a sheet lists others offer.
        force: Replace the file if it exists.

    Raises:
        OutputExists, CannotWrite: It cannot be written.
    """
    files.save(path, [_book(rows, kinds)], force=force)


def _book(rows: Rows, kinds: Sequence[Imported]) -> bytes:
    import xlsxwriter

    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheets = {kind: book.add_worksheet(name_of(SHEETS[kind])) for kind in kinds}
    for kind, sheet in sheets.items():
        _head(book, sheet, kind)
    _notes(book)
    lists = book.add_worksheet(name_of(LISTS))
    lists.hide()
    written = 0
    for kind, sheet in sheets.items():
        for at, (_, field, _) in enumerate(_COLUMNS[kind]):
            items = _items(rows, kind, field)
            source = _column_of(kinds, kind, field)
            if items:
                lists.write_column(0, written, items)
                source = _range(name_of(LISTS), written, 1, len(items))
                written += 1
            if source:
                checked = {"validate": "list", "source": source, "error_type": "information"}
                sheet.data_validation(_FIRST, at, _FIRST + MOST_ROWS, at, checked)
    book.close()
    return memory.getvalue()


def _range(sheet: str, column: int, first: int, last: int) -> str:
    letters = (chr(ord("A") + column // 26 - 1) if column >= 26 else "") + chr(ord("A") + column % 26)  # noqa: PLR2004  (letters of the alphabet)
    return f"='{sheet}'!${letters}${first}:${letters}${last}"


_NAMED_IN = {
    Field.TEAM: (Imported.TEAMS, Field.NAME),
    Field.ENTERPRISE: (Imported.ENTERPRISES, Field.NAME),
    Field.ENTERPRISES: (Imported.ENTERPRISES, Field.NAME),
    Field.DEPARTMENT: (Imported.DEPARTMENTS, Field.NAME),
    Field.CATEGORY: (Imported.CATEGORIES, Field.ZH),
}
"""The sheet of the same workbook that lists what a column names."""


def _column_of(kinds: Sequence[Imported], kind: Imported, field: Field) -> str | None:
    """The column of another sheet that lists what may stand here."""
    listed, name = _NAMED_IN.get(field, (kind, field))
    if listed is kind or listed not in kinds:
        return None
    at = next(at for at, (_, each, _) in enumerate(_COLUMNS[listed]) if each == name)
    return _range(name_of(SHEETS[listed]), at, _FIRST + 1, _FIRST + MOST_ROWS)


def heading(kind: Imported, zh: str, field: Field) -> str:
    """What a column is called in the language of this run."""
    if field is Field.COMPUTED:
        return T(zh, "No.")
    attributes = (*(LEDGER if kind is Imported.PROBLEMS else ()), *of(KINDS[kind]))
    return T(zh, next(each.heading.en for each in attributes if each.name == field))


def _head(book: Any, sheet: Any, kind: Imported) -> None:
    """The title, the line below it, and the header."""
    columns = _COLUMNS[kind]
    page = {"font_name": "宋体"} if T("zh", "en") == "zh" else {}
    title = book.add_format({**page, "bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    line = book.add_format({**page, "align": "left", "valign": "vcenter"})
    head = book.add_format({
        **page, "bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter",
        "bg_color": "#D9E1F2",
    })  # fmt: skip
    text, day = (
        book.add_format({**page, "num_format": form, "text_wrap": True, "valign": "vcenter"})
        for form in ("@", "yyyy-mm-dd")
    )
    last = len(columns) - 1
    sheet.merge_range(0, 0, 0, last, name_of(SHEETS[kind]), title)
    sheet.merge_range(1, 0, 1, last, name_of(_LINES.get(kind, _FILED)), line)
    for at, (name, field, width) in enumerate(columns):
        sheet.set_column(at, at, width, day if field in _DATES else text)
        sheet.write(_FIRST - 1, at, heading(kind, name, field), head)
    sheet.set_row(0, 28)
    sheet.set_row(1, 18)
    sheet.set_row(_FIRST - 1, 30)
    sheet.freeze_panes(_FIRST, 0)
    sheet.repeat_rows(_FIRST - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _notes(book: Any) -> None:
    sheet = book.add_worksheet(T(*NOTES))
    sheet.set_column(0, 0, 110)
    sheet.write_column(0, 0, [T(zh, en) for zh, en in _NOTES])


_CODES: dict[Field, tuple[Coded | Words, ...]] = {
    Field.SOURCE: tuple(Source),
    Field.STATUS: tuple(each for each in Status if each is not Status.VOID),
    Field.STAGE: tuple(Stage),
    Field.ROLE: tuple(Role),
    Field.ABOVE_SCALE: (YES, NO),
    Field.DUTIES: tuple(Duty),
    Field.PARTY: tuple(Party),
    Field.GRP: tuple(CategoryGroup),
}


def _items(rows: Rows, kind: Imported, field: Field) -> Sequence[str]:
    """What the drop-down list of a column offers, as far as the store or the program knows."""
    match field:
        case Field.TEAM:
            return _column(rows, "SELECT name FROM team ORDER BY sort")
        case Field.ENTERPRISE | Field.ENTERPRISES:
            return _column(rows, "SELECT name FROM enterprise ORDER BY id")
        case Field.DEPARTMENT:
            return _column(rows, "SELECT name FROM department ORDER BY id")
        case Field.CATEGORY if kind is Imported.PROBLEMS:
            found = rows("SELECT zh, en FROM term WHERE list = :list ORDER BY rank", list=ListName.CATEGORY.value)
            return [T(zh, en) for zh, en in found]
        case _:
            return [name_of(each) for each in _CODES.get(field, ())]


def _column(rows: Rows, sql: str) -> list[str]:
    return [str(value) for (value,) in rows(sql)]
