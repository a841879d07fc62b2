"""Putting a backup back in a store's place."""

import os
from datetime import UTC, datetime
from pathlib import Path

from fugong import db, files
from fugong.errors.files import CannotRead, CannotWrite
from fugong.errors.store import StoreInPlace
from fugong.keeping import backup
from fugong.store import sqlite
from fugong.vocab import Words


def restore(location: str, source: Path, *, force: bool) -> Path | None:
    """Put a verified copy of a backup in the store's place, in one step.

    Args:
        location: The store; nothing need be there.
        source: The backup; it stays as it is.
        force: Replace a store that is there; it is kept beside, under a name that tells when.

    Returns:
        Where the store that was replaced is now.

    Raises:
        CannotRead: There is no backup of that name.
        BackupBad, StoreForeign, StoreNewer: The backup is not sound; nothing was changed.
        StoreInPlace: There is a store, and ``force`` was not given.
        StoreBusy: Somebody is writing to it.
    """
    path = db.path_of(location)
    if not source.is_file():
        raise CannotRead(path=source, reason=Words("没有这个文件", "no such file"))
    backup.verify(source)
    if os.path.lexists(path) and not force:
        raise StoreInPlace(path=path)
    try:
        files.make_folder(path.parent)
        with files.beside(path) as draft:
            db.copy(str(source), draft)
            backup.verify(draft)
            with sqlite.locked(path):
                kept = _set_aside(path)
                files.settle(draft, path, replace=force)
    except FileExistsError:
        raise StoreInPlace(path=path) from None
    except OSError as error:
        raise CannotWrite(path=path, reason=files.reason(error)) from error
    return kept


def _set_aside(path: Path) -> Path | None:
    """Give what is at the store's place a second name, which stays its only one.

    A journal that a crash left goes with it: it would be played back into the new file.
    """
    if not os.path.lexists(path):
        return None
    kept = path.with_name(f"{path.name}.{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}.old")
    files.second_name(path, kept)
    journal = path.with_name(path.name + "-journal")
    if journal.exists():
        journal.rename(kept.with_name(kept.name + "-journal"))
    return kept
