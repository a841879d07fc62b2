"""What can be set in a store, and what each setting may be."""

from datetime import date
from pathlib import Path

import pytest
from tests.conftest import command

from fugong import db
from fugong.domain import settings
from fugong.errors.store import BadSetting, UnknownSetting
from fugong.store.settings import DEFAULTS


def change(store: Path, name: str, value: str) -> None:
    with command(store) as writer:
        settings.change(writer, name, value)


def known(store: Path) -> dict[str, str]:
    with db.reading(str(store)) as reader:
        return reader.settings


def test_a_new_store_is_in_chinas_time_zone_and_yellow_for_two_days(empty_store: Path) -> None:
    assert known(empty_store)["timezone"] == "Asia/Shanghai"
    assert known(empty_store)["yellow_days"] == "2"


@pytest.mark.parametrize(
    ("name", "value"),
    [("timezone", "Europe/London"), ("timezone", "UTC"), ("yellow_days", "0"), ("yellow_days", "30")],
)
def test_a_changed_setting_stays_changed_and_the_others_as_they_were(empty_store: Path, name: str, value: str) -> None:
    before = known(empty_store)
    change(empty_store, name, value)
    assert known(empty_store) == {**before, name: value}


def test_the_zone_of_a_reader_is_the_one_that_was_set(empty_store: Path) -> None:
    change(empty_store, "timezone", "Europe/London")
    with db.reading(str(empty_store)) as reader:
        assert reader.zone == "Europe/London"


@pytest.mark.words
@pytest.mark.parametrize("value", ["", "Mars/Base", "../../etc/passwd", "/etc/localtime", "Asia", "a" * 300, "甲"])
def test_what_is_no_time_zone_is_refused(empty_store: Path, value: str) -> None:
    with pytest.raises(BadSetting) as refusal:
        change(empty_store, "timezone", value)
    assert (refusal.value.code, refusal.value.exit_code) == ("bad_setting", 1)
    assert refusal.value.sentence(chinese=True) == (
        f"设置 timezone 不能是「{value}」：不是时区名，应如 Asia/Shanghai。"
    )
    assert refusal.value.sentence(chinese=False) == (
        f"The setting timezone cannot be “{value}”: no time zone; write one as Asia/Shanghai."
    )
    assert known(empty_store)["timezone"] == "Asia/Shanghai"


@pytest.mark.words
@pytest.mark.parametrize("value", ["", "-1", "31", "two", "2.5", "２", "9" * 5000])
def test_days_of_yellow_are_a_whole_number_up_to_thirty(empty_store: Path, value: str) -> None:
    with pytest.raises(BadSetting) as refusal:
        change(empty_store, "yellow_days", value)
    assert refusal.value.sentence(chinese=True) == f"设置 yellow_days 不能是「{value}」：应是 0 到 30 的整数。"
    assert refusal.value.sentence(chinese=False) == (
        f"The setting yellow_days cannot be “{value}”: it must be a whole number from 0 to 30."
    )
    assert known(empty_store)["yellow_days"] == "2"


@pytest.mark.parametrize("name", ["colour", "replica", "schema", ""])
def test_only_settings_can_be_set_and_the_refusal_names_them(empty_store: Path, name: str) -> None:
    before = known(empty_store)
    with pytest.raises(UnknownSetting) as refusal:
        change(empty_store, name, "1")
    assert (refusal.value.code, refusal.value.exit_code) == ("unknown_setting", 1)
    assert refusal.value.sentence(chinese=True) == f"没有「{name}」这项设置。可以设：{'、'.join(DEFAULTS)}。"
    assert refusal.value.sentence(chinese=False) == f"There is no setting “{name}”. Settings: {', '.join(DEFAULTS)}."
    assert known(empty_store) == before


def test_every_setting_of_a_new_store_can_be_set_to_what_it_is(empty_store: Path) -> None:
    before = known(empty_store)
    for name, value in DEFAULTS.items():
        change(empty_store, name, value)
    assert known(empty_store) == before


def test_a_writer_takes_its_day_from_the_zone_that_was_set(empty_store: Path) -> None:
    change(empty_store, "timezone", "Pacific/Kiritimati")
    with command(empty_store, moment="2020-03-13T09:59:00+00:00") as writer:
        assert writer.today == date(2020, 3, 13)
    with command(empty_store, moment="2020-03-13T10:00:00+00:00") as writer:
        assert writer.today == date(2020, 3, 14)
