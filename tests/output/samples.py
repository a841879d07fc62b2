"""Reports to write in tests. All names are made up."""

from collections.abc import Iterable
from typing import Any

from fugong.results.report import Cell, Column, Report, Term
from fugong.vocab import Light, Status, Words

ESC = "\x1b"

HOSTILE = {
    "colour": f"{ESC}[31m甲厂",
    "clear screen": f"{ESC}[2J{ESC}[H甲厂",
    "window title": f"{ESC}]0;甲厂\x07",
    "clipboard": f"{ESC}]52;c;cm0gLXJmIC8=\x07",
    "link": f"{ESC}]8;;https://example.org/{ESC}\\甲厂{ESC}]8;;{ESC}\\",
    "C1 CSI": "\x9b31m甲厂",
    "next line": "甲\x85厂",
    "bell": "甲\x07厂",
    "carriage return": "待办\r已销号",
    "backspace": "甲厂\x08\x08乙",
    "nul": "甲\x00厂",
    "delete": "甲\x7f厂",
    "form feed": "甲\x0b乙\x0c丙",
    "file separators": "甲\x1c乙\x1d丙\x1e丁\x1f",
    "right to left": "abc\u202egpj.exe",
    "isolate": "\u2066甲\u2069",
    "direction marks": "甲\u200e乙\u200f丙\u061c",
    "line separators": "甲\u2028乙\u2029丙",
    "lone surrogate": "甲\ud800厂\udcff",
    "markup": "[bold red]甲厂[/]",
    "bad markup": "收到[/nope]反馈",
    "link markup": "[link=https://example.org]甲厂[/link]",
    "brackets": "[2020-03-12] 修 [a@example.org]",
    "emoji code": ":smile: :warning:",
    "newline and tab": "甲\n乙\t丙",
    "formula": "=HYPERLINK(1)",
    "html": "<img src=x onerror=y> &lt; |x| `y` *z* _w_ \\",
}


def one(column: Column, *values: Any, **more: Any) -> Report:
    """A report of one column."""
    return Report(Words("标题", "Title"), [column], [(value,) for value in values], **more)


def texts(*values: str) -> Report:
    """A report of one column of texts."""
    return one(Column("text", Words("问题", "Problem")), *values)


PROBLEM_COLUMNS = [
    Column("id", Words("编号", "No.")),
    Column("enterprise", Words("企业", "Enterprise")),
    Column("text", Words("问题", "Problem")),
    Column("category", Words("类别", "Category"), Cell.TERM, brief=False),
    Column("status", Words("状态", "Status"), Cell.CODE),
    Column("light", Words("亮灯", "Light"), Cell.CODE),
    Column("assist", Words("协办单位", "Assisting"), Cell.LIST, brief=False),
    Column("found_on", Words("发现日期", "Found on"), Cell.ABOUT),
    Column("approximate", Words("日期为约数", "Approximate"), Cell.FLAG, brief=False),
    Column("recorded_at", Words("录入时间", "Recorded at"), Cell.MOMENT, brief=False),
    Column("place", Words("名次", "Rank"), Cell.COUNT, brief=False, machine=False),
]

PROBLEMS: list[tuple[Any, ...]] = [
    (
        "3-1",
        "甲厂有限责任公司",
        "原材料紧张，需协调",
        Term("materials", "原料", "materials"),
        Status.DOING,
        Light.RED,
        ("乙局", "丙局"),
        "2020-03-12",
        True,
        "2020-03-12T04:00:00Z",
        1,
    ),
    ("3-2", None, "口罩不足", None, Status.OPEN, Light.GREY, (), "2020-03-11", False, "2020-03-11T16:00:01Z", None),
]


def problems(rows: Iterable[tuple[Any, ...]] = tuple(PROBLEMS)) -> Report:
    """A listing as ``fugong list`` has it."""
    return Report(Words("问题台账", "Problems"), PROBLEM_COLUMNS, rows, facts={"as_of": "2020-03-12"})


def progress() -> Report:
    """Sums with a total, facts, notes and a footer, as ``fugong progress`` has them."""
    published = Report(
        Words("公布口径", "Published"),
        [Column("measure", Words("指标", "Measure")), Column("value", Words("公布数", "Stated"), Cell.COUNT)],
        [("发现问题", 73)],
    )
    return Report(
        Words("进展", "Progress"),
        [
            Column("team", Words("组", "Team")),
            Column("found", Words("发现", "Found"), Cell.COUNT),
            Column("rate", Words("解决率", "Rate"), Cell.RATE),
        ],
        [("1", 4, 0.0), ("2", 0, None), ("3", 73, 59 / 73)],
        total=(None, 77, 59 / 77),
        facts={"published": [{"measure": "found", "value": 73}], "as_of": "2020-03-12"},
        notes=[Words("截至 2020-03-12。", "As of 2020-03-12.")],
        footer=published,
    )
