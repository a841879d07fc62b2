"""docs/json.md: what every command prints in JSON, from the same contracts as the schemas."""

from collections.abc import Iterator, Mapping
from typing import Any

from making.json_contract import Contract, contracts
from making.json_kinds import Schema, printed

HEAD = """# JSON

由 docs/generate.py 按程序的报表生成，不要手改。Made by docs/generate.py from the program's reports; not to be edited.

每条命令都接受 `--format json`（或 `--json`，写在哪里都行）：
stdout 上一个文档，键名用英文，不随语言变化。
`schema` 是 1；只加键不改它，键的含义不会变。日期是 ISO 文字，时刻用 UTC，率是 0 到 1；
状态等用代码（见[数据模型](data-model.md)）。
编号 `id` 是文字，不要拆开来算。下面没有写「可缺」的键都在；台账没有写的，能为 null 的是 null，列表是 []。
Every command takes `--format json` (or `--json`, anywhere): one document on stdout with English keys, the same in
every language. `schema` is 1; added keys do not change it, and no key changes its meaning. Dates are ISO text,
instants are in UTC, states and kinds are codes ([data model](data-model.md)), rates go from 0 to 1. An `id` is opaque
text. A key is always there unless it says “optional” below; what the ledger does not say is null where null is
allowed, and [] for a list.

每条命令有一份 JSON Schema，不认识的键都不收：`docs/json/命令.schema.json`，如
Every command has a JSON Schema that takes no key it does not know: `docs/json/COMMAND.schema.json`, as
[list](json/list.schema.json), [team-show](json/team-show.schema.json); beside them
[written](json/written.schema.json), [refused](json/refused.schema.json) and, of `fugong --version --json`,
[version](json/version.schema.json).

## 写入 What writes

`{"schema": 1, "items": […]}`，一项一条记录；命令指到的在前，没有变动的 `done` 是空的。
An item for each record that the command names or touched; `done` is empty where it was so already.

```json
{"kind": "problem", "id": "1-1", "name": null, "uid": "…", "done": ["close"]}
```

`done`：办理记录的代码，同 `show` 的 `events`。文件、台账、设置的 `kind` 是 `file`、`store`、`setting`，没有 `uid`。
`done` has the acts of its events, as `show` has them. Files, stores and settings have the kinds `file`, `store` and
`setting`, and no `uid`.

写了 `-o 文件` 的，结果在文件里，格式看文件名的后缀，stdout 上是写了哪个文件：
With `-o FILE` the result is in the file, in the format of its suffix, and stdout has which file was written:

```json
{"kind": "file", "id": null, "name": "台账.xlsx", "uid": null, "done": ["write"]}
```

`run`、`shell`（从管道读命令时）一个文档：每行一项，有退出码和那条命令自己的文档；被拒绝的行有 `error`：
`run`, and `shell` that reads from a pipe, print one document: of each line its exit code, and the document of its
command or its `error`.

```json
{"line": 1, "command": "close 1-1 好", "code": 0, "answer": {"schema": 1, "items": […]}, "error": null}
```

## 拒绝 What is refused

stderr 上一个文档；写法不对的 `code` 是 `usage`，程序出错的是 `bug`，其余的见 [codes.md](codes.md)。
One document on stderr; `code` is `usage` where the command line is wrong and `bug` where the program is; all others are
in [codes.md](codes.md).

```json
{"schema": 1, "error": {"code": "ambiguous_name", "message": "…"}}
```

## 读取 What reads

`{"schema": 1, "items": […]}` 和下面 `items` 以外的键；标「写」的命令，写了就照上面打印。
`{"schema": 1, "items": […]}` and the keys below that do not stand in `items`. A command marked “writes” prints what
stands above where it wrote.
"""

TYPES = {"string": "text", "integer": "number", "boolean": "true, false", "null": "null"}
FORMATS = {"date": "date", "date-time": "instant"}
BESIDE = " （在 `items` 以外 beside `items`）"
OPTIONAL = " （可缺 optional）"


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *_told(), *_writing()])


def _told() -> Iterator[str]:
    for each in contracts():
        if each.reads:
            yield f"### {each.command}{'（写 writes）' if each.writes else ''}\n"
            yield f"[JSON Schema](json/{each.file})\n\n| key | type | null | 意思 meaning |\n|---|---|---|---|"
            yield from _rows(each)
            yield ""


def _rows(contract: Contract) -> Iterator[str]:
    item, beside = contract.item, contract.beside
    for key, schema in _properties(item).items():
        yield _row(key, schema, OPTIONAL * (key not in item["required"]))
    for key, schema in _properties(beside).items():
        where = BESIDE * (beside.get("items") is not False)
        yield _row(key, schema, where + OPTIONAL * (key not in beside["required"]))


def _properties(schema: Schema) -> Mapping[str, Schema]:
    properties: Mapping[str, Schema] = schema.get("properties", {})
    return properties


def _row(key: str, schema: Schema, remark: str) -> str:
    null = "null" if "null" in schema.get("type", ()) else ""
    return f"| `{key}`{remark} | {_kind(printed(schema))} | {null} | {schema.get('description', '')} |"


def _kind(schema: Mapping[str, Any]) -> str:
    """A type in words."""
    if "enum" in schema:
        return ", ".join(f"`{code}`" for code in schema["enum"] if code is not None)
    types = schema.get("type", [])
    kinds = [each for each in ([types] if isinstance(types, str) else types) if each != "null"]
    return ", ".join(_named(each, schema) for each in kinds)


def _named(kind: str, schema: Mapping[str, Any]) -> str:
    match kind:
        case "object" if isinstance(schema.get("additionalProperties"), dict):
            return f"object: by name {_kind(schema['additionalProperties'])}"
        case "object":
            return "object: " + ", ".join(f"`{key}`" for key in schema.get("properties", ()))
        case "array":
            return f"list of {_kind(schema.get('items', {}))}".removesuffix(" of ")
        case "string":
            return FORMATS.get(schema.get("format", ""), "text")
        case "number":
            return "rate" if schema.get("maximum") == 1 else "number"
        case _:
            return TYPES[kind]


def _writing() -> Iterator[str]:
    """The commands that print nothing but what they wrote."""
    names = ", ".join(f"`{each.command}`" for each in contracts() if not each.reads)
    yield f"## 只写的命令 Commands that only write\n\n{names}\n"
