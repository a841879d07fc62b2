"""What can be set in a store, and what each setting may be."""

from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fugong.errors.store import BadSetting, UnknownSetting
from fugong.store.records import Setting
from fugong.store.session import Session
from fugong.vocab import Words


def change(session: Session, name: str, value: str) -> None:
    """Change one setting.

    Raises:
        UnknownSetting: There is none of that name.
        BadSetting: The value does not fit it.
    """
    if name not in _CHECKS:
        raise UnknownSetting(name=name, candidates=list(_CHECKS))
    reason = _CHECKS[name](value)
    if reason:
        raise BadSetting(name=name, value=value, reason=reason)
    setting = session.get(Setting, name)
    setting.value = value
    session.save(setting)


def _zone(value: str) -> Words | None:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return Words("不是时区名，应如 Asia/Shanghai", "no time zone; write one as Asia/Shanghai")
    return None


def _days(value: str) -> Words | None:
    if value.isascii() and value.isdigit() and len(value) <= 2 and int(value) <= 30:  # noqa: PLR2004
        return None
    return Words("应是 0 到 30 的整数", "it must be a whole number from 0 to 30")


_CHECKS: Mapping[str, Callable[[str], Words | None]] = {"timezone": _zone, "yellow_days": _days}
