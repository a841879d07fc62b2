"""CSV: what Excel and WPS open without mangling or calculating, and what reads back as it was."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.output.samples import one, problems, progress, texts

from fugong.output import csv_
from fugong.output.cells import visible
from fugong.output.csv_ import guard, unguard
from fugong.results.report import Cell, Column
from fugong.vocab import Language, Words

TRIGGER = re.compile(r"['\s]*[=+\-@\t\r＝＋－＠]")

storable = st.text(
    st.characters(exclude_categories=["Cc", "Cf", "Cn", "Cs", "Zl", "Zp"]) | st.sampled_from("\n\t")
).filter(lambda text: visible(text) == text)
"""Texts as the store takes them."""
dangerous = st.text("'=+-@＝＋－＠ \t\r\n　a\"甲,")


def written(report: Any, **options: Any) -> str:
    return "".join(csv_.pieces(report, **options))


def read(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return [[unguard(cell) for cell in row] for row in csv.reader(io.StringIO(text[1:], newline=""))]


def test_a_listing_has_all_columns_a_mark_and_crlf() -> None:
    assert written(problems()) == (
        "\ufeff编号,企业,问题,类别,状态,亮灯,协办单位,发现日期,日期为约数,录入时间,名次\r\n"
        "\t3-1,甲厂有限责任公司,原材料紧张，需协调,原料,办理中,红,乙局、丙局,2020-03-12,是,2020-03-12 12:00:00,1\r\n"
        "\t3-2,,口罩不足,,待办,灰,,2020-03-11,否,2020-03-12 00:00:01,\r\n"
    )


def test_numbers_of_problems_are_bare_under_english_headings() -> None:
    lines = written(problems(), header=Language.EN).splitlines()
    assert [line.partition(",")[0] for line in lines[1:]] == ["3-1", "3-2"]


@pytest.mark.usefixtures("english")
def test_a_listing_in_english() -> None:
    assert written(problems()) == (
        "\ufeffNo.,Enterprise,Problem,Category,Status,Light,Assisting,Found on,Approximate,Recorded at,Rank\r\n"
        '3-1,甲厂有限责任公司,原材料紧张，需协调,materials,in progress,red,"乙局, 丙局",2020-03-12,yes,'
        "2020-03-12 12:00:00,1\r\n"
        "3-2,,口罩不足,,open,grey,,2020-03-11,no,2020-03-12 00:00:01,\r\n"
    )


def test_the_language_of_the_headings_can_be_chosen() -> None:
    assert written(problems([]), header="en").startswith("\ufeffNo.,Enterprise,Problem,")


def test_there_is_no_total_note_or_footer_among_the_records() -> None:
    assert written(progress()) == "\ufeff组,发现,解决率\r\n1,4,0.0%\r\n2,0,—\r\n3,73,80.8%\r\n"


def test_a_negative_count_stays_a_number() -> None:
    assert written(one(Column("difference", Words("差", "Difference"), Cell.COUNT), -62, None)) == (
        '\ufeff差\r\n-62\r\n""\r\n'
    )


def test_a_text_that_would_be_calculated_is_guarded() -> None:
    assert (
        written(texts("=1+1", "＋86", "'@x", " -3", "3-2")) == "\ufeff问题\r\n'=1+1\r\n'＋86\r\n''@x\r\n' -3\r\n3-2\r\n"
    )


@given(st.text() | dangerous)
@example("'=1")
@example("''=1")
@example("'abc")
@example("")
def test_unguard_undoes_guard_and_nothing_guarded_begins_like_a_formula(text: str) -> None:
    guarded = guard(text)
    assert unguard(guarded) == text
    assert guarded == text or guarded == "'" + text
    assert guarded.startswith("'") or not TRIGGER.match(guarded)


@given(dangerous, dangerous)
def test_two_texts_are_never_guarded_into_one(one_text: str, other: str) -> None:
    assert (guard(one_text) == guard(other)) == (one_text == other)


@given(st.lists(storable | dangerous.map(lambda text: text.replace("\r", "")), max_size=5))
def test_texts_read_back_as_they_were(values: list[str]) -> None:
    assert read(written(texts(*values)))[1:] == [[value] for value in values]


def test_records_are_written_as_they_come() -> None:
    """Memory stays flat: a million rows are never held at once."""
    taken = 0

    def rows() -> Iterator[tuple[Any, ...]]:
        nonlocal taken
        while taken < 10_000:
            taken += 1
            yield ("3-1", *[None] * 10)

    pieces = csv_.pieces(problems(rows()))
    next(pieces)
    next(pieces)
    assert taken < 1_000
    assert sum(piece.count("\r\n") for piece in pieces) + taken >= 10_000
