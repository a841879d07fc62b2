"""Every command that an import offers runs as it is printed, with what was asked for so far."""

import json
import re
import shlex
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import fingerprint
from tests.imports.sheets import book, comma

HEADER = ["企业", "情况说明栏", "发现日期", "责任单位"]
ROWS = [HEADER, ["庚公司", "一", "3月5日", "庚局"], ["甲厂", "二", "3月5日", ""]]
OFFERED = re.compile(r"(fugong (?:--store \S+ )?import .*)$", re.MULTILINE)


def offered(text: str) -> list[list[str]]:
    """The command lines in what was said, as a shell would take them apart."""
    return [shlex.split(line)[1:] for line in OFFERED.findall(text)]


@pytest.mark.parametrize("more", [[], ["--dry-run"], ["--keep-going"], ["--keep-going", "--dry-run"]])
def test_what_is_offered_for_unknown_names_runs_as_printed(
    county: Path, tmp_path: Path, fugong: Run, more: list[str]
) -> None:
    path = comma(
        tmp_path / "某县 台账（1）.csv", [["1", *row] if at else ["帮扶组", *row] for at, row in enumerate(ROWS)]
    )
    argv = ["import", str(path), "--map", "情况说明栏=问题描述", "--year", "2020", *more]
    first = fugong(*argv)
    commands = offered(first.stderr)
    assert len(commands) == 2
    assert all(each[:2] == ["import", str(path)] for each in commands)
    result = fugong(*commands[0])
    assert "--create enterprises" in shlex.join(commands[0])
    (left,) = offered(result.stderr)
    assert set(left[left.index("--create") + 1].split(",")) == {"enterprises", "departments"}
    result = fugong(*left)
    assert result.exit_code == 0, result.stderr
    items = json.loads(fugong("list", "--status", "all", "-f", "json").stdout)["items"]
    there = {each["text"] for each in items} & {"一", "二"}
    assert there == (set() if "--dry-run" in more else {"一", "二"})


def test_the_store_is_named_where_the_command_would_take_another(
    county: Path, tmp_path: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = comma(tmp_path / "a.csv", [["帮扶组", "企业", "问题", "发现日期"], ["1", "庚公司", "一", "2020-03-05"]])
    monkeypatch.setenv("FUGONG_STORE", str(tmp_path / "other.db"))
    (command,) = offered(fugong("--store", str(county), "import", str(path)).stderr)
    assert command[:2] == ["--store", str(county)]
    assert fugong(*command).exit_code == 0


@pytest.mark.parametrize("name", ["a.csv", "link.csv", "hard.csv", "./a.csv"])
def test_what_became_of_the_rows_is_never_written_over_the_ledger(
    county: Path, tmp_path: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    path = comma(tmp_path / "a.csv", [["企业", "问题", "发现日期"], ["甲厂", "一", "2020-03-05"]])
    (tmp_path / "link.csv").symlink_to(path)
    (tmp_path / "hard.csv").hardlink_to(path)
    whole, before = path.read_bytes(), fingerprint(county)
    result = fugong("import", str(path), "--dry-run", "-o", name, "--force")
    assert (result.exit_code, "它就是这个命令要读的文件" in result.stderr) == (1, True), result.stderr
    assert (path.read_bytes(), fingerprint(county)) == (whole, before)


def test_the_file_of_bad_rows_is_never_that_of_the_outcomes(county: Path, tmp_path: Path, fugong: Run) -> None:
    path = comma(tmp_path / "a.csv", [["企业", "问题", "发现日期"], ["甲厂", "", "2020-03-05"]])
    result = fugong("import", str(path), "--keep-going", "-o", str(tmp_path / "a.bad.csv"))
    assert (result.exit_code, "有错的行要存到这个文件" in result.stderr) == (1, True), result.stderr


def test_another_value_is_offered_only_for_one_that_is_unknown(county: Path, tmp_path: Path, fugong: Run) -> None:
    head = ["企业", "问题", "发现日期", "状态", "时限"]
    rows = [["甲厂", "一", "2020-03-05", "是（3月12日）", "#N/A"], ["甲厂", "二", "2020-03-05", "在走流程", "二季度末"]]
    result = fugong("import", str(comma(tmp_path / "a.csv", [head, *rows])))
    (offered,) = [line for line in result.stderr.splitlines() if "--map-value" in line]
    assert offered.endswith("--map-value 状态:在走流程=办理中")


def test_a_refusal_tells_the_profile_that_fits(county: Path, tmp_path: Path, fugong: Run) -> None:
    path = comma(tmp_path / "a.csv", [["企业", "问题", "发现日期", "进度"], ["甲厂", "一", "2020-03-05", "在走流程"]])
    mapped = ("--map", "进度=状态", "--map-value", "状态:在走流程=办理中", "--profile", "本县")
    assert fugong("import", str(path), *mapped).exit_code == 0
    result = fugong("import", str(path))
    assert (result.exit_code, "列名和方案「本县」相符" in result.stderr) == (1, True), result.stderr


def test_no_option_is_advised_that_an_import_has_not(county: Path, tmp_path: Path, fugong: Run) -> None:
    rows = [["帮扶组", "企业", "问题", "发现日期"], ["", "", "一", "2020-03-05"]]
    result = fugong("import", str(book(tmp_path / "a.xlsx", rows)))
    assert result.exit_code == 1
    assert "没有写企业，也没有写帮扶组" in result.stderr
    assert "--team" not in result.stderr


def test_a_file_without_a_header_is_told_what_was_known_and_the_command_that_maps_it(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    rows = [["某县台账"], ["企业名称", "情况说明栏", "发现日期", "责任单位"], ["甲厂", "一", "2020-03-05", ""]]
    result = fugong("import", str(comma(tmp_path / "a b.csv", rows)))
    assert result.exit_code == 1
    assert "最像表头的是第 2 行：认得 企业名称、发现日期、责任单位；不认得 情况说明栏。" in result.stderr
    (line,) = offered(result.stderr)
    assert fugong(*line).exit_code == 0


def test_a_sideways_sheet_is_told_to_be_transposed(county: Path, tmp_path: Path, fugong: Run) -> None:
    rows = [["企业名称", "甲厂", "甲厂"], ["问题描述", "一", "二"], ["发现日期", "2020-03-05", "2020-03-05"]]
    result = fugong("import", str(comma(tmp_path / "a.csv", rows)))
    assert (result.exit_code, "列名像是竖着写在第一列" in result.stderr) == (1, True)


@pytest.mark.on_a_file
@pytest.mark.parametrize(
    "argv",
    [
        ["export", "ledger", "--force", "-o"], ["list", "--force", "-o"], ["progress", "--force", "-o"],
        ["report", "--force", "-o"], ["import", "--force", "--template"],
    ],
)  # fmt: skip
def test_nothing_is_written_over_the_store(county: Path, tmp_path: Path, fugong: Run, argv: list[str]) -> None:
    (tmp_path / "link.xlsx").symlink_to(county)
    before = fingerprint(county)
    for name in (county, tmp_path / "link.xlsx"):
        given = ["--format", "csv"] if argv[0] in ("list", "progress") else []
        result = fugong(*argv, str(name), *given)
        assert result.exit_code in (1, 2), result.stdout
        assert fingerprint(county) == before
    path = comma(tmp_path / "a.csv", [["企业", "问题", "发现日期"], ["甲厂", "一", "2020-03-05"]])
    result = fugong("import", str(path), "-o", str(county), "--format", "csv", "--force")
    assert (result.exit_code, "它就是这个命令要读的文件" in result.stderr) == (1, True), result.stderr
    assert fingerprint(county) == before


@pytest.mark.on_a_file
def test_a_file_in_which_nothing_is_known_shows_what_it_is_read_as(county: Path, tmp_path: Path, fugong: Run) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("帮扶組，企業，問題\r\n1，甲廠，缺口罩\r\n".encode())
    assert "第 1 行读成「帮扶組，企業，問題」，只有一格：分隔符要用逗号" in fugong("import", str(path)).stderr
    path.write_bytes("帮扶组|企业名称|问题描述\r\n1|甲厂|缺口罩\r\n".encode())
    assert fugong("import", str(path)).exit_code == 0


@pytest.mark.on_a_file
def test_the_command_for_a_missing_header_maps_what_is_likely_and_runs_as_printed(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    rows = [["序", "某企业", "甲", "乙", "办结的时间"], ["一", "甲厂", "短", "这一列写得最长", "2020-03-10"]]
    said = fugong("import", str(comma(tmp_path / "a.csv", rows))).stderr
    assert "乙=问题描述" in said
    line = shlex.split(said.rpartition("例如：")[2])
    assert fugong(*line[1:]).exit_code == 0


@pytest.mark.on_a_file
def test_dates_without_a_year_are_offered_this_years_and_one_of_the_filing_is_the_last_there_was(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    rows = [["企业名称", "问题描述", "提出日期"], ["甲厂", "缺煤", "3月3日"], ["甲厂", "缺电", "3月5日上午"]]
    said = fugong("import", str(comma(tmp_path / "a.csv", rows)), "--dry-run").stderr
    line = next(each for each in said.splitlines() if each.startswith("没有写年份的日期 2 处"))
    assert fugong(*shlex.split(line.rpartition("：")[2])[1:]).exit_code == 0
    filed = comma(tmp_path / "b.csv", [["填报日期：3月12日"], *rows])
    assert "填报日期「3月12日」没有写年份，按 2020-03-12" in fugong("import", str(filed)).stderr


WRONG = [
    ["帮扶组", "企业名称", "问题描述", "发现日期", "责任单位", "问题类别", "状态", "整改时限"],
    ["1", "庚公司", "一", "3月5日", "庚局", "辛类", "在走流程", "疫情结束后"],
]


@pytest.mark.on_a_file
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("more", [[], ["--dry-run"], ["--keep-going"], ["--keep-going", "--dry-run"]])
def test_whoever_runs_what_is_offered_again_and_again_gets_the_file_in(
    county: Path, tmp_path: Path, fugong: Run, more: list[str], lang: str
) -> None:
    argv = ["import", str(comma(tmp_path / "某县 台账（1）.csv", WRONG)), *more]
    seen = []
    for _ in range(10):
        result = fugong(*argv, FUGONG_LANG=lang)
        assert result.exit_code in (0, 1, 6), result.stderr
        commands = offered(result.stderr)
        if not commands:
            break
        for each in commands[1:]:  # each of them runs, whichever is taken first
            assert fugong(*each, *([] if "--dry-run" in each else ["--dry-run"]), FUGONG_LANG=lang).exit_code in (
                0,
                1,
                6,
            )
        argv = commands[0]
        seen.append(argv)
        assert all(option in argv for option in more)
    assert result.exit_code == 0, result.stderr
    assert len(seen) == 6  # firm, unit, category, state, deadline, year
    items = json.loads(fugong("list", "--status", "all", "-f", "json").stdout)["items"]
    assert ("一" in [each["text"] for each in items]) == ("--dry-run" not in more)


@pytest.mark.on_a_file
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_list_of_another_kind_is_told_so_with_the_command_that_reads_it(
    county: Path, tmp_path: Path, fugong: Run, lang: str
) -> None:
    path = comma(tmp_path / "a.csv", [["企业名称", "乡镇", "规上"], ["庚公司", "甲镇", "是"]])
    result = fugong("import", str(path), FUGONG_LANG=lang)
    (line,) = offered(result.stderr)
    assert (result.exit_code, line[2:]) == (1, ["--kind", "enterprises"])
    assert fugong(*line).exit_code == 0
