"""What a section of the file says of its rows, and what it needs of the load.

A section says five things: what identifies a row, which record it is, what attributes it states, how a
new record is made, and how changed attributes are set. ``load`` does the rest, the same for all.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from fugong.domain.history import portable
from fugong.domain.writer import Writer
from fugong.queries.deadlines import Due
from fugong.seed import rows
from fugong.store.records import Department, Enterprise, Problem, Record, Team, Term
from fugong.store.session import Session
from fugong.vocab import Kind, ListName, Stage, Words

R = TypeVar("R", bound=rows.SeedRow)
Values = dict[str, Any]


class Refers(Protocol):
    """What a section needs of the load that it is part of: the writer, the cut-off, and references.

    A name that leads nowhere is noted, and None; such a row is read to its end and not merged.
    """

    writer: Writer
    session: Session
    as_of: date

    def team(self, code: str, *where: str | int) -> Team | None:
        """The team with this code."""

    def enterprise(self, name: str, *where: str | int) -> Enterprise | None:
        """The enterprise of this name."""

    def department(self, name: str, *where: str | int) -> Department | None:
        """The department of this name."""

    def term(self, list_name: ListName, code: str, *where: str | int) -> Term | None:
        """The entry of a list with this code."""

    def problem(self, key: str, *where: str | int) -> Problem | None:
        """The problem that was loaded or logged with this key."""

    def due(self, text: str, on: date) -> Due:
        """The deadline that a row states, counted from a day."""

    def stands_at(self, *where: str | int) -> None:
        """Say which field is being read, so that a refusal names its line."""

    def fault(self, words: Words, *where: str | int) -> None:
        """Note what is wrong with a field."""

    def kept(self, attribute: str, ledger: Any, file: Any) -> None:
        """Report an attribute that people edited and the file wants otherwise; both values are portable."""


class Section(Generic[R]):
    """One section of one file. The methods given here serve records whose attributes are plain."""

    kind: Kind
    one_name: ClassVar[bool] = False
    """Whether a record goes by its key alone, so that no two rows can be about one."""
    together: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """Attributes that mean something only together: people's edit of one keeps them all."""

    def key(self, row: R) -> str:
        """What identifies the row across loads."""
        raise NotImplementedError

    def look_up(self, load: Refers, among: Sequence[R]) -> None:
        """Ask the store for the records of these rows at once, before they are found one by one, where that pays."""

    def find(self, load: Refers, row: R) -> Record | None:
        """The record that the row is about, if it is in the store."""
        raise NotImplementedError

    def values(self, load: Refers, row: R) -> Values:
        """The attributes that the row states, with its references looked up."""
        raise NotImplementedError

    def create(self, load: Refers, row: R, values: Values) -> Record:
        """Enter a new record, and do what its row tells beyond attributes."""
        raise NotImplementedError

    def current(self, record: Any, attribute: str) -> Any:
        """An attribute of the record as it is, in portable form."""
        return portable(getattr(record, attribute))

    def wholes(self, values: Values) -> Iterator[tuple[str, ...]]:
        """What is merged as one: the attributes that belong together, and every other by itself."""
        yield from self.together
        bound = {name for names in self.together for name in names}
        yield from ((name,) for name in values if name not in bound)

    def says(self, value: Any) -> bool:
        """Whether a portable value is more than null, false or an empty list."""
        return not (value is None or value is False or value in ([], Stage.UNKNOWN))

    def update(self, load: Refers, record: Any, values: Values) -> None:
        """Set the attributes that changed."""
        load.writer.change(record, values)

    def acts(self, load: Refers, record: Any, row: R, base: R | None) -> int:
        """Do what a row tells beyond attributes; how many events that made."""
        del load, record, row, base
        return 0


def as_stated(row: rows.SeedRow, *attributes: str) -> Values:
    """Attributes that the record has as the row states them."""
    return {name: getattr(row, name) for name in attributes}
