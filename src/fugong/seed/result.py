"""What a load did, and how it is told."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from fugong.lang import T, name_of
from fugong.vocab import Words


@dataclass(slots=True)
class Tally:
    """What became of the rows of one kind."""

    new: int = 0
    changed: int = 0
    same: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """An attribute that people edited and the file wants otherwise: it stays as it is."""

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
