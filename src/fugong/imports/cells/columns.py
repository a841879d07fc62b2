"""What the columns of ledgers are called, and which field each means."""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from fugong.values import texts
from fugong.vocab import Imported as Ledger
from fugong.vocab import Words


class Field(StrEnum):
    """The fields that a column can be mapped to."""

    UID = "uid"
    TEAM = "team"
    ENTERPRISE = "enterprise"
    TOWNSHIP = "township"
    SOURCE = "source"
    CATEGORY = "category"
    TEXT = "text"
    FOUND_ON = "found_on"
    APPROXIMATE = "approximate"
    DEPARTMENT = "department"
    ASSIST = "assist"
    PERSON = "person"
    HOW = "how"
    DUE_ON = "due_on"
    DUE_RULE = "due_rule"
    PROGRESS = "progress"
    STATUS = "status"
    CLOSED = "closed"
    DONE_ON = "done_on"
    CLOSED_ON = "closed_on"
    VERIFIED = "verified"
    SATISFACTION = "satisfaction"
    MAJOR = "major"
    INFERRED = "inferred"
    REMARK = "remark"
    NAME = "name"
    CODE = "code"
    ALIASES = "aliases"
    ABOVE_SCALE = "above_scale"
    CAPACITY = "capacity"
    WORKFORCE = "workforce"
    SITES = "sites"
    STAGE = "stage"
    STAGE_ON = "stage_on"
    COUNTY = "county"
    BRANCH = "branch"
    UNITS = "units"
    EXPECTED_HEADCOUNT = "expected_headcount"
    EXPECTED_ENTERPRISES = "expected_enterprises"
    ROLE = "role"
    KIND = "kind"
    ENTERPRISES = "enterprises"
    PROBLEM = "problem"
    ITEM = "item"
    QUANTITY = "quantity"
    UNIT = "unit"
    DONE_BY = "done_by"
    GUESTS = "guests"
    KEY = "key"
    PLACE = "place"
    ON_DATE = "on_date"
    COMPUTED = "computed"
    """Known, and not read: what the store counts or computes itself."""


_ANY = {
    Field.UID: "唯一标识 uid",
    Field.TEAM: "帮扶组 帮扶工作组 企业帮扶组 帮扶工作队 包联组 包联工作组 工作组 组别 组号 小组 所属组 驻企组 team",
    Field.TOWNSHIP: "乡镇 所属乡镇 所在乡镇 乡镇街道 乡镇(街道) 属地 township",
    Field.REMARK: "备注 说明 备注说明 其他说明 remark remarks note notes",
    Field.INFERRED: "推断 inferred",
    Field.COMPUTED: (
        "序号 编号 问题编号 台账编号 no no. id 亮灯 红黄绿灯 light 逾期天数 daysover 逾期办结 closedlate 时限推算 "
        "dueestimated 录入时间 entered 重复于 duplicateof 错误 fault 最初时限 firstdue 延期次数 extended 逾期后延期 "
        "extendedlate 催办次数 chased 退回次数 bounced 回访日期 visitedon 重开次数 reopened "
        "停用日期 retiredon 停用原因 whyretired"
    ),
}
_VARIANTS: dict[Ledger, dict[Field, str]] = {
    Ledger.PROBLEMS: _ANY
    | {
        Field.ENTERPRISE: (
            "企业名称 企业 单位名称 企业(项目)名称 企业全称 所属企业 包联企业 帮扶企业 受检单位 检查企业 项目名称 "
            "检查工点 enterprise company firm"
        ),
        Field.SOURCE: "问题来源 来源 台账来源 交办来源 source",
        Field.CATEGORY: "问题类别 类别 问题类型 类型 问题分类 隐患类型 整改类型 诉求类别 category",
        Field.TEXT: (
            "问题描述 问题 存在问题 存在的问题 主要问题 困难问题 存在困难 存在困难和问题 困难和问题 问题内容 问题清单 "
            "具体问题 企业问题诉求 问题诉求 反映问题 发现问题 发现的问题 隐患问题描述 隐患描述 问题及诉求 text problem"
        ),
        Field.FOUND_ON: (
            "提出日期 提出时间 发现日期 发现时间 检查时间 检查日期 登记日期 登记时间 受理日期 受理时间 反映时间 "
            "反映日期 上报日期 上报时间 日期 found found_on date"
        ),
        Field.APPROXIMATE: "日期约数 approximate",
        Field.DEPARTMENT: (
            "责任单位 主办单位 牵头单位 牵头部门 责任部门 主责单位 整改责任单位 承办单位 主办部门 交办单位 办理单位 "
            "对接部门 协调部门 department"
        ),
        Field.ASSIST: "协办单位 配合单位 配合部门 协办部门 协同单位 分办单位 assisting assist",
        Field.PERSON: "责任人 整改责任人 唯一责任人 负责人 责任领导 包联责任人 整改第一责任人 办理人 person",
        Field.HOW: (
            "整改(解决)措施 整改措施 解决措施 整改要求(措施) 措施 对策 解决办法 解决方案 整改情况 解决情况 办理结果 "
            "整改结果 解决结果 帮扶措施 measure how"
        ),
        Field.DUE_ON: (
            "整改时限 时限 整改期限 完成时限 解决时限 办理时限 办结时限 限期 期限 截止日期 截止时间 "
            "计划完成时间 拟完成时间 计划解决时间 due due_on deadline"
        ),
        Field.DUE_RULE: "时限规则 duerule due_rule",
        Field.PROGRESS: "进展情况 进展 当前进展 整改进展 办理进展 工作进展 办理情况 最新进展 推进情况 progress",
        Field.STATUS: (
            "状态 办理状态 问题状态 整改状态 进度 办理进度 完成情况 是否解决 是否完成 是否已完成整改 是否办结 status"
        ),
        Field.CLOSED: "是否销号 销号情况 销号 是否已销号 struckoff",
        Field.DONE_ON: (
            "办结日期 办结时间 完成日期 完成时间 整改完成日期 整改完成时间 解决日期 实际完成时间 整改验收时间 solved"
        ),
        Field.CLOSED_ON: "销号日期 销号时间 closed closedon closed_on",
        Field.VERIFIED: "验收/回访情况 回访情况 验收情况 回访 验收 验收人员 returnvisit visited",
        Field.SATISFACTION: "满意度 是否满意 企业满意度 satisfaction",
        Field.MAJOR: "重大 是否重大 重大问题 major",
    },
    Ledger.ENTERPRISES: _ANY
    | {
        Field.NAME: "企业名称 企业 名称 单位名称 企业全称 name enterprise",
        Field.ALIASES: "简称 别名 企业简称 曾用名 aliases",
        Field.ABOVE_SCALE: "规上 是否规上 规上企业 是否规上企业 above_scale abovescale",
        Field.CAPACITY: "产能 生产能力 capacity",
        Field.WORKFORCE: "职工 职工人数 职工数 员工人数 从业人数 workforce",
        Field.SITES: "厂区 sites",
        Field.STAGE: "复工阶段 复工情况 复工状态 是否复工 阶段 stage",
        Field.STAGE_ON: "阶段日期 复工日期 复工时间 stage_on stagedate since",
    },
    Ledger.TEAMS: _ANY
    | {
        Field.COMPUTED: (
            "序号 no. 组长 leader 具名组员 membersnamed 党员 partymembers 入党积极分子 activists 具名企业 firmsnamed "
            "成员单位齐全 unitscomplete 停用日期 retiredon 停用原因 whyretired"
        ),
        Field.CODE: "组号 代码 编码 code",
        Field.NAME: "名称 帮扶组 帮扶组名称 组名 name team",
        Field.COUNTY: "县 县区 county",
        Field.BRANCH: "党支部 临时党支部 branch partybranch",
        Field.UNITS: "成员单位 组成单位 units",
        Field.EXPECTED_HEADCOUNT: "应有人数 人数 组员人数 expected_headcount headcount",
        Field.EXPECTED_ENTERPRISES: "应包联数 应包联 包联企业数 企业数 expected_enterprises firmsexpected",
    },
    Ledger.ACTIVITIES: _ANY
    | {
        Field.ROLE: "角色 三大员 工作类型 role",
        Field.KIND: "方式 工作方式 kind",
        Field.ENTERPRISES: "企业名称 企业 涉及企业 enterprises enterprise",
        Field.PROBLEM: "问题编号 对应问题 问题 problem",
        Field.TEXT: "内容 工作内容 事项 描述 text what",
        Field.ITEM: "物品 品名 物资 item",
        Field.QUANTITY: "数量 quantity",
        Field.UNIT: "单位 计量单位 unit",
        Field.DEPARTMENT: "来源单位 提供单位 对接单位 责任单位 department",
        Field.DONE_BY: "经办人 done_by doneby",
        Field.GUESTS: "邀请人员 邀请专家 guests",
        Field.KEY: "标识 key",
        Field.PLACE: "地点 place",
        Field.ON_DATE: "日期 时间 工作日期 on_date date",
        Field.APPROXIMATE: "日期约数 approximate",
    },
}
NEEDED = {
    Ledger.PROBLEMS: Field.TEXT,
    Ledger.ENTERPRISES: Field.NAME,
    Ledger.TEAMS: Field.NAME,
    Ledger.ACTIVITIES: Field.TEXT,
}
"""The column without which a table is no such ledger."""
WANTED = {Ledger.PROBLEMS: 3, Ledger.ENTERPRISES: 2, Ledger.TEAMS: 2, Ledger.ACTIVITIES: 3}
"""How many known names make a header row."""


def key(name: str) -> str:
    """A column's name as it is compared: no blanks, line breaks, stars, colons or numbering."""
    return texts.key(name).strip("*:：☆★")


def known(ledger: Ledger, more: Mapping[str, str] | None = None) -> dict[str, Field]:
    """Which field a name means; ``more`` is what the user maps."""
    names = {key(name): field for field, said in _VARIANTS[ledger].items() for name in said.split()}
    if ledger is Ledger.ACTIVITIES:
        names[key("问题编号")] = Field.PROBLEM
    if ledger is Ledger.TEAMS:
        names |= {key("组号"): Field.CODE, key("帮扶组"): Field.NAME, key("team"): Field.NAME}
    return names | {key(name): Field(field) for name, field in (more or {}).items()}


def meant(names: Mapping[str, Field], heading: str) -> Field | None:
    """The field that a heading means: as it stands, or without what is in brackets."""
    wanted = key(heading)
    return names.get(wanted) or names.get(_BRACKETS.sub("", unicodedata.normalize("NFKC", wanted)))


_BRACKETS = re.compile(r"[(\[【<〔][^)\]】>〕]*[)\]】>〕]")


@cache
def said(ledger: Ledger, field: Field) -> Words:
    """What a field is called: the first of its names in Chinese, the code in English."""
    return Words(_VARIANTS[ledger].get(field, field.value).split()[0], field.value)


def fields(ledger: Ledger) -> list[Field]:
    """The fields that rows of a ledger have."""
    return [field for field in _VARIANTS[ledger] if field is not Field.COMPUTED]
