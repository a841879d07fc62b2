"""The environment decides language, store, actor and clock; the machine's own language and zone do not."""

import importlib.metadata
import json
import os
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from fugong import config
from fugong.config import default_store  # the real one: in a test, the module's own cannot be reached
from fugong.errors.entries import BadClock

SHANGHAI = "Asia/Shanghai"


@pytest.fixture(params=["America/Los_Angeles", "Pacific/Kiritimati", "UTC"])
def elsewhere(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine whose clock is set to another part of the world."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()


@pytest.mark.parametrize(
    ("env", "chinese"),
    [
        ({}, True),
        ({"FUGONG_LANG": ""}, True),
        ({"FUGONG_LANG": "zh"}, True),
        ({"FUGONG_LANG": "zh_CN.UTF-8"}, True),
        ({"FUGONG_LANG": "fr"}, True),
        ({"FUGONG_LANG": "en"}, False),
        ({"FUGONG_LANG": " EN_US.UTF-8 "}, False),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "en_US.UTF-8"}, True),
        ({"LANG": "zh_CN.UTF-8", "FUGONG_LANG": "en"}, False),
    ],
)
def test_only_fugong_lang_chooses_the_language(env: dict[str, str], *, chinese: bool) -> None:
    assert config.chinese(env) is chinese


def test_the_language_may_change_while_the_program_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    assert config.chinese()
    monkeypatch.setenv("FUGONG_LANG", "en")
    assert not config.chinese()


def test_the_option_names_the_store_before_the_environment() -> None:
    assert config.store_location("a.db", {"FUGONG_STORE": "b.db"}) == "a.db"


def test_the_environment_names_the_store_before_the_users_data_folder() -> None:
    assert config.store_location(None, {"FUGONG_STORE": "b.db"}) == "b.db"


@pytest.mark.parametrize("env", [{}, {"FUGONG_STORE": ""}])
def test_the_store_is_in_the_users_data_folder_when_nobody_says_otherwise(
    env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(config, "default_store", default_store)
    assert config.store_location(None, env) == str(default_store())


def test_the_default_store_and_the_crash_folder_are_the_users_own(tmp_path: Path) -> None:
    assert default_store().name == "fugong.db"
    assert default_store().parent.name == "fugong"
    assert tmp_path / "home" in default_store().parents
    assert tmp_path / "home" in config.crash_folder().parents


def test_the_actor_is_the_one_named_in_the_environment() -> None:
    assert config.actor({"FUGONG_ACTOR": " 甲同志 "}) == "甲同志"


@pytest.mark.parametrize("env", [{}, {"FUGONG_ACTOR": "  "}])
def test_the_actor_is_the_machines_user_when_the_environment_names_none(
    env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "clerk")
    assert config.actor(env) == "clerk"


def test_the_actor_of_a_machine_without_users_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "getuid", lambda: 2**31 - 19)  # as in a container that runs under a bare number
    assert config.actor({}) == "unknown"


@pytest.mark.parametrize(
    ("fixed", "instant"),
    [
        ("2020-03-12", "2020-03-12T04:00:00+00:00"),
        (" 2020-03-12 ", "2020-03-12T04:00:00+00:00"),
        ("20200312", "2020-03-12T04:00:00+00:00"),
        ("2020-03-12T17:00", "2020-03-12T09:00:00+00:00"),
        ("2020-03-12 17:00:30", "2020-03-12T09:00:30+00:00"),
        ("2020-03-12T00:00", "2020-03-11T16:00:00+00:00"),
        ("2020-03-12T17:00+00:00", "2020-03-12T17:00:00+00:00"),
        ("2020-03-12T17:00Z", "2020-03-12T17:00:00+00:00"),
    ],
)
def test_a_fixed_clock_is_read_in_the_stores_zone(fixed: str, instant: str) -> None:
    moment = config.now(SHANGHAI, {"FUGONG_TODAY": fixed})
    assert moment == datetime.fromisoformat(instant)
    assert moment.tzinfo is UTC


@pytest.mark.parametrize("value", ["昨天", "2020-13-01", "12/03/2020", "2020-03-12T25:00", "0001-01-01T00:00"])
def test_a_clock_that_cannot_be_read_is_refused_in_both_languages(value: str) -> None:
    with pytest.raises(BadClock) as refusal:
        config.now(SHANGHAI, {"FUGONG_TODAY": value})
    assert (refusal.value.code, refusal.value.exit_code) == ("bad_clock", 1)
    assert refusal.value.sentence(chinese=True) == (
        f"环境变量 FUGONG_TODAY 的值「{value}」不是日期。写作 2020-03-12 或 2020-03-12T17:00。"
    )
    assert refusal.value.sentence(chinese=False) == (
        f"FUGONG_TODAY is “{value}”, which is not a date. Write 2020-03-12 or 2020-03-12T17:00."
    )


@pytest.mark.parametrize("env", [{}, {"FUGONG_TODAY": " "}])
def test_without_a_fixed_clock_it_is_now(env: dict[str, str]) -> None:
    moment = config.now(SHANGHAI, env)
    assert moment.tzinfo is UTC
    assert abs(datetime.now(UTC) - moment) < timedelta(minutes=1)


@pytest.mark.usefixtures("elsewhere")
def test_the_day_is_the_stores_whatever_zone_the_machine_is_in() -> None:
    evening, midnight = datetime(2020, 3, 12, 15, 59, tzinfo=UTC), datetime(2020, 3, 12, 16, tzinfo=UTC)
    assert config.local_day(evening, SHANGHAI) == date(2020, 3, 12)
    assert config.local_day(midnight, SHANGHAI) == date(2020, 3, 13)
    assert config.local_day(midnight, "America/New_York") == date(2020, 3, 12)


@pytest.mark.usefixtures("elsewhere")
def test_the_zone_of_china_is_what_the_tables_of_all_zones_have() -> None:
    there, all_zones = config.zone_of(SHANGHAI), ZoneInfo(SHANGHAI)
    for year, month in product(range(1992, 2038), (1, 7)):
        assert datetime(year, month, 1, tzinfo=there) == datetime(year, month, 1, tzinfo=all_zones)


def test_a_fixed_day_stays_that_day_whatever_zone_the_machine_is_in() -> None:
    env = {"FUGONG_TODAY": "2020-03-12"}
    assert config.now(SHANGHAI, env) == datetime(2020, 3, 12, 4, tzinfo=UTC)
    assert config.local_day(config.now(SHANGHAI, env), SHANGHAI) == date(2020, 3, 12)


class Installed:
    """What pip remembers of an installed program."""

    def __init__(self, told: str | None) -> None:
        self.told = told

    def read_text(self, name: str) -> str | None:
        return self.told if name == "direct_url.json" else None


WHEEL = "file:///srv/%E4%B8%8B%E8%BD%BD%20files/fugong-1.0.0-py3-none-any.whl"


@pytest.mark.parametrize(
    ("told", "command"),
    [
        ({"url": WHEEL, "archive_info": {}}, 'pip install "/srv/下载 files/fugong-1.0.0-py3-none-any.whl[postgresql]"'),
        ({"url": "file:///src", "dir_info": {"editable": True}}, 'pip install -e "/src[postgresql]"'),
        ({"url": "file:///src", "dir_info": {}}, 'pip install "/src[postgresql]"'),
        (None, 'pip install "fugong[postgresql]"'),
    ],
)
def test_an_extra_is_added_from_what_the_program_was_installed_from(
    monkeypatch: pytest.MonkeyPatch, told: dict[str, object] | None, command: str
) -> None:
    installed = Installed(None if told is None else json.dumps(told))
    monkeypatch.setattr(importlib.metadata, "distribution", lambda _: installed)
    assert config.install("postgresql") == command


def test_a_copy_that_nobody_installed_names_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "distribution", absent)
    assert config.install("postgresql") == 'pip install "fugong[postgresql]"'
