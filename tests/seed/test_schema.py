"""The JSON Schema that editors complete and check seed files with: current, complete, and true of the examples."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.county import SEED

from fugong.seed.rows import Seed

ROOT = Path(__file__).resolve().parents[2]
Schema = dict[str, Any]
SCHEMA: Schema = json.loads((ROOT / "data" / "seed.schema.json").read_text(encoding="utf-8"))

Place = tuple[str | int, ...]


def minimal() -> str:
    """The smallest example of the documentation."""
    return (ROOT / "docs" / "seed.md").read_text(encoding="utf-8").partition("```yaml\n")[2].partition("```")[0]


EXAMPLES = {
    "data/seed.yaml": (ROOT / "data" / "seed.yaml").read_text(encoding="utf-8"),
    "tests/data/county.yaml": SEED.read_text(encoding="utf-8"),
    "docs/seed.md": minimal(),
}


class _Json(yaml.SafeLoader):
    """YAML 1.2 as editors read it: only true and false are truth values, ``on`` is a name, a date is text."""

    yaml_implicit_resolvers = {  # noqa: RUF012  (as the class above has it)
        first: [(tag, form) for tag, form in forms if not tag.endswith((":timestamp", ":bool"))]
        for first, forms in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


_Json.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("(?:true|false)$"), list("tf"))


def violations(schema: Schema, value: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Where a value breaks the schema, for the part of JSON Schema that the models make use of."""
    if "$ref" in schema:
        yield from violations(SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")], value, place)
    elif "anyOf" in schema:
        (option,) = (each for each in schema["anyOf"] if (each.get("type") == "null") is (value is None))
        yield from violations(option, value, place)
    elif not isinstance(value, _TYPES[schema["type"]]) or (schema["type"] == "integer" and isinstance(value, bool)):
        yield place, schema["type"]
    elif schema["type"] == "object":
        yield from _mapping(schema, value, place)
    elif schema["type"] == "array":
        for at, item in enumerate(value):
            yield from violations(schema["items"], item, (*place, at))
    elif not _fits(schema, value):
        yield place, "value"


_TYPES: dict[str, Any] = {
    "object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": type(None),
}  # fmt: skip


def _mapping(schema: Schema, value: dict[str, Any], place: Place) -> Iterator[tuple[Place, str]]:
    known = schema["properties"]
    yield from ((place, f"{name} is missing") for name in schema.get("required", ()) if name not in value)
    for name, part in value.items():
        if name in known:
            yield from violations(known[name], part, (*place, name))
        else:
            yield (*place, name), "unknown"


def _fits(schema: Schema, value: Any) -> bool:
    return (
        value in schema.get("enum", [value])
        and (schema.get("format") != "date" or re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) is not None)
        and ("pattern" not in schema or re.search(schema["pattern"], value) is not None)
        and ("maxLength" not in schema or len(value) <= schema["maxLength"])
        and schema.get("minimum", value) <= value <= schema.get("maximum", value)
    )


def objects(schema: Schema) -> Iterator[Schema]:
    """The schema itself and every definition that describes a mapping."""
    yield from (each for each in (schema, *schema["$defs"].values()) if each["type"] == "object")


def test_the_schema_is_that_of_the_models() -> None:
    assert {"$schema": "https://json-schema.org/draft/2020-12/schema", **Seed.model_json_schema()} == SCHEMA


def test_the_schema_has_every_section_in_the_order_of_the_file() -> None:
    assert list(SCHEMA["properties"]) == [
        "as_of", "campaign", "lists", "departments", "teams", "enterprises", "members", "problems", "activities",
        "milestones", "practices", "figures",
    ]  # fmt: skip
    assert SCHEMA["required"] == ["as_of"]


def test_nothing_beside_what_is_declared_is_allowed_and_everything_is_described() -> None:
    for each in objects(SCHEMA):
        assert each["additionalProperties"] is False
        assert each["description"]
        assert all(part.keys() & {"type", "$ref", "anyOf"} for part in each["properties"].values())


@pytest.mark.parametrize("text", EXAMPLES.values(), ids=EXAMPLES)
def test_the_schema_accepts_the_examples(text: str) -> None:
    assert list(violations(SCHEMA, yaml.load(text, _Json))) == []  # noqa: S506  (a safe loader)


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("campaign: {name: 演练, county: 某县}", (), "as_of is missing"),
        ("as_of: 三月", ("as_of",), "value"),
        ("as_of: 2020-03-12\nteems: []", ("teems",), "unknown"),
        ("as_of: 2020-03-12\nteams: [{code: 1, name: 第一组}]", ("teams", 0, "code"), "string"),
        ('as_of: 2020-03-12\nteams: [{code: "1"}]', ("teams", 0), "name is missing"),
        ("as_of: 2020-03-12\nfigures: [{key: f, measure: all, value: 1}]", ("figures", 0, "measure"), "value"),
        ("as_of: 2020-03-12\nfigures: [{key: f, measure: found, value: -1}]", ("figures", 0, "value"), "value"),
        ("as_of: 2020-03-12\ndepartments: [{name: 甲, aliases: 乙}]", ("departments", 0, "aliases"), "array"),
        ("as_of: 2020-03-12\ndepartments: [{name: 甲, inferred: 是}]", ("departments", 0, "inferred"), "boolean"),
    ],
)
def test_the_schema_refuses_what_the_program_refuses(text: str, place: Place, what: str) -> None:
    assert list(violations(SCHEMA, yaml.load(text, _Json))) == [(place, what)]  # noqa: S506  (a safe loader)


def test_the_examples_name_the_schema_by_a_path_that_leads_to_it() -> None:
    first = EXAMPLES["data/seed.yaml"].splitlines()[0]
    assert first == "# yaml-language-server: $schema=seed.schema.json"
