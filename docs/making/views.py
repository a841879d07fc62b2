"""docs/views.md: every column of every view with its type and meaning, and questions that they answer."""

import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from fugong.attributes import (
    Attribute,
    activities,
    departments,
    enterprises,
    members,
    others,
    problems,
    teams,
)
from fugong.results.report import Cell
from fugong.seed.beginning import Beginning, begin
from fugong.store.views import MEANINGS
from fugong.vocab import Kind, Words

HEAD = """# 用别的工具读台账 Reading the store with other tools

由 docs/generate.py 按视图和属性的声明生成，不要手改。Made by docs/generate.py from the views and the declared
attributes; not to be edited.

台账是一个 SQLite 文件，下面的视图可以用 Datasette、LibreOffice、BI 工具直接读。请只读打开
（例如 `sqlite3 -readonly 台账.db "SELECT * FROM v_problem"`），不要改表：改动要经过 fugong 才有记录。

The store is an SQLite file. These views are its public face; open it read-only. Tables may change between
versions, the views' columns only with a note in the changelog. Columns that end in `_id` or `_sort` are for joining and
sorting inside one store and mean nothing outside it. Names joined in one column are separated by 、, which no name
holds.

## 问题和答案 Questions

灯是算出来的，不存：`:today` 是截至日，`:yellow_until` 是最后一个算黄灯的时限；`fugong store info --json` 给出这两个值。
Lights are reckoned, never stored: `:today` is the day, `:yellow_until` the last deadline that is yellow on it; both
stand in `fugong store info --json`.
"""

QUESTIONS = {
    Words("各单位有几个红灯", "Red problems per department"): """\
SELECT department, count(*) AS red
FROM v_problem
WHERE status IN ('open', 'doing') AND due_on < :today
GROUP BY department
ORDER BY red DESC, department""",
    Words("黄灯有哪些", "Which problems are yellow"): """\
SELECT id, enterprise, department, due_on
FROM v_problem
WHERE status IN ('open', 'doing') AND due_on BETWEEN :today AND :yellow_until
ORDER BY due_on, team_sort, number""",
    Words("各组发现、解决几个问题", "Found and solved per team"): """\
SELECT team, team_name, count(*) AS found, sum(CASE WHEN status = 'closed' THEN 1 ELSE 0 END) AS solved
FROM v_problem
WHERE status <> 'void'
GROUP BY team, team_name, team_sort
ORDER BY team_sort""",
}
"""What people ask, and the SQL that answers on both engines; a test runs each and holds it against the program."""

ROWS: Mapping[str, tuple[Words, Sequence[Attribute]]] = {
    "v_problem": (Words("问题", "a problem"), problems.ATTRIBUTES),
    "v_team": (Words("帮扶组", "a team"), teams.ATTRIBUTES),
    "v_member": (Words("组员", "a named member"), members.ATTRIBUTES),
    "v_enterprise": (Words("企业", "an enterprise"), enterprises.ATTRIBUTES),
    "v_department": (Words("责任单位", "a department"), departments.ATTRIBUTES),
    "v_activity": (Words("工作记录", "an activity"), activities.ATTRIBUTES),
    "v_inspection_result": (Words("检查的一个结果", "a check of an inspection"), ()),
    "v_milestone": (Words("企业的达标事项", "a milestone of an enterprise"), others.ATTRIBUTES[Kind.MILESTONE]),
    "v_practice": (Words("做法", "a practice"), others.ATTRIBUTES[Kind.PRACTICE]),
    "v_figure": (Words("公布的数字", "a published figure"), others.ATTRIBUTES[Kind.FIGURE]),
    "v_event": (Words("办理记录", "an event"), ()),
}
"""What a row of each view is, and the attributes that its columns have their words from."""

TYPES = {
    Cell.COUNT: "integer",
    Cell.DATE: "date",
    Cell.ABOUT: "date",
    Cell.DUE: "date",
    Cell.MOMENT: "instant, UTC",
    Cell.TERM: "code",
    Cell.FLAG: "0, 1",
    Cell.LIST: "names",
    Cell.CODES: "codes",
}


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *_questions(), *_views()])


def _questions() -> Iterator[str]:
    for asked, sql in QUESTIONS.items():
        yield f"{asked.zh} {asked.en}:\n\n```sql\n{sql}\n```\n"


def _views() -> Iterator[str]:
    """Each view and its columns, as a new store has them."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "new.db"
        begin(str(store), Beginning(), actor="docs", chinese=True)
        with closing(sqlite3.connect(store)) as connection:
            for view, (row, attributes) in ROWS.items():
                yield f"## {view}\n\n一行是 one row is: {row.zh} {row.en}\n"
                yield "| column | type | 意思 meaning |\n|---|---|---|"
                known = {each.name: each for each in attributes}
                for _, column, *_ in connection.execute(f"PRAGMA table_info({view})"):
                    yield f"| `{column}` | {' | '.join(_told(view, column, known.get(column)))} |"
                yield ""


def _told(view: str, column: str, attribute: Attribute | None) -> tuple[str, str]:
    """A column's type and meaning."""
    if column.endswith(("_id", "_sort", "_rank")):
        return "integer", "联接、排序用 for joining and sorting"
    if (said := MEANINGS.get(f"{view}.{column}") or MEANINGS.get(column)) is not None:
        return said
    if column.endswith(("_zh", "_en")):
        return "text", f"`{column[:-3]}` 的{'中文' if column.endswith('_zh') else '英文'}名称 its name"
    if attribute is None:
        message = f"nobody says what {view}.{column} means: store.views.MEANINGS"
        raise LookupError(message)
    codes = ", ".join(f"`{each.value}`" for each in attribute.codes) if attribute.codes else ""
    return codes or TYPES.get(attribute.cell, "text"), f"{attribute.words.zh} {attribute.words.en}"
