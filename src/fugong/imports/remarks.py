"""What unknown columns of a file say, kept in the remark of the record (``--keep-unknown``)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fugong.imports.cells.columns import Field
from fugong.store.records import Record


def remarked(record: Record, wanted: Mapping[str, Any], extra: Sequence[str]) -> Mapping[str, Any]:
    """What a row says, with what its unknown columns say added to the remark."""
    return {**wanted, "remark": kept(wanted.get("remark", getattr(record, Field.REMARK)), extra)} if extra else wanted


def kept(remark: str | None, extra: Iterable[str]) -> str | None:
    """A remark with what unknown columns say, each once."""
    new = [each for each in extra if each not in (remark or "")]
    return "；".join(filter(None, [remark, *new])) or None
