"""A table on a terminal is fitted to its width: what is left out is said, and what matters is never cut."""

import re
from typing import Any

import pytest
from rich.cells import cell_len
from tests.output.samples import progress

from fugong.output import terminal as writer
from fugong.results.report import Cell, Column, OnScreen, Ratio, Report
from fugong.vocab import Light, Status, Words

COLUMNS = [
    Column("id", Words("编号", "No.")),
    Column("enterprise", Words("企业", "Enterprise")),
    Column("text", Words("问题", "Problem")),
    Column("status", Words("状态", "Status"), Cell.CODE),
    Column("light", Words("亮灯", "Light"), Cell.CODE),
    Column("department", Words("责任单位", "Department")),
    Column("person", Words("责任人", "Person responsible"), short=Words("人", "Who")),
    Column("found_on", Words("发现日期", "Found on"), Cell.DATE),
    Column("due_on", Words("时限", "Due"), Cell.DATE),
]
LONG_TEXT = "石灰石矿区道路被村民堵塞，运料车进不去，库存只够三天，" * 8
FIRM = "云岭县南坡水泥有限责任公司"


def row(**other: Any) -> tuple[Any, ...]:
    usual = {
        "id": "5-2", "enterprise": FIRM, "text": "缺石灰石", "status": Status.DOING, "light": Light.RED,
        "department": "交通局", "person": None, "found_on": "2019-12-30", "due_on": "2020-03-12",
    }  # fmt: skip
    return tuple((usual | other)[column.key] for column in COLUMNS)


def drawn(monkeypatch: pytest.MonkeyPatch, width: int, *rows: tuple[Any, ...], **more: Any) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("FUGONG_TODAY", "2020-03-20")
    report = Report(Words("问题", "Problems"), COLUMNS, rows, spare=("found_on", "status"), **more)
    lines = re.sub(r"\x1b\[[0-9;]*m", "", "".join(writer.pieces(report, live=True, fitted=True))).splitlines()
    if "──" in lines[2]:  # where not even a word has room, each record is a card, which the terminal wraps
        assert max(map(cell_len, lines[:-1])) <= width
    return lines


def test_a_date_of_this_year_has_no_year_and_another_keeps_it(monkeypatch: pytest.MonkeyPatch) -> None:
    line = next(line for line in drawn(monkeypatch, 120, row()) if "5-2" in line)
    assert "2019-12-30  03-12 逾8天" in line


def test_rates_take_less_room_before_a_name_is_folded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    columns = [Column("name", Words("帮扶组", "Team"))] + [
        Column(f"r{at}", Words("率", "Rate"), Cell.RATIO) for at in "123456"
    ]
    rows = [("第一帮扶组", *[Ratio(4, 6)] * 6), ("第二帮扶组", *[Ratio(0, 0)] * 5, Ratio(11, 11))]
    report = Report(Words("率", "Rates"), columns, rows, total=(None, *[Ratio(4, 6)] * 5, Ratio(99, 100)))
    lines = re.sub(r"\x1b\[[0-9;]*m", "", "".join(writer.pieces(report, live=True, fitted=True))).splitlines()
    assert lines[3].split()[:3] == ["第一帮扶组", "4/6", "67%"]
    assert [line.split()[-2:] for line in lines[3:5]] == [["4/6", "67%"], ["11/11", "100%"]]
    assert (lines[6].startswith("合计"), lines[6].split()[-2:]) == (True, ["99/100", "99%"])


def test_notes_under_a_table_break_between_words(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = drawn(monkeypatch, 62, row(), notes=[Words("注", "注"), Words("a word and another " * 6, "x")])
    assert all(line.rstrip().endswith(("word", "and", "a", "another")) for line in lines[-2:])


def test_a_column_without_values_is_left_out_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = drawn(monkeypatch, 120, row())
    assert "责任人" not in lines[1]
    assert lines[-2:] == ["共 1 个：红 1。", "未显示：责任人（--wide 全部列出）。"]


def test_where_there_is_no_room_spare_columns_go_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    wide, narrow = (drawn(monkeypatch, width, row(text=LONG_TEXT)) for width in (100, 62))
    assert "发现日期" in wide[1]
    assert "发现日期" not in narrow[1]
    assert narrow[-1] == "未显示：责任人、发现日期、状态（--wide 全部列出）。"


def test_a_text_has_three_lines_and_says_where_the_rest_is(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = drawn(monkeypatch, 80, row(text=LONG_TEXT))
    assert len(lines) == 3 + 3 + 2
    assert "… show 5-2" in lines[5]


@pytest.mark.parametrize(("number", "rest"), [("5-2*", "show 5-2"), ("公布", "--wide"), ("2020-03-28", "--wide")])
def test_only_a_number_is_one_to_show(monkeypatch: pytest.MonkeyPatch, number: str, rest: str) -> None:
    lines = drawn(monkeypatch, 80, row(id=number, text=LONG_TEXT))
    assert re.search(r"… (\S+( \S+)?)", lines[5])[1].split("  ")[0].startswith(rest)  # type: ignore[index]


def test_a_moment_of_this_year_has_no_year(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUGONG_TODAY", "2020-03-20")
    columns = [Column("at", Words("录入时间", "Entered"), Cell.MOMENT)]
    report = Report(Words("录入", "Entered"), columns, [("2020-03-20T04:00:00Z",)])
    assert "\n03-20 12:00:00\n" in "".join(writer.pieces(report, live=True, fitted=True))


def test_firms_go_by_their_short_names(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = drawn(monkeypatch, 80, row(), short_names=lambda: {FIRM: "南坡水泥"})
    assert FIRM not in "\n".join(lines)
    assert "南坡水泥" in lines[3]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", range(40, 130, 10))
def test_no_heading_no_number_and_no_date_is_ever_broken(
    monkeypatch: pytest.MonkeyPatch, width: int, language: str
) -> None:
    monkeypatch.setenv("FUGONG_LANG", language)
    text = "\n".join(drawn(monkeypatch, width, row(text=LONG_TEXT, person="测试员甲")))
    for whole in ("5-2", "03-12") if width >= 60 else ("5-2",):
        assert whole in text
    lines = text.splitlines()
    if "──" in text and width >= 60:
        rule = next(place for place, line in enumerate(lines) if line.startswith("──"))
        heads = [getattr(words, language) for each in COLUMNS for words in (each.head, each.short) if words]
        known = {word.casefold() for head in heads for word in head.split()}
        assert {word.casefold() for line in lines[1:rule] for word in line.split()} <= known


@pytest.mark.parametrize(("width", "shown"), [(80, False), (100, True)])
def test_spare_columns_go_before_a_text_folds_where_there_are_less_than_a_hundred_columns(
    monkeypatch: pytest.MonkeyPatch, width: int, shown: bool
) -> None:
    lines = drawn(monkeypatch, width, row(text=LONG_TEXT), short_names=lambda: {FIRM: "南坡水泥"})
    assert ("状态" in lines[1], "发现日期" in lines[1]) == (shown, shown)
    assert ("状态" in lines[-1], "发现日期" in lines[-1]) == (not shown, not shown)


def test_a_fitted_table_has_its_own_title_with_the_day_and_keeps_columns_for_wide(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dated = Words("截至 2020-03-20 周五", "as of Fri 2020-03-20")
    apart = OnScreen(Words("在办", "In hand"), dated, wide=("department",))
    notes = [Words("截至 2020-03-20", "As of 2020-03-20"), Words("注", "note")]
    lines = drawn(monkeypatch, 120, row(), notes=notes, on_screen=apart)
    assert lines[0] == "在办  截至 2020-03-20 周五"
    assert ("责任单位" in lines[1], lines[-2:]) == (False, ["未显示：责任人、责任单位（--wide 全部列出）。", "注"])


@pytest.mark.parametrize(("width", "barred"), [(24, False), (40, True)])
def test_bars_stand_behind_the_rates_and_are_the_first_to_go(
    monkeypatch: pytest.MonkeyPatch, width: int, barred: bool
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    columns = [
        Column("name", Words("帮扶组", "Team"), short=Words("组", "Team")),
        Column("rate", Words("解决率", "Rate"), Cell.RATE),
        Column("found", Words("发现", "Found"), Cell.COUNT),
    ]
    report = Report(Words("进展", "Progress"), columns, [("甲", 0.667, 3), ("乙", None, 0)])
    lines = re.sub(r"\x1b\[[0-9;]*m", "", "".join(writer.pieces(report, live=True, fitted=True))).splitlines()
    assert lines[1].split() == ["组", "解决率", "发现"]
    assert lines[3].split() == ["甲", "66.7%", *(["■■■■■■□□□□"] if barred else []), "3"]
    assert lines[4].split() == ["乙", "-", "0"]
    assert cell_len(lines[3]) == cell_len(lines[4]) <= width


def test_the_day_of_a_cut_off_has_its_weekday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUGONG_TODAY", "2020-03-20")
    columns = [Column("value", Words("数", "Value"), Cell.COUNT), Column("as_of", Words("截至", "As of"), Cell.DATE)]
    report = Report(Words("公布口径", "Published"), columns, [(73, "2020-03-12")])
    assert "73  03-12 周四" in "".join(writer.pieces(report, live=True, fitted=True))
    monkeypatch.setenv("FUGONG_LANG", "en")
    report = report._replace(rows=[(73, "2020-03-12")])
    assert "73  Thu 03-12" in "".join(writer.pieces(report, live=True, fitted=True))


def test_what_is_late_is_red(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    columns = [Column("team", Words("组", "Team")), Column("overdue", Words("逾期", "Late"), Cell.COUNT)]
    report = Report(Words("进展", "Progress"), columns, [("1", 0), ("2", 3)])
    first, second = "".join(writer.pieces(report, live=True, fitted=True)).splitlines()[-2:]
    assert ("\x1b[1;31m" in first, "\x1b[1;31m" in second) == (False, True)


def test_a_table_with_a_total_needs_no_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUGONG_TODAY", "2020-03-20")
    drawn_ = "".join(writer.pieces(progress(), live=True, fitted=True))
    assert "共 " not in drawn_
    assert "公布口径" in drawn_


def test_a_total_is_called_so_when_the_column_that_said_it_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "18")
    columns = [
        Column("team", Words("组号", "No.")),
        Column("name", Words("帮扶组", "Team")),
        Column("found", Words("发现", "Found"), Cell.COUNT),
    ]
    report = Report(Words("进展", "Progress"), columns, [("1", "第一帮扶组", 2)], total=("", "", 2), spare=("team",))
    lines = re.sub(r"\x1b\[[0-9;]*m", "", "".join(writer.pieces(report, live=True, fitted=True))).splitlines()
    assert lines[1].split() == ["帮扶组", "发现"]
    assert next(line for line in lines if line.startswith("合计")).split() == ["合计", "2"]
    assert "".join(lines).replace(" ", "").endswith("未显示：组号（--wide全部列出）。")
    assert max(map(cell_len, lines)) <= 18


def test_what_a_problem_lacks_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = drawn(monkeypatch, 100, row(), row(id="5-4", enterprise=None, department=None, due_on=None))
    (bare,) = [line for line in lines if "5-4" in line]
    assert (bare.count("未定"), "未具名" in bare) == (2, True)
    assert not any("未定" in line for line in drawn(monkeypatch, 100, row(department=None, due_on=None)))
