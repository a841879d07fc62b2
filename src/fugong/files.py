"""Files that appear whole or not at all: written beside their place, then moved there in one step."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from fugong.vocab import Words

_read: ContextVar[tuple[Path, ...]] = ContextVar("read", default=())
"""The files that this command reads: the store, and files to import."""


def forget() -> None:
    """Begin a command: forget which files the one before it read."""
    _read.set(())


def reads(path: Path) -> None:
    """Remember that this command reads a file, so that it is never replaced by what the command writes."""
    _read.set((*_read.get(), path))


def is_read(path: Path) -> bool:
    """Whether this command reads that very file, also through links."""
    for each in _read.get():
        with suppress(OSError):
            if path.samefile(each):
                return True
    return False


REASONS = {
    errno.EACCES: Words("没有权限", "permission denied"),
    errno.EPERM: Words("没有权限", "permission denied"),
    errno.EROFS: Words("磁盘是只读的", "the disk is read-only"),
    errno.ENOENT: Words("没有这个文件夹", "no such folder"),
    errno.ENOTDIR: Words("没有这个文件夹", "no such folder"),
    errno.EISDIR: Words("它是文件夹", "it is a folder"),
    errno.ENOSPC: Words("磁盘满了", "the disk is full"),
    errno.EDQUOT: Words("磁盘满了", "the disk is full"),
    errno.EFBIG: Words("文件太大", "the file is too large"),
    errno.ENAMETOOLONG: Words("文件名太长", "the name is too long"),
}
"""The commonest reasons of the system for not reading or writing, in words; for others its own text is used."""


_HELD = Words("另一个程序（如 Excel、WPS）正开着它", "another program, such as Excel, has it open")
_DENIED_OR_HELD = Words(
    "没有权限，或者另一个程序（如 Excel、WPS）正开着它",
    "permission denied, or another program, such as Excel, has it open",
)
_SHARING = (32, 33)
"""What Windows says of a file that another program holds: ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION."""
_ACCESS_DENIED = 5
"""Windows' error for a file that cannot be replaced: another program has it open, or there is no permission."""


def reason(error: OSError) -> Words:
    """Why the system would not read or write; on Windows, what another program has open cannot be replaced."""
    number = getattr(error, "winerror", None)
    if number in _SHARING:
        return _HELD
    if number == _ACCESS_DENIED:
        return _DENIED_OR_HELD
    if isinstance(error, _NotOrdinary):
        return _NO_FILE
    said = error.strerror or type(error).__name__
    return REASONS.get(error.errno or 0, Words(said, said))


def unread(error: OSError) -> Words:
    """Why the system would not read a file: of one that is not there, its folder may well be."""
    return _ABSENT if error.errno == errno.ENOENT else reason(error)


_ABSENT = Words("没有这个文件", "there is no such file")
_NO_FILE = Words("它不是普通文件", "it is not an ordinary file")


class _NotOrdinary(OSError):
    """What is to be read or written is a pipe, a folder, a device."""


def must_be_ordinary(path: Path) -> None:
    """Refuse to open what would have to be waited for, such as a pipe.

    Raises:
        FileNotFoundError: There is nothing.
        OSError: It is no ordinary file.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise _NotOrdinary(errno.EINVAL, _NO_FILE.en)


LOCK = "fugong.lock"
"""The name of a file in every private folder, locked while the program that made the folder lives."""
_SUFFIX = ".new"


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A private file (0600), empty, on the disk of ``target``; gone again when the block ends, unless it was settled.

    Raises:
        OSError: The folder is missing or not writable.
    """
    with _private(target.parent, target.name) as folder:
        draft = folder / target.name
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        yield draft


@contextmanager
def folder_beside(target: Path) -> Iterator[Path]:
    """A private folder (0700) on the disk of ``target``; gone again when the block ends, unless it was settled.

    Raises:
        OSError: The folder above is missing or not writable.
    """
    with _private(target.parent, target.name) as folder:
        draft = folder / target.name
        draft.mkdir(mode=0o700)
        yield draft


def settle_folder(draft: Path, target: Path) -> None:
    """Move a finished folder to its place; its files are on the disk before its name is.

    Raises:
        OSError: Something is there, or the move failed; what is there is as it was.
    """
    _sync_folder(draft)
    target.mkdir(mode=0o700)  # claims the name: a rename alone would replace an empty folder of somebody else's
    try:
        if os.name == "nt":
            target.rmdir()
        draft.rename(target)
    except OSError:
        target.rmdir()
        raise
    _sync_folder(target.parent)


@contextmanager
def scratch() -> Iterator[Path]:
    """A private folder for what is made on the way; gone again when the block ends.

    Raises:
        OSError: There is no room for temporary files.
    """
    import tempfile

    with _private(Path(tempfile.gettempdir()), "fugong") as folder:
        yield folder


@contextmanager
def _private(parent: Path, name: str) -> Iterator[Path]:
    """A folder that nobody else sees (0700), and that no end of this program but a kill or a power cut leaves behind.

    What those leave the next program removes that makes one in the same place. A name that is too long for the
    system is refused before there is anything to remove.
    """
    import tempfile

    _sweep(parent)
    folder = Path(tempfile.mkdtemp(prefix=f".{name}.", suffix=_SUFFIX, dir=parent))
    with _ended_tidily():
        held = None
        try:
            held = _held(folder)
            yield folder
        finally:
            if held is not None:
                os.close(held)  # Windows removes nothing that is open
            _remove(folder)


def _held(folder: Path) -> int:
    """A handle that says that this program lives: locked, or on Windows just open, which keeps others from removing it.

    The lock bears its name only when it is locked, so nobody finds it free in between.
    """
    place = folder / LOCK
    flags = os.O_CREAT | os.O_EXCL | os.O_RDWR
    if os.name == "nt":
        return os.open(place, flags)
    import fcntl

    early = place.with_suffix(_SUFFIX)
    held = os.open(early, flags, 0o600)
    with suppress(OSError):  # a file system without locks
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    early.rename(place)
    return held


def _sweep(parent: Path) -> None:
    """Remove the private folders of programs that were killed; what cannot be told, or is not ours, stays."""
    with suppress(OSError), os.scandir(parent) as entries:
        for entry in entries:
            if entry.name.startswith(".") and entry.name.endswith(_SUFFIX) and entry.is_dir(follow_symlinks=False):
                with suppress(OSError):
                    _remove_if_dead(Path(entry.path))


def _remove_if_dead(folder: Path) -> None:
    """Remove a private folder whose program does not live any more.

    Raises:
        OSError: It lives, or nobody can tell; or there is no lock in it, and it is not ours.
    """
    place = folder / LOCK
    if os.name == "nt":
        place.unlink()
        _remove(folder)
        return
    import fcntl

    held = os.open(place, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _remove(folder)
    finally:
        os.close(held)


def _remove(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


class Ended(BaseException):
    """The program was asked to end (SIGTERM, SIGHUP) while it had files to remove first."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


_ENDINGS = ("SIGTERM", "SIGHUP")


@contextmanager
def _ended_tidily() -> Iterator[None]:
    """Let a signal that would end the program at once end the block instead, by ``Ended``.

    Only while there is something to remove: anything else is best ended at once. A signal that is ignored stays so
    (``nohup``), and a second one does not disturb what the first one began.
    """
    import signal
    import threading

    if threading.current_thread() is not threading.main_thread():  # signals are the main thread's
        yield
        return
    before = {
        number: signal.getsignal(number)
        for number in (getattr(signal, name) for name in _ENDINGS if hasattr(signal, name))
        if signal.getsignal(number) is signal.SIG_DFL
    }

    def end(number: int, _: object) -> None:
        for each in before:
            signal.signal(each, signal.SIG_IGN)
        raise Ended(number)

    for number in before:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def settle(draft: Path, target: Path, *, replace: bool = False) -> None:
    """Move a finished draft to its place, durably; its bytes are on the disk before its name is.

    Raises:
        FileExistsError: ``target`` exists and ``replace`` is false; it is untouched.
        OSError: The move failed; ``target`` is as it was.
    """
    handle = os.open(draft, os.O_RDWR)  # Windows syncs no handle that cannot write
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    if replace:
        draft.replace(target)
    else:
        _claim(draft, target)
    try:
        _sync_folder(target.parent)
    except OSError:
        if not replace:  # else a power cut could take the new name away
            target.unlink()
        raise


def second_name(path: Path, name: Path) -> None:
    """Let a file be found under a new name as well; on a file system without hard links, only there."""
    try:
        os.link(path, name, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError:
        path.rename(name)


def _claim(draft: Path, target: Path) -> None:
    """Give the draft its name unless somebody has it: a hard link, which never overwrites."""
    try:
        os.link(draft, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links, as on a USB stick: claim the name, then replace it
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        draft.replace(target)


def _sync_folder(folder: Path) -> None:
    """Make the new name itself survive a power cut; Windows does that by itself and has no such call."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder and what is missing above it, for the user alone; ``parents=True`` would leave that open to all."""
    for missing in reversed([each for each in (folder, *folder.parents) if not each.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)
