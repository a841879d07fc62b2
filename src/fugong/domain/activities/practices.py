"""Methods worth copying (做法), and who took them up."""

from collections.abc import Mapping, Sequence
from typing import Any

from fugong.domain.activities.attributes import checked
from fugong.domain.derived import adoption
from fugong.domain.writer import Writer
from fugong.errors.names import NameTaken
from fugong.queries import names
from fugong.store.records import Adoption, Enterprise, Practice, Team
from fugong.store.session import Session
from fugong.values import texts
from fugong.vocab import Kind


def add_practice(writer: Writer, name: str, *, adoptions: Sequence[Adoption] = (), **about: Any) -> Practice:
    """Enter a method, with those who took it up.

    Raises:
        NameTaken: Another practice has the name.
        FutureDate, BlankText, TextTooLong, ControlCharacter: A value is not fit.
    """
    values = checked(writer, Kind.PRACTICE, {"name": name, **about})
    _must_be_free(writer.session, values["name"])
    practice = Practice(adoptions=list(adoptions), **values)
    writer.add(practice, on=practice.promoted_on)
    return practice


def edit_practice(writer: Writer, practice: Practice, values: Mapping[str, Any]) -> bool:
    """Correct what was entered.

    Returns:
        Whether anything differed.

    Raises:
        NameTaken: Another practice has the name.
        FutureDate, BlankText, TextTooLong, ControlCharacter: A value is not fit.
    """
    wanted = checked(writer, Kind.PRACTICE, values)
    if "name" in wanted:
        _must_be_free(writer.session, wanted["name"], mine=practice)
    return writer.change(practice, wanted)


def adopt_practice(
    writer: Writer, practice: Practice, adopters: Sequence[Team | Enterprise], *, remove: bool = False
) -> bool:
    """Say that teams or enterprises took a practice up, or that they did not after all.

    Returns:
        Whether anything differed.
    """
    named = {adopter.uid: adopter for adopter in adopters}
    held = {adoption.portable() for adoption in practice.adoptions}
    if remove:
        return writer.change(
            practice, {"adoptions": [each for each in practice.adoptions if each.portable() not in named]}
        )
    fresh = [adoption(adopter) for uid, adopter in named.items() if uid not in held]
    return writer.change(practice, {"adoptions": [*practice.adoptions, *fresh]})


def find_practice(session: Session, given: str) -> Practice:
    """The practice with this name, or with this in its name alone.

    Raises:
        UnknownName, AmbiguousName: There is none, or more than one.
    """
    return session.get(Practice, names.practice(session.rows, given).id)


def _must_be_free(session: Session, name: str, mine: Practice | None = None) -> None:
    for other in session.all(Practice):
        if other is not mine and texts.key(other.name) == texts.key(name):
            raise NameTaken(kind=Kind.PRACTICE, name=name, owner=other.name)
