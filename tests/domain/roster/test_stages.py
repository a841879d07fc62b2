"""How far enterprises have resumed is a dated history, which counts of any day read."""

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import command
from tests.county import lay
from tests.drawing import drawn

from fugong import db
from fugong.domain import roster
from fugong.errors import Refusal
from fugong.keeping import check
from fugong.queries import past
from fugong.queries.as_of import AsOf
from fugong.reports.progress import progress
from fugong.reports.roster import enterprises
from fugong.vocab import Stage
from fugong.vocab.reporting import By

FIRST = date(2020, 3, 4)
FIRMS = ("甲乙丙公司", "丁戊己公司")

Step = tuple[int, int, Stage]
"""The day by its distance from the first, the firm by its place, and the stage that it reached."""

steps = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 1), st.sampled_from([each for each in Stage if each != "unknown"])),
    max_size=12,
)


def played(store: Path, drawn: list[Step]) -> list[Step]:
    """Enter the firms and what was drawn, as far as it is taken; what was taken."""
    with command(store) as writer:
        for name in FIRMS:
            roster.add_enterprise(writer, name, team=roster.find_team(writer.session, "1"))
    return [each for each in drawn if taken(store, each)]


def taken(store: Path, step: Step) -> bool:
    offset, which, stage = step
    try:
        with command(store, "enterprise stage") as writer:
            firm = roster.find_enterprise(writer.session, FIRMS[which])
            return roster.advance(writer, firm, stage, FIRST + timedelta(days=offset), why="检修")
    except Refusal:
        return False


def seen(store: Path, cut: AsOf) -> tuple[list[Any], ...]:
    """What counts and listings say of the firms that were entered here."""
    with db.reading(str(store)) as reader:
        cut = cut._replace(dialect=reader.dialect)
        then = past.at(reader, cut)
        counted = [list(progress(then, by, cut).rows) for by in (By.TEAM, By.ENTERPRISE)]
        listed = [row[:6] for row in enterprises(then).rows if row[0] in FIRMS]
        told = progress(then, By.TEAM, cut).facts["resumption"]
    return (*counted, listed, [told])


@drawn(15)
@given(steps, st.integers(8, 9))
def test_stages_as_of_a_day_equal_replaying_those_dated_up_to_it(drawn: list[Step], offset: int) -> None:
    day = FIRST + timedelta(days=offset)
    with tempfile.TemporaryDirectory() as folder:
        store, replayed = lay(Path(folder) / "a.db"), lay(Path(folder) / "b.db")
        done = played(store, drawn)
        again = played(replayed, sorted((each for each in done if each[0] <= offset), key=lambda each: each[0]))
        assert len(again) == sum(each[0] <= offset for each in done)
        assert seen(store, AsOf(day, asked=True)) == seen(replayed, AsOf(day, asked=True))
        with db.examining(str(store)) as session:
            assert list(check.findings(session)) == []


def test_a_stage_entered_late_counts_from_its_own_day(empty_store: Path) -> None:
    with command(empty_store) as writer:
        roster.add_team(writer, "1", name="第一组", county="某县")
    played(empty_store, [(1, 0, Stage.STOPPED), (3, 0, Stage.RESUMED), (5, 0, Stage.EXCLUDED)])
    told = [seen(empty_store, AsOf(FIRST + timedelta(days=each), asked=True))[2][0] for each in (0, 2, 4, 6)]
    assert [row[4:] for row in told] == [
        (Stage.UNKNOWN, None),
        (Stage.STOPPED, "2020-03-05"),
        (Stage.RESUMED, "2020-03-07"),
        (Stage.EXCLUDED, "2020-03-09"),
    ]
