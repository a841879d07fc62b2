"""Which backups of a folder stay and which go.

A clock that was wrong for a night, a restore, or another ledger's files in the folder must not cost a backup. So a
backup counts only if the store has all the commands that it holds; the newest is the one that holds most of them,
whatever its name says; and what was just made stays in any case. All else is named and left alone. What one under a
passphrase holds is told by the seal beside it: the store knows every seal that it ever had.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from fugong import config, db, files
from fugong.errors import Refusal
from fugong.errors.files import CannotWrite
from fugong.errors.store import StoreForeign, StoreNewer
from fugong.keeping import backup, encrypting
from fugong.keeping.containing import Compared, compared
from fugong.queries import seals
from fugong.vocab import Words


class Keep(NamedTuple):
    """How many backups stay: the newest, and the newest of each of so many days, weeks and months that have one.

    As with restic's ``forget``: what any of them keeps stays, and while one of the last three has not found as many
    as it may, it keeps the oldest there is.
    """

    newest: int = 0
    daily: int = 0
    weekly: int = 0
    monthly: int = 0


class Backup(NamedTuple):
    """A backup of the store; ``path`` is none for one that is not made yet."""

    path: Path | None
    commands: int
    made: datetime
    """As its name says: by a clock that may have been wrong, so it only tells the day."""


class Apart(NamedTuple):
    """A file that has the name of a backup of this store and is none of its history."""

    path: Path
    why: Words


class Plan(NamedTuple):
    """What becomes of a folder."""

    going: Sequence[Path]
    apart: Sequence[Apart]


def plan(location: str, folder: Path, keep: Keep, made: Path | None = None) -> Plan:
    """What would go, newest first, and what does not count.

    Args:
        location: The store.
        folder: Where its backups are.
        keep: How many stay; where it says nothing, all do.
        made: The backup that was just made; none where one is only thought of.

    Raises:
        CannotWrite: The folder cannot be read.
        StoreMissing, StoreForeign, StoreUnusable: The store cannot be used.
    """
    found: list[Backup] = []
    apart: list[Apart] = []
    with db.reading(location, older=True) as store:
        had = _Had(store)
        for path, moment in _named(location, folder):
            held = _judged(path, moment, store, had)
            if isinstance(held, Backup):
                found.append(held)
            else:
                apart.append(held)
        zone = store.zone
    if made is None:
        found.append(Backup(None, max((each.commands for each in found), default=0), datetime.now(UTC)))
    found.sort(key=lambda each: (each.commands, each.path == made, each.made), reverse=True)
    staying = _staying(found, keep, lambda each: config.local_day(each.made, zone)) if any(keep) else set(found)
    going = [each.path for each in found if each.path and each.path != made and each not in staying]
    return Plan(going, apart)


def prune(location: str, folder: Path, keep: Keep, made: Path, passphrase: str = "") -> Plan:
    """Remove what would go, once what was just made is proved whole to its last row.

    A copy whose pages are in order may hold a changed text all the same, and the older ones are what would mend it.
    What was made under a passphrase is opened with it.

    Raises:
        StoreUnusable: What was just made is not whole; nothing was removed.
        CannotWrite: One cannot be removed.
    """
    planned = plan(location, folder, keep, made)
    if planned.going:
        with backup.opened(made, lambda: passphrase) as plain:
            backup.must_be_whole(location, plain)
    for path in planned.going:
        try:
            backup.remove(path)
        except OSError as error:
            raise CannotWrite(path=path, reason=files.reason(error)) from error
    return planned


def _named(location: str, folder: Path) -> Iterable[tuple[Path, datetime]]:
    """What has the name of a backup of this store, and the moment that the name tells."""
    pattern = re.compile(re.escape(db.path_of(location).stem) + r"-(\d{8}T\d{12})Z\.db(?:\.age)?")
    try:
        names = sorted(path for path in folder.iterdir() if pattern.fullmatch(path.name))
    except FileNotFoundError:
        return
    except OSError as error:
        raise CannotWrite(path=folder, reason=files.reason(error)) from error
    for path in names:
        stamp = path.name.rpartition("-")[2].partition(".")[0]
        try:
            yield path, datetime.strptime(stamp, "%Y%m%dT%H%M%S%fZ").replace(tzinfo=UTC)
        except ValueError:  # digits that are no day: somebody's own name
            continue


class _Had:
    """How many commands the store had with each of its seals; read only where there is a backup to ask of."""

    def __init__(self, store: db.Reader) -> None:
        self._store = store
        self._commands: dict[str, int] | None = None

    def commands(self, seal: str) -> int | None:
        """None: it never had this one."""
        if self._commands is None:
            self._commands = dict[str, int]()
            if self._store.schema == db.SCHEMA:
                ((older,),) = self._store.rows("SELECT count(*) FROM batch WHERE digest IS NULL")
                known = seals.known(self._store.rows)
                self._commands = {each: older + count for count, each in enumerate(known, start=1)}
        return self._commands.get(seal)


def _judged(path: Path, moment: datetime, store: db.Reader, had: _Had) -> Backup | Apart:
    if path.is_symlink() or not path.is_file():
        return Apart(path, Words("它不是普通文件", "it is no ordinary file"))
    try:
        if encrypting.is_one(path):
            return _under(path, moment, had)
        with db.reading(str(path), older=True) as copy:
            history = compared(copy, store)
    except StoreNewer:
        return Apart(path, Words("它是更新版本的程序做的", "a newer program made it"))
    except StoreForeign:
        return Apart(path, Words("它不是 fugong 的台账", "it is no fugong store"))
    except Refusal:
        return Apart(path, Words("它读不了", "it cannot be read"))
    return Backup(path, history.commands, moment) if history.contained else Apart(path, _why(history))


def _under(path: Path, moment: datetime, had: _Had) -> Backup | Apart:
    """What is known of a backup without its passphrase.

    Raises:
        BackupBad: It is not what its checksum was taken of.
    """
    seal = backup.sealed(path)
    if seal is None:
        return Apart(path, Words("它加了口令，旁边没有封签", "it is under a passphrase, with no seal beside it"))
    commands = had.commands(seal)
    if commands is None:
        return Apart(path, Words("它的封签是现在的台账没有过的", "its seal is one that the store never had"))
    return Backup(path, commands, moment)


def _why(history: Compared) -> Words:
    """Why a copy is not one of the store as it is now."""
    if not history.kin:
        return Words("它是另一本台账的", "it is of another ledger")
    count = history.lacking
    if not history.since:
        return Words(f"它比现在的台账多 {count} 次操作", f"it has {count} more command(s) than the store now")
    return Words(
        f"它是另一支：有现在的台账没有的 {count} 次操作",
        f"it is of another branch: it has {count} command(s) that the store does not have",
    )


_PERIODS: Sequence[Callable[[date], object]] = (
    lambda on: on,
    lambda on: on.isocalendar()[:2],
    lambda on: (on.year, on.month),
)
"""The day, the week and the month of a day."""


def _staying(backups: Sequence[Backup], keep: Keep, day: Callable[[Backup], date]) -> set[Backup]:
    """What stays of backups in their order, newest first."""
    staying = set(backups[: keep.newest])
    for count, period in zip(keep[1:], _PERIODS, strict=True):
        seen: dict[object, Backup] = {}
        for each in backups:
            seen.setdefault(period(day(each)), each)
        first = list(seen.values())
        staying.update(first[:count])
        if count > len(first):
            staying.add(backups[-1])
    return staying
