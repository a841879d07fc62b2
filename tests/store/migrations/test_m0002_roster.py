"""The step to schema 2: what the events of schema 1 tell of stages becomes a dated history."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run
from tests.stores import lay_older

from fugong.keeping.upgrade import upgrade

pytestmark = pytest.mark.on_a_file

SQL = """
SELECT e.name, s.stage, s.on_date, s.approximate, s.why
FROM stage_change s JOIN enterprise e ON e.id = s.enterprise_id ORDER BY s.id
"""


def stages(store: Path) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(store)) as connection:
        return connection.execute(SQL).fetchall()


def retell(store: Path, old: str, new: str) -> None:
    """Let the events of a store say something else."""
    with closing(sqlite3.connect(store)) as connection, connection:
        changed = connection.execute(
            "UPDATE event SET changes = replace(changes, ?, ?) WHERE instr(changes, ?)", (old, new, old)
        )
        assert changed.rowcount == 1


def test_every_stage_that_was_told_is_in_the_history_and_an_unknown_one_is_not(store: Path) -> None:
    upgrade(str(lay_older(store)))
    assert stages(store) == [
        ("某县甲厂有限公司", "resumed", "2020-03-05", 0, None),
        ("某县乙建材有限公司", "preparing", "2020-03-12", 0, None),
        ("某县乙建材有限公司", "resumed", "2020-03-12", 0, None),
        ("某县丙丁铸造有限公司", "full", "2020-03-12", 0, None),
        ("戊厂", "stopped", "2020-03-12", 0, None),
    ]


def test_a_day_that_was_corrected_is_corrected_and_no_stage_of_its_own(store: Path) -> None:
    retell(lay_older(store), '{"stage":["preparing","resumed"]}', '{"stage_on":["2020-03-12","2020-03-11"]}')
    upgrade(str(store))
    assert [row for row in stages(store) if row[0] == "某县乙建材有限公司"] == [
        ("某县乙建材有限公司", "preparing", "2020-03-11", 0, None)
    ]


def test_why_an_enterprise_is_left_out_of_the_count_is_what_was_remarked_on_it(store: Path) -> None:
    retell(lay_older(store), '"stage":[null,"stopped"]', '"stage":[null,"excluded"]')
    upgrade(str(store))
    assert stages(store)[-1] == ("戊厂", "excluded", "2020-03-12", 0, "尚未包联")


def test_a_stage_of_before_is_reported_as_of_its_day(store: Path, fugong: Run) -> None:
    upgrade(str(lay_older(store)))
    said = json.loads(fugong("progress", "--by", "enterprise", "--as-of", "2020-03-06", "--format", "json").stdout)
    known = {each["enterprise"]: each["stage"] for each in said["items"] if each["stage"] != "unknown"}
    assert known == {"某县甲厂有限公司": "resumed"}


def test_the_event_of_the_upgrade_bears_the_day_of_what_it_follows_from(store: Path, fugong: Run) -> None:
    upgrade(str(lay_older(store)))
    before, after = fugong("enterprise", "show", "戊厂", "--format", "json").stdout.split('"events"')
    assert '"stage"' in before
    assert after.count('"on": "2020-03-13"') == 2
    assert '"actor": "fugong"' in after
