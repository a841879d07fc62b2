"""Files that appear whole or not at all: written beside their place, then moved there in one step."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from fugong.vocab import Words

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
"""Why the system would not read or write, in words; for anything else its own words have to do."""


def reason(error: OSError) -> Words:
    """Why the system would not read or write."""
    said = error.strerror or type(error).__name__
    return REASONS.get(error.errno or 0, Words(said, said))


def unread(error: OSError) -> Words:
    """Why the system would not read a file: of one that is not there, its folder may well be."""
    return _ABSENT if error.errno == errno.ENOENT else reason(error)


_ABSENT = Words("没有这个文件", "there is no such file")


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A private temporary file (0600) in the folder of ``target``, gone again when the block ends.

    Raises:
        OSError: The folder is missing or not writable.
    """
    import tempfile

    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".new", dir=target.parent)
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()


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
        if not replace:  # a name that a power cut may take away is not given
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
