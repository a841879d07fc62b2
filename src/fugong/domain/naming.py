"""Names and aliases, unique among their kind."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar, cast

from fugong.errors.names import NameTaken, NoAlias
from fugong.queries import names
from fugong.store.records import Department, DepartmentAlias, Enterprise, EnterpriseAlias, Record
from fugong.store.session import Session
from fugong.values import texts
from fugong.values.texts import NAME, TEXT
from fugong.vocab import Kind, Words

A = TypeVar("A", EnterpriseAlias, DepartmentAlias)

_Named = Enterprise | EnterpriseAlias | Department | DepartmentAlias

NAME_WORDS = Words("名称", "name")


class Naming:
    """Names and aliases of enterprises and departments: unique, with their comparison keys."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._places = names.Places(session.rows)

    def keys(self, name: str) -> dict[str, Any]:
        """The name with what it is compared by."""
        clean = texts.clean_name(name, what=NAME_WORDS, limit=NAME)
        return {"name": clean, "key": texts.key(clean), "core": self._places.core(clean)}

    def renew(self) -> None:
        """Compare every name by what the places of the campaign, as they are now, make of it."""
        for kind in (Enterprise, EnterpriseAlias, Department, DepartmentAlias):
            for held in cast("list[_Named]", self._session.all(kind)):
                held.core = self._places.core(held.name)
                self._session.save(held)

    def must_be_free(self, kind: Kind, wanted: Iterable[str], mine: Record | None = None) -> None:
        """Refuse a name that another record answers to.

        Raises:
            NameTaken: Somebody has it.
        """
        for name in wanted:
            held = names.owner(self._session.rows, kind, name)
            if held and (mine is None or held.id != mine.id):
                raise NameTaken(kind=kind, name=name, owner=held.name)

    def aliases(self, make: type[A], wanted: Sequence[str], have: Sequence[A] = ()) -> list[A]:
        """Alias rows for the wanted names, those that are there already kept as they are."""
        known, kept = {alias.key: alias for alias in have}, dict[str, A]()
        for name in wanted:
            key = texts.key(name)
            kept[key] = kept.get(key) or known.get(key) or make(**self.keys(name))
        return list(kept.values())

    def called(
        self, record: Enterprise | Department, *, name: str | None, more: Sequence[str], fewer: Sequence[str]
    ) -> tuple[dict[str, Any], list[str]]:
        """The name of a record that is given another, which keeps the old one as an alias, and all its aliases.

        Raises:
            NameTaken: A name or alias belongs to another.
            NoAlias: It has no such alias to take away.
        """
        named = self.keys(name) if name is not None else {"name": record.name, "key": record.key}
        renamed = named["key"] != record.key
        self.must_be_free(record.record_kind, [named["name"], *more], mine=record)
        gone = {texts.key(alias): alias for alias in fewer}
        for alias in gone.keys() - {held.key for held in record.aliases}:
            raise NoAlias(name=record.name, alias=gone[alias])
        kept = [held.name for held in record.aliases if held.key not in {*gone, named["key"]}]
        added = [alias for alias in more if texts.key(alias) != named["key"]]
        return named, [*kept, *([record.name] if renamed else []), *added]


def short_for(
    session: Session, kind: Kind, wanted: Iterable[str], mine: Enterprise | Department | None = None
) -> dict[str, str]:
    """Names that have been short for another record until now: each with the name of that one."""
    meant = {}
    for name in wanted:
        held = names.short_for(session.rows, kind, name)
        if held and not (mine and held[1].id == mine.id):
            meant[held[0]] = held[1].name
    return meant


def remark(text: str | None) -> str | None:
    """A remark fit to be stored; a blank one is none.

    Raises:
        TextTooLong, ControlCharacter: It is not fit to be stored.
    """
    if text is None or not text.strip():
        return None
    return texts.clean(text, what=Words("备注", "remark"), limit=TEXT, lines=True)
