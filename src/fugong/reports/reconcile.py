"""Is what was said true? (核对) Stated figures against the ledger, against each other, and within themselves.

A figure is compared with the ledger as of the figure's own day, as it is known now. Where the two differ, the
problems that were entered, closed, reopened or voided late are named: those whose act is dated up to that day, but
was entered after the figure was.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, time
from typing import Any, NamedTuple

from fugong.db import Reader
from fugong.errors.names import UnknownPublication
from fugong.lang import T
from fugong.queries.as_of import AsOf
from fugong.queries.counts import measures
from fugong.results.report import Cell, Column, Report
from fugong.vocab import LIVE, Finding, Measure, Since, Status, Words

COUNTY = Words("全县", "county")

COLUMNS = (
    Column("finding", Words("核对", "Finding"), Cell.CODE),
    Column("measure", Words("指标", "Measure"), Cell.CODE),
    Column("milestone", Words("事项", "Milestone")),
    Column("scope", Words("范围", "Scope"), blank=COUNTY),
    Column("stated", Words("公布数", "Stated"), Cell.COUNT),
    Column("ledger", Words("台账数", "Ledger"), Cell.COUNT),
    Column("difference", Words("差", "Difference"), Cell.COUNT),
    Column("as_of", Words("截至", "As of"), Cell.DATE),
    Column("source", Words("来源", "Source")),
    Column("remark", Words("说明", "Remark")),
    Column("problems", Words("相关问题", "Problems"), Cell.LIST, brief=False),
)


class Compared(NamedTuple):
    """One thing that was stated, and what comparing it found."""

    finding: Finding
    measure: Measure | None
    milestone: str | None
    scope: str | None
    """The team's code; None is the county."""
    stated: int | None
    ledger: int | None
    difference: int | None
    as_of: str | None
    source: str | None
    remark: str
    problems: tuple[str, ...] = ()


class Figure(NamedTuple):
    """A figure as it was stated."""

    measure: Measure
    term_id: int | None
    milestone: str | None
    team_id: int | None
    team: str | None
    value: int
    as_of: str
    source: str | None
    publication: str | None
    entered: str
    """When it was entered."""


def differs(report: Report) -> bool:
    """Whether a reconciliation found a difference: what exit code 6 tells."""
    return any(row[0] is Finding.DIFFERS for row in report.rows)


def reconcile(reader: Reader, cut: AsOf, *, every: bool = False) -> Report:
    """Everything that others stated up to a cut-off, and the last publication of this store.

    ``every``: people see what agrees, too.
    """
    latest = "SELECT name FROM publication WHERE as_of <= :day ORDER BY as_of DESC, id DESC LIMIT 1"
    with reader.snapshot():
        (ours,) = reader.first(latest, day=str(cut.day)) or (None,)
        figures = [each for each in _figures(reader) if each.as_of <= str(cut.day) and each.publication in (None, ours)]
        rows = [
            *_sums_up(reader, cut),
            *_against_the_ledger(reader, figures),
            *_within(figures),
            *_against_each_other(figures),
        ]
    return _report(Words("核对公布口径", "What was stated, reconciled"), rows, cut, every=every)


def reconcile_claims(reader: Reader, cut: AsOf, claims: Mapping[Measure, int]) -> Report:
    """Figures that somebody is about to state, for the county."""
    with reader.snapshot():
        ledger = measures(reader.rows, cut)[None]
    rows = [*_adds_up(claims, None, cut.text, None)]
    for measure, value in claims.items():
        rows.append(_compared(measure, None, None, value, ledger[measure], cut.text, None, ()))
    return _report(Words("核对要报的数字", "Figures to be stated, reconciled"), rows, cut, every=True)


def _report(
    title: Words,
    rows: Sequence[Compared],
    cut: AsOf,
    *,
    every: bool,
    facts: Mapping[str, Any] | None = None,
    footer: Report | None = None,
) -> Report:
    """What was compared. Scripts get all of it; people see what agrees only if ``every`` says so, and else how much."""
    found, agreed = (sum(row.finding is each for row in rows) for each in (Finding.DIFFERS, Finding.AGREES))
    counted = {"as_of": cut.text, "differences": found, "agreeing": agreed}
    note = Words(f"不一致 {found} 处，一致 {agreed} 处。", f"Differences: {found}; agreeing: {agreed}.")
    whole = Report(title, COLUMNS, rows, facts={**counted, **(facts or {})}, notes=(cut.words, note), footer=footer)
    if every or not agreed:
        return whole
    left_out = Words(
        f"不一致 {found} 处；一致的 {agreed} 处没有列出，要看请加 --all。",
        f"Differences: {found}; agreeing and not listed: {agreed}, see them with --all.",
    )
    return whole._replace(
        rows=[row for row in rows if row.finding is not Finding.AGREES],
        notes=(cut.words, left_out),
        nothing=Words("没有不一致。", "Nothing differs."),
        flat=whole,
    )


# Within the ledger


def _sums_up(reader: Reader, cut: AsOf) -> Iterator[Compared]:
    """Found = solved + in hand, and the teams add up to the county."""
    figures = measures(reader.rows, cut)
    county = figures[None]
    yield from _adds_up(county, None, cut.text, T("台账", "ledger"))
    for measure in (Measure.FOUND, Measure.SOLVED, Measure.IN_HAND):
        teams = sum(each[measure] for scope, each in figures.items() if scope is not None)
        remark = T("各组之和", "sum of the teams")
        yield _compared(measure, None, None, teams, county[measure], cut.text, remark, ())


def _adds_up(stated: Mapping[Measure, int], scope: str | None, as_of: str, source: str | None) -> Iterator[Compared]:
    """Solved and in hand are together what was found."""
    if not {Measure.FOUND, Measure.SOLVED, Measure.IN_HAND} <= stated.keys():
        return
    found, solved, in_hand = (stated[each] for each in (Measure.FOUND, Measure.SOLVED, Measure.IN_HAND))
    agrees = found == solved + in_hand
    remark = T(
        f"{solved} + {in_hand} {'=' if agrees else '不等于'} {found}",
        f"{solved} + {in_hand} {'is' if agrees else 'is not'} {found}",
    )
    finding = Finding.AGREES if agrees else Finding.DIFFERS
    yield Compared(finding, Measure.FOUND, None, scope, found, None, found - solved - in_hand, as_of, source, remark)


# Stated figures


def _figures(reader: Reader) -> list[Figure]:
    """Every figure that was stated, with the time of its entry."""
    sql = (
        "SELECT f.measure, k.id, f.milestone_zh, f.milestone_en, f.team_id, f.team, f.value, f.as_of, f.source, "
        "f.publication, (SELECT max(e.recorded_at) FROM v_event e WHERE e.subject = f.uid) "
        "FROM v_figure f LEFT JOIN term k ON k.list = 'milestone' AND k.code = f.milestone ORDER BY f.figure_id"
    )
    return [
        Figure(Measure(measure), term, T(zh or "", en or "") or None, *rest)
        for measure, term, zh, en, *rest in reader.rows(sql)
    ]


def _against_the_ledger(reader: Reader, figures: Iterable[Figure]) -> Iterator[Compared]:
    """Each figure beside what the ledger counts as of its day."""
    cuts: dict[str, dict[Any, dict[Measure, int]]] = {}
    for each in figures:
        counted = _counted(reader, each, cuts)
        if counted is None:
            remark = T("台账里没有逐项记这个数", "the ledger has no items of this measure")
            yield Compared(
                Finding.UNCOUNTED, each.measure, each.milestone, each.team, each.value, None, None, each.as_of,
                each.publication or each.source, remark,
            )  # fmt: skip
            continue
        late = _entered_late(reader, each) if counted != each.value else ()
        yield _compared(
            each.measure,
            each.milestone,
            each.team,
            each.value,
            counted,
            each.as_of,
            each.publication or each.source,
            late,
        )


def _counted(reader: Reader, figure: Figure, cuts: dict[str, dict[Any, dict[Measure, int]]]) -> int | None:
    """What the ledger counts as of a figure's day; None if it has no items of that measure."""
    if figure.measure in (Measure.FOUND, Measure.SOLVED, Measure.IN_HAND, Measure.RESUMED):
        if figure.as_of not in cuts:
            cuts[figure.as_of] = measures(reader.rows, _cut_of(reader, figure))
        return cuts[figure.as_of][figure.team_id][figure.measure]
    sql = _ITEMS.get(figure.measure)
    if sql is None:
        return None
    scope = "1 = 1" if figure.team_id is None else "team_id = :team"
    given = {"team": figure.team_id, "term": figure.term_id, "day": figure.as_of}
    (count,) = reader.first(sql.format(scope=scope), **given) or (0,)
    return int(count)


_ITEMS = {
    Measure.TEAMS: "SELECT count(*) FROM v_team WHERE {scope}",
    Measure.BRANCHES: "SELECT count(*) FROM v_team WHERE branch IS NOT NULL AND {scope}",
    Measure.ENTERPRISES: "SELECT count(*) FROM v_enterprise WHERE {scope}",
    Measure.MILESTONE: (
        "SELECT count(*) FROM v_milestone WHERE term_id = :term AND NOT pending AND on_date <= :day AND {scope}"
    ),
}
"""The measures besides those of problems of which the ledger has items."""


def _cut_of(reader: Reader, figure: Figure) -> AsOf:
    """The cut-off of a figure: of a publication, the moment that it was made for."""
    at = None
    if figure.publication:
        (at,) = reader.first("SELECT at FROM publication WHERE name = :name", name=figure.publication) or (None,)
    return AsOf(
        date.fromisoformat(figure.as_of),
        True,
        time.fromisoformat(at) if at else None,
        reader.zone,
        dialect=reader.dialect,
    )


def _compared(
    measure: Measure,
    milestone: str | None,
    scope: str | None,
    stated: int,
    ledger: int,
    as_of: str,
    source: str | None,
    late: Sequence[str],
) -> Compared:
    difference = stated - ledger
    remark = "" if not difference else _missing(difference, late)
    finding = Finding.DIFFERS if difference else Finding.AGREES
    return Compared(finding, measure, milestone, scope, stated, ledger, difference, as_of, source, remark, tuple(late))


def _missing(difference: int, late: Sequence[str]) -> str:
    if late:
        return T(f"此后补录：{'、'.join(late)}", f"entered late since: {', '.join(late)}")
    if difference > 0:
        return T(f"{difference} 个未逐项列出", f"not itemised: {difference}")
    return T(f"台账多 {-difference} 个", f"the ledger has {-difference} more")


def _entered_late(reader: Reader, figure: Figure) -> list[str]:
    """The problems whose standing as of a figure's day was entered after the figure was."""
    scope = "1 = 1" if figure.team_id is None else "p.team_id = :team"
    sql = (
        "SELECT DISTINCT p.id, p.team_sort, p.number FROM v_event e JOIN v_problem p ON p.uid = e.subject "
        "WHERE e.kind = 'problem' AND e.on_date <= :day AND e.recorded_at > :entered "
        f"AND e.changes LIKE '%\"status\":[%' AND {scope} ORDER BY p.team_sort, p.number"
    )
    given = {"day": figure.as_of, "entered": figure.entered, "team": figure.team_id}
    return [ident for ident, *_ in reader.rows(sql, **given)]


def _within(figures: Iterable[Figure]) -> Iterator[Compared]:
    """What one source stated of one day and scope must add up."""
    stated: dict[tuple[Any, ...], dict[Measure, int]] = defaultdict(dict)
    for each in figures:
        stated[each.publication or each.source, each.as_of, each.team][each.measure] = each.value
    for (source, as_of, team), values in stated.items():
        yield from _adds_up(values, team, as_of, source)


def _against_each_other(figures: Iterable[Figure]) -> Iterator[Compared]:
    """Of one measure, scope and day, everybody must state the same."""
    stated: dict[tuple[Any, ...], list[Figure]] = defaultdict(list)
    for each in figures:
        stated[each.measure, each.milestone, each.team, each.as_of].append(each)
    for (measure, milestone, team, as_of), several in stated.items():
        values = list(dict.fromkeys(each.value for each in several))
        if len(values) > 1:
            said = T("、", ", ").join(map(str, values))
            remark = T(f"公布了不同的数：{said}", f"stated differently: {said}")
            sources = T("、", ", ").join(dict.fromkeys(filter(None, (each.source for each in several))))
            yield Compared(
                Finding.DIFFERS, measure, milestone, team, max(values), None, max(values) - min(values), as_of,
                sources or None, remark,
            )  # fmt: skip


# A publication


class Changed(NamedTuple):
    """A problem that stands otherwise now than it was published."""

    id: str
    since: Since
    entered_late: bool
    """It is dated up to the cut-off, but was entered after the publication."""
    was: Status | None
    now: Status
    text: str


CHANGED_COLUMNS = (
    Column("id", Words("编号", "Id")),
    Column("since", Words("此后", "Since"), Cell.CODE),
    Column("entered_late", Words("补录", "Entered late"), Cell.FLAG),
    Column("was", Words("公布时", "Published as"), Cell.CODE),
    Column("now", Words("现在", "Now"), Cell.CODE),
    Column("text", Words("问题描述", "Problem")),
)


def reconcile_publication(reader: Reader, name: str, cut: AsOf, *, every: bool = False) -> Report:
    """The figures of a publication against its cut-off as it is known now, and every problem that changed since.

    Raises:
        UnknownPublication: Nothing was published under this name.
    """
    with reader.snapshot():
        published = [each for each in _figures(reader) if each.publication == name]
        if not published:
            held = [each for (each,) in reader.rows("SELECT name FROM publication ORDER BY id DESC LIMIT 6")]
            raise UnknownPublication(name=name, candidates=held or [Words("（还没有）", "(none)")])
        rows = list(_against_the_ledger(reader, published))
        changed = list(_changed(reader, name, _cut_of(reader, published[0])))
    footer = Report(Words("此后的变化", "Changes since"), CHANGED_COLUMNS, changed)
    facts = [
        each._asdict() | {"since": each.since.value, "was": each.was and each.was.value, "now": each.now.value}
        for each in changed
    ]
    title = Words(f"核对公布「{name}」", f"Publication {name}, reconciled")
    return _report(title, rows, cut, every=every, facts={"changed": facts}, footer=footer)


def _changed(reader: Reader, name: str, cut: AsOf) -> Iterator[Changed]:
    sql = (
        f"SELECT p.id, r.status, t.status, p.status, p.text FROM v_problem p "
        "LEFT JOIN (SELECT w.problem_id, w.status FROM published_row w JOIN publication u ON u.id = w.publication_id "
        "WHERE u.name = :name) r ON r.problem_id = p.problem_id "
        f"LEFT JOIN {cut.problem} t ON t.id = p.problem_id ORDER BY p.team_sort, p.number"
    )
    for ident, published, then, now, text in reader.rows(sql, name=name):
        was = Status(published) if published else None
        stands = Status(now)
        since = _since(was, stands, late=then is not None)
        if since:
            late = then is not None and then != published and not (was in LIVE and Status(then) in LIVE)
            yield Changed(ident, since, late, was, stands, text)


def _since(was: Status | None, now: Status, *, late: bool) -> Since | None:
    """What happened to a problem between two standings, if it counts otherwise."""
    if was is None:
        return None if now is Status.VOID else Since.ENTERED_LATE if late else Since.OPENED
    if now is Status.VOID:
        return Since.VOIDED
    if was is Status.CLOSED:
        return None if now is Status.CLOSED else Since.REOPENED
    return Since.CLOSED if now is Status.CLOSED else None
