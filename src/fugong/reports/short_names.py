"""What firms are called for short on a narrow screen: never a name that another firm could be meant by."""

from collections import Counter

from fugong.db import Reader

LEAST = 3
"""A shorter alias says too little."""


def short_names(reader: Reader) -> dict[str, str]:
    """By full name of now: the shortest alias that nobody else has, else the core name, if only one firm has it."""
    cores = [(str(name), str(core)) for name, core in reader.now.rows("SELECT name, core FROM enterprise ORDER BY id")]
    aliases = "SELECT e.name, a.name FROM enterprise_alias a JOIN enterprise e ON e.id = a.owner_id ORDER BY a.id"
    known = [(str(name), str(alias)) for name, alias in reader.now.rows(aliases)]
    used = Counter(short for _, short in {*cores, *known})
    short = {name: core for name, core in cores if core and used[core] == 1}
    for name, alias in known:
        if LEAST <= len(alias) < len(short.get(name, name)) and used[alias] == 1:
            short[name] = alias
    return short
