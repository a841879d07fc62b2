"""A row that is loaded again is about the record that it was about, whatever people did to that meanwhile."""

from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import behind, lay


def load(fugong: Run, place: Path, rows: str) -> str:
    """Load rows, as somebody else than the one who types."""
    place.write_text(f"as_of: 2020-03-12\n{rows}", encoding="utf-8")
    done = fugong("load", str(place), FUGONG_ACTOR="录入员")
    assert done.exit_code in (0, 6), done.stderr
    return done.stderr


RENAMED = {
    "practice": ("practices:\n  - {{name: 送料上门{more}}}\n", ("practice", "edit", "送料上门", "--name", "送货上门")),
    "member": (
        "members:\n  - {{team: '1', name: 丁某{more}}}\n",
        ("member", "edit", "丁某", "--team", "1", "--name", "丁某某"),
    ),
    "department": ("departments:\n  - {{name: 新局{more}}}\n", ("department", "edit", "新局", "--name", "新设局")),
}


@pytest.mark.each_on_both
@pytest.mark.parametrize("kind", RENAMED)
def test_what_was_renamed_is_not_entered_once_more_by_its_old_name(
    store: Path, fugong: Run, tmp_path: Path, kind: str
) -> None:
    lay(store)
    rows, rename = RENAMED[kind]
    place = tmp_path / "more.yaml"
    load(fugong, place, rows.format(more=""))
    assert fugong(*rename).exit_code == 0
    kept = behind(store, f"SELECT uid, name FROM {kind} ORDER BY id")
    load(fugong, place, rows.format(more=", remark: 文件改了"))
    assert behind(store, f"SELECT uid, name FROM {kind} ORDER BY id") == kept
    assert behind(store, f"SELECT remark FROM {kind} WHERE uid = :uid", uid=kept[-1][0]) == [("文件改了",)]
    assert fugong("store", "check").exit_code == 0


UNDONE = {
    "department": (("department", "add", "新局"), "departments:\n  - {{name: 新局{more}}}\n"),
    "milestone": (
        ("milestone", "add", "甲厂", "党支部"),
        "milestones:\n  - {{enterprise: 甲厂, name: branch{more}}}\n",
    ),
}


@pytest.mark.each_on_both
@pytest.mark.parametrize("kind", UNDONE)
def test_what_was_taken_back_though_a_file_named_it_leaves_a_whole_store(
    store: Path, fugong: Run, tmp_path: Path, kind: str
) -> None:
    lay(store)
    add, rows = UNDONE[kind]
    place = tmp_path / "more.yaml"
    before = behind(store, f"SELECT count(*) FROM {kind}")
    assert fugong(*add).exit_code == 0
    load(fugong, place, rows.format(more=""))
    assert fugong("undo").exit_code == 0
    assert behind(store, f"SELECT count(*) FROM {kind}") == before
    assert fugong("store", "check").exit_code == 0
    load(fugong, place, rows.format(more=", remark: 文件改了"))
    assert behind(store, f"SELECT count(*) FROM {kind} WHERE remark = '文件改了'") == [(1,)]
    assert fugong("store", "check").exit_code == 0
