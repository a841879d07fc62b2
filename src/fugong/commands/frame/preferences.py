"""What a user likes, on this machine: what may be set, and the file that keeps it (``config.settings_file``)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fugong import config
from fugong.errors.files import CannotWrite, NoHome
from fugong.errors.store import BadSetting, UnknownSetting
from fugong.vocab import Words

TEAM = "team"


def _one_of(*known: str) -> Callable[[str], Words | None]:
    def unfit(value: str) -> Words | None:
        return None if value in known else Words(f"只能是 {'、'.join(known)}", f"it must be one of {', '.join(known)}")

    return unfit


def _any(_: str) -> None:
    """Accepts any value."""


KNOWN: Mapping[str, tuple[Words, Callable[[str], Words | None]]] = {
    "language": (Words("语言：zh、en；只在终端里。", "Language: zh or en; on a terminal only."), _one_of("zh", "en")),
    "format": (
        Words("终端里默认的格式：table、plain、csv、json、md。", "On a terminal: table, plain, csv, json or md."),
        _one_of("table", "plain", "csv", "json", "md"),
    ),
    "pager": (Words("长表用什么翻页，off 不翻；先于 PAGER。", "What long tables go through, or off; not PAGER."), _any),
    "color": (Words("终端里的颜色：on、off。", "Colours on a terminal: on or off."), _one_of("on", "off")),
    TEAM: (
        Words(
            "这本台账默认的帮扶组：log -、nil、enterprise add 没写 --team 时用它；不用来筛选。",
            "The default team of this store, for log -, nil and enterprise add without --team; it never filters.",
        ),
        _any,
    ),
}  # fmt: skip
"""What can be set, and what is wrong with a value, if anything."""


def place_of(location: str) -> str:
    """The name by which the file knows a store, from whichever folder it is named."""
    from pathlib import Path

    from fugong import db

    place = db.place(location)
    return str(place.absolute() if isinstance(place, Path) else place)


def value_of(name: str, place: str) -> str:
    """What the file says; nothing where it does not."""
    found = config.default_team(place) if name == TEAM else config.saved()[0].get(name)
    return found if isinstance(found, str) else ""


def choose(name: str, value: str, place: str) -> None:
    """Set one of them; an empty value takes it away.

    Raises:
        UnknownSetting, BadSetting: There is none of that name, or it cannot be that.
        SettingsUnreadable, CannotWrite, NoHome: The file cannot be read, or not be written.
    """
    if name not in KNOWN:
        raise UnknownSetting(name=name, candidates=list(KNOWN))
    if value and (why := KNOWN[name][1](value)):
        raise BadSetting(name=name, value=value, reason=why)
    if name == TEAM:
        keep(config.TEAMS, place, value)
    else:
        _write(_changed(_current(), name, value))


def keep(table: str, name: str, value: str | Sequence[str]) -> None:
    """Put an entry into a table of the file; an empty one goes.

    Raises:
        SettingsUnreadable, CannotWrite, NoHome: The file cannot be read, or not be written.
    """
    said = _current()
    held = said.get(table)
    _write(_changed(said, table, _changed(held if isinstance(held, dict) else {}, name, value)))


def filters() -> Mapping[str, Sequence[str]]:
    """The saved filters: by their names, the words that stand for them."""
    held = config.saved()[0].get(config.FILTERS)
    return held if isinstance(held, dict) else {}


def _changed(said: Mapping[str, Any], name: str, value: Any) -> dict[str, Any]:
    return {**{each: held for each, held in said.items() if each != name}, **({name: value} if value else {})}


def _current() -> Mapping[str, Any]:
    """The whole file; what cannot be read is not written over."""
    from fugong.errors.files import SettingsUnreadable

    said, fault = config.saved()
    if fault:
        raise SettingsUnreadable(path=str(config.settings_file()), reason=fault)
    return said


def _write(said: Mapping[str, Any]) -> None:
    from fugong.output import files

    try:
        path = config.settings_file()
    except RuntimeError:
        raise NoHome from None
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        from fugong.files import reason

        raise CannotWrite(path=str(path), reason=reason(error)) from None
    files.save(path, [toml(said).encode()], force=True)
    config.forget_settings()


def toml(said: Mapping[str, Any]) -> str:
    """The file's text: plain entries first, then tables; strings and lists are the same in TOML and in JSON."""
    import json

    def line(name: str, value: Any) -> str:
        return f"{json.dumps(name, ensure_ascii=False)} = {json.dumps(value, ensure_ascii=False)}\n"

    tables = {name: held for name, held in said.items() if isinstance(held, dict)}
    plain = "".join(line(name, value) for name, value in said.items() if name not in tables)
    return plain + "".join(
        f"\n[{json.dumps(name, ensure_ascii=False)}]\n" + "".join(line(*each) for each in held.items())
        for name, held in tables.items()
    )
