"""A file that proves something (附件): its name, its size, and the SHA-256 of its bytes, as one text of the ledger."""

from collections.abc import Iterator
from typing import NamedTuple, Self

DIGEST = 64
_KB = 1024


class Piece(NamedTuple):
    """One file. Its name is what its owner called it: it is shown, and never a path."""

    sha256: str
    size: int
    name: str

    @classmethod
    def read(cls, told: str) -> Self:
        """The file that such a text records; its bytes are found by the digest alone, which is letters and digits.

        Raises:
            ValueError: It is no such text: digest, size in bytes and name, parted by blanks.
        """
        sha256, size, name = told.split(" ", 2)
        if len(sha256) != DIGEST or not set(sha256) <= set("0123456789abcdef"):
            raise ValueError(told)
        return cls(sha256, int(size), name)

    @property
    def told(self) -> str:
        """The text by which the ledger records it."""
        return f"{self.sha256} {self.size} {self.name}"

    @property
    def shown(self) -> tuple[str, str]:
        """Its name, and its size as people read it."""
        return self.name, (f"{self.size} B" if self.size < _KB else f"{self.size / _KB:.0f} KB")


def pieces(listed: str) -> Iterator[Piece]:
    """The files that the list of a row tells of."""
    if listed == "[]":  # nearly every row has none: do not load what reads JSON
        return
    import json

    yield from map(Piece.read, json.loads(listed))
