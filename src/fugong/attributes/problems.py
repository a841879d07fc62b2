"""The attributes of a problem, and which of them the exported ledger shows under which headings."""

from collections.abc import Iterable, Iterator

from fugong.attributes import APPROXIMATE, INFERRED, REMARK, TEAMS, UID, Attribute
from fugong.results.report import Cell
from fugong.values.texts import LINE, NAME, TEXT
from fugong.vocab import CONTENT, Coded, Kind, Level, Light, ListName, Satisfaction, Source, Status, Verdict, Words

ATTRIBUTES = (
    Attribute("id", Words("编号", "id"), null=False, tracked=False, brief=True),
    UID,
    Attribute("key", Words("标识", "key"), limit=LINE, listed=False),
    Attribute("team", Words("帮扶组", "team"), null=False, refers=Kind.TEAM, headings=f"组号 {TEAMS}"),
    Attribute("series", Words("号段", "series"), null=False, listed=False, implied=True),
    Attribute("number", Words("序号", "number"), Cell.COUNT, listed=False),
    Attribute(
        "enterprise",
        Words("企业", "enterprise"),
        refers=Kind.ENTERPRISE,
        brief=True,
        headings=(
            "单位名称 企业(项目)名称 企业全称 所属企业 包联企业 帮扶企业 受检单位 检查企业 项目名称 检查工点 "
            "诉求企业 反映企业 诉求单位 被检查单位 责任企业 company firm"
        ),
    ),
    Attribute(
        "text",
        Words("描述", "text"),
        limit=TEXT,
        needed=True,
        head=Words("问题描述", "Problem"),
        brief=True,
        headings=(
            "问题 存在问题 存在的问题 主要问题 困难问题 存在困难 存在困难和问题 困难和问题 问题内容 问题清单 具体问题 "
            "企业问题诉求 问题诉求 反映问题 发现问题 发现的问题 隐患问题描述 隐患描述 问题及诉求 诉求内容 诉求 "
            "企业诉求 困难诉求 困难及诉求 存在隐患 存在问题隐患 整改隐患内容 隐患内容 事项描述 事项内容 督办事项 "
            "交办事项 反映内容 工单内容 反映的问题 企业反映问题 问题事项 存在问题及诉求 发现问题描述"
        ),
    ),
    Attribute(
        "category",
        Words("类别", "category"),
        Cell.TERM,
        lists=(ListName.CATEGORY,),
        brief=True,
        headings="问题类型 类型 问题分类 隐患类型 整改类型 诉求类别",
    ),
    Attribute("source", Words("来源", "source"), Cell.CODE, codes=Source, headings="台账来源 交办来源"),
    Attribute(
        "status",
        Words("状态", "status"),
        Cell.CODE,
        null=False,
        codes=Status,
        brief=True,
        headings=(
            "状态 办理状态 问题状态 整改状态 进度 办理进度 完成情况 是否解决 是否完成 是否已完成整改 是否办结 "
            "是否整改 是否完成整改 是否整改到位 解决进度 当前状态 工单状态"
        ),
    ),
    Attribute("light", Words("亮灯", "light"), Cell.CODE, codes=Light, tracked=False, brief=True),
    Attribute(
        "department",
        Words("责任单位", "department"),
        refers=Kind.DEPARTMENT,
        brief=True,
        headings=(
            "主办单位 牵头单位 牵头部门 责任部门 主责单位 整改责任单位 承办单位 主办部门 交办单位 办理单位 对接部门 "
            "协调部门 建议责任单位 建议责任部门 受理部门 承办部门 主责部门 牵头整改部门 整改责任部门 牵头责任单位 "
            "整改单位 主办责任单位"
        ),
    ),
    Attribute(
        "assist",
        Words("协办单位", "assisting departments"),
        Cell.LIST,
        head=Words("协办单位", "Assisting"),
        headings="配合单位 配合部门 协办部门 协同单位 分办单位 配合整改部门 配合责任单位 协同部门 会办单位",
    ),
    Attribute(
        "person",
        Words("责任人", "person responsible"),
        limit=NAME,
        head=Words("责任人", "Person"),
        kept="p.person",
        headings="整改责任人 唯一责任人 负责人 责任领导 包联责任人 整改第一责任人 办理人 整改人 承办人 具体责任人",
    ),
    Attribute(
        "found_on",
        Words("发现日期", "found date"),
        Cell.ABOUT,
        null=False,
        head=Words("发现日期", "Found"),
        brief=True,
        kept="p.found_on",
        headings=(
            "提出时间 发现时间 检查时间 检查日期 登记日期 登记时间 受理日期 受理时间 反映时间 反映日期 上报日期 "
            "上报时间 收集时间 收集日期 诉求时间 发生时间 排查日期 排查时间 填表时间 交办时间 交办日期 区交办时间 "
            "派单时间 日期 date foundon datefound reportedon datereported raisedon openedon"
        ),
    ),
    APPROXIMATE._replace(kept="p.approximate"),
    Attribute(
        "due_on",
        Words("时限", "deadline"),
        Cell.DUE,
        head=Words("时限", "Due"),
        brief=True,
        kept="p.due_on",
        headings=(
            "整改期限 完成时限 解决时限 办理时限 办结时限 限期 期限 截止日期 截止时间 计划完成时间 拟完成时间 "
            "计划解决时间 完成期限 办理期限 办结期限 区交办办结期限 对应的完成时间 要求完成时间 计划完成日期 "
            "计划整改时间 限期整改时间 拟解决时间 deadline duedate dueon targetdate"
        ),
    ),
    Attribute(
        "due_rule",
        Words("时限规则", "deadline rule"),
        head=Words("时限规则", "Due rule"),
        kept="p.due_rule",
        headings="",
    ),
    Attribute("due_from", Words("时限起算", "deadline counted from"), Cell.DATE, listed=False, implied=True),
    Attribute(
        "due_estimated",
        Words("时限推算", "deadline estimated"),
        Cell.FLAG,
        head=Words("时限推算", "Due estimated"),
        implied=True,
        kept="p.due_estimated",
    ),
    Attribute(
        "first_due_on",
        Words("最初时限", "first deadline"),
        Cell.DATE,
        head=Words("最初时限", "First due"),
        implied=True,
        kept="p.first_due_on",
    ),
    Attribute(
        "extended",
        Words("延期次数", "times extended"),
        Cell.COUNT,
        grows=True,
        head=Words("延期次数", "Extended"),
        kept="coalesce(p.extended, 0) AS extended",
    ),
    Attribute("late_extended", Words("逾期后延期", "extended late"), Cell.FLAG, kept="p.late_extended"),
    Attribute("days_over", Words("逾期天数", "days over"), Cell.COUNT, null=True, tracked=False),
    Attribute("late", Words("逾期办结", "closed late"), Cell.FLAG, tracked=False),
    Attribute(
        "chased",
        Words("催办次数", "times chased"),
        Cell.COUNT,
        grows=True,
        head=Words("催办次数", "Chased"),
        kept="coalesce(p.chased, 0) AS chased",
    ),
    Attribute("bounces", Words("退回", "bounces"), Cell.LIST, listed=False),
    Attribute(
        "bounced",
        Words("退回次数", "bounced"),
        Cell.COUNT,
        tracked=False,
        kept="(SELECT count(*) FROM {bounce} b WHERE b.problem_id = p.id) AS bounced",
    ),
    Attribute(
        "applied_on",
        Words("申请销号日期", "applied for closing"),
        Cell.DATE,
        kept="p.applied_on",
    ),
    Attribute(
        "closed_on",
        Words("销号日期", "closing date"),
        Cell.DATE,
        head=Words("销号日期", "Closed"),
        kept="p.closed_on",
        headings="销号时间",
    ),
    Attribute(
        "how",
        Words("解决措施", "measure"),
        limit=TEXT,
        kept="p.how",
        headings=(
            "整改措施 整改要求(措施) 措施 对策 解决办法 解决方案 解决情况 办理结果 整改结果 解决结果 帮扶措施 整改方案 "
            "已采取的整改措施 已采取措施 采取措施 处置结果 处理结果 整改措施及成效 答复内容"
        ),
    ),
    Attribute(
        "verified",
        Words("回访", "return visit"),
        Cell.CODE,
        codes=Verdict,
        head=Words("回访", "Visited"),
        kept="p.verified",
        headings="回访情况 验收情况 验收 验收人员 验收人 核查单位 复查情况",
    ),
    Attribute(
        "verified_on",
        Words("回访日期", "return visit date"),
        Cell.DATE,
        head=Words("回访日期", "Visited on"),
        kept="p.verified_on",
    ),
    Attribute(
        "satisfaction",
        Words("满意度", "satisfaction"),
        Cell.CODE,
        codes=Satisfaction,
        kept="p.satisfaction",
        headings="是否满意 企业满意度",
    ),
    Attribute(
        "reopened",
        Words("重开次数", "times reopened"),
        Cell.COUNT,
        grows=True,
        head=Words("重开次数", "Reopened"),
        kept="coalesce(p.reopened, 0) AS reopened",
    ),
    Attribute("major", Words("重大", "major"), Cell.FLAG, kept="p.major", headings="重大 是否重大 重大问题"),
    Attribute(
        "escalated",
        Words("上报", "escalated"),
        Cell.CODE,
        codes=Level,
        kept="coalesce(p.escalated, CASE WHEN p.major THEN 'county' END) AS escalated",
    ),
    Attribute("escalated_on", Words("上报上级日期", "escalated on"), Cell.DATE, implied=True, kept="p.escalated_on"),
    INFERRED._replace(kept="p.inferred"),
    Attribute("evidence", Words("附件", "evidence"), Cell.LIST, null=False, within=True, kept="p.evidence"),
    Attribute("recorded_at", Words("录入时间", "entered"), Cell.MOMENT, null=False, tracked=False),
    REMARK._replace(kept="p.remark"),
    Attribute("duplicate_of", Words("重复于", "duplicate of"), refers=Kind.PROBLEM),
)
"""In the order in which they are listed."""

_BY_NAME = {each.name: each for each in ATTRIBUTES}


def _headed(name: str, zh: str, en: str) -> Attribute:
    """An attribute under another heading than in listings."""
    return _BY_NAME[name]._replace(head=Words(zh, en), brief=True)


LEDGER = (
    Attribute("no", Words("序号", "no."), Cell.COUNT, brief=True, tracked=False),
    _BY_NAME["id"],
    _headed("team", "帮扶组", "Team"),
    _headed("enterprise", "企业名称", "Enterprise"),
    Attribute(
        "township",
        Words("乡镇", "township"),
        brief=True,
        tracked=False,
        headings="所属乡镇 所在乡镇 乡镇街道 乡镇(街道) 属地",
    ),
    _headed("source", "问题来源", "Source"),
    _headed("category", "问题类别", "Category"),
    _headed("text", "问题描述", "Problem"),
    _headed("found_on", "提出日期", "Found"),
    _headed("department", "责任单位", "Department"),
    _headed("assist", "协办单位", "Assisting"),
    _headed("person", "责任人", "Person"),
    _headed("how", "整改(解决)措施", "Measure"),
    _headed("due_on", "整改时限", "Due"),
    Attribute(
        "progress",
        Words("进展情况", "progress"),
        Cell.TERM,
        key="status",
        brief=True,
        tracked=False,
        headings=(
            "进展 当前进展 目前进展 整改进展 办理进展 工作进展 办理情况 最新进展 推进情况 整改情况 处理情况 "
            "整改完成情况 整改落实情况 落实情况 办理进展情况 目前进展情况 协调情况"
        ),
    ),
    Attribute(
        "done_on",
        Words("办结日期", "solved"),
        Cell.DATE,
        brief=True,
        tracked=False,
        headings=(
            "办结时间 完成日期 完成时间 整改完成日期 整改完成时间 解决日期 解决时间 实际完成时间 实际完成日期 "
            "整改验收时间 闭环时间 复查通过时间 验收时间 销号完成时间 solvedon resolvedon dateclosed completedon"
        ),
    ),
    _headed("verified", "验收/回访情况", "Return visit"),
    _headed("satisfaction", "满意度", "Satisfaction"),
    Attribute(
        "closed",
        Words("是否销号", "struck off"),
        Cell.FLAG,
        brief=True,
        tracked=False,
        headings="销号情况 销号 是否已销号",
    ),
    _headed("closed_on", "销号日期", "Closed on"),
    _BY_NAME["light"],
    _headed("remark", "备注", "Remark"),
    _BY_NAME["approximate"],
    _BY_NAME["due_estimated"],
    _BY_NAME["escalated"],
    _BY_NAME["uid"],
    Attribute("version", Words("版本", "version"), tracked=False, machine=False, headings=""),
)
"""The columns of counties' problem ledgers (问题整改销号台账), in their order.

A problem is solved (办结) on the day on which it is struck off (销号), or on which that was applied for.
"""

VISIT = ("verified", "verified_on", "satisfaction")
"""What a return visit says of a closing: a new closing has had none."""
ASKED = "satisfaction IS NOT NULL"
"""SQL: the enterprise said whether it is satisfied."""
CONTENTED = " OR ".join(f"satisfaction = '{answer.value}'" for answer in CONTENT)
"""SQL: it said that it is (满意率)."""
DISCONTENTED = f"satisfaction = '{Satisfaction.DISSATISFIED.value}'"
"""SQL: it said that it is not."""


def visited(values: Iterable[str | None]) -> Iterator[Coded]:
    """What a visit found and what the enterprise said then, from the values of ``VISIT``; its day is left out."""
    for name, value in zip(VISIT, values, strict=True):
        if value and (codes := _BY_NAME[name].codes):
            yield codes(value)
