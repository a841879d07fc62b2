"""What failures of SQLite's driver, and of reading damaged rows, mean to whoever is at the keyboard."""

import sqlite3
from pathlib import Path

from fugong.errors import Refusal
from fugong.errors.store import StoreBusy, StoreForeign, StoreUnusable
from fugong.vocab import Words


def meaning(error: sqlite3.Error, path: Path) -> Refusal | None:
    """What a failure of the driver means to its user; None for a mistake of ours."""
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_READONLY_DBMOVED":  # another store was put in its place meanwhile
        return StoreBusy()
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreBusy()
    if str(error).startswith("Could not decode"):  # a text that is not UTF-8; the driver gives it no name
        name = "SQLITE_CORRUPT"
    if name == "SQLITE_NOTADB":
        return StoreForeign(path=path)
    for prefix, why in UNUSABLE.items():
        if name.startswith(prefix):
            return StoreUnusable(path=path, reason=why)
    return None


UNUSABLE = {
    "SQLITE_FULL": Words("磁盘已满，这次什么也没有写入", "the disk is full; nothing was written"),
    "SQLITE_IOERR": Words("读写磁盘出错，这次什么也没有写入", "the disk failed; nothing was written"),
    "SQLITE_CORRUPT": Words("文件已损坏，请用备份恢复", "the file is damaged; restore a backup"),
    "SQLITE_CANTOPEN": Words("打不开文件", "the file cannot be opened"),
    "SQLITE_READONLY_DIRECTORY": Words("所在的文件夹不能写", "its folder cannot be written"),
    "SQLITE_READONLY": Words("文件是只读的", "the file is read-only"),
    "SQLITE_PERM": Words("没有权限", "permission denied"),
    "SQLITE_AUTH": Words("没有权限", "permission denied"),
}
