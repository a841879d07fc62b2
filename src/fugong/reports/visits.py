"""Which closings to call about (抽查回访): some of those that nobody has called about, picked by chance."""

import hashlib
from collections.abc import Sequence

from fugong.db import Reader
from fugong.results.report import Cell, Column, Report
from fugong.vocab import Words

COLUMNS = (
    Column("id", Words("编号", "Id")),
    Column("enterprise", Words("企业", "Enterprise")),
    Column("text", Words("问题描述", "Problem")),
    Column("department", Words("责任单位", "Department")),
    Column("closed_on", Words("销号日期", "Closed"), Cell.DATE),
    Column("how", Words("解决措施", "Measure")),
)


def visits(reader: Reader, count: int, seed: str) -> Report:
    """A sample of the closed problems without a return visit, reproducible by its seed.

    Args:
        reader: The store.
        count: How many to pick at most.
        seed: The same seed picks the same of the same closings.
    """
    unvisited = "FROM v_problem WHERE status = 'closed' AND verified IS NULL"
    with reader.snapshot():
        closed = [ident for (ident,) in reader.rows(f"SELECT id {unvisited} ORDER BY team_sort, series, number, tag")]
        picked = sample(closed, count, seed)
        shown = "id, enterprise, text, department, closed_on, how"
        sql = f"SELECT {shown} {unvisited} ORDER BY team_sort, series, number, tag"
        rows = [row for row in reader.rows(sql) if row[0] in picked]
    note = Words(
        f"从 {len(closed)} 条未回访的销号问题中抽取 {len(rows)} 条，种子 {seed}",
        f"{len(rows)} of {len(closed)} closings without a return visit, seed {seed}",
    )
    return Report(Words("抽查回访", "Return visits to make"), COLUMNS, rows, facts={"seed": seed}, notes=(note,))


def sample(closed: Sequence[str], count: int, seed: str) -> set[str]:
    """Some of the closed problems, picked by chance and yet reproducibly.

    The lot of a problem depends on the seed and its own number alone, so that a later closing displaces few others.

    Args:
        closed: The numbers to pick from.
        count: How many to pick at most.
        seed: The same seed picks the same.
    """

    def lot(ident: str) -> bytes:
        return hashlib.sha256(f"{seed}\n{ident}".encode()).digest()

    return set(sorted(closed, key=lot)[:count])
