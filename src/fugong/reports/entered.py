"""Who entered what on a day (today): act by act, or counted by person or by team."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from fugong.config import entry_time, zone_of
from fugong.db import Reader
from fugong.lang import T, name_of
from fugong.queries.standing import TAKEN_BACK
from fugong.results.report import Cell, Column, Report
from fugong.vocab import Act, Kind, Measure, Words

if TYPE_CHECKING:
    from fugong.reports.history import Values

MANY = 20
"""A command with more acts than this, such as an import, is shown as one line."""

COLUMNS = (
    Column("recorded_at", Words("录入时间", "Entered"), Cell.MOMENT),
    Column("actor", Words("经手人", "By")),
    Column("kind", Words("对象", "Kind"), Cell.CODE, brief=False),
    Column("id", Words("编号/名称", "Id or name")),
    Column("act", Words("动作", "Action"), Cell.CODE, brief=False),
    Column("done", Words("办理", "Act"), machine=False),
    Column("told", Words("内容", "What"), machine=False),
    Column("on", Words("业务日期", "Dated"), Cell.DATE),
    Column("team", Words("组号", "Team"), brief=False),
    Column("undone", Words("已撤销", "Undone"), Cell.FLAG, brief=False),
    Column("acts", Words("几项", "Acts"), Cell.COUNT, brief=False),
    Column("verb", Words("命令", "Command"), brief=False),
)
COUNTED = {
    "log": Words("登记", "Logged"), "note": Words("记录", "Noted"), "close": Words("销号", "Closed"),
}  # fmt: skip
"""The acts that are counted in columns of their own; all others are 其他."""


class Entry(NamedTuple):
    """One act as it was entered."""

    key: int
    batch: int
    recorded_at: str
    actor: str
    kind: Kind
    uid: str
    act: Act
    changes: dict[str, Any]
    text: str | None
    on: str
    undone: bool
    verb: str
    cancels: str | None
    """The hash of the event that it takes back."""


def entered(reader: Reader, day: date, by: str | None = None) -> Report:
    """What was entered on a day of the store's time zone.

    Args:
        reader: The store.
        day: The day.
        by: ``actor`` or ``team``: counted; else act by act.
    """
    facts = {"on": day.isoformat()}
    if by is None:
        title = Words(f"{day} 录入", f"Entered on {day}")
        return Report(title, COLUMNS, _lines(reader, day), facts=facts, zone=reader.zone, nothing=_NOTHING)
    return _counted(reader, day, by)._replace(facts=facts)


_NOTHING = Words("这一天没有人录入。", "Nothing was entered on that day.")


class Command(NamedTuple):
    """A command that entered something."""

    batch: int
    recorded_at: str
    actor: str
    verb: str
    undone: bool
    acts: int
    first: int
    """Its first act; acts are in the order of entry."""
    published: bool
    """Whether it published, or took that back."""

    @property
    def at_once(self) -> bool:
        """Whether it is shown as one line, and its acts are not read: there may be millions."""
        return self.acts > MANY and not self.published


def _commands(reader: Reader, day: date) -> list[Command]:
    """The commands of a day with how much each entered."""
    sql = (
        f"SELECT b.id, b.recorded_at, b.actor, b.verb, max({_UNDONE}), count(*), min(e.id), "
        "max(CASE WHEN e.kind = 'publication' THEN 1 ELSE 0 END) FROM batch b JOIN event e ON e.batch_id = b.id "
        "WHERE {} GROUP BY b.id, b.recorded_at, b.actor, b.verb"
    )
    where, params = _on(reader, day)
    found = reader.rows(sql.format(where), **params)
    return [
        Command(batch, at, by, verb, bool(undone), acts, first, bool(published))
        for batch, at, by, verb, undone, acts, first, published in found
    ]


_UNDONE = f"CASE WHEN {TAKEN_BACK.format(batch='batch', e='e', known='')} THEN 1 ELSE 0 END"
"""Whether the command of an event ``e`` was taken back."""


def _entries(reader: Reader, day: date, commands: Iterable[Command]) -> list[Entry]:
    """The acts of a day, without those of commands that are shown as one line."""
    where, params = _on(reader, day)
    at_once = ", ".join(str(each.batch) for each in commands if each.at_once)
    left_out = f" AND b.id NOT IN ({at_once})" if at_once else ""
    sql = (
        "SELECT e.id, b.id, b.recorded_at, b.actor, e.kind, e.subject, e.act, e.changes, e.text, e.on_date, "
        f"{_UNDONE}, b.verb, e.undoes FROM batch b JOIN event e ON e.batch_id = b.id WHERE {where}{left_out}"
    )
    return [
        Entry(key, batch, at, by, Kind(kind), uid, Act(act), json.loads(changes), text, str(on), bool(undone), *more)
        for key, batch, at, by, kind, uid, act, changes, text, on, undone, *more in reader.rows(sql, **params)
    ]


def _on(reader: Reader, day: date) -> tuple[str, dict[str, Any]]:
    """A command ``b`` was entered on a day of the store's time zone: as a condition with its values."""
    zone = zone_of(reader.zone)
    begins, ends = (entry_time(datetime.combine(each, time.min, zone)) for each in (day, day + timedelta(days=1)))
    where = "b.id >= :first AND b.recorded_at >= :begins AND b.recorded_at < :ends"
    return where, {"first": _first(reader, begins), "begins": begins, "ends": ends}


def _first(reader: Reader, begins: str) -> int:
    """The first command that may have been entered from then on.

    What was entered has arrived no earlier, and arrivals only grow: so a few looks are enough among a million.
    """
    low, high = 0, int((reader.first("SELECT coalesce(max(id), 0) FROM batch") or (0,))[0]) + 1
    while low + 1 < high:
        middle = (low + high) // 2
        held = reader.first("SELECT arrived_at FROM batch WHERE id <= :id ORDER BY id DESC LIMIT 1", id=middle)
        if held and held[0] is not None and str(held[0]) >= begins:
            high = middle
        else:
            low = middle
    return low


def _lines(reader: Reader, day: date) -> list[tuple[Any, ...]]:
    from fugong.reports.history import Values

    with reader.snapshot():
        commands = _commands(reader, day)
        entries = _entries(reader, day, commands)
        values, published = Values(reader.rows), _publications(entries)
        acts = {each.batch: each.acts for each in commands}
        rows: list[tuple[str, int, tuple[Any, ...]]] = [
            (each.recorded_at, each.first, (each.recorded_at, each.actor, None, None, None, None, _at_once(each), None,
                                            None, each.undone, each.acts, each.verb))
            for each in commands
            if each.at_once
        ]  # fmt: skip
        for each in entries:
            if each.batch in published and each.kind is not Kind.PUBLICATION:
                continue
            what = published.get(each.batch) or _told(reader, each, values)
            if each.undone:
                what = T(f"（已撤销）{what}", f"(undone) {what}").rstrip()
            count = acts[each.batch] if each.batch in published else 1
            rows.append((each.recorded_at, each.key, (each.recorded_at, each.actor, each.kind,
                         _called(reader, values, each), each.act, _done(each), what, each.on, _team(reader, each),
                         each.undone, count, each.verb)))  # fmt: skip
    return [row for *_, row in sorted(rows, key=lambda each: each[:2])]


_WHOLE = {
    "init": Words("建好台账，写入", "began the ledger with"),
    "load": Words("装入数据文件，写入", "loaded a file:"),
    "import": Words("导入表格，写入", "imported a table:"),
    "merge": Words("合并别的台账，写入", "merged other ledgers:"),
    "undo": Words("撤回一条命令，写入", "took a command back:"),
}
"""What commands did that do much at once; of any other, that it was one."""


def _at_once(command: Command) -> str:
    """What a command did that is shown as one line."""
    did = _WHOLE.get(command.verb) or Words(f"一条 fugong {command.verb}，写入", f"one fugong {command.verb}:")
    said = T(f"{did.zh} {command.acts} 项记录", f"{did.en} {command.acts} acts")
    return T(f"（已撤销）{said}", f"(undone) {said}") if command.undone else said


_MADE = {
    Kind.NIL_REPORT: Words("零报告", "nothing to report"),
    Kind.PUBLICATION: Words("公布", "published"),
}
"""What is said instead of 新增 of what is no list."""


def _done(entry: Entry) -> str:
    """The act as people call it."""
    return name_of(_MADE.get(entry.kind, entry.act) if entry.act is Act.ADD else entry.act)


def _told(reader: Reader, entry: Entry, values: "Values") -> str:
    """What the act did; of what was added without a text, what kind of thing it is, or what it states."""
    if entry.act is Act.UNDO and entry.cancels:
        sql = "SELECT act, on_date, changes, text FROM event WHERE hash = :cancels"
        for act, on, changes, text in reader.rows(sql, cancels=entry.cancels):
            back = entry._replace(act=Act(act), on=str(on), changes=json.loads(changes), text=text, cancels=None)
            said, done = _told(reader, back, values), _done(back)
            return T(f"{on} 的{done}：{said}", f"{done} on {on}: {said}").rstrip("：: ")
    from fugong.reports.history import hidden, told

    changes = {name: values.named(pair) for name, pair in hidden(entry.changes).items()}
    if entry.kind is Kind.CALENDAR_DAY and (entry.act is Act.ADD or "work" in changes):
        return _calendar_day(changes)
    if entry.act is not Act.ADD:
        return told(entry.kind, entry.act, entry.on, changes, entry.text, values)
    if entry.kind is Kind.FIGURE:
        return _stated(entry)
    said = told(entry.kind, entry.act, entry.on, changes, entry.text, values)
    return said or ("" if entry.kind in _MADE else name_of(entry.kind))


def _stated(figure: Entry) -> str:
    """A figure that was stated: 发现问题 73."""
    (_, measure), (_, value) = figure.changes["measure"], figure.changes["value"]
    return f"{name_of(Measure(measure))} {value}"


def _calendar_day(changes: dict[str, Any]) -> str:
    """A day that was set: 2020-03-28 上班（县里通知）."""
    now = {name: pair[1] for name, pair in changes.items()}
    day, source = now.get("day") or "", now.get("source")
    said = f"{day} {T('上班', 'at work') if now.get('work') else T('休息', 'off')}".strip()
    return said + (T(f"（{source}）", f" ({source})") if source else "")


def _publications(entries: Iterable[Entry]) -> dict[int, str]:
    """The commands that published, or took that back, and the county's figures that were published then."""
    known = list(entries)
    figures = {each.batch: list[str]() for each in known if each.kind is Kind.PUBLICATION}
    for each in known:
        if (
            each.batch in figures
            and (each.kind, each.act) == (Kind.FIGURE, Act.ADD)
            and each.changes.get("team", (None, None))[1] is None
        ):
            figures[each.batch].append(_stated(each))
    return {batch: T("，", ", ").join(said) for batch, said in figures.items()}


_CALLED = {
    Kind.ACTIVITY: "SELECT id FROM v_activity WHERE uid = :uid",
    Kind.MEMBER: "SELECT name FROM v_member WHERE uid = :uid",
    Kind.PRACTICE: "SELECT name FROM v_practice WHERE uid = :uid",
    Kind.FIGURE: "SELECT key FROM v_figure WHERE uid = :uid",
    Kind.MILESTONE: "SELECT enterprise || ' ' || milestone_zh FROM v_milestone WHERE uid = :uid",
    Kind.TERM: "SELECT zh FROM term WHERE uid = :uid",
    Kind.CAMPAIGN: "SELECT name FROM campaign WHERE uid = :uid",
    Kind.NIL_REPORT: "SELECT t.name FROM nil_report n JOIN team t ON t.id = n.team_id WHERE n.uid = :uid",
    Kind.PUBLICATION: "SELECT name FROM publication WHERE uid = :uid",
    Kind.CALENDAR_DAY: "SELECT day FROM calendar_day WHERE uid = :uid",
    Kind.SETTING: "SELECT name FROM setting WHERE uid = :uid",
}
"""SQL for the name of a record of the kinds that ``Values`` does not name."""


def _called(reader: Reader, values: Any, entry: Entry) -> str:
    """A record's number or name; its kind where it is gone again."""
    if sql := _CALLED.get(entry.kind):
        found = reader.first(sql, uid=entry.uid)
        return str(found[0]) if found else name_of(entry.kind)
    name = str(values.named(entry.uid))
    return name_of(entry.kind) if name == entry.uid else name


_WHOSE = {
    Kind.PROBLEM: "SELECT x.team_id FROM problem x WHERE x.uid = {uid}",
    Kind.ACTIVITY: "SELECT x.team_id FROM activity x WHERE x.uid = {uid}",
    Kind.MEMBER: "SELECT x.team_id FROM member x WHERE x.uid = {uid}",
    Kind.NIL_REPORT: "SELECT x.team_id FROM nil_report x WHERE x.uid = {uid}",
    Kind.TEAM: "SELECT x.id FROM team x WHERE x.uid = {uid}",
    Kind.ENTERPRISE: "SELECT x.team_id FROM v_enterprise x WHERE x.uid = {uid}",
}
"""SQL for the team that a record belongs to, by its kind."""


def _team(reader: Reader, entry: Entry) -> str | None:
    whose = _WHOSE.get(entry.kind)
    sql = f"SELECT code FROM team WHERE id = ({whose.format(uid=':uid')})" if whose else ""
    found = reader.first(sql, uid=entry.uid) if sql else None
    return str(found[0]) if found else None


def _counted(reader: Reader, day: date, by: str) -> Report:
    """How much each person, or each team, entered; what was taken back does not count."""
    counts: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
    times: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    teams = {key: (code, name) for key, code, name in reader.rows("SELECT id, code, name FROM team")}
    whose = " ".join(f"WHEN '{kind.value}' THEN ({sql.format(uid='e.subject')})" for kind, sql in _WHOSE.items())
    where, params = _on(reader, day)
    sql = (
        f"SELECT {f'CASE e.kind {whose} END' if by == 'team' else 'b.actor'} AS whose, "
        "CASE WHEN e.kind = 'problem' THEN e.act ELSE '' END AS act, count(*), min(b.recorded_at), max(b.recorded_at) "
        f"FROM batch b JOIN event e ON e.batch_id = b.id WHERE {where} AND e.act <> 'undo' AND {_UNDONE} = 0 "
        "GROUP BY 1, 2"
    )
    for key, act, count, first, last in reader.rows(sql, **params):
        who = teams.get(key, (None, None)) if by == "team" else (key,)
        counts[who][act] += count
        times[who] += (first, last)
    heads = (
        (Column("team", Words("组号", "Code")), Column("name", Words("帮扶组", "Team"), blank=_NOBODY))
        if by == "team"
        else (Column("actor", Words("经手人", "By")),)
    )
    columns = (
        *heads,
        *(Column(act, words, Cell.COUNT) for act, words in COUNTED.items()),
        Column("other", Words("其他", "Other"), Cell.COUNT),
        Column("acts", Words("合计", "Total"), Cell.COUNT),
        Column("first", Words("最早", "First"), Cell.MOMENT),
        Column("last", Words("最晚", "Last"), Cell.MOMENT),
    )
    rows = [
        (
            *who,
            *(done[act] for act in COUNTED),
            sum(done.values()) - sum(done[act] for act in COUNTED),
            sum(done.values()),
            min(times[who]),
            max(times[who]),
        )
        for who, done in sorted(counts.items(), key=lambda item: (-sum(item[1].values()), str(item[0])))
    ]
    title = Words(f"{day} 谁录入了多少", f"Who entered how much on {day}")
    return Report(title, columns, rows, zone=reader.zone, nothing=_NOTHING)


_NOBODY = Words("不属于哪个组", "of no team")
