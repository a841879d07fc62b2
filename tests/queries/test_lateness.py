"""What is late, in values and in SQL: the two say the same on either engine."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import behind, lay

from fugong import db
from fugong.errors.store import SettingDamaged
from fugong.queries.lights import lights_on
from fugong.values.lateness import late, sql_late, sql_overdue

DUE = date(2020, 3, 13)
AROUND = [DUE + timedelta(days=days) for days in (-1, 0, 1)]


def test_a_deadline_is_met_until_the_end_of_its_day() -> None:
    assert [late(DUE, day) for day in AROUND] == [False, False, True]
    assert [late(DUE.isoformat(), day.isoformat()) for day in AROUND] == [False, False, True]
    assert (late(None, DUE), late(DUE, None)) == (False, False)


def test_sql_has_late_what_values_have_late(store: Path, fugong: Run) -> None:
    lay(store)
    assert fugong("edit", "2-1", "--due", "2020-03-14").exit_code == 0
    with db.reading(str(store)) as reader:
        for day in AROUND:
            said = list(reader.rows(f"SELECT due_on, {sql_late(':day')} FROM v_problem", day=day.isoformat()))
            assert {due for due, _ in said} == {None, "2020-03-11", "2020-03-13", "2020-03-14"}
            assert [bool(sql) for _, sql in said] == [late(due, day.isoformat()) for due, _ in said]


def test_what_is_closed_is_not_overdue_however_late(store: Path) -> None:
    lay(store)
    with db.reading(str(store)) as reader:
        found = reader.rows(f"SELECT id FROM v_problem WHERE {sql_overdue(':day')} ORDER BY id", day="2021-01-01")
        assert [ident for (ident,) in found] == ["1-1", "1-3"]


def test_what_is_closed_late_is_not_closed_on_time(store: Path, fugong: Run) -> None:
    lay(store)
    fugong("close", "1-1", "--how", "到货", "--on", "2020-03-13", FUGONG_TODAY="2020-03-14")
    fugong("close", "1-3", "--how", "到账", "--on", "2020-03-12", FUGONG_TODAY="2020-03-14")
    items = json.loads(fugong("list", "--status", "closed", "--json").stdout)["items"]
    assert {each["id"]: each["late"] for each in items} == {"1-1": False, "1-2": False, "1-3": True, "2-2": False}
    total = json.loads(fugong("progress", "--rates", "--json", FUGONG_TODAY="2020-03-14").stdout)["total"]
    assert total["on_time"] == {"count": 1, "of": 2, "rate": 0.5}


def test_a_light_is_not_guessed_where_the_setting_is_gone(store: Path) -> None:
    behind(lay(store), "DELETE FROM setting WHERE name = 'yellow_days'")
    with db.reading(str(store)) as reader, pytest.raises(SettingDamaged):
        lights_on(reader.rows, DUE)
