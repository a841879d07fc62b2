"""Output files: whole or not at all, for the user alone, and never over something that was not meant."""

import errno
import stat
from collections.abc import Iterable
from pathlib import Path

from fugong import files
from fugong.errors import CannotWrite, OutputExists
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
"""Why the system would not write, in words; for anything else its own words have to do."""


def reason(error: OSError) -> Words:
    """Why the system would not write."""
    said = error.strerror or type(error).__name__
    return REASONS.get(error.errno or 0, Words(said, said))


def save(path: Path, pieces: Iterable[bytes], *, force: bool) -> None:
    """Write a file that appears at once when it is complete, or not at all; mode 0600.

    A link at ``path`` is never followed: without ``force`` it is in the way, with it the link itself is replaced.

    Raises:
        OutputExists: There is something at ``path`` and ``force`` was not given.
        CannotWrite: The system refused. What was at ``path`` is untouched.
    """
    try:
        _check_place(path, force=force)
        with files.beside(path) as draft:
            with draft.open("wb") as stream:
                stream.writelines(pieces)
            files.settle(draft, path, replace=force)
    except FileExistsError:
        raise OutputExists(path=str(path)) from None
    except OSError as error:
        raise CannotWrite(path=str(path), reason=reason(error)) from None


def _check_place(path: Path, *, force: bool) -> None:
    """Refuse early what would be refused at the end, and never replace a folder or a device such as /dev/null."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "")
    if not (stat.S_ISREG(mode) or stat.S_ISLNK(mode)):
        raise CannotWrite(path=str(path), reason=Words("它不是普通文件", "it is not an ordinary file"))
    if not force:
        raise FileExistsError
