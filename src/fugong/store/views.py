"""The SQL views that reports stand on, and a documented face of the store (docs/views.md).

A row is what a person would want to see: names beside codes, no integer keys but those that filters need.
They hold no aggregate, so that SQLite flattens them into the query and uses the tables' indexes.

On a server somebody may read the views and not the tables: a dashboard. Whoever cannot read the tables gets no names
of people, and free text with its mobile numbers masked (ADR 21). Columns in braces are such texts and names.
"""

import re
from collections.abc import Container, Iterable

from fugong.values import personal

_PROBLEMS = """
SELECT t.code || '-' || p.series || p.number || p.tag AS id, p.uid, p.id AS problem_id, p.team_id, t.sort AS team_sort,
       t.code AS team, t.name AS team_name, t.county, p.series, p.number, p.tag, p.enterprise_id,
       e.name AS enterprise, e.township, {text},
       p.category_id, c.code AS category, c.zh AS category_zh, c.en AS category_en, p.source, p.status,
       p.department_id, d.name AS department,
       (SELECT {joined} FROM problem_assist a JOIN department h ON h.id = a.department_id
        WHERE a.problem_id = p.id) AS assist,
       {own},
       p.recorded_at,
       {original} AS duplicate_of
FROM {problem} p
JOIN team t ON t.id = p.team_id
LEFT JOIN enterprise e ON e.id = p.enterprise_id
LEFT JOIN term c ON c.id = p.category_id
LEFT JOIN department d ON d.id = p.department_id
"""
"""What a problem has of its own follows its attributes (``attributes.problems``)."""

_ORIGINAL = """(SELECT ot.code || '-' || o.series || o.number || o.tag FROM problem o JOIN team ot ON ot.id = o.team_id
        WHERE o.id = p.duplicate_of_id)"""
_ORIGINAL_THEN = """CASE WHEN p.duplicate_of_id IS NOT NULL THEN (
        SELECT (SELECT ot.code FROM team ot WHERE ot.id = o.team_id) || '-' || o.series || o.number || o.tag
        FROM problem o WHERE o.id = p.duplicate_of_id) END"""
"""The same of the past: SQLite looks into a query in the place of a table only where nothing else is joined to it."""

_ENTRIES = """
CREATE VIEW v_problem AS
{problems};

CREATE VIEW v_team AS
SELECT t.code, t.uid, t.id AS team_id, t.sort AS team_sort, t.name, t.county, t.branch,
       {only}(SELECT {leaders} FROM member m WHERE m.team_id = t.id AND m.duties LIKE '%"leader"%'){end} AS leader,
       t.units, t.units_complete, t.expected_headcount, t.expected_enterprises, t.inferred, {free[t.remark]},
       t.retired_on, {free[t.retired_why]}
FROM team t
WHERE t.retired_on IS NULL OR EXISTS (
    SELECT 1 FROM event e WHERE e.subject = t.uid AND e.act = 'add'
    AND NOT EXISTS (SELECT 1 FROM event u WHERE u.subject = e.subject AND u.undoes = e.hash));

CREATE VIEW v_member AS
SELECT t.code AS team, t.id AS team_id, t.sort AS team_sort, m.id AS member_id, m.uid, m.name, m.unit, m.post, m.duties,
       e.name AS enterprise, m.inferred, m.remark, m.retired_on, m.retired_why
FROM member m
JOIN team t ON t.id = m.team_id
LEFT JOIN enterprise e ON e.id = m.enterprise_id;

CREATE VIEW v_enterprise AS
SELECT e.name, e.uid, e.id AS enterprise_id,
       (SELECT {aliases} FROM enterprise_alias n WHERE n.owner_id = e.id) AS aliases,
       t.code AS team, t.id AS team_id, t.sort AS team_sort, t.name AS team_name, e.township, e.above_scale, e.capacity,
       e.workforce, e.sites, e.stage, e.stage_on, a.from_on, e.inferred, {free[e.remark]}, e.retired_on,
       {free[e.retired_why]}
FROM enterprise e
LEFT JOIN assignment a ON a.enterprise_id = e.id AND a.to_on IS NULL
LEFT JOIN team t ON t.id = a.team_id;

CREATE VIEW v_department AS
SELECT d.name, d.uid, d.id AS department_id,
       (SELECT {aliases} FROM department_alias n WHERE n.owner_id = d.id) AS aliases, d.inferred, {free[d.remark]},
       d.retired_on, {free[d.retired_why]}
FROM department d;

CREATE VIEW v_activity AS
SELECT t.code || '-w' || w.series || w.number || w.tag AS id, w.uid, w.id AS activity_id, t.code AS team,
       t.id AS team_id, t.sort AS team_sort, w.series, w.number, w.tag, w.role, w.kind_id,
       k.code AS kind, k.zh AS kind_zh,
       k.en AS kind_en,
       (SELECT {firms} FROM activity_enterprise x JOIN enterprise e ON e.id = x.enterprise_id
        WHERE x.activity_id = w.id) AS enterprises,
       {free[w.text]}, w.item, w.quantity, w.unit, d.name AS department, {names[w.done_by]}, {names[w.guests]},
       {free[w.place]}, w.on_date, w.approximate,
       pt.code || '-' || p.series || p.number || p.tag AS problem, w.key, w.inferred, {free[w.remark]}
FROM activity w
JOIN team t ON t.id = w.team_id
LEFT JOIN term k ON k.id = w.kind_id
LEFT JOIN department d ON d.id = w.department_id
LEFT JOIN problem p ON p.id = w.problem_id
LEFT JOIN team pt ON pt.id = p.team_id;

CREATE VIEW v_inspection_result AS
SELECT t.code || '-w' || w.series || w.number || w.tag AS id, w.uid, w.id AS activity_id, k.code AS category,
       k.zh AS category_zh,
       k.en AS category_en, k.rank AS category_rank, r.passed, {free[r.text]},
       pt.code || '-' || p.series || p.number || p.tag AS problem
FROM inspection_result r
JOIN activity w ON w.id = r.activity_id
JOIN team t ON t.id = w.team_id
JOIN term k ON k.id = r.term_id
LEFT JOIN problem p ON p.id = r.problem_id
LEFT JOIN team pt ON pt.id = p.team_id;

CREATE VIEW v_milestone AS
SELECT m.uid, m.id AS milestone_id, m.term_id, e.name AS enterprise, e.id AS enterprise_id, t.code AS team,
       t.id AS team_id, t.sort AS team_sort, k.code AS milestone, k.zh AS milestone_zh, k.en AS milestone_en,
       m.pending, m.on_date, m.approximate, m.inferred, {free[m.remark]}
FROM milestone m
JOIN enterprise e ON e.id = m.enterprise_id
JOIN term k ON k.id = m.term_id
LEFT JOIN assignment a ON a.enterprise_id = e.id AND a.to_on IS NULL
LEFT JOIN team t ON t.id = a.team_id;

CREATE VIEW v_practice AS
SELECT p.uid, p.id AS practice_id, p.name, {free[p.origin]}, {free[p.summary]}, p.promoted_on,
       (SELECT {adopters} FROM adoption a LEFT JOIN team t ON t.id = a.team_id
        LEFT JOIN enterprise e ON e.id = a.enterprise_id WHERE a.practice_id = p.id) AS adopted_by,
       p.inferred, {free[p.remark]}
FROM practice p;

CREATE VIEW v_figure AS
SELECT f.uid, f.id AS figure_id, f.key, f.measure, k.code AS milestone, k.zh AS milestone_zh, k.en AS milestone_en,
       t.code AS team, t.id AS team_id, t.sort AS team_sort, t.name AS team_name, f.value, f.unit, f.as_of,
       {free[f.source]}, u.name AS publication, f.inferred, {free[f.remark]}
FROM figure f
LEFT JOIN publication u ON u.id = f.publication_id
LEFT JOIN term k ON k.id = f.term_id
LEFT JOIN team t ON t.id = f.team_id;

CREATE VIEW v_event AS
SELECT e.id AS event_id, coalesce(e.place, e.id) AS place, e.hash, e.kind, e.subject, e.act, e.on_date,
       e.approximate, b.recorded_at, b.actor, b.verb,
       b.uid AS batch, b.replica, CASE WHEN e.kind = 'member'
           OR (e.kind = 'enterprise' AND (e.changes LIKE '%"phone"%' OR e.changes LIKE '%"contact"%'))
       THEN '{{}}' ELSE e.changes END AS changes, e.text,
       e.parents
FROM event e
JOIN batch b ON b.id = e.batch_id;
"""

MEANINGS: dict[str, tuple[str, str]] = {
    "id": ("text", "编号 its number, such as 3-2 or 3-w2"),
    "uid": ("text", "唯一标识 the identity that travels"),
    "series": ("text", "编号的号段，最早的台账没有 the letters before its number; the first store gives none"),
    "tag": ("text", "同号的几条才有的字母 letters behind a number that several have"),
    "team_name": ("text", "帮扶组的名称 the team's name"),
    "v_problem.county": ("text", "帮扶组的县 the team's county"),
    "v_problem.township": ("text", "企业的乡镇 the enterprise's township"),
    "v_enterprise.from_on": ("date", "从哪天起由这一组包联 since when the team looks after it"),
    "v_inspection_result.category": ("code", "检查项 the check"),
    "v_inspection_result.passed": ("0, 1", "合格 in order"),
    "v_inspection_result.text": ("text", "查出什么 what was found"),
    "v_inspection_result.problem": ("text", "开出的问题的编号 the problem that it opened"),
    "v_milestone.milestone": ("code", "达标事项 the milestone"),
    "v_practice.adopted_by": ("names", "采用的企业和帮扶组 the enterprises and teams that took it up"),
    "v_figure.milestone": ("code", "数的是哪一项达标 which milestone is counted"),
    "v_event.place": ("integer", "在这条记录的历史里的先后 what orders the events of one record"),
    "v_event.hash": ("text", "内容的 SHA-256，也是它的标识 the SHA-256 of its content, and its identity"),
    "v_event.kind": ("code", "哪种记录 the kind of its record"),
    "v_event.subject": ("text", "记录的唯一标识 the uid of its record"),
    "v_event.act": ("code", "做了什么 what was done"),
    "v_event.on_date": ("date", "业务日期 the business date"),
    "v_event.approximate": ("0, 1", "日期约数 the date is approximate"),
    "v_event.recorded_at": ("instant, UTC", "录入时间 when it was entered"),
    "v_event.actor": ("text", "操作人 who entered it"),
    "v_event.verb": ("text", "命令 the command"),
    "v_event.batch": ("text", "哪一次操作，一次操作几条相同 the run of the command, shared by all of its events"),
    "v_event.replica": ("text", "在哪个副本录入 the copy of the ledger in which it was entered"),
    "v_event.changes": (
        "JSON",
        "改动，{属性: [旧, 新]}；组员的、写到企业联系人的不给 {attribute: [old, new]}; empty for members and contacts",
    ),
    "v_event.text": ("text", "说明 what was noted"),
    "v_event.parents": ("JSON", "同一记录上一条的 hash the hashes of those before it, of the same record"),
}
"""Type and meaning of what no attribute declares (docs/views.md), by ``view.column`` or by column."""

_JOINED = {
    "joined": ("h.name", "h.id"),
    "leaders": ("m.name", "m.id"),
    "aliases": ("n.name", "n.name"),
    "firms": ("e.name", "e.id"),
    "adopters": ("coalesce(t.name, e.name)", "coalesce(t.sort, '~'), e.name"),
}
"""What is joined into one text by 、, and in which order: a set has none but that of its words."""
_SETS = ("aliases", "adopters")


_WHOLE = "(SELECT has_table_privilege(CAST('problem' AS regclass), 'SELECT'))"
"""Whether who asks may read the tables; asked once per query. The table is fixed when the view is made, so that no
other of the same name, as a temporary one, can take its place."""


class _Withheld(dict[str, str]):
    """Columns with names of people: ``w.done_by`` gives what stands for it in a view."""

    def __missing__(self, column: str) -> str:
        return f"CASE WHEN {_WHOLE} THEN {column} END AS {column.partition('.')[2]}"


class _Masked(dict[str, str]):
    """Columns with free text."""

    def __missing__(self, column: str) -> str:
        masked = f"regexp_replace({column}, '{personal.MOBILE_IN_TEXT}', '{personal.MASKED_IN_TEXT}', 'g')"
        return f"CASE WHEN {_WHOLE} THEN {column} ELSE {masked} END AS {column.partition('.')[2]}"


class _Plain(dict[str, str]):
    """Columns as they are: a file has one reader."""

    def __missing__(self, column: str) -> str:
        return column


def statements(dialect: str, *, ordered: bool = False) -> list[str]:
    """The statements that make the views.

    The engines differ in how they join texts, and in that a server has readers who may not see everything.

    Args:
        dialect: The engine.
        ordered: They are read over queries of the past, whose rows come in no order of their own, so that what is
            joined is sorted; and by whom may read the tables, so that nothing is withheld.
    """
    plain = dialect == "sqlite" or ordered
    made = _ENTRIES.format(
        **_joined(dialect),
        problems=problems("problem", "bounce", dialect, guarded=not plain, past=ordered),
        only="" if plain else f"CASE WHEN {_WHOLE} THEN ",
        end="" if plain else " END",
        free=_Plain() if plain else _Masked(),
        names=_Plain() if plain else _Withheld(),
    )
    if dialect == "sqlite":
        made = _sorted(made, _JOINED if ordered else _SETS)
    return [statement.strip() for statement in made.split(";") if statement.strip()]


def problems(problem: str, bounce: str, dialect: str, *, guarded: bool = False, past: bool = False) -> str:
    """The query behind ``v_problem``, over these two tables or something else that has their columns.

    ``guarded``: for who may not read the tables as well. ``past``: over queries of the past.
    """
    from fugong.attributes.problems import ATTRIBUTES  # a start that reads the view alone needs none of it

    free, names = (_Masked(), _Withheld()) if guarded else (_Plain(), _Plain())
    own = []
    for each in ATTRIBUTES:
        if each.kept:
            shown = names if each.name in PEOPLE else free if each.limit else _Plain()
            own.append(shown[each.kept.format(bounce=bounce)])
    original = _ORIGINAL_THEN if past else _ORIGINAL
    return _PROBLEMS.format(
        problem=problem, text=free["p.text"], own=", ".join(own), original=original, **_joined(dialect)
    )


def narrowed(query: str, named: Container[str]) -> str:
    """The query of a view with only those of its columns that are named."""
    columns, start, end = [], len("SELECT"), len("SELECT")
    depth = 0
    for found in _BETWEEN.finditer(query):
        depth += (found[0] == "(") - (found[0] == ")")
        if depth == 0 and found[0] in (",", "FROM"):
            columns.append(query[start : found.start()].strip())
            start, end = found.end(), found.start()
            if found[0] == "FROM":
                break
    kept = [column for column in columns if _NAME.findall(column)[-1] in named]
    return f"SELECT {', '.join(kept) or '1'} {query[end:]}"


_BETWEEN = re.compile(r"[(),]|\bFROM\b")
_NAME = re.compile(r"\w+")


PEOPLE = ("person", "evidence")
"""The attributes of a problem that name people, as the names of files may."""


def _joined(dialect: str) -> dict[str, str]:
    if dialect == "sqlite":  # before 3.44 its aggregate takes no order; rows come by key all the same
        return {name: f"group_concat({what}, '、')" for name, (what, _) in _JOINED.items()}
    return {name: f"string_agg({what}, '、' ORDER BY {order})" for name, (what, order) in _JOINED.items()}


def _sorted(made: str, names: Iterable[str]) -> str:
    """The same with what SQLite joins under these names taken from a query that sorts it."""
    for what, order in map(_JOINED.__getitem__, names):
        before, *rest = made.split(f"(SELECT group_concat({what}, '、') FROM ")
        for each in rest:
            end = _closing(each)
            sorted_ = f"SELECT {what} AS one FROM {each[:end]} ORDER BY {order}"
            before += f"(SELECT group_concat(one, '、') FROM ({sorted_}){each[end:]}"
        made = before
    return made


def _closing(text: str) -> int:
    """Where the bracket is that closes one opened before a text."""
    depth = 1
    for place, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if not depth:
            return place
    raise ValueError(text)
