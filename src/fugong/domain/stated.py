"""Checking the values that people enter against the declarations of the attributes."""

from collections.abc import Mapping
from typing import Any

from fugong.attributes import PHONE, Attribute, named
from fugong.results.report import Cell
from fugong.values import texts
from fugong.values.personal import clean_phone
from fugong.values.texts import NAME, TEXT
from fugong.vocab import Kind


def fit(kind: Kind, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values of a record's attributes, their texts cleaned and in their limits.

    A blank text means that there is none, unless the attribute must say something. What is no text is taken as it is.

    Raises:
        BlankText, TextTooLong, ControlCharacter, ListMark, BadPhone: A text, name or number is not fit.
    """
    return {name: _fit(named(kind, name), value) for name, value in values.items()}


def _fit(attribute: Attribute, value: Any) -> Any:
    if attribute.within and attribute.cell is Cell.LIST:
        return [texts.clean_name(each, what=attribute.words, limit=NAME) for each in value]
    if not attribute.limit:
        return value
    if not (attribute.needed or (value and value.strip())):
        return None
    if attribute.words is PHONE:
        return clean_phone(value)
    return texts.clean(value or "", what=attribute.words, limit=attribute.limit, lines=attribute.limit == TEXT)
