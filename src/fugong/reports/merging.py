"""What a merge did, and what is in conflict."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from fugong import attributes
from fugong.queries.contested import RULES
from fugong.results.report import Cell, Column, Fields, Report
from fugong.vocab import Kind, Words


class Brought(NamedTuple):
    """What one other store brought."""

    replica: str
    name: str | None
    series: str | None
    commands: int
    new: int
    closed: int
    changed: int
    until: str
    """When the last of these commands was entered."""


class Figures(NamedTuple):
    """How many problems there are: all that were found, what of them is solved, and what is in hand."""

    found: int
    solved: int
    in_hand: int


class Met(NamedTuple):
    """A number that several records have, and each of them as it is shown, with what it says."""

    number: str
    records: list[tuple[str, str]]


class Numbered(NamedTuple):
    """One of the records that have one number."""

    number: str
    id: str
    text: str


class Opened(NamedTuple):
    """A conflict that a merge opened."""

    kind: Kind
    id: str
    """The record as people call it."""
    about: str
    says: Sequence[str]
    """What each side says, in words."""


class Figure(NamedTuple):
    """A figure before the merge and since."""

    figure: str
    before: int
    now: int


class Merged(NamedTuple):
    """What a merge did."""

    brought: list[Brought]
    conflicts: list[Opened]
    """Those that the merge opened."""
    open: int
    """How many are open in all."""
    alike: list[tuple[str, str]]
    """Problems that may be one matter."""
    ambiguous: list[Met]
    """Numbers that several records have since."""
    figures: tuple[Figures, Figures]
    """The problems before and since."""
    zone: str
    silent: list[tuple[str, int | None]]
    """Who has not been heard of for how many days; None: never."""
    forked: str | None
    """The series that the store goes on with, as it met its own replica elsewhere."""
    kept: Path | None
    """The backup."""
    evidence: int = 0
    """How many contents of evidence came that were not here."""
    absent: int = 0
    """How many it told of that are still not here."""
    changed: int = 0
    """How many that are not what was attached."""

    published: Sequence[tuple[str, list[str]]] = ()
    """Names under which several stores published something, each with what they are shown as."""

    @property
    def found(self) -> bool:
        """Whether there is something for people to look at: exit code 6."""
        return bool(self.open or self.alike or self.ambiguous or self.published or self.changed)


_COLUMNS = (
    Column("name", Words("从谁", "From"), blank=Words("原台账", "home")),
    Column("series", Words("号段", "Series"), blank=Words("—", "—")),
    Column("commands", Words("操作", "Commands"), Cell.COUNT),
    Column("new", Words("新问题", "New"), Cell.COUNT),
    Column("closed", Words("销号", "Closed"), Cell.COUNT),
    Column("changed", Words("改动", "Changed"), Cell.COUNT),
    Column("replica", Words("副本", "Replica"), brief=False),
    Column("until", Words("写到", "Up to"), Cell.MOMENT, null=False),
)
_SUMMED = slice(2, 6)
"""Of these, what has a total."""

_WORKDAY = Words("这天上不上班说法不一", "the copies differ on whether it is a working day")


def about(kind: Kind, name: str) -> Words:
    """What a conflict is, in words."""
    if name in RULES:
        return RULES[name][1]
    if (kind, name) == (Kind.CALENDAR_DAY, "work"):
        return _WORKDAY
    words = attributes.named(kind, name).words
    return Words(f"{words.zh}说法不一", f"the copies differ on its {words.en}")


_BY_NAME = (Kind.PROBLEM, Kind.ACTIVITY, Kind.ENTERPRISE, Kind.DEPARTMENT, Kind.MEMBER, Kind.MILESTONE)
"""Kinds of records that are known by what they are called alone."""


def which(kind: Kind, called: str) -> Words:
    """A record as a sentence names it."""
    if kind in _BY_NAME:
        return Words(called, called)
    return Words(f"{kind.zh} {called}", f"{kind.en} {called}")


class Silent(NamedTuple):
    """Who has not been heard of for how many days; None: never."""

    name: str
    days: int | None


def merged(done: Merged, *, dry_run: bool) -> Report:
    """What came from whom, and what somebody must look at."""
    rows = [(each.name, each.series, each.commands, each.new, each.closed, each.changed, each.replica, each.until)
            for each in done.brought]  # fmt: skip
    sums = map(sum, zip(*(row[_SUMMED] for row in rows), strict=True))
    before, now = done.figures
    facts = {
        "conflicts": [{"kind": each.kind.value, "id": each.id, "about": each.about} for each in done.conflicts],
        "open": done.open,
        "duplicates": [list(pair) for pair in done.alike],
        "ambiguous": [met.number for met in done.ambiguous],
        "numbers": [Fields(Numbered(met.number, ident, text)) for met in done.ambiguous for ident, text in met.records],
        "published": [[name, *shown] for name, shown in done.published],
        "silent": [Fields(Silent(*each)) for each in done.silent],
        "series": done.forked,
        "figures": [Fields(Figure(*each)) for each in zip(Figures._fields, before, now, strict=True)],
        "dry_run": dry_run,
    }
    return Report(
        Words("合并", "Merge"), _COLUMNS, rows, (None, None, *sums, None, None) if len(rows) > 1 else None,
        facts=facts, notes=_notes(done), zone=done.zone,
        nothing=Words("没有新的内容。", "There was nothing new."),
    )  # fmt: skip


LONGEST_SAYING = 16


def short(said: str) -> str:
    """What a side says, where all of it stands elsewhere."""
    return said if len(said) <= LONGEST_SAYING else f"{said[:LONGEST_SAYING]}…"


def _notes(done: Merged) -> Iterator[Words]:
    before, now = done.figures
    if before != now:
        yield Words(
            f"在办 {before.in_hand} → {now.in_hand}，发现 {before.found} → {now.found}，"
            f"解决 {before.solved} → {now.solved}。",
            f"In hand {before.in_hand} → {now.in_hand}, found {before.found} → {now.found}, "
            f"solved {before.solved} → {now.solved}.",
        )
    for each in done.conflicts:
        what, whose = about(each.kind, each.about), which(each.kind, each.id)
        said = [short(says) for says in each.says] if len(each.says) > 1 else []
        zh, en = (f"：{'、'.join(said)}", f": {' / '.join(said)}") if said else ("", "")
        yield Words(f"冲突：{whose.zh} {what.zh}{zh}", f"Conflict: {whose.en}: {what.en}{en}")
    for one, other in done.alike:
        yield Words(f"可能是一件事：{one} 和 {other}", f"Perhaps one matter: {one} and {other}")
    for number, records in done.ambiguous:
        zh = "；".join(f"{ident} {text}" for ident, text in records)
        en = "; ".join(f"{ident} {text}" for ident, text in records)
        yield Words(f"{number} 给过几条，以后连字母一起写：{zh}",
                    f"{number} was given to several; write it with its letters from now on: {en}")  # fmt: skip
    for name, shown in done.published:
        yield Words(f"「{name}」公布过 {len(shown)} 次，以后写全名：{'、'.join(shown)}",
                    f"“{name}” was published {len(shown)} times; write its full name: {', '.join(shown)}")  # fmt: skip
    for name, days in done.silent:
        if days is None:
            yield Words(f"{name} 还没有交回过。", f"{name} was never heard of yet.")
        else:
            yield Words(f"{name} 有 {days} 天没有消息。", f"{name} was last heard of {days} day(s) ago.")
    if done.open:
        yield Words(f"待裁定的冲突共 {done.open} 处。", f"{done.open} conflict(s) open in all.")
