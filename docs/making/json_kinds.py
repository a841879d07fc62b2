"""JSON Schema of values: of what a column declares, of what was seen, and of two together."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import reduce
from typing import Any, get_args, get_type_hints

from fugong.results.report import Cell, Column, Fields, Mapped
from fugong.vocab import Coded

Schema = dict[str, Any]
"""A schema whose ``type`` is a list; the empty one is that of nothing seen yet."""
DATE = {"type": ["string"], "format": "date"}
INSTANT = {"type": ["string"], "format": "date-time"}
TEXT, COUNT, FLAG = ({"type": [name]} for name in ("string", "integer", "boolean"))
RATE = {"type": ["number"], "minimum": 0, "maximum": 1}
RATIO = {
    "type": ["object"],
    "properties": {"count": COUNT, "of": COUNT, "rate": {**RATE, "type": ["null", "number"]}},
    "required": ["count", "of", "rate"],
    "additionalProperties": False,
}
CELLS: Mapping[Cell, Schema] = {
    Cell.TEXT: TEXT,
    Cell.COUNT: COUNT,
    Cell.RATIO: RATIO,
    Cell.RATE: RATE,
    Cell.DATE: DATE,
    Cell.ABOUT: DATE,
    Cell.DUE: DATE,
    Cell.MOMENT: INSTANT,
    Cell.CODE: TEXT,
    Cell.TERM: TEXT,
    Cell.FLAG: FLAG,
    Cell.LIST: {"type": ["array"], "items": TEXT},
    Cell.TERMS: {"type": ["array"], "items": TEXT},
    Cell.CODES: {"type": ["array"], "items": TEXT},
}


def declared(column: Column, values: Iterable[Any], hint: Any = None) -> Schema:
    """What a column holds in JSON; where its values are of an enumeration, which codes there are.

    Args:
        column: The column.
        values: What rows have there.
        hint: The type of the column's field, where rows have names for what they hold.
    """
    schema, seen = dict(CELLS[column.cell]), list(values)
    if column.cell is Cell.TEXT and any(not isinstance(value, str | None) for value in seen):
        schema = together(map(found, seen))
    if codes := _codes([*(column.codes or ()), *seen], several=column.cell is Cell.CODES):
        said = {"type": ["string"], "enum": codes}
        schema = {"type": ["array"], "items": said} if column.cell is Cell.CODES else said
    nullable = column.nullable if hint in (None, Any) or column.null is not None else type(None) in get_args(hint)
    if nullable:
        schema = merged(schema, {"type": ["null"]})
    code = ""
    if column.cell in (Cell.TERM, Cell.TERMS):
        of_lists = "the code of an entry of the store's lists"
        code = " (its name in the store)" if column.key in _IN_THE_STORE else f" ({of_lists})"
    return {**schema, "description": f"{column.head.zh} {column.head.en}{code}"}


_IN_THE_STORE = ("about", "table")
"""Columns whose values are attributes and tables, of which people see the words."""


def _codes(values: Iterable[Any], *, several: bool) -> list[str]:
    """The codes of the enumeration that values are members of."""
    members = (member for value in values for member in (value if several and isinstance(value, tuple) else (value,)))
    kinds = {type(member): None for member in members if isinstance(member, Coded)}
    return [str(member.value) for kind in kinds for member in kind]


def found(value: Any) -> Schema:
    """The schema of a value that no column declares."""
    match value:
        case None:
            return {"type": ["null"]}
        case bool() | int() | float() | Coded():
            return _hinted(type(value))
        case date():
            return INSTANT if isinstance(value, datetime) else DATE
        case Fields():
            hints = get_type_hints(value.of)
            return of_object({key: _hinted(hints[key]) or found(each) for key, each in value.items()})
        case Mapped():
            each = {"type": ["array"]} if value.changes else together(map(found, value.values()))
            return {"type": ["object"], "additionalProperties": each}
        case dict():
            return of_object({key: found(each) for key, each in value.items()})
        case list() | tuple():
            return {"type": ["array"], "items": together(map(found, value))}
        case _:
            return TEXT


def _hinted(hint: Any) -> Schema:
    """What a field of this type holds; nothing for a type that has no single form."""
    kinds = get_args(hint) or (hint,)
    plain = {str: TEXT, int: COUNT, float: {"type": ["number"]}, bool: FLAG, type(None): {"type": ["null"]}}
    codes = {kind: {"type": ["string"], "enum": [each.value for each in kind]} for kind in kinds if _coded(kind)}
    known = plain | codes
    return together(known[kind] for kind in kinds) if all(kind in known for kind in kinds) else {}


def _coded(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Coded)


def of_object(properties: Mapping[str, Schema]) -> Schema:
    """An object with these keys and no others."""
    return {
        "type": ["object"],
        "properties": dict(properties),
        "required": [*properties],
        "additionalProperties": False,
    }


def together(schemas: Iterable[Schema]) -> Schema:
    """What holds for all of several values."""
    return reduce(merged, schemas, Schema())


def merged(one: Schema, other: Schema) -> Schema:
    """What holds for the values of either; a key that one of two objects lacks need not be there."""
    if not one or not other:
        return one or other
    types = sorted({*one["type"], *other["type"]})
    if "number" in types:
        types = [each for each in types if each != "integer"]
    made = {key: value for key, value in (other | one).items() if _kept(key, one, other)} | {"type": types}
    for key in ("items", "additionalProperties"):
        if isinstance(one.get(key), dict) and isinstance(other.get(key), dict):
            made[key] = merged(one[key], other[key])
    if "enum" in one and "enum" in other:
        made["enum"] = [*dict.fromkeys([*one["enum"], *other["enum"]])]
    if "properties" in one and "properties" in other:
        left, right = one["properties"], other["properties"]
        made["properties"] = {key: merged(left.get(key, {}), right.get(key, {})) for key in (left | right)}
        made["required"] = [key for key in one["required"] if key in other["required"]]
    return made


def fits(seen: Schema, schema: Schema) -> bool:
    """Whether values that were seen can be what is declared."""
    types = {*schema.get("type", ()), *(["integer"] if "number" in schema.get("type", ()) else [])}
    return types.issuperset(seen.get("type", ()))


def _kept(key: str, one: Schema, other: Schema) -> bool:
    """Whether a constraint of one holds for both: null obeys all of them."""
    return all(key in each or each["type"] == ["null"] or key == "description" for each in (one, other))


def printed(schema: Any) -> Any:
    """The same as it is written: one type is no list, null is among the codes, and what was never seen is free."""
    if isinstance(schema, list):
        return [printed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: printed(value) for key, value in schema.items()}
    if isinstance(made.get("type"), list):
        if "enum" in made and "null" in made["type"]:
            made["enum"] = [*made["enum"], None]
        made["type"] = made["type"][0] if len(made["type"]) == 1 else made["type"]
    return made
