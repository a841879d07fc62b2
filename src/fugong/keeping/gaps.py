"""Which commands a bundle builds upon that nobody here has: of whom, and which numbers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from fugong.store.records import Copy
from fugong.store.session import Session
from fugong.vocab import Words


class Lacking(Exception):
    """Something was told that builds upon a command which is not here."""

    def __init__(self, replica: str, number: int) -> None:
        super().__init__(replica, number)
        self.replica = replica
        self.number = number


def missing(session: Session, lines: Iterable[Any], lacking: Lacking) -> list[Words]:
    """What is missing, in words, replica by replica.

    A giver has all commands of a chain up to its last one, so those are missing that are neither here nor in the file.
    Where a copy made by hand gave its numbers twice, numbers tell nothing; then it is what was found to be missing.

    Args:
        session: The store, with what came so far.
        lines: The file, once more.
        lacking: What was found to be missing.
    """
    last, held = dict[str, int](), defaultdict[str, set[int]](set)
    for replica, number in session.rows("SELECT replica, number FROM batch WHERE digest IS NOT NULL"):
        held[replica].add(number)
    try:
        for place, line in enumerate(lines):
            if place == 0:
                for replica, number, _ in line["heads"]:
                    last[replica] = max(number, last.get(replica, 0))
            elif line[0] == "batch":
                _, _, _, _, replica, number, *_ = line[1]
                held[replica].add(number or 0)
    except (KeyError, TypeError, ValueError, IndexError):  # what comes behind the gap was read by nobody yet
        last.clear()
    wanted = {replica: runs for replica, most in last.items() if (runs := list(_runs(held[replica], most)))}
    found = wanted or {lacking.replica: [(lacking.number, lacking.number)]}
    return sorted((_said(session, replica, runs) for replica, runs in found.items()), key=lambda words: words.zh)


def _runs(held: set[int], last: int) -> Iterator[tuple[int, int]]:
    """The numbers up to the last one that are not held, each run of them by its ends."""
    before = 0
    for number in [*sorted(each for each in held if 0 < each <= last), last + 1]:
        if number > before + 1:
            yield before + 1, number - 1
        before = number


def _said(session: Session, replica: str, runs: Iterable[tuple[int, int]]) -> Words:
    which = [str(first) if first == last else f"{first}–{last}" for first, last in runs]
    copy = session.find(Copy, uid=replica)
    name = (copy.name or copy.series) if copy else None
    whose = f"{name}（副本 {replica}）" if name else f"副本 {replica} "
    of = f"{name} (replica {replica})" if name else f"replica {replica}"
    return Words(f"{whose}的第 {'、'.join(which)} 次操作", f"commands {', '.join(which)} of {of}")
