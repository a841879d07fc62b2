"""The program as a process: poor environments, narrow terminals, full disks, hostile texts, bugs."""

import fcntl
import json
import os
import platform
import pty
import re
import signal
import sqlite3
import struct
import subprocess
import sys
import termios
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from subprocess import PIPE
from typing import IO

import pytest
from rich.cells import cell_len
from tests.conftest import DAY, Run
from tests.county import SEED, behind, fingerprint, lay, outcome

from fugong import __version__, db
from fugong.output.cells import visible
from fugong.reports import progress

COMMAND = [sys.executable, "-m", "fugong"]
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
HOSTILE = "[red]加急[/] :smile: **粗** `x` <b>&amp;</b> |竖线| \\转义"

FORMATS = pytest.mark.parametrize("fmt", ["table", "plain", "csv", "json", "md"])


@pytest.fixture
def county(store: Path) -> Path:
    """A store that holds the synthetic county, where this process and its children find it."""
    return lay(store)


def buffered() -> dict[str, str]:
    """The environment, with streams buffered as they are for users."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}


def ran(
    *argv: str, env: Mapping[str, str] | None = None, stdout: int | IO[bytes] = PIPE, stderr: int | IO[bytes] = PIPE
) -> tuple[int, str, str]:
    """Status, stdout and stderr of a process of its own."""
    surroundings = {**buffered(), **(env or {})}
    done = subprocess.run([*COMMAND, *argv], env=surroundings, stdout=stdout, stderr=stderr, check=False, timeout=60)
    return done.returncode, (done.stdout or b"").decode(), (done.stderr or b"").decode()


def begun(*argv: str, env: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """A process that is still running, both streams in pipes."""
    surroundings = {**buffered(), **(env or {})}
    return subprocess.Popen(
        [*COMMAND, *argv], env=surroundings, stdout=PIPE, stderr=PIPE, preexec_fn=listening_to_ctrl_c
    )


def listening_to_ctrl_c() -> None:
    """A shell lets what it runs in the background ignore Ctrl-C, and tests may be run there."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def on_terminal(width: int, *argv: str, env: Mapping[str, str] | None = None, typed: bytes = b"") -> tuple[int, str]:
    """Status and what a terminal of a width received; ``typed`` waits to be read from it."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
    surroundings = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "NO_COLOR"}}
    surroundings |= {"TERM": "xterm-256color", "LANG": "C.UTF-8"} | dict(env or {})
    process = subprocess.Popen([*COMMAND, *argv], env=surroundings, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    os.write(ours, typed)
    received = b"".join(chunks(ours))
    os.close(ours)
    return process.wait(timeout=60), received.decode().replace("\r\n", "\n")


def chunks(terminal: int) -> Iterator[bytes]:
    """What comes out of a terminal until the other side is closed."""
    while True:
        try:
            chunk = os.read(terminal, 65536)
        except OSError:  # how Linux says that nobody writes any more
            return
        if not chunk:
            return
        yield chunk


def cells_of(plain: str) -> list[str]:
    """The cells of a plain listing without its headings."""
    blocks = [block.splitlines()[1:] for block in plain.split("\n\n")]
    return [cell for block in blocks for line in block for cell in line.split("\t")]


def letters(text: str) -> str:
    """A text without white space and the lines that tables are drawn with."""
    return re.sub(r"[\s─]", "", text)


# Encodings


@pytest.mark.one_engine
@pytest.mark.parametrize(
    "env",
    [
        {"LANG": "C"},
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},  # as ascii as it gets
        {"LANG": "en_US.UTF-8"},
    ],
)
@pytest.mark.usefixtures("county")
def test_the_locale_changes_neither_language_nor_bytes(fugong: Run, env: dict[str, str]) -> None:
    expected = fugong("list").stdout
    assert ran("list", env=env) == (0, expected, "")
    assert ran("list", "--team", "9", env=env) == (1, "", "错误：没有帮扶组「9」。现有的组号：1、2、10。\n")


def test_an_empty_environment_is_enough(county: Path, fugong: Run) -> None:
    expected = fugong("list", "--format", "json").stdout
    bare = subprocess.run(
        [*COMMAND, "--store", str(county), "list", "--format", "json"],
        env={"PYTHONPATH": os.environ.get("PYTHONPATH", "")},
        capture_output=True,
        check=False,
    )
    items = json.loads(bare.stdout)["items"]
    assert (bare.returncode, bare.stderr) == (0, b"")
    assert [item["id"] for item in items] == [item["id"] for item in json.loads(expected)["items"]]


@pytest.mark.usefixtures("county")
def test_a_stream_that_knows_no_chinese_does_not_undo_a_log(fugong: Run) -> None:
    status, stdout, stderr = ran("log", "甲厂", "新问题", env={"PYTHONIOENCODING": "ascii"})
    assert (status, stdout.split()[0], stderr) == (0, "1-4", "")
    assert fugong("show", "1-4").exit_code == 0


@pytest.mark.one_engine
@pytest.mark.usefixtures("county")
def test_json_stays_json_on_a_stream_that_knows_no_chinese(fugong: Run) -> None:
    status, stdout, stderr = ran("list", "--format", "json", env={"PYTHONIOENCODING": "ascii"})
    assert (status, stderr, stdout.isascii()) == (0, "", True)
    assert json.loads(stdout) == json.loads(fugong("list", "--format", "json").stdout)


@pytest.mark.one_engine
@pytest.mark.usefixtures("county")
def test_csv_is_utf8_on_any_stream(fugong: Run) -> None:
    status, stdout, stderr = ran("list", "--format", "csv", env={"PYTHONIOENCODING": "ascii"})
    assert (status, stderr) == (0, "")
    assert stdout.encode() == fugong("list", "--format", "csv").stdout_bytes


@pytest.mark.one_engine
@pytest.mark.usefixtures("county")
def test_a_refusal_is_said_on_a_stream_that_knows_no_chinese() -> None:
    status, stdout, stderr = ran("show", "9-9", env={"PYTHONIOENCODING": "ascii"})
    assert (status, stdout, "9-9" in stderr) == (1, "", True)


# Terminals


@pytest.mark.one_engine
@pytest.mark.parametrize("argv", [["list", "--status", "all"], ["progress"], ["show", "1-1"], ["enterprise", "list"]])
@pytest.mark.parametrize("width", [20, 40, 80])
@pytest.mark.usefixtures("county")
def test_nothing_is_cut_on_a_terminal_however_narrow(fugong: Run, argv: list[str], width: int) -> None:
    """A rate of nothing is a hyphen there: some consoles draw a dash two columns wide."""
    status, drawn = on_terminal(width, *argv, "--wide")
    assert (status, "…" in drawn, "..." in drawn) == (0, False, False)
    wanted = Counter(letters("".join(cells_of(fugong(*argv).stdout))).replace("—", "-"))
    assert wanted - Counter(letters(COLOUR.sub("", drawn)).replace("—", "-")) == Counter()


@pytest.mark.one_engine
@pytest.mark.parametrize(("language", "said"), [("zh", "未显示："), ("en", "Notshown:")])
@pytest.mark.parametrize("width", [20, 40, 80, 200])
@pytest.mark.usefixtures("county")
def test_what_there_is_no_room_for_is_said(fugong: Run, width: int, language: str, said: str) -> None:
    problem = "一句说得很长的话，窄的终端放不下。" * 20
    fugong("log", "甲厂", problem)
    lines = fugong("list", "--status", "all", FUGONG_LANG=language).stdout.splitlines()
    status, drawn = on_terminal(width, "list", "--status", "all", env={"FUGONG_LANG": language})
    table, _, hidden = letters(COLOUR.sub("", drawn)).partition(said)
    assert (status, "--wide" in hidden) == (0, bool(hidden))
    assert hidden or width != 80  # as cards, or at 200 columns, there may be room for all
    wanted = ""
    for head, *cells in zip(*(line.split("\t") for line in lines), strict=True):
        if letters(head) not in hidden:
            wanted += "".join(cells)
    for left_out in ("某县", "有限公司", "2020-"):  # short names of firms, and dates of this year
        wanted = wanted.replace(left_out, "")
    if "…show1-4" in table:
        wanted = wanted.replace(problem, problem[:20])
    assert Counter(letters(wanted)) - Counter(table) == Counter()


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("language", "title", "last"),
    [
        ("zh", "各组进展  截至 2020-03-13 周五", "在办即正在解决；应包空白是没有定数。相差为哪几条：fugong reconcile"),
        ("en", "Progress by team  as of Fri 2020-03-13", "service. What differs: fugong reconcile"),
    ],
)
@pytest.mark.usefixtures("county")
def test_progress_says_its_day_first_and_its_short_headings_last(language: str, title: str, last: str) -> None:
    status, drawn = on_terminal(100, "progress", env={"FUGONG_LANG": language})
    lines = COLOUR.sub("", drawn).splitlines()
    assert (status, lines[0]) == (0, title)
    assert drawn.count("2020-03-13") == 1
    assert " ".join(lines[-3:]).strip().endswith(last)


@pytest.mark.one_engine
@pytest.mark.parametrize(("language", "lead"), [("zh", "写全一点："), ("en", "In full: ")])
@pytest.mark.usefixtures("county")
def test_a_name_of_several_is_refused_with_the_line_to_type(fugong: Run, language: str, lead: str) -> None:
    status, drawn = on_terminal(80, "log", "丙丁", "缺 电", "--no-input", env={"FUGONG_LANG": language})
    line = drawn.splitlines()[-1].strip()
    assert (status, line.startswith(f"{lead}fugong log 某县丙丁铸造有限公司 "), "缺 电" in line) == (1, True, True)
    assert lead not in fugong("log", "丙丁", "缺 电", FUGONG_LANG=language).stderr


@pytest.mark.one_engine
@pytest.mark.usefixtures("county")
def test_what_has_no_light_is_listed_on_a_terminal(fugong: Run) -> None:
    fugong("void", "1-3", "--why", "录错了")
    status, drawn = on_terminal(80, "list", "--status", "all")
    count = len(fugong("list", "--status", "all").stdout.splitlines()) - 1
    assert (status, "1-3" in drawn, f"共 {count} 个：" in drawn) == (0, True, True)


@pytest.mark.one_engine
@pytest.mark.usefixtures("county")
def test_at_80_columns_no_line_is_wider_than_the_terminal() -> None:
    for argv in (["list", "--status", "all"], ["progress", "--by", "enterprise"], ["progress"], ["--help"]):
        status, drawn = on_terminal(80, *argv)
        assert status == 0
        assert max(map(cell_len, COLOUR.sub("", drawn).splitlines())) <= 80


@pytest.mark.one_engine
@pytest.mark.usefixtures("county")
def test_columns_in_the_environment_stand_for_the_terminals_width() -> None:
    _, narrow = on_terminal(200, "list", env={"COLUMNS": "40"})
    assert max(map(cell_len, COLOUR.sub("", narrow).splitlines())) <= 40


@pytest.mark.one_engine
@pytest.mark.usefixtures("county")
def test_a_terminal_gets_a_table_and_colours_unless_it_wants_none() -> None:
    _, coloured = on_terminal(120, "list")
    assert COLOUR.search(coloured)
    _, without = on_terminal(120, "list", env={"NO_COLOR": "1"})
    assert not re.search(r"\x1b\[(?:\d+;)*3\d", without)
    assert letters(COLOUR.sub("", coloured)) == letters(COLOUR.sub("", without))
    assert letters(coloured.splitlines()[0]) != ""


@pytest.mark.one_engine
@pytest.mark.usefixtures("county")
def test_a_pipe_gets_plain_text_without_colour() -> None:
    status, stdout, stderr = ran("list", env={"FORCE_COLOR": "1", "TERM": "xterm-256color"})
    assert (status, "\x1b" in stdout, stderr) == (0, False, "")
    assert stdout.splitlines()[0].split("\t")[0] == "编号"


@pytest.mark.parametrize(("typed", "remark", "due"), [(b"y\n", "已改动", "03-25"), (b"n\n", "没有改动", "03-24")])
@pytest.mark.usefixtures("county")
def test_whoever_sits_at_the_terminal_is_asked(fugong: Run, typed: bytes, remark: str, due: str) -> None:
    fugong("log", "甲厂", "新问题", "--due", "7wd")
    fugong("calendar", "set", "2020-03-16", "off", "--source", "县里通知")
    status, said = on_terminal(80, "calendar", "recheck", typed=typed)
    assert (status, "改动这 1 个时限吗？" in said, remark in said) == (0, True, True)
    assert f"2020-{due}\n" in fugong("list").stdout


# Readers that leave, and disks that are full


@FORMATS
@pytest.mark.usefixtures("county")
def test_a_reader_that_leaves_ends_the_program_silently(fmt: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    assert ran("list", "--format", fmt, stdout=writing) == (141, "", "")
    os.close(writing)


@pytest.mark.usefixtures("county")
def test_a_log_whose_reader_has_left_is_logged_all_the_same(fugong: Run) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    left = ran("log", "甲厂", "新问题", stdout=writing)
    os.close(writing)
    assert left == (141, "", "")
    assert fugong("show", "1-4").exit_code == 0


def into_full_disk(*argv: str) -> tuple[int, str, str]:
    """Run with a standard output that takes nothing."""
    with Path("/dev/full").open("wb") as full:
        return ran(*argv, stdout=full)


@pytest.mark.one_engine
@pytest.mark.parametrize(
    "argv",
    [
        *(["list", "--format", fmt] for fmt in ("table", "plain", "csv", "md")),
        ["progress"],
        ["--help"],
        ["--version"],
        ["close", "--help"],
    ],
)
@pytest.mark.usefixtures("county")
def test_output_that_cannot_be_written_is_one_sentence(argv: list[str]) -> None:
    assert into_full_disk(*argv) == (1, "", "错误：写不了 标准输出：磁盘满了。\n")


@pytest.mark.one_engine
@pytest.mark.usefixtures("county")
def test_output_that_cannot_be_written_has_a_code() -> None:
    status, _, stderr = into_full_disk("list", "--format", "json")
    assert (status, json.loads(stderr)["error"]["code"]) == (1, "cannot_write")


@pytest.mark.usefixtures("county")
def test_what_is_done_is_told_on_stderr_if_stdout_takes_nothing(fugong: Run) -> None:
    assert into_full_disk("log", "甲厂", "新问题") == (
        0,
        "",
        "1-4  某县甲厂有限公司  新问题\n以上已办妥，但写不了标准输出：磁盘满了。\n",
    )
    assert fugong("show", "1-4").exit_code == 0


@pytest.mark.parametrize("stream", [1, 2])
@pytest.mark.usefixtures("county")
def test_a_closed_stream_is_no_obstacle(fugong: Run, stream: int) -> None:
    shell = f'exec "$0" -m fugong close 1-1 --how 已解决 {stream}>&-'
    done = subprocess.run(["sh", "-c", shell, sys.executable], capture_output=True, check=False)
    printed = b"" if stream == 1 else "1-1  某县甲厂有限公司  口罩不足三天\n".encode()
    assert (done.returncode, done.stdout, done.stderr) == (0, printed, b"")
    assert fugong("list", "--status", "closed").stdout.count("\n1-1\t") == 1


@pytest.mark.one_engine
@pytest.mark.usefixtures("county")
def test_a_stderr_that_takes_nothing_changes_no_status() -> None:
    with Path("/dev/full").open("wb") as full:
        status, stdout, _ = ran("close", "1-2", "--how", "好", stderr=full)
        assert (status, stdout) == (0, "1-2  第一组  返岗人员管控难\n")
        assert ran("list", "--sorted", stderr=full)[0] == 2
        assert ran("show", "9-9", stderr=full)[0] == 1


# Signals


@pytest.mark.usefixtures("county")
def test_ctrl_c_while_a_listing_is_printed() -> None:
    reading, writing = os.pipe()
    fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 4096)  # so small that the listing fills it
    argv = [*COMMAND, "show", "1-1", "1-2", "1-3", "2-1", "2-2", "--format", "json"]
    process = subprocess.Popen(argv, stdout=writing, stderr=PIPE, preexec_fn=listening_to_ctrl_c)
    os.close(writing)
    wait_until_full(reading)
    process.send_signal(signal.SIGINT)
    time.sleep(0.1)  # the signal is there before the pipe is emptied
    drain(reading)
    assert said_by(process) == (130, "已中断，没有写入未完成的内容。\n")


def wait_until_full(pipe: int) -> None:
    """Wait until there is as much in a pipe as it takes."""
    for _ in range(600):
        waiting = struct.unpack("i", fcntl.ioctl(pipe, termios.FIONREAD, b"\0" * 4))[0]
        if waiting >= 4096:
            return
        time.sleep(0.01)
    pytest.fail("the listing did not fill the pipe")


def drain(pipe: int) -> None:
    """Read a pipe to its end."""
    with os.fdopen(pipe, "rb") as stream:
        stream.read()


def said_by(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    """Status and stderr of a process that ends."""
    _, stderr = process.communicate(timeout=30)
    return process.returncode, stderr.decode()


def test_ctrl_c_before_the_commit_writes_nothing(county: Path, tmp_path: Path) -> None:
    before = fingerprint(county)
    fifo = tmp_path / "seed.yaml"
    os.mkfifo(fifo)
    process = begun("load", str(fifo))
    with fifo.open("w", encoding="utf-8") as seed:  # opens when the program has come to read it
        seed.write(SEED.read_text(encoding="utf-8").replace("口罩不足三天", "口罩不足五天"))
        seed.flush()
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        time.sleep(0.1)
    assert said_by(process) == (130, "已中断，没有写入未完成的内容。\n")
    assert fingerprint(county) == before


# Hostile texts


@pytest.mark.words
@pytest.mark.parametrize(
    ("text", "position", "character"),
    [
        ("\x1b[31m红", 1, "U+001B"),
        ("响\a铃", 2, "U+0007"),
        ("退\b格", 2, "U+0008"),
        ("回\r车", 2, "U+000D"),
        ("反\u202e向", 2, "U+202E"),
        ("  前有空格\x7f", 7, "U+007F"),
        ("隔\u2066离", 2, "U+2066"),
    ],
)
def test_control_characters_are_refused_at_the_door_with_their_position(
    county: Path, fugong: Run, text: str, position: int, character: str
) -> None:
    before = fingerprint(county)
    for what, argv in {
        "问题描述": ["log", "甲厂", text],
        "解决措施": ["close", "1-1", "--how", text],
        "记录内容": ["note", "1-1", "--", text],
        "原因": ["void", "1-1", "--why", text],
        "责任人": ["edit", "1-1", "--person", text],
    }.items():
        sentence = f"错误：{what}的第 {position} 个字符是控制字符 {character}，不能保存。请删去后重试。\n"
        assert outcome(fugong(*argv)) == (1, "", sentence)
    assert fingerprint(county) == before


def test_bytes_of_another_encoding_are_refused_at_the_door(county: Path, fugong: Run) -> None:
    before = fingerprint(county)
    for argv in (
        ["log", "甲厂", "\udcff"],
        ["close", "1-1", "--how", "\udcff"],
        ["note", "1-1", "--", "\udcff"],
        ["void", "1-1", "--why", "\udcff"],
        ["edit", "1-1", "--person", "\udcff"],
    ):
        sentence = (
            "错误：「<U+DCFF>」是用别的编码输入的，本次会话用的是 UTF-8。请把终端的编码改成 UTF-8，再运行一次。\n"
        )
        assert outcome(fugong(*argv)) == (1, "", sentence)
    assert fingerprint(county) == before


@pytest.mark.one_engine
@pytest.mark.parametrize("argv", [["\x1b[31m"], ["list", "--\x1b[31m"], ["show", "\x1b[31m"], ["list", "-t", "\x1b"]])
@pytest.mark.usefixtures("county")
def test_what_was_typed_never_acts_on_the_terminal(fugong: Run, argv: list[str]) -> None:
    refused = fugong(*argv)
    assert (refused.exit_code in {1, 2}, refused.stdout, "\x1b" in refused.stderr) == (True, "", False)


@pytest.mark.one_engine
@pytest.mark.parametrize("fmt", ["table", "plain", "csv", "json"])
@pytest.mark.usefixtures("county")
def test_markup_is_shown_as_it_was_typed(fugong: Run, fmt: str) -> None:
    logged = outcome(fugong("log", "甲厂", HOSTILE, "--key", "h"))
    assert logged == (0, f"1-4  某县甲厂有限公司  {HOSTILE}\n", "")
    printed = fugong("list", "--format", fmt)
    assert (printed.exit_code, printed.stderr) == (0, "")
    assert (json.dumps(HOSTILE, ensure_ascii=False) if fmt == "json" else HOSTILE) in printed.stdout


@pytest.mark.one_engine
@pytest.mark.usefixtures("county")
def test_markup_is_shown_as_it_was_typed_on_a_terminal(fugong: Run) -> None:
    fugong("log", "甲厂", HOSTILE)
    status, drawn = on_terminal(200, "show", "1-4")
    assert status == 0
    assert HOSTILE in COLOUR.sub("", drawn)


@pytest.mark.one_engine
@pytest.mark.usefixtures("county")
def test_markup_is_escaped_in_markdown(fugong: Run) -> None:
    fugong("log", "甲厂", HOSTILE)
    printed = fugong("list", "--format", "md")
    escaped = "\\[red\\]加急\\[/\\] :smile: \\*\\*粗\\*\\* \\`x\\` \\<b\\>\\&amp;\\</b\\> \\|竖线\\| \\\\转义"
    assert escaped in printed.stdout


@pytest.mark.one_engine
@pytest.mark.usefixtures("county")
def test_a_formula_is_text_in_csv(fugong: Run) -> None:
    fugong("log", "甲厂", "=1+1")
    assert ",'=1+1," in fugong("list", "--format", "csv").stdout
    assert "\t=1+1\t" in fugong("list", "--format", "plain").stdout


@FORMATS
def test_what_a_foreign_tool_wrote_never_acts_on_the_terminal(county: Path, fugong: Run, fmt: str) -> None:
    behind(county, "UPDATE problem SET text = :text WHERE key = 'masks'", text="\x1b[2J清屏\u202e反向\x9b")
    printed = fugong("list", "--format", fmt)
    assert (printed.exit_code, printed.stderr) == (0, "")
    text = printed.stdout.replace("\r\n", "\n").removeprefix(
        "\ufeff" if fmt == "csv" else ""
    )  # by which Excel knows it
    assert visible(text) == text
    assert "清屏" in printed.stdout


# Bugs


def test_a_bug_is_one_line_and_a_private_file(
    county: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = fingerprint(county)

    def broken(*_: object) -> None:
        message = "机密：口罩不足三天"
        raise ZeroDivisionError(message)

    monkeypatch.setattr(progress, "progress", broken)
    status, stdout, stderr = outcome(fugong("progress", "--by", "county"))
    (log,) = (tmp_path / "home").rglob("crash-*.log")
    assert (status, stdout) == (3, "")
    first, sending = stderr.splitlines()
    assert first == f"程序出错了，不是您的操作问题。详情：{log}"
    assert "（不是台账）发给单位里管这个程序的人" in sending
    assert "不要发到群里和网上" in sending
    assert log.stat().st_mode & 0o777 == 0o600
    assert log.parent.stat().st_mode & 0o777 == 0o700
    details = log.read_text(encoding="utf-8")
    assert details.startswith(f"fugong {__version__}, Python ")
    assert "argv: ['progress', '--by', 'county']" in details
    assert details.rstrip().endswith("ZeroDivisionError: 机密：口罩不足三天")
    assert fingerprint(county) == before


@pytest.mark.one_engine
@pytest.mark.usefixtures("county")
def test_a_bug_whose_file_cannot_be_written_is_still_one_line(
    fugong: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    (tmp_path / "home").write_text("这里不是文件夹", encoding="utf-8")
    monkeypatch.setattr(progress, "progress", broken)
    assert outcome(fugong("progress")) == (3, "", "程序出错了，不是您的操作问题。详情：ZeroDivisionError\n")


# Status


def test_the_version_says_program_python_sqlite_schema_and_store(store: Path, fugong: Run) -> None:
    status, stdout, stderr = ran("--version")
    program, runs_on, schema, place = stdout.splitlines()
    assert (status, stderr) == (0, "")
    assert program == f"fugong {__version__}"
    assert runs_on.startswith(f"Python {platform.python_version()} · SQLite {sqlite3.sqlite_version} · ")
    assert schema == f"结构 {db.SCHEMA}"
    where = db.place(str(store))
    assert place == (f"台账 {where}（还没有）" if isinstance(where, Path) else f"台账 {where}")
    assert not db.exists(str(store))
    assert fugong("--version", FUGONG_LANG="en").stdout.splitlines()[2] == f"Schema {db.SCHEMA}"


@pytest.mark.on_a_file
def test_the_version_says_the_schema_of_the_store_that_is_named(county: Path, fugong: Run, tmp_path: Path) -> None:
    assert fugong("--version").stdout.splitlines()[-1] == f"台账 {county}（结构 {db.SCHEMA}）"
    other = tmp_path / "other.db"
    other.write_text("不是台账", encoding="utf-8")
    for argv in (("--version", "--store", str(other)), ("--store", str(other), "-V")):
        done = fugong(*argv)
        assert (done.exit_code, done.stderr) == (0, "")
        assert done.stdout.splitlines()[-1].startswith(f"台账 {other}：{other} 不是 fugong 的台账")


def test_a_usage_error_is_2(store: Path) -> None:
    status, stdout, stderr = ran("close", "1-1")
    assert (status, stdout) == (2, "")
    assert stderr.splitlines() == [
        "用法：fugong close [选项] ID… [措施]",
        "错误：缺少选项 --how。例如：fugong close 1-2 自备车已启用",
        "用 fugong close --help 查看帮助。",
    ]
    assert not db.exists(str(store))


@pytest.mark.parametrize("argv", [["list"], ["progress"], ["log", "甲厂", "新"], ["close", "1-1", "--how", "好"]])
def test_a_missing_store_is_5_and_says_what_to_type(store: Path, fugong: Run, argv: list[str]) -> None:
    next_step = "新建一个：fugong init；或装入数据文件：fugong load 数据文件（--store 照样写上）"
    sentence = f"错误：{db.place(str(store))} 还没有台账。{next_step}\n"
    assert outcome(fugong(*argv)) == (5, "", sentence)
    assert not db.exists(str(store))


def test_without_any_setting_the_store_is_in_the_users_data_folder(tmp_path: Path) -> None:
    status, stdout, stderr = ran("list")
    assert (status, stdout) == (5, "")
    assert stderr.startswith(f"错误：{tmp_path / 'home' / 'fugong' / 'fugong.db'} 还没有台账。")


@pytest.mark.one_engine
@pytest.mark.parametrize("given", [["--format", "json"], ["--format=json"], ["-f", "json"], ["-fjson"]])
@pytest.mark.usefixtures("county")
def test_where_json_was_asked_for_a_refusal_is_json(fugong: Run, given: list[str]) -> None:
    status, stdout, stderr = outcome(fugong("list", "--team", "9", *given))
    assert (status, stdout) == (1, "")
    assert json.loads(stderr) == {
        "schema": 1,
        "error": {"code": "unknown_name", "message": "没有帮扶组「9」。现有的组号：1、2、10。"},
    }
    assert stderr.count("\n") == 1


@pytest.mark.one_engine
@pytest.mark.usefixtures("county")
def test_a_fixed_clock_that_is_none_is_refused(fugong: Run) -> None:
    status, stdout, stderr = outcome(fugong("list", FUGONG_TODAY="哪天"))
    assert (status, stdout) == (1, "")
    assert stderr.startswith("错误：环境变量 FUGONG_TODAY 的值「哪天」不是日期。")


@pytest.mark.parametrize("actor", ["a\x1b[31m", "长" * 101])
def test_an_actor_that_cannot_be_stored_is_refused(county: Path, fugong: Run, actor: str) -> None:
    before = fingerprint(county)
    status, stdout, stderr = outcome(fugong("note", "1-1", "有进展", FUGONG_ACTOR=actor))
    assert (status, stdout, "\x1b" in stderr) == (1, "", False)
    assert fingerprint(county) == before


@pytest.mark.one_engine
@pytest.mark.usefixtures("county")
def test_the_same_command_prints_the_same_bytes_in_every_process() -> None:
    first = [ran("progress", "--format", fmt)[1] for fmt in ("json", "table")]
    second = [ran("progress", "--format", fmt, env={"PYTHONHASHSEED": "7"})[1] for fmt in ("json", "table")]
    assert first == second
    assert json.loads(first[0])["as_of"] == DAY


def test_without_a_home_the_store_must_be_named(county: Path) -> None:
    """A relative HOME is none; the password entry of a container's user says no more."""
    nobody = {"HOME": "nowhere", "PYTHONPATH": os.environ.get("PYTHONPATH", "")}
    code = "import os; os.getuid = lambda: 987654\nfrom fugong.__main__ import main\nmain()"
    argv = [sys.executable, "-c", code, "list"]
    lost = subprocess.run(argv, env=nobody, capture_output=True, check=False, encoding="utf-8")
    assert (lost.returncode, lost.stdout) == (5, "")
    assert lost.stderr == "错误：找不到您的个人文件夹。请用 --store 或 FUGONG_STORE 写明台账在哪里。\n"
    found = subprocess.run(
        argv, env=nobody | {"FUGONG_STORE": str(county)}, capture_output=True, check=False, encoding="utf-8"
    )
    assert (found.returncode, found.stderr) == (0, "")
