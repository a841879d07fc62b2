"""Every kind of value has one form for people, in each language, and one for JSON."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from fugong.output.cells import heading, one_line, shown, shown_rows, shown_total, visible
from fugong.results.report import Cell, Change, Column, Ratio, Report, Term, record
from fugong.vocab import Language, Status, Words

ZONE = "Asia/Shanghai"
MASKS = Term("masks", "口罩", "masks")
INSTANT = datetime(2020, 3, 11, 16, 0, 1, 250_000, tzinfo=UTC)

CASES = [
    (Cell.TEXT, "甲厂", "甲厂", "甲厂", "甲厂"),
    (Cell.COUNT, 1200, "1200", "1200", 1200),
    (Cell.RATIO, Ratio(59, 73), "80.8%（59/73）", "80.8% (59/73)", {"count": 59, "of": 73, "rate": 0.8082}),
    (Cell.RATIO, Ratio(0, 0), "—", "—", {"count": 0, "of": 0, "rate": None}),
    (Cell.RATE, 59 / 73, "80.8%", "80.8%", 59 / 73),
    (Cell.RATE, 1, "100.0%", "100.0%", 1),
    (Cell.CHANGE, Change(12, 15), "12 -3", "12 -3", {"now": 12, "before": 15, "change": -3}),
    (Cell.CHANGE, Change(2, 2), "2", "2", {"now": 2, "before": 2, "change": 0}),
    (
        Cell.PARTS,
        Change(Ratio(8, 11), Ratio(0, 0)),
        "8/11",
        "8/11",
        {"now": {"count": 8, "of": 11, "rate": 0.7273}, "before": {"count": 0, "of": 0, "rate": None}},
    ),
    (Cell.TREND, (0, 3, 1), "0 3 1", "0 3 1", [0, 3, 1]),
    (Cell.DATE, "2020-03-12", "2020-03-12", "2020-03-12", "2020-03-12"),
    (Cell.DATE, date(2020, 3, 12), "2020-03-12", "2020-03-12", "2020-03-12"),
    (Cell.ABOUT, "2020-03-12", "2020-03-12", "2020-03-12", "2020-03-12"),
    (Cell.DUE, "2020-03-12", "2020-03-12", "2020-03-12", "2020-03-12"),
    (Cell.MOMENT, "2020-03-12T04:00:00Z", "2020-03-12 12:00:00", "2020-03-12 12:00:00", "2020-03-12T04:00:00Z"),
    (Cell.MOMENT, "2020-03-12T04:00:00", "2020-03-12 12:00:00", "2020-03-12 12:00:00", "2020-03-12T04:00:00Z"),
    (Cell.MOMENT, INSTANT, "2020-03-12 00:00:01", "2020-03-12 00:00:01", "2020-03-11T16:00:01.250000Z"),
    (Cell.CODE, Status.DOING, "办理中", "in progress", "doing"),
    (Cell.TERM, MASKS, "口罩", "masks", "masks"),
    (Cell.FLAG, True, "是", "yes", True),
    (Cell.FLAG, 0, "否", "no", False),
    (Cell.LIST, ("甲局", "乙局"), "甲局、乙局", "甲局, 乙局", ["甲局", "乙局"]),
    (Cell.LIST, (), "", "", []),
    (Cell.TERMS, (MASKS, MASKS), "口罩、口罩", "masks, masks", ["masks", "masks"]),
    (Cell.CODES, (Status.OPEN, Status.VOID), "待办、作废", "open, void", ["open", "void"]),
]


def column(cell: Cell) -> Column:
    return Column("key", Words("列", "Column"), cell)


def bare(cell: Cell, value: Any) -> Any:
    """The value of one cell as JSON has it."""
    return record([column(cell)])((value,))["key"]


def test_every_kind_of_cell_has_a_case() -> None:
    assert {cell for cell, *_ in CASES} == set(Cell)


@pytest.mark.parametrize(("cell", "value", "zh", "en", "plain"), CASES)
def test_a_value_is_shown_in_the_language_of_the_run_and_bare_in_json(
    monkeypatch: pytest.MonkeyPatch, cell: Cell, value: Any, zh: str, en: str, plain: Any
) -> None:
    for language, expected in (("zh", zh), ("en", en)):
        monkeypatch.setenv("FUGONG_LANG", language)
        assert shown(column(cell), ZONE)(value) == expected
        assert bare(cell, value) == plain
        assert type(bare(cell, value)) is type(plain)


_NOTHING = {Cell.RATE: "—", Cell.RATIO: "—", Cell.PARTS: "-"}


@pytest.mark.parametrize("cell", Cell)
def test_none_is_blank_but_for_a_rate_and_null_in_json(cell: Cell) -> None:
    assert shown(column(cell), ZONE)(None) == _NOTHING.get(cell, "")
    assert bare(cell, None) is None


def test_a_moment_is_shown_in_the_time_zone_of_the_store() -> None:
    assert shown(column(Cell.MOMENT), "Europe/Berlin")("2020-03-12T04:00:00Z") == "2020-03-12 05:00:00"


DATES = [
    Column("found_on", Words("发现", "Found"), Cell.ABOUT),
    Column("due_on", Words("时限", "Due"), Cell.DATE),
    Column("approximate", Words("约数", "Approximate"), Cell.FLAG, brief=False),
]


def dates(*rows: tuple[Any, ...]) -> list[list[str]]:
    report = Report(Words("标题", "Title"), DATES, rows)
    return list(map(shown_rows(report), rows))


def test_an_approximate_row_says_so_in_its_approximate_dates_only() -> None:
    assert dates(
        ("2020-03-12", "2020-03-20", True), ("2020-03-12", "2020-03-20", False), (None, "2020-03-20", True)
    ) == [["约 2020-03-12", "2020-03-20"], ["2020-03-12", "2020-03-20"], ["", "2020-03-20"]]


@pytest.mark.usefixtures("english")
def test_an_approximate_date_in_english() -> None:
    assert dates(("2020-03-12", None, True)) == [["about 2020-03-12", ""]]


def test_a_total_names_itself_unless_the_report_did() -> None:
    columns = [Column("team", Words("组", "Team")), Column("found", Words("发现", "Found"), Cell.COUNT)]
    totals = [None, (None, 73), ("全县", 73)]
    reports = [Report(Words("标题", "Title"), columns, (), total=total) for total in totals]
    assert [shown_total(report) for report in reports] == [[], ["合计", "73"], ["全县", "73"]]


def test_a_heading_follows_the_run_unless_told_otherwise() -> None:
    words = Words("企业", "Enterprise")
    assert [heading(words), heading(words, Language.ZH), heading(words, Language.EN)] == ["企业", "企业", "Enterprise"]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("甲厂 ✓ 𠮷　（）", "甲厂 ✓ 𠮷　（）"),
        ("甲\n乙\t丙", "甲\n乙\t丙"),
        ("\x1b[2J", "␛[2J"),
        ("\x00\r\x7f", "␀␍␡"),
        ("\x9b\x85", "<U+009B><U+0085>"),
        ("\u202e\u2066\u200f\u061c\u2028", "<U+202E><U+2066><U+200F><U+061C><U+2028>"),
        ("\ud800", "<U+D800>"),
    ],
)
def test_what_would_act_on_a_terminal_is_made_visible(text: str, seen: str) -> None:
    assert visible(text) == seen


def test_one_line_has_no_breaks_and_tabs() -> None:
    assert one_line("甲\n乙\t丙") == "甲 乙 丙"
