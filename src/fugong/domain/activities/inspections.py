"""Inspections (五查): supervision with a result per check; each failed check is a problem of the enterprise."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from fugong.domain import problems
from fugong.domain.activities.activities import add_activity, edit_activity
from fugong.domain.writer import Writer
from fugong.errors.rules import CheckTwice, EnterpriseNeeded, NothingInspected
from fugong.queries import names
from fugong.store.records import Activity, Enterprise, InspectionResult, Problem, Team, Term
from fugong.store.session import Session
from fugong.vocab import IN_HAND, CategoryGroup, ListName, Role, Source, Words

KIND = "check"
"""The code of the kind of supervision that an inspection is where nothing else is said."""


class FailedCheck(NamedTuple):
    """A check that an enterprise failed, and what was wrong."""

    check: Term
    text: str


class Touched(NamedTuple):
    """A problem that a failed check is about, and whether it was opened by it or is in hand since before."""

    problem: Problem
    opened: bool


def find_check(session: Session, given: str) -> Term:
    """The one of the five checks with this code or name.

    Raises:
        UnknownTerm: There is no such check.
    """
    return session.get(Term, names.check(session.rows, given).id)


def add_inspection(
    writer: Writer,
    team: Team | None,
    text: str | None,
    *,
    enterprises: Sequence[Enterprise] = (),
    failed: Sequence[FailedCheck] = (),
    passed: Sequence[Term] = (),
    pass_rest: bool = False,
    on_date: date | None = None,
    approximate: bool = False,
    usual: str = CategoryGroup.CHECK.zh,
    **about: Any,
) -> tuple[Activity, list[Touched]]:
    """Enter supervision: an inspection with results of checks, or other work without.

    Args:
        writer: The command.
        team: Whose work it is; that of the enterprise unless given.
        text: What was done; an inspection needs none.
        enterprises: Where; results need exactly one.
        failed: The checks that failed; each opens a problem, or is noted in the one that is in hand.
        passed: Checks that passed.
        pass_rest: All others passed as well. Otherwise nothing is known of them.
        on_date: The day; today unless given.
        approximate: The day is not exactly known.
        usual: What an inspection is called that has no text.
        about: Further attributes of the activity.

    Raises:
        NothingInspected: There is neither a result nor a text.
        EnterpriseNeeded, CheckTwice: The results are not of one enterprise, or not one for each check.
        FutureDate, DateGoesBack: A date is out of order.
    """
    rest = _others(writer.session, [*(finding.check for finding in failed), *passed]) if pass_rest else ()
    day = writer.past(on_date)
    stated = None if on_date is None else day
    if not (failed or passed or rest or text):
        raise NothingInspected
    touched: list[Touched] = []
    results: list[InspectionResult] = []
    if failed or passed or rest:
        about = {"kind": _usual_kind(writer.session)} | about
        results, touched = _results(
            writer, _the_one(enterprises), failed, [*passed, *rest], team=team, day=stated, approximate=approximate
        )
    activity = add_activity(
        writer, team, Role.SUPERVISION, text or usual, enterprises=enterprises, results=results,
        on_date=day, approximate=approximate, **about,
    )  # fmt: skip
    return activity, touched


def edit_inspection(
    writer: Writer,
    activity: Activity,
    values: Mapping[str, Any],
    *,
    failed: Sequence[FailedCheck] = (),
    passed: Sequence[Term] = (),
) -> tuple[bool, list[Touched]]:
    """Correct supervision and results of its checks. A problem that a result opened stays as it is.

    Returns:
        Whether anything differed, and the problems of checks that had not failed before.
    """
    if not (failed or passed):
        return edit_activity(writer, activity, values), []
    known = {result.term.uid: result for result in activity.results}
    again = [finding for finding in failed if _failed(known.get(finding.check.uid))]
    fresh = [finding for finding in failed if finding not in again]
    made, touched = _results(
        writer,
        _the_one(values.get("enterprises", activity.enterprises)),
        fresh,
        passed,
        team=activity.team,
        day=values.get("on_date", activity.on_date),
        approximate=values.get("approximate", activity.approximate),
        more=[_result(finding, known[finding.check.uid].problem) for finding in again],
    )
    named = {result.term.uid for result in made}
    kept = [result for result in activity.results if result.term.uid not in named]
    return edit_activity(writer, activity, {**values, "results": [*kept, *made]}), touched


def _results(
    writer: Writer,
    enterprise: Enterprise,
    failed: Sequence[FailedCheck],
    passed: Sequence[Term],
    *,
    team: Team | None,
    day: date | None,
    approximate: bool,
    more: Sequence[InspectionResult] = (),
) -> tuple[list[InspectionResult], list[Touched]]:
    """A result for each check, and what became of the problems of those that failed."""
    _once_each([*(finding.check for finding in failed), *passed, *(result.term for result in more)])
    touched = [_problem(writer, enterprise, finding, team, day, approximate) for finding in failed]
    results = [_result(finding, each.problem) for finding, each in zip(failed, touched, strict=True)]
    results += [InspectionResult(term=check, passed=True) for check in passed]
    return [*results, *more], touched


def _problem(
    writer: Writer, enterprise: Enterprise, finding: FailedCheck, team: Team | None, day: date | None, approximate: bool
) -> Touched:
    """The problem of a failed check: the one in hand with a note added, or else a new one."""
    own = f"t.enterprise_id = :firm AND t.category_id = :check AND t.{IN_HAND} ORDER BY t.id LIMIT 1"
    for live in writer.session.all(Problem, own, firm=enterprise.id, check=finding.check.id):
        problems.note_problem(writer, live, finding.text, on=day, approximate=approximate)
        return Touched(live, opened=False)
    opened = problems.log_problem(
        writer, finding.text, enterprise=enterprise, team=team, category=finding.check, source=Source.INSPECTION,
        on=day, approximate=approximate,
    )  # fmt: skip
    return Touched(opened, opened=True)


def _result(finding: FailedCheck, problem: Problem | None) -> InspectionResult:
    return InspectionResult(term=finding.check, passed=False, text=finding.text.strip(), problem=problem)


def _failed(result: InspectionResult | None) -> bool:
    return result is not None and not result.passed


def _the_one(enterprises: Sequence[Enterprise]) -> Enterprise:
    if len(enterprises) != 1:
        raise EnterpriseNeeded
    return enterprises[0]


def _once_each(checks: Iterable[Term]) -> None:
    seen: set[str] = set()
    for check in checks:
        if check.uid in seen:
            raise CheckTwice(check=Words(check.zh, check.en))
        seen.add(check.uid)


def _others(session: Session, named: Sequence[Term]) -> Sequence[Term]:
    """The checks that are not among these."""
    checks = "t.list = :list AND t.grp = :group AND t.retired_on IS NULL ORDER BY t.rank"
    known = {check.uid for check in named}
    found = session.all(Term, checks, list=ListName.CATEGORY, group=CategoryGroup.CHECK)
    return [term for term in found if term.uid not in known]


def _usual_kind(session: Session) -> Term | None:
    return session.find(Term, list=ListName.SUPERVISION, code=KIND)
