"""Markdown: a pipe table that shows every text character for character."""

import pytest
from tests.output.samples import problems, progress, texts

from fugong.output import markdown
from fugong.vocab import Language


def test_a_listing() -> None:
    assert "".join(markdown.pieces(problems())) == (
        "## 问题台账\n\n"
        "| 编号 | 企业 | 问题 | 状态 | 亮灯 | 发现日期 |\n"
        "| --- | --- | --- | --- | --- | --- |\n"
        "| 3-1 | 甲厂有限责任公司 | 原材料紧张，需协调 | 办理中 | 红 | 约 2020-03-12 |\n"
        "| 3-2 |  | 口罩不足 | 待办 | 灰 | 2020-03-11 |\n"
    )


def test_total_notes_and_footer() -> None:
    assert "".join(markdown.pieces(progress())) == (
        "## 进展\n\n"
        "| 组 | 发现 | 解决率 |\n"
        "| --- | ---: | ---: |\n"
        "| 1 | 4 | 0.0% |\n"
        "| 2 | 0 | — |\n"
        "| 3 | 73 | 80.8% |\n"
        "| **合计** | **77** | **76.6%** |\n"
        "\n- 截至 2020-03-12。\n"
        "\n### 公布口径\n\n"
        "| 指标 | 公布数 |\n| --- | ---: |\n| 发现问题 | 73 |\n"
    )


@pytest.mark.usefixtures("english")
def test_english() -> None:
    written = "".join(markdown.pieces(progress()))
    assert written.startswith("## Progress\n\n| Team | Found | Rate |\n")
    assert "| **Total** | **77** | **76.6%** |\n\n- As of 2020-03-12.\n\n### Published\n" in written


def test_the_language_of_the_headings_can_be_chosen() -> None:
    assert "| Team | Found | Rate |\n" in "".join(markdown.pieces(progress(), header=Language.EN))


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("甲|乙", r"甲\|乙"),
        ("甲\\", r"甲\\"),
        ("甲\n乙\t丙", "甲<br>乙 丙"),
        ("<b>&amp;", r"\<b\>\&amp;"),
        ("[a](b) *c* _d_ `e` ~~f~~", r"\[a\](b) \*c\* \_d\_ \`e\` \~\~f\~\~"),
    ],
)
def test_markup_in_a_text_is_escaped(text: str, cell: str) -> None:
    assert "".join(markdown.pieces(texts(text))).splitlines()[-1] == f"| {cell} |"
