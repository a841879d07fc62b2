"""The store itself: where it is, how it is set up, what it is about, and how much it holds."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from fugong.db import SCHEMA, Reader
from fugong.queries import seals
from fugong.queries.lights import Lights
from fugong.results.report import Cell, Column, Report, record
from fugong.store.settings import DEFAULTS
from fugong.vocab import Grown, Kind, ListName, Words

_FIRST = (
    Column("path", Words("文件", "File")),
    Column("schema_version", Words("结构版本", "Schema"), Cell.COUNT),
    Column("replica", Words("副本", "Replica")),
    Column("series", Words("号段", "Series")),
    Column("timezone", Words("时区", "Time zone")),
    Column("yellow_days", Words("黄灯天数", "Days of yellow"), Cell.COUNT),
    Column("campaign", Words("专项行动", "Campaign")),
    Column("county", Words("县", "County")),
    Column("committee", Words("临时党委", "Party committee")),
    Column("timeline", Words("大事", "Timeline"), Cell.LIST),
    Column("seal", Words("封签", "Seal")),
)
_COUNTED = (*(kind.value for kind in Kind if kind is not Kind.SETTING), "event", "batch")

TABLES: Mapping[str, Words] = {kind.value: Words(kind.zh, kind.en) for kind in Kind} | {
    "event": Words("办理记录", "event"),
    "batch": Words("命令", "command"),
    "fact": Words("台账自身", "the store's own"),
    "loaded": Words("装入的原文", "what was loaded"),
    "department_alias": Words("责任单位简称", "department's alias"),
    "enterprise_alias": Words("企业简称", "enterprise's alias"),
    "assignment": Words("包联", "assignment"),
    "stage_change": Words("复工阶段", "resumption stage"),
    "problem_assist": Words("协办单位", "assisting department"),
    "bounce": Words("退回", "bounce"),
    "published_row": Words("公布的条目", "published problem"),
    "activity_enterprise": Words("工作记录的企业", "enterprise of an activity"),
    "inspection_result": Words("五查结果", "result of a check"),
    "adoption": Words("做法的采用", "adoption of a practice"),
    "peer": Words("对方台账的进度", "what another store had"),
    "county": Words("各县", "county"),
    "conflict": Words("待裁定的冲突", "conflict"),
}
"""What people call the rows of each table."""


def info(reader: Reader, path: Path | str, shone: Lights) -> Report:
    """Everything about the store but its rows; JSON has the counts by table under ``counts``.

    It also has what queries of the views need for lights: the day, and the last deadline that is yellow on it.
    """
    about = reader.first("SELECT name, county, committee, timeline FROM campaign") or (None, None, None, "[]")
    name, county, committee, timeline = about
    acts = tuple(f"{on} {text}" for on, text in json.loads(timeline))
    settings, seal = reader.settings, seals.heads(reader.rows).seal
    row = (
        str(path), SCHEMA, settings["replica"], settings["series"] or None, settings["timezone"],
        int(settings["yellow_days"]),
        name, county, committee, acts, seal,
    )  # fmt: skip
    others = list(_others(reader, settings["replica"]))
    counts = {table: _count(reader, table) for table in _COUNTED}
    document = {
        "path": str(path),
        "schema_version": SCHEMA,
        "replica": settings["replica"],
        "series": settings["series"],
        "copies": [record(_COPIES)(each) for each in others],
        "seal": seal,
        "settings": {key: settings[key] for key in DEFAULTS},
        "campaign": {"name": name, "county": county, "committee": committee, "timeline": json.loads(timeline)},
        "counts": counts,
        "today": shone.as_of,
        "yellow_until": shone.yellow_until,
    }
    return Report(
        Words("台账", "Store"),
        _FIRST,
        [row],
        upright=True,
        footer=_copies(others, _lists(reader, counts)),
        document=document,
        zone=reader.zone,
    )


def _others(reader: Reader, own: str) -> Iterator[tuple[Any, ...]]:
    """The other stores of the ledger that this one knows of, and when each was last heard of."""
    for name, series, grown, replica, heard in reader.rows(_KNOWN, own=own):
        yield name, series or None, Grown(grown) if grown else None, heard, replica


_KNOWN = """
SELECT c.name, c.series, c.grown, c.uid, (SELECT max(b.arrived_at) FROM batch b WHERE b.replica = c.uid)
FROM copy c WHERE c.uid <> :own
UNION ALL
SELECT y.name, NULL, NULL, b.replica, max(b.arrived_at) FROM batch b LEFT JOIN county y ON y.prefix = b.county
WHERE b.digest IS NOT NULL AND b.replica <> :own AND b.replica NOT IN (SELECT uid FROM copy)
AND b.replica NOT IN (SELECT replica FROM county) GROUP BY y.name, b.replica
ORDER BY 2, 4
"""
_COPIES = (
    Column("name", Words("给谁用", "Whose"), blank=Words("原台账", "home")),
    Column("series", Words("号段", "Series")),
    Column("grown", Words("来历", "How it came"), Cell.CODE),
    Column("heard", Words("最后听到", "Last heard of"), Cell.MOMENT, blank=Words("还没有", "not yet")),
    Column("replica", Words("副本", "Replica")),
)


def _copies(others: Sequence[tuple[Any, ...]], footer: Report) -> Report:
    """The other stores, if there are any, before the rest."""
    called = [(name or series, series, *rest) for name, series, *rest in others]
    return Report(Words("其他副本", "Other copies"), _COPIES, called, footer=footer) if others else footer


def _count(reader: Reader, table: str) -> int:
    (count,) = reader.first(f"SELECT count(*) FROM {table}") or (0,)
    return int(count)


def _lists(reader: Reader, counts: dict[str, int]) -> Report:
    """How much there is of each kind, then the lists that are data of this store."""
    columns = (Column("table", Words("内容", "Kind"), Cell.CODE), Column("count", Words("数量", "Count"), Cell.COUNT))
    rows = [(TABLES[table], count) for table, count in counts.items()]
    return Report(Words("数量", "Counts"), columns, rows, footer=_terms(reader))


def _terms(reader: Reader) -> Report:
    columns = (
        Column("list", Words("列表", "List"), Cell.CODE),
        Column("code", Words("代码", "Code")),
        Column("zh", Words("中文名", "Chinese")),
        Column("en", Words("英文名", "English")),
        Column("rule", Words("规则", "Rule")),
    )
    sql = "SELECT list, code, zh, en, rule FROM term ORDER BY id"
    rows = [(ListName(list_name), *rest) for list_name, *rest in reader.rows(sql)]
    return Report(Words("列表", "Lists"), columns, rows)
