"""The papers about problems that left the office: which, when, to whom, under which number."""

from collections.abc import Sequence

from fugong.db import Reader
from fugong.queries import numbers
from fugong.results.report import Cell, Column, Report
from fugong.vocab import Paper, Words

COLUMNS = (
    Column("paper", Words("文书", "Paper"), Cell.CODE),
    Column("year", Words("年份", "Year"), Cell.COUNT),
    Column("number", Words("号", "No."), Cell.COUNT),
    Column("id", Words("编号", "Id")),
    Column("enterprise", Words("企业", "Enterprise")),
    Column("text", Words("问题描述", "Problem")),
    Column("sent_to", Words("主送", "To")),
    Column("on_date", Words("日期", "Date"), Cell.DATE),
    Column("uid", Words("唯一标识", "Uid"), brief=False),
)

_SQL = (
    "SELECT n.paper, n.year, n.number, p.id, p.enterprise, p.text, n.sent_to, n.on_date, n.uid "
    "FROM notice n JOIN v_problem p ON p.problem_id = n.problem_id WHERE {where} ORDER BY n.on_date, n.id"
)


def notices(reader: Reader) -> Report:
    """All of them, by their day."""
    return _listed(reader, "1 = 1")


def of_problems(reader: Reader, ids: Sequence[str]) -> Report:
    """Those about some problems, each as lines of what it says of itself.

    Raises:
        BadId, UnknownProblem: A number is none, or nobody has it.
    """
    keys = dict.fromkeys(numbers.meant(reader, numbers.problem, given) for given in ids)
    where = f"n.problem_id IN ({', '.join(str(int(key)) for key in keys)})"
    return _listed(reader, where)


def _listed(reader: Reader, where: str) -> Report:
    rows = ((Paper(paper), *rest) for paper, *rest in reader.rows(_SQL.format(where=where)))
    nothing = Words("还没有出具文书。", "No paper has been issued.")
    return Report(Words("文书", "Notices"), COLUMNS, rows, zone=reader.zone, nothing=nothing)
