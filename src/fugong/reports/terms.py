"""The entries of the lists that are data."""

from fugong.db import Reader
from fugong.reports.listing import in_service
from fugong.results.report import Cell, Column, Report
from fugong.vocab import CategoryGroup, ListName, Words

COLUMNS = (
    Column("list", Words("列表", "List"), Cell.CODE),
    Column("code", Words("代码", "Code")),
    Column("zh", Words("中文名", "Chinese")),
    Column("en", Words("英文名", "English")),
    Column("group", Words("方法", "Group"), Cell.CODE),
    Column("rule", Words("规则", "Rule")),
    Column("retired_on", Words("停用日期", "Retired on"), Cell.DATE, brief=False),
    Column("retired_why", Words("停用原因", "Why retired"), brief=False),
)


def terms(reader: Reader, which: ListName | None = None, *, everyone: bool = False) -> Report:
    """The entries of one list, or of all, in their order; those that were retired only where everyone is wanted."""
    wanted = which.value if which else ""
    sql = (
        "SELECT list, code, zh, en, grp, rule, retired_on, retired_why FROM term "
        f"WHERE :list IN ('', list) AND {in_service(everyone)} ORDER BY list, rank"
    )
    rows = [
        (ListName(name), code, zh, en, CategoryGroup(group) if group else None, *rest)
        for name, code, zh, en, group, *rest in reader.rows(sql, list=wanted)
    ]
    rows.sort(key=lambda row: list(ListName).index(row[0]))
    return Report(Words("列表", "Lists"), COLUMNS, rows, zone=reader.zone)
