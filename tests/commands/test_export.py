"""``export``: the ledger for the meeting, the three lists, and every figure the same in CSV, XLSX and JSON."""

import csv
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from tests.conftest import Run
from tests.county import fingerprint, outcome, tabbed
from tests.memory import peak

from fugong.errors import Refusal
from fugong.errors.files import EncodingNeedsCsv
from fugong.errors.names import UnknownTeam
from fugong.vocab import Encoding

HEADS = (
    "序号|编号|帮扶组|企业名称|乡镇|问题来源|问题类别|问题描述|提出日期|责任单位|协办单位|责任人|整改(解决)措施|整改时限|"
    "进展情况|办结日期|验收/回访情况|满意度|是否销号|销号日期|亮灯|备注"
)
"""The columns of a county's ledger of problems."""

LEDGER = tabbed(f"""\
{HEADS}
1|1-1|第一组|某县甲厂有限公司|甲镇|入企检查|防控物资|口罩不足三天|2020-03-10|工信局|卫健局、应急局|组员甲||2020-03-13|办理中：已联系供货方||||否||黄|类别为推断
2|1-2|第一组|||||返岗人员管控难|约 2020-03-12||||已逐一登记||已销号|2020-03-12|||是|2020-03-12|绿|
3|1-3|第一组|某县乙建材有限公司|乙镇||资金周转|流动资金紧张|2020-03-09|||||2020-03-11|待办||||否||红|
4|2-1|第二组|某县丙丁铸造有限公司|甲镇|企业反映|环境卫生|厂区未消毒|约 2020-03-12|卫健局|||||待办||||否||灰|
5|2-2|第二组|某县丙丁水泥有限公司||||原煤短缺|2020-03-08|工信局|||已协调到货||已销号|2020-03-11|||是|2020-03-11|绿|
""")

LISTS = tabbed("""\
序号|编号|帮扶组|企业名称|乡镇|问题来源|问题类别|问题描述|提出日期|亮灯
1|1-1|第一组|某县甲厂有限公司|甲镇|入企检查|防控物资|口罩不足三天|2020-03-10|黄
2|1-3|第一组|某县乙建材有限公司|乙镇||资金周转|流动资金紧张|2020-03-09|红
3|2-1|第二组|某县丙丁铸造有限公司|甲镇|企业反映|环境卫生|厂区未消毒|约 2020-03-12|灰

序号|编号|企业名称|问题描述|整改(解决)措施|进展情况|整改时限|是否销号|亮灯
1|1-1|某县甲厂有限公司|口罩不足三天||办理中：已联系供货方|2020-03-13|否|黄
2|1-3|某县乙建材有限公司|流动资金紧张||待办|2020-03-11|否|红
3|2-1|某县丙丁铸造有限公司|厂区未消毒||待办||否|灰

序号|责任单位|责任人|协办单位|编号|企业名称|问题描述|整改时限|是否销号|亮灯
1|工信局|组员甲|卫健局、应急局|1-1|某县甲厂有限公司|口罩不足三天|2020-03-13|否|黄
2|卫健局|||2-1|某县丙丁铸造有限公司|厂区未消毒||否|灰
3||||1-3|某县乙建材有限公司|流动资金紧张|2020-03-11|否|红
""")

EXPORTS = ("ledger", "lists", "progress", "enterprises", "activities", "milestones", "figures")
every_export = pytest.mark.parametrize("what", EXPORTS)

pytestmark = pytest.mark.usefixtures("county")


def sheets(path: Path) -> dict[str, list[list[Any]]]:
    """What another program reads in a spreadsheet."""
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def written(fugong: Run, path: Path, *argv: str) -> dict[str, list[list[Any]]]:
    """The spreadsheet that a command line makes."""
    assert outcome(fugong(*argv, "-o", str(path), "--force", "--quiet")) == (0, "", "")
    return {name: rows for name, rows in sheets(path).items() if name != "打印"}  # test_printed is about that one


def table(rows: list[list[Any]]) -> list[dict[str, str]]:
    """The records of a sheet under their headings, as text, without title, total and notes."""
    _, _, heads, *rest = rows
    body = [[str(int(cell)) if isinstance(cell, float) else cell for cell in row] for row in rest]
    ends = [at for at, row in enumerate(body) if str(row[0]).startswith("合计")]
    return [dict(zip(heads, row, strict=True)) for row in body[: ends[0]]]


def records(text: str) -> list[dict[str, str]]:
    """The records of a CSV file, numbers of problems without the tab that keeps Excel from making dates of them."""
    rows = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""))
    return [{head: cell.removeprefix("\t") for head, cell in row.items()} for row in rows]


def said(refusal: Refusal) -> tuple[int, str, str]:
    return refusal.exit_code, "", f"错误：{refusal.sentence(chinese=True)}\n"


def test_the_ledger_has_the_columns_such_ledgers_have(fugong: Run) -> None:
    assert outcome(fugong("export", "ledger")) == (0, LEDGER, "")


def test_the_ledger_ends_with_the_uid_and_the_version_in_csv(fugong: Run) -> None:
    heads = fugong("export", "ledger", "--format", "csv").stdout.lstrip("\ufeff").splitlines()[0].split(",")
    assert heads[:22] == HEADS.split("|")
    assert heads[22:] == ["日期约数", "时限推算", "上报", "唯一标识", "版本"]


def test_the_ledger_of_a_script_has_codes(fugong: Run) -> None:
    first, second, *_ = json.loads(fugong("export", "ledger", "--format", "json").stdout)["items"]
    assert first.pop("uid") != second["uid"]
    assert first == {
        "no": 1,
        "id": "1-1",
        "team": "第一组",
        "enterprise": "某县甲厂有限公司",
        "township": "甲镇",
        "source": "inspection",
        "category": "supplies",
        "text": "口罩不足三天",
        "found_on": "2020-03-10",
        "department": "工信局",
        "assist": ["卫健局", "应急局"],
        "person": "组员甲",
        "how": None,
        "due_on": "2020-03-13",
        "status": "doing",
        "done_on": None,
        "closed_on": None,
        "verified": None,
        "satisfaction": None,
        "closed": False,
        "light": "yellow",
        "remark": "类别为推断",
        "approximate": False,
        "due_estimated": False,
        "escalated": "county",
    }


def test_the_ledger_tells_the_note_of_the_latest_day(fugong: Run) -> None:
    fugong("note", "1-1", "今天到货")
    fugong("note", "1-1", "昨天发货", "--on", "昨天")
    assert records(fugong("export", "ledger", "--format", "csv").stdout)[0]["进展情况"] == "办理中：今天到货"


def test_a_note_that_was_taken_back_is_not_told(fugong: Run) -> None:
    before = fugong("export", "ledger").stdout
    fugong("note", "1-1", "记错了")
    assert "记错了" in fugong("export", "ledger").stdout
    fugong("undo")
    assert fugong("export", "ledger").stdout == before


def test_the_ledger_tells_what_a_return_visit_found(fugong: Run) -> None:
    fugong("verify", "1-2", "--ok", "--satisfaction", "fairly")
    rows = records(fugong("export", "ledger", "--format", "csv").stdout)
    assert [(row["验收/回访情况"], row["满意度"]) for row in rows[:2]] == [("", ""), ("属实", "基本满意")]


def test_the_ledger_as_of_a_day_is_the_ledger_of_that_day(tmp_path: Path, fugong: Run) -> None:
    before = fugong("export", "ledger", "--format", "csv").stdout
    fugong("note", "1-1", "到货", FUGONG_TODAY="2020-03-16")
    fugong("close", "1-3", "--how", "已放款", FUGONG_TODAY="2020-03-16")
    now = fugong("export", "ledger", "--format", "csv", FUGONG_TODAY="2020-03-16").stdout
    then = ["export", "ledger", "--as-of", "2020-03-13"]
    assert fugong(*then, "--format", "csv", FUGONG_TODAY="2020-03-16").stdout == before != now
    fugong(*then, "-o", str(tmp_path / "a.xlsx"), FUGONG_TODAY="2020-03-16")
    assert "填报日期：2020-03-13" in sheets(tmp_path / "a.xlsx")["问题台账"][1]


def test_void_problems_are_exported_only_if_asked_for(fugong: Run) -> None:
    fugong("void", "1-3", "--why", "重复")
    assert [row["编号"] for row in records(fugong("export", "ledger", "--format", "csv").stdout)] == [
        "1-1", "1-2", "2-1", "2-2",
    ]  # fmt: skip
    [row] = records(fugong("export", "ledger", "--status", "void", "--format", "csv").stdout)
    assert (row["编号"], row["进展情况"], row["亮灯"]) == ("1-3", "作废", "")


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        (["--team", "2"], ["2-1", "2-2"]),
        (["--enterprise", "甲厂", "--enterprise", "乙建材"], ["1-1", "1-3"]),
        (["--department", "卫健局"], ["1-1", "2-1"]),
        (["--category", "finance"], ["1-3"]),
        (["--status", "closed"], ["1-2", "2-2"]),
        (["--since", "2020-03-10", "--until", "3月11日"], ["1-1"]),
        (["--due-by", "昨天"], ["1-3"]),
        (["--text", "口罩"], ["1-1"]),
        (["--light", "red", "--light", "grey"], ["1-3", "2-1"]),
        (["--team", "1", "--light", "green"], ["1-2"]),
    ],
)
def test_the_filters_are_those_of_list(fugong: Run, filters: list[str], ids: list[str]) -> None:
    exported = records(fugong("export", "ledger", "--format", "csv", *filters).stdout)
    status = [] if "--status" in filters else ["--status", "all"]
    listed = json.loads(fugong("list", *filters, *status, "--format", "json").stdout)["items"]
    assert [row["编号"] for row in exported] == [row["id"] for row in listed] == ids
    assert [row["序号"] for row in exported] == [str(number + 1) for number in range(len(ids))]


def test_the_three_lists_say_what_by_when_and_whose(fugong: Run) -> None:
    assert outcome(fugong("export", "lists", "--status", "live")) == (0, LISTS, "")


def test_the_three_lists_are_three_sheets(tmp_path: Path, fugong: Run) -> None:
    made = written(fugong, tmp_path / "a.xlsx", "export", "lists", "--status", "live")
    blocks = [[line.split("\t") for line in block.splitlines()] for block in LISTS.split("\n\n")]
    assert list(made) == ["问题清单", "任务清单", "责任清单"]
    for rows, (heads, *lines) in zip(made.values(), blocks, strict=True):
        read = [[row[head] for head in heads] for row in table(rows)]
        assert read == lines


@pytest.mark.parametrize("fmt", ["csv", "json"])
def test_in_one_table_the_three_lists_are_the_ledger(fugong: Run, fmt: str) -> None:
    assert fugong("export", "lists", "--format", fmt).stdout == fugong("export", "ledger", "--format", fmt).stdout


@pytest.mark.words
@every_export
def test_csv_and_a_spreadsheet_say_the_same(tmp_path: Path, fugong: Run, what: str) -> None:
    """But for what people read in cells beside the bare value: 约, and 全县 or 未分组 where no team is meant."""
    first = next(iter(written(fugong, tmp_path / "a.xlsx", "export", what).values()))
    printed = records(fugong("export", what, "--format", "csv").stdout)
    for row, other in zip(table(first), printed, strict=True):
        bare = {head: re.sub("^约 |全县$|^（未分组）$", "", cell) for head, cell in row.items()}
        assert bare == {head: other[head] for head in row}
    assert what == "lists" or set(first[2]) == set(printed[0])


@pytest.mark.words
@every_export
def test_every_sheet_says_whose_it_is_and_for_which_day(tmp_path: Path, fugong: Run, what: str) -> None:
    for name, rows in written(fugong, tmp_path / "a.xlsx", "export", what).items():
        assert rows[0][0] == f"某县复工帮扶演练{name}"
        said = [cell for cell in rows[1] if cell]
        assert said in (SIGNED, [SIGNED[0], SIGNED[-1]])  # where there is no room to write on


SIGNED = ["填报单位：演练临时党委", "填报人：", "审核人：", "填报日期：2020-03-13"]


@pytest.mark.on_a_file
def test_without_a_committee_who_hands_it_in_is_left_to_be_written_since_a_county_is_no_office(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    with closing(sqlite3.connect(county)) as connection, connection:
        connection.execute("UPDATE campaign SET committee = NULL")
    assert written(fugong, tmp_path / "a.xlsx", "list")["问题台账"][1][0] == "填报单位："


@pytest.mark.words
@pytest.mark.parametrize(
    "argv",
    [
        ["list"],
        ["progress", "--by", "category"],
        ["team", "list"],
        ["practice", "list"],
        ["show", "1-1", "1-2"],
        ["team", "show", "1"],
        ["enterprise", "show", "甲厂"],
        ["store", "info"],
        ["calendar", "show", "2020-01"],
    ],
    ids=" ".join,
)
def test_every_report_can_be_a_spreadsheet(tmp_path: Path, fugong: Run, argv: list[str]) -> None:
    made = written(fugong, tmp_path / "a.xlsx", *argv)
    assert all(len(rows) > 3 and "填报单位" in rows[1][0] for rows in made.values())


def test_the_totals_of_a_spreadsheet_are_those_of_progress(tmp_path: Path, fugong: Run) -> None:
    rows = written(fugong, tmp_path / "a.xlsx", "export", "progress")["进展（按帮扶组）"]
    total = json.loads(fugong("progress", "--format", "json").stdout)["total"]
    sums = dict(zip(rows[2], next(row for row in rows if row[0] == "合计"), strict=True))
    assert [sums[head] for head in ("发现", "解决", "正在解决", "解决率")] == [
        total["found"], total["solved"], total["in_hand"], f"{total['rate']:.1%}",
    ]  # fmt: skip


@every_export
@pytest.mark.parametrize("suffix", ["xlsx", "csv", "json", "md", "txt"])
def test_the_same_export_is_the_same_bytes_and_writes_nothing_else(
    county: Path, tmp_path: Path, fugong: Run, what: str, suffix: str
) -> None:
    before = fingerprint(county)
    one, two = tmp_path / f"one.{suffix}", tmp_path / f"two.{suffix}"
    for path in (one, two):
        assert outcome(fugong("export", what, "-o", str(path))) == (0, "", f"已写入 {path}\n")
    assert one.read_bytes() == two.read_bytes()
    assert one.stat().st_mode & 0o777 == 0o600
    assert fingerprint(county) == before


@pytest.mark.words
@every_export
def test_csv_in_gb18030_says_the_same(fugong: Run, what: str) -> None:
    printed = fugong("export", what, "--format", "csv", "--encoding", "gb18030").stdout_bytes
    assert "\ufeff" + printed.decode("gb18030") == fugong("export", what, "--format", "csv").stdout_bytes.decode()


def test_an_encoding_needs_csv(tmp_path: Path, fugong: Run) -> None:
    path = tmp_path / "a.xlsx"
    assert outcome(fugong("export", "ledger", "-o", str(path), "--encoding", "gb18030")) == said(EncodingNeedsCsv())
    assert outcome(fugong("list", "--encoding", "gb18030")) == said(EncodingNeedsCsv())
    assert not path.exists()


def test_a_team_that_does_not_exist_is_refused(fugong: Run) -> None:
    refusal = said(UnknownTeam(name="9", candidates=("1", "2", "10")))
    assert outcome(fugong("export", "ledger", "--team", "9")) == refusal
    assert outcome(fugong("export", "activities", "--team", "9")) == refusal


def test_headings_can_be_in_english(tmp_path: Path, fugong: Run) -> None:
    rows = written(fugong, tmp_path / "a.xlsx", "export", "ledger", "--header", "en")["Ledger of problems"]
    assert rows[2][:4] == ["No.", "Id", "Team", "Enterprise"]
    assert fugong("export", "ledger", "--header", "en").stdout.startswith("No.\tId\tTeam\tEnterprise\t")


def test_what_can_be_exported_and_its_options_are_completed(fugong: Run) -> None:
    def offered(line: str) -> list[str]:
        asked = fugong(_FUGONG_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=str(line.count(" ")))
        return [word for word in asked.stdout.splitlines() if word]

    assert sorted(offered("fugong export ")) == sorted(EXPORTS)
    assert offered("fugong export led") == ["ledger"]
    assert offered("fugong export ledger --enc") == ["--encoding"]
    assert offered("fugong export ledger --encoding ") == [each.value for each in Encoding]
    assert offered("fugong export ledger --team ") == ["1", "2", "10"]


# A ledger of many lines

MANY = """
WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < :last)
INSERT INTO problem (uid, team_id, series, number, tag, text, found_on, approximate, due_estimated, late_extended,
                     status, status_on, major, inferred, evidence, recorded_at)
SELECT 'u' || i, (SELECT id FROM team WHERE code = '1'), '', i, '', '问题' || i, '2020-03-10', 0, 0, 0,
       'open', '2020-03-10', 0, 0, '[]', '2020-03-10T00:00:00.000000Z' FROM n
"""


def crowd(store: Path, count: int) -> None:
    """Put so many more problems into the store."""
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute(MANY, {"last": 999 + count})


@pytest.mark.on_a_file
@pytest.mark.parametrize(("suffix", "some", "many"), [("csv", 600, 2400), ("json", 600, 2400), ("xlsx", 1500, 6000)])
def test_memory_does_not_grow_with_the_ledger(county: Path, tmp_path: Path, suffix: str, some: int, many: int) -> None:
    """A workbook has a sheet for printers, which is laid out whole, but for no more problems than anybody prints."""
    argv = ["--store", str(county), "export", "ledger", "--force", "-o", str(tmp_path / f"a.{suffix}")]
    crowd(county, some)
    short = peak([*argv, "--team", "2"], argv)
    with closing(sqlite3.connect(county)) as connection, connection:
        connection.execute("DELETE FROM problem WHERE number >= 1000")
    crowd(county, many)
    assert peak([*argv, "--team", "2"], argv) < short * 1.1 + 200_000


@pytest.mark.on_a_file
@pytest.mark.parametrize(("count", "shown"), [(100, False), (3000, True)])
def test_a_bar_is_shown_to_who_waits_for_a_long_export(county: Path, tmp_path: Path, count: int, shown: bool) -> None:
    """On a terminal, through a pseudo-terminal; the file is the same as without."""
    crowd(county, count)
    argv = [sys.executable, "-m", "fugong", "--store", str(county), "export", "ledger", "-o"]
    piped = subprocess.run([*argv, str(tmp_path / "pipe.csv")], check=True, capture_output=True)
    assert (piped.stdout, piped.stderr.decode()) == (b"", f"已写入 {tmp_path / 'pipe.csv'}\n")
    watched = (
        "import os, pty, sys\n"
        "sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:], lambda fd: os.read(fd, 4096))))\n"
    )
    terminal = [sys.executable, "-c", watched, *argv, str(tmp_path / "terminal.csv")]
    environment = {**os.environ, "TERM": "xterm"}  # where the tests run it may be one that can draw nothing
    done = subprocess.run(terminal, check=True, capture_output=True, stdin=subprocess.DEVNULL, env=environment)
    screen = done.stdout.decode()
    assert ("正在写出" in screen) is shown
    assert not shown or re.search(r"/3005\b", screen)
    assert screen.rstrip().endswith(f"已写入 {tmp_path / 'terminal.csv'}")
    assert (tmp_path / "terminal.csv").read_bytes() == (tmp_path / "pipe.csv").read_bytes()


@pytest.mark.on_a_file
def test_no_bar_is_shown_in_a_pipe(county: Path) -> None:
    crowd(county, 3000)
    argv = [sys.executable, "-m", "fugong", "--store", str(county), "export", "ledger", "--format", "csv"]
    done = subprocess.run(argv, check=True, capture_output=True)
    assert (done.stderr, len(done.stdout.splitlines())) == (b"", 3006)


@pytest.mark.usefixtures("county")
def test_every_export_stops_at_its_cut_off(fugong: Run) -> None:
    def count(kind: str, *cut: str) -> int:
        printed = fugong("export", kind, *cut, "--format", "json")
        assert (printed.exit_code, printed.stderr) == (0, "")
        return len(json.loads(printed.stdout)["items"])

    fugong("support", "add", "甲厂", "物资", "送口罩")
    fugong("milestone", "add", "乙建材", "复工批复")
    fugong("figure", "add", "found", "6")
    for kind in ("activities", "milestones", "figures"):
        assert count(kind, "--as-of", "2020-03-12") == count(kind, "--as-of", "2020-03-13") - 1 == count(kind) - 1
    stages = [
        [row["stage"] for row in json.loads(fugong("export", "enterprises", *cut, "-f", "json").stdout)["items"]]
        for cut in ([], ["--as-of", "2020-03-04"])
    ]
    assert [stages[0].count("resumed"), stages[1].count("resumed")] == [1, 0]
