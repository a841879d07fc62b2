"""What one record is in conflict about, on a terminal: the sides beside each other, and the line to type for each."""

import json
from collections.abc import Iterator

from fugong.config import zone_of
from fugong.db import Reader
from fugong.lang import T, name_of, quoted
from fugong.queries.contested import RULES, place
from fugong.queries.due_words import weekday
from fugong.reports.cards import first_line
from fugong.reports.conflicts import TWIN, TWINS, Contested, Side, matching, told
from fugong.reports.history import Values, hidden
from fugong.reports.history import told as what_it_did
from fugong.reports.merging import about, short, which
from fugong.reports.short_names import short_names
from fugong.results.report import Column, Report, instant
from fugong.vocab import Act, Kind, Words

LAST_ACTS = 3
_MEANWHILE = {
    "status": Words("定下来之前算正在解决。", "Until it is settled it counts as in hand."),
    "undone": Words("定下来之前算正在解决。", "Until it is settled it counts as in hand."),
    "duplicate": Words("定下来之前算正在解决。", "Until it is settled it counts as in hand."),
    "follow": Words("定下来之前算已销号。", "Until it is settled it counts as closed."),
    "retired": Words("定下来之前照算。", "Until it is settled it counts all the same."),
}
"""What stands meanwhile, where that is none of the sides."""
_CHANGE = Words("都不对，就直接改这一处，也算裁定。", "If none is right, change it: that settles it as well.")
_OTHERWISE = {
    "retired": Words(
        "企业其实还在：fugong enterprise restore 企业；这条不该有：fugong void 编号 --why 原因",
        "If the firm is in service still: fugong enterprise restore NAME; if the problem should not be there: "
        "fugong void ID --why TEXT",
    ),
}
"""What to do where no side is right, or not by taking it."""


def side_by_side(reader: Reader, given: str) -> Report:
    """All that a record is in conflict about, which something is, under a line that says what it is."""
    subjects = matching(reader.rows, given)
    first = next(told(reader.rows, subjects))
    title = _title(reader, first)
    return tables(reader, subjects)._replace(title=Words(title, title), subtitle=about(first.kind, first.name))


def tables(reader: Reader, subjects: set[str]) -> Report:
    """All that records are in conflict about, which something is: a table for each."""
    last, *rest = reversed(list(told(reader.rows, subjects)))
    shown = _table(reader, last, several=bool(rest))
    for each in rest:
        shown = _table(reader, each, several=True)._replace(footer=shown)
    return shown


def _title(reader: Reader, each: Contested) -> str:
    if each.kind is not Kind.PROBLEM:
        return name_of(which(each.kind, each.id))
    asked = "SELECT enterprise, text FROM v_problem WHERE uid = :uid"
    ((firm, text),) = reader.rows(asked, uid=each.subject)
    return first_line(each.id, short_names(reader).get(firm, firm), text)


def _table(reader: Reader, each: Contested, *, several: bool) -> Report:
    heads = [Words(f"{side.take}  {_whose(side)}", f"{side.take}  {_whose(side)}") for side in each.sides]
    now = None if each.name in RULES else max(each.sides, key=lambda side: side.place or 0)
    rows = [
        (name_of(place(each.kind, each.name)), *(side.says for side in each.sides)),
        ("", *(_by(reader, side) for side in each.sides)),
    ]
    if now:
        stands = T("现在按这个算（写得晚）", "stands meanwhile (the later)")
        rows.append(("", *(stands if side is now else "" for side in each.sides)))
    since = _since(reader, each) if len(each.sides) > 1 and all(side.own for side in each.sides) else []
    if any(since):
        rows.append((T("之后", "since"), *since))
    columns = [
        Column("about", Words("", "")),
        *(Column(side.take, head) for side, head in zip(each.sides, heads, strict=True)),
    ]
    why = about(each.kind, each.name)
    return Report(why, columns, rows, notes=list(_notes(each, several=several)), zone=reader.zone)


def _whose(side: Side) -> str:
    return side.copy or T("原台账", "home")


def _by(reader: Reader, side: Side) -> str:
    """Who said it, and when."""
    if side.entered is None:
        return side.actor or ""
    at = instant(side.entered).astimezone(zone_of(reader.zone))
    when = f"{name_of(weekday(at.date()))} {at:%H:%M}"
    return T(f"{side.actor}，{when}", f"{side.actor}, {when}")


_ACTS = """
SELECT hash, parents, act, on_date, changes, text FROM event WHERE subject = :subject ORDER BY coalesce(place, id)
"""


def _since(reader: Reader, each: Contested) -> list[str]:
    """What was done behind each side by who did not know of the others: the last acts."""
    values, at = Values(reader.rows), {side.hash: place for place, side in enumerate(each.sides)}
    knew, done = dict[str, set[int]](), [list[str]() for _ in each.sides]
    for hash_, parents, act, on, changes, text in reader.rows(_ACTS, subject=each.subject):
        upon = {place for parent in json.loads(parents) for place in knew.get(parent, ())}
        knew[hash_] = upon | ({at[hash_]} if hash_ in at else set())
        if len(upon) == 1 and hash_ not in at:
            pairs = {name: values.named(pair) for name, pair in hidden(json.loads(changes)).items()}
            said = what_it_did(each.kind, Act(act), str(on), pairs, text, values)
            done[upon.pop()].append(f"{on} {name_of(Act(act))} {short(said)}".rstrip())
    return [T("；", "; ").join(acts[-LAST_ACTS:]) for acts in done]


def _notes(each: Contested, *, several: bool) -> Iterator[Words]:
    """What was before, what stands meanwhile, and what to type for each side."""
    before = {side.before for side in each.sides}
    if len(before) == 1 and (was := before.pop()):
        yield Words(f"分开以前：{was}", f"Before they parted: {was}")
    if each.name in _MEANWHILE:
        yield _MEANWHILE[each.name]
    if each.name == TWIN:
        yield TWINS
        return
    yield Words("定下来，选一个：", "To settle it, take one:")
    where = place(each.kind, each.name)
    for side in each.sides:
        if each.name == "retired" and not side.own:
            continue
        line = [f"  fugong conflict settle {quoted(each.id)} --take {side.take}"] * 2
        if several:
            line = [f"{line[0]} --about {quoted(where.zh)}", f"{line[1]} --about {quoted(where.en)}"]
        says = short(side.says)
        if each.name == "duplicate" and not side.own:
            says += T(f"，{each.id} 接着办", f", and {each.id} stays in hand")
        yield Words(f"{line[0]}  按 {_whose(side)}：{says}", f"{line[1]}  {_whose(side)}: {says}")
    yield _OTHERWISE.get(each.name, _CHANGE)
