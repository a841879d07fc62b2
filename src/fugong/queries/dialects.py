"""How each engine says what a query over the past asks of the texts that events hold."""

from typing import NamedTuple


class Dialect(NamedTuple):
    """SQL that differs between the engines, as templates."""

    absent: str
    """A key is not among those of a table. Each form is one that its engine answers with one look per row."""
    changes: str
    """The changes of an event ``e``, as a table of keys and values."""
    new: str
    old: str
    at: str
    """What a text of changes says that an attribute was, or is now."""
    items: str
    place: str
    text: str
    day: str
    day_text: str
    flag: str
    maybe: str
    days: str
    """How many days one day is after another."""


DIALECTS = {
    "sqlite": Dialect(
        absent="{0} NOT IN (SELECT {1} FROM {2})",
        changes="json_each(e.changes)",
        new="json_extract(c.value, '$[1]')",
        old="json_extract(c.value, '$[0]')",
        at="json_extract({0}, '$.{1}[{2}]')",
        items="json_each({0}) v",
        place="json_extract({0}, '$[{1}]')",
        text="{0}",
        day="{0}",
        day_text="{0}",
        flag="coalesce({0}, 0)",
        maybe="{0}",
        days="julianday({0}) - julianday({1})",
    ),
    "postgresql": Dialect(
        absent="NOT EXISTS (SELECT 1 FROM {2} l WHERE l.{1} = {0})",
        changes="json_each(CAST(e.changes AS json))",
        new="(c.value ->> 1)",
        old="(c.value ->> 0)",
        at="(CAST({0} AS json) #>> '{{{1},{2}}}')",
        items="json_array_elements_text(CAST({0} AS json)) WITH ORDINALITY v (value, key)",
        place="(CAST({0} AS json) ->> {1})",
        text='CAST({0} AS TEXT) COLLATE "C"',
        day="CAST({0} AS DATE)",
        day_text="CAST({0} AS TEXT)",
        flag="coalesce(CAST({0} AS BOOLEAN), FALSE)",
        maybe="CAST({0} AS BOOLEAN)",
        days="({0} - {1})",
    ),
}
