"""The faults of one file: all that are listed, and which texts stand in rows that have one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from fugong.errors import Refusal
from fugong.errors.files import SeedFaults
from fugong.lang import T
from fugong.seed.faults import Location, quoted, sentences
from fugong.seed.yaml_records import Entry, Fault
from fugong.vocab import Words

MOST_FAULTS = 100
KEPT_FAULTS = 1000
"""Faults beyond these are only counted, so that a file of nothing but faults needs no memory for them."""


class Noted:
    """Collects the faults of a file."""

    def __init__(self, path: Path, faults: list[Fault]) -> None:
        """Begin with the list to which the reader of the file adds the faults that it finds."""
        self._path = path
        self._faults = faults
        self._dropped = 0
        self._told: set[str] = set()
        self._spoilt: dict[str, list[str]] = {}

    def __bool__(self) -> bool:
        return bool(self._faults)

    def note(self, entry: Entry, where: Location, words: Words) -> None:
        """Note a fault at a part of an entry."""
        if len(self._faults) >= KEPT_FAULTS:
            self._dropped += 1
            return
        mark = entry.at(where)
        self._faults.append(Fault(self._path, mark.line, mark.column, words))

    def refused(self, entry: Entry, where: Location, refusal: Refusal) -> None:
        """Note the refusal of a rule at a part of an entry."""
        self.note(entry, where, Words(refusal.sentence(chinese=True), refusal.sentence(chinese=False)))

    def once(self, entry: Entry, words: Words) -> None:
        """Note a fault of a whole section, at its first entry."""
        if entry.section not in self._told:
            self._told.add(entry.section)
            self.note(entry, (), words)

    def missing(self, words: Words) -> None:
        """Note that something is missing in the file."""
        self._faults.append(Fault(self._path, 1, 1, words))

    def invalid(self, entry: Entry, error: ValidationError, drop: int = 0) -> None:
        """Note all that pydantic says of an entry; its places begin with ``drop`` steps that are not in the file."""
        it = quoted(entry.section)
        whole = Words(f"{it.zh}的每一项", f"each item of {it.en}") if entry.item else it
        for where, words in sentences(error, whole):
            self.note(entry, where[drop:], words)

    def spoil(self, entry: Entry) -> None:
        """Keep the texts of a row with a fault, so that a name that refers to it is not called a fault as well."""
        if len(self._faults) <= MOST_FAULTS:
            self._spoilt.setdefault(entry.section, []).extend(_texts(entry.value))

    def may_mean_a_spoilt_row(self, section: str, given: str) -> bool:
        """Whether a name may refer to a row that has a fault itself."""
        spoilt = self._spoilt.get(section, ())
        return any(given == own or (given in own and not given.isascii()) for own in spoilt)

    def refuse(self) -> None:
        """Refuse the file if anything is wrong with it.

        Raises:
            SeedFaults: Something is; the first of them are listed.
        """
        if not self._faults:
            return
        count = len(self._faults) + self._dropped
        listed = [str(fault) for fault in sorted(self._faults, key=lambda fault: (fault.line, fault.column))]
        if len(listed) > MOST_FAULTS:
            more = count - MOST_FAULTS
            listed[MOST_FAULTS:] = [T(f"……还有 {more} 处", f"… and {more} more")]
        raise SeedFaults(path=self._path, count=count, faults="\n".join(listed))


def _texts(value: Any) -> Iterator[str]:
    """Every text in a value of the file."""
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _texts(part)
