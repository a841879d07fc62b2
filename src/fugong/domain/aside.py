"""New problems of a rehearsal, which is taken back: they are put aside, and stored only if something asks for one."""

import json
from collections.abc import Sequence
from typing import Any

from fugong.domain.event_rows import Entered, EventRow, Frame, Own, Pattern
from fugong.store.spill import Memo


class Aside:
    """Problems by uid, as the store would have them, in the same memory for any number."""

    def __init__(self) -> None:
        self._memo = Memo()

    def put(self, uid: str, pattern: Pattern) -> None:
        """Put a problem aside: its row with the events that tell of it."""
        self._memo.add(uid, _text(pattern))

    def put_like(self, uid: str, before: Entered, own: Sequence[Own]) -> None:
        """Put a problem aside that is as one before it but for what is its own; nothing is told of it yet."""
        self._memo.add(uid, _text([before.uid, own]))

    def of(self, uid: str, frame: Frame) -> tuple[Sequence[Any], Sequence[EventRow]] | None:
        """The row of a problem that was put aside, and its events."""
        for said in self._memo.of(uid):
            first, second, *_ = json.loads(said)
            if isinstance(first, str):
                return self._pattern(first).filled(uid, second, frame)
            return first, [EventRow(*event) for event in second]
        return None

    def _pattern(self, uid: str) -> Pattern:
        row, events, around = json.loads(self._memo.of(uid)[0])
        return Pattern(row, [EventRow(*event) for event in events], around)


_text = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
