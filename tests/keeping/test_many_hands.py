"""Strong eventual consistency: whatever copies do, whoever meets whom in whatever order, all say the same in the end.

A machine of two to five copies with every kind of verb, clocks that differ by days, forks, undoing and doing again. At
every merge the store is proved whole; at the end all know all, merged in any order, twice, in any grouping, and all
export the same bytes; no command that was acknowledged anywhere is missing; nothing that was redacted anywhere stands
there any more; and the counts are those of an independent model (``acts``), which knows only which acts were
acknowledged and who knew of which.
"""

import json
import random
import re
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests import drawing
from tests.county import lay
from tests.keeping.acts import CLOSED, LIVE, VOID, Acts
from tests.keeping.copies import Copies

from fugong import db
from fugong.keeping import transfer
from fugong.queries import seals
from fugong.store import identity

RUNS, SOAK = drawing.many(10), 1000

FIRMS = ("甲厂", "乙建材", "丙丁铸造", "戊厂")
DEPARTMENTS = ("工信局", "卫健局", "应急局")
SAYS = {"log": LIVE, "reopen": LIVE, "close": CLOSED, "approve": CLOSED, "void": VOID, "apply": LIVE, "reject": LIVE}
"""The acts that say where a problem stands. What was put up for closing is in hand until somebody agrees."""
EXPORTS = (
    ("export", "ledger", "--format", "csv"),
    ("list", "--status", "all", "--json"),
    ("progress", "--json"),
    ("summary",),
    ("activity", "list", "--json"),
    ("conflict", "list", "--json"),
)
"""What is read of a ledger, byte for byte the same wherever all is known."""
FILES = (("export", "ledger", "-o", "ledger.xlsx"), ("report", "-o", "page.html"))
"""The same of files, which take longer to write: so three copies write them, of which two are drawn."""

_ACTS = """
SELECT e.subject, e.act, e.changes, u.uid FROM event e JOIN batch b ON b.id = e.batch_id
LEFT JOIN batch u ON u.id = b.undoes_id WHERE b.uid = '{uid}' AND e.kind = 'problem' ORDER BY e.id
"""
_TYPED = """
SELECT e.changes, e.text FROM event e JOIN v_problem p ON p.uid = e.subject WHERE p.id = '{id}' AND e.act <> 'redact'
"""
_TEXT = re.compile(r"第 \d+ 件 0\.\d+")
_MORE = """as_of: 2020-03-12
departments:
  - {{name: 新局{which}}}
problems:
  - {{key: more{which}, team: "2", text: 文件里的事{which}}}
"""


class Hands:
    """Several people at several copies, drawn."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.draw = random.Random(seed)
        self.folder = folder
        self.copies = Copies(lay(folder / "home.db"), folder)
        self.acts = Acts()
        self.known: dict[str, set[int]] = {"home": set()}
        """By copy: the acts that it has."""
        self.told: dict[str, dict[str, int]] = {}
        """By command that was acknowledged: by problem the act."""
        self.redacted: set[str] = set()
        """What somebody typed, and somebody redacted; all that is typed here stands in one act alone."""
        self.steps: list[tuple[str, ...]] = []
        self.days = {"home": 14}
        for (uid,) in self.copies.rows("home", "SELECT uid FROM batch ORDER BY id"):
            self.learn("home", str(uid))
        self.clone("watch")

    def run(self, steps: int) -> None:
        for _ in range(self.draw.randint(1, 3)):
            self.clone()
        for step in range(steps):
            kind = self.draw.choices(["act", "merge", "clone", "cp"], [25, 4, 1, 1])[0]
            if kind == "act":
                self.act(step)
            else:
                {"merge": self.merge, "clone": self.clone, "cp": self.cp}[kind]()

    @property
    def people(self) -> list[str]:
        return [name for name in self.copies.places if not name.startswith("watch")]

    def clone(self, name: str = "") -> None:
        if len(self.people) >= 5:
            return
        name = name or f"n{len(self.people)}"
        of = self.draw.choice(self.people)
        self.copies.clone(name, of=of)
        self.learn(of, self.last(of))
        self.known[name] = set(self.known[of])
        self.days[name] = self.draw.randint(13, 19)

    def cp(self) -> None:
        if len(self.people) >= 5:
            return
        name, of = f"n{len(self.people)}", self.draw.choice(self.people)
        self.copies.copied_by_hand(name, of=of)
        self.known[name] = set(self.known[of])
        self.days[name] = self.days[of]

    def merge(self) -> None:
        into, *others = self.draw.sample(self.people, min(len(self.people), self.draw.randint(2, 3)))
        self.steps.append((into, "merge", *others))
        self.copies.merge(into, *others)
        self.known[into].update(*(self.known[name] for name in others))
        assert self.copies.whole(into) == [], self.steps

    def last(self, name: str) -> str:
        return str(self.copies.rows(name, "SELECT uid FROM batch ORDER BY id DESC LIMIT 1")[0][0])

    def learn(self, name: str, uid: str) -> None:
        """Take down what a command did that was acknowledged."""
        if uid in self.told:
            return
        done = self.told[uid] = dict[str, int]()
        for subject, kind, told, undone in self.copies.rows(name, _ACTS.format(uid=uid)):
            knew, takes, changes = self.known[name], None, json.loads(str(told))
            says = "status" in changes
            if kind == "undo":
                takes = self.told[str(undone)][str(subject)]
            said = SAYS.get(str(kind)) or (LIVE if kind == "verify" and says else None)
            if kind == "settle" and says:
                said = self.settled(name, str(subject))
            of = changes.get("duplicate_of", (None, None))[1] if said == VOID else None
            done[str(subject)] = self.acts.add(str(subject), str(kind), said, takes, knew, of)
            self.known[name] = {*knew, done[str(subject)]}

    def settled(self, name: str, subject: str) -> str:
        """What somebody who settled a conflict said, who looks at it."""
        (status,) = self.copies.rows(name, f"SELECT status FROM problem WHERE uid = '{subject}'")[0]
        return str(status) if status in (CLOSED, VOID) else LIVE

    def act(self, step: int) -> None:
        name = self.draw.choice(self.people)
        day = f"2020-03-{min(self.days[name] + step // 12, 31):02}"
        argv = self.verb(name, step)
        before, words = self.last(name), self.typed(name, argv[1]) if argv[0] == "redact" else set()
        done = self.copies(name, *argv, day=day, ok=False)
        assert done.exit_code in (0, 1, 2, 6), (argv, done.output)
        self.steps.append((name, *argv, str(done.exit_code)))
        if (uid := self.last(name)) != before:
            assert done.exit_code == 0, (argv, done.output)
            self.learn(name, uid)
            self.redacted |= words

    def typed(self, name: str, ident: str) -> set[str]:
        """What somebody typed about a problem, as one copy has it."""
        told = self.copies.rows(name, _TYPED.format(id=ident))
        return {word for each in told for word in _TEXT.findall(str(each))}

    def verb(self, name: str, step: int) -> tuple[str, ...]:
        """What somebody types."""
        text = f"第 {step} 件 {self.draw.random():.9f}"
        firm, bureau = self.draw.choice(FIRMS), self.draw.choice(DEPARTMENTS)
        idents = [str(each) for (each,) in self.copies.rows(name, "SELECT id FROM v_problem ORDER BY id")]
        few = self.draw.sample(idents, min(len(idents), 4)) if self.draw.random() < 0.3 else idents[:4]
        ident, other, which = self.draw.choice(few), self.draw.choice(idents), self.draw.choice("ab")
        problems = [
            ("log", firm, text), ("log", firm, text, "--key", f"k{which}"),
            ("edit", ident, "--text", text), ("edit", ident, "--person", f"某{step}"), ("edit", ident, "--due", "7wd"),
            ("note", ident, text), ("assign", ident, bureau, "--due", "7d"), ("assign", ident, bureau),
            ("chase", ident), ("bounce", ident, "--why", text), ("extend", ident, "--to", "30d", "--why", text),
            *[("close", ident, text)] * 4, *[("reopen", ident, "--why", text)] * 2, *[("undo",)] * 4, ("redo",),
            ("void", ident, "--why", text), ("void", ident, "--why", text, "--duplicate-of", other),
            ("verify", ident, "--ok"), ("verify", ident, "--fail", text),
            ("approve", ident), ("reject", ident, "--why", text), ("redact", ident, "--why", text),
            ("escalate", ident, "--to", "city", "--why", text), ("escalate", ident, "--withdraw"),
            ("store", "set", "review", self.draw.choice(("on", "off"))),
            ("load", self.file("more.yaml", _MORE.format(which=which))),
            ("import", self.file("more.csv", f"企业,问题描述,提出日期\n{firm},表里的{which},2020-03-12\n")),
        ]  # fmt: skip
        others = [
            ("enterprise", "stage", firm, self.draw.choice(("full", "resumed", "preparing"))),
            ("enterprise", "edit", firm, "--alias", f"别名{step}"), ("enterprise", "edit", firm, "--alias", "共用名"),
            ("enterprise", "edit", firm, "--township", f"镇{step}"),
            ("enterprise", "assign", firm, "--team", self.draw.choice(("1", "2", "10"))),
            ("enterprise", "add", f"新厂{which}", "--team", self.draw.choice("12")),
            ("enterprise", "edit", firm, "--name", f"改名{which}"),
            ("department", "add", f"新局{which}"), ("team", "add", self.draw.choice(("7", "8")), f"新组{which}"),
            ("member", "add", f"{which}某", "--team", "2"), ("term", "add", "category", f"类{which}", "--code", "c"),
            ("enterprise", "retire", firm, "--why", text), ("department", "retire", bureau, "--why", text),
            ("enterprise", "restore", firm), ("practice", "add", f"做法{which}"),
            ("support", "add", firm, "物资", text), ("milestone", "add", firm, "复工批复"),
            ("nil", "2"), ("campaign", "edit", "--note", text), ("store", "set", "office", f"办{step}"),
            ("store", "set", "yellow_days", self.draw.choice("135")),
            ("publish", "--name", self.draw.choice(("周报", text))),
            ("figure", "add", "found", str(step), "--key", "f"),
            ("calendar", "set", "2020-04-04", self.draw.choice(("work", "off")), "--source", "通知"),
        ]  # fmt: skip
        kind = self.draw.choices(["problems", "others", "settle"], [12, 5, 2])[0]
        return (
            self.settlement(name) if kind == "settle" else self.draw.choice(problems if kind == "problems" else others)
        )

    def file(self, name: str, content: str) -> str:
        place = self.folder / name
        place.write_text(content, encoding="utf-8")
        return str(place)

    def settlement(self, name: str) -> tuple[str, ...]:
        """A settlement of what is in conflict there, by any of its sides."""
        done = self.copies(name, "conflict", "list", "--json", ok=False)
        items = json.loads(done.stdout)["items"]
        if not items:
            return ("conflict", "list")
        side = self.draw.choice(items)
        return ("conflict", "settle", side["id"], "--take", side["take"], "--about", side["about"])

    def exported(self, name: str, asked: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...], list[bytes]]:
        """What anybody reads there, by what they type, in lines."""
        return {argv: self.read(name, argv).splitlines() for argv in asked}

    def read(self, name: str, argv: tuple[str, ...]) -> bytes:
        """What a command prints, or writes into the file that it names."""
        *told, last = argv
        place = self.folder / last
        into_file = "-o" in told
        typed = (*told, str(place), "--force") if into_file else argv
        done = self.copies(name, *typed, day="2020-04-02", ok=False)
        assert done.exit_code in (0, 6), (argv, done.output)
        return place.read_bytes() if into_file else done.stdout.encode()

    def seal(self, name: str) -> str:
        """What stands for all commands that are known there."""
        with db.reading(self.copies.places[name]) as reader:
            return seals.heads(reader.rows).seal

    def past(self) -> list[tuple[str, ...]]:
        """What is read of days on which something was done, and of what was known to a publication."""
        cuts = [("--as-of", f"2020-03-{day}") for day in self.draw.sample(range(12, 23), 3)]
        asked: list[tuple[str, ...]] = [("list", "--status", "all", "--json", *cut) for cut in cuts]
        asked += [("progress", "--json", *cuts[0]), ("summary", *cuts[0])]
        names = [str(name) for (name,) in self.copies.rows("home", "SELECT name FROM publication ORDER BY name")]
        return asked + ([("progress", "--json", "--known-at", self.draw.choice(names))] if names else [])

    def watched(self) -> dict[str, Path]:
        """Three that entered nothing, and merged all one by one, the other way round, and twice in groups."""
        first = Path(self.copies.places["watch"]).read_bytes()
        bundles = {name: self.copies.bundle(name, "--all") for name in self.people}
        names = self.people
        orders = {"watch1": [[each] for each in names], "watch2": [[each] for each in reversed(names)],
                  "watch3": [names[1:], names, names[:2]]}  # fmt: skip
        for name, groups in orders.items():
            place = self.folder / f"{name}.db"
            place.write_bytes(first)
            self.copies.places[name] = str(place)
            for group in groups:
                done = self.copies(name, "merge", *(bundles[each] for each in group), ok=False)
                if done.exit_code == 1:
                    assert "merge_gap" in done.stderr or "缺" in done.stderr, done.stderr
            self.copies(name, "merge", *bundles.values())
        return {name: Path(self.copies.places[name]) for name in orders}


@pytest.fixture
def drawn(seed: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """A seed of which the uids are drawn as well, so that what fails once fails again."""
    draw, ticks = random.Random(seed), count(1_584_000_000_000_000_000, 1_000_000)
    monkeypatch.setattr(identity, "_chance", SimpleNamespace(eight=lambda: draw.randbytes(8)))
    monkeypatch.setattr(identity, "time", SimpleNamespace(time_ns=lambda: next(ticks)))
    return seed


@pytest.mark.on_a_file
@pytest.mark.parametrize("seed", range(RUNS))
def test_copies_that_know_all_say_the_same(tmp_path: Path, drawn: int) -> None:
    converge(tmp_path, drawn)


@pytest.mark.soak
@pytest.mark.on_a_file
@pytest.mark.parametrize("seed", range(RUNS, SOAK))
def test_very_many_copies_that_know_all_say_the_same(tmp_path: Path, drawn: int) -> None:
    converge(tmp_path, drawn)


def converge(folder: Path, seed: int) -> None:
    """Draw what several people do, let all know all, and look."""
    hands = Hands(seed, folder)
    hands.run(60)
    del_watch = hands.copies.places.pop("watch")
    hands.copies.exchange()
    hands.copies.exchange()
    hands.copies.places["watch"] = del_watch
    hands.watched()
    hands.copies.places.pop("watch")
    others = [name for name in hands.copies.places if name != "home"]
    closely, more = hands.draw.sample(others, 2), (*EXPORTS, *FILES, *hands.past())
    ledger, read = hands.copies.ledger("home"), hands.exported("home", more)
    assert hands.copies.whole("home") == [], hands.steps
    for day in hands.draw.sample(range(13, 23), 2):  # what was there before is dated about the 12th
        hands.copies.changed("home", f"2020-03-{day}", "--as-of", f"2020-03-{day}", day="2020-04-02")
    for name in others:
        assert hands.copies.whole(name) == [], (name, hands.steps)
        each = hands.copies.ledger(name)
        assert each == ledger, (name, [a for a in each if a not in ledger][:5],
                                [a for a in ledger if a not in each][:5], hands.steps)  # fmt: skip
        for argv, lines in hands.exported(name, more if name in closely else EXPORTS).items():
            assert lines == read[argv], (name, argv, hands.steps)
        assert hands.seal(name) == hands.seal("home"), (name, hands.steps)
    stands = set(_TEXT.findall(b"".join(transfer.export(hands.copies.places["home"])).decode()))
    assert stands.isdisjoint(hands.redacted), (stands & hands.redacted, hands.steps)
    commands = {str(uid) for (uid,) in hands.copies.rows("home", "SELECT uid FROM batch")}
    assert hands.told.keys() <= commands, hands.steps
    counted = "count(CASE WHEN status <> 'void' THEN 1 END), count(CASE WHEN status = 'closed' THEN 1 END)"
    found, solved = hands.copies.rows("home", f"SELECT {counted} FROM problem")[0]
    assert (found, solved, found - solved) == hands.acts.counts(), hands.steps
