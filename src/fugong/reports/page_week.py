"""The week on the page for the meeting: beside the week before, what is new and what was closed, work in firms."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from fugong.db import Reader
from fugong.lang import T, listing, name_of
from fugong.queries.as_of import AsOf
from fugong.queries.several import BY_NUMBER, of_those
from fugong.reports.kinds import Done, done
from fugong.reports.weekly_facts import FIGURES, Ends, total_of
from fugong.results.page import Chart, Drawn, Entries, Entry, Headline, Lists, Section
from fugong.results.report import Cell, Column, Report
from fugong.values.periods import Compared, Period
from fugong.vocab import Role, Words

LISTED = 10
"""So many problems are listed at most; the others are named by their numbers."""
LONGEST = 60
"""Characters of a problem's text."""


class Week:
    """The seven days up to a cut-off, beside the seven before."""

    def __init__(self, reader: Reader, cut: AsOf) -> None:
        self._reader = reader
        self.compared = Compared.until(cut.day)
        self._teams = Ends.of(reader, cut, self.compared).teams(reader)
        self._total = total_of(self._teams)

    @property
    def periods(self) -> tuple[Words, Words]:
        """Which days they are."""
        this, last = Words("本周", "This week"), Words("上周", "Last week")
        return _days(this, self.compared.now), _days(last, self.compared.before)

    def beside(self, headline: Headline, key: str) -> Headline:
        """A figure of the cut-off beside what it was at the end of the week before."""
        now, before = (getattr(each[1], key) for each in (self._total.now, self._total.before))
        moved = f"{now - before:+d}".replace("-", "−") if now != before else ""
        return headline._replace(
            before=Words(
                f"上周末 {before}" + (f"，{moved}" if moved else ""),
                f"a week ago {before}" + (f", {moved}" if moved else ""),
            )
        )

    def figures(self) -> Section:
        """What moved in the week, all teams together."""
        keys = ("new", "closed", "on_time", "dissatisfied")
        report = Report(Words("本周与上周", "This week and last"), FIGURES, [self._total.cells()])
        return Section("week", report, Words("", ""), Chart(Drawn.FIGURES, keys))

    def teams(self) -> Section:
        """The same of every team."""
        name = Column("name", Words("帮扶组", "Team"), blank=Words("（未分组）", "(no team)"))
        report = Report(
            Words("各组本周", "The teams this week"),
            [name, *FIGURES],
            [(row.key[-1], *row.cells()) for row in self._teams],
            total=(None, *self._total.cells()),
            notes=[
                Words(
                    "数字后面是比上周的增减，持平不写。按时：本周有时限的办结里没有逾期的。",
                    "Behind a number is the change on last week, if any. On time: of those closed that had a deadline.",
                )
            ],
        )
        return Section("teams-week", report, Words("还没有帮扶组。", "There is no team yet."))

    def problems(self) -> Lists:
        """What is new and what was closed, beside each other."""
        now = self.compared.now
        new = self._problems(f"status <> 'void' AND {_within('found_on', now)}")
        closed = self._problems(f"status = 'closed' AND {_within('closed_on', now)}")
        return Lists(
            "news",
            Words("本周新增和办结", "New and closed this week"),
            [
                _listed(Words("新增", "New"), new, [_entry(row, *_new(row)) for row in new[:LISTED]]),
                _listed(Words("办结", "Closed"), closed, [_entry(row, *_closed(row)) for row in closed[:LISTED]]),
            ],
        )

    def _problems(self, where: str) -> list[dict[str, Any]]:
        names = ("id", "firm", "text", "department", "due_on", "status", "applied_on", "closed_on", "how")
        listed = ", ".join(names)
        those = of_those(self._reader, listed.replace("firm", "coalesce(enterprise, team_name) AS firm"), where)
        rows = self._reader.rows(f"SELECT {listed} FROM {those} q ORDER BY {BY_NUMBER}")
        return [dict(zip(names, row, strict=True)) for row in rows]

    def work(self) -> Section:
        """Work in the firms, this week and last."""
        now, before = (done(self._reader, *each) for each in (self.compared.now, self.compared.before))
        columns = (
            Column("role", Words("工作", "Work"), Cell.CODE),
            Column("activities", Words("本周次数", "This week"), Cell.COUNT),
            Column("before", Words("上周", "Last week"), Cell.COUNT),
            Column("text", Words("做了什么", "What was done")),
        )
        rows = [(role, now[role].times, before[role].times, _said(now[role])) for role in Role]
        some = any(now[role].times or before[role].times for role in Role)
        report = Report(Words("入企工作", "Work in the firms"), columns, rows if some else [])
        return Section("work", report, Words("这两周没有入企工作。", "None in these two weeks."))


def _days(name: Words, period: Period) -> Words:
    return Words(
        f"{name.zh} {period.start:%m-%d} 至 {period.end:%m-%d}", f"{name.en} {period.start:%m-%d} to {period.end:%m-%d}"
    )


def _within(day: str, period: Period) -> str:
    return f"{day} BETWEEN '{period.start}' AND '{period.end}'"


def _listed(head: Words, rows: Sequence[dict[str, Any]], entries: Sequence[Entry]) -> Entries:
    return Entries(head, len(rows), entries, [row["id"] for row in rows[LISTED:]])


def _entry(row: dict[str, Any], more: Words, warning: Words | None = None) -> Entry:
    text = " ".join(row["text"].split())
    short = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    return Entry(row["id"], f"{row['firm']}{T('：', ': ')}{short}", more, warning)


def _new(row: dict[str, Any]) -> tuple[Words]:
    """Who must act, and by when; or that it is closed already, or awaits review."""
    to = row["department"]
    if row["status"] == "closed":
        when = Words(f"已于 {row['closed_on']} 销号", f"closed on {row['closed_on']}")
    elif row["status"] == "pending":
        when = Words(
            f"{row['applied_on']} 申请销号，待审核", f"applied to close on {row['applied_on']}, awaiting review"
        )
    elif row["due_on"]:
        when = Words(f"时限 {row['due_on']}", f"due {row['due_on']}")
    else:
        when = Words("没有时限", "no deadline")
    who = Words(to, to) if to else Words("未交办", "not assigned")
    return (Words(f"{who.zh} · {when.zh}", f"{who.en} · {when.en}"),)


def _closed(row: dict[str, Any]) -> tuple[Words, Words | None]:
    """The measure, and by how many days it was late."""
    how = " ".join(row["how"].split())
    over = 0
    if row["due_on"]:
        over = (date.fromisoformat(row["applied_on"] or row["closed_on"]) - date.fromisoformat(row["due_on"])).days
    late = Words(f"晚 {over} 天", f"{over} {'day' if over == 1 else 'days'} late") if over > 0 else None
    return Words(how, how), late


def _said(work: Done) -> str:
    """Which kinds how often, and what they amount to."""
    return T("；", "; ").join(_parts(work))


def _parts(work: Done) -> Iterator[str]:
    if work.kinds:
        yield listing(T(f"{name_of(kind)} {times} 次", f"{name_of(kind)}: {times}") for kind, times in work.kinds)
    if work.amounts:
        yield listing(work.amounts)
