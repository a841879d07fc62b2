"""Backups: one consistent, verified file with its checksum, whoever writes meanwhile."""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from fugong import db, files
from fugong.errors.files import CannotWrite
from fugong.errors.store import BackupBad, BackupExists, StoreForeign, StoreUnusable
from fugong.keeping import encrypting
from fugong.queries import seals
from fugong.vocab import Words

SUM = ".sha256"
"""Beside a backup stands its checksum, in the form that ``sha256sum --check`` reads."""
SEAL = ".seal"
"""And its seal: what ``store check --since`` takes, from wherever it was copied down."""

CHANGED = Words(
    "内容有损坏，旧备份一份也没有删；用 fugong store check 查看",
    "its content is damaged, and no older backup was removed; see fugong store check",
)
DAMAGED = Words("文件已损坏；用 fugong store check 查看", "the file is damaged; see fugong store check")


def make(location: str, target: Path, passphrase: str | None = None) -> Path:
    """Copy a store to a new file; under a passphrase, its copy in the clear lies in a private folder only meanwhile.

    Raises:
        BackupExists: Something is at ``target`` already; it is untouched.
        CannotWrite: The folder cannot be written.
        StoreUnusable: The store is damaged; no backup is left behind.
        EncryptionMissing: A passphrase was given, and the extra is not installed.
    """
    if os.path.lexists(target):
        raise BackupExists(path=target)
    try:
        files.make_folder(target.parent)
        with files.beside(target) as draft:
            held = _copied(location, draft) if passphrase is None else _encrypted(location, draft, passphrase)
            try:
                _write_beside(target, SUM, f"{_sha256(draft)}  ".encode() + os.fsencode(target.name) + b"\n")
                if held:
                    _write_beside(target, SEAL, f"{held}\n".encode())
                files.settle(draft, target)
            except BaseException:  # a signal that ends the program as well
                if not os.path.lexists(target):
                    _remove_beside(target)
                raise
    except FileExistsError:
        raise BackupExists(path=target) from None
    except OSError as error:
        raise CannotWrite(path=target, reason=files.reason(error)) from error
    return target


def _copied(location: str, draft: Path) -> str | None:
    """Copy a store into a file that is there and empty; its seal.

    Raises:
        StoreUnusable: The store is damaged.
    """
    db.copy(location, draft)
    if not _whole(draft):
        raise StoreUnusable(path=db.path_of(location), reason=DAMAGED)
    return _seal(draft)


def _encrypted(location: str, draft: Path, passphrase: str) -> str | None:
    with files.scratch() as folder:
        plain = folder / "backup.db"
        plain.touch()
        held = _copied(location, plain)
        draft.write_bytes(encrypting.encrypted(plain.read_bytes(), passphrase))
    return held


@contextmanager
def opened(path: Path, passphrase: Callable[[], str]) -> Iterator[Path]:
    """A backup to be read: itself, or what it holds under a passphrase, with the seal that stands beside it.

    Raises:
        BackupBad: Its checksum does not fit.
        CannotRead, EncryptionMissing, PassphraseWrong: It cannot be read, or not with this.
    """
    held = sealed(path) if encrypting.is_one(path) else None
    with encrypting.opened(path, passphrase) as plain:
        if held:
            _write_beside(plain, SEAL, f"{held}\n".encode())
        try:
            yield plain
        except BackupBad as refusal:  # a private folder's name says nothing to anybody
            raise BackupBad(path=path, reason=refusal.params["reason"]) from None


def sealed(path: Path) -> str | None:
    """The seal beside a backup: without its passphrase, all that is known of what one holds that is encrypted.

    Raises:
        BackupBad: The backup is not what its checksum was taken of.
    """
    stated = _stated(path, SUM)
    if stated and stated != _sha256(path):
        raise BackupBad(path=path, reason=Words("与校验和不符", "its checksum does not fit"))
    return _stated(path, SEAL)


def default_folder(location: str) -> Path:
    """Where backups go unless somebody says otherwise: beside the store."""
    return db.path_of(location).parent / "backups"


def named(location: str, folder: Path, moment: datetime | None = None) -> Path:
    """A new backup's place: its name sorts by the time it was made, in UTC."""
    made = (moment or datetime.now(UTC)).strftime("%Y%m%dT%H%M%S%fZ")
    return folder / f"{db.path_of(location).stem}-{made}.db"


def must_be_whole(location: str, made: Path) -> None:
    """Refuse a backup of a store that is not whole to its last row and event, or is not readable any more.

    Raises:
        StoreUnusable: It is not.
    """
    if not _proved(made):
        raise StoreUnusable(path=db.path_of(location), reason=CHANGED)


def remove(path: Path) -> None:
    """Remove a backup with its checksum and its seal."""
    path.unlink()
    _remove_beside(path)


def verify(path: Path) -> None:
    """Refuse a file that is no sound store, or not the one that its checksum was taken of.

    Raises:
        StoreNewer: It is of a newer program.
        BackupBad: It is damaged, or no store.
    """
    held = sealed(path)
    try:
        whole = _whole(path)
    except StoreForeign:
        raise BackupBad(path=path, reason=Words("它不是 fugong 的台账", "it is no fugong store")) from None
    if not whole:
        raise BackupBad(path=path, reason=Words("内容已损坏", "it is damaged"))
    if held and held != _seal(path):
        raise BackupBad(path=path, reason=Words("与封签不符", "its seal does not fit"))


def _whole(path: Path) -> bool:
    """Whether a file can be opened again and its pages and references are in order."""
    try:
        with db.reading(str(path), older=True) as reader:
            return reader.first("PRAGMA quick_check") == ("ok",) and not reader.first("PRAGMA foreign_key_check")
    except StoreUnusable:
        return False


def _proved(path: Path) -> bool:
    """Whether every row and event of a store is in order.

    What that takes is loaded here: it would be half of every backup, and is asked before older ones are removed only.
    """
    from fugong.keeping import check

    with db.examining(str(path)) as session:
        return not any(check.findings(session))


def _seal(path: Path) -> str | None:
    """The seal of a store in a file; one of an older program has none."""
    with db.reading(str(path), older=True) as reader:
        return None if reader.schema < db.SCHEMA else seals.heads(reader.rows).seal


def _stated(path: Path, what: str) -> str | None:
    """What stands beside a backup, if anything does."""
    place = _beside(path, what)
    try:
        files.must_be_ordinary(place)
        return place.read_bytes().split(maxsplit=1)[0].decode("ascii")
    except FileNotFoundError:
        return None
    except (OSError, ValueError, IndexError) as error:
        words = Words("校验和文件读不了", "its checksum cannot be read")
        raise BackupBad(
            path=path, reason=words if what == SUM else Words("封签读不了", "its seal cannot be read")
        ) from error


def _write_beside(target: Path, what: str, said: bytes) -> None:
    place = _beside(target, what)
    with files.beside(place) as draft:
        draft.write_bytes(said)
        files.settle(draft, place, replace=True)


def _remove_beside(path: Path) -> None:
    for what in (SUM, SEAL):
        _beside(path, what).unlink(missing_ok=True)


def _beside(path: Path, what: str) -> Path:
    return path.with_name(path.name + what)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
