"""Backups: one consistent, verified file with its checksum, whoever writes meanwhile."""

import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

from fugong import db, files
from fugong.errors.files import CannotWrite
from fugong.errors.store import BackupBad, BackupExists, StoreForeign, StoreUnusable
from fugong.keeping import check
from fugong.vocab import Words

SUM = ".sha256"
"""Beside a backup stands its checksum, in the form that ``sha256sum --check`` reads."""

CHANGED = Words(
    "内容有损坏，旧备份一份也没有删；用 fugong store check 查看",
    "its content is damaged, and no older backup was removed; see fugong store check",
)
DAMAGED = Words("文件已损坏；用 fugong store check 查看", "the file is damaged; see fugong store check")


def make(location: str, target: Path) -> Path:
    """Copy a store to a new file.

    Raises:
        BackupExists: Something is at ``target`` already; it is untouched.
        CannotWrite: The folder cannot be written.
        StoreUnusable: The store is damaged; no backup is left behind.
    """
    if os.path.lexists(target):
        raise BackupExists(path=target)
    try:
        files.make_folder(target.parent)
        with files.beside(target) as draft:
            db.copy(location, draft)
            if not _whole(draft):
                raise StoreUnusable(path=db.path_of(location), reason=DAMAGED)
            try:
                _write_sum(target, _sha256(draft))
                files.settle(draft, target)
            except FileExistsError:
                raise
            except OSError:
                _sum_of(target).unlink(missing_ok=True)
                raise
    except FileExistsError:
        raise BackupExists(path=target) from None
    except OSError as error:
        raise CannotWrite(path=target, reason=files.reason(error)) from error
    return target


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
    """Remove a backup and its checksum."""
    path.unlink()
    _sum_of(path).unlink(missing_ok=True)


def verify(path: Path) -> None:
    """Refuse a file that is no sound store, or not the one that its checksum was taken of.

    Raises:
        StoreNewer: It is of a newer program.
        BackupBad: It is damaged, or no store.
    """
    stated = _stated_sum(path)
    if stated and stated != _sha256(path):
        raise BackupBad(path=path, reason=Words("与校验和不符", "its checksum does not fit"))
    try:
        whole = _whole(path)
    except StoreForeign:
        raise BackupBad(path=path, reason=Words("它不是 fugong 的台账", "it is no fugong store")) from None
    if not whole:
        raise BackupBad(path=path, reason=Words("内容已损坏", "it is damaged"))


def _whole(path: Path) -> bool:
    """Whether a file can be opened again and its pages and references are in order."""
    try:
        with db.reading(str(path), older=True) as reader:
            return reader.first("PRAGMA quick_check") == ("ok",) and not reader.first("PRAGMA foreign_key_check")
    except StoreUnusable:
        return False


def _proved(path: Path) -> bool:
    """Whether every row and event of a store is in order."""
    with db.examining(str(path)) as session:
        return not any(check.findings(session))


def _stated_sum(path: Path) -> str | None:
    try:
        files.must_be_ordinary(_sum_of(path))
        return _sum_of(path).read_bytes().split(maxsplit=1)[0].decode("ascii")
    except FileNotFoundError:
        return None
    except (OSError, ValueError, IndexError) as error:
        raise BackupBad(path=path, reason=Words("校验和文件读不了", "its checksum cannot be read")) from error


def _write_sum(target: Path, digest: str) -> None:
    place = _sum_of(target)
    with files.beside(place) as draft:
        draft.write_bytes(f"{digest}  ".encode() + os.fsencode(target.name) + b"\n")
        files.settle(draft, place, replace=True)


def _sum_of(path: Path) -> Path:
    return path.with_name(path.name + SUM)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
