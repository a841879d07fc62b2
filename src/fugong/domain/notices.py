"""Papers about problems that leave the office (文书): what each says, and its number, told by an event.

A number is given once for each paper and year, and never again, not even after an undo. The same paper about the same
problem with the same content is a reprint: it has the number and the day of the first. They are papers of Chinese
offices, and in Chinese whatever the language of the run. No telephone, in the problem's own words neither, and no
person unless it is asked for.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from fugong.domain import history
from fugong.domain.history import canonical
from fugong.domain.problems import must_be_live
from fugong.domain.restoring import give_back
from fugong.domain.roster.campaign import find_campaign
from fugong.domain.writer import Writer
from fugong.errors.rules import IsVoid, NoFirmToRectify, NoRecipient
from fugong.queries import deadlines
from fugong.results.notice import Demand, Slip
from fugong.store.records import Notice, Problem
from fugong.values import texts
from fugong.values.personal import masked_in
from fugong.values.texts import TEXT
from fugong.vocab import Act, Paper, Source, Status, Words

DEMAND = Words("办理要求", "demand")
_LETTERS = {Paper.ASSIGN: "交", Paper.URGE: "催", Paper.SUPERVISE: "督", Paper.RECTIFY: "改"}
"""What stands behind the office's own word in a number: 云组帮交〔2020〕12号."""
_TITLES = {
    Paper.ASSIGN: "企业帮扶问题交办单",
    Paper.URGE: "企业帮扶问题催办单",
    Paper.SUPERVISE: "企业帮扶问题督办单",
    Paper.RECTIFY: "整改通知书",
    Paper.RECEIPT: "办理情况回执",
}
_WEEKDAYS = "一二三四五六日"
_MEET, _VISIT, _REPORT = "3wd", "2wd", "5wd"
"""By when somebody is to have met the firm, to have gone there, and to have reported, from the day of the paper."""


class Asked(NamedTuple):
    """How a paper is wanted."""

    paper: Paper
    on: date | None = None
    demands: Sequence[str] = ()
    """What is demanded, in the office's own words; none: the usual."""
    internal: bool = False
    personal: bool = False
    receipt: bool = True


class Issued(NamedTuple):
    """A paper, and its record; a receipt has none, and so has neither a number of its own."""

    slip: Slip
    notice: Notice | None
    reprint: bool


def issue(writer: Writer, problem: Problem, asked: Asked) -> Issued:
    """Write a paper about a problem, with the next number, or that of the same paper before.

    Raises:
        NoRecipient, NoFirmToRectify: Nobody would get it.
        NotLive, IsVoid: It is closed or void, and the paper is none that was issued before.
        FutureDate: Its day has not come.
    """
    if problem.status is Status.VOID:
        raise IsVoid(id=problem.ident, act=asked.paper)
    demands = tuple(texts.clean(each, what=DEMAND, limit=TEXT) for each in asked.demands)
    day, making = writer.past(asked.on), _Making(writer, problem)
    if asked.paper is Paper.RECEIPT:
        last = making.last()
        number = making.number(last.paper, last.year, last.number) if last else ""
        return Issued(making.slip(asked, number, last.on_date if last else day, demands), None, reprint=True)
    to = making.recipient(asked.paper)
    digest = making.digest(asked.paper, to, demands)
    before = making.before(asked.paper, digest)
    if before:
        number = making.number(before.paper, before.year, before.number)
        return Issued(making.slip(asked, number, before.on_date, demands), before, reprint=True)
    must_be_live(problem, Act.NOTE)
    next_ = _next_number(writer, asked.paper, day.year)
    notice = Notice(
        paper=asked.paper,
        year=day.year,
        number=next_,
        problem=problem,
        sent_to=to,
        on_date=day,
        digest=digest,
    )
    writer.add(notice, on=day, text="\n".join(demands) or None)
    slip = making.slip(asked, making.number(asked.paper, day.year, next_), day, demands)
    return Issued(slip, notice, reprint=False)


def again(writer: Writer, notice: Notice) -> Slip | None:
    """A paper as it was issued, without its receipt and without personal data; the problem is left as it was then.

    Returns:
        None if what it said is not kept: words that were redacted since, or a name that changed.
    """
    problem, told = notice.problem, history.of(writer.session, notice.uid)
    issued = next(event for event in told if event.act is Act.ADD)
    before = [event for event in history.of(writer.session, notice.problem.uid) if event.id < issued.id]
    then = {name: new for event in before for name, (_, new) in history.changes(event).items() if name in _SAID}
    standing = history.effective(before)
    give_back(writer.session, problem, then, standing)
    problem.extended = sum(event.act is Act.EXTEND for event in standing)
    making = _Making(writer, problem)
    making.chases = [event for event in standing if event.act is Act.CHASE]
    demands = tuple((issued.text or "").splitlines())
    if making.digest(notice.paper, notice.sent_to, demands) != notice.digest:
        return None
    number = making.number(notice.paper, notice.year, notice.number)
    asked = Asked(notice.paper, notice.on_date, demands, receipt=False)
    return making.slip(asked, number, notice.on_date, demands)


_SAID = ("department", "assist", "text", "enterprise", "team", "due_on", "due_rule", "due_from", "source", "found_on")
"""What a paper says of a problem."""


def _next_number(writer: Writer, paper: Paper, year: int) -> int | None:
    """The next number, counting also those whose command was taken back; a copy of the ledger gives none."""
    if history.settings(writer.session).get("series"):
        return None
    writer.session.run("UPDATE fact SET value = value WHERE name = 'replica'")  # no two count at once
    told = writer.session.rows(
        "SELECT changes FROM event WHERE kind = 'notice' AND act = 'add' AND on_date BETWEEN :first AND :last",
        first=f"{year}-01-01",
        last=f"{year}-12-31",
    )
    said = (json.loads(changes) for (changes,) in told)
    given = [each["number"][1] for each in said if each["paper"][1] == paper.value and "number" in each]
    return max(given, default=0) + 1


class _Making:
    """The words of the papers about one problem."""

    def __init__(self, writer: Writer, problem: Problem) -> None:
        self._writer, self._problem = writer, problem
        settings = history.settings(writer.session)
        campaign = find_campaign(writer.session)
        self._word = settings["notice_word"]
        self._unit = settings["office"] or (campaign.committee if campaign else None) or ""
        self.chases = [each for each in history.effective(writer.events(problem)) if each.act is Act.CHASE]

    def last(self) -> Notice | None:
        """The paper that a receipt answers."""
        newest = "t.problem_id = :problem ORDER BY t.id DESC LIMIT 1"
        return next(iter(self._writer.session.all(Notice, newest, problem=self._problem.id)), None)

    def before(self, paper: Paper, digest: str) -> Notice | None:
        """The same paper with the same content, if it was issued."""
        same = "t.problem_id = :problem AND t.paper = :paper AND t.digest = :digest ORDER BY t.id DESC LIMIT 1"
        found = self._writer.session.all(Notice, same, problem=self._problem.id, paper=paper.value, digest=digest)
        return next(iter(found), None)

    def recipient(self, paper: Paper) -> str:
        """主送: the department that must act; of a notice to rectify, the firm."""
        problem = self._problem
        if paper is Paper.RECTIFY:
            if problem.enterprise is None:
                raise NoFirmToRectify(id=problem.ident)
            return problem.enterprise.name
        if problem.department is None:
            raise NoRecipient(id=problem.ident, paper=paper)
        return problem.department.name

    def number(self, paper: Paper, year: int, number: int | None) -> str:
        """云组帮交〔2020〕12号; without the office's own word 〔2020〕12号; with room for a number that is to come."""
        word = f"{self._word}{_LETTERS[paper]}" if self._word else ""
        return f"{word}〔{year}〕{'　　' if number is None else number}号"

    def digest(self, paper: Paper, to: str, demands: Sequence[str]) -> str:
        """Of what a paper says, but for its number and its day."""
        problem = self._problem
        due = (str(problem.due_on), problem.due_rule, problem.extended or None)
        chases = [str(each.on_date) for each in self.chases] if paper in _CHASED else []
        said = [paper.value, to, self._copies(paper), self._firm, problem.text, due, chases, list(demands)]
        return hashlib.sha256(canonical(said).encode()).hexdigest()

    def slip(self, asked: Asked, number: str, day: date, demands: Sequence[str]) -> Slip:
        """The paper in words."""
        problem, paper = self._problem, asked.paper
        due = problem.due_on
        back = due if due and due >= day else self._in(_REPORT, day)
        to = self._unit if paper is Paper.RECEIPT else self.recipient(paper)
        return Slip(
            mark="内部资料" if asked.internal else "",
            title=_TITLES[paper],
            number=number,
            to=to,
            opening=self._opening(paper),
            firm=self._firm,
            text=problem.text if asked.personal else masked_in(problem.text),
            id=problem.ident,
            found_label="发现" if problem.source is Source.INSPECTION else "提出",
            found=("约 " if problem.approximate else "") + _day(problem.found_on),
            due_label="整改时限" if paper is Paper.RECTIFY else "办结时限",
            due=self._due(day),
            chases=masked_in(self._chased()) if paper in _CHASED else "",
            contact=self._contact(personal=asked.personal),
            demands=self._demands(paper, day, demands),
            closing=_CLOSINGS.get(paper, ""),
            unit=self._unit,
            date=_day(day),
            cc="，".join(self._copies(paper)),
            receipt=asked.receipt or paper is Paper.RECEIPT,
            back_by=_short(back),
            year=str(day.year),
        )

    @property
    def _firm(self) -> str:
        firm = self._problem.enterprise
        if firm is None:
            return f"（{self._problem.team.name}）"
        return f"{firm.name}（{firm.township}）" if firm.township else firm.name

    def _copies(self, paper: Paper) -> list[str]:
        """抄送: the departments that assist, and the team."""
        problem = self._problem
        lead = [problem.department.name] if paper is Paper.RECTIFY and problem.department else []
        return [*lead, *(each.name for each in problem.assist), problem.team.name]

    def _opening(self, paper: Paper) -> str:
        problem = self._problem
        match paper:
            case Paper.ASSIGN:
                return f"现将{_SOURCES[problem.source]}下列问题交你单位办理："
            case Paper.URGE:
                return "下列问题交你单位办理，至今没有办结，现予催办："
            case Paper.SUPERVISE:
                days = len({each.on_date for each in self.chases})
                chased = f"后{'两' if days == _TWO else _counted(days)}次催办" if days else "你单位"
                return f"下列问题交办{chased}，至今没有办结，现予督办："
            case Paper.RECTIFY:
                seen = f"{_short(problem.found_on)}检查，发现" if problem.source is Source.INSPECTION else ""
                return f"{seen}你单位存在下列问题，请予整改："
            case _:
                return ""

    def _due(self, day: date) -> str:
        problem = self._problem
        if problem.due_on is None:
            words = deadlines.WORDS.get(problem.due_rule or "")
            return words.zh if words else "未定"
        said = [f"{_day(problem.due_on)}（周{_WEEKDAYS[problem.due_on.weekday()]}）"]
        if problem.extended:
            said.append(f"延期{problem.extended}次")
        elif problem.due_from and (rule := re.fullmatch(r"(\d+)(wd|d)", problem.due_rule or "")):
            unit = "个工作日" if rule[2] == "wd" else "天"
            said.append(f"{_short(problem.due_from)}起{rule[1]}{unit}")
        if problem.due_on < day:
            said.append(f"已逾期{(day - problem.due_on).days}天")
        return "，".join(said)

    def _chased(self) -> str:
        by_day: dict[date, str] = {}
        for each in self.chases:
            by_day[each.on_date] = getattr(each, "text", None) or by_day.get(each.on_date, "")
        return "，".join(f"{_short(day)}{by}" for day, by in by_day.items())

    def _contact(self, *, personal: bool) -> str:
        problem, said = self._problem, [self._problem.team.name]
        if personal:
            firm = problem.enterprise
            if firm and firm.contact:
                said.append(f"企业联系人 {firm.contact}")
            if firm and firm.phone:
                said.append(f"电话 {firm.phone}")
            if problem.person:
                said.append(f"责任人 {problem.person}")
        return "，".join(said)

    def _demands(self, paper: Paper, day: date, own: Sequence[str]) -> tuple[Demand, ...]:
        due = self._problem.due_on
        by = f"{_weekday(due)}前" if due and due >= day else "尽快"
        meet, visit, report = (_weekday(self._in(rule, day)) for rule in (_MEET, _VISIT, _REPORT))
        if own:
            given = list(own)
        elif paper is Paper.RECTIFY:
            given = [f"{by}整改到位，专人负责，逐项记录；确有困难的，即告{self._problem.team.name}协调。"]
        elif paper is Paper.ASSIGN:
            first = f"{meet}前" if due is None or self._in(_MEET, day) < due else "立即"
            given = [f"{first}与企业对接并告知办理打算，{by}办结；办不了的，写明原因和建议。"]
        else:
            given = [
                f"{visit}前到企业现场办理。",
                f"{report}前办结并书面报告；不能办结的，由主要负责人说明原因。",
            ]
        if len(given) == 1:
            return (Demand("整改要求：" if paper is Paper.RECTIFY else "办理要求：", given[0]),)
        return tuple(Demand(f"{_counted(place)}、", text) for place, text in enumerate(given, 1))

    def _in(self, rule: str, day: date) -> date:
        """The day that a rule makes, counted from another."""
        due = deadlines.read(self._writer.session.rows, rule, day, self._writer.today)
        return due.due_on or day


_TWO = 2
_CHASED = (Paper.URGE, Paper.SUPERVISE)
_SOURCES: dict[Source | None, str] = {
    None: "",
    Source.INSPECTION: "入企检查发现的",
    Source.ENTERPRISE: "企业反映的",
    Source.ASSIGNED: "上级交办的",
}
_CLOSINGS = {
    Paper.ASSIGN: "办理结果填写回执，加盖公章后送回。",
    Paper.URGE: "办理结果填写回执，加盖公章后送回。",
    Paper.SUPERVISE: "督办情况将在周通报中列出。",
    Paper.RECTIFY: "逾期没有整改的，依规报请有关部门处理。",
}


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _weekday(day: date) -> str:
    return f"{_short(day)}（周{_WEEKDAYS[day.weekday()]}）"


def _counted(number: int) -> str:
    """一, 二, 三 …; from eleven on in figures."""
    return "零一二三四五六七八九十"[number] if number <= 10 else str(number)  # noqa: PLR2004  (as far as one sign goes)
