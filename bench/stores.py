"""Synthetic stores of any size: ``python -m bench.stores FOLDER [--problems N]…``, kept for the next run.

They are written through the program's own acts, so ``fugong store check`` finds them sound. Every store is of the
same province, with the same teams, enterprises and problems in hand; what grows is what has been closed, as a
ledger grows with the years. Nobody and nothing in them is real.
"""

import argparse
import gc
import shutil
import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path

from bench.facts import IN_HAND, SMALL, TODAY, WHOLE, Scale

from fugong import db
from fugong.domain import problems as ledger
from fugong.domain import roster
from fugong.domain.activities import activities
from fugong.domain.roster import campaign, members
from fugong.domain.writer import Writer
from fugong.queries.deadlines import Due
from fugong.seed.bases import Base, Bases
from fugong.store.records import Department, Enterprise, Problem, Team, Term
from fugong.store.session import Session
from fugong.vocab import IN_HAND as ARE_IN_HAND
from fugong.vocab import CategoryGroup, Duty, ListName, Role

MOMENT = datetime(2020, 3, 20, 4, tzinfo=UTC)

DEPARTMENTS = 60
A_DAY = 1_370
"""Problems found a day: two years of them are a million."""
RECENT = 9_000
"""The last that were found; those in hand are among them."""
COUNTIES = 20


def main() -> None:
    """Make the stores that are not there yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--problems", type=int, action="append", help=f"default: {WHOLE.sizes}")
    parser.add_argument("--quick", action="store_true", help=f"a small province, of {SMALL.sizes} problems")
    parser.add_argument("--county", type=Path, help="only a small store at this place, of ten teams and 73 problems")
    parser.add_argument("--in-hand", type=int, default=IN_HAND, help="how many of them are in hand")
    parser.add_argument("--days-on", type=Path, help="a store in which two ordinary days are to pass")
    arguments = parser.parse_args()
    gc.disable()  # as the program runs, see fugong/__main__.py
    if arguments.county:
        county(arguments.county)
    if arguments.days_on:
        days_on(arguments.days_on)
    scale = SMALL if arguments.quick else WHOLE
    for size in (arguments.problems or scale.sizes) if arguments.folder else ():
        print(made(arguments.folder, size, arguments.in_hand, scale))


def county(path: Path) -> None:
    """The store that a county has: ten teams and 73 problems, four fifths of them closed."""
    with db.creating(str(path)) as session:
        writer = _writer(session)
        for name in ListName:
            group = CategoryGroup.CHECK if name is ListName.CATEGORY else None
            roster.add_term(writer, name, "kind0", zh="试验类", en="kind", grp=group)
        for number in range(2):
            roster.add_department(writer, f"试验{number:03}局")
        firms = []
        for number in range(1, 11):
            team = roster.add_team(writer, str(number), name=f"试验第{number}组", county="试验县")
            firms += [roster.add_enterprise(writer, f"试验{number}厂{letter}", team=team) for letter in "甲乙丙"]
        for number in range(73):
            firm = firms[number % len(firms)]
            problem = ledger.log_problem(
                writer, f"试验问题{number}：缺少试验材料", enterprise=firm, on=date(2020, 3, 12)
            )
            if number % 5:
                ledger.close_problem(writer, problem, "已调配试验材料")


def path_of(folder: Path, problems: int, in_hand: int = IN_HAND) -> Path:
    """Where the store of this size is kept; another schema is another store."""
    return folder / f"province-{db.SCHEMA}-{problems}-{in_hand}.db"


def made(folder: Path, problems: int, in_hand: int = IN_HAND, scale: Scale = WHOLE) -> Path:
    """The store of this size, made if it is not there."""
    store, base = path_of(folder, problems, in_hand), path_of(folder, 0)
    if store.exists():
        return store
    folder.mkdir(parents=True, exist_ok=True)
    if not base.exists():
        with db.creating(str(base)) as session:
            _province(_writer(session), scale)
    with tempfile.TemporaryDirectory(dir=folder) as inside:
        draft = Path(inside) / "draft.db"
        shutil.copy(base, draft)
        with db.writing(str(draft)) as session:
            _problems(_writer(session, many=True), problems, in_hand)
        with db.writing(str(draft)) as session:
            _keep_bases(session)
        draft.replace(store)
    return store


def _keep_bases(session: Session) -> None:
    """Keep of all that was brought what its file said of it, as a load does and ``store check`` asks."""
    brought = iter(list(session.rows(_BROUGHT)))
    bases = Bases(session)
    while some := list(islice(brought, A_CHUNK)):
        for kind, subject in some:
            bases.keep(kind, subject, Base(subject, "{}"), None)
        bases.settle()


_BROUGHT = "SELECT DISTINCT kind, subject FROM event WHERE act IN ('add', 'log') ORDER BY 1, 2"
A_CHUNK = 10_000


def days_on(store: Path, days: int = 2) -> None:
    """Let ordinary days pass in a store: on each as many problems are found as on any, and as many are closed."""
    for day in range(1, days + 1):
        on = TODAY + timedelta(day)
        with db.writing(str(store)) as session:
            writer = _writer(session, later=day)
            known = _Known(writer)
            for problem in session.all(Problem, f"t.{ARE_IN_HAND} ORDER BY t.id LIMIT {A_DAY}"):
                ledger.close_problem(writer, problem, "已调配试验材料", on=on)
            for number in range(A_DAY):
                known.log(number, found_on=on, live=True, until=on)


def _writer(session: Session, *, many: bool = False, later: int = 0) -> Writer:
    # as a file that is loaded: what somebody enters on the last day about earlier ones is listed in its summary
    moment = MOMENT + timedelta(later)
    return Writer.opened(session, verb="load", actor="loader", moment=moment, many=many)


# The province


def _province(writer: Writer, scale: Scale) -> None:
    """Teams with a leader and some work each, enterprises, departments and categories."""
    campaign.add_campaign(
        writer, name="试验省复工帮扶", county="试验省", committee="试验临时党委", places=["试验省"], timeline=[]
    )
    for number in range(6):
        group = list(CategoryGroup)[number % 2]
        roster.add_term(writer, ListName.CATEGORY, f"kind{number}", zh=f"类别{number}", en=f"kind {number}", grp=group)
    for number in range(DEPARTMENTS):
        roster.add_department(writer, f"试验{number:03}局")
    teams = [_team(writer, number) for number in range(1, scale.teams + 1)]
    for number in range(scale.enterprises):
        team = teams[number % scale.teams]
        roster.add_enterprise(writer, f"试验{number:05}厂", team=team, township=f"试验{number % 200:03}镇")


def _team(writer: Writer, number: int) -> Team:
    team = roster.add_team(writer, str(number), name=f"试验第{number}组", county=f"试验{number % COUNTIES:02}县")
    members.add_member(writer, team, f"组长甲{number}", duties=[Duty.LEADER.value])
    for role in Role:
        activities.add_activity(writer, team, role, f"试验工作{number}", on_date=TODAY - timedelta(number % 30))
    return team


# The problems


def _problems(writer: Writer, count: int, in_hand: int) -> None:
    """Problems with three events each: logged, handed over, and closed or noted."""
    known = _Known(writer)
    for number in range(count):
        age = count - 1 - number
        known.log(number, found_on=TODAY - timedelta(age // A_DAY), live=_is_live(age, in_hand))
    writer.settle()


def _is_live(age: int, in_hand: int) -> bool:
    """Whether the problem found before so many others is in hand: every so many of the recent ones."""
    every = max(RECENT // in_hand, 1)
    return age % every == 0 and age < in_hand * every


class _Known:
    """What problems refer to, read once."""

    def __init__(self, writer: Writer) -> None:
        session = writer.session
        self.writer = writer
        self.enterprises: Sequence[Enterprise] = session.all(Enterprise)
        session.gather(self.enterprises)
        self.departments: Sequence[Department] = session.all(Department)
        self.categories: Sequence[Term] = session.all(Term)

    def log(self, number: int, *, found_on: date, live: bool, until: date = TODAY) -> None:
        """Enter one problem and what was done about it until a day."""
        due_on = found_on + timedelta(2 + number % 9)
        problem = ledger.log_problem(
            self.writer,
            f"试验问题{number}：缺少第{number % 97}号试验材料，影响复工，请协调解决",
            enterprise=self.enterprises[number * 7919 % len(self.enterprises)],
            category=self.categories[number % len(self.categories)],
            on=found_on,
            due=Due(due_on),
            person=f"责任人{number % 50}" if number % 3 else None,
        )
        on = min(found_on + timedelta(number % 3), until)
        ledger.assign_problem(self.writer, problem, self.departments[number % DEPARTMENTS], on=on)
        later = min(on + timedelta(number % 11), until)
        if live:
            ledger.note_problem(self.writer, problem, f"试验记录{number}：已联系，等待回复", on=later)
        else:
            ledger.close_problem(self.writer, problem, f"已调配第{number % 97}号试验材料", on=later)


if __name__ == "__main__":
    main()
