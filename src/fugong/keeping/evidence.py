"""The bytes of evidence (附件): a private folder beside the store, where each content lies once, named by its digest.

No name that anybody typed is ever part of a path. Bytes are on the disk before an event tells of them; what a killed
program leaves is a file of which nothing tells, which the next one with the same content takes for its own.
"""

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from fugong import db, files
from fugong.errors.files import CannotRead, CannotWrite, EvidenceFolderNeeded, EvidenceTooLarge
from fugong.keeping.findings import Finding
from fugong.store import postgresql_places
from fugong.store.session import Session
from fugong.values import texts
from fugong.values.evidence import Piece, pieces
from fugong.values.texts import LINE
from fugong.vocab import Words
from fugong.vocab.keeping import Damage, Remedy

VARIABLE = "FUGONG_EVIDENCE"
SUFFIX, BACKED_UP = ".evidence", "evidence"
"""How the folder beside a store is called, and that beside backups."""
MOST = 64 << 20
"""Bytes of a file at most: photographs and papers, not films."""
_STEP = 1 << 20
Rows = Callable[..., Iterable[tuple[Any, ...]]]
_NAME = Words("附件名", "name of the file")


def folder_of(location: str) -> Path | None:
    """Where the bytes of a store's evidence lie: the folder that is set, else beside its file; a server has no side."""
    if given := os.environ.get(VARIABLE, "").strip():
        return Path(given)
    if postgresql_places.speaks(location):
        return None
    path = db.path_of(location)
    return path.with_name(f"{path.stem}{SUFFIX}")


class Shown:
    """The bytes of evidence as a page leads to them: only to those that are here and unchanged."""

    def __init__(self, folder: Path | None, way: str) -> None:
        """Begin.

        Args:
            folder: Where the bytes lie; None: nowhere.
            way: How the page reaches that folder.
        """
        self.left = Left()
        """What the page does not lead to."""
        self._folder = folder
        self._way = way
        self._told: dict[str, str | Words] = {}

    def __call__(self, sha256: str) -> str | Words:
        """By the digest of a content, the link to its bytes, or why there is none."""
        if sha256 not in self._told:
            self._told[sha256] = self._found(sha256)
        return self._told[sha256]

    def _found(self, sha256: str) -> str | Words:
        place = self._folder and self._folder / sha256
        if place and is_here(place, sha256):
            return f"{self._way}/{sha256}"
        before, self.left = self.left, self.left.and_one(place, sha256)
        return ABSENT if self.left.absent > before.absent else CHANGED


ABSENT, CHANGED = Words("不在这里", "not here"), Words("和登记的不同", "not what was attached")


def shown(location: str, page: Path) -> Shown:
    """The bytes of a store's evidence, for a page."""
    from urllib.parse import quote

    folder = folder_of(location)
    if folder is None:
        return Shown(None, "")
    try:
        way = quote(Path(os.path.relpath(folder.resolve(), page.parent.resolve())).as_posix())
    except ValueError:  # another drive of Windows
        way = folder.resolve().as_uri()
    return Shown(folder, way)


def keep(location: str, source: Path) -> Piece:
    """Put a file's bytes into the folder, if they are not there yet.

    Raises:
        EvidenceFolderNeeded: The store is on a server, and no folder is set.
        CannotRead: There is no such file, or it is none.
        EvidenceTooLarge: It is larger than evidence may be, or empty.
        CannotWrite: The folder cannot be written.
        BlankText, TextTooLong, ControlCharacter: Its name is not fit to be shown.
    """
    folder = folder_of(location)
    if folder is None:
        raise EvidenceFolderNeeded
    name = texts.clean(source.name, what=_NAME, limit=LINE)
    try:
        files.make_folder(folder)
        with files.beside(folder / "draft") as draft:
            size, sha256 = _copied(source, draft)
            place = folder / sha256
            if not is_here(place, sha256):
                files.settle(draft, place, replace=True)
    except OSError as error:
        raise CannotWrite(path=folder, reason=files.reason(error)) from error
    return Piece(sha256, size, name)


def _copied(source: Path, draft: Path) -> tuple[int, str]:
    """Copy a file, however fast it grows; its size and its digest."""
    digest, size = hashlib.sha256(), 0
    try:
        handle = os.open(source, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        if not stat.S_ISREG(os.fstat(handle).st_mode):  # a pipe, a device or a folder
            os.close(handle)
            raise CannotRead(path=source, reason=Words("它不是普通文件", "it is not an ordinary file"))
        with os.fdopen(handle, "rb") as reading:
            pieces = iter(lambda: reading.read(_STEP), b"")
            with draft.open("wb") as writing:
                while piece := _read(source, pieces):
                    size += len(piece)
                    if size > MOST:
                        raise EvidenceTooLarge(path=source, most=MOST >> 20)
                    digest.update(piece)
                    writing.write(piece)
    except FileNotFoundError as error:
        raise CannotRead(path=source, reason=files.unread(error)) from None
    except PermissionError as error:
        raise CannotRead(path=source, reason=files.reason(error)) from None
    if not size:
        raise CannotRead(path=source, reason=Words("它是空的", "it is empty"))
    return size, digest.hexdigest()


def _read(source: Path, pieces: Iterator[bytes]) -> bytes:
    try:
        return next(pieces, b"")
    except OSError as error:
        raise CannotRead(path=source, reason=files.reason(error)) from None


def _state(place: Path, sha256: str) -> bool | None:
    """Whether the bytes of a digest are there unchanged; None: they are not there, or cannot be read."""
    try:
        if not stat.S_ISREG(place.lstat().st_mode):
            return False
        with place.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return None


def is_here(place: Path, sha256: str) -> bool:
    """Whether the bytes of a digest are there, unchanged."""
    return _state(place, sha256) is True


def told(session: Session) -> list[tuple[str, Piece]]:
    """All evidence that the ledger tells of: the problem's number, and what it is."""
    rows = session.rows(
        "SELECT id, evidence FROM v_problem WHERE evidence <> '[]' ORDER BY team_sort, series, number, tag"
    )
    return [(str(ident), piece) for ident, listed in rows for piece in pieces(listed)]


class Held:
    """A comparison of the stored bytes with what the ledger tells of them."""

    def __init__(self, location: str) -> None:
        self.absent = 0
        """How many contents were not here, as in a copy or after a restore: that is no damage."""
        self._folder = folder_of(location)

    def changed(self, session: Session) -> Iterator[Finding]:
        """Hold the bytes to what the ledger tells of them: a step of ``check.findings``."""
        states: dict[str, bool | None] = {}
        for ident, piece in told(session):
            if piece.sha256 not in states:
                states[piece.sha256] = state = self._state(piece.sha256)
                self.absent += state is None
            if states[piece.sha256] is False:
                detail = f"{piece.name} {piece.sha256}"
                yield Finding(Damage.EVIDENCE, "problem", ident, detail, Remedy.ATTACH)

    def _state(self, sha256: str) -> bool | None:
        return _state(self._folder / sha256, sha256) if self._folder else None


class Left(NamedTuple):
    """How many contents did not go with what was made."""

    absent: int = 0
    """They are not here, as in a copy or after a restore: that is no damage."""
    changed: int = 0
    """Other bytes are in their place: somebody must look at that."""

    def and_one(self, place: Path | None, sha256: str) -> "Left":
        """One more, which is not here as it was."""
        gone = place is None or _state(place, sha256) is None
        return Left(self.absent + gone, self.changed + (not gone))


def copy(location: str, wanted: Iterable[str], target: Path) -> Left:
    """Copy contents by their digests into a folder of their own; how many could not be.

    Raises:
        OSError: The system refused.
    """
    folder = folder_of(location)
    return _copied_from([folder] if folder else [], wanted, target)[1]


def digests(rows: Rows) -> set[str]:
    """Of all contents that the ledger tells of, those of what is void too."""
    told = rows("SELECT evidence FROM problem WHERE evidence <> '[]'")
    return {piece.sha256 for (listed,) in told for piece in pieces(listed)}


def bring(location: str, wanted: Iterable[str], sources: Iterable[Path]) -> tuple[int, Left]:
    """Take contents that the ledger tells of from beside the stores and backups that it came from.

    Args:
        location: The store.
        wanted: Their digests.
        sources: The files; what lies beside them is believed only where it fits its digest.

    Returns:
        How many came that were not here, and what is still not here.

    Raises:
        CannotWrite: The folder cannot be written.
    """
    folder = folder_of(location)
    beside = [each for source in sources for each in _beside(source)]
    if folder is None:
        return 0, Left(absent=len(set(wanted)))
    try:
        return _copied_from(beside, wanted, folder)
    except OSError as error:
        raise CannotWrite(path=folder, reason=files.reason(error)) from error


def _beside(source: Path) -> Iterator[Path]:
    """Where the bytes of a store's or a backup's evidence may lie, which has not been told otherwise."""
    yield source.with_name(f"{source.name.removesuffix('.age').removesuffix('.db')}{SUFFIX}")
    yield source.with_name(f"{source.stem}{SUFFIX}")
    yield source.with_name(BACKED_UP)


def _copied_from(folders: Sequence[Path], wanted: Iterable[str], target: Path) -> tuple[int, Left]:
    came, left = 0, Left()
    for sha256 in sorted(set(wanted)):
        place = target / sha256
        if is_here(place, sha256):
            continue
        source = next((each / sha256 for each in folders if is_here(each / sha256, sha256)), None)
        if source is None:
            places = [each / sha256 for each in (*folders, target)]
            left = left.and_one(next((each for each in places if _state(each, sha256) is False), None), sha256)
            continue
        files.make_folder(target)
        with files.beside(place) as draft:
            _copied(source, draft)
            files.settle(draft, place, replace=True)
        came += 1
    return came, left
