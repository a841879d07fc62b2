"""Ledgers as offices make them, kept in ``tests/data/cases`` with what an office would rightly expect of each row."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run
from tests.county import lay
from typer.testing import Result

from fugong.seed.load import load_files

ROOT = Path(__file__).parents[2]
CASES = sorted(path.parent for path in (ROOT / "tests" / "data" / "cases").glob("*/expected.json"))
AGAIN = "(the last one again, same store)"
COMPARED = ("team", "enterprise", "text", "found_on", "due_on", "status", "closed_on", "department", "person")


def seeded(store: str) -> None:
    """Make a store that holds the seed of the article."""
    load_files(store, [ROOT / "data" / "seed.yaml"], actor="录入员")


@cache
def expected(case: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    return found


def departments(fugong: Run) -> dict[str, str]:
    """The departments by all their names; an office writes any of them."""
    items = json.loads(fugong("department", "list", "--format", "json").stdout)["items"]
    return {name: each["name"] for each in items for name in (each["name"], *each["aliases"])}


def listed(fugong: Run) -> dict[str, dict[str, Any]]:
    """All problems by their numbers."""
    items = json.loads(fugong("list", "--status", "all", "--format", "json").stdout)["items"]
    return {each["id"]: each for each in items}


def plain(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def differs(wanted: dict[str, Any], found: dict[str, Any], soft: Any) -> list[str]:
    """What of a problem is not as it should be; a list of values means any of them."""
    lenient = soft if isinstance(soft, dict) else {}
    wrong = []
    for name in COMPARED:
        if name not in wanted or name in lenient:
            continue
        values = wanted[name] if isinstance(wanted[name], list) else [wanted[name]]
        if plain(found[name]) not in map(plain, values):
            wrong.append(f"{name}: {found[name]!r} instead of {wanted[name]!r}")
    if "assist" in wanted and "assist" not in lenient and found["assist"] != wanted["assist"]:
        wrong.append(f"assist: {found['assist']!r} instead of {wanted['assist']!r}")
    if wanted.get("how") and plain(wanted["how"]) not in (plain(found["how"]) or ""):
        wrong.append(f"how: {found['how']!r} instead of {wanted['how']!r}")
    return wrong


def among(number: int, wanted: Any) -> bool:
    """Whether a count is the one that is wanted, or lies between two."""
    return bool(wanted[0] <= number <= wanted[-1] if isinstance(wanted, list) else number == wanted)


def rows_of(result: Result) -> dict[int, list[dict[str, Any]]]:
    """What was said of each row."""
    said: dict[int, list[dict[str, Any]]] = {}
    for line in json.loads(result.stdout)["items"] if result.stdout else ():
        said.setdefault(line["row"], []).append(line)
    return said


class Judge:
    """Finds what is wrong with the rows of one run, in words."""

    def __init__(
        self,
        case: dict[str, Any],
        result: Result,
        problems: dict[str, dict[str, Any]],
        argv: list[str],
        names: dict[str, str],
    ) -> None:
        self._names = names
        self.wrong: list[str] = []
        self._rows = rows_of(result)
        self._said = result.stdout + result.stderr
        self._problems = problems
        for each in case["must_import"]:
            self._must_import(each["row"], each, each.get("soft"))
            self.wrong += [
                f"row {each['row']}: {flag} is not said" for flag in each.get("flags", ()) if flag not in self._said
            ]
        for each in case["must_refuse"]:
            if "--create" in argv and "with_create_enterprises" in each:
                self._must_import(each["row"], each["with_create_enterprises"], None)
            else:
                self._must_refuse(each)
        for each in case["either"]:
            if self._problem(each["row"]):
                self._must_import(each["row"], each["if_imported"], None)
            elif each["row"] not in self._rows:
                self.wrong.append(f"row {each['row']} is lost")
        taken = [each for each in case["not_data"] if each["row"] in self._rows]
        self.wrong += [f"row {each['row']} was taken for data: {each['what']}" for each in taken]

    def _problem(self, row: int) -> dict[str, Any] | None:
        ids = [line["id"] for line in self._rows.get(row, ()) if line["id"]]
        return self._problems[ids[0]] if ids else None

    def _must_import(self, row: int, wanted: dict[str, Any], soft: Any) -> None:
        found = self._problem(row)
        if "department" in wanted:
            named = self._names.get(wanted["department"], wanted["department"])
            wanted = wanted | {
                "department": named,
                "assist": [self._names.get(each, each) for each in wanted.get("assist", ())],
            }
        if found:
            self.wrong += [f"row {row}: {each}" for each in differs(wanted, found, soft)]
            return
        refused = any(line["outcome"] == "refused" for line in self._rows.get(row, ()))
        if not (refused and isinstance(soft, dict) and "(whole row)" in soft):
            self.wrong.append(f"row {row} did not come in")

    def _must_refuse(self, wanted: dict[str, Any]) -> None:
        row = wanted["row"]
        if self._problem(row):
            self.wrong.append(f"row {row} came in: {wanted['reason']}")
        elif row not in self._rows and f"第 {row} 行「" not in self._said:
            self.wrong.append(f"row {row} is not accounted for")
        self.wrong += [
            f"row {row}: {each} is not offered" for each in wanted.get("candidates", ()) if each not in self._said
        ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.name))
def test_a_ledger_comes_in_as_its_office_would_expect(
    store: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fugong: Run, case: Path
) -> None:
    wanted = expected(case)
    monkeypatch.setenv("FUGONG_TODAY", wanted["today"])
    path = tmp_path / wanted["file"]
    path.write_bytes((case / wanted["file"]).read_bytes())
    argv: list[str] = []
    wrong: list[str] = []
    for run in wanted["runs"]:
        again = run["args"] == [AGAIN]
        argv = argv if again else run["args"]
        if not again:
            lay(store, seeded)
        before = listed(fugong)
        command = ["import", str(path), *argv, "--format", "json", *(["--force"] if "--keep-going" in argv else [])]
        rehearsed = fugong(*command, "--dry-run")
        assert listed(fugong) == before
        result = fugong(*command)
        after = listed(fugong)
        here = [] if among(result.exit_code, run.get("exit", [0, 6])) else [f"exit {result.exit_code}: {result.stderr}"]
        if not among(len(after) - len(before), run.get("added", [0, 1000])):
            here.append(f"{len(after) - len(before)} problems were added")
        if result.exit_code in (0, 6) and not again:
            here += Judge(wanted, result, after, argv, departments(fugong)).wrong
            said, done = rows_of(rehearsed), rows_of(result)
            here += [f"row {row}: the rehearsal says otherwise" for row in done if said.get(row) != done[row]]
        wrong += [f"{' '.join(argv) or 'as it is'}{', again' if again else ''}: {each}" for each in here]
    assert not wrong, "\n".join(wrong)
