"""Attributes that no event tells because they follow from those that are told."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from fugong.domain import counties, history
from fugong.domain.derived import reached, sort_key
from fugong.queries import names, same
from fugong.store import settings
from fugong.store.records import Batch, Department, Enterprise, Event, Problem, Publication, Record, Setting, Team
from fugong.store.session import Session
from fugong.values import texts
from fugong.vocab import Act, Status

History = Sequence[tuple[Event, Batch]]
"""The events of one record, oldest first, each with its command."""


class Rules:
    """What each kind of record's unrecorded attributes must be."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._places = names.Places(session.rows)
        self._counties = counties.known(session)
        self._rules: dict[type[Record], Callable[[Any, History], Iterator[str]]] = {
            Department: self._named,
            Enterprise: self._enterprise,
            Team: self._team,
            Problem: self._problem,
            Publication: self._entered,
            Setting: self._setting,
        }

    def broken(self, record: Record, told: History) -> list[str]:
        """The attributes of a record that do not follow."""
        rule = self._rules.get(type(record))
        return list(rule(record, told)) if rule else []

    def _named(self, record: Department | Enterprise, _: History) -> Iterator[str]:
        for each in (record, *record.aliases):
            if each.key != texts.key(each.name):
                yield f"key: {each.name}"
            if each.core != self._places.core(each.name):
                yield f"core: {each.name}"

    def _enterprise(self, enterprise: Enterprise, told: History) -> Iterator[str]:
        yield from self._named(enterprise, told)
        if (enterprise.stage, enterprise.stage_on) != reached(enterprise.stages):
            yield "stage"

    def _team(self, team: Team, _: History) -> Iterator[str]:
        if team.sort != sort_key(team.code):
            yield "sort"
        count, last = self._numbered("problem", team)
        if self._counties.of(team.uid):  # the county gives its numbers, and none is given here
            if (team.next_number, team.skipped, team.next_activity) != (1, None, 1):
                yield "next_number"
            return
        given, skipped = team.next_number - 1, team.skipped or 0
        if given - skipped != count or last > given or (last < given and not skipped):
            yield "next_number"  # no other number is skipped: reports count by them
        gone = self._taken_back[team.uid]
        count, last = self._numbered("activity", team)
        if not team.next_activity - 1 == count + len(gone) == max([last, *gone]):
            yield "next_activity"

    @cached_property
    def names(self) -> Mapping[str, str]:
        """As ``same.names`` has it."""
        return same.names(self._session.rows)

    @cached_property
    def _series(self) -> str:
        held = dict(self._session.rows("SELECT name, value FROM fact"))  # another may be damaged, which is named
        return str(held.get("series", ""))

    def _numbered(self, table: str, team: Team) -> tuple[int, int]:
        """How many records have a number that this store gave for a team, and the highest."""
        counted = f"SELECT count(*), coalesce(max(number), 0) FROM {table} WHERE team_id = :team AND series = :series"
        count, last = next(self._session.rows(counted, team=team.id, series=self._series))
        return int(count), int(last)

    @cached_property
    def _taken_back(self) -> dict[str, list[int]]:
        """By team: the numbers of activities that were undone, or that are shown under one that another store gave."""
        numbers: dict[str, list[int]] = defaultdict(list)
        for (changes,) in self._session.rows(_TAKEN_BACK, series=self._series):
            said = json.loads(changes)
            if said.get("series", ("", ""))[1] == self._series:
                numbers[said["team"][1]].append(said["number"][1])
        return numbers

    def _setting(self, setting: Setting, _: History) -> Iterator[str]:
        if setting.uid != settings.uid(setting.name):
            yield "name"

    def _entered(self, record: Problem | Publication, told: History) -> Iterator[str]:
        if told and record.recorded_at != told[0][1].recorded_at:
            yield "recorded_at"

    def _problem(self, problem: Problem, told: History) -> Iterator[str]:
        standing = history.effective(event for event, _ in told)
        moved = [event for event in standing if event.sets("status") and event.act is not Act.LOG]
        last = problem.closed_on if problem.status is Status.CLOSED else None
        if problem.status_on != (last or (moved[-1].on_date if moved else problem.found_on)):
            yield "status_on"
        yield from self._entered(problem, told)


_TAKEN_BACK = """
SELECT changes FROM event WHERE kind = 'activity' AND act = 'add' AND undoes IS NULL
AND NOT EXISTS (SELECT 1 FROM activity a WHERE a.uid = event.subject AND a.series = :series)
"""
