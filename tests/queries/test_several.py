"""Some problems, made by themselves as they stood, are what they are among all."""

from datetime import date, datetime, timedelta
from pathlib import Path
from unittest.mock import Mock

import pytest
from hypothesis import given, settings
from tests.conftest import Run
from tests.county import lay
from tests.drawing import many
from tests.queries.lives import BEGIN, a_county, acts, at, enter
from tests.queries.test_stability import quietly

from fugong import db
from fugong.config import zone_of
from fugong.queries import past
from fugong.queries.as_of import AsOf
from fugong.queries.counts import counts_of, counts_of_each
from fugong.queries.several import of_problems, of_those, page

ORDER = "team_sort, series, number, tag"
COLUMNS = "id, status, department, assist, bounced, duplicate_of, closed_on"


def same_alone(store: Path | str, now: datetime, day: str, known_at: str | None = None) -> None:
    """At a cut-off, each problem alone, some together and pages of any length say what all of them do."""
    with db.reading(str(store)) as reader:
        now = now.astimezone(zone_of(reader.zone))
        there = past.at(reader, AsOf.read(reader, now, day, known_at))
        every = {uid: line for uid, *line in there.rows(f"SELECT uid, {COLUMNS} FROM v_problem ORDER BY {ORDER}")}
        uids = [uid for (uid,) in reader.rows("SELECT uid FROM problem ORDER BY uid")]
        sql = f"SELECT uid, {COLUMNS} FROM v_problem WHERE uid IN ({{}})"
        for some in (*([uid] for uid in uids), uids[::2], uids):
            alone = {uid: line for uid, *line in of_problems(there, sql, some)}
            assert alone == {uid: every[uid] for uid in some if uid in every}, (day, some)
        few = "few.number < 3 AND few.status <> 'closed'"
        found = there.rows(f"SELECT uid, {COLUMNS} FROM {of_those(there, f'uid, {COLUMNS}', few)} q")
        chosen = {uid for (uid,) in there.rows(f"SELECT uid FROM problem few WHERE {few}")}
        assert {uid: line for uid, *line in found} == {uid: every[uid] for uid in chosen}, day
        if there is reader:
            return
        for limit in range(1, len(uids) + 1):
            assert [list(line) for line in page(there, COLUMNS, "1 = 1", limit)] == list(every.values())[:limit], day


@pytest.mark.parametrize("known_at", [None, "2020-03-15"])
def test_a_duplicate_alone_has_the_number_that_its_original_had(store: Path, fugong: Run, known_at: str | None) -> None:
    """The original moved since, or was found after the duplicate was void."""
    lay(store)
    for day, argv in (
        (15, ("void", "1-2", "--why", "重复", "--duplicate-of", "1-1", "--on", "2020-03-14")),
        (15, ("log", "乙建材", "后来才找到", "--on", "2020-03-15")),
        (15, ("void", "1-3", "--why", "重复", "--duplicate-of", "1-4", "--on", "2020-03-14")),
        (16, ("edit", "1-1", "--team", "2")),
        (16, ("assign", "2-1", "卫健局", "--assist", "工信局")),
    ):
        done = fugong(*argv, FUGONG_TODAY=f"2020-03-{day}")
        assert done.exit_code == 0, done.output
    for day in range(12, 17):
        same_alone(store, datetime.fromisoformat("2020-03-16T23:00+08:00"), f"2020-03-{day}", known_at)


def test_what_differed_is_made_once_for_the_counts_of_several_columns(store: Path, fugong: Run) -> None:
    lay(store)
    assert fugong("close", "2-1", "--how", "已消毒", FUGONG_TODAY="2020-03-16").exit_code == 0
    columns = ("team_id", "department_id", "category_id")
    with db.reading(str(store)) as reader:
        cut = AsOf(date(2020, 3, 15), asked=True, dialect=reader.dialect).settled(reader)
        rows = Mock(wraps=past.at(reader, cut).rows)
        together = counts_of_each(rows, columns, cut)
        rows.assert_called_once()
        assert together == [counts_of(rows, column, cut) for column in columns]


@settings(deadline=None, max_examples=many(10), suppress_health_check=quietly)
@given(drawn=acts)
def test_in_any_life_some_problems_are_alone_as_among_all(fugong: Run, drawn: list[int]) -> None:
    with a_county() as store:
        done = enter(fugong, store, drawn, 0)
        last = BEGIN.fromisoformat(at(done)).replace(tzinfo=zone_of("Asia/Shanghai"))
        for back in range(5):
            day = (last - timedelta(days=back)).date()
            same_alone(store, last, f"{day}")
            same_alone(store, last, f"{day}", f"{last.date() - timedelta(days=1)}")
