"""The attributes of an enterprise."""

from fugong.attributes import INFERRED, PHONE, REMARK, RETIRED, TEAMS, UID, Attribute
from fugong.results.report import Cell
from fugong.values.texts import LINE, NAME
from fugong.vocab import Stage, Words

ATTRIBUTES = (
    Attribute(
        "name",
        Words("名称", "name"),
        limit=NAME,
        needed=True,
        head=Words("企业", "Enterprise"),
        brief=True,
        headings="企业名称 名称 单位名称 企业全称 name",
    ),
    Attribute("aliases", Words("简称", "aliases"), Cell.LIST, brief=True, headings="简称 别名 企业简称 曾用名"),
    Attribute(
        "team",
        Words("帮扶组", "team"),
        head=Words("组号", "Team"),
        brief=True,
        tracked=False,
        headings=f"帮扶组 {TEAMS}",
    ),
    Attribute(
        "township",
        Words("乡镇", "township"),
        limit=NAME,
        brief=True,
        headings="乡镇 所属乡镇 所在乡镇 乡镇街道 乡镇(街道) 属地",
    ),
    Attribute(
        "stage",
        Words("复工阶段", "resumption stage"),
        Cell.CODE,
        null=False,
        codes=Stage,
        head=Words("复工阶段", "Stage"),
        brief=True,
        tracked=False,
        headings="复工阶段 复工情况 复工状态 是否复工 阶段",
    ),
    Attribute(
        "stage_on",
        Words("阶段日期", "stage date"),
        Cell.DATE,
        tracked=False,
        headings="阶段日期 复工日期 复工时间 since",
    ),
    Attribute("stages", Words("复工阶段", "stages of resumption"), Cell.LIST, listed=False),
    Attribute("assignments", Words("包联", "assignments"), Cell.LIST, listed=False),
    Attribute(
        "above_scale",
        Words("规上", "above scale"),
        Cell.FLAG,
        null=True,
        headings="规上 是否规上 规上企业 是否规上企业",
    ),
    Attribute("capacity", Words("产能", "capacity"), limit=LINE, brief=True, headings="产能 生产能力"),
    Attribute(
        "workforce",
        Words("职工", "workforce"),
        limit=LINE,
        brief=True,
        headings="职工 职工人数 职工数 员工人数 从业人数",
    ),
    Attribute(
        "contact",
        Words("联系人", "contact"),
        limit=NAME,
        brief=True,
        headings="联系人 企业联系人 企业负责人 法人 法定代表人 法人代表",
    ),
    Attribute("phone", PHONE, limit=NAME, brief=True, headings="联系电话 电话 企业电话 联系方式 手机 手机号 手机号码"),
    Attribute("sites", Words("厂区", "sites"), Cell.LIST, within=True, headings=""),
    UID,
    *RETIRED,
    INFERRED,
    REMARK,
)
"""In the order in which they are listed."""
