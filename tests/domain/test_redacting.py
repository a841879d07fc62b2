"""Words that must not be kept leave the store for good, and everything else holds."""

import json
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import behind, lay

NUMBER = "140102197001011234"
"""What somebody typed by mistake."""


@pytest.fixture
def ledger(store: Path, fugong: Run) -> Run:
    """A problem whose text, measure and notes hold the number, some of it edited, undone and done again."""
    lay(store)
    for argv in (
        ("log", "甲厂", f"{NUMBER} 未返岗"),
        ("note", "1-4", f"本人 {NUMBER} 说明天到"),
        ("edit", "1-4", "--text", f"工人 {NUMBER} 未返岗"),
        ("undo",),
        ("redo",),
        ("close", "1-4", "--how", f"{NUMBER} 已返岗"),
        ("note", "1-3", "别的"),
    ):
        assert fugong(*argv).exit_code == 0, argv
    return fugong


def whole(fugong: Run) -> tuple[int, str]:
    checked = fugong("store", "check")
    return checked.exit_code, checked.stderr


def test_words_leave_the_record_its_history_and_the_file_and_the_hashes_hold(
    ledger: Run, store: Path, engine: str
) -> None:
    hashes = behind(store, "SELECT id, hash FROM event ORDER BY id")
    seal = json.loads(ledger("store", "info", "--format", "json").stdout)["seal"]
    before = ledger("progress").stdout
    done = ledger("redact", "1-4", "--why", "误录了身份证号")
    assert (done.exit_code, "涂去了 6 条" in done.stderr, "备份" in done.stderr) == (0, True, True)
    assert behind(store, "SELECT id, hash FROM event ORDER BY id")[:-1] == hashes
    assert whole(ledger) == (0, "台账完好。\n有 6 条办理记录的文字已涂去。\n")
    assert ledger("store", "check", "--since", seal).exit_code == 0
    assert ledger("progress").stdout == before
    for argv in (("show", "1-4"), ("list", "--status", "all"), ("export", "ledger")):
        assert NUMBER not in ledger(*argv).stdout
    assert "误录了身份证号" in ledger("show", "1-4").stdout
    if engine == "sqlite":
        assert NUMBER.encode() not in store.read_bytes()


def test_only_the_words_that_were_named_go(ledger: Run) -> None:
    assert ledger("redact", "1-4", "--field", "how", "--field", "note", "--why", "误录").exit_code == 0
    shown = ledger("show", "1-4").stdout
    assert (f"工人 {NUMBER} 未返岗" in shown, "已返岗" in shown, "说明天到" in shown) == (True, False, False)
    assert whole(ledger)[0] == 0
    again = ledger("redact", "1-4", "--field", "how", "--why", "误录")
    assert (again.exit_code, "早已涂去" in again.stderr) == (1, True)
    assert ledger("redact", "1-4", "--why", "误录").exit_code == 0
    assert (NUMBER in ledger("show", "1-4").stdout, whole(ledger)[0]) == (False, 0)


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE event SET on_date = '2020-01-01' WHERE act = 'close' AND changes LIKE '%■■■%'",
        "UPDATE event SET text = '改过' WHERE text = '■■■'",
        "UPDATE event SET act = 'chase' WHERE text = '■■■' AND act = 'note'",
        "UPDATE problem SET text = '改过' WHERE text = '■■■'",
        "UPDATE event SET text = NULL WHERE act = 'redact'",
    ],
)
def test_what_is_left_cannot_change_unseen(ledger: Run, store: Path, edit: str) -> None:
    assert ledger("redact", "1-4", "--why", "误录").exit_code == 0
    behind(store, edit)
    assert whole(ledger)[0] == 6


def test_an_event_that_nobody_redacted_cannot_lose_its_words(ledger: Run, store: Path) -> None:
    assert ledger("redact", "1-4", "--why", "误录").exit_code == 0
    behind(store, "UPDATE event SET text = '■■■' WHERE text = '别的'")
    assert whole(ledger)[0] == 6


def test_what_came_before_is_undone_and_done_again_as_ever(ledger: Run, store: Path) -> None:
    assert ledger("redact", "1-4", "--why", "误录").exit_code == 0
    for argv in (("undo",), ("undo",), ("redo",), ("redo",)):
        assert ledger(*argv).exit_code == 0, argv
    assert behind(store, "SELECT status, how, text FROM problem WHERE number = 4") == [("closed", "■■■", "■■■")]
    assert whole(ledger)[0] == 0


def test_what_a_seed_said_and_an_inspection_found_go_as_well(ledger: Run, store: Path, tmp_path: Path) -> None:
    text = behind(store, "SELECT text FROM problem WHERE id = 1")[0][0]
    assert ledger("redact", "1-1", "--why", "误录").exit_code == 0
    assert behind(store, "SELECT 1 FROM loaded WHERE content LIKE :text", text=f"%{text}%") == []
    assert ledger("inspection", "add", "甲厂", "--fail", f"环境卫生={NUMBER} 未消毒").exit_code == 0
    said = ledger("redact", "1-5", "--why", "误录").stderr
    assert "同样的文字还在：activity" in said
    assert ledger("redact", "1-w3", "--why", "误录").exit_code == 0
    assert behind(store, "SELECT 1 FROM event WHERE changes LIKE :text", text=f"%{NUMBER} 未消毒%") == []
    assert whole(ledger)[0] == 0


@pytest.mark.on_a_file
def test_backups_that_still_hold_the_words_are_named(ledger: Run) -> None:
    made = ledger("store", "backup").stdout.strip()
    assert f"这份备份里还有这些文字：{made}" in ledger("redact", "1-4", "--why", "误录").stderr
