"""The work of teams in the three roles: a list, and pieces of work with their history."""

from collections.abc import Iterable, Sequence
from datetime import date

from fugong.attributes import of
from fugong.db import Reader
from fugong.errors.names import OtherRole, UnknownTerm
from fugong.queries import names, numbers
from fugong.reports import filters
from fugong.reports.cards import absent, card, chained, only
from fugong.reports.filters import Condition, Link
from fugong.reports.history import history
from fugong.reports.listing import Listing
from fugong.results.report import Cell, Column, Report, Term
from fugong.vocab import KINDS, NOUNS, Kind, Role, Words

RESULT_COLUMNS = (
    Column("check", Words("检查项", "Check"), Cell.TERM),
    Column("passed", Words("合格", "Passed"), Cell.FLAG),
    Column("text", Words("发现", "Found")),
    Column("problem", Words("问题", "Problem")),
)

TITLES = {
    None: Words("工作记录", "Activities"),
    Role.PUBLICITY: Words("宣传工作", "Publicity"),
    Role.SUPERVISION: Words("监督工作", "Supervision"),
    Role.SERVICE: Words("服务工作", "Service"),
}


def activities(reader: Reader, role: Role | None, wanted: Condition) -> Report:
    """The work that meets a condition, in one role or in all three."""
    return listed(reader, Listing(of(Kind.ACTIVITY)), role, wanted)


def activities_in(reader: Reader, enterprise: int) -> Report:
    """The work that was done in one enterprise."""
    there = "activity_id IN (SELECT activity_id FROM activity_enterprise WHERE enterprise_id = :enterprise)"
    return activities(reader, None, Condition(there, {"enterprise": enterprise}))


def activities_for(reader: Reader, problem: int) -> Report:
    """The work that a problem is tied to: the inspections that found it, the service that helped to solve it."""
    tied = """activity_id IN (SELECT id FROM activity WHERE problem_id = :problem
              UNION ALL SELECT activity_id FROM inspection_result WHERE problem_id = :problem)"""
    return activities(reader, None, Condition(tied, {"problem": problem}))


def condition(
    reader: Reader,
    role: Role | None,
    *,
    team: Iterable[str] = (),
    enterprise: Iterable[str] = (),
    kind: Iterable[str] = (),
    since: date | None = None,
    until: date | None = None,
    text: Iterable[str] = (),
) -> Condition:
    """The condition that the filters of a listing of work make.

    Raises:
        Refusal: A name is unknown or ambiguous.
    """
    return filters.field_work(
        reader,
        day="on_date",
        team=team,
        enterprise=enterprise,
        since=since,
        until=until,
        text=text,
        enterprises=Link("activity_enterprise", "activity_id"),
        kind_id=[key for given in kind for key in _kinds(reader, role, given)],
    )


def listed(reader: Reader, listing: Listing, role: Role | None, wanted: Condition) -> Report:
    """The work that meets a condition, by team and number, as a listing has it."""
    where = f"{wanted.sql} AND role = :role" if role else wanted.sql
    params = wanted.params | ({"role": role.value} if role else {})
    sql = f"SELECT {listing.select()} FROM v_activity WHERE {where} ORDER BY team_sort, series, number, tag"
    return Report(TITLES[role], listing.columns, list(listing.rows(reader.rows(sql, **params))), zone=reader.zone)


def cards(reader: Reader, role: Role | None, ids: Sequence[str]) -> Report:
    """Pieces of work by their numbers, each with its history.

    Raises:
        BadActivityId, UnknownActivity: A number is none, or nobody has it.
        OtherRole: One is not work of the role asked for.
    """
    keys = dict.fromkeys(numbers.meant(reader, numbers.activity, given) for given in ids)
    found = [activities(reader, None, Condition("activity_id = :key", {"key": key})) for key in keys]
    for said in (only(each) for each in found if each.rows):
        if role not in (None, said["role"]):
            raise OtherRole(id=said["id"], role=said["role"], noun=NOUNS[said["role"]])
    return chained([_card(reader, each) for each in found])


def _card(reader: Reader, report: Report) -> Report:
    if not report.rows:
        return absent(report)
    said = only(report)
    parts = {"results": results(reader, said["uid"]), "events": history(reader, said["uid"])}
    return card(report._replace(title=Words(f"工作记录 {said['id']}", f"Activity {said['id']}")), parts)


def results(reader: Reader, uid: str) -> Report:
    """What an inspection found under each check that was made."""
    sql = (
        "SELECT category, category_zh, category_en, passed, text, problem FROM v_inspection_result WHERE uid = :uid "
        "ORDER BY category_rank"
    )
    found = [(Term(code, zh, en), bool(passed), *rest) for code, zh, en, passed, *rest in reader.rows(sql, uid=uid)]
    return Report(Words("检查结果", "Results"), RESULT_COLUMNS, found, zone=reader.zone)


def _kinds(reader: Reader, role: Role | None, given: str) -> list[int]:
    """The kinds of work with this code or name, of one role's list or of all three.

    Raises:
        UnknownTerm: No list has it.
    """
    found, unknown = [], []
    for list_name in [KINDS[role]] if role else KINDS.values():
        try:
            found.append(names.term(reader.now.rows, list_name, given).id)
        except UnknownTerm as refusal:
            unknown.append(refusal)
    if found:
        return found
    candidates = [each for refusal in unknown for each in refusal.params["candidates"] if each != "—"]
    said = KINDS[role] if role else Words("工作方式", "kind of work")
    raise UnknownTerm(list=said, name=given, candidates=candidates or ["—"])
