"""What firms are called for short on a narrow screen: never a name that another firm could be meant by."""

from collections import Counter
from collections.abc import Iterator

from fugong.db import Reader

LEAST = 3
"""A shorter alias says too little."""


def short_names(reader: Reader) -> dict[str, str]:
    """By full name: the shortest alias that nobody else had at the cut-off, else the core, if only one firm had it."""
    cores = list(_cores(reader))
    aliases = (
        "SELECT firm.name, a.name FROM enterprise_alias a JOIN enterprise firm ON firm.id = a.owner_id "
        "ORDER BY firm.id, a.name"
    )
    known = [(str(name), str(alias)) for name, alias in reader.rows(aliases)]
    used = Counter(short for _, short in {*cores, *known})
    short = {name: core for name, core in cores if core and used[core] == 1}
    for name, alias in known:
        if LEAST <= len(alias) < len(short.get(name, name)) and used[alias] == 1:
            short[name] = alias
    return short


def _cores(reader: Reader) -> Iterator[tuple[str, str]]:
    """Every firm with the core of its name; what is kept of it is that of now, by the places of now."""
    kept = ((str(name), str(core)) for name, core in reader.now.rows("SELECT name, core FROM enterprise ORDER BY id"))
    if not reader.differs("enterprise"):
        yield from kept
        return
    from fugong.queries.names import Places

    places, now = Places(reader.rows), dict(kept)
    for (name,) in reader.rows("SELECT name FROM enterprise ORDER BY id"):
        core = now.get(str(name))
        yield str(name), places.core(str(name)) if core is None else core
