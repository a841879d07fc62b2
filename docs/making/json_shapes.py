"""docs/json/*.schema.json: what every document in JSON has, as JSON Schema, of what the program declares."""

import json
from typing import Any, get_args

from fugong.commands.frame.writing import Made, Place
from fugong.crash import BUG
from fugong.errors import catalogue
from fugong.output.json_ import SCHEMA
from fugong.vocab import Act, Kind
from making.json_contract import LINES, Contract, contracts
from making.json_kinds import printed

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TEXT, MAYBE_TEXT = {"type": "string"}, {"type": ["string", "null"]}


def written() -> dict[str, Any]:
    """What a command prints that writes."""
    kinds = [*(kind.value for kind in Kind), *get_args(Place), "setting"]
    done = [*(act.value for act in Act), *get_args(Made), "set"]
    item = _object(
        kind={"enum": kinds, "description": "what it is"},
        id={**MAYBE_TEXT, "description": "its number, 3-2 or 3-w2, or the setting; null for what has none"},
        name={**MAYBE_TEXT, "description": "what people call it; null for what has a number, or is no more"},
        uid={**MAYBE_TEXT, "description": "the identity that travels; null for what is no record"},
        done={
            "type": "array",
            "items": {"enum": sorted(set(done))},
            "description": "what was done to it, in order: the acts of its events; empty where it was so already",
        },
    )
    return _document("What a command prints that writes", items={"type": "array", "items": item})


def refused() -> dict[str, Any]:
    """What a command says on stderr that is refused, or mistyped."""
    codes = sorted({refusal.code for refusal in catalogue()} | {"usage", BUG})
    error = _object(
        code={
            "enum": codes,
            "description": "docs/codes.md; usage: a wrong command line (exit code 2); bug: a fault of the program (3)",
        },
        message={**TEXT, "description": "the sentence for people, in the language of the run"},
    )
    return _document("A refusal or a usage error, on stderr", error=error)


def version() -> dict[str, Any]:
    """What ``fugong --version`` prints."""
    error = _object(code=TEXT, message=TEXT)
    store = _object(
        path={**MAYBE_TEXT, "description": "null where no place can be told"},
        exists={"type": ["boolean", "null"], "description": "null for a database server, which is not asked"},
        schema_version={"type": ["integer", "null"], "description": "null where it is not known"},
        error={"anyOf": [{"type": "null"}, error], "description": "why it cannot be read, as a refusal"},
    )
    return _document(
        "fugong --version --format json",
        version=TEXT,
        python=TEXT,
        sqlite=TEXT,
        system=TEXT,
        schema_version={"type": "integer", "description": "the schema that the program reads and writes"},
        store=store,
    )


def lines(command: str) -> dict[str, Any]:
    """What ``run`` and ``shell`` print: how each line ended, and what it answered."""
    error = _object(code=TEXT, message=TEXT)
    item = _object(
        line={"type": "integer", "description": "its number"},
        command={**TEXT, "description": "the line as it was typed"},
        code={"type": "integer", "description": "its exit code"},
        answer={"type": ["object", "null"], "description": "the document of its command; null where it was refused"},
        error={"anyOf": [{"type": "null"}, error], "description": "why it was refused"},
    )
    return _document(f"fugong {command} --format json", items={"type": "array", "items": item})


def of_command(contract: Contract) -> dict[str, Any]:
    """What a command prints: what it wrote, or its rows and what stands beside them; some do the one or the other."""
    title = {"title": f"fugong {contract.command} --format json"}
    as_written = {"$ref": "written.schema.json"}
    if not contract.reads:
        return {"$schema": DIALECT, **title, **as_written}
    beside = printed(contract.beside)
    items = {} if beside.get("items") is False else {"items": {"type": "array", "items": printed(contract.item)}}
    keys = items | beside["properties"]
    made = _document(title["title"], **keys)
    made["required"] = [key for key in made["required"] if key in ("schema", "items") or key in beside["required"]]
    if not (contract.writes or contract.files):
        return made
    shape = {key: made.pop(key) for key in ("type", "properties", "required", "additionalProperties")}
    return {**made, "anyOf": [shape, as_written]}


def schemas() -> dict[str, str]:
    """The files by name."""
    made = {f"{each.__name__}.schema.json": each() for each in (written, refused, version)}
    made |= {each.file: of_command(each) for each in contracts()}
    made |= {f"{command}.schema.json": lines(command) for command in LINES}
    return {
        f"docs/json/{name}": json.dumps(schema, ensure_ascii=False, indent=2) + "\n" for name, schema in made.items()
    }


def _document(title: str, **properties: Any) -> dict[str, Any]:
    said = _object(schema={"const": SCHEMA, "description": "changes when a script that reads the old would break"})
    return {
        "$schema": DIALECT,
        "title": title,
        **said,
        "properties": said["properties"] | properties,
        "required": ["schema", *properties],
    }


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}
