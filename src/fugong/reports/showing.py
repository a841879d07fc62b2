"""One problem on a terminal: what matters first, what is not said left out, its history as people tell it."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from fugong.attributes.problems import VISIT, visited
from fugong.db import Reader
from fugong.lang import T, name_of
from fugong.queries import deadlines
from fugong.queries.lights import Lights
from fugong.reports import side_by_side
from fugong.reports.cards import LONGEST_TITLE, chained, first_line, under
from fugong.reports.short_names import short_names
from fugong.results.report import Cell, Column, Report, Term
from fugong.values.spans import Rule
from fugong.vocab import Light, Words

WEEKDAYS = "一二三四五六日"
Fact = tuple[Words, str]

HISTORY = (
    Column("on", Words("日期", "Date"), Cell.ABOUT),
    Column("told", Words("经过", "What")),
    Column("actor", Words("经手人", "By")),
    Column("approximate", Words("", ""), Cell.FLAG, brief=False),
)


def showing(reader: Reader, cards: Sequence[Report], shone: Lights) -> Report:
    """The cards of problems as a terminal has them; one that was not there yet as it is."""
    firms = short_names(reader)
    return chained([_shown(reader, card, shone, firms) if card.upright else card for card in cards])


def _shown(reader: Reader, card: Report, shone: Lights, firms: dict[str, str]) -> Report:
    (row,) = card.rows
    said = dict(zip((column.key for column in card.columns), row, strict=True))
    facts = [fact for fact in _facts(said, shone.as_of) if fact[1]]
    title = first_line(said["id"], firms.get(said["enterprise"], said["enterprise"]), said["text"])
    columns = [Column(f"fact{at}", words) for at, (words, _) in enumerate(facts)]
    footer = card.footer and _below(card.footer)
    if footer and "conflicts" in card.parts:
        sides = side_by_side.tables(reader, {said["uid"]})
        footer = under(sides, footer.footer) if footer.footer else sides
    return card._replace(
        title=Words(title, title),
        columns=columns,
        rows=[tuple(text for _, text in facts)],
        footer=footer,
        document=None,
    )


def _facts(said: dict[str, Any], today: date) -> Iterator[Fact]:
    yield Words("亮灯", "Light"), _headline(said)
    if len(" ".join(said["text"].split())) > LONGEST_TITLE:
        yield Words("描述", "Problem"), said["text"]
    yield Words("企业", "Firm"), _joined(said["enterprise"], T(f"第 {said['team']} 组", f"team {said['team']}"))
    assist = T("、", ", ").join(said["assist"] or ())
    yield (
        Words("责任单位", "Department"),
        _joined(said["department"], assist and T(f"协办 {assist}", f"with {assist}"), said["person"]),
    )
    yield Words("时限", "Due"), _due(said)
    yield Words("催办", "Chased"), _counted(said)
    yield (
        Words("分类", "Kind"),
        _joined(
            _named(said["category"]),
            _named(said["source"]),
            _found(said, today),
            said["major"] and T("需县里协调", "major"),
        ),
    )
    yield Words("销号", "Closed"), _closed(said)
    yield Words("回访", "Visited"), _joined(said["verified_on"], *map(name_of, visited(map(said.get, VISIT))))
    yield Words("重复", "Repeats"), said["duplicate_of"] or ""
    yield Words("备注", "Remark"), said["remark"] or ""


def _headline(said: dict[str, Any]) -> str:
    light = said["light"]
    late = said["days_over"]
    mark = "" if light is None else f"● {name_of(light)}"
    over = late and T(f"逾期 {late} 天", f"{late}d late")
    due = (
        said["due_on"] and light is not Light.GREY and T(f"时限 {_day(said['due_on'])}", f"due {_day(said['due_on'])}")
    )
    return _joined(mark, over, name_of(said["status"]), said["department"] or T("未交办", "not assigned"), due)


def _due(said: dict[str, Any]) -> str:
    if not said["due_on"]:
        words = deadlines.WORDS.get(said["due_rule"] or "")
        return name_of(words) if words else ""
    rule = said["due_rule"] and name_of(Rule.parse(said["due_rule"]).words)
    rule = rule and T(f"（{rule}）", f" ({rule})")
    first = said["first_due_on"]
    moved = first and first != said["due_on"] and T(f"原定 {_day(first)}", f"first {_day(first)}")
    times = said["extended"] and T(f"延期 {said['extended']} 次", f"put off: {said['extended']}")
    guess = said["due_estimated"] and T("推算", "estimated")
    return _joined(_day(said["due_on"]) + (rule or ""), moved, times, guess)


def _counted(said: dict[str, Any]) -> str:
    return _joined(
        said["chased"] and T(f"{said['chased']} 次", f"times: {said['chased']}"),
        said["bounced"] and T(f"退回 {said['bounced']} 次", f"bounced: {said['bounced']}"),
        said["reopened"] and T(f"重开 {said['reopened']} 次", f"reopened: {said['reopened']}"),
    )


def _found(said: dict[str, Any], today: date) -> str:
    about = T("约 ", "about ") if said["approximate"] else ""
    days = (today - date.fromisoformat(said["found_on"])).days
    ago = T(f"（{days} 天前）", f" ({days}d ago)") if days > 0 else ""
    return T(f"发现 {about}{_day(said['found_on'])}{ago}", f"found {about}{_day(said['found_on'])}{ago}")


def _closed(said: dict[str, Any]) -> str:
    if not said["closed_on"]:
        return ""
    return _joined(_day(said["closed_on"]), said["late"] and T("逾期办结", "late"), said["how"])


def _below(part: Report) -> Report:
    """The parts under a problem; its history in two columns and who did it."""
    below = part.footer and _below(part.footer)
    if [column.key for column in part.columns][:3] != ["on", "kind", "told"]:
        return part._replace(footer=below)
    rows = [
        (on, T(f"{name_of(act)}：{told}", f"{name_of(act)}: {told}").rstrip("：: "), actor, approximate)
        for on, act, told, actor, _, approximate, *_ in part.rows
    ]
    title = Words(f"经过（{len(rows)} 步）", f"History ({len(rows)})")
    return Report(title, HISTORY, rows, zone=part.zone, footer=below)


def _day(day: str) -> str:
    at = date.fromisoformat(day)
    return T(f"{day} 周{WEEKDAYS[at.weekday()]}", f"{at:%a} {day}")


def _named(value: Any) -> str:
    if isinstance(value, Term):
        return T(value.zh, value.en)
    return name_of(value) if value else ""


def _joined(*parts: Any) -> str:
    return T("；", "; ").join(str(part) for part in parts if part)
