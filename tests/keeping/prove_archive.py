"""Proves an archive by its index alone, and shares nothing with the program that wrote it.

``python tests/keeping/prove_archive.py FOLDER`` prints the seal, or what does not hold, and ends with 1 then.
"""

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def rows(dump: bytes, table: str) -> Iterator[dict[str, Any]]:
    """The rows of a table."""
    for line in dump.splitlines():
        content = json.loads(line)
        if isinstance(content, list) and content[0] == table:
            yield content[1]


def heads(dump: bytes) -> set[tuple[str, str]]:
    """The ends of the chains of commands."""
    ends: set[tuple[str, str]] = set()
    for command in rows(dump, "batch"):
        if command.get("digest"):
            ends.discard((command["replica"], command.get("previous", "")))
            ends.add((command["replica"], command["digest"]))
    return ends


def commands(dump: bytes) -> Iterator[tuple[str, str]]:
    """Of each command the digest that it has, and the one that it should have (docs/events.md)."""
    hashes: dict[str, list[str]] = {}
    for event in rows(dump, "event"):
        hashes.setdefault(event["batch"], []).append(event["hash"])
    every = list(rows(dump, "batch"))
    older = [
        line
        for command in every
        if not command.get("digest")
        for line in (canonical([command["uid"], command.get("undoes")]), *hashes.get(command["uid"], ()))
    ]
    for command in every:
        if command.get("digest"):
            said = {name: command[name] for name in ("uid", "verb", "actor", "recorded_at", "replica", "number")}
            said |= {"previous": command.get("previous"), "undoes": command.get("undoes")}
            first = canonical(said | {"saw": json.loads(command["saw"])})
            begins = command["verb"] == "begin" and command["number"] == 1
            lines = [first, *(older if begins else hashes.get(command["uid"], ()))]
            yield command["digest"], sha256("\n".join(lines).encode())


def events(dump: bytes) -> Iterator[tuple[str, str]]:
    """Of each event the hash that it has, and the one that it should have."""
    commands = {command["uid"]: command for command in rows(dump, "batch")}
    told = [json.loads(event["changes"])["redacted"][1] for event in rows(dump, "event") if event["act"] == "redact"]
    redacted = {hash_ for each in told for hash_, _ in each}
    for event in rows(dump, "event"):
        if event["hash"] in redacted:
            continue
        command = commands[event["batch"]]
        said = {
            "act": event["act"],
            "actor": command["actor"],
            "approximate": event["approximate"],
            "batch": event["batch"],
            "changes": json.loads(event["changes"]),
            "kind": event["kind"],
            "on": event["on_date"],
            "parents": json.loads(event["parents"]),
            "recorded_at": command["recorded_at"],
            "replica": command["replica"],
            "subject": event["subject"],
            "text": event.get("text"),
            "verb": command["verb"],
        }
        if event.get("undoes"):
            said["undoes"] = event["undoes"]
        yield event["hash"], sha256(canonical(said).encode())


def faults(folder: Path) -> Iterator[str]:
    """What does not hold: of the files, and if they are what they were, of the history in them."""
    found = [*by_index(folder), *by_list(folder)]
    yield from found or history(folder, json.loads((folder / "index.json").read_bytes()))


def names(folder: Path) -> set[str]:
    """Every file of the folder."""
    return {str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file()}


def by_index(folder: Path) -> Iterator[str]:
    """Which files are not as the index has them."""
    listed = {each["name"]: each for each in json.loads((folder / "index.json").read_bytes())["files"]}
    there = names(folder)
    for name in sorted(there ^ {"index.json", "SHA256SUMS", *listed}):
        yield f"{name}: in the index or in the folder, and not in both"
    for name in sorted(there & listed.keys()):
        data = (folder / name).read_bytes()
        if (len(data), sha256(data)) != (listed[name]["size"], listed[name]["sha256"]):
            yield f"{name}: not as the index has it"


def by_list(folder: Path) -> Iterator[str]:
    """Which files are not as the list of hashes has them: the index is in it, and its own hash is on paper."""
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = {name: stated for stated, name in (line.split("  ", 1) for line in lines)}
    there = names(folder) - {"SHA256SUMS"}
    for name in sorted(there ^ listed.keys()):
        yield f"{name}: in the list or in the folder, and not in both"
    for name in sorted(there & listed.keys()):
        if listed[name] != sha256((folder / name).read_bytes()):
            yield f"{name}: not as the list has it"


def history(folder: Path, index: dict[str, Any]) -> Iterator[str]:
    """What does not hold of the seal, and of all that it stands for."""
    dump = (folder / "ledger.jsonl").read_bytes()
    if heads(dump) != {(head["replica"], head["digest"]) for head in index["heads"]}:
        yield "the chains do not end as the index says"
    lines = "".join(sorted(f"{head['replica']} {head['digest']}\n" for head in index["heads"]))
    if sha256(lines.encode())[:32] != index["seal"] or (folder / "chains.txt").read_text(encoding="ascii") != lines:
        yield "the seal is not that of the ends of the chains"
    for what, pairs in (("command", commands(dump)), ("event", events(dump))):
        yield from (
            f"{what} {stated}: that is not the hash of what it says" for stated, made in pairs if stated != made
        )


if __name__ == "__main__":
    place = Path(sys.argv[1])
    found = list(faults(place))
    sys.stdout.write("\n".join(found) or json.loads((place / "index.json").read_bytes())["seal"])
    sys.exit(bool(found))
