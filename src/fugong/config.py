"""Settings from the environment and from the user's own file: language, store, actor, clock, what people like.

Nothing here is read at import time, so that a test, or a shell, can change its mind.
"""

import os
import sys
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from pathlib import Path
from typing import Any

from fugong.errors.entries import BadClock
from fugong.errors.store import PasswordShown, StoreUnnamed, StoreUnplaced

APP = "fugong"

quiet: ContextVar[bool] = ContextVar("quiet", default=False)
"""``--quiet``: print only results and errors."""
colourless: ContextVar[bool] = ContextVar("colourless", default=False)
"""``--no-color``."""
mute: ContextVar[bool] = ContextVar("mute", default=False)
"""``--no-input``: ask nothing."""
as_json: ContextVar[bool] = ContextVar("as_json", default=False)
"""``--format json``: results and refusals are JSON."""
written_in: ContextVar[str | None] = ContextVar("written_in", default=None)
"""The language that a report was asked for in (``--header``), while it is written."""
LANGUAGES = ("zh", "en")


def chinese(env: Mapping[str, str] = os.environ) -> bool:
    """Whether to speak Chinese: unless ``FUGONG_LANG`` asks for English, or on a terminal the user's settings.

    ``LANG`` is not followed: cron runs with LANG=C, and the nightly text must not change language.
    """
    asked = written_in.get() or env.get("FUGONG_LANG")
    if asked is None:
        asked = on_terminal("language") or "zh"
    return not asked.strip().lower().startswith("en")


def unknown_language(env: Mapping[str, str] = os.environ) -> str:
    """What ``FUGONG_LANG`` asks for, if it is neither of the two languages."""
    asked = env.get("FUGONG_LANG", "").strip()
    return "" if asked.lower().startswith(LANGUAGES) or not asked else asked


# The user's settings file: what a person likes, on this machine. ``fugong settings`` writes it.

FILTERS, TEAMS = "filters", "teams"
"""Tables of the file: saved filters by name, and default teams by store."""
_read: ContextVar[tuple[dict[str, Any], str] | None] = ContextVar("read", default=None)
"""What it says and what is wrong with it, once it was read in this run."""


def forget() -> None:
    """Begin a run: drop the options and settings of the run before, which the shell has in the same process."""
    quiet.set(False)
    colourless.set(False)
    mute.set(False)
    as_json.set(False)
    _read.set(None)


def forget_settings() -> None:
    """Read the settings file once more when it is asked for."""
    _read.set(None)


def settings_file() -> Path:
    """Where the user's settings are.

    Raises:
        RuntimeError: The user has no home.
    """
    import platformdirs

    return at_home(platformdirs.user_config_path(APP, appauthor=False)) / "settings.toml"


def at_home(folder: Path) -> Path:
    """A folder of the user, as platformdirs names it.

    Raises:
        RuntimeError: The user has no home. Some versions of platformdirs say so themselves, others name a folder that
            begins with what HOME says, or with ``~``.
    """
    if not folder.is_absolute():
        raise RuntimeError(folder)
    return folder


def saved() -> tuple[dict[str, Any], str]:
    """What the settings file says, nothing where there is none; and what is wrong with it, if anything."""
    said = _read.get()
    if said is None:
        said = _saved()
        _read.set(said)
    return said


def _saved() -> tuple[dict[str, Any], str]:
    try:
        text = settings_file().read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}, ""
    except (OSError, RuntimeError, UnicodeDecodeError) as error:  # it is a convenience: no command depends on it
        return {}, "" if isinstance(error, RuntimeError) else type(error).__name__
    import tomllib

    try:
        return tomllib.loads(text), ""
    except tomllib.TOMLDecodeError as error:
        return {}, str(error)


def on_terminal(name: str) -> str | None:
    """A user setting, read only if stdout is a terminal, so that it never changes what a script or pipe gets."""
    if sys.stdout is None or not sys.stdout.isatty():
        return None
    value = saved()[0].get(name)
    return value if isinstance(value, str) else None


def default_team(place: str) -> str | None:
    """The team that the user's settings name for a store, which fills in for one that is not typed."""
    teams = saved()[0].get(TEAMS)
    value = teams.get(place) if isinstance(teams, dict) else None
    return value if isinstance(value, str) else None


def store_location(option: str | None = None, env: Mapping[str, str] = os.environ) -> str:
    """Path or URL of the store: the option, else ``FUGONG_STORE``, else the user's data folder.

    Raises:
        PasswordShown: The option holds a password.
        StoreUnnamed: The option is empty, as where a script's variable is not set.
    """
    if option is not None and not option.strip():
        raise StoreUnnamed
    if option and "://" in option and _tells_password(option):
        raise PasswordShown
    return option or env.get("FUGONG_STORE") or str(default_store())


def _tells_password(url: str) -> bool:
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    return ":" in parts.netloc.rpartition("@")[0] or "password=" in parts.query.lower()


def default_store() -> Path:
    """Where the store lives when nobody says otherwise.

    Raises:
        StoreUnplaced: The user has no home: a bare container, or a service without HOME.
    """
    import platformdirs

    try:
        return at_home(platformdirs.user_data_path(APP, appauthor=False)) / "fugong.db"
    except RuntimeError:
        raise StoreUnplaced from None


def crash_folder() -> Path:
    """Where the details of a bug are written, for the user alone.

    Raises:
        RuntimeError: The user has no home.
    """
    import platformdirs

    return at_home(platformdirs.user_log_path(APP, appauthor=False))


def install(extra: str) -> str:
    """How an extra is added to this program: from whatever it was installed from, which need be on no index.

    Args:
        extra: Its name in pyproject.toml.
    """
    import json
    from importlib.metadata import PackageNotFoundError, distribution
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    try:
        told = json.loads(distribution(APP).read_text("direct_url.json") or "{}")
    except PackageNotFoundError:
        told = {}
    parts = urlsplit(str(told.get("url", "")))
    where = url2pathname(parts.path) if parts.scheme == "file" else APP
    how = "pip install -e" if told.get("dir_info", {}).get("editable") else "pip install"
    return f'{how} "{where}[{extra}]"'


def actor(env: Mapping[str, str] = os.environ) -> str:
    """Who is at the keyboard: ``FUGONG_ACTOR``, else the machine's user."""
    named = env.get("FUGONG_ACTOR", "").strip()
    if named:
        return named
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no LOGNAME and no password entry: a bare container
        return "unknown"


def now(zone: str, env: Mapping[str, str] = os.environ) -> datetime:
    """The present instant, in UTC.

    ``FUGONG_TODAY`` (a date, or a date and time, in the store's time zone) replaces the clock;
    a bare date stands for its noon.

    Raises:
        BadClock: ``FUGONG_TODAY`` is neither.
    """
    fixed = env.get("FUGONG_TODAY", "").strip()
    if not fixed:
        return datetime.now(UTC)
    try:
        moment = _noon(fixed) or datetime.fromisoformat(fixed)
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone_of(zone))).astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadClock(value=fixed) from None


def _noon(text: str) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(text), time(12))
    except ValueError:
        return None


def entry_time(moment: datetime) -> str:
    """An instant as the store keeps it: UTC, to the microsecond, sortable as text."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def local_day(moment: datetime, zone: str) -> date:
    """The calendar day of an instant in the store's time zone, never the machine's."""
    return moment.astimezone(zone_of(zone)).date()


def zone_of(name: str) -> tzinfo:
    """A time zone by its name.

    China's has had one offset since 1991, before anything that is counted here: whoever asks for a moment of it need
    not load the tables of all others, which takes longer than reading a county's problems.
    """
    if name == "Asia/Shanghai":
        return _CHINA
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)


_CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
