"""What was written and acknowledged, but never printed, is not written twice when a script tries again."""

import os
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest
from tests.conftest import Run
from tests.county import SEED, fingerprint, lay

ROOT = Path(__file__).parent.parent
LEDGER = "企业,问题,发现日期\n甲厂,夜班无人,2020-03-05\n乙建材,冬煤不足,2020-03-06\n"

AGAIN = {
    "log": ["log", "甲厂", "新问题", "--key", "一"],
    "log solved": ["log", "甲厂", "新问题", "--solved", "--how", "当场解决", "--key", "一"],
    "support": ["support", "add", "甲厂", "物资", "送口罩", "--key", "一"],
    "outreach": ["outreach", "add", "甲厂", "标语", "换标语", "--key", "一"],
    "inspection": ["inspection", "add", "甲厂", "--fail", "环境卫生=垃圾未清", "--pass-rest", "--key", "一"],
    "figure": ["figure", "add", "found", "9", "--key", "一"],
    "import": ["import", "ledger.csv"],
    "load": ["load", str(SEED), "more.yaml"],
    "close": ["close", "1-1", "--how", "已解决"],
    "assign": ["assign", "2-1", "--department", "工信局", "--due", "2020-03-20"],
    "edit": ["edit", "2-1", "--person", "组员丙"],
    "milestone": ["milestone", "add", "甲厂", "党支部"],
    "nil": ["nil", "--team", "10"],
    "publish": ["publish", "--name", "周报"],
    "adopt": ["practice", "adopt", "演练做法", "甲厂"],
    "set": ["store", "set", "yellow_days", "3"],
}
"""Commands that a script may repeat until they end with 0."""


@pytest.fixture
def folder(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this process works, with what the commands read."""
    lay(store)
    monkeypatch.chdir(tmp_path)
    Path("ledger.csv").write_text(LEDGER, encoding="utf-8")
    Path("more.yaml").write_text(
        'as_of: 2020-03-12\nproblems: [{key: more, team: "1", text: 更多}]\n', encoding="utf-8"
    )
    return tmp_path


def run(argv: list[str], stdout: int | IO[bytes], stderr: int | IO[bytes]) -> tuple[int, str]:
    """Run a command in a process of its own; its status, and what it said on stderr."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "fugong", *argv],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        stdout=stdout,
        stderr=stderr,
        check=False,
    )
    return done.returncode, (done.stderr or b"").decode()


def unread(argv: list[str]) -> int:
    """Run a command whose output nobody takes; its status."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        return run(argv, writing, writing)[0]
    finally:
        os.close(writing)


@pytest.mark.parametrize("argv", AGAIN.values(), ids=AGAIN)
def test_what_was_written_unseen_is_not_written_again(folder: Path, store: Path, fugong: Run, argv: list[str]) -> None:
    before = fingerprint(store)
    assert unread(argv) in {0, 128 + 13}
    written = fingerprint(store)
    assert written != before
    again = fugong(*argv)
    assert again.exit_code == 0
    assert fingerprint(store) == written
    assert fugong("store", "check").exit_code == 0


def test_what_a_command_tells_again_is_the_record_that_is_there(folder: Path, fugong: Run) -> None:
    assert unread(AGAIN["log"]) == 128 + 13
    again = fugong(*AGAIN["log"])
    assert (again.stdout, again.stderr) == ("1-4  某县甲厂有限公司  新问题\n", "标识 一 已登记过，没有重复登记。\n")


@pytest.mark.one_engine
@pytest.mark.parametrize("argv", AGAIN.values(), ids=AGAIN)
def test_what_was_written_is_done_though_a_full_disk_takes_no_word_of_it(
    folder: Path, store: Path, argv: list[str]
) -> None:
    before = fingerprint(store)
    with Path("/dev/full").open("wb") as full:
        status, said = run(argv, full, subprocess.PIPE)
    assert (status, fingerprint(store) == before) == (0, False)
    assert "写不了标准输出：磁盘满了。\n" in said or "已写入台账，但结果没能显示：写不了 标准输出" in said


def test_an_import_whose_report_has_no_place_writes_nothing(folder: Path, store: Path, fugong: Run) -> None:
    before = fingerprint(store)
    Path("taken.csv").write_text("旧", encoding="utf-8")
    refused = fugong("import", "ledger.csv", "-o", "taken.csv")
    assert (refused.exit_code, fingerprint(store) == before) == (1, True)
    assert fugong("import", "ledger.csv", "-o", "taken.csv", "--force").exit_code == 0
