"""docs/json/*.schema.json: what every document in JSON has, as JSON Schema, of what the program declares."""

import json
from typing import Any

from fugong.errors import catalogue
from fugong.output.json_ import SCHEMA
from fugong.vocab import Act, Kind

TEXT, MAYBE_TEXT = {"type": "string"}, {"type": ["string", "null"]}
PLACES = {"store": ("init", "import", "restore", "upgrade"), "file": ("backup", "export", "template", "write")}
"""What is made beside records: what ``done`` says of it."""
SETTING = {"setting": ("set",)}


def written() -> dict[str, Any]:
    """What a command prints that writes."""
    kinds = [kind.value for kind in Kind] + [*PLACES, *SETTING]
    done = [act.value for act in Act] + [word for words in (PLACES | SETTING).values() for word in words]
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
    codes = sorted({refusal.code for refusal in catalogue()} | {"usage"})
    error = _object(
        code={"enum": codes, "description": "docs/codes.md; usage: the command line is wrong (exit code 2)"},
        message={**TEXT, "description": "the sentence for people, in the language of the run"},
    )
    return _document("A refusal or a usage error, on stderr", error=error)


def listed() -> dict[str, Any]:
    """What every document has that a command prints which reads; its keys stand in docs/json.md."""
    item = {"type": "object"}
    said = _document("What a command prints that reads", items={"type": "array", "items": item})
    return {**said, "required": ["schema"], "additionalProperties": True}


def schemas() -> dict[str, str]:
    """The files by name."""
    made = {"written": written(), "refused": refused(), "listed": listed()}
    return {
        f"docs/json/{name}.schema.json": json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        for name, schema in made.items()
    }


def _document(title: str, **properties: Any) -> dict[str, Any]:
    said = _object(schema={"const": SCHEMA, "description": "changes when a script that reads the old would break"})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **said,
        "properties": said["properties"] | properties,
        "required": ["schema", *properties],
    }


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}
