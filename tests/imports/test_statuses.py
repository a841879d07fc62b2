"""What an import makes of a problem's status, by where it stands and by what its row says."""

import csv
import io
import json
from itertools import product
from pathlib import Path

import pytest
from tests.conftest import Run

WORDS = {"open": "待办", "doing": "办理中", "closed": "已销号", "void": "作废"}
PAIRS = list(product(WORDS, WORDS))

LEDGER = """
          open    doing   closed  void
  open    open    doing   closed  void
  doing   doing   doing   closed  void
  closed  closed  closed  closed  void
  void    void    void    void    void
"""
"""A ledger of another's making takes a problem onwards and never back."""
EXPORT = """
          open    doing   closed  void
  open    open    doing   closed  void
  doing   doing   doing   closed  void
  closed  doing   doing   closed  void
  void    doing   doing   closed  void
"""
"""An export that was edited says where the problem is, but what was begun stays begun."""


def read(table: str) -> dict[tuple[str, str], str]:
    head, *rows = (line.split() for line in table.strip().splitlines())
    return {(row[0], says): became for row in rows for says, became in zip(head, row[1:], strict=True)}


def text(stands: str, says: str) -> str:
    return f"现在是{WORDS[stands]}，表里写{WORDS[says]}"


def standing(fugong: Run) -> dict[str, str]:
    """The status of every problem by its text."""
    items = json.loads(fugong("list", "--status", "all", "--json").stdout)["items"]
    return {each["text"]: each["status"] for each in items}


@pytest.fixture
def sixteen(county: Path, tmp_path: Path, fugong: Run) -> Path:
    """A store with a problem for each pair of statuses, and no others that live."""
    fugong("void", "1-1,1-2,1-3,1-4,1-5,2-1,2-2,2-3", "--why", "不在此例")
    path = tmp_path / "before.csv"
    lines = [f"一,{text(*pair)},{WORDS[pair[0]] if pair[0] != 'void' else '待办'}" for pair in PAIRS]
    path.write_text("\n".join(["组号,问题描述,状态", *lines]), encoding="utf-8")
    assert fugong("import", str(path)).exit_code == 0
    items = json.loads(fugong("list", "--status", "all", "--json").stdout)["items"]
    void = [each["id"] for each in items if each["text"].startswith("现在是作废")]
    assert fugong("void", ",".join(void), "--why", "重复").exit_code == 0
    return county


def test_a_ledger_takes_a_problem_onwards_and_never_back(sixteen: Path, tmp_path: Path, fugong: Run) -> None:
    path = tmp_path / "again.csv"
    lines = [f"一,{text(*pair)},{WORDS[pair[1]]}" for pair in PAIRS]
    path.write_text("\n".join(["组号,问题描述,状态", *lines]), encoding="utf-8")
    assert fugong("import", str(path)).exit_code == 0
    became = standing(fugong)
    assert {pair: became[text(*pair)] for pair in PAIRS} == read(LEDGER)


def test_an_edited_export_takes_a_problem_to_where_it_says(sixteen: Path, tmp_path: Path, fugong: Run) -> None:
    path = tmp_path / "export.csv"
    assert fugong("list", "--status", "all", "-o", str(path)).exit_code == 0
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    for row in rows:
        says = {text(*pair): WORDS[pair[1]] for pair in PAIRS}.get(row["问题描述"])
        row["状态"] = says or row["状态"]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    result = fugong("import", str(path), "--take", "file")
    assert result.exit_code == 0, result.stderr
    became = standing(fugong)
    assert {pair: became[text(*pair)] for pair in PAIRS} == read(EXPORT)


def test_where_closings_are_reviewed_a_closed_row_applies_and_one_that_waits_stays(
    sixteen: Path, tmp_path: Path, fugong: Run
) -> None:
    assert fugong("store", "set", "review", "on").exit_code == 0
    items = json.loads(fugong("list", "--json").stdout)["items"]
    (waits,) = [each["id"] for each in items if each["text"] == text("open", "open")]
    assert fugong("close", waits, "口罩到货").exit_code == 0
    path = tmp_path / "again.csv"
    lines = [f"一,{text(*pair)},{WORDS[pair[1]]}" for pair in PAIRS]
    path.write_text("\n".join(["组号,问题描述,状态", *lines, "一,新的一个,已销号"]), encoding="utf-8")
    assert fugong("import", str(path)).exit_code == 0
    became = standing(fugong)
    assert became["新的一个"] == became[text("open", "closed")] == became[text("doing", "closed")] == "pending"
    assert became[text("closed", "closed")] == "closed"
    assert became[text("open", "open")] == "pending"  # though the row says that it has not begun
    assert fugong("import", str(path), "--approved").exit_code == 0
    became = standing(fugong)
    assert became["新的一个"] == became[text("open", "closed")] == became[text("doing", "closed")] == "closed"


def test_a_row_that_waits_for_a_review_is_in_progress_where_nothing_is_reviewed(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    path = tmp_path / "theirs.csv"
    path.write_text("组号,问题描述,状态\n一,缺煤,待审核\n", encoding="utf-8")
    assert fugong("import", str(path)).exit_code == 0
    assert standing(fugong)["缺煤"] == "doing"
