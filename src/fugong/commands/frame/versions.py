"""What stands under the program's own version: whatever somebody must know who is to help."""

import json
import platform
from collections.abc import Iterator
from typing import Any

import typer

from fugong import __version__, config, db
from fugong.commands.frame.run import Run
from fugong.errors import Refusal
from fugong.lang import T


def tell(said: Run) -> None:
    """Print them, in the form that the command line asks for."""
    found = facts(said.typed("--store"))
    typer.echo(json.dumps(found, ensure_ascii=False) if said.wants_json else "\n".join(lines(found)))


def facts(store: str | None) -> dict[str, Any]:
    """The versions of the program, of what it runs on, of its schema and of the store, as ``--json`` prints them.

    A database server is named and not asked: this must answer at once, and always.

    Args:
        store: Where ``--store`` says that it is.
    """
    return {
        "schema": 1,
        "version": __version__,
        "python": platform.python_version(),
        "sqlite": db.sqlite_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "schema_version": db.SCHEMA,
        "store": _store(store),
    }


def lines(said: dict[str, Any]) -> Iterator[str]:
    """The same in words: a line for the program, what it runs on, its schema, the store."""
    yield f"fugong {said['version']}"
    yield f"Python {said['python']} · SQLite {said['sqlite']} · {said['system']}"
    yield T(f"结构 {db.SCHEMA}", f"Schema {db.SCHEMA}")
    store = said["store"]
    path, schema, error = store["path"], store["schema_version"], store["error"]
    if path is None:
        state = ""
    elif error:
        state = T("：", ": ")
    elif schema:
        state = T(f"（结构 {schema}）", f" (schema {schema})")
    else:
        state = "" if store["exists"] is None else T("（还没有）", " (not there yet)")
    yield T("台账 ", "Store ") + (path or "") + state + (error["message"] if error else "")


def _store(named: str | None) -> dict[str, Any]:
    """Where the store is, whether it is there, and its own schema: as far as a file tells."""
    said: dict[str, Any] = {"path": None, "exists": None, "schema_version": None, "error": None}
    try:
        location = config.store_location(named)
        place = db.place(location)
        said["path"] = str(place)
        if isinstance(place, str):
            return said
        said["exists"] = db.exists(location)
        if said["exists"]:
            with db.reading(location, older=True) as reader:
                said["schema_version"] = int(reader.settings["schema"])
    except Refusal as refusal:
        said["error"] = {"code": refusal.code, "message": refusal.sentence(chinese=config.chinese())}
    return said
