"""The three-way merge of a seed's rows: what the file says now, what it said at its last load, what the ledger says.

An attribute that nobody touched follows the file; one that people edited stays and is reported.
"""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple, Self

from fugong.attributes import named
from fugong.domain.history import portable
from fugong.errors import Refusal
from fugong.errors.names import NameTaken
from fugong.reports.history import Values
from fugong.seed import rows, sections
from fugong.seed.bases import Base, Bases
from fugong.seed.fault_list import Noted
from fugong.seed.faults import Location
from fugong.seed.references import References
from fugong.seed.result import Kept, Result, Tally
from fugong.seed.yaml_records import Entry
from fugong.store.records import RECORDS, Record
from fugong.store.spill import Memo
from fugong.vocab import Kind, Words


class Stated(NamedTuple):
    """A valid row, where it stands, what it is known by, and all it says as JSON."""

    entry: Entry
    within: Location
    row: rows.SeedRow
    key: str
    content: str

    @classmethod
    def of(cls, section: sections.Section[Any], row: Any, entry: Entry, within: Location = ()) -> Self:
        """A row of a section."""
        return cls(entry, within, row, section.key(row), row.model_dump_json(exclude_unset=True))


class Merge:
    """What the rows of one file do to the store."""

    def __init__(self, references: References, noted: Noted, result: Result) -> None:
        self._load = references
        self._noted = noted
        self._result = result
        self._bases = Bases(references.session)
        self._values = Values(references.session.rows)
        self._seen = Memo()
        """The kinds and keys of the rows so far."""
        self._claimed = Memo()
        """By uid of a record: the key of the row that is about it."""
        self._tally = Tally()

    def take(self, section: sections.Section[Any], stated: Sequence[Stated]) -> None:
        """Merge valid rows of one section, or note why they cannot be. The store is asked once for all of them."""
        bases = self._bases.read(section.kind.value, [each.key for each in stated])
        changed = [each.row for each in stated if each.key not in bases or bases[each.key].content != each.content]
        section.look_up(self._load, changed)
        self._tally = self._result.tallies.setdefault(_name(section.kind), Tally())
        for each in stated:
            self._take_one(section, each, bases.get(each.key))

    def settle(self) -> None:
        """Store what is held."""
        self._bases.settle()

    def _take_one(self, section: sections.Section[Any], stated: Stated, base: Base | None) -> None:
        entry, within, _, key, _ = stated
        stands = f"{section.kind.value} {key}"
        if self._seen.of(stands):
            zh, en = f"「{key}」在文件里出现了两次", f"“{key}” stands in the file twice"
            self._noted.note(entry, within, Words(zh, en))
            return
        self._seen.add(stands)
        self._load.begin(entry, within)
        try:
            self._merge(section, stated, base)
        except Refusal as refusal:
            self._load.refused(refusal)
        if self._load.spoilt:
            self._noted.spoil(entry)
        self._result.kept.extend(self._said(section.kind, key, *each) for each in self._load.kept_back)

    def _merge(self, section: sections.Section[Any], stated: Stated, base: Base | None) -> None:
        _, _, row, key, content = stated
        if base and base.content == content:
            self._claim(section, base.subject, key)
            self._tally.same += 1
            return
        values = section.values(self._load, row)
        if self._load.spoilt:
            return
        record = self._about(section, row, base)
        if record is None:
            record = section.create(self._load, row, values)
            self._claim(section, record.uid, key)
            self._tally.new += 1
        else:
            self._claim(section, record.uid, key)
            said = type(row).model_validate(json.loads(base.content)) if base else None
            changed = self._update(section, record, row, values, said)
            self._tally.changed += changed
            self._tally.same += not changed
        self._bases.keep(section.kind.value, key, Base(record.uid, content), base)

    def _about(self, section: sections.Section[Any], row: rows.SeedRow, base: Base | None) -> Record | None:
        """The record that a row is about: what it was about when it was last loaded, whatever that is called by now."""
        found = section.find(self._load, row)
        if base is None or (found is not None and found.uid == base.subject):
            return found
        kind = next(each for each in RECORDS if each.record_kind is section.kind)
        return self._load.session.find(kind, uid=base.subject) or found

    def _claim(self, section: sections.Section[Any], subject: str, key: str) -> None:
        """Refuse a second row about one record, under its name or another of its names.

        Raises:
            NameTaken: Another row of this file is about it.
        """
        if section.one_name:
            return
        owners = self._claimed.of(subject)
        if owners and owners != [key]:
            self._load.stands_at()
            raise NameTaken(kind=section.kind, name=key, owner=owners[0])
        if not owners:
            self._claimed.add(subject, key)

    def _update(
        self,
        section: sections.Section[Any],
        record: Record,
        row: rows.SeedRow,
        values: sections.Values,
        base: rows.SeedRow | None,
    ) -> bool:
        """The merge of a row whose record is there; whether the record changed."""
        with self._load.silently():
            before = section.values(self._load, base) if base else {}
        follow: dict[str, Any] = {}
        for attributes in section.wholes(values):
            wanted = [portable(values[name]) for name in attributes]
            current = [section.current(record, name) for name in attributes]
            was = [portable(before.get(name)) for name in attributes]
            if wanted in (was, current) or (base is None and not any(map(section.says, wanted))):
                continue
            if current == was or (base is None and not any(map(section.says, current))):
                follow |= {name: values[name] for name in attributes}
            else:
                at = next(at for at, value in enumerate(wanted) if value != current[at])
                self._load.kept(attributes[at], current[at], wanted[at])
        if follow:
            section.update(self._load, record, dict(follow))
        return section.acts(self._load, record, row, base) > 0 or bool(follow)

    def _said(self, kind: Kind, key: str, attribute: str, ledger: Any, file: Any) -> Kept:
        """An attribute that stays as people edited it, in words."""
        about = named(kind, attribute)
        sides = (self._values.said(about, self._values.named(each)) for each in (ledger, file))
        return Kept(_name(kind), key, about.words, *sides)


def _name(kind: Kind) -> Words:
    return Words(kind.zh, kind.en)
