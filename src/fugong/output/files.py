"""Output files: whole or not at all, for the user alone, and never over something that was not meant."""

import errno
import stat
from collections.abc import Iterable
from pathlib import Path

from fugong import files
from fugong.errors.files import CannotWrite, OutputExists
from fugong.vocab import Words


def save(path: Path, pieces: Iterable[bytes], *, force: bool) -> None:
    """Write a file that appears at once when it is complete, or not at all; mode 0600.

    A link at ``path`` is never followed: without ``force`` it is in the way, with it the link itself is replaced.

    Raises:
        OutputExists: There is something at ``path`` and ``force`` was not given.
        CannotWrite: The system refused. What was at ``path`` is untouched.
    """
    must_be_free(path, force=force)
    try:
        with files.beside(path) as draft:
            with draft.open("wb") as stream:
                stream.writelines(pieces)
            files.settle(draft, path, replace=force)
    except FileExistsError:
        raise OutputExists(path=str(path)) from None
    except OSError as error:
        raise CannotWrite(path=str(path), reason=files.reason(error)) from None


def must_be_free(path: Path, *, force: bool) -> None:
    """Refuse early what would be refused at the end, and never replace a folder or a device such as /dev/null.

    Args:
        path: Where something is to be written.
        force: Replace a file that is there.

    Raises:
        OutputExists: There is something at ``path`` and ``force`` was not given.
        CannotWrite: It is no place for a file, or is read by the same command.
    """
    if files.is_read(path):
        raise CannotWrite(path=str(path), reason=_READ)
    if str(path) == "-":  # "-" is standard output in other programs; here it would become a file of that name
        raise CannotWrite(path="-", reason=Words("请写文件名，或用 > 转向", "name a file, or redirect with >"))
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    except OSError as error:
        raise CannotWrite(path=str(path), reason=files.reason(error)) from None
    if stat.S_ISDIR(mode):
        raise CannotWrite(path=str(path), reason=files.REASONS[errno.EISDIR])
    if not (stat.S_ISREG(mode) or stat.S_ISLNK(mode)):
        raise CannotWrite(path=str(path), reason=Words("它不是普通文件", "it is not an ordinary file"))
    if not force:
        raise OutputExists(path=str(path))


_READ = Words("它就是这个命令要读的文件；请换个文件名", "it is the file that this command reads; give another name")
