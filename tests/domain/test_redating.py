"""A corrected day counts as if the act had been entered with it, and what was known before stays to be read.

Trials §1.3.
"""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import Run
from tests.county import behind, lay
from tests.drawing import drawn


def done(fugong: Run, *commands: tuple[str, str]) -> None:
    """Enter command lines, each on its day."""
    for day, line in commands:
        result = fugong(*line.split(), FUGONG_TODAY=f"2020-{day}T12:00")
        assert result.exit_code == 0, (line, result.stderr)


def figures(fugong: Run, *cut: str) -> tuple[int, int, int]:
    """Found, solved and in hand."""
    total = json.loads(fugong("progress", *cut, "--format", "json", FUGONG_TODAY="2020-04-02T12:00").stdout)["total"]
    return total["found"], total["solved"], total["in_hand"]


@pytest.fixture
def ledger(store: Path, fugong: Run) -> Run:
    lay(store)
    return fugong


def whole(fugong: Run) -> bool:
    return bool(fugong("store", "check").exit_code == 0)


def test_a_corrected_closing_date_lets_no_status_date_go_back(ledger: Run) -> None:
    """Closed on the 30th, found to have been on the 28th, and not solved after all on the 29th."""
    found, solved, in_hand = figures(ledger)
    done(ledger, ("03-26", "log 乙建材 乙"), ("03-30", "close 1-4 --how 好"), ("03-31", "redate 1-4 --on 2020-03-28"))
    done(ledger, ("04-01", "verify 1-4 --fail 没好 --on 2020-03-29"))
    for day, more in (("03-26", 0), ("03-27", 0), ("03-28", 1), ("03-29", 0), ("03-30", 0), ("04-01", 0)):
        assert figures(ledger, "--as-of", f"2020-{day}") == (found + 1, solved + more, in_hand + 1 - more), day
    known = ("--known-at", "2020-03-30")
    assert figures(ledger, "--as-of", "2020-03-29", *known) == (found + 1, solved, in_hand + 1)
    assert figures(ledger, "--as-of", "2020-03-30", *known) == (found + 1, solved + 1, in_hand)
    assert whole(ledger)


def test_a_later_act_is_named_that_rests_on_the_day(ledger: Run) -> None:
    done(ledger, ("03-20", "close 1-1 --how 好"), ("03-24", "reopen 1-1 --why 又缺"), ("03-25", "chase 1-1"))
    for line, why in (
        ("redate 1-1 --act close --on 2020-03-21", "2020-03-24 的重开"),
        ("redate 1-1 --act reopen --on 2020-03-26", "2020-03-25 的催办"),
        ("redate 1-1 --act reopen --on 2020-03-19", "2020-03-20"),
        ("redate 1-1 --act void --on 2020-03-26", "没有可以改日期的「作废」"),
        ("redate 1-1 --on 2020-04-30", "2020-04-30"),
    ):
        refused = ledger(*line.split(), FUGONG_TODAY="2020-03-27T12:00")
        assert (refused.exit_code, why in refused.stderr) == (1, True), (line, refused.stderr)
    done(ledger, ("03-27", "redate 1-1 --act reopen --on 2020-03-23"))
    assert behind_day(ledger) == "2020-03-23"


def behind_day(fugong: Run) -> str:
    lines = fugong("show", "1-1").stdout
    return str([line.split("\t")[0] for line in lines.splitlines() if "\t重开\t" in line][-1])


EVERY = (
    ("note 1-1 已联系", "note"),
    ("assign 1-1 -d 卫健局 --due 5wd", "assign"),
    ("chase 1-1 --by 电话", "chase"),
    ("escalate 1-1 --to city --why 难", "escalate"),
    ("bounce 1-1 --why 不归我管", "bounce"),
    ("close 1-1 --how 好", "close"),
    ("verify 1-1 --ok", "verify"),
    ("reopen 1-1 --why 又缺", "reopen"),
    ("void 1-1 --why 误登", "void"),
)


def test_every_act_can_be_dated_anew_and_that_is_undone_and_done_again(store: Path, ledger: Run) -> None:
    for at, (line, act) in enumerate(EVERY):
        day = date(2020, 3, 16) + timedelta(days=3 * at)
        right, today = day - timedelta(days=1), f"{day:%m-%d}"
        done(ledger, (today, line))
        as_entered = rows(store)
        done(ledger, (today, f"redate 1-1 --act {act} --on {right}"))
        corrected = rows(store)
        last = "SELECT CAST(on_date AS TEXT), act FROM event ORDER BY id DESC LIMIT 1"
        assert behind(store, last) == [(str(right), act)]
        done(ledger, (today, "undo"))
        assert rows(store) == as_entered, line
        done(ledger, (today, "redo"))
        assert rows(store) == corrected, line
        assert ledger("store", "check").stdout.splitlines()[1:] == [], line


def rows(store: Path) -> list[tuple[object, ...]]:
    """Every problem and every bounce; a bounce has no name of its own, and its row may get another number."""
    bounces = behind(store, "SELECT problem_id, department_id, on_date FROM bounce ORDER BY on_date, id")
    return behind(store, "SELECT * FROM problem ORDER BY id") + bounces


def test_a_history_says_which_day_was_corrected(ledger: Run) -> None:
    done(ledger, ("03-20", "close 1-1 --how 好"), ("03-21", "redate 1-1 --on 2020-03-19"))
    last = [line.split("\t")[:3] for line in ledger("show", "1-1").stdout.splitlines()[-3:]]
    assert last == [
        ["2020-03-20", "销号", "（已改日期）好"],
        ["2020-03-20", "撤销", "改日期：2020-03-20 的销号：好"],
        ["2020-03-19", "销号", "好"],
    ]


def test_a_stage_an_activity_a_milestone_and_an_inspection_can_be_dated_anew(ledger: Run) -> None:
    for day, at in (("03-20", 0), ("03-21", 1)):
        done(ledger, *[(day, lines[at]) for lines in DATED])
    resumed = [figure(ledger, "resumed", f"2020-03-{day}") for day in (17, 18)]
    assert resumed[1] == resumed[0] + 1
    for noun in ("inspection", "outreach", "milestone"):
        counts = [count(ledger, noun, day) for day in ("2020-03-17", "2020-03-18", "2020-03-20")]
        assert counts == [counts[0], counts[0] + 1, counts[0] + 1], noun
        before = [count(ledger, noun, day, "--known-at", "2020-03-20") for day in ("2020-03-18", "2020-03-20")]
        assert before == [counts[0], counts[0] + 1], noun
    assert whole(ledger)


DATED = (
    ("enterprise stage 戊厂 full", "enterprise stage 戊厂 full --on 2020-03-18 --redate"),
    ("inspection add 甲厂 --pass-rest", "inspection edit 1-w3 --on 2020-03-18"),
    ("outreach add 甲厂 标语 换标语", "outreach edit 1-w4 --on 2020-03-18"),
    ("milestone add 甲厂 党支部", "milestone edit 甲厂 党支部 --on 2020-03-18"),
)
"""What is entered on one day, and corrected on the next."""


def figure(fugong: Run, name: str, day: str) -> int:
    return int(
        json.loads(fugong("progress", "--as-of", day, "--json", FUGONG_TODAY="2020-04-02T12:00").stdout)["total"][name]
    )


def count(fugong: Run, noun: str, day: str, *cut: str) -> int:
    listed = fugong(noun, "list", "--as-of", day, *cut, "--format", "csv", FUGONG_TODAY="2020-04-02T12:00").stdout
    return len(listed.splitlines())


ACTS = ("note 1-1 记", "chase 1-1", "close 1-1 --how 好", "verify 1-1 --fail 没好", "reopen 1-1 --why 又缺")


@drawn(20)
@given(acts=st.lists(st.sampled_from(ACTS), min_size=1, max_size=6), wrong=st.integers(0, 2), right=st.integers(-3, 1))
def test_a_corrected_day_counts_as_if_entered_with_it(
    store: Path, fugong: Run, acts: list[str], wrong: int, right: int
) -> None:
    """The same acts, the last of them once entered rightly and once corrected, as of every day."""
    first = date(2020, 3, 16)
    lay(store)
    for at, line in enumerate(acts[:-1]):
        fugong(*line.split(), FUGONG_TODAY=f"{first + timedelta(days=2 * at)}T12:00")
    before = behind(store, "SELECT max(id) FROM event")
    day = first + timedelta(days=2 * len(acts))
    entered = ["--on", str(day - timedelta(days=wrong))]
    if fugong(*acts[-1].split(), *entered, FUGONG_TODAY=f"{day}T12:00").exit_code or (
        behind(store, "SELECT max(id) FROM event") == before
    ):
        return
    moved = fugong(
        "redate", "1-1", "--on", str(day + timedelta(days=right)), FUGONG_TODAY=f"{day + timedelta(days=1)}T12:00"
    )
    if moved.exit_code or right == -wrong:
        return
    asked = [day + timedelta(days=back) for back in range(-6, 2)]
    corrected = [figures(fugong, "--as-of", str(each)) for each in asked]
    assert fugong("undo").exit_code == 0
    assert fugong("undo").exit_code == 0
    again = fugong(
        *acts[-1].split(), "--on", str(day + timedelta(days=right)), FUGONG_TODAY=f"{day + timedelta(days=1)}T12:00"
    )
    assert again.exit_code == 0, again.stderr
    assert [figures(fugong, "--as-of", str(each)) for each in asked] == corrected
