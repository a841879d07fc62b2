"""The identity that travels."""

import os
import time


def new_uid() -> str:
    """A UUIDv7: the time in milliseconds and 4096ths of one, then chance, so that new rows sort after old ones."""
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    bits = milliseconds << 80 | 0x7 << 76 | (rest * 4096 // 1_000_000) << 64 | 0x2 << 62
    bits |= int.from_bytes(_chance.eight()) >> 2
    return _written(bits)


class _Chance:
    """Bytes by chance, asked for by the kilobyte: asking takes longer than all that is done with eight of them."""

    def __init__(self) -> None:
        self._process = 0
        self._left: list[bytes] = []

    def eight(self) -> bytes:
        """Eight bytes; a process that was forked has others than the one that it comes from."""
        if not self._left or self._process != os.getpid():
            self._process, more = os.getpid(), os.urandom(1024)
            self._left = [more[at : at + 8] for at in range(0, len(more), 8)]
        return self._left.pop()


_chance = _Chance()


def computed(*parts: str) -> str:
    """A UUIDv5 of these parts: the same wherever it is computed."""
    import hashlib  # it loads OpenSSL, which no reading command needs

    said = hashlib.sha1(_SPACE + "\n".join(parts).encode(), usedforsecurity=False).digest()[:16]
    bits = int.from_bytes(said) & ~(0xF << 76) & ~(0x3 << 62) | 0x5 << 76 | 0x2 << 62
    return _written(bits)


def veiled(uid: str, prefix: str) -> str:
    """The uid that a record of a county has in a city's store where every county's has the same; twice is none."""
    import hashlib

    mask = int.from_bytes(hashlib.sha256(prefix.encode()).digest()[:16])
    return _written(int(uid.replace("-", ""), 16) ^ mask)


def letters(hash_: str, length: int) -> str:
    """A sayable tag of a hash, without the letters that look like figures or mean something."""
    return "".join(_SAYABLE[int(hash_[2 * i : 2 * i + 2], 16) % len(_SAYABLE)] for i in range(length))


_SAYABLE = "ACDEFGHJKMNPQRSTUVXY"
_SPACE = bytes.fromhex("6f0c5f1e5a0c5d1e9b0a3c1d2e4f6071")
"""The name space of this program's UUIDv5."""


def _written(bits: int) -> str:
    digits = f"{bits:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
