"""Progress: a row for every team, firm, department …, with what was found, solved and is in hand as of a cut-off.

The counts come first, grouped by the store's indexes, and are joined to their names here: reading a million
problems costs a scan of an index, not of the table.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import add
from typing import Any, NamedTuple

from fugong.db import Reader
from fugong.queries.as_of import AsOf
from fugong.queries.contested import contested
from fugong.queries.counts import Counts, counted, firms_of, resumed_of, resumption, tally
from fugong.queries.counts import asked as of_status
from fugong.queries.levels import asked as of_level
from fugong.queries.levels import escalated, levels_of
from fugong.reports import told
from fugong.reports.short_names import short_names
from fugong.reports.since import COUNTED
from fugong.reports.stated import Ledger, stated
from fugong.results.report import Cell, Column, Fields, OnScreen, Report, Term
from fugong.vocab import Level, Measure, Role, Stage, Words
from fugong.vocab.reporting import By, Credit

TEAM, ENTERPRISE, TOWNSHIP, COUNTY = (
    Words("帮扶组", "Team"), Words("企业", "Enterprise"), Words("乡镇", "Township"), Words("县", "County"),
)  # fmt: skip
NO_TEAM = Words("（未分组）", "(no team)")
NO_ENTERPRISE = Words("（未具名企业）", "(firm not named)")


COUNT_COLUMNS = (
    Column("found", Words("发现", "Found"), Cell.COUNT),
    Column("solved", Words("解决", "Solved"), Cell.COUNT),
    Column("in_hand", Words("正在解决", "In hand"), Cell.COUNT, short=Words("在办", "In hand")),
    Column("overdue", Words("逾期", "Overdue"), Cell.COUNT, short=Words("逾期", "Late")),
    Column("rate", Words("解决率", "Rate"), Cell.RATE),
    Column("pending", Words("待审核", "Awaiting review"), Cell.COUNT, brief=False),
    *(
        Column(f"escalated_{level}", Words(f"上报{level.zh}", f"At the {level.en}"), Cell.COUNT, brief=False)
        for level in Level
    ),
)
_SHORT_ROLES = {Role.PUBLICITY: "Pub", Role.SUPERVISION: "Sup", Role.SERVICE: "Svc"}
ROLE_COLUMNS = tuple(
    Column(role.value, Words(role.zh, role.en.capitalize()), Cell.COUNT, short=Words(role.zh, _SHORT_ROLES[role]))
    for role in Role
)


def progress(reader: Reader, by: By, cut: AsOf, credit: Credit = Credit.LOGGED) -> Report:
    """The progress of the campaign as of a cut-off.

    Args:
        reader: The store.
        by: What a row stands for.
        cut: The cut-off; a problem in hand whose deadline is before it is overdue.
        credit: Whose a problem is by team: who logged it, or who looks after its enterprise.

    Raises:
        NoCredit: Rows are not teams.
    """
    if credit is not Credit.LOGGED and by is not By.TEAM:
        from fugong.errors.rules import NoCredit

        raise NoCredit(by=by)
    if by is By.KIND:
        from fugong.reports.kinds import kinds

        return kinds(reader, cut)
    if by is By.MILESTONE:
        from fugong.reports.milestones import milestones

        return milestones(reader, cut)
    with reader.snapshot():  # its totals come from several queries and must agree
        columns, rows = _by_team(reader, cut, credit) if by is By.TEAM else _BY[by](reader, cut)
        firms = resumption(reader.rows)
        total = _total(reader, columns, rows)
        published = _published(reader, cut)
        summed, levels = _counted(columns, total), _levels(columns, total)
        since = told.told(reader, cut, summed, firms.resumed)
    title = Words(f"进展（按{by.zh}）", f"Progress by {by.en}")
    return Report(
        title,
        columns,
        rows,
        total=total,
        facts={
            **cut.facts,
            "resumption": {**firms._asdict(), "rate": firms.rate},
            "escalated": dict(levels),
            "published": [*map(Fields, published)],
            **({"since_published": since.fact} if since else {}),
        },
        notes=(
            cut.words,
            *((firms.words,) if by in _OF_FIRMS else ()),
            *_waiting(summed),
            *_credited(credit),
            *escalated(levels),
            *told.lines(since),
            *contested(reader.rows, cut),
        ),
        footer=_footer(published) if published else None,
        spare=() if by is By.TEAM else ("township", "stage"),
        on_screen=OnScreen(
            Words("各组进展", title.en) if by is By.TEAM else None,
            cut.titled,
            wide=("team", "leader") if by is By.TEAM else (),
            said=_explained(published) if by is By.TEAM else None,
        ),
        short_names=lambda: short_names(reader),
    )


def _explained(published: "Sequence[Published]") -> Words:
    """The short headings in words, and where the differences are itemised."""
    differs = any(each.difference for each in published)
    zh = "在办即正在解决；应包空白是没有定数。" + ("相差为哪几条：fugong reconcile" if differs else "")
    en = "Exp.: firms expected, blank if not set. Pub, Sup, Svc: publicity, supervision, service."
    return Words(zh, en + (" What differs: fugong reconcile" if differs else ""))


# What is counted


class _Group(NamedTuple):
    """The problems of one row, and how many of those in hand were reported to each level."""

    counts: Counts = Counts()
    levels: tuple[int, ...] = (0,) * len(Level)

    def plus(self, other: "_Group") -> "_Group":
        """Both together."""
        return _Group(self.counts.plus(other.counts), tuple(map(add, self.levels, other.levels)))

    def cells(self) -> tuple[Any, ...]:
        """As ``COUNT_COLUMNS`` have them."""
        return (*self.counts.cells(), *self.levels)


def _grouped(reader: Reader, column: str, cut: AsOf) -> dict[Any, _Group]:
    """The problems of each value of a column of the problem table, which is called ``p``."""
    tallied = list(tally(reader.rows, (*of_status(column, cut), of_level(column)), cut))
    levels = levels_of(tallied)
    groups: dict[Any, _Group] = defaultdict(_Group)
    for value, counts in counted(tallied).items():
        groups[value] = _Group(counts, tuple(levels[value].get(level, 0) for level in Level))
    return groups


def _roles(reader: Reader, sql: str) -> dict[Any, tuple[int, ...]]:
    """The activities of each group in each of the three roles."""
    counts: dict[Any, dict[str, int]] = defaultdict(dict)
    for value, role, count in reader.rows(sql):
        counts[value][role] = count
    return {value: tuple(by_role.get(role, 0) for role in Role) for value, by_role in counts.items()}


_NO_WORK = (0,) * len(Role)

_CREDITED = (
    "coalesce((SELECT a.team_id FROM assignment a WHERE a.enterprise_id = p.enterprise_id AND a.to_on IS NULL), "
    "p.team_id)"
)
"""The team that looks after a problem's enterprise; without one, the team that logged it."""

_Rows = tuple[Sequence[Column], list[tuple[Any, ...]]]


# What a row stands for


def _by_team(reader: Reader, cut: AsOf, credit: Credit) -> _Rows:
    columns = (
        Column("team", Words("组号", "Code")),
        Column("name", TEAM, blank=NO_TEAM),
        Column("leader", Words("组长", "Leader")),
        Column("enterprises_named", Words("具名企业", "Named"), Cell.COUNT, short=Words("企业", "Firms")),
        Column("enterprises_expected", Words("应包联", "Expected"), Cell.COUNT, null=True, short=Words("应包", "Exp.")),
        Column("resumed", Words("已复工", "Resumed"), Cell.COUNT, short=Words("复工", "Resumed")),
        *COUNT_COLUMNS,
        *ROLE_COLUMNS,
    )
    counts = _grouped(reader, "team_id" if credit is Credit.LOGGED else _CREDITED, cut)
    roles = _roles(reader, "SELECT team_id, role, count(*) FROM activity x GROUP BY team_id, role")
    firms = firms_of(reader.rows)
    teams = "SELECT team_id, code, name, leader, expected_enterprises FROM v_team ORDER BY team_sort"
    rows = [
        (
            code,
            name,
            leader,
            *_firm_cells(firms.get(team, {}), expected),
            *counts[team].cells(),
            *roles.get(team, _NO_WORK),
        )
        for team, code, name, leader, expected in reader.rows(teams)
    ]
    if None in firms:  # so that the total is that of all enterprises
        rows.append((None, None, None, *_firm_cells(firms[None], None), *_Group().cells(), *_NO_WORK))
    return columns, rows


def _firm_cells(stages: dict[str, int], expected: int | None) -> tuple[int, int | None, int]:
    """Enterprises named, enterprises expected, enterprises resumed."""
    return sum(stages.values()), expected, resumed_of(stages)


def _by_enterprise(reader: Reader, cut: AsOf) -> _Rows:
    columns = (
        Column("enterprise", ENTERPRISE, blank=NO_ENTERPRISE),
        Column("team", TEAM),
        Column("township", TOWNSHIP),
        Column("stage", Words("复工阶段", "Stage"), Cell.CODE),
        *COUNT_COLUMNS,
        *ROLE_COLUMNS,
    )
    counts = _grouped(reader, "enterprise_id", cut)
    roles = _roles(
        reader,
        "SELECT x.enterprise_id, w.role, count(*) "
        "FROM activity w LEFT JOIN activity_enterprise x ON x.activity_id = w.id "
        "GROUP BY x.enterprise_id, w.role",
    )
    firms = (
        "SELECT enterprise_id, name, team, township, stage FROM v_enterprise "
        "ORDER BY team_sort NULLS FIRST, enterprise_id"
    )
    rows = [
        (name, team, township, Stage(stage), *counts[firm].cells(), *roles.get(firm, _NO_WORK))
        for firm, name, team, township, stage in reader.rows(firms)
    ]
    if None in counts or None in roles:
        rows.append((None, None, None, None, *counts[None].cells(), *roles.get(None, _NO_WORK)))
    return columns, rows


def _by_department(reader: Reader, cut: AsOf) -> _Rows:
    from fugong.reports.departments import COLUMNS, departments

    counts = _grouped(reader, "department_id", cut)
    more = departments(reader, cut, {key: each.counts.solved for key, each in counts.items()})
    names = "SELECT department_id, name FROM v_department ORDER BY department_id"
    known = [(key, name) for key, name in reader.rows(names) if key in counts or key in more]
    listed = known + ([(None, None)] if None in counts else [])
    rows = [(name, *counts[key].cells(), *more[key]) for key, name in listed]
    return (
        Column("department", Words("责任单位", "Department"), blank=Words("（未交办）", "(not assigned)")),
        *COUNT_COLUMNS,
        *COLUMNS,
    ), rows


def _by_category(reader: Reader, cut: AsOf) -> _Rows:
    counts = _grouped(reader, "category_id", cut)
    terms = "SELECT id, code, zh, en FROM term WHERE list = 'category' ORDER BY rank"
    rows = [(Term(code, zh, en), *counts[key].cells()) for key, code, zh, en in reader.rows(terms)]
    return (
        Column("category", Words("类别", "Category"), Cell.TERM, blank=Words("（未分类）", "(none)")),
        *COUNT_COLUMNS,
    ), rows + _unnamed(counts)


def _by_township(reader: Reader, cut: AsOf) -> _Rows:
    counts = _grouped(reader, "enterprise_id", cut)
    firms = dict(reader.rows("SELECT enterprise_id, township FROM v_enterprise"))
    summed = _regrouped(counts, firms)
    rows = [(name, *summed[name].cells()) for name in sorted(set(filter(None, firms.values())))]
    return (Column("township", TOWNSHIP, blank=Words("（乡镇不详）", "(not known)")), *COUNT_COLUMNS), rows + _unnamed(
        summed
    )


def _by_county(reader: Reader, cut: AsOf) -> _Rows:
    counts = _grouped(reader, "team_id", cut)
    teams = dict(reader.rows("SELECT team_id, county FROM v_team ORDER BY team_sort"))
    summed = _regrouped(counts, teams)
    rows = [(name, *summed[name].cells()) for name in dict.fromkeys(teams.values())]
    return (Column("county", COUNTY), *COUNT_COLUMNS), rows


def _regrouped(counts: dict[Any, _Group], groups: dict[Any, Any]) -> dict[Any, _Group]:
    """The same by a group of what they were counted by."""
    summed: dict[Any, _Group] = defaultdict(_Group)
    for value, each in counts.items():
        summed[groups.get(value)] = summed[groups.get(value)].plus(each)
    return summed


def _unnamed(counts: dict[Any, _Group]) -> list[tuple[Any, ...]]:
    """A last row for the problems that have no such thing, so that every total is the same."""
    return [(None, *counts[None].cells())] if None in counts else []


_BY = {
    By.ENTERPRISE: _by_enterprise,
    By.DEPARTMENT: _by_department,
    By.CATEGORY: _by_category,
    By.TOWNSHIP: _by_township,
    By.COUNTY: _by_county,
}
_OF_FIRMS = (By.TEAM, By.ENTERPRISE, By.COUNTY)
"""What tells how many enterprises resumed."""


def _credited(credit: Credit) -> tuple[Words, ...]:
    return () if credit is Credit.LOGGED else (Words(f"问题计入{credit.zh}", f"Problems are counted for {credit.en}"),)


def _waiting(counted: Counts) -> tuple[Words, ...]:
    """How many of those in hand wait for their review, where some do."""
    count = counted.pending
    return (Words(f"正在解决的里面待审核 {count} 个", f"Of those in hand, {count} awaiting review"),) if count else ()


def _total(reader: Reader, columns: Sequence[Column], rows: Iterable[tuple[Any, ...]]) -> tuple[Any, ...]:
    """The sums of the counts, the rate of the sums, and nothing for the rest.

    Work done in several firms at once is in the row of each, but once in the total.
    """
    summed = zip(columns, _columns(columns, rows), strict=True)
    by_key = {column.key: _sum(column, values) for column, values in summed}
    by_key["rate"] = Counts(by_key["found"], by_key["solved"]).rate
    done = dict(reader.rows("SELECT role, count(*) FROM activity x GROUP BY role"))
    by_key |= {role.value: done.get(role, 0) for role in Role if role in by_key}
    return tuple(by_key.values())


def _columns(columns: Sequence[Column], rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    listed = list(rows)
    return (tuple(row[at] for row in listed) for at in range(len(columns)))


def _sum(column: Column, values: Iterable[Any]) -> Any:
    return sum(value or 0 for value in values) if column.cell is Cell.COUNT else None


# What was published


class Published(NamedTuple):
    """A total that somebody stated for the county, beside what the ledger counts as of its day."""

    measure: str
    scope: str
    value: int
    ledger: int
    difference: int
    as_of: str
    source: str | None


def _counted(columns: Sequence[Column], total: tuple[Any, ...]) -> Counts:
    """The counts of a total."""
    by_key = dict(zip((column.key for column in columns), total, strict=True))
    return Counts(*(by_key[key] for key in Counts._fields))


def _levels(columns: Sequence[Column], total: tuple[Any, ...]) -> dict[Level, int]:
    """The counts per level of a total."""
    by_key = dict(zip((column.key for column in columns), total, strict=True))
    return {level: by_key[f"escalated_{level}"] for level in Level}


def _published(reader: Reader, cut: AsOf) -> list[Published]:
    """The county's figures that others stated and the ledger counts too, beside it as of their own day."""
    figures = [
        each
        for each in stated(reader)
        if each.team_id is None and each.publication is None and each.measure in COUNTED and each.as_of <= str(cut.day)
    ]
    ledger = Ledger(reader, cut)
    return [
        Published(each.measure.value, "county", each.value, count, each.value - count, each.as_of, each.source)
        for each in figures
        if (count := ledger.counts(each)) is not None
    ]


def _footer(published: Sequence[Published]) -> Report:
    """The published totals beside the ledger's, and what is not itemised."""
    columns = (
        Column("measure", Words("公布口径", "Published"), Cell.CODE),
        Column("value", Words("公布数", "Stated"), Cell.COUNT),
        Column("ledger", Words("台账同日", "Ledger that day"), Cell.COUNT),
        Column("difference", Words("相差", "Difference"), Cell.COUNT),
        Column("as_of", Words("截至", "As of"), Cell.DATE),
    )
    rows = [(Measure(each.measure), each.value, each.ledger, each.difference, each.as_of) for each in published]
    return Report(Words("公布口径与台账", "Published figures and the ledger"), columns, rows)
