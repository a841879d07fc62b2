"""The commands of before the chains: which of them the first command of a store stands for.

Each names the one before it, so they are a tree where copies of an older store were made by hand and each was used.
"""

from collections.abc import Iterator

from fugong.queries import Rows


def before(rows: Rows, last: str | None) -> Iterator[tuple[int, str, str | None]]:
    """Of every older command up to the last: its key, its uid, and that of the command which it takes back."""
    previous: dict[str, str | None] = dict(rows("SELECT uid, previous FROM batch WHERE digest IS NULL"))
    within = set[str]()
    while last is not None and last in previous:
        within.add(last)
        last = previous.pop(last)
    for key, uid, undoes in rows(_OLDER):
        if uid in within:
            yield key, uid, undoes


def known(rows: Rows, digests: frozenset[str]) -> set[str]:
    """The uids of all older commands that first commands among these digests stand for."""
    begun = rows("SELECT digest, previous FROM batch WHERE verb = 'begin' AND number = 1")
    lasts = [last for digest, last in begun if digest in digests]
    return {uid for last in lasts for _, uid, _ in before(rows, last)}


_OLDER = """
SELECT b.id, b.uid, u.uid FROM batch b LEFT JOIN batch u ON u.id = b.undoes_id WHERE b.digest IS NULL ORDER BY b.id
"""
