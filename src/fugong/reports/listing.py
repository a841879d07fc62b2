"""A listing: the attributes that it shows, and how its query and its rows follow from them.

Rows are made some at a time and column by column, each from the columns of the query that it names: in an export that
takes half of the time of making them one by one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from fugong.attributes import Attribute
from fugong.results.report import Cell, Column, Term
from fugong.vocab import Coded

Found = Mapping[str, Sequence[Any]]
"""Some rows of a query: the values of each of its columns."""

_TOGETHER = 100
"""Rows that are made together."""


class Made(NamedTuple):
    """How the values of a column are made where they do not stand in the view as they are."""

    needs: tuple[str, ...]
    """The columns of the query that they are made from."""
    make: Callable[[Found], Iterable[Any]]


class Listing:
    """Attributes to list, in their order."""

    def __init__(self, attributes: Iterable[Attribute], **made: Made) -> None:
        """Choose what is listed.

        Args:
            attributes: What to list; those that no listing shows are left out.
            made: By the key of a column: how its values are made, if not as its attribute says.
        """
        shown = [each for each in attributes if each.listed]
        self.columns: list[Column] = [each.column for each in shown]
        self._made = [made.get(each.key or each.name) or _plain(each) for each in shown]
        self._needs = tuple(dict.fromkeys(need for each in self._made for need in each.needs))

    def select(self, of: str = "", /, **expressions: str) -> str:
        """What a query is to select.

        Args:
            of: The name of the view in the query, where it is not alone.
            expressions: The columns that are not those of the view by the same name, as SQL.
        """
        own = f"{of}." if of else ""
        return ", ".join(
            f"{expressions[each]} AS {each}" if each in expressions else f"{own}{each}" for each in self._needs
        )

    def rows(self, found: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        """The rows of such a query as they are listed."""
        rest = iter(found)
        while batch := list(islice(rest, _TOGETHER)):
            columns: Found = dict(zip(self._needs, zip(*batch, strict=True), strict=True))
            yield from zip(*(each.make(columns) for each in self._made), strict=True)


def each(meaning: Callable[..., Any], *needs: str) -> Made:
    """A column whose values are each computed from other columns of the same row."""
    return Made(needs, lambda found: map(meaning, *(found[need] for need in needs)))


def _plain(attribute: Attribute) -> Made:
    """An attribute that the view holds under its own name."""
    key = attribute.key or attribute.name
    match attribute.cell:
        case Cell.FLAG:
            return each(_FLAGS.get, key)
        case Cell.CODE:
            return each(_meanings(attribute).get, key)
        case Cell.CODES:
            meanings = _meanings(attribute)
            return each(lambda stored: tuple(meanings[code] for code in inside(stored)), key)
        case Cell.LIST:
            return each(inside if attribute.within else joined, key)
        case Cell.TERM:
            return each(_term, key, f"{key}_zh", f"{key}_en")
        case _:
            return Made((key,), lambda found: found[key])


_FLAGS = {0: False, 1: True}
"""What truth values are on either engine; unknown is None."""


def _meanings(attribute: Attribute) -> dict[str, Coded]:
    return {code.value: code for code in attribute.codes or ()}


def _term(code: str | None, zh: str, en: str) -> Term | None:
    return Term(code, zh, en) if code else None


def inside(stored: str) -> tuple[str, ...]:
    """A list that the store keeps inside a row."""
    import json

    return tuple(json.loads(stored))


def joined(text: str | None) -> tuple[str, ...]:
    """Names that a view joined into one text; no name holds the mark."""
    return tuple(text.split("、")) if text else ()


# Conditions that several listings have


def of_teams(keys: Sequence[int]) -> str:
    """The condition that narrows a listing to some teams, by their keys."""
    return f"team_id IN ({', '.join(str(int(key)) for key in keys)})" if keys else "1 = 1"


def in_service(everyone: bool) -> str:
    """The condition that leaves out what was retired, unless everyone is wanted."""
    return "1 = 1" if everyone else "retired_on IS NULL"
