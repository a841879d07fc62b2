"""The nightly summary (每日综述): one text for the work chat and the leaders, the same for the same cut-off."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from fugong.db import Reader
from fugong.queries.as_of import AsOf
from fugong.queries.contested import contested
from fugong.queries.counts import Counts, counts_of, resumption, tally, whole
from fugong.queries.reporting import heard
from fugong.reports.chasing import NOBODY, Chase, chasing
from fugong.reports.day import Change, Day
from fugong.reports.day_said import MOST, day_lines, more_of
from fugong.reports.day_said import cut as short_text
from fugong.reports.escalated import WHY
from fugong.reports.short_names import short_names
from fugong.reports.told import Told, lines, told
from fugong.results.report import Cell, Column, Fields, Report
from fugong.results.short import Short, ShortPart
from fugong.values import ratios
from fugong.values.lateness import sql_late
from fugong.vocab import IN_HAND, Level, Light, Words

COLUMNS = (
    Column("team", Words("组号", "Code")),
    Column("name", Words("帮扶组", "Team")),
    Column("new_found", Words("当日发现", "New"), Cell.COUNT),
    Column("new_solved", Words("当日解决", "Solved that day"), Cell.COUNT),
    Column("found", Words("发现", "Found"), Cell.COUNT),
    Column("solved", Words("解决", "Solved"), Cell.COUNT),
    Column("in_hand", Words("正在解决", "In hand"), Cell.COUNT),
)


class Waiting(NamedTuple):
    """A problem that waits for a level above (需上级协调), or that it may be time to report."""

    id: str
    enterprise: str
    text: str
    level: Level | None
    """None: nobody has reported it."""
    wanted: str | None
    """Why it was reported."""
    escalated_on: str | None
    major: bool
    bounced: int
    overdue_twice: bool
    """It was extended after its deadline, and is overdue again."""

    @property
    def why(self) -> Words:
        """Why it waits, in words."""
        reasons = [
            *([Words(short_text(self.wanted), short_text(self.wanted))] if self.wanted else []),
            *([Words(f"{self.escalated_on} 上报", f"since {self.escalated_on}")] if self.escalated_on else []),
            *([Words("重大", "major")] if self.major else []),
            *([Words(f"退回 {self.bounced} 次", f"bounced: {self.bounced}")] if self.bounced else []),
            *([Words("延期后又逾期", "overdue again after an extension")] if self.overdue_twice else []),
        ]
        return Words("、".join(each.zh for each in reasons), ", ".join(each.en for each in reasons))


class Team(NamedTuple):
    """A team, as the summary names it."""

    id: int
    code: str
    name: str


class Facts(NamedTuple):
    """All that the summary says, counted once."""

    cut: AsOf
    campaign: str
    total: Counts
    change: Change
    day: Day
    resumed: int
    enterprises: int
    teams: Sequence[tuple[Team, Change, int]]
    """The teams in which the day changed something, and what each has in hand."""
    lights: Sequence[Chase]
    waiting: Sequence[Waiting]
    silent: Sequence[Team]
    nil: Sequence[Team]
    both: Sequence[Team]
    """Those that said that there is nothing, and yet reported something."""
    since: Told | None
    """How far it all is from the last publication."""
    short: Mapping[str, str]
    """What firms are called for short."""

    def called(self, firm: str) -> str:
        """What a firm, or a team, is called where there is little room."""
        return self.short.get(firm, firm)


def summary(reader: Reader, cut: AsOf, *, by_team: bool = True) -> Report:
    """The summary of a cut-off; its rows are the teams in which the day changed something.

    Without ``by_team`` it has sentences and a document, but no rows: these need a count of every problem.
    """
    with reader.snapshot():
        facts = _facts(reader, cut)
        counts = counts_of(reader.rows, "team_id", cut) if by_team else {}
    rows = [
        (team.code, team.name, change.found, change.solved, *counts[team.id][:3])
        for team, change, _ in facts.teams
        if by_team
    ]
    return Report(
        Words("每日综述", "Daily summary"),
        COLUMNS,
        rows,
        total=(None, None, *facts.change, facts.total.found, facts.total.solved, facts.total.in_hand),
        notes=(cut.words, *_overall(facts), *contested(reader.rows, cut)),
        footer=_lights_footer(facts),
        document=_document(facts),
        lines=[*_lines(facts), *contested(reader.rows, cut)],
    )


def shines(report: Report, *lights: Light) -> bool:
    """Whether any problem in a summary has one of these lights (``--fail-on``)."""
    return bool(report.document and any(report.document["lights"][light.value] for light in lights))


def short(reader: Reader, cut: AsOf) -> Short:
    """The same for a message of limited size."""
    with reader.snapshot():
        facts = _facts(reader, cut)
    overall, day, light, waiting, silence = (
        [Words(each.zh.strip(), each.en.strip()) for each in part(facts)]
        for part in (_overall, lambda facts: day_lines(facts.day), _by_light, _by_waiting, _by_silence)
    )
    parts = [ShortPart(head, items) for head, *items in (overall, day, light, waiting, silence)]
    return Short(_head(facts), parts)


# What is counted


def _facts(reader: Reader, cut: AsOf) -> Facts:
    teams = [Team(*row) for row in reader.rows("SELECT team_id, code, name FROM v_team ORDER BY team_sort")]
    held = tally(reader.rows, ((("team_id", "1"), IN_HAND),), cut)
    in_hand = {team: count for team, _, count in held}
    short = short_names(reader)
    day = Day.of(reader, cut, short)
    changes = day.teams
    acted, nil = heard(reader, cut)
    (campaign,) = reader.first("SELECT name FROM campaign") or ("",)
    firms = resumption(reader.rows)
    total = whole(reader.rows, cut)
    return Facts(
        cut,
        campaign,
        total,
        Change().plus(*changes.values()),
        day,
        firms.resumed,
        firms.of,
        [(team, changes[team.id], in_hand.get(team.id, 0)) for team in teams if any(changes.get(team.id, ()))],
        [Chase(*row) for row in chasing(reader, cut).rows],
        _waiting(reader, cut),
        [team for team in teams if team.id not in acted | nil],
        [team for team in teams if team.id in nil and team.id not in acted],
        [team for team in teams if team.id in nil and team.id in acted],
        told(reader, cut, total, firms.resumed),
        short,
    )


def _waiting(reader: Reader, cut: AsOf) -> list[Waiting]:
    again = f"(late_extended AND {sql_late(':day')})"
    sql = (
        f"SELECT id, coalesce(enterprise, team_name), text, escalated, ({WHY}), escalated_on, major, bounced, {again} "
        f"FROM v_problem x WHERE {IN_HAND} "
        f"AND (escalated IS NOT NULL OR bounced > 0 OR {again}) ORDER BY team_sort, series, number, tag"
    )
    return [
        Waiting(
            ident,
            whose,
            text,
            Level(level) if level else None,
            wanted,
            on and str(on),
            bool(major),
            bounced,
            bool(again),
        )
        for ident, whose, text, level, wanted, on, major, bounced, again in reader.rows(sql, day=str(cut.day))
    ]


# How it is said


def _lines(facts: Facts) -> Iterator[Words]:
    """The summary as it is pasted into the work chat."""
    yield _head(facts)
    parts = (_overall, _of_day, _by_light, _by_waiting, _by_silence)
    for number, part in enumerate(parts):
        zh = "一二三四五"[number]
        for place, line in enumerate(part(facts)):
            yield Words(f"{zh}、{line.zh}", f"{number + 1}. {line.en}") if place == 0 else line


def _head(facts: Facts) -> Words:
    head = Words(f"【{facts.campaign or '复工帮扶'}·每日综述】", f"[{facts.campaign or 'fugong'}: daily summary]")
    return Words(f"{head.zh}截至 {facts.cut.text}", f"{head.en} as of {facts.cut.text}")


def _overall(facts: Facts) -> Iterator[Words]:
    total, change = facts.total, facts.change
    rate = ratios.percent(total.rate)
    moved = change.found - change.solved
    count = total.pending
    pending = Words(f"，其中待审核 {count} 个", f", {count} awaiting review") if count else Words("", "")
    yield Words(
        f"总体情况：累计发现问题 {total.found} 个（当日 {change.found:+d}），已解决 {total.solved} 个"
        f"（当日 {change.solved:+d}），正在解决 {total.in_hand} 个（当日 {moved:+d}{pending.zh}），解决率 {rate}；"
        f"已复工企业 {facts.resumed} 家，共 {facts.enterprises} 家。",
        f"Overall: {total.found} problems found ({change.found:+d} that day), {total.solved} solved "
        f"({change.solved:+d}), {total.in_hand} in hand ({moved:+d}{pending.en}), rate {rate}; "
        f"enterprises resumed: {facts.resumed} of {facts.enterprises}.",
    )
    for line in lines(facts.since):
        yield Words(f"  {line.zh}", f"  {line.en}")


def _of_day(facts: Facts) -> Iterator[Words]:
    """The day's problems by name, and what each team's figures changed by."""
    yield from day_lines(facts.day)
    for team, change, in_hand in facts.teams:
        yield Words(
            f"  {team.name}：发现 {change.found:+d}，解决 {change.solved:+d}；正在解决 {in_hand} 个。",
            f"  {team.name}: found {change.found:+d}, solved {change.solved:+d}; in hand: {in_hand}.",
        )


def _by_light(facts: Facts) -> Iterator[Words]:
    """What is overdue, each by name and the longest first; what soon will be, in one line."""
    red, yellow = (
        sorted((each for each in facts.lights if each.light is light), key=lambda each: each.due_on)
        for light in (Light.RED, Light.YELLOW)
    )
    if not facts.lights:
        yield Words("亮灯：没有红灯、黄灯。", "Lights: none red, none yellow.")
        return
    yield Words(f"亮灯：红 {len(red)} 个，黄 {len(yellow)} 个。", f"Lights: {len(red)} red, {len(yellow)} yellow.")
    for each in red[:MOST]:
        firm, text, (zh, en) = facts.called(each.enterprise), short_text(each.text), _whose_and_when(facts, each)
        yield Words(f"  红 {each.id} {firm}：{text}（{zh}）", f"  red: {each.id} {firm}: {text} ({en})")
    if len(red) > MOST:
        yield more_of(Words("红 ", "red: "), [each.id for each in red[MOST:]])
    if yellow:
        some = [
            Words(
                f"{each.id} {facts.called(each.enterprise)}（{zh}）",
                f"{each.id} {facts.called(each.enterprise)} ({en})",
            )
            for each, (zh, en) in ((each, _whose_and_when(facts, each)) for each in yellow[:MOST])
        ]
        yield Words(f"  黄 {'、'.join(each.zh for each in some)}", f"  yellow: {', '.join(each.en for each in some)}")
    if len(yellow) > MOST:
        yield more_of(Words("黄 ", "yellow: "), [each.id for each in yellow[MOST:]])


def _whose_and_when(facts: Facts, each: Chase) -> Words:
    """交通局，逾 8 天; 工信局，今天到期; 供电公司，余 4 天."""
    left = (date.fromisoformat(str(each.due_on)) - facts.cut.day).days
    if left < 0:
        when = Words(f"逾 {-left} 天", f"{-left}d late")
    else:
        when = Words(f"余 {left} 天", f"{left}d left") if left else Words("今天到期", "due today")
    to = Words(each.department, each.department) if each.department else Words("未交办", "not assigned")
    return Words(f"{to.zh}，{when.zh}", f"{to.en}, {when.en}")


def _by_waiting(facts: Facts) -> Iterator[Words]:
    """What waits for each level, the highest first; then what it may be time to report."""
    by_level = {level: [each for each in facts.waiting if each.level is level] for level in reversed(Level)}
    rest = [each for each in facts.waiting if each.level is None]
    counted = {level: len(some) for level, some in by_level.items() if some}
    if counted:
        zh = "、".join(f"{level.zh}级 {count} 个" for level, count in counted.items())
        en = ", ".join(f"{level.en} {count}" for level, count in counted.items())
        yield Words(
            f"需上级协调 {sum(counted.values())} 个：{zh}。", f"For the levels above: {sum(counted.values())} ({en})."
        )
    else:
        yield Words("需上级协调：没有。", "For the levels above: none.")
    for level, some in by_level.items():
        yield from _each_waiting(facts, Words(f"报{level.zh} ", f"{level.en}: "), some)
    yield from _each_waiting(facts, Words("未上报 ", "not reported: "), rest)


def _each_waiting(facts: Facts, head: Words, some: Sequence[Waiting]) -> Iterator[Words]:
    for each in some[:MOST]:
        firm, text, why = facts.called(each.enterprise), short_text(each.text), each.why
        yield Words(
            f"  {head.zh}{each.id} {firm}：{text}（{why.zh}）", f"  {head.en}{each.id} {firm}: {text} ({why.en})"
        )
    if len(some) > MOST:
        yield more_of(head, [each.id for each in some[MOST:]])


def _by_silence(facts: Facts) -> Iterator[Words]:
    said, both = _names(facts.nil), _names(facts.both)
    nil = Words(f"零报告：{said.zh}。", f"Nothing to report: {said.en}.") if facts.nil else Words("", "")
    if facts.both:
        nil = Words(
            f"{nil.zh}零报告，当天却有登记：{both.zh}。",
            f"{nil.en} Nothing to report, and yet reported: {both.en}.".lstrip(),
        )
    if facts.silent:
        names = _names(facts.silent)
        yield Words(f"当日未报告：{names.zh}。{nil.zh}", f"No report that day: {names.en}. {nil.en}".rstrip())
    else:
        yield Words(f"当日未报告：没有。{nil.zh}", f"No report that day: none missing. {nil.en}".rstrip())


def _names(teams: Iterable[Team]) -> Words:
    names = [team.name for team in teams]
    return Words("、".join(names), ", ".join(names))


def _lights_footer(facts: Facts) -> Report:
    columns = (
        Column("light", Words("亮灯", "Light"), Cell.CODE),
        Column("department", Words("责任单位", "Department"), blank=NOBODY),
        Column("id", Words("编号", "Id")),
        Column("text", Words("问题描述", "Problem")),
        Column("days_over", Words("逾期天数", "Days over"), Cell.COUNT),
    )
    rows = [(each.light, each.department, each.id, each.text, each.days_over) for each in facts.lights]
    return Report(Words("亮灯", "Lights"), columns, rows, footer=_waiting_footer(facts))


def _waiting_footer(facts: Facts) -> Report:
    columns = (
        Column("level", Words("上报", "Level"), Cell.CODE, blank=Words("未上报", "not reported")),
        Column("id", Words("编号", "Id")),
        Column("enterprise", Words("企业", "Enterprise")),
        Column("text", Words("问题描述", "Problem")),
        Column("wanted", Words("要协调什么", "What is wanted")),
        Column("major", Words("重大", "Major"), Cell.FLAG),
        Column("bounced", Words("退回次数", "Bounced"), Cell.COUNT),
        Column("overdue_twice", Words("延期后又逾期", "Overdue again"), Cell.FLAG),
    )
    silent = _names(facts.silent)
    note = Words(f"当日未报告：{silent.zh or '没有'}", f"No report that day: {silent.en or 'none missing'}")
    rows = [(each.level, *each[:3], each.wanted, *each[6:]) for each in facts.waiting]
    return Report(Words("需上级协调", "For the levels above"), columns, rows, notes=(note,))


def _document(facts: Facts) -> dict[str, Any]:
    """The summary as scripts read it."""
    total, change = facts.total, facts.change
    return {
        **facts.cut.facts,
        "total": {"found": total.found, "solved": total.solved, "in_hand": total.in_hand, "overdue": total.overdue,
                  "pending": total.pending, "rate": total.rate},
        "change": {"found": change.found, "solved": change.solved, "in_hand": change.found - change.solved},
        "new": [each.id for each in facts.day.new],
        "closed": [each.id for each in facts.day.closed],
        "reopened": [each.id for each in facts.day.reopened],
        "voided": [each.id for each in facts.day.voided],
        "entered_late": [{"id": each.id, "act": each.act.value, "on": each.on} for each in facts.day.late],
        "entered_late_acts": facts.day.late_acts,
        "resumed": facts.resumed,
        "enterprises": facts.enterprises,
        "teams": [
            {"team": team.code, "name": team.name, "found": changed.found, "solved": changed.solved,
             "in_hand": in_hand}
            for team, changed, in_hand in facts.teams
        ],
        "lights": {
            light.value: [
                {"id": each.id, "department": each.department, "due_on": each.due_on, "days_over": each.days_over}
                for each in facts.lights
                if each.light is light
            ]
            for light in (Light.RED, Light.YELLOW)
        },
        "waiting": [*map(Fields, facts.waiting)],
        "silent": [team.code for team in facts.silent],
        "nil": [team.code for team in facts.nil],
        "nil_and_reported": [team.code for team in facts.both],
        **({"since_published": facts.since.fact} if facts.since else {}),
    }  # fmt: skip
