"""What a check finds, and how findings are reported."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from fugong.reports.store import TABLES
from fugong.results.report import Cell, Column, Report, Term
from fugong.vocab import Words
from fugong.vocab.keeping import Damage, Remedy


class Finding(NamedTuple):
    """One thing that is wrong with a store."""

    damage: Damage
    table: str
    row: str
    """The row by its key or uid; blank where the whole table is meant."""
    detail: str
    """The engine's own words, the attribute, or the hash: for whoever repairs it."""
    remedy: Remedy = Remedy.RESTORE


COLUMNS = (
    Column("damage", Words("问题", "Finding"), Cell.CODE),
    Column("table", Words("表", "Table"), Cell.TERM),
    Column("row", Words("行", "Row")),
    Column("detail", Words("详情", "Detail")),
    Column("remedy", Words("怎么办", "What to do"), Cell.CODE),
)


class Counted:
    """Findings on their way to a report, counted as they pass."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.count = 0
        self._findings = findings

    def __iter__(self) -> Iterator[Finding]:
        for finding in self._findings:
            self.count += 1
            yield finding


def report(findings: Counted) -> Report:
    """The findings as rows, in the order in which they are met."""
    rows = ((damage, _named(table), *rest) for damage, table, *rest in findings)
    return Report(Words("检查结果", "Check"), COLUMNS, rows)


def _named(table: str) -> Term:
    """A table with the words that people have for its rows; what is no table of ours is called as it is."""
    words = TABLES.get(table, Words(table, table))
    return Term(table, words.zh, words.en)
