"""Personal data: telephone numbers, checked when they come in and masked when they go out."""

import re

from fugong.errors.entries import BadPhone

_MOBILE = r"1\d{10}"
_NUMBER = r"\+?[\d()-]{5,24}"
_LEAST, _MOST = 5, 15
_SHOWN = 4

_DIGIT = "[0-9０-９]"
_FOUR = _DIGIT * 4
MOBILE_IN_TEXT = (
    f"(?<!{_DIGIT})(((00|[+＋])?(86|８６)[- －]?)?[1１][3-9３-９]{_DIGIT})[- －]?{_FOUR}[- －]?({_FOUR})(?!{_DIGIT})"
)
"""A mobile number within a text, as Python and PostgreSQL both read it: no part of a longer run of digits; in groups,
and with the country code, as people write it. It has no colon, which SQLAlchemy would take for a parameter."""
MASKED_IN_TEXT = r"\1****\5"


def clean_phone(given: str) -> str | None:
    """A telephone number as it is stored: without blanks; a blank one is none.

    Raises:
        BadPhone: It is none. The refusal does not repeat it.
    """
    number = "".join(given.split())
    if not number:
        return None
    if not re.fullmatch(_NUMBER, number) or not _LEAST <= sum(map(str.isdigit, number)) <= _MOST:
        raise BadPhone
    return number


def masked(phone: str | None) -> str | None:
    """A number as outputs show it: 138****5678; of others than mobile ones, the last four digits."""
    if phone is None:
        return None
    if re.fullmatch(_MOBILE, phone):
        return f"{phone[:3]}****{phone[-_SHOWN:]}"
    return "*" * (len(phone) - _SHOWN) + phone[-_SHOWN:]


def masked_in(text: str) -> str:
    """A text for people outside the office, mobile numbers in it masked; who must call reads the list."""
    return re.sub(MOBILE_IN_TEXT, MASKED_IN_TEXT, text)
