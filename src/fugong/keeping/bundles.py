"""Bundles: what one store has and another lacks, as one small file of JSON lines, compressed.

The first line says what it is and the last command of every chain that its store has; the last how many lines came
between, and their SHA-256. Between them stands each command with its events behind it, in an order in which nothing
comes before what it builds upon; with a publication come the rows behind it, and last, if it is asked for, the bytes of
evidence (``carried``). Nothing of it is told anew: hashes and digests travel.
"""

import gzip
import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from fugong import db, files
from fugong.domain import history
from fugong.errors.files import CannotRead
from fugong.errors.merging import BundleBad, BundleNewer
from fugong.queries import olden, seals
from fugong.store import chain
from fugong.store.chain import canonical
from fugong.store.identity import computed
from fugong.vocab import Kind, Words

Rows = Callable[..., Iterable[tuple[Any, ...]]]

FORMAT = "fugong bundle"
LONGEST = 4 << 20
"""Bytes of a line at most, so that nothing large is ever unpacked at once."""
TOGETHER = 500

_COMMANDS = """
SELECT b.id, b.uid, b.verb, b.actor, b.recorded_at, b.replica, b.number, b.previous, b.saw, b.digest, u.uid,
       b.county
FROM batch b LEFT JOIN batch u ON u.id = b.undoes_id"""
_BATCHES = f"{_COMMANDS} WHERE b.id > :last ORDER BY b.id LIMIT :most"
_EVENTS = """
SELECT batch_id, hash, kind, coalesce(named, subject), act, on_date, approximate, changes, text, parents, undoes
FROM event WHERE batch_id BETWEEN :first AND :last ORDER BY batch_id, id
"""
_PUBLISHED = """
SELECT q.uid, r.status FROM published_row r JOIN problem q ON q.id = r.problem_id
JOIN publication p ON p.id = r.publication_id WHERE p.uid = :uid ORDER BY q.uid
"""
_LOADED = "SELECT section, key, subject, content FROM loaded ORDER BY id"


def lines(rows: Rows, *, replica: str, known: frozenset[str] = frozenset(), county: str | None = None) -> Iterator[Any]:
    """What a store has, without the commands whose digests are known to whoever gets it.

    Args:
        rows: The store's rows.
        replica: Whose bundle it is.
        known: The digests of commands that whoever gets it has.
        county: In a city's store, the prefix of the county whose history is wanted; None is the city's own.
    """
    heads = [list(head) for head in seals.lasts(rows, county)]
    head = {"format": FORMAT, "schema": db.SCHEMA, "replica": replica, "heads": heads}
    yield head | ({"from": _whose(rows)} if county else {})
    last, older = 0, olden.known(rows, known) if known else set[str]()
    while some := list(rows(_BATCHES, last=last, most=TOGETHER)):
        first, last = some[0][0], some[-1][0]
        events: dict[int, list[tuple[Any, ...]]] = {}
        for batch, *said in rows(_EVENTS, first=first, last=last):
            events.setdefault(batch, []).append(tuple(said))
        for key, *about, whose in some:
            if whose != county or about[8] in known or about[0] in older:
                continue
            yield ["batch", about]
            for event in events.get(key, ()):
                told = history.subject(Kind(event[1]), event[2], county)
                yield ["event", [*event[:2], told, *event[3:5], bool(event[5]), *event[6:]]]
                if event[1] == "publication" and event[3] == "add":
                    yield from (["row", [event[2], *row]] for row in rows(_PUBLISHED, uid=event[2]))
    if last and county is None:
        yield from (["loaded", list(row)] for row in rows(_LOADED))


def _whose(rows: Rows) -> str | None:
    """Who sends what a county gets."""
    return next((str(name) for (name,) in rows("SELECT county FROM campaign")), None)


def as_found(rows: Rows) -> Iterator[Any]:
    """What a store has that an older program made, and that was upgraded only to be read.

    Its first command is not the one that its own upgrade will write: it follows from the last of what is older, so
    that a file that is merged twice brings nothing the second time.
    """
    yield {"format": FORMAT, "schema": db.SCHEMA, "replica": "", "heads": []}
    (first,) = rows(f"{_COMMANDS} WHERE b.verb = 'begin' AND b.number = 1")
    _, _, verb, actor, _, _, number, last, saw, _, undoes, _ = first
    ((moment,),) = rows("SELECT recorded_at FROM batch WHERE uid = :last", last=last)
    told = chain.Command(
        computed("begin", last), verb, actor, moment, computed("replica", last), number, last, (), undoes
    )
    digest = chain.Digest(told)
    for line in lines(rows, replica=""):
        match line:
            case ["batch", [uid, "begin", *_]] if uid == first[1]:
                yield ["batch", [*told[:6], last, saw, str(digest), undoes]]
            case ["batch", [uid, *_, taken_back]]:
                digest.add([chain.older(uid, taken_back)])
                yield line
            case ["event", [hash_, *_]]:
                digest.add([hash_])
                yield line
            case [*_]:
                yield line


def packed(content: Iterable[Any]) -> Iterator[bytes]:
    """A bundle as a file's bytes: the same for the same content."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    digest, count = hashlib.sha256(), 0
    for line in content:
        count += 1
        text = (canonical(line) + "\n").encode()
        digest.update(text)
        yield squeeze.compress(text)
    yield squeeze.compress((canonical({"lines": count, "sha256": digest.hexdigest()}) + "\n").encode())
    yield squeeze.flush()


def is_one(path: Path) -> bool:
    """Whether a file begins like a bundle (a store begins otherwise).

    Raises:
        CannotRead: It is not there, or may not be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(2) == b"\x1f\x8b"
    except OSError as error:
        raise CannotRead(path=path, reason=files.unread(error)) from error


def unpacked(path: Path) -> Iterator[Any]:  # noqa: C901  (each way of being broken is one branch)
    """The lines of a bundle; the last of them is read before the first is believed to be one of a whole.

    Raises:
        CannotRead: There is no such file.
        BundleBad: It is no bundle, or not whole.
        BundleNewer: Another schema wrote it.
    """
    digest, count, ended = hashlib.sha256(), 0, None
    try:
        with gzip.open(path) as file:
            for line in iter(lambda: file.readline(LONGEST), b""):
                if len(line) == LONGEST:
                    raise _bad(path, Words("有一行太长", "a line is too long"))
                if ended is not None:
                    raise _bad(path, Words("结尾之后还有内容", "there is more after the end"))
                content = json.loads(line.decode())
                if count and isinstance(content, dict):
                    ended = content
                    if ended != {"lines": count, "sha256": digest.hexdigest()}:
                        raise _bad(path, Words("与校验和不符", "its checksum does not fit"))
                    continue
                digest.update(line)
                count += 1
                if count == 1:
                    _must_fit(path, content)
                yield content
    except OSError as error:
        if isinstance(error, gzip.BadGzipFile):
            raise _bad(path, _NONE) from None
        raise CannotRead(path=path, reason=files.unread(error)) from error
    except (EOFError, zlib.error):
        raise _bad(path, Words("文件不完整", "it is cut off")) from None
    except (ValueError, RecursionError):
        raise _bad(path, _NONE) from None
    if ended is None:
        raise _bad(path, Words("文件不完整", "it is cut off"))


_NONE = Words("它不是 fugong 的合并包", "it is no bundle of fugong")


def _must_fit(path: Path, head: Any) -> None:
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise _bad(path, _NONE)
    schema = head.get("schema")
    if type(schema) is not int:
        raise _bad(path, _NONE)
    if schema != db.SCHEMA:
        raise BundleNewer(path=path, schema=schema, known=db.SCHEMA)
    told = (head.get("replica"), head.get("from") or "")
    if not all(isinstance(each, str) for each in told) or not _are_heads(head.get("heads")):
        raise _bad(path, _NONE)


def _are_heads(told: Any) -> bool:
    """Whether these are the last commands of chains: replica, number and digest of each."""
    return isinstance(told, list) and all(
        isinstance(each, list) and [type(part) for part in each] == [str, int, str] for each in told
    )


def _bad(path: Path, why: Words) -> BundleBad:
    return BundleBad(path=path, reason=why)
