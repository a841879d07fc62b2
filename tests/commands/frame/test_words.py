"""What a Chinese keyboard and a hurried clerk type is understood where it can mean one thing only."""

import json
from typing import Any

import pytest
from tests.conftest import Run

from fugong.cli import NOUNS, VERBS
from fugong.commands.frame import aliases, words
from fugong.commands.frame.bare import screen
from fugong.commands.frame.lazy import Parts
from fugong.values.folding import cells

pytestmark = pytest.mark.one_engine


def card(fugong: Run, ident: str) -> dict[str, Any]:
    (item,) = json.loads(fugong("show", ident, "--json").stdout)["items"]
    return dict(item)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["1-4,2-4"], ["1-4", "2-4"]), (["1-4，2-4、3-1"], ["1-4", "2-4", "3-1"]), (["１－４"], ["1-4"]),
        (["1—4"], ["1-4"]), (["#3-2"], ["3-2"]), (["1-1..1-3"], ["1-1", "1-2", "1-3"]),
        (["1-1～3"], ["1-1", "1-2", "1-3"]),
        (["1-2至1-3", "2-1"], ["1-2", "1-3", "2-1"]), (["3-w1..3-w2"], ["3-w1", "3-w2"]), (["XF3-2"], ["XF3-2"]),
        (["3-B1"], ["3-B1"]), (["1-3..1-1"], ["1-3..1-1"]), (["1-1..2-3"], ["1-1..2-3"]),
        (["1-1..1-999"], ["1-1..1-999"]),
        (["口罩"], ["口罩"]), (["1_4"], ["1_4"]),
    ],
)  # fmt: skip
def test_several_numbers_may_be_one_word(typed: list[str], meant: list[str]) -> None:
    assert words.ids(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["—due", "7wd"], ["--due", "7wd"]), (["——due=7wd"], ["--due=7wd"]), (["－d", "甲"], ["-d", "甲"]),
        (["－－ｄｕｅ"], ["--due"]), (["—不是选项"], ["—不是选项"]), (["“没有", "电”"], ["没有 电"]),
        (["“停电”"], ["停电"]),
        (["--due=“3", "月底”"], ["--due=3 月底"]), (["“停工”通知"], ["“停工”通知"]), (["“甲”和“乙”"], ["“甲”和“乙”"]),
        (["“没", "有", "完"], ["“没", "有", "完"]), (["--", "—due", "“没有", "电”"], ["--", "—due", "“没有", "电”"]),
        (["--due"], ["--due"]),
    ],
)  # fmt: skip
def test_dashes_and_quotes_of_full_width(typed: list[str], meant: list[str]) -> None:
    assert words.understood(typed, {"--due", "-d"}) == meant


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize(
    ("argv", "ident", "said"),
    [
        (("close", "1-1", "口罩到货"), "1-1", {"status": "closed", "how": "口罩到货"}),
        (("close", "1-1", "口罩", "到货"), "1-1", {"status": "closed", "how": "口罩 到货"}),
        (("close", "1-1,1-3", "好了", "--on", "昨天"), "1-3", {"status": "closed", "closed_on": "2020-03-12"}),
        (("assign", "1-3", "工信局"), "1-3", {"status": "doing", "department": "工信局"}),
        (("assign", "1-3", "工信局", "—due", "７wd"), "1-3", {"due_on": "2020-03-24"}),
        (("bounce", "1-1", "不归我局管"), "1-1", {"bounced": 1}),
        (("void", "1-3", "登记错了"), "1-3", {"status": "void"}),
        (("reopen", "1-2", "又有反复"), "1-2", {"status": "doing"}),
        (("chase", "1-1", "电话"), "1-1", {"chased": 1}),
        (("登记", "乙建材", "没有", "电"), "1-4", {"text": "没有 电"}),
        (("log", "乙建材", "“没有", "电”"), "1-4", {"text": "没有 电"}),
        (("note", "１－１，1-3", "问过", "银行"), "1-3", {"status": "doing"}),
    ],
)
def test_what_is_meant_is_done(fugong: Run, argv: tuple[str, ...], ident: str, said: dict[str, Any]) -> None:
    done = fugong(*argv)
    assert done.exit_code == 0, done.stderr
    shown = card(fugong, ident)
    assert {key: shown[key] for key in said} == said


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize("typed", ["2", "２", "二", "第二", "二组", "第二组", "2组", "第2帮扶组", "第二企业帮扶组"])
def test_a_team_is_named_by_its_number(fugong: Run, typed: str) -> None:
    assert fugong("nil", typed).stdout == "第二组  2020-03-13\n"
    assert fugong("list", "--team", typed).stdout == fugong("list", "--team", "2").stdout


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize(
    ("argv", "line"),
    [
        (("close", "口罩到货"), "缺少编号。编号写在前面，措施写在后面：fugong close 1-5 口罩到货\n"),
        (("note", "问过银行"), "缺少编号。编号写在前面，内容写在后面：fugong note 1-5 问过银行\n"),
        (("close", "1-1", "见", "1-2"), '分不清哪些是编号、哪些是内容。写成：fugong close 1-1 --how "见 1-2"\n'),
        (("close", "1-1", "1_2", "好了"), '分不清哪些是编号、哪些是内容。写成：fugong close 1-1 --how "1_2 好了"\n'),
        (
            ("note", "1-1", "1_2", "好了"),
            '分不清哪些是编号、哪些是内容。内容加引号，写在最后：fugong note 1-1 "1_2 好了"\n',
        ),
        (("team", "add", "9", "第九", "组"), '多余的参数：组。有空格的内容要加引号，如 "口罩 到货"。\n'),
        (("登己",), "没有命令 登己。是不是 登记？\n"),
    ],
)
def test_what_could_be_two_things_is_refused_with_the_line_to_type(
    fugong: Run, argv: tuple[str, ...], line: str
) -> None:
    refused = fugong(*argv)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert f"错误：{line}" in refused.stderr
    assert json.loads(fugong("list", "--status", "closed", "--json").stdout)["items"][0]["id"] == "1-2"


@pytest.mark.usefixtures("county")
def test_a_slip_in_the_number_is_told_from_a_text(fugong: Run) -> None:
    refused = fugong("close", "14", "好了")
    assert refused.exit_code in (1, 2)
    assert fugong("close", "14", "--how", "好了").exit_code == 1


# Chinese names of commands


def commands() -> list[tuple[str, Any, bool]]:
    parts = Parts(VERBS, NOUNS)
    top = [(name, parts[name]) for name in parts]
    below = [(name, each, False) for _, group in top for name, each in getattr(group, "commands", {}).items()]
    return [(name, each, True) for name, each in top] + below


def test_every_command_has_a_chinese_name_and_no_two_share_one() -> None:
    assert [name for name, _, root in commands() if not aliases.of(name, root=root)] == []
    assert set(aliases.ROOT.values()) == {name for name, _, root in commands() if root}
    assert set(aliases.VERBS.values()) == {name for name, _, root in commands() if not root}
    for named in (aliases.ROOT, aliases.VERBS):
        assert len(set(named.values())) == len(named)


@pytest.mark.usefixtures("county")
def test_a_chinese_name_is_the_command(fugong: Run) -> None:
    assert fugong("清单", "--team", "1").stdout == fugong("list", "--team", "1").stdout
    assert fugong("台账", "概况", "--json").stdout == fugong("store", "info", "--json").stdout
    assert "也可以写：fugong 销号\n" in fugong("close", "-h").stdout
    assert fugong("帮助", "销号").stdout == fugong("close", "--help").stdout


# What people expect of any program


@pytest.mark.usefixtures("county")
def test_help_is_had_in_every_way(fugong: Run) -> None:
    page = fugong("log", "--help").stdout
    assert fugong("log", "-h").stdout == fugong("help", "log").stdout == page
    assert fugong("help", "team", "add").stdout == fugong("team", "add", "-h").stdout
    assert fugong("help").stdout == fugong("--help").stdout == fugong("-h").stdout
    settings = fugong("help", "settings").stdout
    for name in ("FUGONG_STORE", "FUGONG_LANG", "FUGONG_ACTOR", "FUGONG_TODAY", "NO_COLOR", "--json", "yellow_days"):
        assert name in settings
    assert fugong("-V").stdout == fugong("--version").stdout


@pytest.mark.usefixtures("county")
def test_json_quiet_and_the_store_may_stand_anywhere(fugong: Run) -> None:
    as_json = fugong("list", "--format", "json").stdout
    assert fugong("list", "--json").stdout == as_json
    assert json.loads(fugong("list", "--json", "--team", "99").stderr)["error"]["code"] == "unknown_name"
    assert fugong("close", "1-2", "好", "--quiet").stderr == ""
    assert fugong("--quiet", "close", "1-2", "好").stderr == ""
    assert fugong("close", "1-2", "好").stderr != ""
    assert fugong("close", "9-9", "好", "--quiet").stderr.startswith("错误：")
    assert fugong("list", "--store", "none.db").exit_code == 5
    assert fugong("list", "--no-color").exit_code == 0


@pytest.mark.usefixtures("county")
def test_an_unknown_language_is_said(fugong: Run) -> None:
    said = fugong("list", FUGONG_LANG="fr")
    assert said.stderr == "没有语言 FUGONG_LANG=fr，仍用中文；可以写 zh（中文）、en（英文）。\n"
    assert said.stdout == fugong("list").stdout
    assert fugong("list", FUGONG_LANG="en-GB").stderr == ""
    assert fugong("list", FUGONG_LANG="zh_CN").stderr == ""


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_alone_it_shows_one_screen(fugong: Run, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setenv("FUGONG_LANG", language)
    alone = fugong()
    assert (alone.exit_code, alone.stdout) == (2, "")
    lines = alone.stderr.splitlines()
    assert len(lines) <= 24
    assert max(map(cells, [line for line in lines if "·" not in line])) <= 80
    assert ("在办 3 个" in lines[1]) or ("3 in hand" in lines[1])


@pytest.mark.parametrize("argv", [("--",), ("--", "x")])
def test_two_dashes_alone_are_a_usage_error(fugong: Run, argv: tuple[str, ...]) -> None:
    assert fugong(*argv).exit_code == 2


def test_without_a_ledger_the_screen_says_how_to_get_one(tmp_path: Any) -> None:
    assert "还没有台账：fugong init" in list(screen(str(tmp_path / "none.db")))
