"""Strong eventual consistency: whatever copies do, whoever meets whom in whatever order, all say the same in the end.

A machine of two to five copies with every kind of verb, clocks that differ by days, forks, undoing and doing again. At
every merge the store is proved whole; at the end all know all, nothing that was acknowledged anywhere is missing, and
the counts equal those of an independent model, which knows only of what each command line answered.
"""

import json
import random
from pathlib import Path

import pytest
from tests import drawing
from tests.county import lay
from tests.keeping.copies import Copies

RUNS, SOAK = drawing.many(10), 1000

FIRMS = ("甲厂", "乙建材", "丙丁铸造", "戊厂")
DEPARTMENTS = ("工信局", "卫健局", "应急局")


class Hands:
    """Several people at several copies, drawn."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.draw = random.Random(seed)
        home = lay(folder / "home.db")
        self.copies = Copies(home, folder)
        self.logged: dict[str, str] = {}
        """What was acknowledged: text → the number that it was given."""
        self.undone: set[str] = set()
        self.last: dict[str, str | None] = {}
        self.steps: list[tuple[str, ...]] = []
        self.days = {"home": 14}

    def run(self, steps: int) -> None:
        for _ in range(self.draw.randint(1, 3)):
            self.clone()
        for step in range(steps):
            kind = self.draw.choices(["act", "merge", "clone", "cp"], [20, 4, 1, 1])[0]
            if kind == "act":
                self.act(step)
            else:
                {"merge": self.merge, "clone": self.clone, "cp": self.cp}[kind]()
        self.copies.exchange()
        self.copies.exchange()

    def clone(self) -> None:
        if len(self.copies.places) >= 5:
            return
        name = f"n{len(self.copies.places)}"
        self.copies.clone(name, of=self.draw.choice(list(self.copies.places)))
        self.days[name] = self.draw.randint(13, 19)

    def cp(self) -> None:
        if len(self.copies.places) >= 5:
            return
        name, of = f"n{len(self.copies.places)}", self.draw.choice(list(self.copies.places))
        self.copies.copied_by_hand(name, of=of)
        self.days[name] = self.days[of]

    def merge(self) -> None:
        names = list(self.copies.places)
        into, *others = self.draw.sample(names, min(len(names), self.draw.randint(2, 3)))
        self.steps.append((into, "merge", *others))
        self.copies.merge(into, *others)
        assert self.copies.whole(into) == [], self.steps

    def act(self, step: int) -> None:
        name = self.draw.choice(list(self.copies.places))
        text = f"第 {step} 件 {self.draw.random():.9f}"
        firm, bureau = self.draw.choice(FIRMS), self.draw.choice(DEPARTMENTS)
        idents = [str(each) for (each,) in self.copies.rows(name, "SELECT id FROM v_problem ORDER BY id")]
        ident = self.draw.choice(idents)
        argv = self.draw.choice([
            ("log", firm, text), ("log", firm, text), ("edit", ident, "--text", text), ("note", ident, text),
            ("edit", ident, "--person", f"某{step}"), ("assign", ident, bureau, "--due", "7d"),
            ("assign", ident, bureau), ("chase", ident), ("bounce", ident, "--why", text),
            ("extend", ident, "--due", "10d", "--why", text), ("close", ident, text), ("close", ident, text),
            ("reopen", ident, "--why", text), ("void", ident, "--why", text), ("undo",), ("undo",), ("redo",),
            ("verify", ident, "ok"), ("enterprise", "stage", firm, self.draw.choice(("full", "resumed", "preparing"))),
            ("enterprise", "edit", firm, "--alias", f"别名{step}"),
            ("enterprise", "edit", firm, "--township", f"镇{step}"),
            ("enterprise", "assign", firm, "--team", self.draw.choice(("1", "2", "10"))),
            ("enterprise", "add", self.draw.choice(("新厂甲", "新厂乙")), "--team", "1"),
            ("department", "add", self.draw.choice(("新局甲", "新局乙"))),
            ("team", "add", self.draw.choice(("7", "8")), f"新组{step}"),
            ("member", "add", self.draw.choice(("甲某", "乙某")), "--team", "2"),
            ("enterprise", "retire", firm, "--why", text), ("department", "retire", bureau, "--why", text),
            ("support", "add", firm, "物资", text), ("nil", "2"),
            ("publish", "--name", self.draw.choice(("周报", text))),
            ("calendar", "set", "2020-04-04", self.draw.choice(("work", "off")), "--source", "通知"),
        ])  # fmt: skip
        day = f"2020-03-{min(self.days[name] + step // 12, 31):02}"
        done = self.copies(name, *argv, day=day, ok=False)
        assert done.exit_code in (0, 1, 2, 6), (argv, done.output)
        self.steps.append((name, *argv, str(done.exit_code)))
        if done.exit_code:
            return
        if argv[0] == "log":
            self.logged[text] = done.stdout.split()[0]


@pytest.mark.on_a_file
@pytest.mark.parametrize("seed", range(RUNS))
def test_copies_that_know_all_say_the_same(tmp_path: Path, seed: int) -> None:
    converge(tmp_path, seed)


@pytest.mark.soak
@pytest.mark.on_a_file
@pytest.mark.parametrize("seed", range(RUNS, SOAK))
def test_very_many_copies_that_know_all_say_the_same(tmp_path: Path, seed: int) -> None:
    converge(tmp_path, seed)


def converge(folder: Path, seed: int) -> None:
    """Draw what several people do, let all know all, and look."""
    hands = Hands(seed, folder)
    hands.run(40)
    told = {name: hands.copies.ledger(name) for name in hands.copies.places}
    for name, each in told.items():
        assert hands.copies.whole(name) == [], (name, hands.steps)
        assert each == told["home"], (name, [a for a in each if a not in told["home"]][:5],
                                      [a for a in told["home"] if a not in each][:5], hands.steps)  # fmt: skip
    logged = hands.copies.rows("home", "SELECT changes FROM event WHERE act = 'log'")
    first = {str(json.loads(str(changes)).get("text", [None, None])[1]) for (changes,) in logged}
    assert set(hands.logged) <= first, hands.steps
