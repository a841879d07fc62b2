"""What a list that comes back would take back: a cell as it was before somebody changed the record.

Lists of firms, teams, members, departments and activities have no column 版本. Where a cell says what the ledger said
before a later act, nobody can tell a list that was made earlier from one that means it: that is a fault of the cell,
unless the command says whose word goes, or the list was filed after the act.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from fugong.domain import history
from fugong.domain.history import portable, unordered
from fugong.domain.writer import Writer
from fugong.imports import telling
from fugong.imports.cells.columns import Field
from fugong.imports.cells.rows import Cells
from fugong.imports.edits import both_changed
from fugong.imports.lines import quoted
from fugong.store.records import Enterprise, Event, Record
from fugong.vocab import Act, Words
from fugong.vocab.importing import Take


class Listed(NamedTuple):
    """What holds for all rows of a list."""

    writer: Writer
    take: Take | None = None
    """Whose word goes where a cell would take back a later act; None: that is a fault."""
    filed: date | None = None
    """填报日期: what was done before it is known to who made the list."""

    def firm_of(self, cells: Cells) -> Enterprise | None:
        """The firm that a row is about by its uid, as exported lists have it."""
        uid = cells.line(Field.UID)
        return self.writer.session.find(Enterprise, uid=uid) if uid else None

    def renamed(self, name: str, new: str) -> Words:
        """The fault of a name that nobody has, in a row whose uid is that of a firm: a list renames none."""
        line = f"fugong enterprise edit {quoted(name)} --name {quoted(new)}"
        return Words(
            f"这一行的唯一标识是「{name}」的，导入不改名称；是另一家企业就清空标识，改名用：{line}",
            f"the row's uid is that of “{name}”; for another firm clear it, and to rename this one: {line}",
        )

    def settled(
        self, cells: Cells, record: Record, wanted: Mapping[str, Any], now: Mapping[str, Any]
    ) -> dict[str, Any] | None:
        """What a row wants of a record that is there, less what stays as it is; None where it has a fault, noted.

        Args:
            cells: The row as it stands in the file.
            record: What the row is about.
            wanted: Its attributes, as the row says them.
            now: The same attributes, as the ledger says them.
        """
        late = dict(self._taken_back(record, wanted, now))
        if self.take is None:
            for name, event in late.items():
                cells.fault(Field(name), both_changed(self.writer, event, telling.shown(name, now[name])))
            return None if late else dict(wanted)
        gone = late if self.take is Take.LEDGER else {}
        return {name: value for name, value in wanted.items() if name not in gone}

    def _taken_back(
        self, record: Record, wanted: Mapping[str, Any], now: Mapping[str, Any]
    ) -> Iterator[tuple[str, Event]]:
        """The attributes that a row has as they were before, and the last act that changed each."""
        said = {name: _plain(value) for name, value in wanted.items() if value is not None}
        differing = {name for name, value in said.items() if value != _plain(now[name])}
        last = dict[str, Event]()
        events = history.effective(history.of(self.writer.session, record.uid)) if differing else []
        for event in reversed(list(events)):
            if event.act is Act.ADD:
                break
            if self.filed and event.on_date < self.filed:
                break
            for name, before in _before(json.loads(event.changes)):
                if name in differing:
                    last.setdefault(name, event)
                    if _plain(before) == said[name]:
                        differing.discard(name)
                        yield name, last[name]


def _before(changes: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Each attribute that an event changed, and what it was before; a stage and a team are the last of theirs."""
    for name, (before, _) in changes.items():
        if name == "stages":
            yield Field.STAGE, before[-1][1] if before else None
        elif name == "assignments":
            yield Field.TEAM, before[-1][0] if before and before[-1][2] is None else None
        else:
            yield name, before


def _plain(value: Any) -> Any:
    """A value as events hold it, lists as sets: their order is nobody's work."""
    found = json.loads(json.dumps(value, default=portable))
    return unordered(found) if isinstance(found, list) else found
