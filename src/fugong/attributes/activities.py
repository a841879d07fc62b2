"""The attributes of a piece of work in one of the three roles."""

from fugong.attributes import APPROXIMATE, INFERRED, REMARK, TEAMS, UID, Attribute
from fugong.results.report import Cell
from fugong.values.texts import LINE, NAME, TEXT
from fugong.vocab import Kind, ListName, Role, Words

ATTRIBUTES = (
    Attribute("id", Words("编号", "id"), null=False, tracked=False, brief=True),
    Attribute(
        "team",
        Words("帮扶组", "team"),
        null=False,
        refers=Kind.TEAM,
        head=Words("组号", "Team"),
        headings=f"帮扶组 {TEAMS}",
    ),
    Attribute("series", Words("号段", "series"), null=False, listed=False, implied=True),
    Attribute("number", Words("序号", "number"), Cell.COUNT, listed=False),
    Attribute(
        "role", Words("角色", "role"), Cell.CODE, null=False, codes=Role, brief=True, headings="角色 三大员 工作类型"
    ),
    Attribute(
        "kind",
        Words("方式", "kind"),
        Cell.TERM,
        lists=(ListName.PUBLICITY, ListName.SUPERVISION, ListName.SERVICE),
        brief=True,
        headings="方式 工作方式",
    ),
    Attribute(
        "enterprises", Words("企业", "enterprises"), Cell.LIST, brief=True, headings="企业名称 涉及企业 enterprise"
    ),
    Attribute(
        "text",
        Words("描述", "text"),
        limit=TEXT,
        needed=True,
        head=Words("内容", "What"),
        brief=True,
        headings="内容 工作内容 事项 描述",
    ),
    Attribute("item", Words("物品", "item"), limit=NAME, brief=True, headings="物品 品名 物资"),
    Attribute("quantity", Words("数量", "quantity"), limit=NAME, brief=True, headings=""),
    Attribute("unit", Words("单位", "unit"), limit=NAME, brief=True, headings="单位 计量单位"),
    Attribute("on_date", Words("日期", "date"), Cell.ABOUT, null=False, brief=True, headings="日期 时间 工作日期"),
    APPROXIMATE,
    Attribute("problem", Words("问题", "problem"), refers=Kind.PROBLEM, brief=True, headings="问题编号 对应问题"),
    Attribute(
        "department",
        Words("责任单位", "department"),
        refers=Kind.DEPARTMENT,
        headings="来源单位 提供单位 对接单位",
    ),
    Attribute("done_by", Words("经办人", "done by"), Cell.LIST, within=True, headings=""),
    Attribute("guests", Words("邀请人员", "guests"), Cell.LIST, within=True, headings="邀请人员 邀请专家"),
    Attribute("place", Words("地点", "place"), limit=LINE, headings=""),
    Attribute("key", Words("标识", "key"), limit=LINE, headings=""),
    UID,
    Attribute("results", Words("检查结果", "results"), Cell.LIST, listed=False),
    INFERRED,
    REMARK,
)
"""In the order in which they are listed."""
