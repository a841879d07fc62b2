"""Ways in which a file is damaged: bits, bytes, zeroed stretches and pages, pages swapped, the end cut off."""

import random

PAGE = 4096


def damaged(image: bytes, chance: random.Random) -> bytes:
    """A damaged copy of a file."""
    data = bytearray(image)
    way = chance.choice((_bit, _bytes, _zeroes, _page, _swap, _cut, _header))
    way(data, chance)
    return bytes(data)


def _bit(data: bytearray, chance: random.Random) -> None:
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _bytes(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 8)):
        data[chance.randrange(len(data))] = chance.randrange(256)


def _zeroes(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    end = min(start + chance.randint(1, 600), len(data))
    data[start:end] = bytes(end - start)


def _page(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data) // PAGE) * PAGE
    data[start : start + PAGE] = bytes(PAGE)


def _swap(data: bytearray, chance: random.Random) -> None:
    one, other = (slice(start * PAGE, (start + 1) * PAGE) for start in chance.choices(range(len(data) // PAGE), k=2))
    data[one], data[other] = data[other], data[one]


def _cut(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


def _header(data: bytearray, chance: random.Random) -> None:
    data[chance.randrange(100)] = chance.randrange(256)
