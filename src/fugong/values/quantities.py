"""Quantities as people state them: a number or a range, kept as stated and added as such."""

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

from fugong.errors.entries import BadQuantity

_NUMBER = r"\d{1,15}(?:\.\d{1,6})?"
_FORM = re.compile(f"({_NUMBER})(?:-({_NUMBER}))?", re.ASCII)
_DASHES = re.compile(r"[–—―−~∼〜至到]+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


class Quantity(NamedTuple):
    """What was stated: ``low`` and ``high`` are the same where it is exact."""

    low: Decimal
    high: Decimal

    def plus(self, other: "Quantity") -> "Quantity":
        """Both together: the least and the most that they can be."""
        return Quantity(self.low + other.low, self.high + other.high)

    def __str__(self) -> str:
        """As people write it: 1500, 400-500."""
        low, high = map(_written, self)
        return low if low == high else f"{low}-{high}"


def clean(text: str) -> str:
    """A quantity in the form that the store keeps, its digits as stated: 1,000 → 1000, 400～500 → 400-500.

    Raises:
        BadQuantity: It is neither a number nor a range from less to more.
    """
    plain = _THOUSANDS.sub("", _DASHES.sub("-", "".join(unicodedata.normalize("NFKC", text).split())))
    found = _FORM.fullmatch(plain)
    if found is None or (found[2] and Decimal(found[2]) < Decimal(found[1])):
        raise BadQuantity(value=text)
    return plain


def read(stored: str) -> Quantity:
    """What a quantity that the store keeps amounts to."""
    low, _, high = stored.partition("-")
    return Quantity(Decimal(low), Decimal(high or low))


def _written(number: Decimal) -> str:
    """Without zeros that say nothing: 3, not 3.00."""
    whole = number.to_integral_value()
    return str(whole) if whole == number else f"{number.normalize():f}"


def number(value: Decimal) -> int | float:
    """For JSON: an integer where it is one."""
    return int(value) if value == value.to_integral_value() else float(value)
