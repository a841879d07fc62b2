"""A store is what its events add up to: one that is made of another's events alone says the same."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
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


def whole(place: Path) -> bool:
    with db.examining(str(place)) as session:
        return not list(check.findings(session))


def replayed(fugong: Run, store: Path, now: str) -> None:
    """Give an empty store the events of this one, and compare the two, but for how the new one came about."""
    again = store.with_name("again.db")
    with db.creating(str(again)):
        pass
    done = fugong("--store", str(again), "merge", str(store), "--accept", replica(store), FUGONG_TODAY=now)
    assert done.exit_code in (0, 6), done.output
    with db.reading(str(again)) as reader:
        own = {uid for (uid,) in reader.rows("SELECT uid FROM batch WHERE verb = 'fork'")} | {replica(again)}
    made = [row for row in said(str(again)) if isinstance(row, list) and own.isdisjoint(row)]
    assert made == said(str(store))
    assert whole(again)


@pytest.mark.on_a_file
@settings(deadline=None, max_examples=many(5), suppress_health_check=quietly)
@given(drawn=acts)
def test_a_store_made_of_the_events_of_another_is_that_store(fugong: Run, drawn: list[int]) -> None:
    with a_county() as store:
        replayed(fugong, store, at(enter(fugong, store, drawn, 0)))


@pytest.mark.on_a_file
def test_after_one_of_everything_a_store_is_what_its_events_say(fugong: Run) -> None:
    everything = range(len(DONE))
    drawn = [*everything, UNDO, UNDO, REDO, *(COPIED + each for each in everything), MET]
    with a_county() as store:
        replayed(fugong, store, at(enter(fugong, store, drawn, 0)))
