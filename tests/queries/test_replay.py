"""As of (D, T) a ledger is what a store is into which only what counts was entered.

A life is entered; then once more what was known by T and is dated up to D, by the same clocks, into another store. What
every report, listing and export says of the first at that cut is what it says of the second, of which the cut leaves
nothing out, so that it reads the tables themselves.

A command of which the cut would count a part is none that could be entered without the rest: the cut is then another
day. Where the second has open conflicts nothing is promised, nor where it gives other letters to numbers: a store
goes on under letters of its own only where its copy made by hand went on as well, and a number that met has letters
even where the other is of a later day. Of ``today``, which tells what was entered whatever the day, nothing is
promised either where the cut leaves something out. Each time some of the reports are read.
"""

import difflib
import io
import json
import random
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from tests.conftest import Run
from tests.drawing import many
from tests.queries.lives import BEHIND, BY_HAND, DONE, MET, MET_BY_HAND, REDO, UNDO, a_county, act, acts, at, place_of
from tests.queries.test_stability import ASKED, FORMATS, KNOWN, OF_FILES, Asked, quietly, read, some

from fugong.store import identity

ROSTER = ("campaign", "term", "team", "member", "enterprise", "department", "setting", "profile", "copy")
"""Who takes part, and lists: there as soon as they are known, whatever the day is."""
BEGINS = {
    "problem": "found_on", "activity": "on_date", "milestone": "on_date", "practice": "promoted_on", "figure": "as_of",
    "nil_report": "on_date", "notice": "on_date",
}  # fmt: skip
"""The attribute that says from which day on anything else is there; the day of its first event, where there is none."""
CORRECTS = {"found_on", "closed_on", "on_date", "promoted_on", "as_of"}
"""Days of acts: whoever edits one says that the act was done on another day."""
HISTORIES = {"stages": (0,), "assignments": (1, 2)}
"""Lists that have days of their own, and where in an item they stand."""
EVER = "0001-01-01"
"""The day of what counts from ever."""

MERGED = (MET, MET_BY_HAND)


class Done(NamedTuple):
    """An act that was entered."""

    number: int
    clock: str
    counters: dict[str, tuple[int, int]]
    """By team what it had counted before."""
    days: set[str]
    """The days from which its parts count."""

    def counts(self, day: str) -> bool | None:
        """Whether it counts as of a day; None if it does in part."""
        counted = {each <= day for each in self.days}
        return None if len(counted) > 1 else counted != {False}


def enter(fugong: Run, store: Path, drawn: list[int]) -> Iterator[Done]:
    """Enter what was drawn, and tell of each act that the ledger took what it came to."""
    late = place = 0
    for number in drawn:
        if number == BEHIND:
            late += 2
            continue
        where, clock = place_of(store, number), at(place, late)
        before, counters = _asked(where, "SELECT coalesce(max(id), 0) FROM batch")[0][0], _counters(where)
        with identified(number, clock):
            act(fugong, store, number, clock)
        if number in MERGED or _asked(where, "SELECT 1 FROM batch WHERE id > ?", before):
            yield Done(number, clock, counters, set() if number in MERGED else set(_days(where, before)))
        place, late = place + 1, 0


def again(fugong: Run, store: Path, done: list[Done]) -> None:
    """Enter acts once more. A number that another act had taken stays taken, so that what is said of one means it."""
    for each in done:
        where = place_of(store, each.number)
        with closing(sqlite3.connect(where)) as connection, connection:
            connection.executemany(_COUNT_ON, [(*counted, code) for code, counted in each.counters.items()])
        with identified(each.number, each.clock):
            act(fugong, store, each.number, each.clock)


@contextmanager
def identified(number: int, clock: str) -> Iterator[None]:
    """Give what an act enters the same identities in either store: the letters of numbers that met follow from them."""
    chance, moment = random.Random(f"{number} {clock}"), datetime.fromisoformat(clock)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(identity._chance, "eight", lambda: chance.randbytes(8))
        patch.setattr(identity, "time", SimpleNamespace(time_ns=lambda: int(moment.timestamp()) * 10**9))
        yield


def letters(store: Path) -> list[tuple[Any, ...]]:
    """The letters of a store's own numbers, and of those that met."""
    tagged = (f"SELECT uid, tag FROM {table} WHERE tag <> ''" for table in ("problem", "activity"))
    return _asked(store, " UNION ALL ".join(("SELECT name, value FROM fact WHERE name = 'series'", *tagged)))


_COUNT_ON = (
    "UPDATE team SET skipped = coalesce(skipped, 0) + max(?1 - next_number, 0), next_number = max(next_number, ?1), "
    "next_activity = max(next_activity, ?2) WHERE code = ?3"
)


def _asked(store: Path, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(store)) as connection:
        return connection.execute(sql, values).fetchall()


def _counters(store: Path) -> dict[str, tuple[int, int]]:
    return {row[0]: row[1:] for row in _asked(store, "SELECT code, next_number, next_activity FROM team")}


def _days(store: Path, before: int) -> Iterator[str]:
    """The days from which what was entered after a command counts; what takes another back has the days of that."""
    for batch, undoes in _asked(store, "SELECT id, undoes_id FROM batch WHERE id > ?", before):
        if undoes is not None:
            yield from _days_of(store, undoes)
        yield from _days_of(store, batch)


def _days_of(store: Path, batch: int) -> Iterator[str]:
    verb, undoes = _asked(store, "SELECT verb, undoes_id FROM batch WHERE id = ?", batch)[0]
    if undoes is not None:
        yield from _days_of(store, undoes)
    if undoes is not None or verb == "publish":  # of what was published it is told as of every day
        return
    for kind, act_, on, changes in _asked(
        store, "SELECT kind, act, on_date, changes FROM event WHERE batch_id = ?", batch
    ):
        yield from _counted_from(kind, act_, on, json.loads(changes))


def _counted_from(kind: str, act_: str, on: str, changes: dict[str, list[Any]]) -> Iterator[str]:
    """The days from which an event counts, as docs/adr/0020 says it."""
    for name, places in HISTORIES.items():
        old, new = (each or [] for each in changes.get(name, (None, None)))
        yield from (max(item[at] or EVER for at in places) for item in new if item not in old)
    if act_ in ("add", "log"):
        if kind not in ROSTER:
            yield changes.get(BEGINS[kind], (None, None))[1] or EVER if kind in BEGINS else on
        return
    corrected = CORRECTS.intersection(changes) if act_ == "edit" else set()
    for name in corrected:
        yield from (each or EVER for each in changes[name])
    if not changes or changes.keys() - corrected - HISTORIES.keys():
        yield on


# What may differ


_UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""What is neither computed from a key nor from a name is identified by chance."""
_HASH = re.compile(r"\b(?:[0-9a-f]{32}){1,2}\b")
"""A seal is of all that a store has, and the other has less; an event's hash is of the uids in it, too."""


def said(report: tuple[int, object, str]) -> str:
    """What a report says, without what cannot be the same; of a file what is in it, wherever it is."""
    code, told, aside = report
    if isinstance(told, bytes):
        told, aside = (_cells(told) if told.startswith(b"PK") else told.decode()), ""
    return _HASH.sub("HASH", _UID.sub("UID", f"{code}\n{told}\n{aside}"))


def _cells(workbook: bytes) -> str:
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook))
    return "\n".join(str(row) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python())


def equals(fugong: Run, drawn: list[int], known: int, back: int, fmt: str, what: Asked) -> None:
    """Enter some, and once more what counts at a cut; read all of both."""
    with a_county() as store, a_county() as other:
        done, seal, lettered = list[Done](), "", list[tuple[Any, ...]]()
        for each in enter(fugong, store, drawn):
            done.append(each)
            if len(done) == known:
                seal, lettered = sealed(fugong, store, at(len(drawn))), letters(store)
        if not seal:
            seal, lettered = sealed(fugong, store, at(len(drawn))), letters(store)
        now, some = at(len(drawn)), done[:known]
        wanted = date.fromisoformat(now[:10]) - timedelta(days=back)
        days = [(wanted + timedelta(days=more)).isoformat() for more in range(back + 1)]
        day = next((day for day in days if all(each.counts(day) is not None for each in some)), None)
        if day is None:
            return
        again(fugong, other, [each for each in some if each.counts(day)])
        if _asked(other, "SELECT 1 FROM conflict") or sorted(letters(other)) != sorted(lettered):
            return
        asked = [argv for argv in what[0] if argv[0] not in KNOWN]
        written = [each for each in some if each.number not in MERGED]
        if not written or written[-1].counts(day):  # the week says up to when anything is known
            asked += [["weekly", "--to", day]]
        if all(each.counts(day) for each in some):
            asked += [["today"]]
        what = asked, {words: ending for words, ending in what[1].items() if words[0] not in KNOWN}
        cut = ["--as-of", day, "--known-at"]
        first = read(fugong, store, [*cut, seal], fmt, now, what)
        second = read(fugong, other, [*cut, sealed(fugong, other, now)], fmt, now, what)
        moved = {argv: differ(said(first[argv]), said(second[argv])) for argv in first}
        told = {argv: lines for argv, lines in moved.items() if lines}
        assert not told, (day, fmt, [(each.number, each.clock, each.counts(day)) for each in some], told)


def differ(one: str, other: str) -> list[str]:
    """The lines that differ, for whoever reads of the failure."""
    return [line for line in difflib.ndiff(one.split("\n"), other.split("\n")) if line[0] in "+-"]


def sealed(fugong: Run, store: Path, now: str) -> str:
    """The seal of a store as it is."""
    return str(
        json.loads(fugong("--store", str(store), "store", "info", "--format", "json", FUGONG_TODAY=now).stdout)["seal"]
    )


lives = {"drawn": acts, "known": st.integers(3, 16), "back": st.integers(0, 4), "fmt": st.sampled_from(FORMATS)}
halves = st.sampled_from([(ASKED[half::2], dict([*OF_FILES.items()][half::2])) for half in (0, 1)])
"""One half of the reports, or the other."""


@pytest.mark.on_a_file
@settings(deadline=None, max_examples=many(10), suppress_health_check=quietly)
@given(**lives, what=halves)
def test_as_of_a_cut_is_what_is_entered_of_what_counts(
    fugong: Run, drawn: list[int], known: int, back: int, fmt: str, what: Asked
) -> None:
    equals(fugong, drawn, known, back, fmt, what)


@pytest.mark.on_a_file
def test_after_one_of_everything_a_cut_is_what_is_entered_of_what_counts(fugong: Run) -> None:
    """Every verb once, some of it taken back, as of a day in the midst of it."""
    everything = range(len(DONE))
    equals(fugong, [*everything, UNDO, UNDO, REDO, BEHIND, 0], len(DONE) + 4, 4, "json", (ASKED, OF_FILES))


@pytest.mark.on_a_file
def test_after_a_copy_made_by_hand_was_met_a_cut_is_what_is_entered_of_what_counts(fugong: Run) -> None:
    """Both gave one number, to a problem and to work; this store went on with letters of its own."""
    logged = DONE.index(["log", "甲厂", "夜里", "（又）", "停电"])
    done = DONE.index(["outreach", "add", "-", "发通知", "--team", "2", "--note", "群里发"])
    met = [logged, done, BY_HAND + logged, BY_HAND + done, MET_BY_HAND]
    equals(fugong, [*met, logged, done, UNDO, logged], len(met) + 4, 0, "json", (ASKED, OF_FILES))


@pytest.mark.soak
@settings(deadline=None, max_examples=2000, suppress_health_check=quietly)
@given(**lives, what=some)
def test_as_of_a_cut_is_what_is_entered_of_what_counts_two_thousand_times(
    fugong: Run, drawn: list[int], known: int, back: int, fmt: str, what: Asked
) -> None:
    equals(fugong, drawn, known, back, fmt, what)
