"""``report``: the page for the meeting has the figures of every other report, in both languages, on phone and paper."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests import chromium
from tests.conftest import Run
from tests.county import fingerprint, lay, outcome
from tests.output.test_page import Document
from tests.test_languages import CHINESE, leftover

SEED = Path(__file__).parents[2] / "data" / "seed.yaml"


def made(fugong: Run, folder: Path, *argv: str, **env: str) -> str:
    """The page as it was written."""
    out = folder / "report.html"
    status, said, told = outcome(fugong("report", "-o", str(out), "--force", *argv, **env))
    assert (status, said, told.split()[-1]) == (0, "", str(out))
    return out.read_text(encoding="utf-8")


def rows(source: str, section: str) -> list[list[str]]:
    """The cells of a section's table body and foot, without the drawings."""
    (part,) = re.findall(rf'<section id="{section}".*?</section>', source, re.DOTALL)
    found = re.findall(r'<tr role="row">(.*?)</tr>', part, re.DOTALL)
    cells = [re.findall(r'<td class="of-[^>]*>(.*?)</td>', row, re.DOTALL) for row in found]
    return [[re.sub(r"<[^>]*>", "", cell) for cell in row] for row in cells if row]


def figures(source: str) -> dict[str, int]:
    head = source.partition("<section")[0]
    found = re.findall(r'<div class="(\w+)(?: zero)?"><dt>[^<]*</dt><dd>(\d+)</dd>', head)
    return {key: int(value) for key, value in found}


def progress(fugong: Run, *argv: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(fugong("progress", "--format", "json", *argv).stdout)
    return document


@pytest.mark.parametrize("argv", [(), ("--as-of", "2020-03-11")])
def test_every_figure_is_that_of_progress(fugong: Run, county: Path, tmp_path: Path, argv: tuple[str, ...]) -> None:
    source, stated = made(fugong, tmp_path, *argv), progress(fugong, *argv)
    keys = ("resumed", "found", "solved", "in_hand", "overdue")
    assert figures(source) == {key: stated["total"][key] for key in keys}
    assert [row[:6] for row in rows(source, "teams")[:-1]] == [
        [item["name"] or "（未分组）", *(str(item[key]) for key in keys)] for item in stated["items"]
    ]
    assert rows(source, "trend")[-1][1:] == [str(stated["total"][key]) for key in ("found", "solved", "in_hand")]
    departments = progress(fugong, "--by", "department", *argv)["items"]
    shining = ("in_hand", "red", "yellow", "green", "grey")
    assert [row[1:] for row in rows(source, "lights")[:-1]] == [
        [str(item[key]) for key in shining] for item in departments if item["in_hand"]
    ]
    listed = [[str(row[key]) for key in ("value", "ledger", "difference")] for row in stated["published"]]
    assert [row[1:4] for row in rows(source, "published")] == listed


def test_the_week_is_that_of_weekly_and_stands_beside_the_one_before(fugong: Run, county: Path, tmp_path: Path) -> None:
    fugong("close", "1-3", "贷款到账", "--on", "2020-03-13")
    source = made(fugong, tmp_path)
    week = json.loads(fugong("weekly", "--json").stdout)
    (part,) = re.findall(r'<section id="week".*?</section>', source, re.DOTALL)
    said = dict(re.findall(r'<div class="(\w+)(?: zero)?"><dt>[^<]*</dt><dd>([^<]*)</dd>', part))
    total = week["total"]
    on_time = total["on_time"]["now"]
    assert said == {
        "new": str(total["new"]["now"]),
        "closed": str(total["closed"]["now"]),
        "on_time": f"{on_time['count']}/{on_time['of']}",
        "dissatisfied": str(total["dissatisfied"]["now"]),
    }
    assert f'<dd class="before">上周 {total["new"]["before"]}，+' in part
    shown = [[re.sub("[+−].*", "", cell) for cell in row[:5]] for row in rows(source, "teams-week")[:-1]]
    keys = ("new", "closed", "in_hand", "overdue")
    assert shown == [[each["name"], *(str(each[key]["now"]) for key in keys)] for each in week["items"]]
    before = progress(fugong, "--as-of", week["before_to"])["total"]["in_hand"]
    assert f'<dd class="before">上周末 {before}' in source


def test_what_is_new_and_what_was_closed_stand_beside_each_other_and_lateness_is_named(
    fugong: Run, county: Path, tmp_path: Path
) -> None:
    fugong("close", "1-3", "贷款到账", "--on", "2020-03-13")  # it was due on the 11th
    for number in range(12):
        fugong("log", "甲厂", f"新的第 {number} 个")
    week = json.loads(fugong("weekly", "--json").stdout)
    (part,) = re.findall(r'<section id="news".*?</section>', made(fugong, tmp_path), re.DOTALL)
    new, closed = part.split("<h3>")[1:]
    rest = week["new"][10:]
    assert re.findall("<li><b>([^<]*)</b>", new) == week["new"][:10]
    assert f"另有 {len(rest)} 个：{'、'.join(f'<span>{each}</span>' for each in rest)}" in new
    assert re.findall("<li><b>([^<]*)</b>", closed) == week["closed"]
    assert re.search(r"<b>1-3</b>.*?贷款到账 <em>晚 2 天</em>", closed, re.DOTALL)


def test_what_waits_for_a_level_above_work_in_firms_and_milestones_are_told(
    fugong: Run, county: Path, tmp_path: Path
) -> None:
    assert fugong("escalate", "2-1", "--to", "city", "--why", "要市里定").exit_code == 0
    assert (
        fugong(
            "support", "add", "甲厂", "物资", "送酒精", "--item", "酒精", "--quantity", "50", "--unit", "公斤"
        ).exit_code
        == 0
    )
    source = made(fugong, tmp_path)
    assert ["市", "2-1"] in [row[:2] for row in rows(source, "escalated")]
    work = {row[0]: row[1:] for row in rows(source, "work")}
    assert work["服务"][0] == "2"
    assert "酒精 50公斤" in work["服务"][2]
    reached = json.loads(fugong("progress", "--by", "milestone", "--json").stdout)["total"]
    shown = [row[1] for row in rows(source, "milestones")]
    assert shown == [
        f"{count['reached']}/{reached['enterprises']}" for count in reached["milestones"].values() if count["reached"]
    ]


def test_days_are_folded_under_their_chart(fugong: Run, county: Path, tmp_path: Path) -> None:
    source = made(fugong, tmp_path)
    (part,) = re.findall(r'<section id="trend".*?</section>', source, re.DOTALL)
    assert re.search(r"<svg.*</svg>.*<details><summary>.*<table", part, re.DOTALL)
    assert "<details open" not in source


def test_what_awaits_its_review_is_a_figure_of_its_own(fugong: Run, county: Path, tmp_path: Path) -> None:
    assert "pending" not in figures(made(fugong, tmp_path))
    fugong("store", "set", "review", "on")
    fugong("close", "1-1", "口罩到货")
    assert figures(made(fugong, tmp_path))["pending"] == 1
    assert made(fugong, tmp_path).count(">〔待审核〕") == 1
    assert made(fugong, tmp_path).count("申请销号，待审核") == 1


def test_the_open_list_is_list_with_the_worst_first(fugong: Run, county: Path, tmp_path: Path) -> None:
    listed = json.loads(fugong("list", "--format", "json").stdout)["items"]
    shown = [row[0] for row in rows(made(fugong, tmp_path), "open")]
    assert sorted(shown) == sorted(item["id"] for item in listed)
    lights = {item["id"]: item["light"] for item in listed}
    assert [lights[ident] for ident in shown] == ["red", "yellow", "grey"]


def test_resumption_counts_every_enterprise_once(fugong: Run, county: Path, tmp_path: Path) -> None:
    assert rows(made(fugong, tmp_path), "stages") == [
        ["未知", "1"], ["停工", "1"], ["筹备", "1"], ["已复工", "1"], ["满产", "1"], ["合计", "5"],
    ]  # fmt: skip


def test_found_and_solved_grow_by_their_business_dates(fugong: Run, county: Path, tmp_path: Path) -> None:
    assert rows(made(fugong, tmp_path), "trend") == [
        ["2020-03-07", "0", "0", "0"],
        ["2020-03-08", "1", "0", "1"],
        ["2020-03-09", "2", "0", "2"],
        ["2020-03-10", "3", "0", "3"],
        ["2020-03-11", "3", "1", "2"],
        ["2020-03-12", "5", "2", "3"],
        ["2020-03-13", "5", "2", "3"],
    ]


def test_a_long_time_is_shown_in_equal_steps_that_end_at_the_cut_off(fugong: Run, county: Path, tmp_path: Path) -> None:
    shown = rows(made(fugong, tmp_path, FUGONG_TODAY="2021-03-13"), "trend")
    assert len(shown) <= 16
    assert (shown[0][1], shown[-1]) == ("0", ["2021-03-13", "5", "2", "3"])


def test_the_same_store_and_cut_off_give_the_same_bytes(fugong: Run, county: Path, tmp_path: Path) -> None:
    before = fingerprint(county)
    assert made(fugong, tmp_path) == made(fugong, tmp_path)
    assert fingerprint(county) == before


def test_an_english_page_has_no_chinese_but_the_data(fugong: Run, county: Path, tmp_path: Path) -> None:
    source = made(fugong, tmp_path, FUGONG_LANG="en")
    text = " ".join(Document(source).text)
    assert '<html lang="en">' in source
    assert CHINESE.findall(leftover({"argv": [], "stdout": text, "stderr": ""}, "en")) == []


def test_a_chinese_page_has_no_english_word(fugong: Run, county: Path, tmp_path: Path) -> None:
    source = made(fugong, tmp_path)
    body = Document(source[source.index("<body>") :])
    assert '<html lang="zh-CN">' in source
    assert re.findall("[A-Za-z]{2,}", " ".join(body.text)) == []


def test_an_empty_store_makes_a_page_that_says_so(fugong: Run, empty_store: Path, tmp_path: Path) -> None:
    source = made(fugong, tmp_path)
    assert set(figures(source).values()) == {0}
    assert "没有登记问题。" in source
    assert Document(source).count("table") == 0


def test_a_hostile_title_is_only_shown(fugong: Run, county: Path, tmp_path: Path) -> None:
    text = '<img src=x onerror=alert(1)>"&</td><script>'
    assert fugong("log", "甲厂", text).exit_code == 0
    document = Document(made(fugong, tmp_path))
    assert text in document.text
    assert (document.count("img"), document.count("script"), document.open, document.broken) == (0, 0, [], [])


def test_an_existing_file_is_left_alone(fugong: Run, county: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    out.write_text("旧")
    code, stdout, stderr = outcome(fugong("report", "-o", str(out)))
    assert (code, stdout, out.read_text()) == (1, "", "旧")
    assert "--force" in stderr


def test_a_page_is_named_html(fugong: Run, county: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    code, _, stderr = outcome(fugong("report", "-o", str(out)))
    assert (code, out.exists()) == (1, False)
    assert "fugong report --output report.html" in stderr


def test_the_file_must_be_said(fugong: Run, county: Path) -> None:
    assert fugong("report").exit_code == 2


def test_a_missing_store_is_refused(fugong: Run, store: Path, tmp_path: Path) -> None:
    assert fugong("report", "-o", str(tmp_path / "report.html")).exit_code == 5


needs_browser = pytest.mark.skipif(
    chromium.found() is None, reason="no Chromium on this machine: apt-get install chromium (.ci/run tries to)"
)


@needs_browser
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_browser_shows_the_page_on_a_phone_and_on_paper(
    fugong: Run, store: Path, tmp_path: Path, language: str
) -> None:
    lay(store)
    assert fugong("log", "甲厂", "无空格的长文字" * 50 + "x" * 300, "--due", "3d").exit_code == 0
    assert fugong("log", "甲厂", "<script>document.title = 'run'</script><img src=//example.org/x>").exit_code == 0
    made(fugong, tmp_path, FUGONG_LANG=language)
    page, browser = tmp_path / "report.html", chromium.found()
    assert browser
    with chromium.tab(browser, tmp_path / "profile") as tab:
        tab.open(page)
        for width, medium in ((360, "screen"), (320, "screen"), (768, "screen"), (1280, "screen"), (688, "print")):
            tab.screen(width, medium=medium)
            assert tab.value("document.documentElement.scrollWidth") == width, (width, medium)
        tab.screen(1280)
        edges = [f"document.querySelector('{each}').getBoundingClientRect().left" for each in ("h1", "dt", "#week dt")]
        assert len({tab.value(edge) for edge in edges}) == 1
        shown = "getComputedStyle(document.querySelector('details')).display"
        assert tab.value(shown) != "none"
        tab.screen(688, medium="print")
        assert tab.value(shown) == "none"
        kept = "[...document.querySelectorAll('h2, h3, thead')].every(e => getComputedStyle(e).breakAfter == 'avoid')"
        assert tab.value(kept)
        beside = "[...document.querySelectorAll('.note')].map(e => getComputedStyle(e).breakBefore)"
        assert set(tab.value(beside)) == {"avoid"}
        papers = []
        for medium, scheme in (("screen", "light"), ("screen", "dark"), ("print", "dark")):
            tab.screen(688, medium=medium, scheme=scheme)
            papers.append(tab.background())
        assert papers[0] == papers[2] == "rgb(255, 255, 255)" != papers[1]
        assert b"/MediaBox [0 0 594.95996 841.91998]" in tab.printed()
        assert tab.value("document.title") != "run"
        assert tab.requests == [page.as_uri()]
        assert tab.complaints == []
