"""Handing out a copy of a store as a file: a replica of its own, which the giver knows of."""

from pathlib import Path

from fugong import db, files
from fugong.config import now
from fugong.domain import copies, history
from fugong.domain.writer import Writer
from fugong.errors.files import CannotWrite
from fugong.errors.merging import CityNotCloned
from fugong.errors.store import StoreExists
from fugong.keeping import backup, peers, transfer
from fugong.store import postgresql_places
from fugong.store.records import Copy


def clone(location: str, target: Path, *, name: str | None, actor: str, dry_run: bool = False) -> Copy:
    """Make a copy for somebody, and tell in the store that it is there.

    Args:
        location: The store.
        target: The new file.
        name: Whom it is for.
        actor: Who hands it out.
        dry_run: Only find out which it would be.

    Raises:
        StoreExists: Something is at ``target`` already; it is untouched, and nothing was told.
        CannotWrite: The folder cannot be written.
        StoreUnusable: The store is damaged.
        CityNotCloned: Counties came into the store.
    """
    if target.exists() or target.is_symlink():
        raise StoreExists(path=target)
    with db.reading(location) as reader:
        if names := [str(name) for (name,) in reader.rows("SELECT name FROM county ORDER BY prefix")]:
            raise CityNotCloned(counties=names)
    if dry_run:
        return _told(location, name, actor, dry_run=True)
    try:
        files.make_folder(target.parent)
        with files.beside(target) as draft:
            copy = _told(location, name, actor)
            _copied(location, draft)
            with db.writing(str(draft)) as session:
                giver = history.settings(session)["replica"]
                peers.forget(session)
                peers.hear(session, giver)
                copies.become(session, copy)
            backup.verify(draft)
            files.settle(draft, target)
    except FileExistsError:
        raise StoreExists(path=target) from None
    except OSError as error:
        raise CannotWrite(path=target, reason=files.reason(error)) from error
    return copy


def _told(location: str, name: str | None, actor: str, *, dry_run: bool = False) -> Copy:
    with db.writing(location) as session:
        moment = now(history.settings(session)["timezone"])
        copy = copies.hand_out(Writer.opened(session, verb="clone", actor=actor, moment=moment), name)
        session.last()
        peers.hear(session, copy.uid)
        if dry_run:
            session.rollback()
    return copy


def _copied(location: str, draft: Path) -> None:
    """The store as a file, whatever keeps it."""
    if not postgresql_places.speaks(location):
        db.copy(location, draft)
        return
    with files.scratch() as folder:
        dump, made = folder / "all.jsonl", folder / "store.db"
        with dump.open("wb") as file:
            file.writelines(transfer.export(location))
        transfer.fill(str(made), dump)
        db.copy(str(made), draft)
