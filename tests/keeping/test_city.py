"""A city over its counties: three in one store, told apart, every figure theirs; what the city writes goes back."""

from pathlib import Path

import pytest
from tests.conftest import Run
from tests.keeping.copies import Copies
from tests.stores import lay_older
from typer.testing import CliRunner

from fugong.cli import app

ROOT = Path(__file__).parents[2]
SYNTHETIC = (ROOT / "tests" / "data" / "county.yaml").read_text(encoding="utf-8")
COUNTIES = {"襄汾县": "XF", "云岭县": "YL", "青石县": "QS"}
"""The source county, and two synthetic ones whose teams, categories and departments have equal codes and names."""


def seed(name: str, folder: Path) -> Path:
    """What a county's ledger begins with; one calls a category otherwise than the other."""
    if name == "襄汾县":
        return ROOT / "data" / "seed.yaml"
    text = SYNTHETIC.replace("某县", name).replace("county: 邻县, ", "")
    if name == "青石县":
        text = text.replace("zh: 环境卫生", "zh: 环境整治")
    place = folder / f"{name}.yaml"
    place.write_text(text, encoding="utf-8")
    return place


def entered(store: Path, folder: Path, *names: str) -> Copies:
    """A city's store into which these counties came, each from a ledger of its own."""
    made = Copies(store, folder)
    made("home", "init", "--county", "临汾市", "--campaign", "全市帮扶", "--teams", "1")
    for name in names:
        made.places[name] = str(folder / f"{name}.db")
        made(name, "load", str(seed(name, folder)))
        made("home", "merge", made.bundle(name, "--all"), "--county", name, "--prefix", COUNTIES[name])
    return made


@pytest.fixture
def city(store: Path, tmp_path: Path, fugong: Run) -> Copies:
    """A city with the two synthetic counties."""
    del fugong
    return entered(store, tmp_path, "云岭县", "青石县")


def back(city: Copies, name: str) -> str:
    place = str(city.folder / "back.bundle")
    city("home", "store", "bundle", place, "--for", name, "--force")
    return place


def rows(told: str) -> dict[str, list[str]]:
    return {line.split("\t")[0]: line.split("\t")[1:] for line in told.splitlines()}


def test_three_counties_in_one_store_are_told_apart_and_every_figure_is_theirs(
    store: Path, tmp_path: Path, fugong: Run
) -> None:
    del fugong
    city = entered(store, tmp_path, *COUNTIES)
    assert city.whole("home") == []
    by_county = rows(city("home", "progress", "--by", "county").stdout)
    every = 0
    for name, prefix in COUNTIES.items():
        own = rows(city(name, "progress", "--by", "county").stdout)["合计"]
        assert by_county[name] == own
        every += int(own[0])
        theirs = rows(city(name, "progress").stdout)
        here = rows(city("home", "progress").stdout)
        teams = [code for code in theirs if code.isdecimal()]
        assert {code: here[f"{prefix}{code}"][2:] for code in teams} == {code: theirs[code][2:] for code in teams}
        listed = city(name, "list", "--status", "all").stdout.splitlines()[1:]
        filtered = city("home", "list", "--status", "all", "--county", name).stdout.splitlines()[1:]
        assert [line.split("\t")[0] for line in filtered] == [f"{prefix}{line.split()[0]}" for line in listed]
        assert city("home", "list", "--status", "all", "--county", prefix).stdout.splitlines()[1:] == filtered
    assert by_county["合计"][0] == str(every)
    assert f"累计发现问题 {every} 个" in city("home", "summary").stdout
    by_category = rows(city("home", "progress", "--by", "category").stdout)
    assert "QS Hygiene" in city("home", "term", "list", "category").stdout
    assert (by_category["环境卫生"][0], by_category["青石县环境整治"][0]) == ("1", "1")
    assert {"襄汾县工信局", "云岭县工信局", "青石县工信局"} <= set(rows(city("home", "department", "list").stdout))
    for argv in (["report", "-o", str(tmp_path / "page.html")], ["weekly"]):
        assert city("home", *argv).exit_code == 0
    assert "青石县第一组" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_what_the_city_writes_is_back_in_its_county_and_in_no_other(
    city: Copies, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FUGONG_EVIDENCE", str(city.folder / "evidence"))
    city("home", "note", "YL1-1", "市里已协调两千只", actor="市督查")
    city("home", "chase", "YL1-1", actor="市督查")
    city("home", "escalate", "YL1-3", "--to", "city", "--why", "市级协调", actor="市督查")
    city("home", "close", "QS2-1", "市里已消毒", actor="市督查")
    city("home", "publish", "--name", "市一")
    city("home", "note", "QS1-1", "已过问", actor="市督查")
    assert city("home", "reconcile", "市一").exit_code == 0
    assert city.whole("home") == []
    merged = city("云岭县", "merge", back(city, "云岭县"))
    assert merged.stdout.splitlines()[1] == "临汾市\t—\t3\t0\t0\t2\t2020-03-14 12:00:00"
    told = city("云岭县", "show", "1-1").stdout
    assert "市里已协调两千只" in told
    assert "市督查" in told
    assert city.problem("云岭县", "1-1")["chased"] == 1
    assert city.problem("云岭县", "2-1")["status"] != "closed"
    assert city.whole("云岭县") == []
    city("home", "verify", "QS2-1", "--fail", "没有消", actor="市督查")
    city("home", "extend", "QS1-1", "--to", "2020-03-20", "--why", "市里同意", "--late", actor="市督查")
    paper = city.folder / "市函.txt"
    paper.write_text("已批")
    city("home", "attach", "QS1-1", str(paper), actor="市督查")
    city("青石县", "merge", back(city, "QS"))
    assert city.problem("青石县", "2-1")["status"] == "doing"
    assert str(city.problem("青石县", "1-1")["due_on"]) == "2020-03-20"
    told = city("青石县", "show", "1-1", "2-1").stdout
    for said in ("市函.txt", "市里同意", "市里已消毒", "没有消"):
        assert said in told
    assert city.whole("青石县") == city.whole("home") == []
    assert city.rows("青石县", "SELECT count(*) FROM event WHERE text = '市里已协调两千只'") == [(0,)]


def test_both_go_on_and_know_all_of_each_other_in_the_end(city: Copies) -> None:
    city("home", "close", "YL1-1", "市里调来", day="2020-03-14")
    city("云岭县", "note", "1-1", "已联系")
    city("云岭县", "enterprise", "add", "云岭县新厂", "--team", "1")
    city("云岭县", "log", "云岭县新厂", "缺电")
    city("home", "merge", city.bundle("云岭县"))
    city("云岭县", "merge", back(city, "云岭县"))
    city("home", "reopen", "YL1-1", "--why", "没有到")
    city("home", "undo")
    city("home", "merge", city.bundle("云岭县"))
    city("云岭县", "merge", back(city, "云岭县"))
    for name, ident in (("home", "YL1-1"), ("云岭县", "1-1")):
        assert city.whole(name) == []
        assert city.problem(name, ident)["status"] == "closed"
    assert city.problem("home", "YL1-4")["text"] == "缺电"


def test_a_day_that_is_past_is_shown_in_the_words_of_the_city_too(city: Copies) -> None:
    city("青石县", "inspection", "add", "甲厂", "--fail", "环境整治=垃圾未清", "--pass", "防控物资")
    city("home", "merge", city.bundle("青石县"))
    inspected = city("home", "inspection", "list").stdout
    assert "青石县环境整治" in inspected
    newest = "SELECT id FROM v_activity WHERE role = 'supervision' ORDER BY number DESC LIMIT 1"
    (number,) = city.rows("青石县", newest)[0]
    before = city("home", "list", "--status", "all").stdout
    by_category = city("home", "progress", "--by", "category").stdout
    city("青石县", "edit", "2-1", "--category", "supplies", day="2020-03-16")
    city("青石县", "team", "edit", "1", "--name", "改名组", day="2020-03-16")
    city("青石县", "department", "edit", "卫健局", "--name", "卫生局", day="2020-03-16")
    city("青石县", "enterprise", "edit", "丙丁铸造", "--name", "青石县新名铸造有限公司", day="2020-03-16")
    city("青石县", "enterprise", "edit", "戊厂", "--name", "己厂", day="2020-03-16")
    city("云岭县", "enterprise", "edit", "甲厂", "--township", "丙镇", day="2020-03-16")
    city("青石县", "inspection", "edit", number, "--text", "复查", day="2020-03-16")
    lists = [["progress", "--by", each] for each in ("team", "enterprise", "department", "township")]
    shown = [city("home", *argv).stdout for argv in lists]
    city("home", "merge", city.bundle("云岭县"), day="2020-03-16")
    city("home", "merge", city.bundle("青石县"), day="2020-03-16")
    assert "青石县改名组" in city("home", "team", "list").stdout
    assert city("home", "list", "--status", "all", "--as-of", "2020-03-14", day="2020-03-16").stdout == before
    past = ("--as-of", "2020-03-14", "--known-at", "2020-03-15")
    assert [city("home", *argv, *past, day="2020-03-16").stdout for argv in lists] == shown
    assert city("home", "inspection", "list", "--as-of", "2020-03-14", day="2020-03-16").stdout == inspected
    assert "己厂" in city("home", "enterprise", "list", day="2020-03-16").stdout
    then = city("home", "progress", "--by", "category", "--as-of", "2020-03-14", day="2020-03-16").stdout
    assert then.splitlines()[:-1] == by_category.splitlines()[:-1]


def test_townships_of_one_name_are_two_and_a_day_before_has_them_too(city: Copies) -> None:
    for argv in ((), ("--as-of", "2020-03-13")):
        by_township = rows(city("home", "progress", "--by", "township", *argv).stdout)
        assert {"云岭县甲镇", "青石县甲镇"} < set(by_township)
        assert by_township["云岭县甲镇"] == rows(city("云岭县", "progress", "--by", "township", *argv).stdout)["甲镇"]


@pytest.mark.on_a_file
def test_the_names_and_prefixes_of_counties_are_completed(city: Copies, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUGONG_STORE", city.places["home"])
    monkeypatch.setenv("_FUGONG_COMPLETE", "complete_bash")

    def offered(typed: str) -> set[str]:
        monkeypatch.setenv("COMP_WORDS", f"fugong list --county {typed}")
        monkeypatch.setenv("COMP_CWORD", "3")
        return set(CliRunner().invoke(app, [], prog_name="fugong").stdout.split())

    assert offered("") == {"临汾市", "云岭县", "青石县"}
    assert offered("云") == {"云岭县"}
    assert offered("Q") == {"QS"}


@pytest.mark.on_a_file
def test_the_city_corrects_the_days_of_its_own_acts_and_of_no_other(city: Copies) -> None:
    city("云岭县", "note", "1-1", "县里联系过", "--on", "2020-03-13")
    city("home", "merge", city.bundle("云岭县"))
    refused = city("home", "redate", "YL1-1", "--act", "note", "--on", "2020-03-12", ok=False)
    assert (refused.exit_code, "云岭县自己的" in refused.stderr) == (1, True)
    city("home", "chase", "YL1-1")
    city("home", "redate", "YL1-1", "--act", "chase", "--on", "2020-03-12")
    city("home", "undo")
    city("home", "redo")
    city("云岭县", "merge", back(city, "云岭县"))
    assert "2020-03-12\t催办" in city("云岭县", "show", "1-1").stdout
    assert city.whole("云岭县") == city.whole("home") == []


@pytest.mark.on_a_file
def test_the_calendar_of_the_city_moves_no_deadline_of_a_county(city: Copies) -> None:
    city("云岭县", "edit", "1-1", "--due", "7wd")
    city("home", "merge", city.bundle("云岭县"))
    due = city.problem("home", "YL1-1")["due_on"]
    city("home", "calendar", "set", "2020-03-17", "off", "--source", "市里通知")
    told = city("home", "calendar", "recheck", "--yes")
    assert "YL1-1" not in told.stdout
    assert city.problem("home", "YL1-1")["due_on"] == due


@pytest.mark.on_a_file
def test_what_two_sides_say_differently_is_a_conflict_in_the_city_too(city: Copies) -> None:
    city("home", "extend", "YL1-1", "--to", "2020-03-20", "--why", "市里同意", "--late")
    city("云岭县", "extend", "1-1", "--to", "2020-03-25", "--why", "等货", "--late")
    assert city("home", "merge", city.bundle("云岭县")).exit_code == 6
    assert city.conflicts("home") == ["due_on"]
    assert city.whole("home") == []


@pytest.mark.on_a_file
def test_a_county_whose_ledger_is_older_than_chains_comes_in_too(store: Path, tmp_path: Path, fugong: Run) -> None:
    del fugong
    city = entered(store, tmp_path)
    city.places["老县"] = str(lay_older(tmp_path / "old.db", 2))
    own = rows(city("老县", "progress", "--by", "county").stdout)["合计"]
    city("home", "merge", city.bundle("老县", "--all"), "--county", "老县", "--prefix", "LX")
    assert rows(city("home", "progress", "--by", "county").stdout)["老县"] == own
    assert city.whole("home") == []


@pytest.mark.on_a_file
@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["log", "云岭县甲厂", "新问题"], "云岭县自己的"),
        (["assign", "YL1-1", "--department", "YL卫健局"], "云岭县自己的"),
        (["team", "edit", "YL1", "--name", "改名"], "云岭县自己的"),
        (["department", "edit", "YL工信局", "--alias", "经信局"], "云岭县自己的"),
        (["redact", "YL1-1", "--why", "号码", "--field", "text"], "云岭县自己的"),
        (["edit", "YL1-1", "--text", "市里改的话"], "云岭县自己的"),
        (["edit", "YL1-1", "--due", "7wd"], "云岭县自己的"),
        (["edit", "YL1-1", "--person", "测试员丙"], "云岭县自己的"),
        (["void", "YL1-1", "--why", "不算问题"], "云岭县自己的"),
        (["redate", "YL1-1", "--act", "log", "--on", "2020-03-01"], "云岭县自己的"),
        (["bounce", "YL1-1", "--why", "不归我们"], "云岭县自己的"),
        (["note", "YL1-1", "QS1-1", "一起"], "一次只能写一个县的"),
        (["store", "clone", "二.db", "--for", "督查室"], "合进来的有 青石县、云岭县，不做副本"),
        (["list", "--county", "无名"], "没有「无名」这个县"),
        (["merge", "云岭县.bundle", "--county", "另县", "--prefix", "LX"], "不是这个县的"),
        (["merge", "云岭县.bundle", "--county", "另县"], "名称和前缀都要写"),
        (["merge", "云岭县.bundle", "--county", "另县", "--prefix", "yl"], "名称和前缀都要写"),
        (["merge", "云岭县.bundle", "--county", "另县", "--prefix", "YL"], "名称和前缀都要写"),
    ],
)
def test_what_is_the_county_s_own_is_refused(
    city: Copies, argv: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(city.folder)
    before = city.rows("home", "SELECT count(*) FROM event")
    done = city("home", *argv, ok=False)
    assert (done.exit_code, said in done.stderr) == (1, True), done.stderr
    assert city.rows("home", "SELECT count(*) FROM event") == before
    assert city.rows("home", "SELECT count(*) FROM county") == [(2,)]
