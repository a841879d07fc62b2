"""The one seam between the two languages: everything a person reads passes through it."""

from collections.abc import Iterable
from typing import Protocol

from fugong import config


class Named(Protocol):
    """Anything with a Chinese and an English name."""

    @property
    def zh(self) -> str:
        """Its Chinese name."""

    @property
    def en(self) -> str:
        """Its English name."""


def T(zh: str, en: str) -> str:  # noqa: N802  (a one-letter name keeps four hundred call sites readable)
    """The text in the language of this run."""
    return zh if config.chinese() else en


def name_of(thing: Named) -> str:
    """The name of a code, a term or a heading in the language of this run."""
    return T(thing.zh, thing.en)


def listing(items: Iterable[str]) -> str:
    """Items joined the way the language of this run joins them."""
    return T("、", ", ").join(items)


def quoted(text: str) -> str:
    """A word of a line that is to be typed: in quotes where it has blanks."""
    return f'"{text}"' if " " in text else text
