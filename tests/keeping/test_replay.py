"""A store is what its events add up to: one that is made of another's events alone says the same."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from tests.conftest import Run
from tests.drawing import many
from tests.keeping.copies import said
from tests.queries.lives import COPIED, DONE, MET, REDO, UNDO, a_county, acts, at, enter

from fugong import db
from fugong.keeping import check

quietly = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def replica(place: Path) -> str:
    with db.reading(str(place)) as reader:
        return reader.settings["replica"]


def accepting(place: Path) -> list[str]:
    """What lets in all who have entered anything here: a copy that was made by hand became another."""
    with db.reading(str(place)) as reader:
        met = {replica for (replica,) in reader.rows("SELECT replica FROM batch")} | {reader.settings["replica"]}
    return [word for each in sorted(met) for word in ("--accept", each)]


def whole(place: Path) -> bool:
    with db.examining(str(place)) as session:
        return not list(check.findings(session))


def replayed(fugong: Run, store: Path, now: str) -> None:
    """Give an empty store the events of this one, and compare the two, but for how the new one came about."""
    again = store.with_name("again.db")
    with db.creating(str(again)):
        pass
    done = fugong("--store", str(again), "merge", str(store), *accepting(store), FUGONG_TODAY=now)
    assert done.exit_code in (0, 6), done.output
    own = replica(again)
    with db.reading(str(again)) as reader:
        entered = [uid for (uid,) in reader.rows("SELECT uid FROM batch WHERE replica = :own", own=own)]
    mine = [each.encode() for each in (own, *entered)]
    made = [row for row in said(str(again)) if not (isinstance(row, bytes) and any(each in row for each in mine))]
    assert made == said(str(store))
    assert whole(again)


@pytest.mark.on_a_file
@settings(deadline=None, max_examples=many(5), suppress_health_check=quietly)
@given(drawn=acts)
@example(drawn=[0, 2000, -5])
def test_a_store_made_of_the_events_of_another_is_that_store(fugong: Run, drawn: list[int]) -> None:
    with a_county() as store:
        replayed(fugong, store, at(enter(fugong, store, drawn, 0)))


@pytest.mark.on_a_file
def test_after_one_of_everything_a_store_is_what_its_events_say(fugong: Run) -> None:
    everything = range(len(DONE))
    drawn = [*everything, UNDO, UNDO, REDO, *(COPIED + each for each in everything), MET]
    with a_county() as store:
        replayed(fugong, store, at(enter(fugong, store, drawn, 0)))
