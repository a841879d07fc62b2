"""Quantities: a number or a range, kept as stated, added as such."""

from decimal import Decimal

import pytest

from fugong.errors.entries import BadQuantity
from fugong.values import quantities


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1000", "1000"),
        ("1,000", "1000"),
        ("１，０００", "1000"),
        ("12,345,678", "12345678"),
        (" 2.50 ", "2.50"),
        ("400-500", "400-500"),
        ("400–500", "400-500"),
        ("400～500", "400-500"),
        ("400 至 500", "400-500"),
        ("1,000到1,500", "1000-1500"),
        ("5-5", "5-5"),
    ],
)
def test_a_quantity_is_kept_as_stated_in_one_form(typed: str, kept: str) -> None:
    assert quantities.clean(typed) == kept
    assert quantities.clean(kept) == kept


@pytest.mark.parametrize(
    "typed", ["", "若干", "-5", "500-400", "1-2-3", "1,00", "1e3", "5只", ".5", "1" * 16, "400-", "٣"]
)
def test_what_is_neither_a_number_nor_a_range_is_refused(typed: str) -> None:
    with pytest.raises(BadQuantity):
        quantities.clean(typed)


@pytest.mark.parametrize(
    ("parts", "total"),
    [
        (["1000", "500"], "1500"),
        (["1000", "400-500"], "1400-1500"),
        (["0.1", "0.2"], "0.3"),
        (["1.50", "1.5"], "3"),
        (["5-5"], "5"),
        (["1000"], "1000"),
    ],
)
def test_ranges_are_added_as_ranges_and_decimals_exactly(parts: list[str], total: str) -> None:
    first, *rest = map(quantities.read, parts)
    for each in rest:
        first = first.plus(each)
    assert str(first) == total


def test_json_gets_an_integer_where_it_is_one() -> None:
    assert [repr(quantities.number(Decimal(each))) for each in ("1500", "2.0", "2.5")] == ["1500", "2", "2.5"]
