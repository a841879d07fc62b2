"""Plain: a header and one record a line, tab-separated, brief columns, data only."""

import pytest
from tests.output.samples import problems, progress, texts

from fugong.output import plain
from fugong.vocab import Language


def test_a_listing() -> None:
    assert "".join(plain.pieces(problems())) == (
        "编号\t企业\t问题\t状态\t亮灯\t发现日期\n"
        "3-1\t甲厂有限责任公司\t原材料紧张，需协调\t办理中\t红\t约 2020-03-12\n"
        "3-2\t\t口罩不足\t待办\t灰\t2020-03-11\n"
    )


def test_the_total_is_last_and_the_footer_is_a_block_of_its_own_without_notes() -> None:
    assert "".join(plain.pieces(progress())) == (
        "组\t发现\t解决率\n1\t4\t0.0%\n2\t0\t—\n3\t73\t80.8%\n合计\t77\t76.6%\n\n指标\t公布数\n发现问题\t73\n"
    )


@pytest.mark.usefixtures("english")
def test_a_listing_in_english() -> None:
    assert "".join(plain.pieces(problems())).splitlines()[:2] == [
        "No.\tEnterprise\tProblem\tStatus\tLight\tFound on",
        "3-1\t甲厂有限责任公司\t原材料紧张，需协调\tin progress\tred\tabout 2020-03-12",
    ]


def test_the_language_of_the_headings_can_be_chosen() -> None:
    lines = "".join(plain.pieces(progress(), header=Language.EN)).splitlines()
    assert (lines[0], lines[6]) == ("Team\tFound\tRate", "Measure\tStated")


def test_a_record_is_one_line_whatever_its_text() -> None:
    assert "".join(plain.pieces(texts("甲\n乙\t丙"))) == "问题\n甲 乙 丙\n"


def test_an_empty_listing_has_its_header() -> None:
    assert "".join(plain.pieces(problems([]))) == "编号\t企业\t问题\t状态\t亮灯\t发现日期\n"
