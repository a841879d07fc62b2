"""A county's life as it is drawn: commands of every verb, files that come in, a copy that is met, all taken back."""

import atexit
import functools
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import strategies as st
from tests.conftest import Run
from tests.county import lay
from tests.keeping.copies import Copies
from tests.walk import PORTABLE, prepare
from typer.testing import Result

BEGIN = datetime.fromisoformat("2020-03-13T09:00")
"""When the first act is entered; each later one comes some hours after the one before it."""

ELSEWHERE = ("report", "redact", "store", "progress", "reconcile")
"""What writes nothing, has tests of its own, or takes away for good."""

PAPER = "paper.docx"
"""Where a paper is written, over and over."""

DONE = [argv for argv in PORTABLE if argv[0] not in ELSEWHERE and "--template" not in argv]
DONE += [
    ["store", "set", "review", "on"],
    ["store", "set", "yellow_days", "9"],
    ["close", "2-1,1-3", "已解决"],
    ["approve", "1-3"],
    ["reject", "2-1", "没有照片"],
    ["store", "set", "review", "off"],
    ["escalate", "2-1", "--to", "市", "要跨县协调"],
    ["campaign", "edit", "--event", "3月6日=召开动员会"],
    ["term", "edit", "问题类别", "finance", "--name", "资金"],
    ["term", "retire", "问题类别", "hygiene", "--why", "并入别的类别"],
    ["term", "restore", "问题类别", "hygiene"],
    ["enterprise", "join", "乙建材", "--into", "甲厂"],
    ["edit", "1-3", "--team", "2"],
    ["edit", "2-1", "--enterprise", "甲厂"],
    ["extend", "1-3", "--to", "2020-04-02", "--why", "等批文"],
    ["assign", "1-3", "--department", "卫健局", "--due", "2wd", "--on", "昨天"],
    ["close", "2-1", "--how", "早就好了", "--on", "2020-03-12"],
    ["log", "戊厂", "早就有的", "--on", "2020-03-08", "--due", "2020-03-14"],
    ["enterprise", "stage", "戊厂", "resumed", "--on", "2020-03-10"],
    ["enterprise", "stage", "戊厂", "full"],
    ["enterprise", "assign", "戊厂", "--team", "1", "--from", "2020-03-09"],
    ["member", "edit", "组员甲", "--team", "2"],
    ["practice", "adopt", "演练", "乙建材"],
    ["redate", "2-1", "--on", "2020-03-11", "--act", "销号"],
    ["publish", "--name", "晨报", "--as-of", "昨天"],
    ["publish", "--as-of", "昨天-17:00", "--name", "傍晚报"],
    ["notice", "1-1", "--kind", "交办单", "-o", PAPER, "--force"],
    ["notice", "1-1,2-1", "--kind", "督办单", "-o", PAPER, "--force"],
]
"""One of everything that can be entered."""

UNDO, REDO, MET, UNDO_OF_THE_OTHER, MET_BY_HAND, BEHIND = -1, -2, -3, -4, -5, -6
"""The last command taken back, or done again; the copy is met; what the other clerk did last is taken back; what
somebody copied by hand is met. The clock of whatever comes next is some days behind."""
OTHER = "乙"
COPIED = 1000
"""From here on: what is entered into the copy, and not here."""
BY_HAND = 2000
"""From here on: what is entered into a copy that was made by hand, which gives the same numbers."""

acts = st.lists(
    st.one_of(
        st.sampled_from(range(len(DONE))),
        st.sampled_from([UNDO, UNDO, REDO, MET, UNDO_OF_THE_OTHER, MET_BY_HAND, BEHIND]),
        st.sampled_from(range(COPIED, COPIED + len(DONE))),
        st.sampled_from(range(BY_HAND, BY_HAND + len(DONE))),
    ),
    min_size=3,
    max_size=14,
)


@functools.cache
def _files() -> Path:
    """The files that come in, and a county with its copy."""
    folder = Path(tempfile.mkdtemp(prefix="fugong-lives-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    prepare(folder)
    (folder / PAPER).touch()
    copies = Copies(lay(folder / "home.db"), folder)
    copies.clone("copy")
    copies.copied_by_hand("stick", of="home")
    return folder


@contextmanager
def a_county() -> Iterator[Path]:
    """A store of its own that holds the county; its copy lies beside it."""
    folder = Path(tempfile.mkdtemp())
    try:
        for name in ("home", "copy", "stick"):
            (folder / f"{name}.db").write_bytes((_files() / f"{name}.db").read_bytes())
        yield folder / "home.db"
    finally:
        shutil.rmtree(folder)


def enter(fugong: Run, store: Path, drawn: list[int], since: int) -> int:
    """Enter what was drawn, as far as the ledger takes it. How much was entered so far."""
    late = 0
    for number in drawn:
        if number == BEHIND:
            late += 2
            continue
        act(fugong, store, number, at(since, late))
        since, late = since + 1, 0
    return since


def act(fugong: Run, store: Path, number: int, clock: str, refused: int = 1) -> Result:
    """Enter one act by a clock, if the ledger takes it; what it does not take it refuses with a code."""
    argv, who = ["undo"], "tester"
    if number == UNDO_OF_THE_OTHER:
        who = OTHER
    if number == REDO:
        argv = ["redo"]
    if number in (MET, MET_BY_HAND):
        argv = ["merge", str(store.with_name("copy.db" if number == MET else "stick.db"))]
    if number >= 0:
        argv = [str(_files() / each) if (_files() / each).is_file() else each for each in DONE[number % COPIED]]
        who = "审核员" if argv[0] in ("approve", "reject") else OTHER if number % 3 == 0 else who
    result = fugong("--store", str(place_of(store, number)), *argv, FUGONG_TODAY=clock, FUGONG_ACTOR=who)
    assert result.exit_code in (0, refused, 6), (argv, result.output)
    return result


def place_of(store: Path, number: int) -> Path:
    """The store that an act is entered into."""
    return store if number < 0 else store.with_name(("home.db", "copy.db", "stick.db")[number // COPIED])


def at(place: int, late: int = 0) -> str:
    """When the act at a place is entered, by a clock that is so many days behind."""
    return (BEGIN + timedelta(hours=5 * place, days=-late)).isoformat(timespec="minutes")
