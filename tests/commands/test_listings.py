"""The listings of nouns, their cards, and ``store``: every format, both languages, and output files."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run
from tests.county import fingerprint, outcome, tabbed

from fugong import db
from fugong.errors import Refusal
from fugong.errors.files import CannotWrite, OutputExists, UnknownSuffix
from fugong.errors.names import AmbiguousName, UnknownName, UnknownTeam
from fugong.errors.store import BadSetting, StoreExists, StoreUnnamed, UnknownSetting
from fugong.output import SUFFIXES
from fugong.store.settings import DEFAULTS
from fugong.vocab import Kind, Words

ZH = {
    "team": """\
组号|帮扶组|组长|具名组员|应有人数|党员|具名企业|应包联|成员单位
1|第一组|组员甲|2|8||2|4|工信局、甲镇
2|第二组||1|||2||
10|第十组||0|||0|5|
""",
    "member": """\
组号|姓名|单位|职务|职责|包联企业|电话
1|组员甲|工信局|科长|组长、安全员|某县甲厂有限公司|
1|组员乙|||卫生员||
2|组员丙|||组员||
""",
    "enterprise": """\
企业|简称|组号|乡镇|复工阶段|产能|职工|联系人|电话
戊厂||||停工||||
某县甲厂有限公司|油漆厂|1|甲镇|已复工|年产1万吨|200余人||
某县乙建材有限公司||1|乙镇|筹备||||
某县丙丁铸造有限公司||2|甲镇|满产||||
某县丙丁水泥有限公司||2||未知||||
""",
    "department": """\
责任单位|简称
工信局|工业和信息化局
卫健局|
应急局|
""",
    "activity": """\
编号|角色|方式|企业|内容|物品|数量|单位|日期|问题
1-w1|宣传|标语|某县甲厂有限公司、某县乙建材有限公司|张贴标语|标语|21|条|2020-03-09|
1-w2|监督|检查|某县甲厂有限公司|全面检查||||约 2020-03-12|
2-w1|服务|物资|某县丙丁水泥有限公司|调配口罩|口罩|400-500|只|约 2020-03-12|1-1
10-w1|宣传|||印发手册||||2020-03-11|
""",
    "milestone": """\
企业|组号|达标事项|未完成|日期
某县甲厂有限公司|1|复工批复|否|2020-03-04
某县丙丁铸造有限公司|2|党支部|是|约 2020-03-12
""",
    "practice": """\
做法|来源|内容|推广日期|采用者
演练做法|甲厂|一企一策|2020-03-06|第一组、某县丙丁水泥有限公司
另一做法||||
""",
    "figure": """\
标识|指标|达标事项|组号|数值|单位|截至|出处
found|发现问题||全县|7|个|2020-03-12|演练通报
solved|解决问题||全县|4||2020-03-11|
unsolved|正在解决||全县|3||2020-03-12|
resumed|复工企业||全县|2|家|2020-03-12|
people|人员||1|8|人|2020-03-12|
approval|达标企业|复工批复|2|1|家|2020-03-12|
""",
}

EN = {
    "team": """\
Code|Team|Leader|Members named|Headcount|Party members|Firms named|Firms expected|Units
1|第一组|组员甲|2|8||2|4|工信局, 甲镇
2|第二组||1|||2||
10|第十组||0|||0|5|
""",
    "member": """\
Team|Name|Unit|Post|Duties|Looks after|Phone
1|组员甲|工信局|科长|team leader, safety officer|某县甲厂有限公司|
1|组员乙|||health officer||
2|组员丙|||member||
""",
    "enterprise": """\
Enterprise|Aliases|Team|Township|Stage|Capacity|Workforce|Contact|Phone
戊厂||||stopped||||
某县甲厂有限公司|油漆厂|1|甲镇|resumed|年产1万吨|200余人||
某县乙建材有限公司||1|乙镇|preparing||||
某县丙丁铸造有限公司||2|甲镇|full output||||
某县丙丁水泥有限公司||2||unknown||||
""",
    "department": """\
Department|Aliases
工信局|工业和信息化局
卫健局|
应急局|
""",
    "activity": """\
Id|Role|Kind|Enterprises|What|Item|Quantity|Unit|Date|Problem
1-w1|publicity|Slogans|某县甲厂有限公司, 某县乙建材有限公司|张贴标语|标语|21|条|2020-03-09|
1-w2|supervision|Check|某县甲厂有限公司|全面检查||||about 2020-03-12|
2-w1|service|Supplies|某县丙丁水泥有限公司|调配口罩|口罩|400-500|只|about 2020-03-12|1-1
10-w1|publicity|||印发手册||||2020-03-11|
""",
    "milestone": """\
Enterprise|Team|Milestone|Pending|Date
某县甲厂有限公司|1|Approval to resume|no|2020-03-04
某县丙丁铸造有限公司|2|Party branch|yes|about 2020-03-12
""",
    "practice": """\
Practice|Origin|Summary|Promoted|Adopted by
演练做法|甲厂|一企一策|2020-03-06|第一组, 某县丙丁水泥有限公司
另一做法||||
""",
    "figure": """\
Key|Measure|Milestone|Team|Value|Unit|As of|Source
found|problems found||county|7|个|2020-03-12|演练通报
solved|problems solved||county|4||2020-03-11|
unsolved|problems in hand||county|3||2020-03-12|
resumed|enterprises resumed||county|2|家|2020-03-12|
people|people||1|8|人|2020-03-12|
approval|enterprises with a milestone|Approval to resume|2|1|家|2020-03-12|
""",
}

RETIRING = ["retired_on", "retired_why", "inferred", "remark"]
KEYS = {
    "team": [
        "team", "name", "leader", "members_named", "expected_headcount", "party_members", "activists",
        "enterprises_named", "enterprises_expected", "branch", "units", "units_complete", "county", "uid", *RETIRING,
    ],
    "member": ["team", "name", "unit", "post", "duties", "enterprise", "phone", "uid", *RETIRING],
    "enterprise": [
        "name", "aliases", "team", "township", "stage", "stage_on", "above_scale", "capacity", "workforce",
        "contact", "phone", "sites", "uid", *RETIRING,
    ],
    "department": ["name", "aliases", "uid", *RETIRING],
    "activity": [
        "id", "team", "role", "kind", "enterprises", "text", "item", "quantity", "unit", "on_date", "approximate",
        "problem", "department", "done_by", "guests", "place", "key", "uid", "inferred", "remark",
    ],
    "milestone": [
        "enterprise", "team", "milestone", "pending", "on_date", "approximate", "uid", "inferred", "remark",
    ],
    "practice": ["name", "origin", "summary", "promoted_on", "adopted_by", "uid", "inferred", "remark"],
    "figure": [
        "key", "measure", "milestone", "team", "value", "unit", "as_of", "source", "uid", "inferred", "remark",
    ],
}  # fmt: skip

TITLES = {
    "team": ("帮扶组", "Teams"),
    "member": ("组员", "Members"),
    "enterprise": ("企业", "Enterprises"),
    "department": ("责任单位", "Departments"),
    "activity": ("工作记录", "Activities"),
    "milestone": ("达标事项", "Milestones"),
    "practice": ("做法", "Practices"),
    "figure": ("公布口径", "Published figures"),
}

BY_TEAM = ["team", "member", "enterprise", "activity", "milestone", "figure"]

every_noun = pytest.mark.parametrize("noun", list(ZH))
both_languages = pytest.mark.parametrize("language", ["zh", "en"])


def plain_of(noun: str, language: str = "zh") -> str:
    """What ``list`` of a noun prints in a pipe."""
    return tabbed((ZH if language == "zh" else EN)[noun])


def rows_of(text: str) -> list[list[str]]:
    """The cells of a plain listing."""
    return [line.split("\t") for line in text.splitlines()]


def items(fugong: Run, *argv: str) -> list[dict[str, Any]]:
    """A listing as scripts see it."""
    printed = fugong(*argv, "--format", "json")
    assert (printed.exit_code, printed.stderr) == (0, "")
    document = json.loads(printed.stdout)
    assert (list(document), document["schema"]) == (["schema", "items"], 1)
    made: list[dict[str, Any]] = document["items"]
    return made


def said(refusal: Refusal) -> tuple[int, str, str]:
    """The outcome of a refusal."""
    return refusal.exit_code, "", f"错误：{refusal.sentence(chinese=True)}\n"


# Lists


@every_noun
@both_languages
@pytest.mark.usefixtures("county")
def test_in_a_pipe_a_list_is_a_record_a_line(fugong: Run, noun: str, language: str) -> None:
    assert outcome(fugong(noun, "list", FUGONG_LANG=language)) == (0, plain_of(noun, language), "")


@pytest.mark.words
@every_noun
@both_languages
@pytest.mark.usefixtures("county")
def test_a_table_has_a_title_and_the_same_cells(fugong: Run, noun: str, language: str) -> None:
    printed = fugong(noun, "list", "--format", "table", FUGONG_LANG=language)
    assert (printed.exit_code, printed.stderr) == (0, "")
    title, head, rule, *lines = printed.stdout.splitlines()
    assert (title, set(rule)) == (TITLES[noun][language == "en"], {"─"})
    blanks_apart = [[cell for cell in row if cell] for row in rows_of(plain_of(noun, language))]
    assert [line.replace(" ", "") for line in (head, *lines)] == ["".join(row).replace(" ", "") for row in blanks_apart]


@pytest.mark.words
@every_noun
@both_languages
@pytest.mark.usefixtures("county")
def test_markdown_has_a_heading_and_the_same_cells(fugong: Run, noun: str, language: str) -> None:
    printed = fugong(noun, "list", "--format", "md", FUGONG_LANG=language)
    assert (printed.exit_code, printed.stderr) == (0, "")
    title, _, head, _, *lines = printed.stdout.splitlines()
    assert title == f"## {TITLES[noun][language == 'en']}"
    assert [line.removeprefix("| ").removesuffix(" |").split(" | ") for line in (head, *lines)] == rows_of(
        plain_of(noun, language)
    )


@pytest.mark.words
@every_noun
@both_languages
@pytest.mark.usefixtures("county")
def test_csv_has_every_column_under_a_translated_heading(fugong: Run, noun: str, language: str) -> None:
    printed = fugong(noun, "list", "--format", "csv", FUGONG_LANG=language)
    assert (printed.exit_code, printed.stderr) == (0, "")
    assert printed.stdout.startswith("\ufeff")
    head, *records = csv.reader(io.StringIO(printed.stdout.removeprefix("\ufeff"), newline=""))
    brief, *listed = rows_of(plain_of(noun, language))
    assert (len(head), set(brief) <= set(head)) == (len(KEYS[noun]), True)
    columns = [head.index(heading) for heading in brief]
    people_only = re.compile("(约|about) |(全县|county)$")
    for record, row in zip(records, listed, strict=True):
        said = [cell[found.end() :] if (found := people_only.match(cell)) else cell for cell in row]
        assert [record[column].removeprefix("\t") for column in columns] == said


@every_noun
@pytest.mark.usefixtures("county")
def test_the_contract_of_a_list(fugong: Run, noun: str) -> None:
    listed = items(fugong, noun, "list")
    assert [list(item) for item in listed] == [KEYS[noun]] * (len(rows_of(plain_of(noun))) - 1)


@pytest.mark.words
@every_noun
@pytest.mark.usefixtures("county")
def test_json_is_the_same_in_both_languages(fugong: Run, noun: str) -> None:
    printed = [fugong(noun, "list", "--format", "json", FUGONG_LANG=language).stdout for language in ("zh", "en")]
    assert printed[0] == printed[1]


@pytest.mark.usefixtures("county")
def test_json_has_codes_lists_truth_values_and_null(fugong: Run) -> None:
    assert items(fugong, "team", "list")[0] | {"uid": None} == {
        "team": "1",
        "name": "第一组",
        "leader": "组员甲",
        "members_named": 2,
        "expected_headcount": 8,
        "party_members": None,
        "activists": None,
        "enterprises_named": 2,
        "enterprises_expected": 4,
        "branch": "第一组临时党支部",
        "units": ["工信局", "甲镇"],
        "units_complete": True,
        "county": "某县",
        "uid": None,
        "retired_on": None,
        "retired_why": None,
        "inferred": False,
        "remark": None,
    }
    assert [item["duties"] for item in items(fugong, "member", "list")] == [
        ["leader", "safety"],
        ["health"],
        ["member"],
    ]
    assert items(fugong, "enterprise", "list")[1] | {"uid": None} == {
        "name": "某县甲厂有限公司",
        "aliases": ["油漆厂"],
        "team": "1",
        "township": "甲镇",
        "stage": "resumed",
        "stage_on": "2020-03-05",
        "above_scale": True,
        "capacity": "年产1万吨",
        "workforce": "200余人",
        "contact": None,
        "phone": None,
        "sites": ["东厂", "西厂"],
        "uid": None,
        "retired_on": None,
        "retired_why": None,
        "inferred": False,
        "remark": None,
    }
    assert items(fugong, "activity", "list")[2] | {"uid": None} == {
        "id": "2-w1",
        "team": "2",
        "role": "service",
        "kind": "supplies",
        "enterprises": ["某县丙丁水泥有限公司"],
        "text": "调配口罩",
        "item": "口罩",
        "quantity": "400-500",
        "unit": "只",
        "on_date": "2020-03-12",
        "approximate": True,
        "problem": "1-1",
        "department": "卫健局",
        "done_by": [],
        "guests": [],
        "place": None,
        "key": "masks",
        "uid": None,
        "inferred": True,
        "remark": "数量为约数",
    }
    assert [(item["milestone"], item["pending"]) for item in items(fugong, "milestone", "list")] == [
        ("approval", False),
        ("branch", True),
    ]
    assert [item["adopted_by"] for item in items(fugong, "practice", "list")] == [
        ["第一组", "某县丙丁水泥有限公司"],
        [],
    ]
    assert [(item["measure"], item["team"], item["key"]) for item in items(fugong, "figure", "list")][3:5] == [
        ("resumed", None, "resumed"),
        ("people", "1", "people"),
    ]


@pytest.mark.parametrize("noun", BY_TEAM)
@pytest.mark.usefixtures("county")
def test_a_list_is_narrowed_to_a_team_or_several(fugong: Run, noun: str) -> None:
    def teams(*argv: str) -> list[str]:
        return [item["team"] for item in items(fugong, noun, "list", *argv)]

    everything = teams()
    assert teams("--team", "1") == [team for team in everything if team == "1"]
    assert teams("-t", "第二组", "-t", "1") == [team for team in everything if team in {"1", "2"}]


@pytest.mark.parametrize("noun", BY_TEAM)
@pytest.mark.usefixtures("county")
def test_a_list_of_a_team_that_does_not_exist_is_refused(fugong: Run, noun: str) -> None:
    refusal = UnknownTeam(name="9", candidates=["1", "2", "10"])
    assert outcome(fugong(noun, "list", "--team", "9")) == said(refusal)


@pytest.mark.words
@every_noun
@pytest.mark.usefixtures("empty_store")
def test_an_empty_list_is_its_heading(fugong: Run, noun: str) -> None:
    assert outcome(fugong(noun, "list")) == (0, plain_of(noun).splitlines(keepends=True)[0], "")
    assert items(fugong, noun, "list") == []


# Cards


@pytest.mark.usefixtures("county")
def test_the_card_of_a_team(fugong: Run) -> None:
    printed = fugong("team", "show", "1")
    assert (printed.exit_code, printed.stderr) == (0, "")
    about, members, enterprises, history = printed.stdout.split("\n\n")
    fields = dict(rows_of(about))
    assert len(fields.pop("唯一标识")) == 36
    assert fields == {
        "项目": "内容",
        "组号": "1",
        "帮扶组": "第一组",
        "组长": "组员甲",
        "具名组员": "2",
        "应有人数": "8",
        "具名企业": "2",
        "应包联": "4",
        "党支部": "第一组临时党支部",
        "成员单位": "工信局、甲镇",
        "成员单位齐全": "是",
        "县": "某县",
        "推断": "否",
    }
    assert rows_of(members) == rows_of(plain_of("member"))[:3]
    assert rows_of(enterprises) == [rows_of(plain_of("enterprise"))[0], *rows_of(plain_of("enterprise"))[2:4]]
    assert rows_of(history) == [
        ["日期", "办理", "内容", "经手人", "录入时间"],
        ["2020-03-13", "新增", "", "录入员", "2020-03-13 12:00:00"],
    ]


@pytest.mark.usefixtures("county")
def test_the_card_of_an_enterprise(fugong: Run) -> None:
    printed = fugong("enterprise", "show", "油漆厂", "--format", "table")
    assert (printed.exit_code, printed.stderr) == (0, "")
    about, stages, assignments, problems, activities, milestones, history = printed.stdout.split("\n\n")
    assert [
        part.splitlines()[0] for part in (about, stages, assignments, problems, activities, milestones, history)
    ] == [
        "企业",
        "复工阶段",
        "包联",
        "问题台账",
        "工作记录",
        "达标事项",
        "办理记录",
    ]
    assert "厂区      东厂、西厂" in about.splitlines()
    assert problems.splitlines()[3].split()[:3] == ["1-1", "某县甲厂有限公司", "口罩不足三天"]
    assert (len(activities.splitlines()), len(milestones.splitlines())) == (5, 4)


@pytest.mark.usefixtures("county")
def test_what_a_card_has_none_of_is_left_out_for_people_and_empty_for_scripts(fugong: Run) -> None:
    printed = fugong("enterprise", "show", "戊厂")
    assert (printed.exit_code, printed.stderr) == (0, "")
    about, stages, history = printed.stdout.split("\n\n")
    assert rows_of(stages)[0] == ["日期", "复工阶段", "原因"]
    assert [row[0] for row in rows_of(about)] == ["项目", "企业", "复工阶段", "阶段日期", "唯一标识", "推断", "备注"]
    assert rows_of(history)[0][0] == "日期"
    (item,) = items(fugong, "enterprise", "show", "戊厂")
    assert (item["problems"], item["activities"], item["milestones"], len(item["events"])) == ([], [], [], 1)


@pytest.mark.usefixtures("county")
def test_the_contract_of_the_cards(fugong: Run) -> None:
    (team,) = items(fugong, "team", "show", "第一组")
    assert list(team) == [*KEYS["team"], "members", "enterprises", "events"]
    assert [list(member) for member in team["members"]] == [KEYS["member"]] * 2
    assert [list(firm) for firm in team["enterprises"]] == [KEYS["enterprise"]] * 2
    (firm,) = items(fugong, "enterprise", "show", "甲厂")
    assert list(firm) == [
        *KEYS["enterprise"],
        "stages",
        "assignments",
        "problems",
        "activities",
        "milestones",
        "events",
    ]
    assert [problem["id"] for problem in firm["problems"]] == ["1-1"]
    assert [list(activity) for activity in firm["activities"]] == [KEYS["activity"]] * 2
    assert [list(milestone) for milestone in firm["milestones"]] == [KEYS["milestone"]]


@pytest.mark.words
@pytest.mark.parametrize("card", [["team", "show", "1"], ["enterprise", "show", "甲厂"], ["show", "1-1"]])
@pytest.mark.parametrize("fmt", ["table", "plain", "csv", "md"])
@both_languages
@pytest.mark.usefixtures("county")
def test_a_card_in_every_format(fugong: Run, card: list[str], fmt: str, language: str) -> None:
    printed = fugong(*card, "--format", fmt, FUGONG_LANG=language)
    assert (printed.exit_code, printed.stderr) == (0, "")
    heading = {"team": ("帮扶组", "Team"), "enterprise": ("企业", "Enterprise"), "show": ("编号", "Id")}[card[0]]
    assert heading[language == "en"] in printed.stdout
    assert "�" not in printed.stdout


@pytest.mark.parametrize(
    ("argv", "refusal"),
    [
        (["team", "show", "9"], UnknownTeam(name="9", candidates=["1", "2", "10"])),
        (
            ["enterprise", "show", "丙丁"],
            AmbiguousName(name="丙丁", candidates=["某县丙丁铸造有限公司", "某县丙丁水泥有限公司"]),
        ),
        (["enterprise", "show", "庚公司"], UnknownName(name="庚公司", kind=Kind.ENTERPRISE, verb="enterprise")),
    ],
)
@pytest.mark.usefixtures("county")
def test_a_card_of_nobody_is_refused(fugong: Run, argv: list[str], refusal: Refusal) -> None:
    assert outcome(fugong(*argv)) == said(refusal)


# store


@pytest.mark.on_a_file
def test_init_makes_an_empty_private_store_and_says_what_comes_next(store: Path, fugong: Run) -> None:
    next_step = "已新建空台账。下一步写明是哪个县：fugong campaign edit --county 云岭县 --name 企业帮扶\n"
    assert outcome(fugong("store", "init")) == (0, f"{store}\n", next_step)
    assert store.stat().st_mode & 0o777 == 0o600
    assert outcome(fugong("list"))[0] == 0


def test_init_never_touches_what_is_there(county: Path, fugong: Run) -> None:
    before = fingerprint(county)
    assert outcome(fugong("store", "init")) == said(StoreExists(path=db.place(str(county))))
    assert fingerprint(county) == before


def test_info_says_where_the_store_is_and_what_it_holds(county: Path, fugong: Run) -> None:
    printed = fugong("store", "info")
    assert (printed.exit_code, printed.stderr) == (0, "")
    about, counts, lists = printed.stdout.split("\n\n")
    fields = dict(rows_of(about))
    assert len(fields.pop("副本")) == 36
    assert len(fields.pop("封签")) == 32
    assert fields == {
        "项目": "内容",
        "文件": str(db.place(str(county))),
        "结构版本": str(db.SCHEMA),
        "时区": "Asia/Shanghai",
        "黄灯天数": "2",
        "专项行动": "复工帮扶演练",
        "县": "某县",
        "临时党委": "演练临时党委",
        "大事": "2020-02-28 业务培训会、2020-03-06 推广通知",
    }
    assert (
        dict(rows_of(counts)).items()
        >= {
            "内容": "数量",
            "专项行动": "1",
            "列表项": "9",
            "责任单位": "3",
            "帮扶组": "3",
            "企业": "5",
            "组员": "3",
            "问题": "5",
            "工作记录": "4",
            "达标事项": "2",
            "做法": "2",
            "公布口径": "6",
            "命令": "1",
        }.items()
    )
    assert rows_of(lists)[:2] == [
        ["列表", "代码", "中文名", "英文名", "规则"],
        ["问题类别", "supplies", "防控物资", "Protective supplies", ""],
    ]
    assert rows_of(lists)[-1] == ["时限", "urgent", "急件", "Urgent", "3d"]


def test_the_contract_of_info(county: Path, fugong: Run) -> None:
    printed = fugong("store", "info", "--format", "json")
    assert (printed.exit_code, printed.stderr) == (0, "")
    document = json.loads(printed.stdout)
    counts = document.pop("counts")
    assert len(document.pop("replica")) == 36
    assert len(document.pop("seal")) == 32
    assert document == {
        "schema": 1,
        "series": "",
        "copies": [],
        "path": str(db.place(str(county))),
        "schema_version": db.SCHEMA,
        "settings": dict(DEFAULTS),
        "campaign": {
            "name": "复工帮扶演练",
            "county": "某县",
            "committee": "演练临时党委",
            "timeline": [["2020-02-28", "业务培训会"], ["2020-03-06", "推广通知"]],
        },
        "today": "2020-03-13",
        "yellow_until": "2020-03-17",
    }
    assert {kind.value for kind in Kind if kind is not Kind.SETTING} | {"event", "batch"} == set(counts)
    assert (counts["problem"], counts["team"], counts["activity"], counts["batch"]) == (5, 3, 4, 1)
    assert counts["event"] > counts["problem"]


@pytest.mark.usefixtures("empty_store")
def test_info_of_an_empty_store_leaves_out_what_is_not_known(fugong: Run) -> None:
    printed = fugong("store", "info")
    assert (printed.exit_code, printed.stderr) == (0, "")
    about, counts, lists = printed.stdout.split("\n\n")
    assert [row[0] for row in rows_of(about)] == ["项目", "文件", "结构版本", "副本", "时区", "黄灯天数", "封签"]
    assert {row[1] for row in rows_of(counts)[1:]} == {"0"}
    assert len(rows_of(lists)) == 1


@pytest.mark.usefixtures("county")
def test_set_changes_a_setting(fugong: Run) -> None:
    assert outcome(fugong("store", "set", "yellow_days", "3")) == (0, "yellow_days\t3\n", "")
    assert outcome(fugong("store", "set", "timezone", "Asia/Urumqi")) == (0, "timezone\tAsia/Urumqi\n", "")
    settings = json.loads(fugong("store", "info", "--format", "json").stdout)["settings"]
    assert settings == {**DEFAULTS, "timezone": "Asia/Urumqi", "yellow_days": "3"}


@pytest.mark.usefixtures("county")
def test_moments_are_shown_in_the_stores_time_zone(fugong: Run) -> None:
    fugong("store", "set", "timezone", "UTC")
    last = fugong("show", "1-1").stdout.splitlines()[-1]
    assert last.endswith("2020-03-13 04:00:00")


@pytest.mark.parametrize(
    ("argv", "refusal"),
    [
        (["colour", "red"], UnknownSetting(name="colour", candidates=list(DEFAULTS))),
        (
            ["timezone", "某地"],
            BadSetting(name="timezone", value="某地", reason=Words("不是时区名，应如 Asia/Shanghai", "")),
        ),
        (
            ["yellow_days", "31"],
            BadSetting(name="yellow_days", value="31", reason=Words("应是 0 到 30 的整数", "")),
        ),
    ],
)
def test_a_setting_that_does_not_fit_is_refused(county: Path, fugong: Run, argv: list[str], refusal: Refusal) -> None:
    before = fingerprint(county)
    assert outcome(fugong("store", "set", *argv)) == said(refusal)
    assert fingerprint(county) == before


# Output files


@pytest.mark.parametrize("suffix", [".csv", ".json", ".md", ".txt", ".tsv", ".CSV"])
@pytest.mark.usefixtures("county")
def test_the_suffix_of_an_output_file_tells_the_format(tmp_path: Path, fugong: Run, suffix: str) -> None:
    path = tmp_path / f"台账{suffix}"
    assert outcome(fugong("list", "-o", str(path))) == (0, "", f"已写入 {path}\n")
    assert path.read_bytes() == fugong("list", "--format", SUFFIXES[suffix.lower()].value).stdout_bytes
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.usefixtures("county")
def test_a_format_given_beside_an_output_file_wins(tmp_path: Path, fugong: Run) -> None:
    path = tmp_path / "进展.out"
    assert outcome(fugong("progress", "--format", "table", "--output", str(path))) == (0, "", f"已写入 {path}\n")
    assert path.read_bytes() == fugong("progress", "--format", "table").stdout_bytes


@pytest.mark.words
@pytest.mark.parametrize(
    "argv",
    [
        *([noun, "list"] for noun in ZH),
        ["team", "show", "1"],
        ["enterprise", "show", "甲厂"],
        ["show", "1-1"],
        ["store", "info"],
        ["progress"],
    ],
)
@pytest.mark.usefixtures("county")
def test_every_report_can_be_written_to_a_file(tmp_path: Path, fugong: Run, argv: list[str]) -> None:
    path = tmp_path / "out.json"
    assert outcome(fugong(*argv, "-o", str(path))) == (0, "", f"已写入 {path}\n")
    assert path.read_bytes() == fugong(*argv, "--format", "json").stdout_bytes


@pytest.mark.usefixtures("county")
def test_an_existing_file_is_left_alone_unless_told_otherwise(tmp_path: Path, fugong: Run) -> None:
    path = tmp_path / "list.csv"
    path.write_text("旧内容", encoding="utf-8")
    assert outcome(fugong("list", "-o", str(path))) == said(OutputExists(path=path))
    assert path.read_text(encoding="utf-8") == "旧内容"
    assert outcome(fugong("list", "-o", str(path), "--force")) == (0, "", f"已写入 {path}\n")
    assert path.read_bytes() == fugong("list", "--format", "csv").stdout_bytes
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["list.xyz", "list", "csv"])
@pytest.mark.usefixtures("county")
def test_a_suffix_that_tells_no_format_is_refused(tmp_path: Path, fugong: Run, name: str) -> None:
    path = tmp_path / name
    assert outcome(fugong("list", "-o", str(path))) == said(UnknownSuffix(path=path, known=tuple(SUFFIXES)))
    assert not path.exists()


@pytest.mark.usefixtures("county")
def test_a_file_in_no_folder_is_refused(tmp_path: Path, fugong: Run) -> None:
    path = tmp_path / "无" / "list.csv"
    refusal = CannotWrite(path=path, reason=Words("没有这个文件夹", "no such folder"))
    assert outcome(fugong("list", "-o", str(path))) == said(refusal)
    assert not path.parent.exists()


@pytest.mark.usefixtures("county")
def test_headings_in_the_other_language_for_machines(fugong: Run) -> None:
    printed = fugong("department", "list", "--header", "en")
    assert (printed.exit_code, printed.stderr) == (0, "")
    assert rows_of(printed.stdout)[:2] == [["Department", "Aliases"], ["工信局", "工业和信息化局"]]


@pytest.mark.usefixtures("county")
def test_a_dash_is_no_file(fugong: Run) -> None:
    refusal = CannotWrite(path="-", reason=Words("请写文件名，或用 > 转向", "name a file, or redirect with >"))
    assert outcome(fugong("store", "export", "-")) == said(refusal)
    assert not Path("-").exists()


def test_an_empty_place_is_not_taken_for_ones_own(fugong: Run) -> None:
    assert outcome(fugong("--store", "", "list")) == (1, "", f"错误：{StoreUnnamed().sentence(chinese=True)}\n")


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize("argv", [("import",), ("store", "import"), ("load",)])
def test_a_file_that_is_not_there_is_called_so(tmp_path: Path, fugong: Run, argv: tuple[str, ...]) -> None:
    refused = fugong(*argv, str(tmp_path / "none.csv"))
    assert (refused.exit_code, refused.stdout, "没有这个文件。" in refused.stderr) == (1, "", True)


@pytest.mark.usefixtures("county")
def test_a_terminal_is_shown_what_is_most_urgent_first_and_scripts_the_order_of_numbers(
    fugong: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fugong import output

    assert fugong("edit", "1-3", "--due", "2020-03-14").exit_code == 0
    assert fugong("edit", "1-1", "--due", "2020-03-31").exit_code == 0
    in_order = [line.split("\t")[0] for line in fugong("list").stdout.splitlines()]
    assert in_order == ["编号", "1-1", "1-3", "2-1"]
    monkeypatch.setattr(output, "is_live", lambda out: out is None)
    fitted = fugong("list", "--format", "table", "--no-color").stdout
    ids = [line.split()[2] for line in fitted.splitlines() if line.startswith("●")]
    assert ids == ["1-3", "1-1", "2-1"]
    assert [line.split()[-1] for line in fitted.splitlines() if line.startswith("●")][:2] == ["余1天", "余18天"]
    assert "共 3 个" in fitted
    wide = fugong("list", "--format", "table", "--wide").stdout
    assert [line.split()[0] for line in wide.splitlines() if line[:1].isdigit()] == ["1-1", "1-3", "2-1"]
    limited = fugong("list", "--format", "table", "--limit", "2").stdout
    assert [line.split()[2] for line in limited.splitlines() if line.startswith("●")] == ["1-1", "1-3"]


@pytest.mark.usefixtures("county")
def test_what_was_closed_in_a_week_is_listed_by_the_day_of_closing(fugong: Run) -> None:
    fugong("close", "1-1", "口罩到货", "--on", "3月12日")
    ids = [line.split("\t")[0] for line in fugong("list", "--closed-since", "3月11日").stdout.splitlines()[1:]]
    assert "1-1" in ids
    assert fugong("list", "--closed-since", "3月13日").stdout.splitlines()[1:] == []
    until = fugong("list", "--closed-until", "3月12日", "--closed-since", "3月12日").stdout
    assert [line.split("\t")[0] for line in until.splitlines()[1:]] == ["1-1", "1-2"]


@pytest.mark.usefixtures("county")
def test_problems_are_found_by_person_source_and_whether_the_county_must_act(fugong: Run) -> None:
    fugong("edit", "1-1", "--person", "测试员甲", "--source", "assigned", "--major")
    for argv in (("--person", "员甲"), ("--source", "上级交办"), ("--major",)):
        assert [line.split("\t")[0] for line in fugong("list", *argv).stdout.splitlines()[1:]] == ["1-1"]
    others = fugong("list", "--no-major").stdout
    assert "1-1" not in [line.split("\t")[0] for line in others.splitlines()]


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize(
    ("order", "column"), [("due", "due_on"), ("found", "found_on"), ("firm", "enterprise"), ("light", "due_on")]
)
def test_problems_are_sorted_as_asked_and_what_has_no_value_stands_last(fugong: Run, order: str, column: str) -> None:
    fugong("edit", "1-1", "--due", "3月20日")
    fugong("edit", "2-1", "--due", "3月16日")
    values = [each[column] for each in json.loads(fugong("list", "--sort", order, "--json").stdout)["items"]]
    known = [value for value in values if value is not None]
    assert values == sorted(known) + [None] * (len(values) - len(known))
