"""What teams did besides problems: milestones, practices, published figures."""

from collections.abc import Iterable
from datetime import date
from typing import TypedDict, Unpack

from fugong.attributes import of
from fugong.db import Reader
from fugong.queries import names
from fugong.reports import filters
from fugong.reports.cards import absent, card, only
from fugong.reports.filters import Condition, Link
from fugong.reports.history import history
from fugong.reports.listing import Listing
from fugong.reports.short_names import short_names
from fugong.results.report import Report
from fugong.vocab import Kind, ListName, Measure, Words


class Filters(TypedDict, total=False):
    """The filters that all these listings have (``filters.field_work``)."""

    team: Iterable[str]
    since: date | None
    until: date | None


def milestones(
    reader: Reader, milestone: Iterable[str] = (), enterprise: Iterable[str] = (), **given: Unpack[Filters]
) -> Report:
    """What enterprises have reached, or have under way.

    Raises:
        Refusal: A name is unknown or ambiguous.
    """
    kinds = [names.term(reader.now.rows, ListName.MILESTONE, name).id for name in milestone]
    wanted = filters.field_work(reader, day="on_date", enterprise=enterprise, term_id=kinds, **given)
    return _milestones(reader, wanted)


def milestones_of(reader: Reader, enterprise: int) -> Report:
    """What one enterprise has reached."""
    return _milestones(reader, Condition("enterprise_id = :enterprise", {"enterprise": enterprise}))


def milestone(reader: Reader, enterprise: str, name: str) -> Report:
    """One milestone of an enterprise, with its history."""
    key = names.milestone(reader.now.rows, enterprise, name)
    return _card(reader, _milestones(reader, Condition("milestone_id = :key", {"key": key})))


def practices(reader: Reader, enterprise: Iterable[str] = (), **given: Unpack[Filters]) -> Report:
    """The methods worth copying; of a team or an enterprise, those that it took up.

    Raises:
        Refusal: A name is unknown or ambiguous.
    """
    adopters = Link("adoption", "practice_id")
    wanted = filters.field_work(
        reader, day="promoted_on", enterprise=enterprise, teams=adopters, enterprises=adopters, **given
    )
    return _practices(reader, wanted)


def practice(reader: Reader, name: str) -> Report:
    """One practice, with its history."""
    key = names.practice(reader.now.rows, name).id
    return _card(reader, _practices(reader, Condition("practice_id = :key", {"key": key})))


def figures(
    reader: Reader, measure: Iterable[Measure] = (), *, published: bool | None = None, **given: Unpack[Filters]
) -> Report:
    """The totals that somebody stated.

    Args:
        reader: The store.
        measure: What is counted; all if none is named.
        published: Only what this ledger published, or only what it did not; all if None.
        given: Which of them.

    Raises:
        Refusal: A name is unknown.
    """
    wanted = filters.field_work(reader, day="as_of", measure=[each.value for each in measure], **given)
    if published is not None:
        ours = "publication IS NOT NULL" if published else "publication IS NULL"
        wanted = Condition(f"({wanted.sql}) AND {ours}", wanted.params)
    return _figures(reader, wanted)


def figure(reader: Reader, key: str) -> Report:
    """One published figure, with its history."""
    own = names.figure(reader.now.rows, key)
    return _card(reader, _figures(reader, Condition("figure_id = :key", {"key": own})))


def _milestones(reader: Reader, wanted: Condition) -> Report:
    order = "team_sort NULLS FIRST, milestone_id"
    return _listed(reader, Kind.MILESTONE, Words("达标事项", "Milestones"), wanted, order)


def _practices(reader: Reader, wanted: Condition) -> Report:
    return _listed(reader, Kind.PRACTICE, Words("做法", "Practices"), wanted, "practice_id")


def _figures(reader: Reader, wanted: Condition) -> Report:
    return _listed(reader, Kind.FIGURE, Words("公布口径", "Published figures"), wanted, "figure_id")


def _listed(reader: Reader, kind: Kind, title: Words, wanted: Condition, order: str) -> Report:
    """The records of a kind that meet a condition."""
    listing = Listing(of(kind))
    sql = f"SELECT {listing.select()} FROM v_{kind.value} WHERE {wanted.sql} ORDER BY {order}"
    rows = listing.rows(reader.rows(sql, **wanted.params))
    return Report(title, listing.columns, rows, zone=reader.zone, short_names=lambda: short_names(reader))


def _card(reader: Reader, report: Report) -> Report:
    """A report of one record, with that record's history."""
    report = report._replace(rows=list(report.rows))
    if not report.rows:
        return absent(report)
    return card(report, {"events": history(reader, only(report)["uid"])})
