"""One figure is one number: whatever two reports state of a store, they state alike, at every cut-off.

Trials §1.5–1.7.
"""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from tests.conftest import Run
from tests.county import lay
from tests.drawing import many
from tests.pages import trend_of
from tests.queries.lives import a_county, acts, at, enter
from tests.queries.test_stability import quietly

BY = ("team", "enterprise", "department", "category", "township", "county")
COUNTS = ("found", "solved", "in_hand", "overdue", "pending")
HEADS = {"found": "发现", "solved": "解决", "in_hand": "正在解决", "overdue": "逾期", "resumed": "已复工"}


def agree(fugong: Run, drawn: list[int], back: int) -> None:
    with a_county() as store:
        done = enter(fugong, store, drawn, 0)
        now = {"FUGONG_TODAY": at(done)}
        day = (datetime.fromisoformat(at(done)) - timedelta(days=back)).date().isoformat()
        cut = ["--as-of", day] if back else []

        def document(*argv: str) -> Any:
            printed = fugong("--store", str(store), *argv, "--format", "json", **now)
            assert printed.exit_code in (0, 6), printed.output
            return json.loads(printed.stdout)

        stated = document("progress", *cut)
        total = stated["total"]
        assert total["found"] == total["solved"] + total["in_hand"]
        for key in (*COUNTS, "resumed", "enterprises_named", "publicity", "supervision", "service"):
            summed = sum(item[key] for item in stated["items"])
            assert summed == total[key], key
        assert total["resumed"] == stated["resumption"]["resumed"]
        said = document("summary", *cut)
        since = of_what_was_told(document, stated.get("since_published"), total)
        assert said.get("since_published") == since
        for by in BY:
            other = document("progress", "--by", by, *cut)
            assert [other["total"][key] for key in COUNTS] == [total[key] for key in COUNTS], by
            assert other["published"] == stated["published"]
            assert other.get("since_published") == since, by
        assert {**said["total"], "resumed": said["resumed"]} == {
            **{key: total[key] for key in (*COUNTS, "rate")}, "resumed": total["resumed"],
        }  # fmt: skip
        assert len(said["lights"]["red"]) == total["overdue"]
        listed = [row["status"] for row in document("list", "--status", "all", *cut)["items"]]
        assert (len(listed) - listed.count("void"), listed.count("closed")) == (total["found"], total["solved"])
        assert len(document("export", "ledger", *cut)["items"]) == total["found"]
        closed = document("progress", "--rates", *cut)["total"]["closed"]
        assert (closed["count"], closed["of"]) == (total["solved"], total["found"])
        of_the_page(fugong, store, cut, now, total)
        of_the_week(document, day, total)
        for paper in document("notice", "list", *cut)["items"]:
            (row,) = document("show", paper["id"], *cut)["items"]
            assert (row["enterprise"] or "", row["text"]) == (paper["enterprise"] or "", paper["text"])
            assert paper in document("notice", "show", paper["id"], *cut)["items"]
        before = (datetime.fromisoformat(day) - timedelta(days=1)).date().isoformat()
        was = document("progress", "--as-of", before)["total"]
        if not any(item["approximate"] for item in document("list", "--status", "all", *cut)["items"]):
            change = {key: total[key] - was[key] for key in ("found", "solved", "in_hand")}
            assert said["change"] == change
        assert fugong("--store", str(store), "publish", "--name", "本次", *cut, **now).exit_code == 0
        rows = [row for row in document("reconcile", "本次")["items"] if row["scope"] is None]
        assert {row["measure"]: (row["stated"], row["ledger"]) for row in rows} == {
            key: (total[key], total[key]) for key in ("found", "solved", "in_hand", "resumed")
        }


def of_what_was_told(document: Callable[..., Any], since: Any, total: dict[str, int]) -> Any:
    """The distance to a publication: from what it stated to what is stated now, and the sum of its causes."""
    if since is not None:
        figures = document("figure", "list", "--published")["items"]
        published = {
            each["measure"]: each["value"]
            for each in figures
            if (each["publication"], each["team"]) == (since["name"], None)
        }
        for row in since["measures"]:
            key = row["measure"]
            assert (row["value"], row["now"]) == (published[key], total[key]), key
            causes = row["causes"].values()
            assert row["difference"] == row["now"] - row["value"] == sum(cause["sum"] for cause in causes), key
    return since


def of_the_week(document: Callable[..., Any], day: str, total: dict[str, int]) -> None:
    """What the week ends with beside ``progress``, and what it names beside ``list``."""
    week = document("weekly", "--to", day)
    for key in ("in_hand", "overdue"):
        assert week["total"][key]["now"] == total[key]
    for rows in (week["items"], week["departments"], week["categories"]):
        for key in ("new", "closed", "in_hand", "overdue"):
            for when in ("now", "before"):
                assert sum(row[key][when] for row in rows) == week["total"][key][when], key
    asked = ("list", "--status", "live", "--status", "closed", "--as-of", day)
    found = document(*asked, "--since", week["from"], "--until", week["to"])["items"]
    assert [sorted(week["new"]), week["total"]["new"]["now"]] == [sorted(row["id"] for row in found), len(found)]
    closed = document("list", "--closed-since", week["from"], "--closed-until", week["to"], "--as-of", day)["items"]
    assert [sorted(week["closed"]), week["total"]["closed"]["now"]] == [
        sorted(row["id"] for row in closed), len(closed),
    ]  # fmt: skip
    assert len(week["overdue"]) == total["overdue"]


def of_the_page(fugong: Run, store: Path, cut: list[str], now: dict[str, str], total: dict[str, int]) -> None:
    """The page's headlines, and every day of its trend beside ``progress`` as of that day."""
    page = store.parent / "page.html"
    assert fugong("--store", str(store), "report", "-o", str(page), *cut, **now).exit_code == 0
    source = page.read_text(encoding="utf-8")
    headlines = dict(re.findall(r"<dt>([^<]+)</dt>\s*<dd[^>]*>([^<]+)", source))
    assert {key: headlines[name] for key, name in HEADS.items()} == {key: str(total[key]) for key in HEADS}
    days = trend_of(source)
    assert days
    for day, *counts in days[:: max(1, len(days) // 4)] + days[-1:]:
        printed = fugong("--store", str(store), "progress", "--as-of", day, "--format", "json", **now)
        then = json.loads(printed.stdout)["total"]
        assert counts == [str(then[key]) for key in ("found", "solved", "in_hand")], day


drawn = given(drawn=acts, back=st.integers(0, 4))


@settings(deadline=None, max_examples=many(10), suppress_health_check=quietly)
@drawn
def test_what_two_reports_state_is_one_number(fugong: Run, drawn: list[int], back: int) -> None:
    agree(fugong, drawn, back)


def test_what_an_archive_states_is_what_the_ledger_counts(fugong: Run, store: Path, tmp_path: Path) -> None:
    """The page, the ledger, the figures and the papers in it, and what its index says."""
    lay(store)
    paper = str(tmp_path / "交办单.docx")
    for argv in (
        ["log", "甲厂", "缺扳手"], ["close", "2-1", "--how", "已消毒"], ["void", "1-3", "--why", "误登"],
        ["publish", "--name", "本次"], ["notice", "1-1", "--kind", "交办单", "-o", paper],
    ):  # fmt: skip
        assert fugong(*argv).exit_code == 0, argv
    folder = tmp_path / "archive"
    assert fugong("store", "archive", str(folder)).exit_code == 0
    total = json.loads(fugong("progress", "--format", "json").stdout)["total"]
    headlines = dict(
        re.findall(r"<dt>([^<]+)</dt>\s*<dd[^>]*>([^<]+)", (folder / "report.html").read_text(encoding="utf-8"))
    )
    assert {key: headlines[name] for key, name in HEADS.items()} == {key: str(total[key]) for key in HEADS}
    ids = [row["id"] for row in json.loads(fugong("export", "ledger", "--format", "json").stdout)["items"]]
    cells = [str(cell) for row in CalamineWorkbook.from_path(folder / "ledger.xlsx").get_sheet_by_index(0).to_python()
             for cell in row]  # fmt: skip
    assert [cell for cell in cells if cell in ids] == ids
    assert len(ids) == total["found"]
    for name, argv in (("figures", ["export", "figures"]), ("notices", ["notice", "list"])):
        written = (folder / f"{name}.csv").read_bytes()
        assert written == fugong(*argv, "--format", "csv").stdout_bytes, name
    index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    listed = json.loads(fugong("list", "--status", "all", "--format", "json").stdout)["items"]
    assert index["problems"] == len(listed) == total["found"] + 1


@pytest.mark.soak
@settings(deadline=None, max_examples=2000, suppress_health_check=quietly)
@drawn
def test_what_two_reports_state_is_one_number_two_thousand_times(fugong: Run, drawn: list[int], back: int) -> None:
    agree(fugong, drawn, back)
