"""Evidence (附件): files that are attached to problems, whose names are never paths and whose bytes lie once."""

import errno
import json
import os
import shutil
import stat
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import fingerprint, outcome

from fugong import files
from fugong.keeping import evidence
from fugong.store import postgresql_places

MASKS = "1-1  某县甲厂有限公司  口罩不足三天\n"


@pytest.fixture(autouse=True)
def place(county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the bytes lie: beside a file, and for a server in a folder that is set."""
    if postgresql_places.speaks(str(county)):
        monkeypatch.setenv("FUGONG_EVIDENCE", str(tmp_path / "srv"))
        return tmp_path / "srv"
    return tmp_path / "store.evidence"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "到货 照片.jpg"
    path.write_bytes(b"\xff\xd8 picture" * 200)
    return path


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def test_a_file_is_shown_by_name_and_kept_once_for_its_owner_alone(place: Path, photo: Path, fugong: Run) -> None:
    other = photo.with_name("同一张.jpg")
    shutil.copy(photo, other)
    assert outcome(fugong("attach", "1-1", str(photo), "--note", "到货了")) == (0, MASKS, "")
    assert fugong("附件", "2-1", str(other)).exit_code == 0
    shown = fugong("show", "1-1").stdout
    assert "附件\t到货 照片.jpg\n" in shown
    assert "到货了；附件：到货 照片.jpg（2 KB）" in shown
    assert [each.name for each in place.iterdir()] == [digest(photo)]
    modes = {stat.S_IMODE(each.stat().st_mode) for each in place.iterdir()}
    assert (stat.S_IMODE(place.stat().st_mode), modes) == (0o700, {0o600})
    item = json.loads(fugong("show", "1-1", "--json").stdout)["items"][0]
    assert item["evidence"] == ["到货 照片.jpg"]


def test_several_at_once_are_one_command_and_the_same_again_changes_nothing(
    county: Path, photo: Path, fugong: Run
) -> None:
    paper = photo.with_name("函.pdf")
    paper.write_bytes(b"%PDF-")
    assert fugong("attach", "1-1", str(photo), str(paper)).exit_code == 0
    before = fingerprint(county)
    assert "1-1 这些文件已经附过，没有改动。" in outcome(fugong("attach", "1-1", str(paper)))[2]
    assert fingerprint(county) == before
    assert fugong("undo").exit_code == 0
    assert "函.pdf" not in json.dumps(json.loads(fugong("list", "--json").stdout)["items"], ensure_ascii=False)


def test_as_of_a_day_before_there_is_none(photo: Path, fugong: Run) -> None:
    assert fugong("attach", "1-1", str(photo)).exit_code == 0
    for day, names in (("2020-03-12", []), ("2020-03-13", ["到货 照片.jpg"])):
        items = json.loads(fugong("list", "--as-of", day, "--json").stdout)["items"]
        assert next(each["evidence"] for each in items if each["id"] == "1-1") == names


def test_bytes_that_are_not_here_are_counted_and_changed_ones_are_found(place: Path, photo: Path, fugong: Run) -> None:
    fugong("attach", "1-1", str(photo))
    assert outcome(fugong("store", "check"))[0] == 0
    (place / digest(photo)).write_bytes(b"else")
    status, said, _ = outcome(fugong("store", "check"))
    assert (status, "附件和登记的不同\t问题\t1-1\t到货 照片.jpg" in said) == (6, True)
    (place / digest(photo)).unlink()
    status, _, said = outcome(fugong("store", "check"))
    assert (status, "有 1 个附件不在这里。" in said) == (0, True)
    assert fugong("attach", "2-1", str(photo)).exit_code == 0  # which brings the bytes back
    assert "不在这里" not in outcome(fugong("store", "check"))[2]


@pytest.mark.parametrize("kind", ["pipe", "device", "folder", "nothing", "empty", "link to a folder"])
def test_what_is_no_file_is_refused_and_nothing_is_written(
    county: Path, place: Path, tmp_path: Path, fugong: Run, kind: str
) -> None:
    path = tmp_path / "given"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path = Path("/dev/zero")
    elif kind == "folder":
        path.mkdir()
    elif kind == "empty":
        path.touch()
    elif kind == "link to a folder":
        path.symlink_to(tmp_path)
    before = fingerprint(county)
    status, said, why = outcome(fugong("attach", "1-1", str(path)))
    assert (status, said, f"读不了 {path}" in why) == (1, "", True)
    assert (fingerprint(county), list(place.glob("*")) if place.exists() else []) == (before, [])


def test_a_file_that_is_too_large_is_refused_however_it_says_its_size(
    county: Path, photo: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence, "MOST", 1000)
    before = fingerprint(county)
    status, _, why = outcome(fugong("attach", "1-1", str(photo)))
    assert (status, f"{photo} 超过" in why) == (1, True)
    assert fingerprint(county) == before


HOSTILE = ["..", "a\nb.jpg", "\x1b[31m.jpg", "<script>.jpg", "-rf", "CON", "a" * 240, "\u202egpj.exe"]


@pytest.mark.words
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_refused_or_only_shown(place: Path, tmp_path: Path, fugong: Run, name: str) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    path = folder / name
    if name != "..":
        path.write_bytes(b"x")
    status, said, _ = outcome(fugong("attach", "1-1", str(path)))
    assert status in (0, 1)
    assert "\x1b" not in said + fugong("show", "1-1").stdout
    kept = [each.name for each in place.glob("*")] if place.exists() else []
    assert kept == ([sha256(b"x").hexdigest()] if status == 0 else [])


def test_a_link_in_the_place_of_bytes_is_never_followed(place: Path, photo: Path, fugong: Run) -> None:
    victim = photo.with_name("victim")
    victim.write_text("mine")
    place.mkdir(mode=0o700)
    (place / digest(photo)).symlink_to(victim)
    assert fugong("attach", "1-1", str(photo)).exit_code == 0
    assert victim.read_text() == "mine"
    assert not (place / digest(photo)).is_symlink()
    assert fugong("store", "check").exit_code == 0


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="a small disk needs the rights to mount one")
def test_a_folder_that_cannot_be_written_refuses_and_nothing_is_told(
    county: Path, photo: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FUGONG_EVIDENCE", "/dev/null/evidence")
    before = fingerprint(county)
    status, _, why = outcome(fugong("attach", "1-1", str(photo)))
    assert (status, "写不了 /dev/null/evidence" in why) == (1, True)
    assert fingerprint(county) == before


def test_a_full_disk_refuses_and_leaves_neither_a_word_nor_half_a_file(
    county: Path, place: Path, photo: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = fingerprint(county)
    monkeypatch.setattr(files, "settle", full)
    status, said, why = outcome(fugong("attach", "1-1", str(photo)))
    assert (status, said, "磁盘满了" in why) == (1, "", True)
    assert (fingerprint(county), list(place.iterdir())) == (before, [])


def test_the_page_links_to_it_where_it_is_beside_and_names_it_where_not(
    place: Path, photo: Path, tmp_path: Path, fugong: Run
) -> None:
    fugong("attach", "1-1", str(photo))
    page = tmp_path / "pages" / "report.html"
    page.parent.mkdir()
    assert fugong("report", "-o", str(page)).exit_code == 0
    assert f'<a href="../{place.name}/{digest(photo)}">到货 照片.jpg</a>' in page.read_text(encoding="utf-8")
    assert "备注" not in page.read_text(encoding="utf-8")
    (place / digest(photo)).rename(place / "elsewhere")
    status, _, said = outcome(fugong("report", "-o", str(page), "--force"))
    assert (status, "有 1 个附件不在这里，没有链接。" in said) == (0, True)
    source = page.read_text(encoding="utf-8")
    assert ("到货 照片.jpg" in source, "<a " in source, ">不在这里<" in source) == (True, False, True)


def test_the_page_never_leads_to_other_bytes_than_were_attached(
    place: Path, photo: Path, tmp_path: Path, fugong: Run
) -> None:
    fugong("attach", "1-1", str(photo))
    fugong("attach", "2-1", str(photo))
    (place / digest(photo)).write_bytes(b"else")
    page = tmp_path / "report.html"
    status, _, said = outcome(fugong("report", "-o", str(page)))
    assert (status, "有 1 个附件和登记的不同，没有链接。看是哪些：fugong store check\n" in said) == (6, True)
    source = page.read_text(encoding="utf-8")
    assert ("<a " in source, source.count(">和登记的不同<")) == (False, 2)


@pytest.mark.on_a_file
def test_the_nightly_run_says_what_is_changed_and_ends_so(
    county: Path, place: Path, photo: Path, tmp_path: Path, fugong: Run
) -> None:
    fugong("attach", "1-1", str(photo))
    for red in fugong("list", "--light", "red").stdout.splitlines()[1:]:
        assert fugong("close", red.split("\t")[0], "办好").exit_code == 0
    calm = ["nightly", str(county), str(tmp_path / "out"), "2020-03-13", "--alarm-on", "red"]
    (place / digest(photo)).rename(place / "elsewhere")
    status, _, said = outcome(fugong(*calm))
    assert (status, "附件" in said) == (0, False)
    (place / digest(photo)).write_bytes(b"else")
    status, _, said = outcome(fugong(*calm))
    assert (status, "有 1 个附件和登记的不同，没有链接" in said) == (6, True)


def test_an_archive_holds_it_and_says_what_is_not_here(place: Path, photo: Path, tmp_path: Path, fugong: Run) -> None:
    fugong("attach", "1-1", str(photo))
    assert fugong("store", "archive", str(tmp_path / "a")).exit_code == 0
    assert (tmp_path / "a" / "evidence" / digest(photo)).read_bytes() == photo.read_bytes()
    index = json.loads((tmp_path / "a" / "index.json").read_bytes())
    assert (index["files"][-1]["name"], index["absent"]) == (f"evidence/{digest(photo)}", [])
    shutil.rmtree(place)
    status, _, said = outcome(fugong("store", "archive", str(tmp_path / "b")))
    assert (status, "有 1 个附件不在这里，没有归档。" in said) == (0, True)
    (absent,) = json.loads((tmp_path / "b" / "index.json").read_bytes())["absent"]
    assert (absent["sha256"], absent["known_as"]) == (digest(photo), ["1-1 到货 照片.jpg"])


@pytest.mark.on_a_file
def test_a_backup_takes_it_along_if_asked(place: Path, photo: Path, tmp_path: Path, fugong: Run) -> None:
    fugong("attach", "1-1", str(photo))
    assert fugong("store", "backup", "--folder", str(tmp_path / "b")).exit_code == 0
    assert not (tmp_path / "b" / "evidence").exists()
    assert fugong("store", "backup", "--folder", str(tmp_path / "b"), "--evidence").exit_code == 0
    assert [each.name for each in (tmp_path / "b" / "evidence").iterdir()] == [digest(photo)]


def test_a_server_needs_a_folder(county: Path, photo: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FUGONG_EVIDENCE", raising=False)
    if postgresql_places.speaks(str(county)):
        status, _, why = outcome(fugong("attach", "1-1", str(photo)))
        assert (status, "FUGONG_EVIDENCE" in why) == (1, True)
    else:
        assert fugong("attach", "1-1", str(photo)).exit_code == 0


def test_void_problems_and_days_before_are_refused(photo: Path, fugong: Run) -> None:
    assert "2020-03-10 或更晚的日期" in outcome(fugong("attach", "1-1", str(photo), "--on", "2020-01-01"))[2]
    fugong("void", "1-1", "重复")
    assert fugong("attach", "1-1", str(photo)).exit_code == 1


@pytest.mark.on_a_file
@pytest.mark.parametrize(
    ("command", "done"),
    [
        (("archive", "a"), "归档"),
        (("backup", "a.db", "--evidence"), "备份"),
        (("bundle", "a.bundle", "--all", "--evidence"), "装进去"),
    ],
)
def test_what_is_made_without_changed_bytes_does_not_call_them_absent(
    place: Path,
    photo: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fugong: Run,
    command: tuple[str, ...],
    done: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    fugong("attach", "1-1", str(photo))
    (place / digest(photo)).write_bytes(b"else")
    status, _, said = outcome(fugong("store", *command))
    assert (status, f"有 1 个附件和登记的不同，没有{done}。看是哪些：fugong store check\n" in said) == (6, True)
    assert "不在这里" not in said
    assert (tmp_path / command[1]).exists()


@pytest.mark.on_a_file
def test_a_restore_takes_what_lies_beside_the_backup_and_counts_what_does_not(
    place: Path, photo: Path, tmp_path: Path, fugong: Run
) -> None:
    paper = photo.with_name("函.pdf")
    paper.write_bytes(b"%PDF-")
    fugong("attach", "1-1", str(photo), str(paper))
    backup, kept = tmp_path / "b" / "a.db", tmp_path / "b" / "evidence"
    assert fugong("store", "backup", str(backup), "--evidence").exit_code == 0
    (kept / digest(paper)).unlink()
    there = tmp_path / "there" / "store.db"
    status, _, said = outcome(fugong("--store", str(there), "store", "restore", str(backup)))
    assert (status, "带来 1 个附件。" in said, "有 1 个附件不在这里，没有恢复。" in said) == (0, True, True)
    assert [each.name for each in (there.parent / "store.evidence").iterdir()] == [digest(photo)]
    (kept / digest(paper)).write_bytes(b"else")
    status, _, said = outcome(fugong("--store", str(there), "store", "restore", str(backup), "--force"))
    assert (status, "有 1 个附件和登记的不同，没有恢复。" in said) == (6, True)
    assert not (there.parent / "store.evidence" / digest(paper)).exists()
    shutil.rmtree(kept)
    assert "附件" not in outcome(fugong("store", "restore", str(backup), "--force"))[2]  # all are here


@pytest.mark.on_a_file
def test_a_merge_takes_what_lies_beside_a_store_and_counts_what_does_not(
    county: Path, place: Path, photo: Path, tmp_path: Path, fugong: Run
) -> None:
    copy = tmp_path / "copy" / "三组.db"
    assert "附件" not in outcome(fugong("store", "clone", str(copy), "--for", "三组"))[2]
    fugong("--store", str(copy), "attach", "1-1", str(photo))
    beside = copy.with_name("三组.evidence")
    away = beside.rename(tmp_path / "away")
    other = tmp_path / "other.db"
    shutil.copy(county, other)
    status, _, said = outcome(fugong("--store", str(other), "merge", str(copy)))
    assert (status, "有 1 个附件不在这里，没有带来。" in said) == (0, True)
    away.rename(beside)
    for store in (str(other), str(county)):  # also what came before without its bytes
        status, _, said = outcome(fugong("--store", store, "merge", str(copy)))
        assert (status, "带来 1 个附件。" in said) == (0, True)
    assert (place / digest(photo)).read_bytes() == photo.read_bytes()
    again = tmp_path / "again.db"
    _, _, said = outcome(fugong("store", "clone", str(again), "--for", "九组"))
    assert f"有 1 个附件的内容没有放进副本；要用，把 {place} 拷成 {tmp_path / 'again.evidence'}。" in said
    fugong("store", "export", str(tmp_path / "all.jsonl"))
    _, _, said = outcome(fugong("--store", str(tmp_path / "new.db"), "store", "import", str(tmp_path / "all.jsonl")))
    assert "有 1 个附件不在这里，没有装入。" in said


@pytest.mark.on_a_file
def test_a_bundle_without_the_bytes_says_so_where_it_is_merged(photo: Path, tmp_path: Path, fugong: Run) -> None:
    copy, bundle = str(tmp_path / "copy" / "c.db"), str(tmp_path / "c.bundle")
    fugong("store", "clone", copy, "--for", "三组")
    fugong("--store", copy, "attach", "1-1", str(photo))
    fugong("--store", copy, "store", "bundle", bundle)
    status, _, said = outcome(fugong("merge", bundle))
    assert (status, "有 1 个附件不在这里，没有带来。" in said) == (0, True)
    fugong("--store", copy, "store", "bundle", bundle, "--all", "--evidence", "--force")
    status, _, said = outcome(fugong("merge", bundle))
    assert (status, "带来 1 个附件。" in said, "不在这里" in said) == (0, True, False)
