"""The attributes of a department."""

from fugong.attributes import INFERRED, REMARK, RETIRED, UID, Attribute
from fugong.results.report import Cell
from fugong.values.texts import NAME
from fugong.vocab import Words

ATTRIBUTES = (
    Attribute(
        "name",
        Words("名称", "name"),
        limit=NAME,
        needed=True,
        head=Words("责任单位", "Department"),
        brief=True,
        headings="单位名称 单位 名称 部门 部门名称 单位全称 责任部门",
    ),
    Attribute(
        "aliases",
        Words("简称", "aliases"),
        Cell.LIST,
        brief=True,
        headings="简称 别名 曾用名 单位简称 原名称",
    ),
    UID,
    *RETIRED,
    INFERRED,
    REMARK,
)
"""In the order in which they are listed."""
