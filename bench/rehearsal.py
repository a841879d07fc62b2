"""A county's month, played through the installed program: ``python -m bench.rehearsal [--days N] [--write]``.

Two thousand problems of ten teams come in by files and by hand, are chased, put off, handed on, closed, opened again,
taken back, published every night, archived at the end. Every act is timed, and every figure that a report states is
compared with an independent count (``bench/county_month.py``): each evening, each week, and at the end of the month for
every day of it. The report stands in docs/rehearsal.md, for a store in a file and one in PostgreSQL.
"""

import argparse
import csv
import json
import os
import platform
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from bench.county_month import DEPARTMENTS, FIRMS_OF_A_TEAM, TEAMS, Month, Problem, firm, rows, working_days

PAGE = Path(__file__).resolve().parent.parent / "docs" / "rehearsal.md"
FIGURES = ("found", "solved", "in_hand", "overdue")
FRIDAY = 4
FOUND = 6
"""How a command ends that found what somebody must look at: nightly, with a red light."""


@dataclass
class Rehearsal:
    """One month on one store."""

    program: Sequence[str]
    store: str
    folder: Path
    problems: int
    month: Month = field(default_factory=Month)
    chance: Random = field(default_factory=lambda: Random(20200302))  # noqa: S311  (the same month every time)
    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    compared: int = 0
    wrong: list[str] = field(default_factory=list)
    notices: int = 0
    """How many problems a notice on paper was made of."""
    today: date = date.min
    days: int = 0
    """How many evenings there have been."""

    # The program

    def run(self, act: str, *argv: str, who: str = "管账人", ends: Sequence[int] = (0,)) -> str:
        """Do an act as somebody on the day of the play; what was printed."""
        env = {**os.environ, "FUGONG_STORE": self.store, "FUGONG_ACTOR": who, "FUGONG_TODAY": f"{self.today}"}
        begun = time.perf_counter()
        done = subprocess.run([*self.program, *argv], env=env, capture_output=True, text=True, check=False)
        self.times[act].append(time.perf_counter() - begun)
        if done.returncode not in ends:
            sys.exit(f"{self.today} {shlex.join(argv)}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def asked(self, act: str, *argv: str) -> dict[str, Any]:
        """A report as JSON, whatever it found."""
        said: dict[str, Any] = json.loads(self.run(act, *argv, "--json", ends=(0, FOUND)))
        return said

    def same(self, what: str, said: object, counted_here: object) -> None:
        """Compare a figure with the count."""
        self.compared += 1
        if said != counted_here:
            self.wrong.append(f"{self.today} {what}: the program says {said}, the count {counted_here}")

    # The play

    def play(self, days: int) -> None:
        """The whole month."""
        calendar = working_days(days)
        self.today = calendar[0]
        self.begin()
        for number, day in enumerate(calendar):
            self.today = day
            resting = number % len(TEAMS) + 1
            left = self.problems - len(self.month.problems)
            self.morning(day, left // (len(calendar) - number), resting)
            self.noon(day, resting)
            if day == calendar[-1]:
                self.laptops(day, resting)
            self.evening(day, resting)
            self.days += 1
        self.end(calendar)

    def begin(self) -> None:
        """A store with teams, firms and departments, by commands and by a file."""
        self.run("init", "init", "--county", "试验县", "--teams", str(len(TEAMS)), "--quiet")
        listed = self.folder / "企业.csv"
        firms = [(firm(team, number), team) for team in TEAMS for number in range(1, FIRMS_OF_A_TEAM + 1)]
        self._write(listed, ["企业名称", "组别"], firms)
        self.run("import, firms", "import", str(listed), "--kind", "enterprises")
        for name in DEPARTMENTS:
            self.run("department add", "department", "add", name)

    def morning(self, day: date, count: int, resting: int) -> None:
        """The teams' ledgers come in as one file, three more problems by hand."""
        by_hand = 3
        new = list(rows(self.month, day, count - by_hand, self.chance, resting))
        path = self.folder / f"{day}.csv"
        heads = ["序号", "组别", "企业名称", "问题内容", "责任单位", "办结时限", "提出日期"]
        told = [(at, it.team, self._firm(it), it.text, it.department, it.due, it.found) for at, it in enumerate(new, 1)]
        self._write(path, heads, told)
        said = self.asked(f"import, {count - by_hand} rows", "import", str(path))
        self.same("ids of the import", [item["id"] for item in said["items"]], [problem.id for problem in new])
        self.run("import, the same file again", "import", str(path))
        for number in range(by_hand):
            team = next(each for each in (3 * number + 1, 3 * number + 2) if each != resting)
            problem = self.month.found(team, f"{day:%m%d}当面说的第{number + 1}件", DEPARTMENTS[number], day, day)
            problem.due = day + timedelta(5)
            words = ("--department", problem.department, "--due", f"{problem.due}", "--json")
            printed = self.run(
                "log", "log", self._firm(problem), problem.text, "-t", str(team), *words, who=f"{team}组"
            )
            self.same("the id of a log", json.loads(printed)["items"][0]["id"], problem.id)

    def noon(self, day: date, resting: int) -> None:
        """Teams close, the office hands on, puts off, chases, and takes back what it mistyped."""
        for team in TEAMS:
            open_ = self.month.in_hand(day, team)
            chosen = self.chance.sample(open_, len(open_) * 2 // 5) if team != resting else []
            if chosen:
                ids = ",".join(problem.id for problem in chosen)
                self.run("close, a team's at once", "close", ids, "--how", "调配试验材料", who=f"{team}组")
                for problem in chosen:
                    problem.turns.append((day, True))
        first, second, third, *_ = self.chance.sample(self.month.in_hand(day), 5)
        self.run("note", "note", first.id, "试验单位答复明天到货")
        for act, problem, words in (("assign", second, ()), ("bounce", third, ("--why", "不归我局"))):
            name = self.chance.choice([each for each in DEPARTMENTS if each != problem.with_department(day)])
            self.run(act, act, problem.id, *(("--to", name) if act == "bounce" else (name,)), *words)
            problem.moves.append((day, name))
            self.notice("交办单", [problem])
        until = max(day, first.due_on(day)) + timedelta(9)
        self.run("extend", "extend", first.id, "--to", f"{until}", "--why", "等批文", "--late")
        first.dues.append((day, until))
        self.run("close, mistyped", "close", second.id, "--how", "打错了编号")
        self.run("undo", "undo")
        solved = [each for each in self.month.problems.values() if each.solved(day) and each.turns[-1][0] < day]
        if solved:
            again = self.chance.choice(solved)
            self.run("reopen", "reopen", again.id, "--why", "回访没有解决")
            again.turns.append((day, False))
        late = {each.id for each in self.month.in_hand(day) if each.overdue(day)}
        listed = {each["id"] for each in self.asked("chase, the list", "chase")["items"] if each["light"] == "red"}
        self.same("what chase lists as late", sorted(listed), sorted(late))
        if late:
            self.run("chase, by telephone", "chase", ",".join(sorted(late)[:3]), "--by", "电话")
            if day.weekday() == FRIDAY:
                self.notice("督办单", [self.month.problems[each] for each in sorted(late)])

    def notice(self, kind: str, problems: Sequence[Problem]) -> None:
        """Make the paper that goes to departments; a kind, a day and a number, and one file of all."""
        path = self.folder / f"{kind} {self.today} {self.notices}.docx"
        self.run(f"notice, {kind}", "notice", ",".join(each.id for each in problems), "--kind", kind, "-o", str(path))
        self.notices += len(problems)

    def evening(self, day: date, resting: int) -> None:
        """Nil reports, the nightly run with backup and publication, and everything compared."""
        self.run("nil", "nil", "--team", str(resting))
        night = self.run("nightly", "nightly", self.store, str(self.folder / "每晚"), ends=(0, FOUND))
        total = self.month.total(day)
        self.same("figures in the nightly text", [*map(int, re.findall(r"(\d+) 个", night)[:1])], [total["found"]])
        self.look(day)
        stated = (word for name in FIGURES[:3] for word in (f"--{name.replace('_', '-')}", str(total[name])))
        self.run("reconcile", "reconcile", *stated)
        if day.weekday() == FRIDAY:
            weekly = self.asked("weekly", "weekly")
            first, last = (date.fromisoformat(weekly[each]) for each in ("from", "to"))
            for item in weekly["items"]:
                new = self.month.new_in(first, last, int(item["team"]))
                self.same(f"new this week, team {item['team']}", item["new"]["now"], new)

    def look(self, day: date, *, as_of: bool = False) -> None:
        """Compare what reports say of a day, by team, by department and in all."""
        past = ("--as-of", f"{day}") if as_of else ()
        act = "progress, as of an earlier day" if as_of else "progress"
        teams = self.asked(act, "progress", *past)
        self.same(f"total of {day}", self._figures(teams["total"]), self.month.total(day))
        said = {item["team"]: self._figures(item) for item in teams["items"]}
        for team, count in self.month.by_team(day).items():
            self.same(f"team {team} of {day}", said[team], count)
        departments = self.asked(f"{act}, by department", "progress", "--by", "department", *past)
        named = {item["department"]: self._figures(item) for item in departments["items"] if item["found"]}
        self.same(f"departments of {day}", named, self.month.by_department(day))

    def laptops(self, day: date, resting: int) -> None:
        """Three teams work a day without the office on copies of their own, which come together in the evening."""
        office, copies = self.store, []
        away = [team for team in TEAMS if team != resting][:4]  # the last of them stays in the office
        for team in away[:3]:
            copies.append(str(self.folder / f"笔记本{team}.db"))
            self.run("store clone", "store", "clone", copies[-1], "--for", f"{team}组")
        for team, self.store in zip(away, [*copies, office], strict=True):
            for number in range(5):
                self._away(team, day, f"下乡第{number + 1}件：缺少试验材料{team}")
            closed = self.month.in_hand(day, team)[0]
            self.run("close, on a laptop", "close", closed.id, "--how", "当场解决", who=f"{team}组")
            closed.turns.append((day, True))
        bundles = [f"{copy}.bundle" for copy in copies]
        for self.store, bundle in zip(copies, bundles, strict=True):
            self.run("store bundle, of a laptop", "store", "bundle", bundle)
        self.store = office
        for act in ("merge of three bundles", "merge, a second time"):
            said = self.asked(act, "merge", *bundles)
            self.same("conflicts of the merge", said["conflicts"], [])
        back = str(self.folder / "办公室.bundle")
        self.run("store bundle, for a laptop", "store", "bundle", back, "--for", f"{away[0]}组")
        self.asked("merge, back into a laptop", "--store", copies[0], "merge", back)
        for self.store in (copies[0], office):
            total = self._figures(self.asked("progress", "progress")["total"])
            self.same("the total after the merge", total, self.month.total(day))

    def _away(self, team: int, day: date, text: str) -> None:
        """A problem that is logged on a copy, which numbers it in its own series."""
        due = day + timedelta(7)
        words = ("-t", str(team), "--department", DEPARTMENTS[0], "--due", f"{due}", "--json")
        printed = self.run("log, on a laptop", "log", firm(team, 1), text, *words, who=f"{team}组")
        number = json.loads(printed)["items"][0]["id"]
        self.month.problems[number] = Problem(number, team, text, DEPARTMENTS[0], due, day)

    def end(self, calendar: Sequence[date]) -> None:
        """The month is read again day by day, published figures are proved, and everything is handed over."""
        for day in calendar:
            self.look(day, as_of=True)
        self.run("reconcile, all publications", "reconcile")
        papers = self.asked("notice list", "notice", "list")["items"]
        self.same("problems with a notice", len(papers), self.notices)
        self.run("store check", "store", "check")
        ledger = self.folder / "台账.csv"
        self.run("export ledger, CSV", "export", "ledger", "-o", str(ledger))
        self.run("export ledger, XLSX", "export", "ledger", "-o", str(self.folder / "台账.xlsx"))
        with ledger.open(encoding="utf-8-sig", newline="") as file:
            texts = [text for row in csv.reader(file) for text in row if "缺少试验材料" in text or "当面说的" in text]
        self.same("texts of the ledger", sorted(texts), sorted(each.text for each in self.month.problems.values()))
        self.run("report, web page", "report", "-o", str(self.folder / "会议.html"))
        moved = self.folder / "台账.jsonl"
        self.run("store export", "store", "export", str(moved))
        kept, self.store = self.store, str(self.folder / "搬来的.db")
        self.run("store import", "store", "import", str(moved))
        last = calendar[-1]
        self.same(
            "the total of a copy", self._figures(self.asked("progress", "progress")["total"]), self.month.total(last)
        )
        self.store = kept
        if "://" not in kept:
            self.run("store backup", "store", "backup")
        self.run("store archive", "store", "archive", str(self.folder / "归档"))

    def _figures(self, said: dict[str, Any]) -> dict[str, int]:
        return {name: said[name] for name in FIGURES}

    def _firm(self, problem: Problem) -> str:
        number = int(problem.id.partition("-")[2])
        return firm(problem.team, number % FIRMS_OF_A_TEAM + 1)

    @staticmethod
    def _write(path: Path, heads: Sequence[str], lines: Sequence[Sequence[object]]) -> None:
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([heads, *lines])


def main() -> None:
    """Play on a file and on a server; with ``--write``, write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=22, help="working days of the month")
    parser.add_argument("--problems", type=int, default=2000)
    parser.add_argument("--fugong", default=shutil.which("fugong") or "fugong", help="the installed program")
    parser.add_argument("--engine", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.name}")
    asked = parser.parse_args()
    program = shlex.split(asked.fugong)

    def one(engine: str) -> Rehearsal:
        with tempfile.TemporaryDirectory() as folder, place(engine, Path(folder)) as store:
            month = Rehearsal(program, store, Path(folder), asked.problems)
            month.play(asked.days)
            print("\n".join(month.wrong) or f"{engine}: {month.compared} figures, all as counted")
            return month

    engines = ("sqlite", "postgresql") if asked.engine == "both" else (asked.engine,)
    with ThreadPoolExecutor() as both:  # all the work is done by processes
        played = dict(zip(engines, both.map(one, engines), strict=True))
    version = subprocess.run([*program, "--version"], capture_output=True, text=True, check=True).stdout
    text = page(played, version.splitlines()[:2])
    if asked.write:
        PAGE.write_text(text, encoding="utf-8")
    else:
        print(text)
    sys.exit(any(each.wrong for each in played.values()))


@contextmanager
def place(engine: str, folder: Path) -> Iterator[str]:
    """Where a store is to be: a file, or a database of a server that is gone afterwards."""
    if engine == "sqlite":
        yield str(folder / "county.db")
        return
    from tests.postgres import Server

    server = Server(durable=True)
    try:
        yield server.url(server.database())
    finally:
        server.stop()


def page(played: dict[str, Rehearsal], version: Sequence[str]) -> str:
    """The report."""
    some = next(iter(played.values()))
    names = {"sqlite": "文件 file", "postgresql": "PostgreSQL"}
    lines = [
        HEAD.format(
            problems=len(some.month.problems),
            teams=len(TEAMS),
            acts=sum(map(len, some.times.values())),
            version="，".join(version),
            cores=os.cpu_count(),
            system=platform.system(),
        ),
        "| 台账 store | 工作日 days | 比对的数 figures compared | 不符 wrong | 命令 commands | 合计 in all |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for engine, each in played.items():
        count, spent = sum(map(len, each.times.values())), sum(map(sum, each.times.values()))
        said = (names[engine], each.days, each.compared, len(each.wrong), count, f"{spent / 60:.1f} min")
        lines.append(f"| {' | '.join(map(str, said))} |")
    lines += ["", *(f"- {line}" for each in played.values() for line in each.wrong), TIMES]
    head = " | ".join(f"{names[engine]}：次 n | 中位 median | 最长 longest" for engine in played)
    lines += [f"| 做的事 act | {head} |", "|---|" + "--:|" * 3 * len(played)]
    acts = list(dict.fromkeys(_plain(act) for each in played.values() for act in each.times))
    for act in acts:
        cells = []
        for each in played.values():
            took = [one for name, times in each.times.items() if _plain(name) == act for one in times]
            cells += [str(len(took)), f"{median(took):.2f} s", f"{max(took):.2f} s"] if took else ["", "", ""]
        lines.append(f"| {act} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _plain(act: str) -> str:
    """An act, whatever the number of its rows."""
    return re.sub(r", \d+ rows", ", a day's rows", act)


HEAD = """# 演练：一个县的一个月 A rehearsal: a county's month

由 `python -m bench.rehearsal --write` 写成，不要手改。Written by the rehearsal; not to be edited.

虚构的一个县：{teams} 个组，{problems} 个问题。每天各组的台账以一个文件导入，再当面登记几件；
各组销号，办公室交办、退回、延期、催办，打错了撤回，回访不实的重开；没事的组零报告；
每晚 `nightly`（备份、公布、导出、网页、综述），核对；周五周报；月底逐日回看每一天，核对全部公布口径，检查、导出、
搬移、归档。全部通过装好的程序，每本台账 {acts} 条命令，每条计时；程序说的数与另一份独立的计数
（`bench/county_month.py`，不懂数据库，只数纸上的条目）比对：每晚、每周，月底再把每一天按「截至」重数一遍。

A made-up county plays a month through the installed program. Every act is timed, and the figures that reports state, by
team, by department and in all, each evening and once more as of every day at the end, are compared with a count that
knows nothing of the program.

{version}；{cores} 核，{system}。
时间含启动 Python；两本台账同时在演，机器还在做别的事，平时快得多（[performance.md](performance.md)）。
Times include the start of Python; both stores were played at once, on a machine that was busy with other work as well.

交办的出交办单，周五逾期的出督办单。最后一天三个组带着副本下乡，晚上三台笔记本的合并包合进来，再带回去。
Notices on paper go with what is handed on, and on Fridays with what is late. On the last day three teams work on
copies, whose bundles are merged in the evening, and one goes back.
演了几个工作日见表；不到 22 天的是压缩的，每天的量按比例加大。Fewer than 22 days are a month compressed: more a day.
"""
TIMES = "\n## 每件事用了多久 How long each act took\n"


if __name__ == "__main__":
    main()
