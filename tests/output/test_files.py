"""An output file appears whole or not at all, for its user alone, and over nothing that was not meant."""

import errno
import os
import resource
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fugong.errors.entries import BadDate
from fugong.errors.files import CannotWrite, OutputExists
from fugong.files import reason
from fugong.output.files import save


def saved(path: Path, *pieces: bytes, force: bool = False) -> None:
    save(path, pieces, force=force)


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def said(refusal: pytest.ExceptionInfo[CannotWrite], *, chinese: bool = True) -> str:
    return refusal.value.sentence(chinese=chinese)


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@contextmanager
def small_files() -> Iterator[None]:
    """Files may have no more than 1000 bytes.

    Only inside the block: the test runner's own output may be a file, too.
    """
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("open_umask")
def test_a_file_is_for_its_user_alone(tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    saved(path, b"one", b"two")
    assert path.read_bytes() == b"onetwo"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert names(tmp_path) == ["台账.csv"]


def test_a_file_that_exists_stays_and_the_refusal_names_force(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes(b"old")
    with pytest.raises(OutputExists) as refusal:
        saved(path, b"new")
    assert refusal.value.sentence(chinese=True) == f"{path} 已经存在，没有覆盖。要覆盖请加 --force。"
    assert (path.read_bytes(), names(tmp_path)) == (b"old", ["old.csv"])


def test_a_refused_file_costs_no_work(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.touch()
    pieces = iter([b"new"])
    with pytest.raises(OutputExists):
        save(path, pieces, force=False)
    assert list(pieces) == [b"new"]


def test_a_file_that_appears_meanwhile_stays(tmp_path: Path) -> None:
    path = tmp_path / "new.csv"

    def pieces() -> Iterator[bytes]:
        path.write_bytes(b"theirs")
        yield b"ours"

    with pytest.raises(OutputExists):
        save(path, pieces(), force=False)
    assert (path.read_bytes(), names(tmp_path)) == (b"theirs", ["new.csv"])


def test_force_replaces_a_file(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes(b"old")
    saved(path, b"new", force=True)
    assert (path.read_bytes(), names(tmp_path)) == (b"new", ["old.csv"])


@pytest.mark.parametrize("target", ["precious", "missing"])
def test_a_link_is_never_followed(tmp_path: Path, target: str) -> None:
    (tmp_path / "precious").write_bytes(b"precious")
    link = tmp_path / "out.csv"
    link.symlink_to(target)
    with pytest.raises(OutputExists):
        saved(link, b"new")
    assert link.is_symlink()
    saved(link, b"new", force=True)
    assert not link.is_symlink()
    assert (link.read_bytes(), (tmp_path / "precious").read_bytes()) == (b"new", b"precious")
    assert names(tmp_path) == ["out.csv", "precious"]


@pytest.mark.parametrize("force", [False, True])
def test_a_failure_half_way_leaves_the_old_file_and_no_leftovers(tmp_path: Path, force: bool) -> None:
    path = tmp_path / ("old.csv" if force else "new.csv")
    (tmp_path / "old.csv").write_bytes(b"old")

    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise BadDate(value="x")

    with pytest.raises(BadDate):
        save(path, pieces(), force=force)
    assert (names(tmp_path), (tmp_path / "old.csv").read_bytes()) == (["old.csv"], b"old")


def test_a_disk_that_takes_no_more_leaves_the_old_file_and_no_leftovers(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes(b"old")
    with pytest.raises(CannotWrite) as refusal, small_files():
        saved(path, *[b"x" * 100] * 1000, force=True)
    assert said(refusal) == f"写不了 {path}：文件太大。"
    assert (path.read_bytes(), names(tmp_path)) == (b"old", ["old.csv"])


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "out.csv"
    with pytest.raises(CannotWrite) as refusal:
        saved(path, b"new")
    assert said(refusal) == f"写不了 {path}：没有这个文件夹。"
    assert said(refusal, chinese=False) == f"Cannot write {path}: no such folder."


@pytest.mark.parametrize("force", [False, True])
def test_a_folder_is_never_replaced(tmp_path: Path, force: bool) -> None:
    with pytest.raises(CannotWrite) as refusal:
        saved(tmp_path, b"new", force=force)
    assert said(refusal) == f"写不了 {tmp_path}：它是文件夹。"


@pytest.mark.parametrize("force", [False, True])
def test_a_device_or_pipe_is_never_replaced(tmp_path: Path, force: bool) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(CannotWrite) as refusal:
        saved(pipe, b"new", force=force)
    assert said(refusal) == f"写不了 {pipe}：它不是普通文件。"
    assert stat.S_ISFIFO(pipe.lstat().st_mode)


def test_a_folder_that_takes_no_files_is_said() -> None:
    """/proc refuses new files to everybody, even root."""
    with pytest.raises(CannotWrite) as refusal:
        saved(Path("/proc/fugong.csv"), b"new")
    assert said(refusal) == "写不了 /proc/fugong.csv：没有这个文件夹。"


def test_a_file_as_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CannotWrite) as refusal:
        saved(tmp_path / "file" / "out.csv", b"new")
    assert said(refusal) == f"写不了 {tmp_path / 'file' / 'out.csv'}：没有这个文件夹。"


@pytest.mark.parametrize(
    ("number", "zh", "en"),
    [
        (errno.EACCES, "没有权限", "permission denied"),
        (errno.ENOSPC, "磁盘满了", "the disk is full"),
        (errno.EROFS, "磁盘是只读的", "the disk is read-only"),
        (errno.EIO, "Input/output error", "Input/output error"),
    ],
)
def test_the_reason_is_in_words_or_the_systems_own(number: int, zh: str, en: str) -> None:
    assert reason(OSError(number, os.strerror(number))) == (zh, en)


@pytest.mark.parametrize(
    ("number", "zh"),
    [
        (32, "另一个程序（如 Excel、WPS）正开着它"),
        (33, "另一个程序（如 Excel、WPS）正开着它"),
        (5, "没有权限，或者另一个程序（如 Excel、WPS）正开着它"),
    ],
)
def test_a_file_that_another_program_holds_open_on_windows_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, zh: str
) -> None:
    def held(*_: object) -> None:
        error = PermissionError(errno.EACCES, "Permission denied")
        error.winerror = number  # type: ignore[attr-defined]  # as Windows has it
        raise error

    target = tmp_path / "台账.xlsx"
    target.write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(CannotWrite) as refusal:
        saved(target, b"new", force=True)
    assert said(refusal) == f"写不了 {target}：{zh}。"
    assert (refusal.value.exit_code, target.read_bytes(), names(tmp_path)) == (1, b"old", ["台账.xlsx"])


def test_an_error_without_a_number_has_a_reason_too() -> None:
    assert reason(OSError()) == ("OSError", "OSError")
