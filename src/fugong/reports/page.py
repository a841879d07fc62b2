"""The page for the meeting: every figure is taken from the report that states it elsewhere, none is counted anew."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from fugong.db import Reader
from fugong.lang import name_of
from fugong.queries.as_of import AsOf
from fugong.queries.counts import Counts
from fugong.queries.lights import lights
from fugong.queries.several import BY_NUMBER, of_those
from fugong.reports import filters
from fugong.reports.escalated import escalated
from fugong.reports.milestones import milestones
from fugong.reports.page_week import Week
from fugong.reports.problems import problems
from fugong.reports.progress import progress
from fugong.reports.trend import trend
from fugong.results.page import Chart, Drawn, Headline, Link, Lists, Page, Section
from fugong.results.report import Cell, Change, Column, Ratio, Report
from fugong.values.evidence import pieces
from fugong.vocab import Light, Sort, Stage, StatusFilter, Words
from fugong.vocab.reporting import By

HEADLINES = ("found", "solved", "in_hand", "overdue", "resumed")

Linked = Callable[[str], str | Words]
"""Where the bytes of evidence are, seen from the page, or why it leads to none."""

NOTHING_FOUND = Words("没有登记问题。", "No problem has been logged.")


def page(reader: Reader, cut: AsOf, evidence: Linked | None = None) -> Page:
    """The whole page. Read it to its end inside ``reader.snapshot()``, so that all its figures agree.

    Args:
        reader: The store.
        cut: The cut-off.
        evidence: By the digest of a file that was attached, the link to its bytes from where the page will be.
    """
    name, county = reader.first("SELECT name, county FROM campaign") or (None, None)
    teams, week = progress(reader, By.TEAM, cut), Week(reader, cut)
    return Page(
        Words("复工帮扶情况报告", "Report on resuming work"),
        " · ".join(filter(None, (county, name))) or None,
        cut.words,
        [*_headlines(teams, week)],
        _sections(reader, cut, teams, week, evidence),
        week.periods,
    )


def _headlines(teams: Report, week: Week) -> Iterator[Headline]:
    """The totals of ``progress`` that people ask for first; those of problems beside what they were a week ago."""
    total = dict(zip((column.key for column in teams.columns), teams.total or (), strict=True))
    heads = {column.key: column.head for column in teams.columns}
    for key in HEADLINES:
        headline = Headline(key, heads[key], total[key])
        yield week.beside(headline, key) if key in Counts._fields else headline
    if total["pending"]:
        yield Headline("pending", Words("待审核", "To review"), total["pending"])


def _sections(
    reader: Reader, cut: AsOf, teams: Report, week: Week, evidence: Linked | None
) -> Iterator[Section | Lists]:
    """The sections one by one; the list of problems is as long as it is and comes last."""
    yield week.figures()
    above = escalated(reader)
    if above.rows:
        yield Section("escalated", above, above.nothing)
    yield week.teams()
    yield week.problems()
    yield week.work()
    yield _milestones(reader, cut)
    yield Section(
        "teams",
        _narrowed(
            teams._replace(title=Words("各组进展", "Progress of the teams")),
            ("name", "resumed", "found", "solved", "in_hand", "overdue", "rate"),
        ),
        Words("还没有帮扶组。", "There is no team yet."),
        Chart(Drawn.BARS, ("solved", "in_hand")),
    )
    yield Section("trend", trend(reader, cut), NOTHING_FOUND, Chart(Drawn.LINES, ("found", "solved")))
    yield _lights(progress(reader, By.DEPARTMENT, cut))
    yield _stages(progress(reader, By.ENTERPRISE, cut))
    if teams.footer:
        yield Section("published", teams.footer, Words("", ""))
    attached = _evidence(reader, evidence)
    if attached.rows:
        yield Section("evidence", attached, attached.nothing)
    yield _open(reader, cut)


def _evidence(reader: Reader, linked: Linked | None) -> Report:
    """The files that were attached, each with a link where its bytes are beside the page."""
    those = of_those(reader, "id, coalesce(enterprise, team_name) AS firm, evidence", _ATTACHED)
    sql = f"SELECT id, firm, evidence FROM {those} q ORDER BY {BY_NUMBER}"
    rows = []
    for ident, firm, listed in reader.rows(sql):
        for piece in pieces(listed):
            (name, size), found = piece.shown, linked and linked(piece.sha256)
            link = Link(name, found) if isinstance(found, str) else name
            rows.append((ident, firm, link, size, name_of(found) if isinstance(found, Words) else None))
    columns = (
        Column("id", Words("编号", "Id")),
        Column("enterprise", Words("企业", "Enterprise")),
        Column("name", Words("附件", "Evidence")),
        Column("size", Words("大小", "Size")),
        Column("remark", Words("备注", "Remark"), brief=any(row[-1] for row in rows)),
    )
    return Report(Words("附件", "Evidence"), columns, rows)


_ATTACHED = "evidence <> '[]' AND status <> 'void'"


def _milestones(reader: Reader, cut: AsOf) -> Section:
    """How many of the enterprises reached each milestone."""
    listed = milestones(reader, cut)
    count = len(list(listed.rows))
    reached = zip(listed.columns[2:], (listed.total or ())[2:], strict=True)
    columns = (
        Column("milestone", Words("达标事项", "Milestone")),
        Column("reached", Words("达标", "Reached"), Cell.COUNT, brief=False),
        Column("rest", Words("其余", "Others"), Cell.COUNT, brief=False),
        Column("of", Words("企业", "Enterprises"), Cell.PARTS),
    )
    rows = [
        (name_of(column.head), part, count - part, Change(Ratio(part, count), Ratio(0, 0)))
        for column, part in reached
        if part
    ]
    report = Report(Words("达标事项", "Milestones"), columns, rows)
    nothing = Words("还没有企业达标。", "No enterprise has reached one yet.")
    return Section("milestones", report, nothing, Chart(Drawn.BARS, ("reached", "rest")))


def _lights(departments: Report) -> Section:
    """The departments that have problems in hand, with the lights of these."""
    shining = tuple(light.value for light in Light)
    report = _narrowed(departments, ("department", "in_hand", *shining), having="in_hand")._replace(
        title=Words("责任单位亮灯", "Lights by department"),
        notes=(
            Words(
                "红灯：已逾期；黄灯：今天或近几个工作日到期；绿灯：时限未到；灰灯：没有时限。",
                "Red: overdue; yellow: due today or within the next working days; green: in time; grey: no deadline.",
            ),
        ),
    )
    return Section(
        "lights", report, Words("没有正在解决的问题。", "No problem is in hand."), Chart(Drawn.BARS, shining)
    )


def _stages(enterprises: Report) -> Section:
    """How many enterprises are at which stage of resumption."""
    at = next(place for place, column in enumerate(enterprises.columns) if column.key == "stage")
    counts = Counter(row[at] for row in enterprises.rows if row[at] is not None)
    columns = (
        Column("stage", Words("复工阶段", "Stage"), Cell.CODE),
        Column("enterprises", Words("企业数", "Enterprises"), Cell.COUNT),
    )
    rows = [(stage, counts[stage]) for stage in Stage if counts[stage]]
    report = Report(Words("企业复工情况", "Resumption of the enterprises"), columns, rows, total=(None, counts.total()))
    return Section(
        "stages",
        report,
        Words("还没有企业。", "There is no enterprise yet."),
        Chart(Drawn.BARS, ("enterprises",)),
    )


def _open(reader: Reader, cut: AsOf) -> Section:
    """Every problem in hand, the longest overdue first, those without a deadline last."""
    wanted = filters.resolve(reader, status=(StatusFilter.LIVE,))
    listed = problems(reader, wanted, lights(reader, cut.day), cut, sort=Sort.DUE, marked=True)
    shown = ("id", "light", "enterprise", "text", "department", "found_on", "due_on", "days_over")
    report = listed._replace(
        title=Words("正在解决的问题", "Problems in hand"),
        columns=[column._replace(brief=column.key in shown) for column in listed.columns],
        notes=(),
    )
    return Section("open", report, Words("没有正在解决的问题。", "No problem is in hand."))


def _narrowed(report: Report, keys: Sequence[str], having: str | None = None) -> Report:
    """Some columns of a report; of its rows those that count something in the column ``having``."""
    keyed = [column.key for column in report.columns]
    places = [keyed.index(key) for key in keys]
    counted: Callable[[tuple[Any, ...]], Any] = (lambda row: row[keyed.index(having)]) if having else (lambda _: True)

    def taken(row: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(row[place] for place in places)

    return report._replace(
        columns=[report.columns[place] for place in places],
        rows=[taken(row) for row in report.rows if counted(row)],
        total=taken(report.total) if report.total else None,
        notes=(),
        footer=None,
    )
