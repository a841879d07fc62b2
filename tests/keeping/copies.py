"""A keeper's ledger and its copies, as several people use them."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from fugong import db
from fugong.keeping import check, transfer

DAY = "2020-03-14"


class Copies:
    """A home store and copies of it, each with a command line of its own."""

    def __init__(self, home: Path | str, folder: Path) -> None:
        self.folder = folder
        self.places = {"home": str(home)}

    def __call__(self, name: str, *argv: str, day: str = DAY, ok: bool = True, actor: str = "") -> Result:
        from fugong.cli import app

        env = {"FUGONG_STORE": self.places[name], "FUGONG_TODAY": day, "FUGONG_ACTOR": actor or name}
        result = CliRunner().invoke(app, list(argv), env=env, prog_name="fugong", catch_exceptions=False)
        assert not ok or result.exit_code in (0, 6), result.output
        return result

    def clone(self, name: str, of: str = "home") -> None:
        self.places[name] = str(self.folder / f"{name}.db")
        self(of, "store", "clone", self.places[name], "--for", name)

    def copied_by_hand(self, name: str, of: str) -> None:
        self.places[name] = str(self.folder / f"{name}.db")
        Path(self.places[name]).write_bytes(Path(self.places[of]).read_bytes())

    def bundle(self, name: str, *options: str, day: str = DAY) -> str:
        place = str(self.folder / f"{name}.bundle")
        self(name, "store", "bundle", place, "--force", *options, day=day)
        return place

    def merge(self, into: str, *names: str, options: tuple[str, ...] = ()) -> Result:
        return self(into, "merge", *(self.bundle(name, "--all") for name in names), *options)

    def exchange(self) -> None:
        """Let everybody know everything."""
        for _ in range(2):
            bundles = {name: self.bundle(name, "--all") for name in self.places}
            for into in self.places:
                self(into, "merge", *(bundles[name] for name in self.places if name != into))

    def gather(self) -> None:
        """The keeper merges what all have, and all merge what the keeper has; once more if a copy became another."""
        others = [name for name in self.places if name != "home"]
        said = [self.merge("home", *others), *(self.merge(name, "home") for name in others)]
        if any("新的号段" in each.stderr for each in said):
            self.gather()

    def whole(self, name: str) -> list[object]:
        with db.examining(self.places[name]) as session:
            return list(check.findings(session))

    def rows(self, name: str, sql: str) -> list[tuple[Any, ...]]:
        with db.reading(self.places[name]) as reader:
            return list(reader.rows(sql))

    def changed(self, name: str, until: str, *cut: str, day: str = DAY) -> None:
        """What the summary says that a day changed is how far its end is from the end of the day before."""
        eve = (date.fromisoformat(until) - timedelta(days=1)).isoformat()

        def document(*argv: str) -> Any:
            return json.loads(self(name, *argv, "--json", day=day).stdout)

        said = document("summary", *cut)
        now, then = (document("progress", *which) for which in (cut, ("--as-of", eve)))
        keys = ("found", "solved", "in_hand")
        assert said["change"] == {key: now["total"][key] - then["total"][key] for key in keys}, (name, cut)
        teams = {each["team"]: (each["found"], each["solved"]) for each in said["teams"]}
        was = {each["team"]: each for each in then["items"]}
        moved = {each["team"]: tuple(each[key] - was[each["team"]][key] for key in keys[:2]) for each in now["items"]}
        assert teams == {team: change for team, change in moved.items() if any(change)}, (name, cut)
        new, solved = (len(said[part]) for part in ("new", "closed"))
        assert (new - len(said["voided"]), solved - len(said["reopened"])) == tuple(said["change"].values())[:2]

    def conflicts(self, name: str) -> list[str]:
        return [str(each) for (each,) in self.rows(name, "SELECT attribute FROM conflict ORDER BY subject, attribute")]

    def problem(self, name: str, ident: str) -> dict[str, Any]:
        columns = "status, applied_on, closed_on, how, text, department, due_on, chased, reopened, assist, duplicate_of"
        (row,) = self.rows(name, f"SELECT {columns} FROM v_problem WHERE id = '{ident}'")
        return dict(zip(columns.split(", "), (None if each is None else each for each in row), strict=True))

    def ledger(self, name: str) -> list[object]:
        """All that is not this store's own, by what it says."""
        return said(self.places[name])


LOCAL = {"team": {"next_number", "next_activity", "skipped"}, "batch": {"arrived_at"}, "event": {"place"}}
"""What of an export's rows is the store's own, and told by no event (ADR 28); so is the order of the lines."""
LOCAL_TABLES = {"fact", "peer"}
"""And the rows that are so altogether."""


def said(place: str) -> list[object]:
    """What a store says, whatever came to it first: the lines of its export without what is its own, sorted.

    They are the bytes that ``store export`` writes, and behind them the number that each problem is shown with.
    """
    _, *rows, _ = transfer.export(place)
    lines = list[bytes]()
    for row in rows:
        table, told = json.loads(row)
        if table not in LOCAL_TABLES:
            own = LOCAL.get(table, set())
            shared = transfer.line([table, {name: told[name] for name in told if name not in own}])
            assert own & told.keys() or shared == row
            lines.append(shared)
    with db.reading(place) as reader:
        shown = [list(map(str, row)) for row in reader.rows("SELECT id, uid FROM v_problem ORDER BY uid")]
    return [*sorted(lines), *shown]


Ask = Callable[..., Result]


def same(copies: Copies, *names: str) -> None:
    """All know all, say the same, and are whole."""
    copies.gather()
    told = copies.ledger("home")
    for name in names or copies.places:
        assert copies.whole(name) == []
        assert copies.ledger(name) == told


def settled(copies: Copies, *abouts: str) -> None:
    """These things are in conflict, with a sentence; each side can be taken, and then nothing is, anywhere."""
    same(copies)
    assert copies.conflicts("home") == sorted(abouts)
    listed = json.loads(copies("home", "conflict", "list", "--json").stdout)["items"]
    assert {each["about"] for each in listed} == set(abouts)
    assert all(each["why"] and each["says"] and each["actor"] and each["on"] for each in listed)
    said = list(
        csv.DictReader(io.StringIO(copies("home", "conflict", "list", "--format", "csv").stdout.lstrip("\ufeff")))
    )
    words = {each["about"]: row["哪一处"] for each, row in zip(listed, said, strict=True)}
    assert not any(word.isascii() for word in words.values()), words
    for side in {each["about"]: each for each in listed}.values():
        about = ("--about", words[side["about"]])
        assert copies("home", "conflict", "settle", side["id"], "--take", side["take"], *about).exit_code == 0
    same(copies)
    assert copies.conflicts("home") == []
