"""Moving a finished file to its place: on the disk before it has its name, which must be free."""

import os
from pathlib import Path

import pytest
from tests.db.conftest import listing, mode

from fugong import files


def test_the_bytes_of_a_file_are_on_the_disk_before_its_name_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, fsync, named = tmp_path / "target", os.fsync, list[bool]()

    def watched(handle: int) -> None:
        named.append(target.exists())
        fsync(handle)

    monkeypatch.setattr(os, "fsync", watched)
    with files.beside(target) as draft:
        draft.write_text("新")
        files.settle(draft, target)
    assert (named, target.read_text(), listing(tmp_path)) == ([False, True], "新", ["target"])


@pytest.mark.parametrize("links", [True, False])
def test_a_name_is_given_only_if_it_is_free(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool) -> None:
    """Also on a disk without hard links, as a USB stick."""
    if not links:
        monkeypatch.setattr(os, "link", no_links)
    for text in ("先", "后"):
        with files.beside(tmp_path / text) as draft:
            draft.write_text(text)
            if text == "先":
                files.settle(draft, tmp_path / "target")
            else:
                with pytest.raises(FileExistsError):
                    files.settle(draft, tmp_path / "target")
    assert ((tmp_path / "target").read_text(), listing(tmp_path)) == ("先", ["target"])
    assert mode(tmp_path / "target") == 0o600


def no_links(*_: object) -> None:
    raise PermissionError(1, "Operation not permitted")


def test_a_file_is_replaced_where_that_was_asked_for(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("旧")
    with files.beside(target) as draft:
        draft.write_text("新")
        files.settle(draft, target, replace=True)
    assert (target.read_text(), listing(tmp_path)) == ("新", ["target"])


def test_windows_needs_no_syncing_of_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = tmp_path / "missing"
    monkeypatch.setattr(os, "name", "nt")
    files._sync_folder(missing)
    monkeypatch.undo()
    with pytest.raises(FileNotFoundError):
        files._sync_folder(missing)
