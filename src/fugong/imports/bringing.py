"""A record that is there, brought into line with the row that is about it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fugong.domain.history import portable
from fugong.domain.writer import Writer
from fugong.imports import telling
from fugong.imports.cells.columns import Field
from fugong.imports.outcomes import Line
from fugong.store.records import Record
from fugong.vocab import Outcome


def present(values_: Mapping[str, Any]) -> dict[str, Any]:
    """What a row says; a blank cell says nothing."""
    return {name: value for name, value in values_.items() if value not in (None, [], ())}


def brought(writer: Writer, record: Record, wanted: Mapping[str, Any], line: Line, extra: Sequence[str] = ()) -> Line:
    """Bring a record that is there into line with its row; what unknown columns say is added to its remark."""
    if extra:
        wanted = {**wanted, "remark": kept(wanted.get("remark", getattr(record, Field.REMARK)), extra)}
    changed = {name: value for name, value in wanted.items() if portable(value) != portable(getattr(record, name))}
    said = [telling.change(record.record_kind, name, getattr(record, name), value) for name, value in changed.items()]
    outcome = Outcome.CHANGED if writer.change(record, changed) else Outcome.SAME
    return line._replace(outcome=outcome, detail=telling.told(said) or None)


def kept(remark: str | None, extra: Iterable[str]) -> str | None:
    """A remark with what unknown columns say, each once."""
    new = [each for each in extra if each not in (remark or "")]
    return "；".join(filter(None, [remark, *new])) or None
