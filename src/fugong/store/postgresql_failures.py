"""What failures of PostgreSQL's driver mean to whoever is at the keyboard."""

from typing import Any

from fugong.errors import Refusal
from fugong.errors.store import StoreAgain, StoreBusy, StoreHeadless, StoreUnreachable, StoreUnusable
from fugong.vocab import Words

_AGAIN = ("40001", "40P01")
_BUSY = ("55P03", "57014", "08", "57P", "53300")


def meaning(error: Any, place: str) -> Refusal | None:
    """What a failure of the driver means to its user; None for a mistake of ours.

    Args:
        error: What the driver raised.
        place: The store, as people are shown it.
    """
    if not type(error).__module__.startswith("psycopg"):
        return None
    state = error.sqlstate or _unnamed(error)
    if state.startswith(_AGAIN):
        return StoreAgain()
    if state == "HEADLESS":
        return StoreHeadless(path=place)
    if state == "08001":
        return StoreUnreachable(path=place)
    if state.startswith(_BUSY):
        return StoreAgain() if state.startswith(("08", "57P")) else StoreBusy()
    for prefix, why in UNUSABLE.items():
        if state.startswith(prefix):
            return StoreUnusable(path=place, reason=why)
    return None


def passing(error: Any) -> bool:
    """Whether a failure is one of the moment, the network or somebody's rights, which says nothing about the data."""
    return meaning(error, "") is not None and not (error.sqlstate or "").startswith("XX")


def _unnamed(error: Any) -> str:
    """The state of a failure to which the driver gives none: it could not connect, or lost the connection."""
    if type(error).__name__ not in ("OperationalError", "ConnectionTimeout"):
        return ""
    said = str(error)
    for words, state in _SAID.items():
        if words in said:
            return state
    return "08001" if "connect" in said or "resolve" in said else "08006"


_SAID = {
    "certificate": "TLS",  # names of ours
    "definition of service": "SERVICE",
    "invalid integer value": "URL",
    "invalid port number": "URL",
    "session is read-only": "HEADLESS",  # several hosts, and none is what was asked for
    "server is in hot standby mode": "HEADLESS",
    "the database system is": "57P03",  # starting up, shutting down, in recovery, not yet accepting
    "too many clients": "53300",
    "remaining connection slots": "53300",
    "authentication failed": "28P01",
    "no password supplied": "28P01",
    "no pg_hba.conf entry": "28000",
    'role "': "28000",
    'database "': "3D000",
    "permission denied": "42501",
}

UNUSABLE = {
    "28": Words("服务器不认这个用户名或密码", "the server does not accept the user or the password"),
    "3D": Words("服务器上没有这个数据库", "the server has no such database"),
    "2BP01": Words(
        "有别的视图依赖它的视图，请先删去它们", "views of somebody else's stand on its own; drop those first"
    ),
    "42501": Words("这个用户没有权限", "the user has no permission"),
    "0A": Words(
        "服务器不会做这件事；备用服务器不能检查台账，请检查主服务器上的",
        "the server cannot do this; a standby cannot check a store, check it on the primary",
    ),
    "25006": Words(
        "只能读，不能写（备用服务器，或只能读的用户）；请用主服务器的网址",
        "it is read-only (a standby, or a user who may only read); name the primary",
    ),
    "53100": Words("服务器磁盘已满，这次什么也没有写入", "the server's disk is full; nothing was written"),
    "58": Words("服务器读写磁盘出错", "the server's disk failed"),
    "SERVICE": Words("服务文件里没有这个服务", "the service file has no such service"),
    "URL": Words("网址写得不对", "the URL is malformed"),
    "TLS": Words("服务器的证书核对不上", "the server's certificate does not fit"),
    "XX": Words("服务器说数据已损坏", "the server says that data is damaged"),
}
