"""Whom to chase today (催办清单): the red and yellow problems by department, worst first."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from fugong.db import Reader
from fugong.queries.as_of import AsOf
from fugong.queries.lights import lights
from fugong.queries.standing import stands
from fugong.reports import filters
from fugong.results.report import Cell, Column, OnScreen, Report
from fugong.values import workdays
from fugong.values.lateness import late
from fugong.vocab import Light, Rung, StatusFilter, Words

NOBODY = Words("（未交办）", "(not assigned)")

COLUMNS = (
    Column("department", Words("责任单位", "Department"), blank=NOBODY),
    Column("id", Words("编号", "Id")),
    Column("enterprise", Words("企业", "Enterprise")),
    Column("text", Words("问题描述", "Problem")),
    Column("light", Words("亮灯", "Light"), Cell.CODE),
    Column("due_on", Words("时限", "Due"), Cell.DUE),
    Column("due_estimated", Words("时限推算", "Due estimated"), Cell.FLAG, brief=False),
    Column("days_over", Words("逾期天数", "Days over"), Cell.COUNT),
    Column("chased", Words("催办次数", "Chased"), Cell.COUNT),
    Column("next", Words("建议", "Next"), Cell.CODE),
    Column("chased_on", Words("最近催办", "Last chased"), Cell.DATE),
)


_CHASES = f"FROM event e WHERE e.subject = x.uid AND e.act = 'chase' AND {stands()}"


class Chase(NamedTuple):
    """One problem to chase its department about."""

    department: str | None
    id: str
    enterprise: str
    text: str
    light: Light
    due_on: str
    due_estimated: bool
    days_over: int
    chased: int
    next: Rung
    """The rung to take next; it rises by the days on which the department was chased, not by the calls of one day."""
    chased_on: str | None


def chasing(reader: Reader, cut: AsOf, *, team: Iterable[str] = (), department: Iterable[str] = ()) -> Report:
    """Today's list: departments in the order of their worst problem, each one's worst first.

    Raises:
        Refusal: A name is unknown or ambiguous.
    """
    shone = lights(reader, cut.day)
    wanted = filters.resolve(
        reader,
        team=team,
        department=department,
        status=(StatusFilter.OPEN, StatusFilter.DOING),
        light=[shone.condition(Light.RED), shone.condition(Light.YELLOW)],
    )
    sql = (
        "SELECT department, id, coalesce(enterprise, team_name), text, due_on, due_estimated, chased, "
        f"(SELECT count(DISTINCT e.on_date) {_CHASES}), (SELECT max(e.on_date) {_CHASES}) "
        f"FROM v_problem x WHERE {wanted.sql} ORDER BY due_on, team_sort, series, number, tag"
    )
    rows = [
        Chase(
            to,
            ident,
            whose,
            text,
            Light.RED if late(due_on, cut.day.isoformat()) else Light.YELLOW,
            due_on,
            bool(estimated),
            workdays.days_over(cut.day.fromisoformat(due_on), cut.day),
            chased,
            Rung.after(days),
            last,
        )
        for to, ident, whose, text, due_on, estimated, chased, days, last in reader.rows(sql, **wanted.params)
    ]
    worst = {to: place for place, to in reversed(list(enumerate(row.department for row in rows)))}
    rows.sort(key=lambda row: worst[row.department])
    title = Words("催办清单", "To chase")
    return Report(
        title,
        COLUMNS,
        rows,
        facts=cut.facts,
        notes=(cut.words,),
        on_screen=OnScreen(dated=cut.titled),
        lines=_lines(rows, cut),
    )


def _lines(rows: Sequence[Chase], cut: AsOf) -> Iterator[Words]:
    """The list as one pastes it into a chat group."""
    if not rows:
        yield Words(f"截至 {cut.text}，没有要催办的问题。", f"As of {cut.text} there is nothing to chase.")
        return
    yield Words(f"催办清单（截至 {cut.text}）", f"To chase (as of {cut.text})")
    for to, group in groupby(rows, key=lambda row: row.department):
        listed = list(group)
        red = sum(row.light is Light.RED for row in listed)
        done = sum(row.chased_on == str(cut.day) for row in listed)
        name = Words(to, to) if to else NOBODY
        yield Words("", "")
        yield Words(
            f"{name.zh}：红灯 {red} 件，黄灯 {len(listed) - red} 件" + (f"，今天已催 {done} 件" if done else ""),
            f"{name.en}: {red} red, {len(listed) - red} yellow" + (f", chased today: {done}" if done else ""),
        )
        yield from (_line(row, cut) for row in listed)


def _line(row: Chase, cut: AsOf) -> Words:
    text = " ".join(row.text.split())
    zh, en = _when(row)
    today = row.chased_on == str(cut.day)
    next_ = (
        Words(f"今天已催，下次建议{row.next.zh}", f"chased today, next time: {row.next.en}")
        if today
        else Words(f"建议{row.next.zh}", f"next: {row.next.en}")
    )
    return Words(
        f"{row.id} {row.enterprise}：{text}（{zh}，已催办 {row.chased} 次，{next_.zh}）",
        f"{row.id} {row.enterprise}: {text} ({en}, times chased: {row.chased}; {next_.en})",
    )


def _when(row: Chase) -> Words:
    due = (
        Words(f"时限 {row.due_on} 推算", f"due {row.due_on} estimated")
        if row.due_estimated
        else Words(f"时限 {row.due_on}", f"due {row.due_on}")
    )
    if row.days_over:
        return Words(f"{due.zh}，逾期 {row.days_over} 天", f"{due.en}, days over: {row.days_over}")
    return due
