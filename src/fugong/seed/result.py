"""What a load did, and how it is told."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from fugong.lang import T, name_of
from fugong.results.report import Cell, Column, Report
from fugong.vocab import Kind, Words


@dataclass(slots=True)
class Tally:
    """How many rows of one kind were new, changed and the same."""

    new: int = 0
    changed: int = 0
    same: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """An attribute that keeps what people entered, though the file says something else."""

    kind: Words
    key: str
    attribute: Words
    ledger: str
    file: str


@dataclass(slots=True)
class Result:
    """What a load did."""

    tallies: dict[Words, Tally] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)


def report(result: Result) -> Report:
    """What a load did, a row for each kind of record; what it left alone is among the facts."""
    codes = {Words(kind.zh, kind.en): kind for kind in Kind}
    columns = (
        Column("kind", Words("种类", "Kind"), Cell.CODE),
        Column("new", Words("新增", "New"), Cell.COUNT),
        Column("changed", Words("更新", "Changed"), Cell.COUNT),
        Column("same", Words("不变", "Same"), Cell.COUNT),
    )
    rows = [(codes[kind], tally.new, tally.changed, tally.same) for kind, tally in result.tallies.items()]
    kept = [
        {
            "kind": codes[each.kind].value,
            "key": each.key,
            "attribute": each.attribute.en,
            "ledger": each.ledger,
            "file": each.file,
        }
        for each in result.kept
    ]
    return Report(Words("装入", "Load"), columns, rows, facts={"kept": kept})


def lines(result: Result) -> Iterator[str]:
    """What a load did, a sentence a line, for people."""
    for kind, tally in result.tallies.items():
        name = T(kind.zh, kind.en)
        yield T(
            f"{name}：新增 {tally.new}，更新 {tally.changed}，不变 {tally.same}",
            f"{name}: {tally.new} new, {tally.changed} changed, {tally.same} the same",
        )
    for kept in result.kept:
        name, attribute = name_of(kept.kind), name_of(kept.attribute)
        yield T(
            f"{name} {kept.key} 的{attribute}在台账里改过，没有按文件改：台账 {kept.ledger}，文件 {kept.file}",
            f"{name} {kept.key}: {attribute} left as edited in the ledger: {kept.ledger}; the file says {kept.file}",
        )
