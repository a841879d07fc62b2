"""Is what was said true? (核对) Stated figures against the ledger, against each other, and within themselves.

A figure is compared with the ledger as of the figure's own day, as it is known now. Where the two differ, exactly the
records are named that count otherwise now than when the figure was entered, and why (``reports.since``).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from fugong.db import Reader
from fugong.errors.names import UnknownPublication
from fugong.lang import T
from fugong.queries import published
from fugong.queries.as_of import AsOf
from fugong.queries.counts import measures
from fugong.reports.since import Distance, Made, natural
from fugong.reports.stated import Ledger, StatedFigure, stated
from fugong.results.report import Cell, Column, Fields, Mapped, Report
from fugong.vocab import LIVE, Measure, Status, Words
from fugong.vocab.reporting import Agreement, Since

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

    finding: Agreement
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


def differs(report: Report) -> bool:
    """Whether a reconciliation found a difference: what exit code 6 tells."""
    return any(row[0] is Agreement.DIFFERS for row in report.rows)


def reconcile(reader: Reader, cut: AsOf, *, every: bool = False) -> Report:
    """Everything that was stated up to a cut-off, by others and by this store's own publications.

    ``every``: people see what agrees, too.
    """
    with reader.snapshot():
        figures = [each for each in stated(reader) if each.as_of <= str(cut.day)]
        rows = [
            *_sums_up(reader, cut),
            *_against_the_ledger(reader, cut, figures),
            *_within(figures),
            *_against_each_other(each for each in figures if each.publication is None),
        ]
    names = dict.fromkeys(each.publication for each in figures if each.publication)
    differing = {row.source for row in rows if row.finding is Agreement.DIFFERS}
    return _report(
        Words("核对公布口径", "What was stated, reconciled"),
        rows,
        cut,
        every=every,
        facts={"publications": Mapped({name: name not in differing for name in names})},
        notes=[*_told("一致的公布", "Publications that agree", [name for name in names if name not in differing]),
               *_told("不一致的公布", "Publications that differ", [name for name in names if name in differing])],
    )  # fmt: skip


def _told(zh: str, en: str, names: Sequence[str]) -> list[Words]:
    return [Words(f"{zh}：{'、'.join(names)}。", f"{en}: {', '.join(names)}.")] if names else []


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
    notes: Sequence[Words] = (),
) -> Report:
    """What was compared. Scripts get all of it; people see what agrees only if ``every`` says so, and else how much."""
    found, agreed = (sum(row.finding is each for row in rows) for each in (Agreement.DIFFERS, Agreement.AGREES))
    counted = {**cut.facts, "differences": found, "agreeing": agreed}
    note = Words(f"不一致 {found} 处，一致 {agreed} 处。", f"Differences: {found}; agreeing: {agreed}.")
    whole = Report(
        title, COLUMNS, rows, facts={**counted, **(facts or {})}, notes=(cut.words, note, *notes), footer=footer
    )
    if every or not agreed:
        return whole
    left_out = Words(
        f"不一致 {found} 处；一致的 {agreed} 处没有列出，要看请加 --all。",
        f"Differences: {found}; agreeing and not listed: {agreed}, see them with --all.",
    )
    return whole._replace(
        rows=[row for row in rows if row.finding is not Agreement.AGREES],
        notes=(cut.words, left_out, *notes),
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
    finding = Agreement.AGREES if agrees else Agreement.DIFFERS
    yield Compared(finding, Measure.FOUND, None, scope, found, None, found - solved - in_hand, as_of, source, remark)


# Stated figures


def _against_the_ledger(reader: Reader, cut: AsOf, figures: Iterable[StatedFigure]) -> Iterator[Compared]:
    """Each figure beside what the ledger counts as of its day."""
    ledger = Ledger(reader, cut)
    for each in figures:
        counted = ledger.counts(each)
        if counted is None:
            remark = T("台账里没有逐项记这个数", "the ledger has no items of this measure")
            yield Compared(
                Agreement.UNCOUNTED, each.measure, each.milestone, each.team, each.value, None, None, each.as_of,
                each.publication or each.source, remark,
            )  # fmt: skip
            continue
        made = ledger.since(each) if counted != each.value else ()
        yield _compared(
            each.measure,
            each.milestone,
            each.team,
            each.value,
            counted,
            each.as_of,
            each.publication or each.source,
            made,
        )


def _compared(
    measure: Measure,
    milestone: str | None,
    scope: str | None,
    stated: int,
    ledger: int,
    as_of: str,
    source: str | None,
    made: Sequence[Made],
) -> Compared:
    difference = stated - ledger
    finding = Agreement.DIFFERS if difference else Agreement.AGREES
    labels = tuple(dict.fromkeys(each.label for each in made))
    return Compared(
        finding, measure, milestone, scope, stated, ledger, difference, as_of, source, _why(difference, made), labels
    )


def _why(difference: int, made: Sequence[Made]) -> str:
    """What made a difference, cause by cause; and how much of it nothing in the ledger makes."""
    by_cause: dict[Since, list[str]] = {}
    for each in made:
        by_cause.setdefault(each.cause, []).append(each.label)
    said = [
        T(f"此后{cause.zh}：{'、'.join(labels)}", f"{cause.en} since: {', '.join(labels)}")
        for cause, labels in by_cause.items()
    ]
    rest = difference + sum(each.sign for each in made)
    if rest > 0:
        said.append(T(f"{rest} 个未逐项列出", f"not itemised: {rest}"))
    if rest < 0:
        said.append(T(f"台账多 {-rest} 个", f"the ledger has {-rest} more"))
    return T("；", "; ").join(said)


def _within(figures: Iterable[StatedFigure]) -> Iterator[Compared]:
    """What one source stated of one day and scope must add up."""
    stated: dict[tuple[Any, ...], dict[Measure, int]] = defaultdict(dict)
    for each in figures:
        stated[each.publication or each.source, each.as_of, each.team][each.measure] = each.value
    for (source, as_of, team), values in stated.items():
        yield from _adds_up(values, team, as_of, source)


def _against_each_other(figures: Iterable[StatedFigure]) -> Iterator[Compared]:
    """Of one measure, scope and day, everybody must state the same."""
    stated: dict[tuple[Any, ...], list[StatedFigure]] = defaultdict(list)
    for each in figures:
        stated[each.measure, each.milestone, each.team, each.as_of].append(each)
    for (measure, milestone, team, as_of), several in stated.items():
        values = list(dict.fromkeys(each.value for each in several))
        if len(values) > 1:
            said = T("、", ", ").join(map(str, values))
            remark = T(f"公布了不同的数：{said}", f"stated differently: {said}")
            sources = T("、", ", ").join(dict.fromkeys(filter(None, (each.source for each in several))))
            yield Compared(
                Agreement.DIFFERS, measure, milestone, team, max(values), None, max(values) - min(values), as_of,
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

    Where several stores published under this name, those of all of them.

    Raises:
        UnknownPublication: Nothing was published under this name.
    """
    with reader.snapshot():
        names = [name, *published.of_one_name(reader.rows, name)]
        figures = [each for each in stated(reader) if each.publication in names]
        if not figures:
            held = [
                each
                for (each,) in reader.rows("SELECT name FROM publication ORDER BY recorded_at DESC, uid DESC LIMIT 6")
            ]
            raise UnknownPublication(name=name, candidates=held or [Words("（还没有）", "(none)")])
        rows = list(_against_the_ledger(reader, cut, figures))
        first = {each.publication: each for each in reversed(figures)}
        changed = list(dict.fromkeys(each for figure in first.values() for each in _changed(reader, figure, cut)))
    footer = Report(Words("此后的变化", "Changes since"), CHANGED_COLUMNS, changed)
    facts = [*map(Fields, changed)]
    title = Words(f"核对公布「{name}」", f"Publication {name}, reconciled")
    return _report(title, rows, cut, every=every, facts={"changed": facts}, footer=footer)


def _changed(reader: Reader, figure: StatedFigure, cut: AsOf) -> Iterator[Changed]:
    """The problems that stand otherwise than when a figure was published."""
    told = figure.told(reader, cut)
    early, between, late = Distance(reader, told, cut).problems
    texts = dict(reader.rows("SELECT uid, text FROM problem")) if late else {}
    for uid, now in sorted(late.items(), key=lambda each: natural(each[1].label)):
        was = Status(early[uid].status) if uid in early else None
        stood = Status(between[uid].status) if uid in between else None
        stands = Status(now.status)
        since = _since(was, stands, late=stood is not None)
        if since:
            late_entry = stood is not None and stood != was and not (was in LIVE and stood in LIVE)
            yield Changed(now.label, since, late_entry, was, stands, texts[uid])


def _since(was: Status | None, now: Status, *, late: bool) -> Since | None:
    """What happened to a problem between two standings, if it counts otherwise."""
    if was is None:
        return None if now is Status.VOID else Since.ENTERED_LATE if late else Since.OPENED
    if now is Status.VOID:
        return Since.VOIDED
    if was is Status.CLOSED:
        return None if now is Status.CLOSED else Since.REOPENED
    return Since.CLOSED if now is Status.CLOSED else None
