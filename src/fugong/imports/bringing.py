"""A record that is there, brought into line with the row that is about it."""

from collections.abc import Mapping, Sequence
from typing import Any

from fugong.domain.history import portable
from fugong.domain.writer import Writer
from fugong.imports import telling
from fugong.imports.cells.rows import Cells
from fugong.imports.outcomes import Line
from fugong.imports.remarks import remarked
from fugong.imports.stale import Listed
from fugong.store.records import Record
from fugong.vocab.importing import Outcome


def present(values_: Mapping[str, Any]) -> dict[str, Any]:
    """What a row says; a blank cell says nothing."""
    return {name: value for name, value in values_.items() if value not in (None, [], ())}


def brought(
    listed: Listed, cells: Cells, record: Record, wanted: Mapping[str, Any], line: Line, extra: Sequence[str] = ()
) -> Line | None:
    """Bring a record that is there into line with its row; None where it takes back a later act, which is noted."""
    wanted = remarked(record, wanted, extra)
    settled = listed.settled(cells, record, wanted, {name: getattr(record, name) for name in wanted})
    return None if settled is None else changed(listed.writer, record, settled, line)


def changed(writer: Writer, record: Record, wanted: Mapping[str, Any], line: Line) -> Line:
    """Change what a row says otherwise."""
    new = {name: value for name, value in wanted.items() if portable(value) != portable(getattr(record, name))}
    said = [telling.change(record.record_kind, name, getattr(record, name), value) for name, value in new.items()]
    outcome = Outcome.CHANGED if writer.change(record, new) else Outcome.SAME
    return line._replace(outcome=outcome, detail=telling.told(said) or None)
