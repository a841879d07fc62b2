"""inspection: what teams looked at (五查), and which enterprises have not been looked at."""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from fugong.commands import work
from fugong.commands.frame import filters, options
from fugong.commands.frame import writing as transaction
from fugong.commands.frame.app import App
from fugong.commands.frame.option_groups import spread
from fugong.commands.frame.reading import emit, reading
from fugong.commands.frame.writing import say, say_entered_before, tell, writing
from fugong.errors.entries import BadFinding
from fugong.errors.rules import NothingToCorrect
from fugong.lang import T, name_of
from fugong.vocab import CategoryGroup, Role

if TYPE_CHECKING:
    from fugong.domain.activities.inspections import FailedCheck, Touched
    from fugong.domain.writer import Writer
    from fugong.store.records import Term

app = App(help=T("监督：五查和其他检查。", "Supervision: the five checks, and other checks."))

MaybeText = Annotated[
    str | None,
    typer.Argument(
        metavar=T("[内容]", "[TEXT]"),
        help=T("做了什么；有五查结果的可以不写。", "What was done; not needed with results of the five checks."),
    ),
]
Fail = Annotated[
    list[str] | None,
    typer.Option(
        "--fail",
        metavar=T("检查项=问题", "CHECK=TEXT"),
        help=T(
            "不合格的检查项和问题，自动登记为问题；可写几次。",
            "A check that failed and what was wrong, which opens a problem; repeatable.",
        ),
    ),
]
Pass = Annotated[
    list[str] | None,
    typer.Option(
        "--pass", metavar=T("检查项", "CHECK"), help=T("合格的检查项；可写几次。", "A check that passed; repeatable.")
    ),
]
PassRest = Annotated[bool, typer.Option("--pass-rest", help=T("其余检查项都合格。", "All the other checks passed."))]


@app.command(
    help=T(
        "登记一次检查：写五查的结果，或写内容（核查、整改等）。",
        "Enter an inspection: results of the five checks, or a text for an audit, a rectification and the like.",
    )
)
def add(
    ctx: typer.Context,
    enterprise: work.Firm,
    text: MaybeText = None,
    fail: Fail = None,
    pass_: Pass = None,
    pass_rest: PassRest = False,
    kind: work.KindOption = None,
    team: options.Team = None,
    item: work.Item = None,
    quantity: work.Quantity = None,
    unit: work.Unit = None,
    department: work.From = None,
    problem: work.Problem = None,
    by: work.DoneBy = None,
    guest: work.Guest = None,
    place: work.Place = None,
    on: options.On = None,
    approx: options.Approx = False,
    inferred: options.Inferred = False,
    note: options.Note = None,
    key: options.Key = None,
) -> None:
    from fugong.domain import roster
    from fugong.domain.activities import activities, inspections

    about = {"kind": kind, "item": item, "quantity": quantity, "unit": unit, "department": department,
             "problem": problem, "by": by, "guests": guest, "place": place, "on": on, "approximate": approx,
             "inferred": inferred, "note": note, "key": key}  # fmt: skip
    with writing(ctx.obj.store, "inspection add") as writer:
        activity, touched = activities.with_key(writer.session, key or ""), list["Touched"]()
        known = activity is not None
        if activity is None:
            activity, touched = inspections.add_inspection(
                writer,
                roster.find_team(writer.session, team) if team else None,
                text,
                enterprises=work.firms(writer, [enterprise]),
                failed=_findings(writer, fail or ()),
                passed=_checks(writer, pass_ or ()),
                pass_rest=pass_rest,
                usual=name_of(CategoryGroup.CHECK),
                **work.attributes(writer, Role.SUPERVISION, about),
            )
        said = [work.line(activity), *_lines(touched)]
    tell("\n".join(said))
    _remark(touched)
    if known:
        say_entered_before(str(key))


@app.command("list", help=T("列出检查和其他监督工作。", "List inspections and other supervision."))
@spread
def list_(
    ctx: typer.Context,
    *,
    team: filters.Teams = None,
    enterprise: filters.Enterprises = None,
    kind: work.Kinds = None,
    since: options.FromDay = None,
    until: options.ToDay = None,
    text: work.TextFilter = None,
    cut_off: options.CutOff,
    delivery: options.Delivery,
) -> None:
    from fugong.reports.inspections import inspections as report

    with reading(ctx.obj.store, cut_off) as (reader, cut):
        wanted = work.condition(reader, cut, Role.SUPERVISION, team, enterprise, kind, since, until, text)
        emit(report(reader, wanted), delivery, at=(reader, cut))


work.add_show(app, Role.SUPERVISION, T("看检查的结果、全部内容和变更。", "Show inspections with results and history."))


@app.command(
    help=T(
        "列出多久没有检查的企业，最久的在前。", "List enterprises that have not been looked at, the longest ago first."
    )
)
@spread
def due(
    ctx: typer.Context,
    every: Annotated[
        str,
        typer.Option(
            "--every",
            metavar=T("多久", "TIME"),
            help=T("多久查一次：7wd（七个工作日）、3d、1m。", "How often: 7wd (working days), 3d, 1m."),
        ),
    ] = "7wd",
    team: filters.Teams = None,
    enterprise: filters.Enterprises = None,
    *,
    cut_off: options.CutOff,
    delivery: options.Delivery,
) -> None:
    from fugong.reports.inspections import due as report
    from fugong.values.spans import Rule

    rule = Rule.parse(every)
    with reading(ctx.obj.store, cut_off) as (reader, cut):
        found = report(reader, rule, cut.day, team=team or (), enterprise=enterprise or ())
        emit(found, delivery, at=(reader, cut))


@app.command(
    help=T(
        "修改检查；空的值表示清除。改为合格的，原来登记的问题不变。",
        "Correct an inspection; an empty value clears. A problem that it opened stays, whatever passes now.",
    )
)
def edit(
    ctx: typer.Context,
    ids: work.Ids,
    text: work.TextOption = None,
    fail: Fail = None,
    pass_: Pass = None,
    kind: work.KindOption = None,
    enterprise: work.Enterprises = None,
    team: options.Team = None,
    item: work.Item = None,
    quantity: work.Quantity = None,
    unit: work.Unit = None,
    department: work.From = None,
    problem: work.Problem = None,
    by: work.DoneBy = None,
    guest: work.Guest = None,
    place: work.Place = None,
    on: options.OnCorrected = None,
    approx: options.ApproxOrNot = None,
    inferred: options.InferredOrNot = None,
    note: options.Note = None,
) -> None:
    from fugong.domain.activities import inspections

    values = {"text": text, "kind": kind, "enterprises": enterprise, "team": team, "item": item, "quantity": quantity,
              "unit": unit, "department": department, "problem": problem, "by": by, "guests": guest, "place": place,
              "on": on, "approximate": approx, "inferred": inferred, "note": note}  # fmt: skip
    if not (work.given(values) or fail or pass_):
        raise NothingToCorrect(noun="inspection")
    touched: list[Touched] = []
    with writing(ctx.obj.store, "inspection edit") as writer:
        done = []
        for activity in work.found(writer, Role.SUPERVISION, ids):
            changed, more = inspections.edit_inspection(
                writer,
                activity,
                work.attributes(writer, Role.SUPERVISION, values),
                failed=_findings(writer, fail or ()),
                passed=_checks(writer, pass_ or ()),
            )
            done.append((changed, activity))
            touched += more
        said = [*(work.line(activity) for _, activity in done), *_lines(touched)]
        same = [activity.ident for changed, activity in done if not changed]
    work.as_before(same)
    tell("\n".join(said))
    _remark(touched)


def _findings(writer: "Writer", failed: Iterable[str]) -> list["FailedCheck"]:
    """The checks that failed, from ``CHECK=TEXT``.

    Raises:
        BadFinding: One is not of that form.
        UnknownTerm: There is no such check.
    """
    from fugong.domain.activities import inspections

    findings = []
    for typed in failed:
        check, *text = re.split("[=＝]", typed, maxsplit=1)
        if not (check.strip() and text and text[0].strip()):
            raise BadFinding(value=typed)
        findings.append(inspections.FailedCheck(inspections.find_check(writer.session, check), text[0]))
    return findings


def _checks(writer: "Writer", passed: Iterable[str]) -> list["Term"]:
    from fugong.domain.activities import inspections

    return [inspections.find_check(writer.session, name) for name in passed]


def _lines(touched: Sequence["Touched"]) -> list[str]:
    return [transaction.line(each.problem) for each in touched]


def _remark(touched: Sequence["Touched"]) -> None:
    """Say which problems were in hand already."""
    for each in touched:
        if not each.opened:
            ident = each.problem.ident
            say(
                T(
                    f"{ident} 还在办理，没有另外登记，只加了一条记录。",
                    f"{ident} is still in hand; a note was added to it.",
                )
            )
