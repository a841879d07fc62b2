"""What may be stored as an attribute of field work: cleaned, in its limits, and no day that has not come."""

from collections.abc import Callable, Mapping
from typing import Any

from fugong.domain.history import Writer
from fugong.values import quantities, texts
from fugong.values.texts import LINE, NAME, TEXT
from fugong.vocab import FIELDS

REQUIRED = ("text", "name")
"""A text that must say something; a blank one elsewhere means that there is none."""
_LIMITS = {
    "text": TEXT, "summary": TEXT, "remark": TEXT,
    "key": LINE, "origin": LINE, "place": LINE, "source": LINE,
    "item": NAME, "name": NAME, "unit": NAME,
}  # fmt: skip
_NAMES = ("done_by", "guests")
_DAYS = ("on_date", "promoted_on", "as_of")


def checked(writer: Writer, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values fit to be stored; those that are references are taken as they are.

    Raises:
        BlankText, TextTooLong, ControlCharacter, ListMark: A text or name is not fit.
        BadQuantity: The quantity is none.
        FutureDate: A day has not come.
    """
    return {name: _check(writer, name)(value) for name, value in values.items()}


def _check(writer: Writer, name: str) -> Callable[[Any], Any]:
    if name in _LIMITS:
        return lambda text: _text(name, text)
    if name in _NAMES:
        return lambda given: [texts.clean_name(each, what=FIELDS[name], limit=NAME) for each in given]
    if name in _DAYS:
        return lambda day: day and writer.past(day)
    if name == "quantity":
        return lambda text: quantities.clean(text) if text else None
    return lambda value: value


def _text(name: str, text: str | None) -> str | None:
    if name not in REQUIRED and not (text and text.strip()):
        return None
    return texts.clean(text or "", what=FIELDS[name], limit=_LIMITS[name], lines=_LIMITS[name] == TEXT)
