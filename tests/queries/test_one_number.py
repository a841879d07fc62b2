"""One figure is one number: whatever two reports state of a store, they state alike, at every cut-off."""

import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import Run
from tests.drawing import many
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
        for by in BY:
            other = document("progress", "--by", by, *cut)
            assert [other["total"][key] for key in COUNTS] == [total[key] for key in COUNTS], by
            assert other["published"] == stated["published"]
        said = document("summary", *cut)
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


def of_the_page(fugong: Run, store: Path, cut: list[str], now: dict[str, str], total: dict[str, int]) -> None:
    """The page's headlines, and every day of its trend beside ``progress`` as of that day."""
    page = store.parent / "page.html"
    assert fugong("--store", str(store), "report", "-o", str(page), *cut, **now).exit_code == 0
    source = page.read_text(encoding="utf-8")
    headlines = dict(re.findall(r"<dt>([^<]+)</dt>\s*<dd[^>]*>([^<]+)", source))
    assert {key: headlines[name] for key, name in HEADS.items()} == {key: str(total[key]) for key in HEADS}
    trend = source.partition('id="trend"')[2].partition("</section>")[0]
    cells = [
        re.findall(r"<t[dh][^>]*>([^<]*)</t[dh]>", row) for row in re.findall(r"<tr[^>]*>(.*?)</tr>", trend, re.DOTALL)
    ]
    days = [row for row in cells if row and re.fullmatch(r"\d{4}-\d\d-\d\d", row[0])]
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


@pytest.mark.soak
@settings(deadline=None, max_examples=2000, suppress_health_check=quietly)
@drawn
def test_what_two_reports_state_is_one_number_two_thousand_times(fugong: Run, drawn: list[int], back: int) -> None:
    agree(fugong, drawn, back)
