"""The entries of the lists that are data."""

from fugong.db import Reader
from fugong.results.report import Cell, Column, Report
from fugong.vocab import CategoryGroup, ListName, Words

COLUMNS = (
    Column("list", Words("列表", "List"), Cell.CODE),
    Column("code", Words("代码", "Code")),
    Column("zh", Words("中文名", "Chinese")),
    Column("en", Words("英文名", "English")),
    Column("group", Words("方法", "Group"), Cell.CODE),
    Column("rule", Words("规则", "Rule")),
)


def terms(reader: Reader, which: ListName | None = None) -> Report:
    """The entries of one list, or of all, in their order."""
    wanted = which.value if which else ""
    sql = "SELECT list, code, zh, en, grp, rule FROM term WHERE :list IN ('', list) ORDER BY list, rank"
    rows = [
        (ListName(name), code, zh, en, CategoryGroup(group) if group else None, rule)
        for name, code, zh, en, group, rule in reader.rows(sql, list=wanted)
    ]
    rows.sort(key=lambda row: list(ListName).index(row[0]))
    return Report(Words("列表", "Lists"), COLUMNS, rows, zone=reader.zone)
