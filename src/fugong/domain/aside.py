"""New problems of a rehearsal, which is taken back: they are put aside, and stored only if something asks for one."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from fugong.domain.event_rows import EventRow
from fugong.store.spill import Memo


class Aside:
    """Problems by uid, each as drivers take it with the events that tell of it, in the same memory for any number."""

    def __init__(self) -> None:
        self._memo = Memo()

    def put(self, uid: str, row: Sequence[Any], events: Iterable[EventRow]) -> None:
        """Put a problem aside."""
        self._memo.add(uid, _text([row, *events]))

    def of(self, uid: str) -> tuple[Sequence[Any], list[EventRow]] | None:
        """A problem that was put aside."""
        for said in self._memo.of(uid):
            row, *events = json.loads(said)
            return row, [EventRow(*event) for event in events]
        return None


_text = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
