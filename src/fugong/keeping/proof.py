"""Proving a backup: that it could be put back today, and whether the store still has all that it holds."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fugong import db, files
from fugong.errors import Refusal
from fugong.errors.files import CannotRead
from fugong.keeping import backup, upgrade
from fugong.keeping.containing import Compared, compared
from fugong.vocab import Words

if TYPE_CHECKING:
    from fugong.store.session import Session


@contextmanager
def opened(source: Path) -> Iterator["Session"]:
    """A backup as the restored store would be, for ``check.findings``; the backup stays as it is.

    One of an older program is copied to a private folder and upgraded there, as its restored copy would be.

    Raises:
        CannotRead: There is no such file.
        BackupBad, StoreNewer: It cannot be restored.
    """
    if not source.is_file():
        raise CannotRead(path=source, reason=Words("没有这个文件", "no such file"))
    backup.verify(source)
    with ExitStack() as held:
        place = str(source)
        if older(source):
            place = str(held.enter_context(files.scratch()) / "store.db")
            backup.make(str(source), Path(place))
            upgrade.upgrade(place)
        yield held.enter_context(db.examining(place))


def older(source: Path) -> bool:
    """Whether an older program made a backup."""
    with db.reading(str(source), older=True) as reader:
        return reader.schema < db.SCHEMA


@contextmanager
def compared_with(
    location: str, source: Path, passphrase: Callable[[], str]
) -> Iterator[tuple["Session", Compared | None]]:
    """``opened``, under a passphrase too, and what it has in common with the store, if there is one to be asked.

    Raises:
        CannotRead, BackupBad, StoreNewer: As ``opened``.
        EncryptionMissing, PassphraseWrong: It is under a passphrase, which is not this one.
    """
    with backup.opened(source, passphrase) as plain, opened(plain) as session:
        yield session, _history(location, plain)


def _history(location: str, source: Path) -> Compared | None:
    try:
        with db.reading(location, older=True) as store, db.reading(str(source), older=True) as copy:
            return compared(copy, store)
    except Refusal:
        return None
