"""Which commands another store lacks, as far as is known here."""

import json
from collections.abc import Iterator

from fugong.db import Reader
from fugong.errors.merging import NoCopy
from fugong.keeping import bundles
from fugong.keeping.carried import Carried
from fugong.queries import seals
from fugong.values import texts


def bundle(
    reader: Reader, *, name: str | None = None, everything: bool = False, carried: Carried | None = None
) -> Iterator[bytes]:
    """A bundle of what others lack, as the bytes of a file.

    Args:
        reader: The store.
        name: For whom; None: for all that are known.
        everything: All there is.
        carried: Evidence that goes with it.

    Raises:
        NoCopy: Nobody of that name is known.
    """
    known = frozenset[str]() if everything else _known(reader, name)
    lines = bundles.lines(reader.rows, replica=reader.settings["replica"], known=known)
    return bundles.packed(carried.behind(lines) if carried else lines)


def _known(reader: Reader, name: str | None) -> frozenset[str]:
    """What everybody who is meant has already."""
    heard = {replica: json.loads(heads) for replica, heads in reader.rows("SELECT replica, heads FROM peer")}
    if name is not None:
        meant = _meant(reader, name)
        heard = {replica: heads for replica, heads in heard.items() if replica in meant}
    every = [frozenset(seals.commands_known(reader.rows, heads)) for heads in heard.values()]
    return frozenset.intersection(*every) if every else frozenset()


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
