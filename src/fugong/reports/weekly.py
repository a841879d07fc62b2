"""A period beside the one before it (周调度, 月通报): new, closed, in hand, overdue, on time, dissatisfied, by group.

What is counted, and how, is in ``weekly_facts``.
"""

from collections.abc import Iterable
from typing import Any

from fugong.db import Reader
from fugong.queries.as_of import AsOf
from fugong.reports.weekly_facts import FIGURES, Both, Facts, facts_of
from fugong.results.report import Cell, Column, Ratio, Report, Term, record
from fugong.values.periods import Compared
from fugong.vocab import Words


def weekly(reader: Reader, cut: AsOf, compared: Compared, *, drawn: bool = False, on_paper: bool = False) -> Report:
    """A period beside the one before.

    Args:
        reader: The store.
        cut: The cut-off, which says what is known.
        compared: The two periods.
        drawn: Whether somebody looks at it on a terminal, where the last periods are drawn as a line.
        on_paper: Whether it is handed in as a workbook.
    """
    from fugong.reports.cover import signs
    from fugong.reports.weekly_printed import printed
    from fugong.reports.weekly_said import lines, notes, subtitle

    with reader.snapshot():
        facts = facts_of(reader, cut, compared)
        papers = printed(facts, signs(reader, cut)) if on_paper else ()
    teams = [Column("team", Words("组号", "Code"), brief=False), Column("name", Words("帮扶组", "Team"))]
    line = [Column("trend", facts.trend.head, Cell.TREND)] if drawn else []
    rows = [
        (*row.key[1:], *row.cells(), *([facts.trend.counts.get(row.key[0], ())] if drawn else []))
        for row in facts.teams
    ]
    total = (None, None, *facts.total.cells(), *([facts.trend.total] if drawn else []))
    departments = _part(Words("按责任单位", "By department"), _DEPARTMENT, facts.departments)
    categories = _part(Words("按类别", "By category"), _CATEGORY, facts.categories)
    return Report(
        _title(compared),
        [*teams, *FIGURES, *line],
        rows,
        total=total,
        subtitle=subtitle(facts),
        notes=list(notes(facts)),
        footer=departments._replace(footer=categories),
        document=_document(facts),
        lines=lines(facts),
        flat=_flat(facts),
        papers=papers,
        spare=("trend",),
        zone=reader.zone,
    )


_DEPARTMENT = Column("department", Words("责任单位", "Department"), blank=Words("（未交办）", "(not assigned)"))
_CATEGORY = Column("category", Words("类别", "Category"), Cell.TERM, blank=Words("（未分类）", "(none)"))


def _title(compared: Compared) -> Words:
    if compared.this.zh == "本月":
        return Words("月度对比", "This month and last")
    return Words("一周对比", "This week and last") if compared.this.zh == "本周" else Words("前后对比", "Two periods")


def _part(title: Words, column: Column, rows: Iterable[Both]) -> Report:
    return Report(title, [column, *FIGURES], [(*row.key, *row.cells()) for row in rows])


# For formats of one table, and for scripts


_GROUPS = (Words("帮扶组", "team"), Words("责任单位", "department"), Words("类别", "category"))


def _flat(facts: Facts) -> Report:
    """All groups in one table, each figure and that of the period before in a column of its own."""
    columns = [Column("by", Words("按", "By"), Cell.TERM), Column("name", Words("名称", "Name"))]
    for column in FIGURES:
        zh, en = column.head
        if column.cell is Cell.PARTS:
            columns += [
                Column(f"{column.key}", Words(f"{zh}办结", en), Cell.COUNT),
                Column(f"{column.key}_of", Words("有时限办结", "Closed with a deadline"), Cell.COUNT),
                Column(f"{column.key}_before", Words(f"上期{zh}办结", f"{en} before"), Cell.COUNT),
                Column(f"{column.key}_of_before", Words("上期有时限办结", "With a deadline before"), Cell.COUNT),
            ]
        else:
            columns.append(Column(column.key, column.head, Cell.COUNT))
            columns.append(Column(f"{column.key}_before", Words(f"上期{zh}", f"{en} before"), Cell.COUNT))
    parts = zip(_GROUPS, (facts.teams, facts.departments, facts.categories), strict=True)
    rows = [(Term(by.en, by.zh, by.en), _called(row), *_spread(row)) for by, listed in parts for row in listed]
    return Report(_title(facts.compared), columns, rows, document=_document(facts))


def _called(row: Both) -> str | None:
    name = row.key[-1]
    if isinstance(name, Term):
        from fugong.lang import name_of

        return name_of(name)
    return None if name is None else str(name)


def _spread(row: Both) -> Iterable[int]:
    for change in row.cells():
        if isinstance(change.now, Ratio):
            yield from (*change.now, *change.before)
        else:
            yield from change


def _document(facts: Facts) -> dict[str, Any]:
    """All of it as scripts read it."""
    from fugong.reports.weekly_said import ranking

    told = record([Column("figures", Words("", "")), *FIGURES])

    def figures(row: Both) -> dict[str, Any]:
        made = told((None, *row.cells()))
        del made["figures"]
        return made

    first, last = ranking(facts)
    now, before = facts.compared.now, facts.compared.before
    return {
        "from": str(now.start),
        "to": str(now.end),
        "before_from": str(before.start),
        "before_to": str(before.end),
        "items": [{"team": row.key[1], "name": row.key[2], **figures(row)} for row in facts.teams],
        "total": figures(facts.total),
        "departments": [{"department": row.key[0], **figures(row)} for row in facts.departments],
        "categories": [
            {"category": row.key[0].code if row.key[0] else None, **figures(row)} for row in facts.categories
        ],
        **{name: [each.id for each in getattr(facts, name)] for name in ("new", "closed", "overdue", "dissatisfied")},
        **{name: list(ids) for name, ids in facts.moved._asdict().items()},
        "first": [row.key[1] for row in first],
        "last": [row.key[1] for row in last],
        "trend": {"days": facts.trend.days, "closed": list(facts.trend.total)},
    }
