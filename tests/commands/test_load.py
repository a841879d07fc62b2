"""Loading seed files: everything or nothing, twice is once, and three-way merges afterwards."""

from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import behind

from fugong import db

SEED = Path(__file__).parents[2] / "data" / "seed.yaml"

COUNTY = """\
as_of: 2020-03-12
campaign: {name: 试验行动, county: 试验县, places: [试验]}
lists:
  categories: [{code: supplies, zh: 防控物资, en: Supplies, group: check}, {code: policy, zh: 政策信息, en: Policy}]
  service: [{code: supplies, zh: 物资, en: supplies}]
  milestones: [{code: union, zh: 工会, en: trade union}]
departments: [{name: 甲局, aliases: [甲]}, {name: 乙局}]
teams: [{code: "1", name: 第一组, expected_enterprises: 2}, {code: "2", name: 第二组}]
enterprises: [{name: 试验县甲厂, aliases: [老甲厂], team: "1", stage: resumed}, {name: 乙公司, team: "2"}]
members: [{team: "1", name: 组员甲, duties: [leader], enterprise: 甲厂}]
problems:
  - key: p1
    team: "1"
    enterprise: 甲厂
    text: 缺口罩
    category: supplies
    department: 甲局
    assist: [乙局]
    notes: [{text: 已联系}]
  - {key: p2, team: "1", text: 缺人手, closed: {how: 已招到}}
activities: [{key: a1, role: service, kind: supplies, team: "2", enterprises: [乙公司], problem: p1, text: 送口罩}]
milestones: [{enterprise: 乙公司, name: union}]
practices: [{name: 试验做法, adopted_by: {teams: ["1"], enterprises: [乙公司]}}]
figures: [{key: f1, measure: found, value: 5}]
"""


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A seed file that every test may change."""
    path = tmp_path / "county.yaml"
    path.write_text(COUNTY, encoding="utf-8")
    return path


def rewrite(path: Path, old: str, new: str) -> None:
    """Change the file as its keeper would."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def row(store: Path, sql: str) -> tuple[object, ...]:
    """The first row of a query on the store."""
    with db.reading(str(store)) as reader:
        return reader.first(sql) or ()


def load(fugong: Run, path: Path) -> str:
    """Load the file, and give what was said of the parts that changed."""
    loaded = fugong("load", str(path))
    assert loaded.exit_code == 0
    return "".join(line for line in loaded.stderr.splitlines(keepends=True) if "新增 0，更新 0" not in line)


def test_the_county_of_the_repository_loads_with_the_counts_of_the_report(fugong: Run, store: Path) -> None:
    loaded = fugong("load", str(SEED))
    assert loaded.exit_code == 0
    *_, blank, _head, found, solved, in_hand, resumed = loaded.stdout.splitlines()
    total = next(line for line in loaded.stdout.splitlines() if line.startswith("合计"))
    assert total.split("\t")[3:] == ["25", "28", "3", "11", "3", "8", "0", "27.3%", "7", "10", "13"]
    assert blank == ""
    assert [line.split("\t")[1:4] for line in (found, solved, in_hand, resumed)] == [
        ["73", "11", "62"],
        ["59", "3", "56"],
        ["14", "8", "6"],
        ["32", "3", "29"],
    ]


def test_every_section_is_stored(fugong: Run, store: Path, county: Path) -> None:
    load(fugong, county)
    columns = "text, category, department, assist, status, approximate, found_on"
    assert row(store, f"SELECT {columns} FROM v_problem WHERE id = '1-1'") == (
        "缺口罩", "supplies", "甲局", "乙局", "doing", 1, "2020-03-12",
    )  # fmt: skip
    assert row(store, "SELECT status, how, closed_on FROM v_problem WHERE id = '1-2'") == (
        "closed", "已招到", "2020-03-12",
    )  # fmt: skip
    assert row(store, "SELECT team, stage, stage_on, aliases FROM v_enterprise") == (
        "1", "resumed", "2020-03-12", "老甲厂",
    )  # fmt: skip
    assert row(store, "SELECT role, kind, enterprises, problem FROM v_activity") == (
        "service", "supplies", "乙公司", "1-1",
    )  # fmt: skip
    assert row(store, "SELECT name, enterprise FROM v_member") == ("组员甲", "试验县甲厂")
    assert row(store, "SELECT adopted_by FROM v_practice") == ("第一组、乙公司",)
    assert row(store, "SELECT enterprise, milestone FROM v_milestone") == ("乙公司", "union")
    assert row(store, "SELECT measure, value FROM v_figure") == ("found", 5)
    assert row(store, "SELECT name, county FROM campaign") == ("试验行动", "试验县")


def test_loading_twice_is_loading_once(fugong: Run, store: Path, county: Path) -> None:
    load(fugong, county)
    before = row(store, "SELECT (SELECT count(*) FROM event), (SELECT count(*) FROM batch)")
    assert load(fugong, county) == ""
    assert row(store, "SELECT (SELECT count(*) FROM event), (SELECT count(*) FROM batch)") == before


@pytest.mark.words
@pytest.mark.parametrize(
    ("old", "new", "sql", "now"),
    [
        ("text: 缺口罩", "text: 缺手套", "SELECT text FROM v_problem ORDER BY problem_id", "缺手套"),
        ("category: supplies\n", "category: policy\n", "SELECT category FROM v_problem ORDER BY problem_id", "policy"),
        ("assist: [乙局]", "assist: []", "SELECT assist FROM v_problem ORDER BY problem_id", None),
        ("aliases: [老甲厂]", "aliases: [老甲厂, 小甲]",
         "SELECT aliases FROM v_enterprise WHERE team = '1'", "小甲、老甲厂"),
        ('aliases: [老甲厂], team: "1"', 'aliases: [老甲厂], team: "2"',
         "SELECT team FROM v_enterprise WHERE name = '试验县甲厂'", "2"),
        ("stage: resumed", "stage: full", "SELECT stage FROM v_enterprise WHERE team = '1'", "full"),
        ("name: 第一组, expected_enterprises: 2", "name: 第一组, expected_enterprises: 3",
         "SELECT expected_enterprises FROM v_team ORDER BY team_id", 3),
        ("{name: 甲局, aliases: [甲]}", "{name: 甲局, aliases: [甲, 老甲]}",
         "SELECT aliases FROM v_department WHERE name = '甲局'", "甲、老甲"),
        ("duties: [leader]", "duties: [leader, safety]", "SELECT duties FROM v_member", '["leader","safety"]'),
        ("text: 送口罩", "text: 送手套", "SELECT text FROM v_activity", "送手套"),
        ("name: union}", "name: union, pending: true}", "SELECT pending FROM v_milestone", 1),
        ('adopted_by: {teams: ["1"],', 'adopted_by: {teams: ["2"],',
         "SELECT adopted_by FROM v_practice", "第二组、乙公司"),
        ("value: 5", "value: 6", "SELECT value FROM v_figure", 6),
        ("name: 试验行动", "name: 新行动", "SELECT name FROM campaign", "新行动"),
        ("zh: 物资, en: supplies", "zh: 物资, en: goods", "SELECT en FROM term WHERE list = 'service'", "goods"),
    ],
)  # fmt: skip
def test_what_nobody_touched_follows_the_file(
    fugong: Run, store: Path, county: Path, old: str, new: str, sql: str, now: object
) -> None:
    load(fugong, county)
    rewrite(county, old, new)
    assert "更新 1" in load(fugong, county)
    assert row(store, sql)[0] == now
    assert load(fugong, county) == ""


def test_what_people_edited_stays_and_is_reported_once(fugong: Run, store: Path, county: Path) -> None:
    load(fugong, county)
    fugong("edit", "1-1", "--text", "缺口罩三天")
    rewrite(county, "text: 缺口罩", "text: 缺手套")
    said = load(fugong, county)
    assert "p1" in said
    assert "缺口罩三天" in said
    assert "缺手套" in said
    assert row(store, "SELECT text FROM v_problem ORDER BY problem_id") == ("缺口罩三天",)
    assert load(fugong, county) == ""


def test_rows_gone_from_the_file_stay(fugong: Run, store: Path, county: Path) -> None:
    load(fugong, county)
    rewrite(county, "figures: [{key: f1, measure: found, value: 5}]\n", "")
    assert load(fugong, county) == ""
    assert row(store, "SELECT count(*) FROM figure") == (1,)


def test_a_status_never_goes_back(fugong: Run, store: Path, county: Path) -> None:
    load(fugong, county)
    fugong("close", "1-1", "--how", "已调配")
    rewrite(county, "notes: [{text: 已联系}]", "notes: [{text: 已联系}, {text: 又联系}]")
    rewrite(county, ", closed: {how: 已招到}", "")
    load(fugong, county)
    assert row(store, "SELECT count(*), max(status), min(status) FROM v_problem") == (2, "closed", "closed")


def test_what_people_reopened_is_not_closed_again(fugong: Run, store: Path, county: Path) -> None:
    load(fugong, county)
    fugong("reopen", "1-2", "--why", "又缺")
    rewrite(county, "text: 缺人手", "text: 缺两个人手")
    load(fugong, county)
    assert row(store, "SELECT status, text FROM v_problem WHERE id = '1-2'") == ("doing", "缺两个人手")


def test_a_new_closing_and_a_new_note_are_taken_once(fugong: Run, store: Path, county: Path) -> None:
    load(fugong, county)
    rewrite(
        county,
        "notes: [{text: 已联系}]",
        "notes: [{text: 已联系}, {text: 已到货, on: 2020-03-13}]\n    closed: {how: 到货}",
    )
    load(fugong, county)
    load(fugong, county)
    acts = "SELECT act FROM v_event WHERE subject = (SELECT uid FROM problem WHERE key = 'p1') ORDER BY event_id"
    assert behind(store, acts) == [("log",), ("note",), ("note",), ("close",)]
    assert row(store, "SELECT status, closed_on FROM v_problem ORDER BY problem_id") == ("closed", "2020-03-12")


FAULTS = [
    ("as_of: 2020-03-12", "as_of: 三月", ":1:1: 「as_of」应是日期，如 2020-03-12"),
    ("figures:", "figurs:", ":24:10: 没有「figurs」这一节"),
    ("value: 5", "value: 五", "「value」应是整数"),
    ("value: 5", "value: -5", "「value」不能小于 0"),
    ("value: 5", "valeu: 5", "不认识「valeu」这一项"),
    ("key: p2, ", "", "缺少「key」"),
    ("key: p2", "key: p1", "「p1」在文件里出现了两次"),
    ("name: 乙公司", "name: 老甲厂", "「老甲厂」已经是企业「试验县甲厂」的名称"),
    ("enterprises: [乙公司], problem", "enterprises: [丙公司], problem", "没有叫「丙公司」的企业"),
    ("problem: p1", "problem: p9", "没有编号为 p9 的问题"),
    ("kind: supplies", "kind: sales", "服务方式里没有「sales」"),
    ("duties: [leader]", "duties: [boss]", "只能是 leader、safety、health、member"),
    ("stage: resumed", "stage: running", "只能是"),
    ("text: 缺人手", 'text: "缺\\e人手"', "U+001B"),
    ("name: 第二组", "name: 第一组", "「第一组」已经是帮扶组「1」的名称"),
    ("zh: 政策信息", "zh: 防控物资", "「防控物资」已经是问题类别「supplies」的名称"),
    ("category: supplies\n", "category: supplies\n    due: 很快\n", "「很快」不是时限"),
    ("category: supplies\n", "category: supplies\n    due: 2020-03-01\n", "时限 2020-03-01 早于发现日期 2020-03-12"),
]


@pytest.mark.words
@pytest.mark.parametrize(("old", "new", "sentence"), FAULTS)
def test_a_fault_names_its_place_and_nothing_is_written(
    fugong: Run, store: Path, tmp_path: Path, county: Path, old: str, new: str, sentence: str
) -> None:
    rewrite(county, old, new)
    refused = fugong("load", str(county))
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert f"{county}:" in refused.stderr
    assert sentence in refused.stderr
    assert not db.exists(str(store))
    assert list(tmp_path.glob("*store.db*")) == []


def test_sections_stand_in_their_order(fugong: Run, store: Path, tmp_path: Path) -> None:
    path = tmp_path / "turned.yaml"
    path.write_text('as_of: 2020-03-12\nteams: [{code: "1", name: 组}]\ndepartments: []\ncampaign:\n', encoding="utf-8")
    refused = fugong("load", str(path), FUGONG_LANG="en")
    assert refused.exit_code == 1
    assert f"{path}:4:1: “campaign” must stand before “teams”" in refused.stderr


def test_a_file_that_is_not_there_is_refused(fugong: Run, store: Path) -> None:
    refused = fugong("load", "nowhere.yaml")
    assert (refused.exit_code, refused.stderr) == (1, "错误：读不了 nowhere.yaml：没有这个文件。\n")


def test_another_county_is_refused(fugong: Run, store: Path, county: Path) -> None:
    load(fugong, county)
    rewrite(county, "county: 试验县", "county: 别县")
    refused = fugong("load", str(county))
    assert refused.exit_code == 1
    assert f"{county}:2:24: 这个台账是试验县的，不能装入别县的数据。" in refused.stderr


def test_a_cut_off_in_the_future_is_refused(fugong: Run, store: Path, county: Path) -> None:
    refused = fugong("load", str(county), FUGONG_TODAY="2020-03-01")
    assert refused.exit_code == 1
    assert "2020-03-12 还没有到（今天是 2020-03-01）。请写今天或更早的日期。" in refused.stderr
