"""The table: everything is there at every width, nothing acts on the terminal, and pipes get no colour."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from tests.output.conftest import FakeTerminal
from tests.output.samples import PROBLEMS, one, problems, progress, texts

from fugong.output import layout
from fugong.output import terminal as writer
from fugong.output.cells import visible
from fugong.results.report import Cell, Column, Report
from fugong.vocab import Light, Words

COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def piped(report: Report) -> str:
    return "".join(writer.pieces(report, live=False))


def live(report: Report) -> str:
    return "".join(writer.pieces(report, live=True))


def uncoloured(text: str) -> str:
    return COLOUR.sub("", text)


def trimmed(text: str) -> str:
    return "".join(line.rstrip() + "\n" for line in uncoloured(text).splitlines())


def unfolded(text: str) -> str:
    return "".join(text.split())


def test_in_a_pipe_a_table_has_its_natural_width_and_no_colour() -> None:
    assert piped(problems()) == (
        "问题台账\n"
        "编号  企业              问题                状态    亮灯  发现日期\n"
        "───────────────────────────────────────────────────────────────────────\n"
        "3-1   甲厂有限责任公司  原材料紧张，需协调  办理中  ● 红  约 2020-03-12\n"
        "3-2                     口罩不足            待办    ● 灰  2020-03-11\n"
    )


def test_total_notes_and_footer() -> None:
    assert piped(progress()) == (
        "进展\n"
        "组    发现  解决率\n"
        "──────────────────\n"
        "1        4    0.0%\n"
        "2        0       -\n"
        "3       73   80.8%\n"
        "──────────────────\n"
        "合计    77   76.6%\n"
        "截至 2020-03-12。\n"
        "\n"
        "公布口径\n"
        "指标      公布数\n"
        "────────────────\n"
        "发现问题      73\n"
    )


@pytest.mark.usefixtures("english")
def test_in_english() -> None:
    assert piped(progress()) == (
        "Progress\n"
        "Team   Found   Rate\n"
        "───────────────────\n"
        "1          4   0.0%\n"
        "2          0      -\n"
        "3         73  80.8%\n"
        "───────────────────\n"
        "Total     77  76.6%\n"
        "As of 2020-03-12.\n"
        "\n"
        "Published\n"
        "Measure   Stated\n"
        "────────────────\n"
        "发现问题      73\n"
    )


def test_signs_can_be_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUGONG_ASCII", "1")
    assert piped(one(Column("light", Words("亮灯", "Light"), Cell.CODE), Light.RED)) == "标题\n亮灯\n----\n* 红\n"
    assert " 80.8%  ########..\n" in live(progress())


@pytest.mark.parametrize("setting", ["", "0"])
def test_ascii_signs_are_only_on_request(monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
    monkeypatch.setenv("FUGONG_ASCII", setting)
    assert "──" in piped(progress())


def test_every_sign_but_letters_is_in_gb2312() -> None:
    "".join(layout.Marks(*"─●■□")).encode("gb2312")


def test_a_terminal_with_room_shows_bars_beside_the_rates() -> None:
    assert trimmed(live(progress())).startswith(
        "进展\n"
        "组    发现  解决率\n"
        "──────────────────────────────\n"
        "1        4    0.0%  □□□□□□□□□□\n"
        "2        0       -\n"
        "3       73   80.8%  ■■■■■■■■□□\n"
        "──────────────────────────────\n"
        "合计    77   76.6%  ■■■■■■■□□□\n"
    )


def test_only_all_fills_a_bar() -> None:
    rates = one(Column("rate", Words("解决率", "Rate"), Cell.RATE), 0.9999, 1)
    assert trimmed(live(rates)).splitlines()[3:] == [" 99.9%  ■■■■■■■■■□", "100.0%  ■■■■■■■■■■"]


def test_a_terminal_without_room_for_bars_shows_the_rates_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    assert trimmed(live(progress())) == piped(progress())


def test_lights_are_a_coloured_sign_and_a_word() -> None:
    lights = one(Column("light", Words("亮灯", "Light"), Cell.CODE), *Light)
    assert [line for line in live(lights).splitlines() if "●" in line] == [
        "\x1b[31m● 红\x1b[0m",
        "\x1b[33m● 黄\x1b[0m",
        "\x1b[32m● 绿\x1b[0m",
        "\x1b[90m● 灰\x1b[0m",
    ]


def test_no_color_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert not re.search(r"\x1b\[(3|4|9|10)\d", live(problems()))


def test_a_dumb_terminal_gets_no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b" not in live(problems())


def test_a_pipe_gets_no_colour_even_if_the_environment_forces_it(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = piped(problems())
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", "10")
    assert piped(problems()) == expected


def test_on_a_narrower_terminal_texts_fold_and_dates_stay_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    assert trimmed(live(problems())) == (
        "问题台账\n"
        "编号  企业         问题         状态    亮灯  发现日期\n"
        "───────────────────────────────────────────────────────────\n"
        "3-1   甲厂有限责   原材料紧     办理中  ● 红  约 2020-03-12\n"
        "      任公司       张，需协调\n"
        "3-2                口罩不足     待办    ● 灰  2020-03-11\n"
    )


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("columns", range(30, 90, 5))
def test_headings_break_between_words_alone(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    heads = [column.head for column in problems().columns if column.brief]
    assert {word for head in heads for word in head.en.split()} <= set(re.split(r"[\s:]+", trimmed(live(problems()))))


@pytest.mark.usefixtures("english")
def test_words_stay_whole_before_dates_do(monkeypatch: pytest.MonkeyPatch) -> None:
    report = Report(
        Words("标题", "Title"),
        [
            Column("text", Words("问题", "Problem")),
            Column("to", Words("责任单位", "Responsible department")),
            Column("on", Words("日期", "Found"), Cell.ABOUT),
            Column("approximate", Words("约", "about"), Cell.FLAG, brief=False),
        ],
        [("原材料紧张，需县里协调 immediately", "transportation", "2020-03-12", True)],
    )
    monkeypatch.setenv("COLUMNS", "43")
    assert trimmed(live(report)).splitlines()[1:] == [
        "            Responsible",
        "Problem     department     Found",
        "───────────────────────────────────────────",
        "原材料紧    transportation about 2020-03-12",
        "张，需县里",
        "协调",
        "immediately",
    ]
    monkeypatch.setenv("COLUMNS", "38")
    assert trimmed(live(report)).splitlines()[1:] == [
        "            Responsible",
        "Problem     department     Found",
        "──────────────────────────────────────",
        "原材料紧    transportation about",
        "张，需县里                 2020-03-12",
        "协调",
        "immediately",
    ]


def test_columns_move_together_before_a_cell_is_folded(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = trimmed(live(problems())).splitlines()[2]  # the rule is as long as the table is wide
    monkeypatch.setenv("COLUMNS", str(len(wide) - 1))
    narrow = trimmed(live(problems())).splitlines()
    gaps = sum(column.brief for column in problems().columns) - 1
    assert (len(narrow), len(narrow[2])) == (5, len(wide) - gaps)


def test_columns_move_together_before_they_become_cards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "45")
    assert trimmed(live(problems())).splitlines()[1] == "编号 企业     问题     状态   亮灯 发现日期"


def test_on_a_very_narrow_terminal_each_record_is_a_card(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    assert uncoloured(live(problems())) == (
        "问题台账\n"
        "编号：3-1\n"
        "企业：甲厂有限责任公司\n"
        "问题：原材料紧张，需协调\n"
        "状态：办理中\n"
        "亮灯：● 红\n"
        "发现日期：约 2020-03-12\n"
        "\n"
        "编号：3-2\n"
        "问题：口罩不足\n"
        "状态：待办\n"
        "亮灯：● 灰\n"
        "发现日期：2020-03-11\n"
    )


def test_a_total_is_the_last_card(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "10")
    assert uncoloured(live(progress())).endswith(
        "\n\n组：合计\n发现：77\n解决率：76.6%\n截至 2020-03-12。\n\n公布口径\n指标：发现问题\n公布数：73\n"
    )


@pytest.mark.parametrize("width", [20, 40, 80])
def test_no_text_is_lost_and_no_line_of_a_table_is_too_long(
    terminal: Callable[[int], FakeTerminal], width: int
) -> None:
    terminal(width)
    long = "石料厂未开工、原材料紧张[/]，需应急局、国土局、工信局协调解决 as soon as possible，[red]尽快"
    report = Report(
        Words("标题", "Title"),
        [Column("no", Words("编号", "No.")), Column("text", Words("问题", "Problem"))],
        [("3-1", long * 3)],
    )
    drawn = uncoloured(live(report))
    column = "".join(line[5:] for line in drawn.splitlines()[3:])
    assert unfolded(column).replace("编号", "") == unfolded(long * 3)
    assert max(map(cell_len, drawn.splitlines())) <= width


anything = st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"]), max_size=120).filter(
    lambda text: visible(text) == text
)


@given(anything, st.sampled_from([20, 40, 80]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_text_nothing_is_lost(monkeypatch: pytest.MonkeyPatch, text: str, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    title, heading, rule, *folded = uncoloured(live(texts(text))).split("\n")
    assert (title, heading.strip(), set(rule)) == ("标题", "问题", {"─"})
    assert unfolded("".join(folded)) == unfolded(text)


def test_a_row_may_have_several_lines() -> None:
    assert piped(texts("甲\n乙\t丙", "丁")) == "标题\n问题\n─────\n甲\n乙 丙\n丁\n"


def test_an_empty_listing_says_so() -> None:
    assert piped(problems([])) == "问题台账\n没有记录。\n"


def many(count: int) -> Iterator[tuple[Any, ...]]:
    return (PROBLEMS[number % 2] for number in range(count))


def test_a_long_listing_is_aligned_line_by_line_as_it_comes() -> None:
    taken = iter(many(10_000))
    lines = writer.pieces(problems(taken), live=True)
    assert [next(lines).rstrip() for _ in range(5)][1:] == [
        "编号  企业              问题                状态    亮灯  发现日期",
        "────  ────────────────  ──────────────────  ──────  ────  ─────────────",
        "3-1   甲厂有限责任公司  原材料紧张，需协调  办理中  ● 红  约 2020-03-12",
        "3-2                     口罩不足            待办    ● 灰  2020-03-11",
    ]
    assert sum(1 for _ in taken) == 10_000 - writer.LONG - 1
    assert len(list(lines)) == writer.LONG + 1 - 2


def test_in_a_long_listing_a_longer_cell_is_not_cut_and_the_total_is_last() -> None:
    columns = [Column("text", Words("问题", "Problem")), Column("found", Words("发现", "Found"), Cell.COUNT)]
    rows = [("甲", 1)] * (writer.LONG + 1) + [("乙" * 20 + "\n丙", 1)]
    lines = piped(Report(Words("标题", "Title"), columns, rows, total=(None, 502))).splitlines()
    assert lines[-4:] == ["甲       1", "乙" * 20 + " 丙     1", "────  ────", "合计   502"]
