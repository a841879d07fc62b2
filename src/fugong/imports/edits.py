"""What a person changed in an export that comes back, told from what has changed in the ledger since.

An export says in its column 版本 what each cell meant when it was made. A cell that still means that was not changed,
whatever the ledger says by now; one that does not was. Where the ledger has changed as well, and otherwise, nobody can
tell which of the two is meant: that is a fault of the cell, unless the command says whose word goes. An export without
the column, of an older version or a listing, is believed but where it would take back what somebody did later.
"""

import json
from collections.abc import Mapping
from typing import Any

from fugong.domain import history
from fugong.domain.writer import Writer
from fugong.imports.cells.columns import Field
from fugong.imports.cells.rows import Cells
from fugong.imports.remarks import kept
from fugong.imports.resolve import Wanted
from fugong.store.records import Event, Problem
from fugong.values import versions
from fugong.vocab import UNDER_WAY, Act, Status, Words, answer
from fugong.vocab.importing import Take

_CELLS: Mapping[str, tuple[Field, ...]] = {
    "text": (Field.TEXT,),
    "enterprise": (Field.ENTERPRISE,),
    "category": (Field.CATEGORY,),
    "department": (Field.DEPARTMENT,),
    "assist": (Field.ASSIST,),
    "person": (Field.PERSON,),
    "source": (Field.SOURCE,),
    "found_on": (Field.FOUND_ON,),
    "due_on": (Field.DUE_ON, Field.DUE_RULE),
    "status": (Field.CLOSED, Field.STATUS, Field.PROGRESS),
    "closed_on": (Field.CLOSED_ON, Field.DONE_ON),
    "how": (Field.HOW,),
    "remark": (Field.REMARK,),
    "note": (Field.PROGRESS,),
    "major": (Field.MAJOR,),
    "inferred": (Field.INFERRED,),
}
"""The columns that say each attribute; a fault is told of the first that a file has."""
_ADDS = frozenset({"note"})
"""What is added to a history, and never takes the place of what is there."""
_UNMARKED = frozenset({"major", "inferred"})
"""What listings have a column for, and exports with versions have not."""
_YES = "yes"


def edited(writer: Writer, cells: Cells, problem: Problem, wanted: Wanted, take: Take | None) -> Wanted | None:
    """The row with what a person changed, and nothing else; None where that has a fault, which is noted.

    Args:
        writer: The import.
        cells: The row as it stands in the file.
        problem: What the row is about, by its uid.
        wanted: What the row says.
        take: Whose word goes where both the file and the ledger were changed; None: that is a fault.
    """
    said, known = _said(wanted), _known(problem)
    whole = said | ({"remark": kept(said["remark"], wanted.row.extra) or ""} if "remark" in said else {})
    if wanted.row.version is not None:
        base = versions.marks(wanted.row.version)
        if base is None:
            cells.fault(Field.VERSION, _NO_VERSION)
            return None
        new = {name for name, value in said.items() if name in _UNMARKED or versions.mark(value) != base[name]}
        moved = {name for name in new - _ADDS - _UNMARKED if versions.mark(known[name]) != base[name]}
        against = {name for name in moved if not _same(whole[name], known[name])}
    else:
        new, against = set(said), _stale(writer, problem, whole)
    if take is None:
        for name in sorted(against, key=list(_CELLS).index):
            cells.fault(_cell(cells, name), _both_changed(writer, problem, name, known[name]))
        return None if against else _only(wanted, new)
    return _only(wanted, new - against if take is Take.LEDGER else new)


def _same(one: str, other: str) -> bool:
    return versions.mark(one) == versions.mark(other)


def _said(wanted: Wanted) -> dict[str, str]:
    """What the row says of each attribute that it has a column for."""
    row, about = wanted.row, dict(wanted.row.about)
    values = {
        "text": row.text,
        "enterprise": wanted.enterprise and wanted.enterprise.name,
        "category": wanted.category and wanted.category.code,
        "department": wanted.department and wanted.department.name,
        "assist": "、".join(each.name for each in wanted.assist),
        "person": about.get("person"),
        "source": about.get("source"),
        "found_on": row.found_on and row.found_on.isoformat(),
        "due_on": wanted.due and (wanted.due.due_on.isoformat() if wanted.due.due_on else wanted.due.due_rule),
        "status": row.status or (Status.DOING if row.live else None),
        "closed_on": row.closed_on and row.closed_on.isoformat(),
        "how": row.how,
        "remark": row.remark,
        "note": row.progress,
        "major": about.get("major") and _YES,
        "inferred": about.get("inferred") and _YES,
    }
    has = {name for name, columns in _CELLS.items() if any(each in row.given for each in columns)}
    says_nothing = {name for name in ("status", "found_on") if not values[name]}
    return {name: str(value or "") for name, value in values.items() if name in has - says_nothing}


def _known(problem: Problem) -> dict[str, str]:
    """What the ledger says of each by now."""
    values: dict[str, Any] = {
        name: getattr(problem, name)
        for name in ("text", "person", "source", "found_on", "due_on", "status", "closed_on", "how", "remark")
    }
    values |= {
        "enterprise": problem.enterprise and problem.enterprise.name,
        "category": problem.category and problem.category.code,
        "department": problem.department and problem.department.name,
        "assist": "、".join(each.name for each in problem.assist),
        "note": None,
        "major": problem.major and _YES,
        "inferred": problem.inferred and _YES,
    }
    return {name: str(value or "") for name, value in values.items()}


def _only(wanted: Wanted, new: set[str]) -> Wanted:
    """The row as if the columns of all other attributes were not there."""
    row = wanted.row
    gone = {column for name, columns in _CELLS.items() if name not in new for column in columns}
    gone -= {column for name in new for column in _CELLS[name]}
    if "status" in new:  # it is closed as the row tells, whether that was changed or not
        new = new | {"how", "closed_on", "note"}
    return wanted._replace(
        row=row._replace(
            given=row.given - gone,
            about=tuple((name, value) for name, value in row.about if Field(name) not in gone),
            department=row.department if "department" in new else (),
            how=row.how if "how" in new else None,
            progress=row.progress if "note" in new else None,
            status=row.status if "status" in new else None,
            live=row.live and "status" in new,
            found_on=row.found_on if "found_on" in new else None,
            closed_on=row.closed_on if "closed_on" in new else None,
            remark=row.remark if "remark" in new else None,
        ),
        due=wanted.due if "due_on" in new else None,
    )


def _stale(writer: Writer, problem: Problem, said: Mapping[str, str]) -> set[str]:
    """The attributes that the row has as they were before an act that changed them, or several."""
    known, found = _known(problem), set[str]()
    clears = {name for name in ("how", "closed_on") if not said.get(name)}  # no blank cell takes these back
    differing = {name for name in said.keys() - _ADDS - clears if not _same(said[name], known[name])}
    if said.get("status") in UNDER_WAY and known["status"] in UNDER_WAY:  # what began it is not taken back
        differing.discard("status")
    events = history.effective(history.of(writer.session, problem.uid)) if differing else []
    for event in reversed(list(events)):
        if event.act is Act.LOG:  # the export has the row, and so was made after it
            break
        changes = json.loads(event.changes)
        for name in differing.intersection(changes):
            if name == "due_on" and "found_on" in changes:  # it moved with the found date, and nobody set it
                differing.discard(name)
            elif _was(name, _meant(writer, name, changes[name][0]), said[name]):
                differing.discard(name)
                found.add(name)
        if not differing:
            break
    return found


def _meant(writer: Writer, name: str, value: Any) -> str:
    """What an event says that an attribute was, as rows say it."""
    if name in _UNMARKED:
        return _YES if value else ""
    if name not in _NAMED:
        return str(value or "")
    rows = writer.session.rows
    uids = value if isinstance(value, list) else [value] if value else []
    return "、".join(str(found) for uid in uids for (found,) in rows(_NAMED[name], uid=uid))


_NAMED = {
    "enterprise": "SELECT name FROM enterprise WHERE uid = :uid",
    "department": "SELECT name FROM department WHERE uid = :uid",
    "assist": "SELECT name FROM department WHERE uid = :uid",
}
"""The attributes that events name by the uid of a record."""


def _was(name: str, before: str, said: str) -> bool:
    """Whether a row has an attribute as it was before; open and in progress are both in hand."""
    if name == "status" and before in UNDER_WAY:
        return said in UNDER_WAY
    return _same(before, said)


def _cell(cells: Cells, name: str) -> Field:
    """The cell that a fault of an attribute is told of."""
    return next((each for each in _CELLS[name] if each in cells.cells), _CELLS[name][0])


class Both(Words):
    """Why a cell is refused that the file and the ledger changed, each in its own way."""


def _both_changed(writer: Writer, problem: Problem, name: str, now: str) -> Both:
    events = reversed(history.of(writer.session, problem.uid))
    last = next((event for event in events if name in json.loads(event.changes)), None)
    return both_changed(writer, last, _shown(name, now))


def both_changed(writer: Writer, last: Event | None, shown: Words) -> Both:
    """The fault of a cell that both sides changed: the ledger's value, whose it is, and how to settle it.

    Args:
        writer: The import.
        last: The act that changed the attribute last.
        shown: What the ledger says by now, as people read it.
    """
    by = _by(writer, last) if last else Words("", "")
    return Both(
        f"台账里后来改成了「{shown.zh}」{by.zh}；用哪一边：--take file 按文件，--take ledger 按台账",
        f"the ledger says “{shown.en}” since{by.en}; settle it with --take file or --take ledger",
    )


def _shown(name: str, value: str) -> Words:
    """What the ledger says, as people read it."""
    if name in _UNMARKED:
        return answer(bool(value))
    if name == "status":
        return Words(Status(value).zh, Status(value).en)
    return Words(value or "空白", value or "blank")


def _by(writer: Writer, event: Event) -> Words:
    """Who did something, and when."""
    rows = writer.session.rows
    actor = next((str(who) for (who,) in rows("SELECT actor FROM batch WHERE id = :id", id=event.batch_id)), "")
    return Words(f"（{actor}，{event.on_date}）", f" {event.on_date}, by {actor}")


_NO_VERSION = Words(
    "不是本程序导出的版本；请不要改这一列，或者整列删去",
    "no version that this program wrote; leave this column as it was, or delete it",
)
