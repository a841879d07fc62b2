"""The attributes of a team's member."""

from fugong.attributes import INFERRED, PHONE, REMARK, RETIRED, TEAMS, UID, Attribute
from fugong.results.report import Cell
from fugong.values.texts import NAME
from fugong.vocab import Duty, Kind, Party, Words

ATTRIBUTES = (
    Attribute(
        "team",
        Words("帮扶组", "team"),
        null=False,
        refers=Kind.TEAM,
        head=Words("组号", "Team"),
        brief=True,
        headings=f"帮扶组 {TEAMS}",
    ),
    Attribute(
        "name",
        Words("名称", "name"),
        limit=NAME,
        needed=True,
        head=Words("姓名", "Name"),
        brief=True,
        headings="姓名 组员 组员姓名 成员 成员姓名",
    ),
    Attribute(
        "unit",
        Words("单位", "unit"),
        limit=NAME,
        brief=True,
        headings="单位 所在单位 工作单位 单位名称 选派单位 派出单位",
    ),
    Attribute("post", Words("职务", "post"), limit=NAME, brief=True, headings="职务 行政职务 职务职级 职称"),
    Attribute(
        "duties",
        Words("职责", "duties"),
        Cell.CODES,
        codes=Duty,
        brief=True,
        within=True,
        headings="职责 组内职责 组内职务 组内分工 分工",
    ),
    Attribute(
        "enterprise",
        Words("企业", "enterprise"),
        refers=Kind.ENTERPRISE,
        head=Words("包联企业", "Looks after"),
        brief=True,
        headings="包联企业 联系企业 负责企业",
    ),
    Attribute(
        "phone",
        PHONE,
        limit=NAME,
        brief=True,
        headings="电话 联系电话 手机 手机号 手机号码 联系方式",
    ),
    Attribute(
        "party",
        Words("政治面貌", "party status"),
        Cell.CODE,
        codes=Party,
        listed=False,
        headings="政治面貌 partystatus",
    ),
    UID,
    *RETIRED,
    INFERRED,
    REMARK,
)
"""In the order in which they are listed."""
