"""Which commands another store lacks, as far as is known here."""

import json
from collections.abc import Iterator
from typing import Any

from fugong.db import Reader
from fugong.errors.merging import NoCopy
from fugong.keeping import bundles
from fugong.keeping.carried import Carried
from fugong.queries import seals
from fugong.values import texts
from fugong.vocab import Grown


def lines(
    reader: Reader, *, name: str | None = None, everything: bool = False, carried: Carried | None = None
) -> Iterator[Any]:
    """The lines of a bundle of what others lack.

    Args:
        reader: The store.
        name: For whom; None: for all that are known.
        everything: All there is.
        carried: Evidence that goes with it.

    Raises:
        NoCopy: Nobody of that name is known.
    """
    if name is not None and (county := _county(reader, name)):
        return _for_county(reader, *county)
    known = frozenset[str]() if everything else _known(reader, name)
    told = bundles.lines(reader.rows, replica=reader.settings["replica"], known=known)
    return carried.behind(told) if carried else told


def _county(reader: Reader, name: str) -> tuple[str, str] | None:
    """In a city's store: the prefix of a county, and the replica under which the city writes for it."""
    for prefix, called, replica in reader.rows("SELECT prefix, name, replica FROM county ORDER BY prefix"):
        if texts.key(name) in (texts.key(prefix), texts.key(called)):
            return prefix, replica
    return None


def _for_county(reader: Reader, prefix: str, replica: str) -> Iterator[Any]:
    """What the city wrote for a county, and nothing of any other."""
    heard = [json.loads(heads) for (heads,) in reader.rows(_HEARD, county=prefix)]
    known = [frozenset(seals.commands_known(reader.rows, heads)) for heads in heard]
    return bundles.lines(
        reader.rows, replica=replica, county=prefix, known=frozenset.intersection(*known) if known else frozenset()
    )


_HEARD = """
SELECT heads FROM peer WHERE replica IN (SELECT DISTINCT replica FROM batch WHERE county = :county) ORDER BY replica
"""


def _known(reader: Reader, name: str | None) -> frozenset[str]:
    """What everybody who is meant has already."""
    heard = {replica: json.loads(heads) for replica, heads in reader.rows("SELECT replica, heads FROM peer")}
    if name is not None:
        meant = _meant(reader, name)
        heard = {replica: heads for replica, heads in heard.items() if replica in meant}
    every = {replica: frozenset(seals.commands_known(reader.rows, heads)) for replica, heads in heard.items()}
    series = {uid: letters for uid, letters in reader.rows("SELECT uid, series FROM copy")}  # noqa: C416  (dict() of rows has no types)
    forks = {uid: letters for uid, letters in reader.rows(_FORKS) if uid in every}
    here = [
        known
        for replica, known in every.items()
        if not any(
            fork != replica and letters[:-_MORE] == series.get(replica, "") and known <= every[fork]
            for fork, letters in forks.items()
        )
    ]
    return frozenset.intersection(*here) if here else frozenset()


_FORKS = f"SELECT uid, series FROM copy WHERE grown = '{Grown.FORK.value}'"
"""Who goes on under another replica: under the former one nobody will be heard of any more."""
_MORE = 2
"""The letters that a fork has more than what it was."""


def _meant(reader: Reader, name: str) -> set[str]:
    """The copies of a name or a series.

    Raises:
        NoCopy: There is none.
    """
    copies = list(reader.rows("SELECT uid, name, series FROM copy ORDER BY series"))
    wanted = texts.key(name)
    found = {uid for uid, called, series in copies if wanted in (texts.key(called or series), texts.key(series), uid)}
    if not found:
        raise NoCopy(name=name, candidates=[called or series for _, called, series in copies] or ["—"])
    return found
