"""Verifies the history of a store from docs/events.md alone, and shares nothing with the program that wrote it.

``python tests/docs/verify_events.py store.db`` prints the seal, or what does not hold, and ends with 1 then.
"""

import hashlib
import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from typing import Any


def canonical(value: Any) -> str:
    """The one JSON text of a value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    """The digest of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def content(event: sqlite3.Row, command: sqlite3.Row) -> dict[str, Any]:
    """What an event says, as its hash is taken of it."""
    return {
        "act": event["act"],
        "actor": command["actor"],
        "approximate": bool(event["approximate"]),
        "batch": command["uid"],
        "changes": json.loads(event["changes"]),
        "kind": event["kind"],
        "on": event["on_date"],
        "parents": json.loads(event["parents"]),
        "recorded_at": command["recorded_at"],
        "replica": command["replica"],
        "subject": event["named"] or event["subject"],
        "text": event["text"],
        "verb": command["verb"],
        **({"undoes": event["undoes"]} if event["undoes"] else {}),
    }


def head(command: sqlite3.Row, undone: str | None) -> str:
    """What a command says of itself: where the text begins that its digest is taken of."""
    same = ("actor", "number", "previous", "recorded_at", "replica", "uid", "verb")
    return canonical({name: command[name] for name in same} | {"saw": json.loads(command["saw"]), "undoes": undone})


def seal(heads: set[tuple[str, str]]) -> str:
    """What stands for all chains that have these ends, each a replica and a digest."""
    return sha256("".join(sorted(f"{replica} {digest}\n" for replica, digest in heads)))[:32]


def leading(older: dict[str, tuple[str | None, list[str]]], last: str | None, stood: set[str]) -> list[str]:
    """What a first command has in the place of events: the older commands that lead to the one it names."""
    found: list[str] = []
    while last in older:
        stood.add(last)
        last, said = older[last]
        found = [*said, *found]
    return found


class Store:
    """The history of one store."""

    def __init__(self, path: str) -> None:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            self.commands = connection.execute("SELECT * FROM batch ORDER BY id").fetchall()
            self.events = connection.execute("SELECT * FROM event ORDER BY id").fetchall()
            self.published = connection.execute(
                "SELECT e.batch_id, p.seal FROM publication p JOIN event e ON e.subject = p.uid AND e.act = 'add' "
                "WHERE p.seal IS NOT NULL"
            ).fetchall()
        self.by_key = {command["id"]: command for command in self.commands}
        self.heads: set[tuple[str, str]] = set()
        """The ends of the chains, when all was verified."""

    def faults(self) -> Iterator[str]:
        """What does not hold, in words."""
        yield from self._events()
        yield from self._commands()

    def _events(self) -> Iterator[str]:
        earlier: dict[str, set[str]] = {}
        pairs = [json.loads(each["changes"])["redacted"][1] for each in self.events if each["act"] == "redact"]
        redacted: dict[str, set[str]] = {}
        for hash_, rest in (pair for each in pairs for pair in each):
            redacted.setdefault(hash_, set()).add(rest)
        unaware = self._unaware()
        for event in self.events:
            known, named = earlier.setdefault(event["subject"], set()), json.loads(event["parents"])
            where = f"event {event['id']} of {event['kind']} {event['subject']}"
            said = sha256(canonical(content(event, self.by_key[event["batch_id"]])))
            rests = redacted.get(event["hash"], set())
            bare = event["hash"] in unaware and "■■■" in f"{event['changes']}{event['text']}"
            if said not in (event["hash"], *rests) and len(rests) < 2 and not bare:  # of two, nobody can say the rest
                yield f"{where}: its hash is not that of what it says"
            if any(canonical(json.loads(event[name])) != event[name] for name in ("changes", "parents")):
                yield f"{where}: its text is not canonical"
            alone = event["act"] not in ("add", "log") and event["kind"] != "setting"
            if named != sorted(set(named)) or not known.issuperset(named) or (alone and bool(known) != bool(named)):
                yield f"{where}: its parents are not what came before it"
            known.add(event["hash"])

    def _unaware(self) -> set[str]:
        """The events that did not know of a redaction of the same subject, which did not know of them."""
        above: dict[str, set[str]] = {}
        for event in self.events:
            parents = json.loads(event["parents"])
            above[event["hash"]] = set(parents).union(*(above.get(parent, set()) for parent in parents))
        redactions = [(each["subject"], each["hash"]) for each in self.events if each["act"] == "redact"]
        return {
            event["hash"]
            for event in self.events
            for subject, hash_ in redactions
            if event["subject"] == subject
            and event["hash"] not in above[hash_] | {hash_}
            and hash_ not in above[event["hash"]]
        }

    def _commands(self) -> Iterator[str]:
        hashes: dict[int, list[str]] = {}
        for event in self.events:
            hashes.setdefault(event["batch_id"], []).append(event["hash"])
        seals = {publication["batch_id"]: publication["seal"] for publication in self.published}
        known, older, stood = dict[str, tuple[str, int]](), dict[str, tuple[str | None, list[str]]](), set[str]()
        for command in self.commands:
            where, entered = f"command {command['uid']}", hashes.get(command["id"], [])
            undone = self.by_key[command["undoes_id"]]["uid"] if command["undoes_id"] in self.by_key else None
            if command["digest"] is None:
                older[command["uid"]] = (command["previous"], [canonical([command["uid"], undone]), *entered])
                continue
            begins = command["verb"] == "begin" and command["number"] == 1
            lines = [head(command, undone), *(leading(older, command["previous"], stood) if begins else entered)]
            if sha256("\n".join(lines)) != command["digest"]:
                yield f"{where}: its digest is not that of what it says"
            previous, number = command["previous"], command["number"]
            if known.get(previous) != (command["replica"], number - 1) if previous and not begins else number != 1:
                yield f"{where}: it does not join to the one before it"
            if not known.keys() >= set(json.loads(command["saw"])):
                yield f"{where}: it saw what is not here"
            if command["id"] in seals and seals[command["id"]] != seal(self.heads):
                yield f"{where}: it published another seal than that of what came before it"
            end = (command["replica"], command["digest"])
            self.heads = (self.heads - {(command["replica"], previous)}) | {end}
            known[command["digest"]] = (command["replica"], number)
        if older.keys() - stood:
            yield "there are commands without a digest, and no first command stands for them"


def main(path: str) -> int:
    """Verify a store, and say what was found."""
    store = Store(path)
    faults = list(store.faults())
    print(*(faults or [seal(store.heads)]), sep="\n")  # noqa: T201  (it is a program)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
