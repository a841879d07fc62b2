"""A bug: its details go to a private file, one line goes to the person, and the exit code is 3."""

import os
import platform
import sys
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from fugong import __version__, config
from fugong.lang import T

EXIT = 3


def report(error: BaseException, argv: Sequence[str]) -> int:
    """Write what is needed to mend the bug, say where, and give the exit code."""
    try:
        where = str(_written(error, argv))
    except OSError:
        where = "".join(traceback.format_exception_only(error)).strip()
    line = T(
        f"程序出错了，不是您的操作问题。详情：{where}", f"This is a bug in fugong, not your mistake. Details: {where}"
    )
    print(line, file=sys.stderr)  # noqa: T201  (the last resort must not rest on anything that may have failed)
    return EXIT


def _written(error: BaseException, argv: Sequence[str]) -> Path:
    """The details in a file of their own, for the user alone: they may quote the ledger."""
    folder = config.crash_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"crash-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.log"
    details = [
        f"fugong {__version__}, Python {platform.python_version()}, {platform.platform()}",
        f"argv: {list(argv)!r}",
        "".join(traceback.format_exception(error)),
    ]
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write("\n".join(details))
    return path
