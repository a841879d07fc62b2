"""What stands under the program's own version: whatever somebody must know who is to help."""

import platform
from collections.abc import Iterator

from fugong import config, db
from fugong.errors import Refusal
from fugong.lang import T


def lines(store: str | None) -> Iterator[str]:
    """One line for what the program runs on, one for its schema, one for the store.

    A database server is named and not asked: this must answer at once, and always.

    Args:
        store: Where ``--store`` says that it is.
    """
    machine = f"{platform.system()} {platform.machine()}"
    yield f"Python {platform.python_version()} · SQLite {db.sqlite_version()} · {machine}"
    yield T(f"结构 {db.SCHEMA}", f"Schema {db.SCHEMA}")
    try:
        yield T("台账 ", "Store ") + _store(config.store_location(store))
    except Refusal as refusal:
        yield refusal.sentence(chinese=config.chinese())


def _store(location: str) -> str:
    """Where the store is, and its own schema as far as a file tells."""
    place = db.place(location)
    if isinstance(place, str):
        return place
    if not db.exists(location):
        return f"{place}{T('（还没有）', ' (not there yet)')}"
    try:
        with db.reading(location, older=True) as reader:
            schema = reader.settings["schema"]
    except Refusal as refusal:
        return f"{place}{T('：', ': ')}{refusal.sentence(chinese=config.chinese())}"
    return f"{place}{T(f'（结构 {schema}）', f' (schema {schema})')}"
