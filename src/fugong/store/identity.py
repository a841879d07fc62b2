"""The identity that travels."""

import os
import time


def new_uid() -> str:
    """A UUIDv7: the time in milliseconds and 4096ths of one, then chance, so that new rows sort after old ones."""
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    bits = milliseconds << 80 | 0x7 << 76 | (rest * 4096 // 1_000_000) << 64 | 0x2 << 62
    bits |= int.from_bytes(os.urandom(8)) >> 2
    digits = f"{bits:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
