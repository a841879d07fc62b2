"""A load puts every row of a file into the store, in one piece, once; or it leaves no trace."""

import json
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import SEED, fingerprint, outcome
from tests.seed.conftest import Load, Rows

from fugong.db import writing
from fugong.domain import history
from fugong.errors.files import CannotRead, SeedFaults
from fugong.seed.load import load_files
from fugong.seed.result import Tally
from fugong.store.records import RECORDS, CalendarDay, Copy, NilReport, Notice, Profile, Publication, Setting

TEAMS = 'as_of: 2020-03-12\nteams: [{code: "1", name: 第一组, county: 某县}]\n'
PROBLEMS = 'as_of: 2020-03-13\nproblems: [{key: p1, team: "1", text: 缺口罩}]\n'
DANGLING = 'as_of: 2020-03-12\nproblems: [{key: p9, team: "9", text: 缺口罩}]\n'


# What is stored


@pytest.mark.parametrize(
    ("sql", "stored"),
    [
        (
            "SELECT name, county, committee, places, timeline, remark FROM campaign",
            [
                (
                    "复工帮扶演练", "某县", "演练临时党委", '["某县"]',
                    '[["2020-02-28","业务培训会"],["2020-03-06","推广通知"]]', None,
                )
            ],
        ),
        (
            "SELECT list, code, zh, en, rank, grp, rule FROM term ORDER BY id",
            [
                ("category", "supplies", "防控物资", "Protective supplies", 0, "check", None),
                ("category", "hygiene", "环境卫生", "Hygiene", 1, "check", None),
                ("category", "finance", "资金周转", "Working capital", 2, "help", None),
                ("publicity", "slogans", "标语", "Slogans", 0, None, None),
                ("supervision", "check", "检查", "Check", 0, None, None),
                ("service", "supplies", "物资", "Supplies", 0, None, None),
                ("milestone", "approval", "复工批复", "Approval to resume", 0, None, None),
                ("milestone", "branch", "党支部", "Party branch", 1, None, None),
                ("deadline", "urgent", "急件", "Urgent", 0, None, "3d"),
            ],
        ),
        (
            "SELECT name, aliases, inferred, remark FROM v_department ORDER BY department_id",
            [("工信局", "工业和信息化局", 0, None), ("卫健局", None, 0, None), ("应急局", None, 1, "由描述推断")],
        ),
        (
            ("SELECT code, name, county, branch, units, units_complete, expected_headcount, expected_enterprises "
            "FROM v_team ORDER BY team_id"),
            [
                ("1", "第一组", "某县", "第一组临时党支部", '["工信局","甲镇"]', 1, 8, 4),
                ("2", "第二组", "某县", None, "[]", 0, None, None),
                ("10", "第十组", "邻县", None, "[]", 0, None, 5),
            ],
        ),
        (
            ("SELECT name, aliases, team, from_on, township, above_scale, capacity, workforce, sites, stage, stage_on, "
            "remark FROM v_enterprise ORDER BY enterprise_id"),
            [
                (
                    "某县甲厂有限公司", "油漆厂", "1", None, "甲镇", 1, "年产1万吨", "200余人", '["东厂","西厂"]',
                    "resumed", "2020-03-05", None,
                ),
                (
                    "某县乙建材有限公司", None, "1", None, "乙镇", None, None, None, "[]",
                    "preparing", "2020-03-12", None,
                ),
                ("某县丙丁铸造有限公司", None, "2", None, "甲镇", None, None, None, "[]", "full", "2020-03-12", None),
                ("某县丙丁水泥有限公司", None, "2", None, None, None, None, None, "[]", "unknown", None, None),
                ("戊厂", None, None, None, None, None, None, None, "[]", "stopped", "2020-03-12", "尚未包联"),
            ],
        ),
        (
            "SELECT team, name, unit, post, duties, enterprise, inferred, remark FROM v_member ORDER BY member_id",
            [
                ("1", "组员甲", "工信局", "科长", '["leader","safety"]', "某县甲厂有限公司", 0, None),
                ("1", "组员乙", None, None, '["health"]', None, 0, None),
                ("2", "组员丙", None, None, '["member"]', None, 1, "由名单推断"),
            ],
        ),
        (
            ("SELECT p.key, v.id, enterprise, v.text, category, v.source, department, v.assist, v.person, v.major, "
            "v.inferred, v.remark FROM v_problem v JOIN problem p ON p.id = v.problem_id ORDER BY p.id"),
            [
                (
                    "masks", "1-1", "某县甲厂有限公司", "口罩不足三天", "supplies", "inspection", "工信局",
                    "卫健局、应急局", "组员甲", 1, 1, "类别为推断",
                ),
                ("crew", "1-2", None, "返岗人员管控难", None, None, None, None, None, 0, 0, None),
                ("loan", "1-3", "某县乙建材有限公司", "流动资金紧张", "finance", None, None, None, None, 0, 0, None),
                (
                    "yard", "2-1", "某县丙丁铸造有限公司", "厂区未消毒", "hygiene", "enterprise", "卫健局", None, None,
                    0, 0, None,
                ),
                ("coal", "2-2", "某县丙丁水泥有限公司", "原煤短缺", None, None, "工信局", None, None, 0, 0, None),
            ],
        ),
        (
            "SELECT key, due_on, due_rule, due_from, due_estimated FROM problem WHERE due_on IS NOT NULL ORDER BY id",
            [("masks", "2020-03-13", "3d", "2020-03-10", 0), ("loan", "2020-03-11", None, None, 0)],
        ),
        (
            ("SELECT a.key, v.role, v.kind, team, enterprises, problem, v.text, v.item, v.quantity, v.unit, "
            "department, v.guests, v.place, v.inferred "
            "FROM v_activity v JOIN activity a ON a.id = v.activity_id ORDER BY a.id"),
            [
                (
                    "slogans", "publicity", "slogans", "1", "某县甲厂有限公司、某县乙建材有限公司", None, "张贴标语",
                    "标语", "21", "条", None, "[]", None, 0,
                ),
                (
                    "check", "supervision", "check", "1", "某县甲厂有限公司", None, "全面检查", None, None, None, None,
                    '["专家甲"]', "东厂", 0,
                ),
                (
                    "masks", "service", "supplies", "2", "某县丙丁水泥有限公司", "1-1", "调配口罩", "口罩", "400-500",
                    "只", "卫健局", "[]", None, 1,
                ),
                ("booklet", "publicity", None, "10", None, None, "印发手册", None, None, None, None, "[]", None, 0),
            ],
        ),
        (
            "SELECT enterprise, milestone, pending, on_date, approximate FROM v_milestone ORDER BY milestone_id",
            [
                ("某县甲厂有限公司", "approval", 0, "2020-03-04", 0),
                ("某县丙丁铸造有限公司", "branch", 1, "2020-03-12", 1),
            ],
        ),
        (
            "SELECT name, origin, summary, promoted_on, adopted_by FROM v_practice ORDER BY practice_id",
            [
                ("演练做法", "甲厂", "一企一策", "2020-03-06", "第一组、某县丙丁水泥有限公司"),
                ("另一做法", None, None, None, None),
            ],
        ),
        (
            "SELECT key, measure, milestone, team, value, unit, as_of, source FROM v_figure ORDER BY figure_id",
            [
                ("found", "found", None, None, 7, "个", "2020-03-12", "演练通报"),
                ("solved", "solved", None, None, 4, None, "2020-03-11", None),
                ("unsolved", "in_hand", None, None, 3, None, "2020-03-12", None),
                ("resumed", "resumed", None, None, 2, "家", "2020-03-12", None),
                ("people", "people", None, "1", 8, "人", "2020-03-12", None),
                ("approval", "milestone", "approval", "2", 1, "家", "2020-03-12", None),
            ],
        ),
    ],
    ids=["campaign", "lists", "departments", "teams", "enterprises", "members", "problems", "deadlines", "activities",
         "milestones", "practices", "figures"],
)  # fmt: skip
def test_every_row_of_a_section_is_stored_as_it_is_written(
    county: Path, rows: Rows, sql: str, stored: list[tuple[object, ...]]
) -> None:
    assert rows(sql) == stored


def test_numbers_run_within_a_team_in_the_order_of_the_file(bare: Path, load: Load, rows: Rows) -> None:
    teams = '- {code: "1", name: 第一组, county: 某县}\n- {code: "2", name: 第二组, county: 某县}\n'
    problems = "".join(f'- {{key: k{at}, team: "{team}", text: 问题{at}}}\n' for at, team in enumerate("2112121"))
    load(f"as_of: 2020-03-12\nteams:\n{teams}problems:\n{problems}")
    assert rows("SELECT id, text FROM v_problem ORDER BY problem_id") == [
        ("2-1", "问题0"), ("1-1", "问题1"), ("1-2", "问题2"), ("2-2", "问题3"), ("1-3", "问题4"), ("2-3", "问题5"),
        ("1-4", "问题6"),
    ]  # fmt: skip


def test_what_has_no_date_takes_the_cut_off_and_is_approximate(county: Path, rows: Rows) -> None:
    dates = "SELECT key, found_on, approximate FROM problem ORDER BY id"
    assert rows(dates) == [
        ("masks", "2020-03-10", 0),
        ("crew", "2020-03-12", 1),
        ("loan", "2020-03-09", 0),
        ("yard", "2020-03-12", 1),
        ("coal", "2020-03-08", 0),
    ]
    assert rows("SELECT key, on_date, approximate FROM activity ORDER BY id") == [
        ("slogans", "2020-03-09", 0),
        ("check", "2020-03-12", 1),
        ("masks", "2020-03-12", 1),
        ("booklet", "2020-03-11", 0),
    ]
    assert rows("SELECT on_date, approximate FROM milestone ORDER BY id") == [("2020-03-04", 0), ("2020-03-12", 1)]


def test_an_undated_act_is_not_before_the_last_dated_one(bare: Path, load: Load, rows: Rows) -> None:
    load(
        f'{TEAMS}problems: [{{key: p1, team: "1", text: 缺口罩, found_on: 2020-03-13, '
        "notes: [{text: 已联系}], closed: {how: 已送到}}]\n"
    )
    assert rows("SELECT act, on_date, approximate, text FROM v_event WHERE kind = 'problem' ORDER BY event_id") == [
        ("log", "2020-03-13", 0, None),
        ("note", "2020-03-13", 1, "已联系"),
        ("close", "2020-03-13", 1, None),
    ]


def test_a_status_comes_from_notes_and_closing(bare: Path, load: Load, rows: Rows) -> None:
    load(
        f"{TEAMS}problems:\n"
        '- {key: p1, team: "1", text: 没有人管}\n'
        '- {key: p2, team: "1", text: 有人管, notes: [{text: 已联系, on: 2020-03-12}, {text: 已催办}]}\n'
        '- {key: p3, team: "1", text: 管好了, closed: {how: 已整改}}\n'
        '- {key: p4, team: "1", text: 管了管好, found_on: 2020-03-09,'
        " notes: [{text: 已联系, on: 2020-03-10}], closed: {how: 已送到, on: 2020-03-11}}\n"
    )
    assert rows("SELECT id, status, closed_on, how FROM v_problem ORDER BY problem_id") == [
        ("1-1", "open", None, None),
        ("1-2", "doing", None, None),
        ("1-3", "closed", "2020-03-12", "已整改"),
        ("1-4", "closed", "2020-03-11", "已送到"),
    ]
    assert rows(
        "SELECT p.key, e.act, e.on_date, e.approximate, e.text FROM v_event e JOIN problem p ON p.uid = e.subject "
        "ORDER BY e.event_id"
    ) == [
        ("p1", "log", "2020-03-12", 1, None),
        ("p2", "log", "2020-03-12", 1, None),
        ("p2", "note", "2020-03-12", 0, "已联系"),
        ("p2", "note", "2020-03-12", 1, "已催办"),
        ("p3", "log", "2020-03-12", 1, None),
        ("p3", "close", "2020-03-12", 1, None),
        ("p4", "log", "2020-03-09", 0, None),
        ("p4", "note", "2020-03-10", 0, "已联系"),
        ("p4", "close", "2020-03-11", 0, None),
    ]


def test_a_team_is_of_the_campaign_s_county_unless_it_says_another(county: Path, rows: Rows) -> None:
    assert rows("SELECT code, county FROM team ORDER BY sort") == [("1", "某县"), ("2", "某县"), ("10", "邻县")]


def test_every_record_is_the_fold_of_its_events(county: Path) -> None:
    with writing(str(county)) as session:
        for kind in RECORDS:
            for record in session.all(kind):
                changes = [json.loads(event.changes) for event in history.of(session, record.uid)]
                assert history.fold(changes) == history.state(record)


# One batch, and none the second time


BY_COMMAND = (CalendarDay, Copy, NilReport, Notice, Profile, Publication, Setting)
"""The records that no seed describes."""


def test_a_load_is_one_batch_by_one_actor(county: Path, rows: Rows) -> None:
    assert rows("SELECT verb, actor, recorded_at FROM batch") == [("load", "录入员", "2020-03-13T04:00:00.000000Z")]
    kinds = len(RECORDS) - len(BY_COMMAND)
    assert rows("SELECT count(DISTINCT batch), count(DISTINCT kind) FROM v_event") == [(1, kinds)]


def test_loading_twice_writes_no_event_no_batch_and_no_byte(county: Path, load: Load) -> None:
    before = fingerprint(county)
    result = load(SEED.read_text(encoding="utf-8"))
    assert {name.zh: tally for name, tally in result.tallies.items()} == {
        "专项行动": Tally(same=1), "列表项": Tally(same=9), "责任单位": Tally(same=3), "帮扶组": Tally(same=3),
        "企业": Tally(same=5), "组员": Tally(same=3), "问题": Tally(same=5), "工作记录": Tally(same=4),
        "达标事项": Tally(same=2), "做法": Tally(same=2), "公布口径": Tally(same=6),
    }  # fmt: skip
    assert result.kept == []
    assert fingerprint(county) == before


def test_a_file_that_only_looks_different_changes_nothing(county: Path, load: Load) -> None:
    before = fingerprint(county)
    text = SEED.read_text(encoding="utf-8")
    turned = text.replace("{code: supplies, zh: 防控物资", "{zh: 防控物资, 'code': \"supplies\"")
    assert turned != text
    load("\ufeff" + turned.replace("\n", "\r\n"))
    assert fingerprint(county) == before


def test_another_cut_off_moves_nothing_that_was_loaded(county: Path, load: Load) -> None:
    before = fingerprint(county)
    load(SEED.read_text(encoding="utf-8").replace("as_of: 2020-03-12", "as_of: 2020-03-13"))
    assert fingerprint(county) == before


def test_progress_is_told_once_a_row(store: Path) -> None:
    told: list[int] = []
    load_files(str(store), [SEED], actor="装载员", progress=lambda: told.append(1))
    assert len(told) == 1 + 1 + 1 + 3 + 3 + 5 + 3 + 5 + 4 + 2 + 2 + 6


# Several files


def test_several_files_are_one_transaction_and_each_has_its_own_cut_off(bare: Path, load: Load, rows: Rows) -> None:
    load(TEAMS, PROBLEMS)
    assert rows("SELECT id, found_on FROM v_problem") == [("1-1", "2020-03-13")]
    assert rows("SELECT count(*) FROM batch") == [(1,)]
    load(PROBLEMS.replace("p1", "p2"), TEAMS.replace("第一组", "第一帮扶组"))
    assert rows("SELECT count(*) FROM batch") == [(2,)]
    assert rows("SELECT count(*), max(t.name) FROM v_problem CROSS JOIN team t") == [(2, "第一帮扶组")]


def test_a_fault_in_a_later_file_undoes_the_earlier_ones(bare: Path, load: Load) -> None:
    before = fingerprint(bare)
    with pytest.raises(SeedFaults) as refusal:
        load(TEAMS, DANGLING)
    assert refusal.value.params["path"].name == "2.yaml"
    assert fingerprint(bare) == before


def test_of_several_faulty_files_the_first_is_told(bare: Path, load: Load) -> None:
    with pytest.raises(SeedFaults) as refusal:
        load(DANGLING, "as_of: 三月\n")
    assert refusal.value.params["path"].name == "1.yaml"


# A store that does not exist


@pytest.mark.on_a_file
def test_a_store_is_made_by_the_first_load(store: Path, load: Load, rows: Rows) -> None:
    load(TEAMS)
    assert rows("SELECT code FROM team") == [("1",)]
    assert sorted(path.name for path in store.parent.iterdir()) == ["1.yaml", "store.db"]
    assert store.stat().st_mode & 0o777 == 0o600


@pytest.mark.on_a_file
@pytest.mark.parametrize(
    ("texts", "refused"),
    [
        ([DANGLING], SeedFaults),
        ([TEAMS, DANGLING], SeedFaults),
        ([TEAMS, "as_of: [\n"], SeedFaults),
        ([""], SeedFaults),
        ([b"\xff\xfe"], SeedFaults),
    ],
    ids=["dangling", "second file", "no YAML", "empty", "no text"],
)
def test_a_load_that_fails_leaves_no_store_and_nothing_beside_it(
    store: Path, load: Load, texts: list[str | bytes], refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        load(*texts)
    assert sorted(path.name for path in store.parent.iterdir()) == [f"{at}.yaml" for at, _ in enumerate(texts, 1)]


@pytest.mark.on_a_file
def test_a_file_that_cannot_be_read_leaves_no_store_either(store: Path, tmp_path: Path) -> None:
    good = tmp_path / "good.yaml"
    good.write_text(TEAMS, encoding="utf-8")
    for bad in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(CannotRead):
            load_files(str(store), [good, bad], actor="装载员")
        assert sorted(path.name for path in store.parent.iterdir()) == ["good.yaml"]


@pytest.mark.on_a_file
def test_what_is_no_store_is_not_adopted(store: Path, fugong: Run) -> None:
    store.write_bytes(b"")
    assert outcome(fugong("load", str(SEED))) == (
        5, "", f"错误：{store} 不是 fugong 的台账，没有改动它。请检查 --store 或 FUGONG_STORE。\n",
    )  # fmt: skip
    assert store.read_bytes() == b""


# The clock


@pytest.mark.on_a_file
@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "zh",
            (
                "错误：{0} 有 1 处错误，什么也没有写入：\n"
                "{0}:1:1: 2020-03-12 还没有到（今天是 2020-03-11）。请写今天或更早的日期。\n"
            ),
        ),
        (
            "en",
            (
                "Error: Nothing of {0} was written; faults: 1.\n"
                "{0}:1:1: 2020-03-12 has not come yet (today is 2020-03-11). Give today or an earlier day.\n"
            ),
        ),
    ],
    ids=["zh", "en"],
)
def test_a_cut_off_that_has_not_come_is_the_one_fault(
    store: Path, tmp_path: Path, fugong: Run, language: str, sentences: str
) -> None:
    path = tmp_path / "early.yaml"
    path.write_text(TEAMS + PROBLEMS.partition("\n")[2], encoding="utf-8")
    refused = fugong("load", str(path), FUGONG_TODAY="2020-03-11", FUGONG_LANG=language)
    assert outcome(refused) == (1, "", sentences.format(path))
    assert not store.exists()


@pytest.mark.parametrize(("moment", "status"), [("2020-03-11T15:59+00:00", 1), ("2020-03-11T16:00+00:00", 0)])
def test_today_is_the_day_in_the_store_s_time_zone(
    store: Path, tmp_path: Path, fugong: Run, moment: str, status: int
) -> None:
    path = tmp_path / "late.yaml"
    path.write_text(TEAMS, encoding="utf-8")
    assert fugong("load", str(path), FUGONG_TODAY=moment).exit_code == status


# What is said


def test_the_command_tells_what_changed_on_stderr_and_the_progress_on_stdout(store: Path, fugong: Run) -> None:
    loaded = fugong("load", str(SEED))
    shown = fugong("progress")
    assert outcome(loaded) == (
        0,
        shown.stdout,
        (
            "专项行动：新增 1，更新 0，不变 0\n"
            "列表项：新增 9，更新 0，不变 0\n"
            "责任单位：新增 3，更新 0，不变 0\n"
            "帮扶组：新增 3，更新 0，不变 0\n"
            "企业：新增 5，更新 0，不变 0\n"
            "组员：新增 3，更新 0，不变 0\n"
            "问题：新增 5，更新 0，不变 0\n"
            "工作记录：新增 4，更新 0，不变 0\n"
            "达标事项：新增 2，更新 0，不变 0\n"
            "做法：新增 2，更新 0，不变 0\n"
            "公布口径：新增 6，更新 0，不变 0\n"
        ),
    )
    assert outcome(fugong("load", str(SEED), FUGONG_LANG="en")) == (
        0,
        fugong("progress", FUGONG_LANG="en").stdout,
        (
            "campaign: 0 new, 0 changed, 1 the same\n"
            "list entry: 0 new, 0 changed, 9 the same\n"
            "department: 0 new, 0 changed, 3 the same\n"
            "team: 0 new, 0 changed, 3 the same\n"
            "enterprise: 0 new, 0 changed, 5 the same\n"
            "member: 0 new, 0 changed, 3 the same\n"
            "problem: 0 new, 0 changed, 5 the same\n"
            "activity: 0 new, 0 changed, 4 the same\n"
            "milestone: 0 new, 0 changed, 2 the same\n"
            "practice: 0 new, 0 changed, 2 the same\n"
            "published figure: 0 new, 0 changed, 6 the same\n"
        ),
    )


@pytest.mark.usefixtures("bare")
def test_a_date_may_have_any_form_that_names_its_year(load: Load, rows: Rows) -> None:
    load(
        'as_of: 2020年3月12日\ncampaign: {name: 试, county: 试县}\nteams: [{code: "1", name: 一组}]\n'
        'problems: [{key: p, team: "1", text: 缺电, found_on: 2020/3/2, due: 七个工作日}]'
    )
    assert rows("SELECT found_on, due_on FROM problem") == [("2020-03-02", "2020-03-11")]
