"""Commands that are not taken back say why, and what to type instead; in both languages."""

import re
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import fingerprint, lay

pytestmark = pytest.mark.on_a_file


def refused(fugong: Run, store: Path, typed: str) -> tuple[str, str]:
    """What undo says after a command in both languages; it changes nothing."""
    before, said = fingerprint(store), []
    for language, begins in (("zh", "最近一次操作是"), ("en", "The last command was")):
        done = fugong("--store", str(store), "undo", FUGONG_LANG=language)
        assert (done.exit_code, done.stdout) == (1, "")
        assert f"{begins} fugong {typed}" in done.stderr
        said.append(done.stderr)
    assert fingerprint(store) == before
    return said[0], said[1]


def test_a_copy_that_was_handed_out_stays_and_what_came_before_is_corrected(
    store: Path, fugong: Run, tmp_path: Path
) -> None:
    lay(store)
    assert fugong("note", "1-1", "记错了").exit_code == 0
    assert fugong("store", "clone", str(tmp_path / "b.db")).exit_code == 0
    zh, en = refused(fugong, store, "store clone")
    assert ("副本已经给出去了" in zh, "fugong show" in zh, "数据文件" in zh) == (True, True, False)
    assert ("handed out" in en, "fugong edit" in en, "load" in en) == (True, True, False)


def test_a_merge_that_made_a_store_another_is_gone_back_from_by_its_backup(
    store: Path, fugong: Run, tmp_path: Path
) -> None:
    lay(store)
    other = tmp_path / "stick.db"
    other.write_bytes(store.read_bytes())
    for place in (store, other):
        assert fugong("--store", str(place), "note", "1-1", "都记了").exit_code == 0
    merged = fugong("merge", str(other))
    zh, en = refused(fugong, store, "merge")
    assert ("merge- 开头" in zh, "merge-…" in en, "load" in en) == (True, True, False)
    (kept,) = re.findall(r"fugong store restore (\S+/merge-\S+) --force", merged.stderr)
    assert fugong("store", "restore", kept, "--force").exit_code == 0


def test_a_restore_is_gone_back_from_by_what_lies_beside(store: Path, fugong: Run, tmp_path: Path) -> None:
    lay(store)
    kept = str(tmp_path / "kept.db")
    assert fugong("store", "backup", kept).exit_code == 0
    assert fugong("note", "1-1", "恢复以前记的").exit_code == 0
    assert fugong("store", "restore", kept, "--force").exit_code == 0
    zh, en = refused(fugong, store, "store restore")
    assert (".old" in zh, ".old" in en) == (True, True)
    (old,) = store.parent.glob("*.old")
    assert fugong("store", "restore", str(old), "--force").exit_code == 0
    assert "恢复以前记的" in fugong("show", "1-1").stdout


def test_what_began_a_store_stays(store: Path, fugong: Run, tmp_path: Path) -> None:
    lay(store)
    new, filled, dump = tmp_path / "new.db", tmp_path / "filled.db", str(tmp_path / "all.jsonl")
    assert fugong("--store", str(new), "init", "--county", "某县", "--team", "一组").exit_code == 0
    zh, en = refused(fugong, new, "init")
    assert ("fugong campaign edit" in zh, "fugong campaign edit" in en) == (True, True)
    assert fugong("store", "export", dump).exit_code == 0
    assert fugong("--store", str(filled), "store", "import", dump).exit_code == 0
    zh, en = refused(fugong, filled, "store import")
    assert ("fugong edit" in zh, "fugong edit" in en) == (True, True)
