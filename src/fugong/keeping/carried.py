"""Evidence that travels in a bundle: bytes in lines behind all else, taken only where the ledger tells of them."""

import base64
import hashlib
import json
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from fugong import files
from fugong.errors.files import CannotWrite, EvidenceFolderNeeded
from fugong.errors.merging import BundleBad
from fugong.keeping import evidence
from fugong.values.evidence import Piece
from fugong.vocab import Words

LINE = "evidence"
_STEP = 2 << 20
"""Bytes in one line: in letters, fewer than a line of a bundle may have."""
_CHANGES = 6
"""Where the line of an event has what changed."""
_OTHER = Words("附件与校验值不符", "evidence does not fit its digest")
_LARGE = Words("附件太大", "evidence in it is too large")


class Carried:
    """What the events of a bundle tell of, put behind its lines."""

    def __init__(self, location: str) -> None:
        self.left = evidence.Left()
        """What is not here, or is changed, and does not travel."""
        self._folder = evidence.folder_of(location)

    def behind(self, lines: Iterable[Any]) -> Iterator[Any]:
        """The lines, and the bytes of what they tell of."""
        wanted = set[str]()
        for line in lines:
            if isinstance(line, list) and line[0] == "event":
                old, new = json.loads(line[1][_CHANGES]).get(LINE, ((), ()))
                wanted |= {Piece.read(each).sha256 for each in {*(new or ())} - {*(old or ())}}
            yield line
        for sha256 in sorted(wanted):
            place = self._folder and self._folder / sha256
            if place is None or not evidence.is_here(place, sha256):
                self.left = self.left.and_one(place, sha256)
                continue
            with place.open("rb") as file:
                for piece in iter(lambda: file.read(_STEP), b""):
                    yield [LINE, [sha256, base64.b64encode(piece).decode("ascii")]]


def put(location: str, source: Path, lines: Iterable[Any], told: Collection[str]) -> int:
    """Keep the contents that came with a bundle and that the ledger tells of.

    Returns:
        How many were not here before.

    Raises:
        EvidenceFolderNeeded: The store is on a server, and no folder is set.
        BundleBad: One is not what its digest says, or larger than evidence may be.
        CannotWrite: The folder cannot be written.
    """
    folder, new = evidence.folder_of(location), 0
    if folder is None:
        raise EvidenceFolderNeeded
    came = (line[1] for line in lines if isinstance(line, list) and line[0] == LINE)
    try:
        for sha256, some in groupby(came, key=lambda said: str(said[0])):
            if sha256 in told and not evidence.is_here(folder / sha256, sha256):
                files.make_folder(folder)
                with files.beside(folder / "draft") as draft:
                    _written(draft, source, sha256, (said[1] for said in some))
                    files.settle(draft, folder / sha256, replace=True)
                new += 1
    except OSError as error:
        raise CannotWrite(path=folder, reason=files.reason(error)) from error
    return new


def _written(draft: Path, source: Path, sha256: str, pieces: Iterable[str]) -> None:
    digest, size = hashlib.sha256(), 0
    with draft.open("wb") as writing:
        for letters in pieces:
            try:
                piece = base64.b64decode(letters, validate=True)
            except (ValueError, TypeError):
                raise BundleBad(path=source, reason=_OTHER) from None
            size += len(piece)
            if size > evidence.MOST:
                raise BundleBad(path=source, reason=_LARGE)
            digest.update(piece)
            writing.write(piece)
    if digest.hexdigest() != sha256:
        raise BundleBad(path=source, reason=_OTHER)
