"""What every store keeps about itself: its settings, what each may be, and the facts that it got when it was made."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from fugong.config import zone_of
from fugong.errors.store import SettingDamaged
from fugong.store.identity import computed
from fugong.vocab import Words

DEFAULTS: Mapping[str, str] = {
    "timezone": "Asia/Shanghai",
    "yellow_days": "2",
    "review": "off",
    "office": "",
    "notice_word": "",
}
"""What ``store set`` can change, with the values of a new store."""
FACTS = ("replica", "schema", "series")
"""What the store is, which nobody sets."""
HELD = "SELECT name, value FROM setting UNION ALL SELECT name, value FROM fact"
"""SQL for all of these; a value that nobody set is null."""


_GONE = Words("不在了", "it is gone")


def uid(name: str) -> str:
    """The identity of a setting: the same in every store, so that two that set it set one thing."""
    return computed("", "setting", name)


def checked(rows: Iterable[tuple[str, str | None]]) -> dict[str, str]:
    """The settings and facts of a store, all of them; what nobody set has its default.

    Args:
        rows: What ``HELD`` gives.

    Raises:
        SettingDamaged: One is not there, or is what it cannot be: the store was changed by another hand.
    """
    held = {name: DEFAULTS.get(name, "") if value is None else value for name, value in rows}
    for name in (*DEFAULTS, *FACTS):
        if name not in held:
            raise SettingDamaged(name=name, reason=_GONE)
        if reason := unfit(name, held[name]):
            raise SettingDamaged(name=name, reason=reason)
    return held


def faults(wanted: Iterable[str], held: Mapping[str, str | None]) -> Iterator[tuple[str, str]]:
    """Each setting or fact that is missing, unknown or unfit, with what ``store check`` says of it."""
    yield from ((name, "-") for name in wanted if name not in held)
    yield from ((name, "+") for name in held if name not in wanted)
    yield from ((name, value) for name, value in held.items() if value is not None and unfit(name, value))


def unfit(name: str, value: str) -> Words | None:
    """Why a value cannot be that of a setting; None if it can."""
    return _CHECKS[name](value) if name in _CHECKS else None


def _zone(value: str) -> Words | None:
    try:
        zone_of(value)
    except (LookupError, ValueError, OSError):
        return Words("不是时区名，应如 Asia/Shanghai", "no time zone; write one as Asia/Shanghai")
    return None


_MOST_DAYS = 30


def _days(value: str) -> Words | None:
    if value.isascii() and value.isdigit() and len(value) <= len(str(_MOST_DAYS)) and int(value) <= _MOST_DAYS:
        return None
    return Words("应是 0 到 30 的整数", "it must be a whole number from 0 to 30")


def _switch(value: str) -> Words | None:
    return None if value in ("on", "off") else Words("应是 on 或 off", "it must be on or off")


MOST = 50


def _words(value: str) -> Words | None:
    """A name that stands on papers, or nothing."""
    if len(value) <= MOST and value == value.strip() and value.isprintable():
        return None
    return Words(f"应是一行不超过 {MOST} 个字的名称", f"it must be a name in one line of at most {MOST} characters")


_CHECKS: Mapping[str, Callable[[str], Words | None]] = {
    "timezone": _zone,
    "yellow_days": _days,
    "review": _switch,
    "office": _words,
    "notice_word": _words,
}
