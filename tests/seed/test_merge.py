"""A changed file is merged three ways: what nobody touched follows it, what people edited stays, nothing goes back."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run, command
from tests.county import SEED, fingerprint
from tests.seed.conftest import Load, Rows

from fugong.db import writing
from fugong.domain import roster
from fugong.domain.derived import adoption
from fugong.domain.history import state
from fugong.domain.writer import Writer
from fugong.errors.files import SeedFaults
from fugong.seed import rows as seed_rows
from fugong.seed.result import Result, lines
from fugong.store.records import (
    Activity,
    Campaign,
    Department,
    Enterprise,
    Figure,
    Member,
    Milestone,
    Practice,
    Problem,
    Record,
    Team,
    Term,
)
from fugong.vocab import CategoryGroup, Measure, Source, Stage

COUNTY = SEED.read_text(encoding="utf-8")


def turned(*changes: tuple[str, str]) -> str:
    """The county's file after its keeper changed it."""
    text = COUNTY
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def remarks(result: Result) -> list[str]:
    """What a load says beside its counts."""
    return list(lines(result))[len(result.tallies) :]


def changed(result: Result) -> int:
    """How many records a load changed or added."""
    return sum(tally.new + tally.changed for tally in result.tallies.values())


# What nobody touched follows the file: every attribute of every kind

CASTING = 'name: 某县丙丁铸造有限公司, team: "2"'

FOLLOWS = [
    ("campaign", "name", "name: 复工帮扶演练", "name: 新行动", "SELECT name FROM campaign", "新行动"),
    ("campaign", "committee", "  committee: 演练临时党委\n", "", "SELECT committee FROM campaign", None),
    ("campaign", "places", "places: [某县]", "places: [某县, 某市]", "SELECT places FROM campaign", '["某县","某市"]'),
    ("campaign", "timeline", "    - {on: 2020-03-06, text: 推广通知}\n", "", "SELECT timeline FROM campaign",
     '[["2020-02-28","业务培训会"]]'),
    ("campaign", "remark", "  places:", "  remark: 备注\n  places:", "SELECT remark FROM campaign", "备注"),
    ("lists", "zh", "zh: 环境卫生", "zh: 卫生", "SELECT zh FROM term WHERE code = 'hygiene'", "卫生"),
    ("lists", "en", "en: Hygiene", "en: Health", "SELECT en FROM term WHERE code = 'hygiene'", "Health"),
    ("lists", "group", "en: Hygiene, group: check", "en: Hygiene, group: party",
     "SELECT grp FROM term WHERE code = 'hygiene'", "party"),
    ("lists", "rule", "rule: 3d", "rule: 5d", "SELECT rule FROM term WHERE code = 'urgent'", "5d"),
    ("departments", "aliases", "aliases: [工业和信息化局]", "aliases: [工信, 经信局]",
     "SELECT aliases FROM v_department WHERE name = '工信局'", "工信、经信局"),
    ("departments", "inferred", "name: 应急局, inferred: true", "name: 应急局",
     "SELECT inferred FROM v_department WHERE name = '应急局'", 0),
    ("departments", "remark", "remark: 由描述推断", "remark: 由通知推断",
     "SELECT remark FROM v_department WHERE name = '应急局'", "由通知推断"),
    ("teams", "name", "name: 第二组", "name: 第二帮扶组", "SELECT name FROM team WHERE code = '2'", "第二帮扶组"),
    ("teams", "county", "county: 邻县", "county: 远县", "SELECT county FROM team WHERE code = '10'", "远县"),
    ("teams", "branch", "branch: 第一组临时党支部", "branch: 第一党支部", "SELECT branch FROM team", "第一党支部"),
    ("teams", "units", "units: [工信局, 甲镇]", "units: [甲镇]", "SELECT units FROM team", '["甲镇"]'),
    ("teams", "units_complete", "    units_complete: true\n", "", "SELECT units_complete FROM team", 0),
    ("teams", "expected_headcount", "expected_headcount: 8", "expected_headcount: 9",
     "SELECT expected_headcount FROM team", 9),
    ("teams", "expected_enterprises", "expected_enterprises: 4", "expected_enterprises: 0",
     "SELECT expected_enterprises FROM team", 0),
    ("teams", "inferred", "name: 第二组", "name: 第二组, inferred: true",
     "SELECT inferred FROM team WHERE code = '2'", 1),
    ("teams", "remark", "name: 第二组", "name: 第二组, remark: 备注",
     "SELECT remark FROM team WHERE code = '2'", "备注"),
    ("enterprises", "aliases", "aliases: [油漆厂]", "aliases: [油漆厂, 小甲]",
     "SELECT aliases FROM v_enterprise WHERE enterprise_id = 1", "小甲、油漆厂"),
    ("enterprises", "team", CASTING, 'name: 某县丙丁铸造有限公司, team: "10"',
     "SELECT team FROM v_enterprise WHERE enterprise_id = 3", "10"),
    ("enterprises", "township", "    township: 甲镇\n", "    township: 丙镇\n",
     "SELECT township FROM enterprise", "丙镇"),
    ("enterprises", "above_scale", "above_scale: true", "above_scale: false", "SELECT above_scale FROM enterprise", 0),
    ("enterprises", "capacity", "capacity: 年产1万吨", "capacity: 年产2万吨", "SELECT capacity FROM enterprise",
     "年产2万吨"),
    ("enterprises", "workforce", "workforce: 200余人", "workforce: 300人", "SELECT workforce FROM enterprise", "300人"),
    ("enterprises", "contact", "    township: 甲镇\n", "    township: 甲镇\n    contact: 某人\n",
     "SELECT contact FROM enterprise", "某人"),
    ("enterprises", "phone", "    township: 甲镇\n", "    township: 甲镇\n    phone: 13800000000\n",
     "SELECT phone FROM enterprise", "13800000000"),
    ("enterprises", "sites", "sites: [东厂, 西厂]", "sites: [东厂]", "SELECT sites FROM enterprise", '["东厂"]'),
    ("enterprises", "stage", "stage: preparing", "stage: full", "SELECT stage FROM enterprise WHERE id = 2", "full"),
    ("enterprises", "stage_on", "stage_on: 2020-03-05", "stage_on: 2020-03-06", "SELECT stage_on FROM enterprise",
     "2020-03-06"),
    ("enterprises", "inferred", CASTING, f"{CASTING}, inferred: true", "SELECT inferred FROM enterprise WHERE id = 3",
     1),
    ("enterprises", "remark", "remark: 尚未包联", "remark: 已停产", "SELECT remark FROM enterprise WHERE id = 5",
     "已停产"),
    ("members", "unit", "unit: 工信局", "unit: 卫健局", "SELECT unit FROM member", "卫健局"),
    ("members", "post", "post: 科长", "post: 局长", "SELECT post FROM member", "局长"),
    ("members", "duties", "duties: [leader, safety]", "duties: [leader]", "SELECT duties FROM member", '["leader"]'),
    ("members", "enterprise", "safety], enterprise: 甲厂", "safety], enterprise: 戊厂",
     "SELECT enterprise FROM v_member ORDER BY member_id", "戊厂"),
    ("members", "phone", "post: 科长", "post: 科长, phone: 010-12345678", "SELECT phone FROM member", "010-12345678"),
    ("members", "party", "post: 科长", "post: 科长, party: activist", "SELECT party FROM member", "activist"),
    ("members", "inferred", "duties: [member], inferred: true", "duties: [member]",
     "SELECT inferred FROM member WHERE name = '组员丙'", 0),
    ("members", "remark", "remark: 由名单推断", "remark: 由通知推断", "SELECT remark FROM member WHERE id = 3",
     "由通知推断"),
    ("problems", "enterprise", "enterprise: 甲厂\n", "enterprise: 戊厂\n",
     "SELECT enterprise FROM v_problem ORDER BY problem_id", "戊厂"),
    ("problems", "text", "text: 口罩不足三天", "text: 手套不足", "SELECT text FROM problem", "手套不足"),
    ("problems", "category", "category: supplies\n", "category: hygiene\n",
     "SELECT category FROM v_problem ORDER BY problem_id", "hygiene"),
    ("problems", "source", "source: inspection", "source: assigned", "SELECT source FROM problem", "assigned"),
    ("problems", "department", "text: 原煤短缺\n    department: 工信局", "text: 原煤短缺",
     "SELECT department FROM v_problem WHERE id = '2-2'", None),
    ("problems", "assist", "assist: [卫健局, 应急局]", "assist: [应急局]",
     "SELECT assist FROM v_problem ORDER BY problem_id", "应急局"),
    ("problems", "person", "person: 组员甲", "person: 组员乙", "SELECT person FROM problem", "组员乙"),
    ("problems", "found_on", "text: 原煤短缺\n    department: 工信局\n    found_on: 2020-03-08",
     "text: 原煤短缺\n    department: 工信局\n    found_on: 2020-03-07",
     "SELECT found_on FROM problem WHERE key = 'coal'", "2020-03-07"),
    ("problems", "due", "due: 3d", "due: 2020-03-20", "SELECT due_on || coalesce(due_rule, '') FROM problem",
     "2020-03-20"),
    ("problems", "major", "    major: true\n", "", "SELECT major FROM problem", 0),
    ("problems", "inferred", "    inferred: true\n    remark: 类别", "    remark: 类别",
     "SELECT inferred FROM problem", 0),
    ("problems", "remark", "remark: 类别为推断", "remark: 单位为推断", "SELECT remark FROM problem", "单位为推断"),
    ("activities", "role", "role: publicity, team", "role: service, team", "SELECT role FROM activity WHERE id = 4",
     "service"),
    ("activities", "kind", "role: publicity, team", "role: publicity, kind: slogans, team",
     "SELECT kind FROM v_activity WHERE activity_id = 4", "slogans"),
    ("activities", "team", 'role: publicity, team: "10"', 'role: publicity, team: "2"',
     "SELECT team FROM v_activity WHERE activity_id = 4", "2"),
    ("activities", "enterprises", "enterprises: [甲厂, 乙建材]", "enterprises: [乙建材, 戊厂]",
     "SELECT enterprises FROM v_activity", "某县乙建材有限公司、戊厂"),
    ("activities", "problem", "problem: masks", "problem: coal", "SELECT problem FROM v_activity WHERE activity_id = 3",
     "2-2"),
    ("activities", "text", "text: 张贴标语", "text: 悬挂标语", "SELECT text FROM activity", "悬挂标语"),
    ("activities", "item", "item: 标语", "item: 横幅", "SELECT item FROM activity", "横幅"),
    ("activities", "quantity", "quantity: 400-500", "quantity: 450", "SELECT quantity FROM activity WHERE id = 3",
     "450"),
    ("activities", "unit", "unit: 条", "unit: 幅", "SELECT unit FROM activity", "幅"),
    ("activities", "department", "unit: 只, department: 卫健局", "unit: 只, department: 工信局",
     "SELECT department FROM v_activity WHERE activity_id = 3", "工信局"),
    ("activities", "guests", "guests: [专家甲]", "guests: [专家甲, 专家乙]", "SELECT guests FROM activity WHERE id = 2",
     '["专家甲","专家乙"]'),
    ("activities", "place", "place: 东厂", "place: 西厂", "SELECT place FROM activity WHERE id = 2", "西厂"),
    ("activities", "on", "text: 印发手册, on: 2020-03-11", "text: 印发手册",
     "SELECT max(on_date) FROM activity WHERE id = 4 AND approximate", "2020-03-12"),
    ("activities", "inferred", "department: 卫健局, inferred: true, remark: 数量", "department: 卫健局, remark: 数量",
     "SELECT inferred FROM activity WHERE id = 3", 0),
    ("activities", "remark", "remark: 数量为约数", "remark: 数量待核", "SELECT remark FROM activity WHERE id = 3",
     "数量待核"),
    ("milestones", "on", "name: approval, on: 2020-03-04", "name: approval, on: 2020-03-05",
     "SELECT on_date FROM milestone", "2020-03-05"),
    ("milestones", "pending", "name: branch, pending: true", "name: branch",
     "SELECT count(*) FROM milestone WHERE pending", 0),
    ("milestones", "inferred", "pending: true", "pending: true, inferred: true",
     "SELECT count(*) FROM milestone WHERE inferred", 1),
    ("milestones", "remark", "pending: true", "pending: true, remark: 备注",
     "SELECT max(remark) FROM milestone WHERE pending", "备注"),
    ("practices", "origin", "origin: 甲厂", "origin: 乙建材", "SELECT origin FROM practice", "乙建材"),
    ("practices", "summary", "summary: 一企一策", "summary: 一企两策", "SELECT summary FROM practice", "一企两策"),
    ("practices", "promoted_on", "promoted_on: 2020-03-06", "promoted_on: 2020-03-07",
     "SELECT promoted_on FROM practice", "2020-03-07"),
    ("practices", "adopted_by", '{teams: ["1"], enterprises: [丙丁水泥]}', '{teams: ["1", "2"], enterprises: [戊厂]}',
     "SELECT adopted_by FROM v_practice WHERE practice_id = 1", "第一组、第二组、戊厂"),
    ("practices", "inferred", "name: 另一做法", "name: 另一做法, inferred: true",
     "SELECT inferred FROM practice WHERE id = 2", 1),
    ("practices", "remark", "name: 另一做法", "name: 另一做法, remark: 备注",
     "SELECT remark FROM practice WHERE id = 2", "备注"),
    ("figures", "measure", "measure: people", "measure: party_members", "SELECT measure FROM figure WHERE id = 5",
     "party_members"),
    ("figures", "milestone", "milestone: approval", "milestone: branch",
     "SELECT milestone FROM v_figure WHERE figure_id = 6", "branch"),
    ("figures", "team", 'measure: people, team: "1"', "measure: people",
     "SELECT team FROM v_figure WHERE figure_id = 5", None),
    ("figures", "value", "value: 7", "value: 0", "SELECT value FROM figure", 0),
    ("figures", "unit", "unit: 个", "unit: 件", "SELECT unit FROM figure", "件"),
    ("figures", "as_of", "as_of: 2020-03-11", "as_of: 2020-03-10", "SELECT as_of FROM figure WHERE id = 2",
     "2020-03-10"),
    ("figures", "source", "source: 演练通报", "source: 演练简报", "SELECT source FROM figure", "演练简报"),
    ("figures", "inferred", "value: 3}", "value: 3, inferred: true}", "SELECT inferred FROM figure WHERE id = 3", 1),
    ("figures", "remark", "value: 3}", "value: 3, remark: 备注}", "SELECT remark FROM figure WHERE id = 3", "备注"),
]  # fmt: skip


@pytest.mark.words
@pytest.mark.parametrize(
    ("old", "new", "sql", "now"), [row[2:] for row in FOLLOWS], ids=[f"{row[0]}.{row[1]}" for row in FOLLOWS]
)
def test_what_nobody_touched_follows_the_file_there_and_back(
    county: Path, load: Load, rows: Rows, old: str, new: str, sql: str, now: object
) -> None:
    if "WHERE" not in sql and "ORDER" not in sql:
        sql += " ORDER BY id"  # the first row; an engine may give them in any order
    was, events = rows(sql)[0], rows("SELECT max(id) FROM event")[0][0]
    result = load(turned((old, new)))
    assert (changed(result), remarks(result)) == (1, [])
    assert rows(sql)[0][0] == now
    assert rows(f"SELECT max(act), count(*) FROM v_event WHERE event_id > {events}") == [("edit", 1)]
    once = fingerprint(county)
    assert changed(load(turned((old, new)))) == 0
    assert fingerprint(county) == once
    assert remarks(load(COUNTY)) == []
    assert rows(sql)[0] == was


def test_the_table_above_has_every_attribute_that_a_file_can_state() -> None:
    identity = {
        "campaign": {"county"}, "lists": {"code"}, "departments": {"name"}, "teams": {"code"},
        "enterprises": {"name"}, "members": {"team", "name"}, "problems": {"key", "team", "notes", "closed"},
        "activities": {"key"}, "milestones": {"enterprise", "name"}, "practices": {"name"}, "figures": {"key"},
    }  # fmt: skip
    models: dict[str, type[seed_rows.SeedRow]] = {
        "campaign": seed_rows.CampaignRow, "departments": seed_rows.DepartmentRow, "teams": seed_rows.TeamRow,
        "enterprises": seed_rows.EnterpriseRow, "members": seed_rows.MemberRow, "problems": seed_rows.ProblemRow,
        "activities": seed_rows.ActivityRow, "milestones": seed_rows.MilestoneRow, "practices": seed_rows.PracticeRow,
        "figures": seed_rows.FigureRow,
    }  # fmt: skip
    stated = {(section, name) for section, model in models.items() for name in model.model_fields}
    stated |= {("lists", name) for name in (*seed_rows.CategoryRow.model_fields, "rule")}
    tried = {row[:2] for row in FOLLOWS}
    assert stated - tried == {(section, name) for section, names in identity.items() for name in names}


# What the table cannot show


def test_a_found_date_taken_out_of_the_file_becomes_the_cut_off_and_approximate(
    county: Path, load: Load, rows: Rows
) -> None:
    load(turned((", found_on: 2020-03-09, due: 2020-03-11", "")))
    assert rows("SELECT found_on, approximate, due_on FROM problem WHERE key = 'loan'") == [("2020-03-12", 1, None)]


def test_a_deadline_is_followed_as_a_whole(county: Path, load: Load, rows: Rows) -> None:
    deadline = "SELECT due_on, due_rule, due_from FROM problem WHERE key = 'masks'"
    for due, stored in (
        ("due: 急件", ("2020-03-13", "3d", "2020-03-10")),
        ("due: 2wd", ("2020-03-12", "2wd", "2020-03-10")),
        ("due: 2020-03-20", ("2020-03-20", None, None)),
        ("due: 长期", (None, "open", None)),
        ("due: 1m", ("2020-04-10", "1m", "2020-03-10")),
        ("major: true", (None, None, None)),
    ):
        load(turned(("    due: 3d\n    major: true\n", f"    {due}\n")))
        assert rows(deadline) == [stored]


ASSIGNMENTS = (
    "SELECT t.code, from_on, to_on FROM assignment a JOIN team t ON t.id = a.team_id"
    " WHERE enterprise_id = 3 ORDER BY a.id"
)


def test_an_enterprise_given_to_another_team_is_its_from_the_cut_off_on(county: Path, load: Load, rows: Rows) -> None:
    load(turned((CASTING, 'name: 某县丙丁铸造有限公司, team: "10"')))
    assert rows(ASSIGNMENTS) == [("2", None, "2020-03-12"), ("10", "2020-03-12", None)]
    load(COUNTY.replace("as_of: 2020-03-12", "as_of: 2020-03-13"))
    assert rows(ASSIGNMENTS) == [
        ("2", None, "2020-03-12"), ("10", "2020-03-12", "2020-03-13"), ("2", "2020-03-13", None),
    ]  # fmt: skip


def test_an_enterprise_that_loses_its_team_is_nobody_s_and_can_be_given_again(
    county: Path, load: Load, rows: Rows
) -> None:
    load(turned((CASTING, "name: 某县丙丁铸造有限公司")))
    assert rows(ASSIGNMENTS) == [("2", None, "2020-03-12")]
    assert rows("SELECT team FROM v_enterprise WHERE enterprise_id = 3") == [(None,)]
    load(COUNTY)
    assert rows(ASSIGNMENTS) == [("2", None, "2020-03-12"), ("2", "2020-03-12", None)]


def test_no_assignment_ends_before_it_began(county: Path, load: Load, rows: Rows) -> None:
    moved = turned((CASTING, 'name: 某县丙丁铸造有限公司, team: "10"'))
    load(moved.replace("as_of: 2020-03-12", "as_of: 2020-03-13"))
    load(COUNTY)
    assert rows(ASSIGNMENTS) == [
        ("2", None, "2020-03-13"), ("10", "2020-03-13", "2020-03-13"), ("2", "2020-03-13", None),
    ]  # fmt: skip


def test_an_alias_moves_to_another_firm_once_the_first_has_given_it_up(county: Path, load: Load, rows: Rows) -> None:
    load(turned(("    aliases: [油漆厂]\n", ""), (CASTING, f"{CASTING}, aliases: [油漆厂]")))
    assert rows("SELECT name FROM v_enterprise WHERE aliases = '油漆厂'") == [("某县丙丁铸造有限公司",)]


def faults(refusal: pytest.ExceptionInfo[SeedFaults]) -> list[str]:
    """The faults of a refused load, without the file's path."""
    return [line.partition(".yaml:")[2] for line in str(refusal.value.params["faults"]).splitlines()]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            '  - {code: "2", name: 第二组}',
            '  - {code: "2", name: 第一组}',
            "43:17: 「第一组」已经是帮扶组「1」的名称。",
        ),
        ("zh: 环境卫生", "zh: 资金周转", "16:23: 「资金周转」已经是问题类别「finance」的名称。"),
        (CASTING, f"{CASTING}, aliases: [油漆厂]", "58:35: 「油漆厂」已经是企业「某县甲厂有限公司」的名称。"),
        (
            'key: coal\n    team: "2"',
            'key: coal\n    team: "1"',
            "88:5: 2-2 的编号已经用了，不能换帮扶组；要换就作废它，另写一个标识",
        ),
        ("found_on: 2020-03-08", "found_on: 2020-03-12", "2-2 在 2020-03-11 已销号，不可能到 2020-03-12 才发现。"),
    ],
    ids=["team's name", "list entry's name", "alias", "problem's team", "found date"],
)
def test_a_change_that_cannot_be_is_a_fault_and_nothing_is_written(
    county: Path, load: Load, old: str, new: str, fault: str
) -> None:
    before = fingerprint(county)
    with pytest.raises(SeedFaults) as refusal:
        load(turned((old, new)))
    assert len(faults(refusal)) == 1
    assert fault in faults(refusal)[0]
    assert fingerprint(county) == before


# What people edited stays, and is reported


def people(store: Path, kind: type[Record], number: int, change: Callable[[Writer], dict[str, Any]]) -> None:
    """Edit a record by hand, for which most kinds have no command yet."""
    with command(store, "edit") as writer:
        writer.change(writer.session.get(kind, number), change(writer))


EDITED = [
    (
        Campaign, lambda _: {"timeline": [["2020-02-27", "动员会"]]}, "text: 推广通知", "text: 表彰通知",
        ("专项行动 campaign 的大事在台账里改过，没有按文件改："
        "台账 2020-02-27 动员会，文件 2020-02-28 业务培训会、2020-03-06 表彰通知"),
        ("campaign campaign: timeline left as edited in the ledger: "
        "2020-02-27 动员会; the file says 2020-02-28 业务培训会, 2020-03-06 表彰通知"),
    ),
    (
        Term, lambda _: {"grp": CategoryGroup.PARTY}, "en: Protective supplies, group: check",
        "en: Protective supplies, group: help",
        "列表项 category/supplies 的工作法在台账里改过，没有按文件改：台账 党建，文件 五帮",
        "list entry category/supplies: method left as edited in the ledger: party building; the file says five helps",
    ),
    (
        Department, lambda _: {"aliases": []}, "aliases: [工业和信息化局]", "aliases: [工信, 经信局]",
        "责任单位 工信局 的简称在台账里改过，没有按文件改：台账 无，文件 工信、经信局",
        "department 工信局: aliases left as edited in the ledger: none; the file says 工信, 经信局",
    ),
    (
        Team, lambda _: {"units_complete": False, "units": ["乙镇"]}, "units: [工信局, 甲镇]", "units: [甲镇]",
        "帮扶组 1 的成员单位在台账里改过，没有按文件改：台账 乙镇，文件 甲镇",
        "team 1: units left as edited in the ledger: 乙镇; the file says 甲镇",
    ),
    (
        Enterprise, lambda _: {"stage": Stage.FULL}, "stage: resumed\n    stage_on: 2020-03-05", "stage: stopped",
        "企业 某县甲厂有限公司 的复工阶段在台账里改过，没有按文件改：台账 满产，文件 停工",
        (
            "enterprise 某县甲厂有限公司: resumption stage left as edited in the ledger: "
            "full output; the file says stopped"
        ),
    ),
    (
        Member, lambda writer: {"duties": ["health"], "enterprise": roster.find_enterprise(writer.session, "戊厂")},
        "duties: [leader, safety], enterprise: 甲厂", "duties: [leader, safety], enterprise: 乙建材",
        "组员 1/组员甲 的企业在台账里改过，没有按文件改：台账 戊厂，文件 某县乙建材有限公司",
        "member 1/组员甲: enterprise left as edited in the ledger: 戊厂; the file says 某县乙建材有限公司",
    ),
    (
        Member, lambda _: {"duties": ["health"]}, "duties: [leader, safety]", "duties: [member, safety]",
        "组员 1/组员甲 的职责在台账里改过，没有按文件改：台账 卫生员，文件 组员、安全员",
        "member 1/组员甲: duties left as edited in the ledger: health officer; the file says member, safety officer",
    ),
    (
        Problem, lambda _: {"major": False, "text": "缺口罩"}, "text: 口罩不足三天", "text: 口罩不足",
        "问题 masks 的描述在台账里改过，没有按文件改：台账 缺口罩，文件 口罩不足",
        "problem masks: text left as edited in the ledger: 缺口罩; the file says 口罩不足",
    ),
    (
        Problem, lambda _: {"category": None}, "category: supplies\n", "category: hygiene\n",
        "问题 masks 的类别在台账里改过，没有按文件改：台账 无，文件 环境卫生",
        "problem masks: category left as edited in the ledger: none; the file says Hygiene",
    ),
    (
        Problem, lambda _: {"source": Source.ENTERPRISE}, "source: inspection", "source: assigned",
        "问题 masks 的来源在台账里改过，没有按文件改：台账 企业反映，文件 上级交办",
        (
            "problem masks: source left as edited in the ledger: "
            "raised by the enterprise; the file says assigned from above"
        ),
    ),
    (
        Problem, lambda writer: {"assist": [roster.find_department(writer.session, "应急局")]},
        "assist: [卫健局, 应急局]", "assist: [卫健局]",
        "问题 masks 的协办单位在台账里改过，没有按文件改：台账 应急局，文件 卫健局",
        "problem masks: assisting departments left as edited in the ledger: 应急局; the file says 卫健局",
    ),
    (
        Problem, lambda writer: {"enterprise": roster.find_enterprise(writer.session, "戊厂")},
        'team: "1"\n    enterprise: 甲厂\n', 'team: "1"\n',
        "问题 masks 的企业在台账里改过，没有按文件改：台账 戊厂，文件 无",
        "problem masks: enterprise left as edited in the ledger: 戊厂; the file says none",
    ),
    (
        Activity, lambda _: {"kind": None}, 'kind: slogans, team: "1"', 'kind: visit, team: "1"',
        "工作记录 slogans 的方式在台账里改过，没有按文件改：台账 无，文件 观摩",
        "activity slogans: kind left as edited in the ledger: none; the file says Visit",
    ),
    (
        Milestone, lambda _: {"pending": True, "remark": "待核"}, "name: approval, on: 2020-03-04",
        "name: approval, on: 2020-03-04, remark: 已核",
        "达标事项 甲厂/approval 的备注在台账里改过，没有按文件改：台账 待核，文件 已核",
        "milestone 甲厂/approval: remark left as edited in the ledger: 待核; the file says 已核",
    ),
    (
        Milestone, lambda _: {"on_date": date(2020, 3, 1)}, "name: approval, on: 2020-03-04", "name: approval",
        "达标事项 甲厂/approval 的日期在台账里改过，没有按文件改：台账 2020-03-01，文件 2020-03-12",
        "milestone 甲厂/approval: date left as edited in the ledger: 2020-03-01; the file says 2020-03-12",
    ),
    (
        Practice, lambda writer: {"adoptions": [adoption(roster.find_team(writer.session, "2"))]},
        'adopted_by: {teams: ["1"], enterprises: [丙丁水泥]}', 'adopted_by: {teams: ["1", "10"]}',
        "做法 演练做法 的采用者在台账里改过，没有按文件改：台账 2，文件 1、10",
        "practice 演练做法: adopted by left as edited in the ledger: 2; the file says 1, 10",
    ),
    (
        Figure, lambda _: {"measure": Measure.SOLVED}, "key: found, measure: found", "key: found, measure: in_hand",
        "公布口径 found 的指标在台账里改过，没有按文件改：台账 解决问题，文件 正在解决",
        "published figure found: measure left as edited in the ledger: problems solved; the file says problems in hand",
    ),
    (
        Figure, lambda _: {"source": "简报"}, "source: 演练通报", "source: 演练月报",
        "公布口径 found 的来源在台账里改过，没有按文件改：台账 简报，文件 演练月报",
        "published figure found: source left as edited in the ledger: 简报; the file says 演练月报",
    ),
    (
        Figure, lambda _: {"value": 8}, "key: found, measure: found, value: 7", "key: found, measure: found, value: 9",
        "公布口径 found 的数值在台账里改过，没有按文件改：台账 8，文件 9",
        "published figure found: value left as edited in the ledger: 8; the file says 9",
    ),
]  # fmt: skip

VISIT = (
    "{code: slogans, zh: 标语, en: Slogans}",
    "{code: slogans, zh: 标语, en: Slogans}\n    - {code: visit, zh: 观摩, en: Visit}",
)


@pytest.mark.words
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("kind", "change", "old", "new", "said"),
    [(*edited[:4], {"zh": edited[4], "en": edited[5]}) for edited in EDITED],
    ids=[f"{edited[0].__name__}-{number}" for number, edited in enumerate(EDITED)],
)
def test_what_people_edited_stays_and_is_reported_once(
    county: Path, load: Load, monkeypatch: pytest.MonkeyPatch, kind: type[Record], change: Callable[[Writer], Any],
    old: str, new: str, said: dict[str, str], language: str,
) -> None:  # fmt: skip
    monkeypatch.setenv("FUGONG_LANG", language)
    load(turned(VISIT))
    people(county, kind, 1, change)
    with writing(str(county)) as session:
        edited = state(session.get(kind, 1))
    result = load(turned(VISIT, (old, new)))
    assert (changed(result), remarks(result)) == (0, [said[language]])
    with writing(str(county)) as session:
        assert state(session.get(kind, 1)) == edited
    once = fingerprint(county)
    assert remarks(load(turned(VISIT, (old, new)))) == []
    assert fingerprint(county) == once


def test_an_edited_attribute_is_reported_again_only_when_the_file_changes_it_again(county: Path, load: Load) -> None:
    people(county, Problem, 1, lambda _: {"text": "缺口罩"})
    assert len(remarks(load(turned(("text: 口罩不足三天", "text: 口罩不足两天"))))) == 1
    assert (
        remarks(load(turned(("text: 口罩不足三天", "text: 口罩不足两天"), ("person: 组员甲", "person: 组员乙")))) == []
    )
    assert len(remarks(load(COUNTY))) == 1


def test_once_the_file_says_what_people_said_it_is_followed_again(county: Path, load: Load, rows: Rows) -> None:
    people(county, Problem, 1, lambda _: {"text": "缺口罩"})
    agreed = load(turned(("text: 口罩不足三天", "text: 缺口罩")))
    assert (changed(agreed), remarks(agreed)) == (0, [])
    later = load(turned(("text: 口罩不足三天", "text: 缺口罩五百只")))
    assert (changed(later), remarks(later)) == (1, [])
    assert rows("SELECT text FROM problem WHERE key = 'masks'") == [("缺口罩五百只",)]


def test_beside_what_people_edited_the_rest_of_the_row_follows(county: Path, load: Load, rows: Rows) -> None:
    people(county, Problem, 1, lambda _: {"text": "缺口罩"})
    result = load(turned(("text: 口罩不足三天", "text: 口罩不足"), ("person: 组员甲", "person: 组员乙")))
    assert (changed(result), len(remarks(result))) == (1, 1)
    assert rows("SELECT text, person FROM problem WHERE key = 'masks'") == [("缺口罩", "组员乙")]


def test_what_people_edited_and_the_file_did_not_change_stays_in_silence(county: Path, load: Load, rows: Rows) -> None:
    people(county, Problem, 1, lambda _: {"text": "缺口罩"})
    assert remarks(load(turned(("person: 组员甲", "person: 组员乙")))) == []
    assert rows("SELECT text, person FROM problem WHERE key = 'masks'") == [("缺口罩", "组员乙")]


@pytest.mark.parametrize(
    ("argv", "new", "stored"),
    [
        (["--due", "2020-03-15"], "due: 5d", ("2020-03-15", None, None)),
        (["--due", "5wd"], "due: 2020-03-15", ("2020-03-20", "5wd", "2020-03-13")),
        (["--due", "长期"], "due: 5d", (None, "open", None)),
    ],
)
def test_a_deadline_that_people_moved_stays_whole(
    county: Path, load: Load, rows: Rows, fugong: Run, argv: list[str], new: str, stored: tuple[str | None, ...]
) -> None:
    assert fugong("edit", "1-1", *argv).exit_code == 0
    assert len(remarks(load(turned(("due: 3d", new))))) == 1
    assert rows("SELECT due_on, due_rule, due_from FROM problem WHERE key = 'masks'") == [stored]


def test_a_date_that_people_made_exact_stays_exact(county: Path, load: Load, rows: Rows, fugong: Run) -> None:
    assert fugong("edit", "1-3", "--on", "2020-03-08").exit_code == 0
    assert remarks(load(turned((", found_on: 2020-03-09, due: 2020-03-11", ", due: 2020-03-11")))) == [
        "问题 loan 的发现日期在台账里改过，没有按文件改：台账 2020-03-08，文件 2020-03-12"
    ]
    assert rows("SELECT found_on, approximate FROM problem WHERE key = 'loan'") == [("2020-03-08", 0)]


# Rows gone from the file


def test_rows_gone_from_the_file_stay(county: Path, load: Load) -> None:
    before = fingerprint(county)
    result = load("as_of: 2020-03-12\nlists: {}\n")
    assert (changed(result), remarks(result)) == (0, [])
    assert fingerprint(county) == before


def test_a_row_that_comes_back_is_the_row_that_was(county: Path, load: Load) -> None:
    before = fingerprint(county)
    row = '  - {key: crew, team: "1", text: 返岗人员管控难, closed: {how: 已逐一登记, on: 2020-03-12}}\n'
    load(turned((row, "")))
    load(COUNTY)
    assert fingerprint(county) == before


# A status never goes back

STATUS = "SELECT status, closed_on, how FROM problem WHERE key = '{}'"
CREW = "closed: {how: 已逐一登记, on: 2020-03-12}"


def test_a_closing_gone_from_the_file_leaves_the_problem_closed(county: Path, load: Load, rows: Rows) -> None:
    result = load(turned((f", {CREW}", "")))
    assert (changed(result), remarks(result)) == (0, [])
    assert rows(STATUS.format("crew")) == [("closed", "2020-03-12", "已逐一登记")]


def test_notes_gone_from_the_file_leave_the_problem_in_progress(county: Path, load: Load, rows: Rows) -> None:
    result = load(turned(("    notes:\n      - {text: 已联系供货方, on: 2020-03-11}\n", "")))
    assert (changed(result), remarks(result)) == (0, [])
    assert rows(STATUS.format("masks")) == [("doing", None, None)]


def test_what_people_reopened_is_not_closed_again(county: Path, load: Load, rows: Rows, fugong: Run) -> None:
    fugong("reopen", "1-2", "--why", "又有")
    assert remarks(load(turned(("text: 返岗人员管控难", "text: 返岗人员难管")))) == []
    assert remarks(load(turned((CREW, "closed: {how: 已全部登记}")))) == [
        "问题 crew 的解决措施在台账里改过，没有按文件改：台账 无，文件 已全部登记"
    ]
    assert rows(STATUS.format("crew")) == [("doing", None, None)]


def test_what_people_closed_takes_a_new_note_and_stays_closed(
    county: Path, load: Load, rows: Rows, fugong: Run
) -> None:
    fugong("close", "1-1", "--how", "已调配")
    result = load(
        turned(("on: 2020-03-11}\n  - {key: crew", "on: 2020-03-11}\n      - {text: 回访无误}\n  - {key: crew"))
    )
    assert (changed(result), remarks(result)) == (1, [])
    assert rows(STATUS.format("masks")) == [("closed", "2020-03-13", "已调配")]


def test_what_people_closed_keeps_their_measure_and_the_file_s_is_reported(
    county: Path, load: Load, rows: Rows, fugong: Run
) -> None:
    fugong("close", "2-1", "--how", "已消毒")
    result = load(turned(("source: enterprise}", "source: enterprise, closed: {how: 已请人消毒}}")))
    assert (changed(result), remarks(result)) == (
        0, ["问题 yard 的解决措施在台账里改过，没有按文件改：台账 已消毒，文件 已请人消毒"],
    )  # fmt: skip
    assert rows(STATUS.format("yard")) == [("closed", "2020-03-13", "已消毒")]


def test_people_and_the_file_may_close_a_problem_alike(county: Path, load: Load, rows: Rows, fugong: Run) -> None:
    fugong("close", "2-1", "--how", "已消毒")
    result = load(turned(("source: enterprise}", "source: enterprise, closed: {how: 已消毒}}")))
    assert (changed(result), remarks(result)) == (0, [])
    assert rows(STATUS.format("yard")) == [("closed", "2020-03-13", "已消毒")]


def test_a_closing_added_to_the_file_closes_what_is_in_hand(county: Path, load: Load, rows: Rows) -> None:
    result = load(turned(("source: enterprise}", "source: enterprise, closed: {how: 已消毒}}")))
    assert (changed(result), remarks(result)) == (1, [])
    assert rows(STATUS.format("yard")) == [("closed", "2020-03-12", "已消毒")]


def test_a_closing_added_to_the_file_is_not_before_what_people_did(
    county: Path, load: Load, rows: Rows, fugong: Run
) -> None:
    fugong("assign", "2-1", "--department", "工信局")
    added = "source: enterprise, closed: {how: 已消毒, on: 2020-03-12}}"
    with pytest.raises(SeedFaults) as refusal:
        load(turned(("source: enterprise}", added)))
    (fault,) = faults(refusal)
    assert fault.endswith("2-1 在 2020-03-13 已交办，不能再记 2020-03-12 的销号。请写 2020-03-13 或更晚的日期。")
    load(turned(("source: enterprise}", "source: enterprise, closed: {how: 已消毒}}")))
    assert rows(STATUS.format("yard")) == [("closed", "2020-03-13", "已消毒")]


@pytest.mark.parametrize(
    ("new", "wanted"),
    [
        ("source: enterprise, closed: {how: 已消毒}}", "已销号"),
        ("source: enterprise, notes: [{text: 已联系}]}", "办理中"),
    ],
)
def test_what_people_voided_stays_void_and_is_reported(
    county: Path, load: Load, rows: Rows, fugong: Run, new: str, wanted: str
) -> None:
    fugong("void", "2-1", "--why", "重复")
    events = rows("SELECT count(*) FROM event")
    result = load(turned(("source: enterprise}", new)))
    assert (changed(result), remarks(result)) == (
        0, [f"问题 yard 的状态在台账里改过，没有按文件改：台账 作废，文件 {wanted}"],
    )  # fmt: skip
    assert rows(STATUS.format("yard")) == [("void", None, None)]
    assert rows("SELECT count(*) FROM event") == events
    assert remarks(load(turned(("source: enterprise}", new)))) == []


def test_a_corrected_closing_is_followed(county: Path, load: Load, rows: Rows) -> None:
    load(turned((CREW, "closed: {how: 已全部登记, on: 2020-03-13}")))
    assert rows(STATUS.format("crew")) == [("closed", "2020-03-13", "已全部登记")]
    load(turned((CREW, "closed: {how: 已登记完}")))
    assert rows(STATUS.format("crew")) == [("closed", "2020-03-13", "已登记完")]
    with pytest.raises(SeedFaults) as refusal:
        load(turned((CREW, "closed: {how: 已登记完, on: 2020-03-11}")))
    (fault,) = faults(refusal)
    assert fault.endswith("1-2 在 2020-03-12 已登记，不能再记 2020-03-11 的销号。请写 2020-03-12 或更晚的日期。")


# Notes

MASKS_NOTES = "    notes:\n      - {text: 已联系供货方, on: 2020-03-11}\n"
NOTES = "SELECT text, on_date, approximate FROM v_event WHERE act = 'note' ORDER BY event_id"
FIRST = ("已联系供货方", "2020-03-11", 0)


@pytest.mark.words
@pytest.mark.parametrize(
    ("notes", "stored"),
    [
        ("{text: 已联系供货方, on: 2020-03-11}, {text: 已发货}", [FIRST, ("已发货", "2020-03-12", 1)]),
        ("{text: 已发货, on: 2020-03-10}, {text: 已联系供货方, on: 2020-03-11}", [FIRST, ("已发货", "2020-03-10", 0)]),
        ("{text: 已联系供货方, on: 2020-03-12}", [FIRST]),
        ("{text: 已联系供货方}", [FIRST]),
        ("{text: 已联系新供货方, on: 2020-03-11}", [FIRST, ("已联系新供货方", "2020-03-11", 0)]),
        (
            "{text: 已联系供货方, on: 2020-03-12}, {text: 已联系供货方, on: 2020-03-11}",
            [FIRST, ("已联系供货方", "2020-03-12", 0)],
        ),
    ],
    ids=["one more", "one before", "another day", "no day", "another text", "the same again"],
)
def test_a_note_is_added_once_and_never_changed(
    county: Path, load: Load, rows: Rows, notes: str, stored: list[tuple[object, ...]]
) -> None:
    text = turned((MASKS_NOTES, f"    notes: [{notes}]\n"))
    load(text)
    assert rows(NOTES) == stored
    before = fingerprint(county)
    assert changed(load(text)) == 0
    assert fingerprint(county) == before


# What people entered first


def test_a_problem_that_people_logged_with_the_same_key_is_completed(
    county: Path, load: Load, rows: Rows, fugong: Run
) -> None:
    fugong("log", "丙丁水泥", "停电", "--key", "power", "--on", "2020-03-11", "--category", "supplies")
    result = load(
        'as_of: 2020-03-12\nproblems: [{key: power, team: "2", enterprise: 丙丁水泥, text: 供电不足, '
        "found_on: 2020-03-10, person: 组员丙, category: hygiene, due: 3d, notes: [{text: 已报修}], "
        "closed: {how: 已接通}}]\n"
    )
    assert remarks(result) == [
        "问题 power 的发现日期在台账里改过，没有按文件改：台账 2020-03-11，文件 2020-03-10",
        "问题 power 的描述在台账里改过，没有按文件改：台账 停电，文件 供电不足",
        "问题 power 的类别在台账里改过，没有按文件改：台账 防控物资，文件 环境卫生",
    ]
    assert rows("SELECT number, text, person, found_on, due_on, status, how FROM problem WHERE key = 'power'") == [
        (3, "停电", "组员丙", "2020-03-11", "2020-03-13", "closed", "已接通")
    ]
    assert changed(load("as_of: 2020-03-12\n")) == 0


def test_what_the_file_leaves_open_is_no_reason_to_report_what_people_know(
    county: Path, load: Load, fugong: Run
) -> None:
    fugong("log", "丙丁水泥", "停电", "--key", "power", "--on", "2020-03-11", "--due", "3d", "--department", "工信局",
           "--assist", "卫健局", "--person", "组员丙", "--source", "enterprise", "--major")  # fmt: skip
    result = load('as_of: 2020-03-12\nproblems: [{key: power, team: "2", text: 停电, found_on: 2020-03-11}]\n')
    assert (changed(result), remarks(result)) == (0, [])


def test_a_firm_that_people_entered_is_completed_and_answers_to_its_aliases(
    county: Path, load: Load, rows: Rows
) -> None:
    with command(county, "enterprise add") as writer:
        roster.add_enterprise(writer, "己公司", aliases=["小己"], township="乙镇")
    result = load('as_of: 2020-03-12\nenterprises: [{name: 己公司, team: "2", township: 丙镇, stage: stopped}]\n')
    assert remarks(result) == ["企业 己公司 的乡镇在台账里改过，没有按文件改：台账 乙镇，文件 丙镇"]
    firm = "SELECT name, aliases, team, township, stage, stage_on FROM v_enterprise WHERE name = '己公司'"
    assert rows(firm) == [("己公司", "小己", "2", "乙镇", "stopped", "2020-03-12")]
    assert remarks(load("as_of: 2020-03-12\nenterprises: [{name: 小己, capacity: 年产一吨}]\n")) == [
        "企业 小己 的名称在台账里改过，没有按文件改：台账 己公司，文件 小己"
    ]
    assert rows("SELECT name, capacity FROM enterprise WHERE name IN ('己公司', '小己')") == [("己公司", "年产一吨")]


def test_a_name_that_has_become_ambiguous_since_the_last_load_is_no_fault_of_the_file(
    county: Path, load: Load, rows: Rows
) -> None:
    seed = 'as_of: 2020-03-12\nmembers: [{{team: "10", name: 组员丁, enterprise: {}}}]\n'
    load(seed.format("铸造"))
    load("as_of: 2020-03-12\nenterprises: [{name: 己铸造公司}]\n")
    with pytest.raises(SeedFaults):
        load(seed.format("铸造, post: 科员"))
    assert remarks(load(seed.format("丙丁铸造, post: 科员"))) == []
    assert rows("SELECT enterprise, post FROM v_member WHERE name = '组员丁'") == [("某县丙丁铸造有限公司", "科员")]


# Several loads, several files


def test_another_file_may_state_more_of_the_same_record(county: Path, load: Load, rows: Rows) -> None:
    result = load('as_of: 2020-03-12\nteams: [{code: "2", name: 第二组, branch: 第二组党支部}]\n')
    assert (changed(result), remarks(result)) == (1, [])
    assert rows("SELECT branch FROM team WHERE code = '2'") == [("第二组党支部",)]


def test_a_load_that_merges_is_one_batch_that_names_who_loaded(county: Path, load: Load, rows: Rows) -> None:
    load(turned(("person: 组员甲", "person: 组员乙"), ("unit: 条", "unit: 幅"), ("unit: 个", "unit: 件")))
    assert rows("SELECT verb, actor FROM batch") == [("load", "录入员"), ("load", "装载员")]
    told = "SELECT act, changes FROM v_event e JOIN batch b ON b.uid = e.batch WHERE b.id = 2 ORDER BY event_id"
    assert rows(told) == [
        ("edit", '{"person":["组员甲","组员乙"]}'),
        ("edit", '{"unit":["条","幅"]}'),
        ("edit", '{"unit":["个","件"]}'),
    ]


def test_the_command_reports_what_it_kept_after_the_counts(county: Path, tmp_path: Path, fugong: Run) -> None:
    fugong("edit", "1-1", "--text", "缺口罩")
    path = tmp_path / "changed.yaml"
    path.write_text(turned(("text: 口罩不足三天", "text: 口罩不足")), encoding="utf-8")
    loaded = fugong("load", str(path), FUGONG_LANG="en")
    assert loaded.exit_code == 0
    assert loaded.stderr.splitlines()[-1] == (
        "problem masks: text left as edited in the ledger: 缺口罩; the file says 口罩不足"
    )
