"""A report for a message of limited size: a title, and parts of which the items may be left out."""

from collections.abc import Sequence
from typing import NamedTuple

from fugong.vocab import Words


class ShortPart(NamedTuple):
    """A sentence, and the items behind it, the most important first."""

    head: Words
    items: Sequence[Words] = ()


class Short(NamedTuple):
    """A whole message."""

    title: Words
    parts: Sequence[ShortPart]
