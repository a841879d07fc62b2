"""A store whose settings another hand damaged: refused in words by whatever needs them, and never a bug.

Trials §1.14.
"""

from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import behind, lay
from tests.queries.lives import DONE, a_county, act
from tests.walk import REPORTS

from fugong.store.settings import DEFAULTS, FACTS

COMMANDS = [
    ["progress"],
    ["list"],
    ["summary"],
    ["show", "1-1"],
    ["chase"],
    ["log", "甲厂", "新问题"],
    ["note", "1-1", "有进展"],
    ["close", "1-1", "--how", "好"],
    ["undo"],
    ["publish"],
    ["reconcile"],
    ["nil", "--team", "10"],
    ["team", "add", "12", "第十二组"],
    ["calendar", "show", "2020-03"],
    ["export", "ledger", "-o", "out.csv"],
    ["report", "-o", "page.html"],
    ["store", "info"],
    ["store", "set", "yellow_days", "3"],
]


@pytest.mark.parametrize("name", [*DEFAULTS, *FACTS])
def test_without_a_setting_every_command_is_refused_with_what_to_do(
    store: Path, fugong: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    table, known = ("setting", DEFAULTS) if name in DEFAULTS else ("fact", FACTS)
    behind(lay(store), f"DELETE FROM {table} WHERE name = :name", name=name)
    for command in COMMANDS:
        result = fugong(*command)
        assert (result.exit_code, result.stdout) == (5, ""), command
        assert name in result.stderr
        assert "fugong store restore" in result.stderr
    assert behind(store, f"SELECT count(*) FROM {table}") == [(len(known) - 1,)]


@pytest.mark.parametrize("name", ["review", "replica"])
def test_no_command_at_all_goes_on_without_a_setting(fugong: Run, name: str) -> None:
    """Every report and every verb there is: each says so, and writes nothing."""
    table = "setting" if name in DEFAULTS else "fact"
    with a_county() as place:
        behind(place, f"DELETE FROM {table} WHERE name = :name", name=name)
        before = place.read_bytes()
        for argv in REPORTS:
            result = fugong("--store", str(place), *argv)
            assert (result.exit_code, result.stdout, name in result.stderr) == (5, "", True), argv
        for number in range(len(DONE)):
            result = act(fugong, place, number, "2020-03-14", refused=5)
            assert (result.exit_code, result.stdout, name in result.stderr) == (5, "", True), DONE[number]
        assert place.read_bytes() == before


@pytest.mark.parametrize(("name", "value"), [("timezone", "某地"), ("yellow_days", "三")])
def test_a_setting_that_cannot_be_is_refused_likewise(store: Path, fugong: Run, name: str, value: str) -> None:
    behind(lay(store), "UPDATE setting SET value = :value WHERE name = :name", name=name, value=value)
    for command in (["list"], ["log", "甲厂", "新问题"]):
        result = fugong(*command, FUGONG_LANG="en")
        assert (result.exit_code, result.stdout) == (5, "")
        assert f"damaged its setting {name}" in result.stderr


def test_a_check_names_what_is_missing(store: Path, fugong: Run) -> None:
    behind(lay(store), "DELETE FROM setting WHERE name = 'timezone'")
    result = fugong("store", "check", "--format", "plain")
    assert (result.exit_code, "设置\ttimezone" in result.stdout) == (6, True)
