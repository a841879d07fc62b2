"""The ledger's lines: a list of problems, and one problem with its whole history."""

from collections.abc import Iterable, Iterator, Sequence

from fugong.attributes import Attribute, of
from fugong.db import Reader
from fugong.lang import T, name_of
from fugong.queries.as_of import AsOf
from fugong.queries.deadlines import WORDS
from fugong.queries.lights import Lights
from fugong.queries.several import A_PAGE, page
from fugong.reports.filters import Condition
from fugong.reports.listing import Listing, each
from fugong.reports.short_names import short_names
from fugong.results.report import OnScreen, Report
from fugong.values.evidence import pieces
from fugong.values.lateness import late
from fugong.vocab import IN_HAND, Kind, Level, Sort, Status, Words

_SELECT = "SELECT {columns} FROM v_problem x WHERE {where} ORDER BY {order}team_sort, series, number, tag"

_WORST_FIRST = "CASE WHEN due_on IS NULL THEN 1 ELSE 0 END, due_on, "
_UNDATED_BY_AGE = "CASE WHEN due_on IS NULL THEN found_on END, "
_ORDERS = {
    Sort.DUE: _WORST_FIRST + _UNDATED_BY_AGE,
    Sort.FOUND: "found_on, ",
    Sort.FIRM: "CASE WHEN enterprise IS NULL THEN 1 ELSE 0 END, enterprise, " + _WORST_FIRST,
    Sort.LIGHT: f"CASE WHEN {IN_HAND} THEN 0 ELSE 1 END, " + _WORST_FIRST,
}
"""SQL by which each order sorts, before the problems' numbers."""


_SHORT = {
    "enterprise": Words("企业", "Firm"), "text": Words("问题", "Problem"), "found_on": Words("发现", "Found"),
}  # fmt: skip
"""The headings that are shorter on a terminal."""


def problems(
    reader: Reader,
    wanted: Condition,
    shone: Lights,
    cut: AsOf,
    limit: int | None = None,
    *,
    sort: Sort | None = None,
    marked: bool = False,
) -> Report:
    """The problems that meet a condition, in the order of their numbers.

    Args:
        reader: The store.
        wanted: Which problems.
        shone: The lights of the day.
        cut: The cut-off.
        limit: The most rows; a note says how many there are where it cuts.
        sort: In which order, if not in that of their numbers.
        marked: For people at a terminal: the text begins with the level that it was reported to, and the title says the
            cut-off.
    """
    listing = _listing(shone, marked=marked)
    columns = listing.select()
    if limit and limit <= A_PAGE and not sort and reader is not reader.now:
        found = page(reader, columns, wanted.sql, limit, **wanted.params)
    else:
        sql = _SELECT.format(columns=columns, where=wanted.sql, order=_ORDERS[sort] if sort else "")
        found = reader.stream(sql + (" LIMIT :most" if limit else ""), **wanted.params, most=limit)
    return Report(
        Words("问题台账", "Problems"),
        [each._replace(short=_SHORT.get(each.key)) for each in listing.columns],
        listing.rows(found),
        facts=cut.facts if cut.asked else {},
        notes=_notes(reader, wanted, cut, limit, stated=marked),
        subtitle=cut.titled if marked else None,
        zone=reader.zone,
        spare=("status", "found_on"),
        on_screen=OnScreen(wide=("category",)),
        short_names=lambda: short_names(reader),
    )


def _notes(reader: Reader, wanted: Condition, cut: AsOf, limit: int | None, *, stated: bool) -> Iterator[Words]:
    """The cut-off unless it is ``stated`` elsewhere, and how many problems a limit leaves out, counted only here."""
    if cut.asked and not stated:
        yield cut.words
    if limit and (count := wanted.how_many(reader)) > limit:
        yield Words(
            f"共 {count} 条，只列出前 {limit} 条；用 --limit {count} 列出全部。",
            f"{limit} of {count}; list all with --limit {count}.",
        )


def _listing(shone: Lights, *, marked: bool = False) -> Listing:
    """All that is known of problems, with what only a day tells of them; ``marked``: with their level in the text."""
    return Listing(
        _department_first(of(Kind.PROBLEM)) if marked else of(Kind.PROBLEM),
        **({"text": each(_marked, "text", "status", "escalated")} if marked else {}),
        **({"due_on": each(_due, "due_on", "due_rule")} if marked else {}),
        light=each(lambda status, *days: shone.of(Status(status), *days), "status", "due_on", "applied_on"),
        days_over=each(lambda status, *days: shone.days_over(Status(status), *days), "status", "due_on", "applied_on"),
        evidence=each(lambda listed: tuple(piece.name for piece in pieces(listed)), "evidence"),
        late=each(
            lambda due_on, applied_on, closed_on: bool(closed_on) and late(due_on, applied_on or closed_on),
            "due_on", "applied_on", "closed_on",
        ),
    )  # fmt: skip


def _department_first(attributes: Iterable[Attribute]) -> list[Attribute]:
    """The attributes as people at a terminal read them: who must act, and then how far it is."""
    listed = {each.key or each.name: each for each in attributes}
    status = listed.pop("status")
    return [each for key, one in listed.items() for each in ((one, status) if key == "department" else (one,))]


def _due(due_on: str | None, rule: str | None) -> str | None:
    """A deadline, or the words that stand for one that has no day: 长期, 立行立改."""
    words = None if due_on else WORDS.get(rule or "")
    return name_of(words) if words else due_on


def _marked(text: str, status: str, level: str | None) -> str:
    """A problem's text in a list for people: 〔待审核〕 and 〔报市〕 before it, as its status may have no column."""
    marks = [Words(Status.PENDING.zh, Status.PENDING.en)] if Status(status) is Status.PENDING else []
    marks += [Level(level).reported] if level else []
    return "".join([*(T(f"〔{mark.zh}〕", f"[{mark.en}] ") for mark in marks), text])


def cards(reader: Reader, ids: Sequence[str], shone: Lights, *, fitted: bool = False) -> Report:
    """Problems by their numbers, each with the work that it is tied to and its whole history.

    Args:
        reader: The store.
        ids: The numbers.
        shone: The lights of the day.
        fitted: As a terminal has them, what matters first.

    Raises:
        BadId, UnknownProblem: A number is none, or nobody has it.
    """
    from fugong.queries import numbers
    from fugong.reports.cards import chained

    keys = dict.fromkeys(numbers.meant(reader, numbers.problem, given) for given in ids)
    made = [_card(reader, key, shone) for key in keys]
    if fitted:
        from fugong.reports.showing import showing

        return showing(reader, made, shone)
    return chained(made)


def _card(reader: Reader, key: int, shone: Lights) -> Report:
    from fugong.reports.activities import activities_for
    from fugong.reports.cards import absent, card, only
    from fugong.reports.conflicts import conflicts
    from fugong.reports.history import history

    listing = _listing(shone)
    sql = _SELECT.format(columns=listing.select(), where="problem_id = :key", order="")
    report = Report(Words("", ""), listing.columns, list(listing.rows(reader.rows(sql, key=key))), zone=reader.zone)
    if not report.rows:
        return absent(report._replace(title=Words("问题", "Problem")))
    said = only(report)
    parts = {"activities": activities_for(reader, key), "events": history(reader, said["uid"])}
    # what was in conflict once nobody asks of the past
    if reader is reader.now and reader.first("SELECT 1 FROM conflict WHERE subject = :uid", uid=said["uid"]):
        parts = {"conflicts": conflicts(reader, subject=said["uid"]), **parts}
    return card(report._replace(title=Words(f"问题 {said['id']}", f"Problem {said['id']}")), parts)
