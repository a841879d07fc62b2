"""JSON: one document with English keys, ISO dates and codes, the same in every language."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from json import JSONEncoder
from typing import Any

from fugong.results.report import Cell, Report, record, utc

SCHEMA = 1
"""The version of the shape; it changes when a script that reads the old one would break."""


def pieces(report: Report, *, ascii_only: bool = False) -> Iterator[str]:
    """``schema``, ``as_of``, the ``items`` one by one, ``total``, then whatever other facts the report has.

    ``ascii_only`` is for a stream that cannot hold every character: JSON's own escapes can.
    """
    encode = JSONEncoder(ensure_ascii=ascii_only, default=_iso).encode

    def nested(value: Any, depth: int) -> str:
        return _safe(_laid_out(value, encode, "  " * depth))

    if report.document is not None:
        yield nested({"schema": SCHEMA} | report.document, 0) + "\n"
        return
    facts = dict(report.facts)
    before = {"schema": SCHEMA} | {key: facts.pop(key) for key in ("as_of",) if key in facts}
    after = _total(report) | facts
    yield "{\n"
    for key, value in before.items():
        yield f"  {nested(key, 0)}: {nested(value, 1)},\n"
    yield '  "items": ['
    comma, end = "\n    ", ""
    for item in map(record(report.columns), report.rows):
        yield comma + nested(item, 2)
        comma, end = ",\n    ", "\n  "
    yield end + "]"
    for key, value in after.items():
        yield f",\n  {nested(key, 0)}: {nested(value, 1)}"
    yield "\n}\n"


def _laid_out(value: Any, encode: Callable[[Any], str], margin: str) -> str:
    """As the encoder lays it out with ``indent=2``; but that one is slow, and leaves a cycle behind for every item."""
    inner = margin + "  "
    if isinstance(value, dict) and value:
        entries = (f"{inner}{encode(key)}: {_laid_out(each, encode, inner)}" for key, each in value.items())
        return "{\n" + ",\n".join(entries) + f"\n{margin}}}"
    if isinstance(value, list | tuple) and value:
        return "[\n" + ",\n".join(inner + _laid_out(each, encode, inner) for each in value) + f"\n{margin}]"
    return encode(value)


def _safe(text: str) -> str:
    """The same JSON with what would act on a terminal escaped; the encoder itself escapes only C0."""
    if text.replace("\n", "").isprintable():  # the usual case, and faster than the regular expression
        return text
    from fugong.values.texts import CONTROLS_IN_LINES

    return re.sub(CONTROLS_IN_LINES, lambda found: f"\\u{ord(found[0]):04x}", text)


def _total(report: Report) -> dict[str, Any]:
    """The total's counts and rates; its label is for people."""
    if report.total is None:
        return {}
    sums = [
        column if column.cell in (Cell.COUNT, Cell.RATE, Cell.RATIO) else column._replace(machine=False)
        for column in report.columns
    ]
    return {"total": record(sums)(report.total)}


def _iso(value: object) -> str:
    """Dates and instants among the facts."""
    if isinstance(value, datetime):
        return utc(value)
    if isinstance(value, date):
        return value.isoformat()
    message = f"not for JSON: {value!r}"
    raise TypeError(message)
