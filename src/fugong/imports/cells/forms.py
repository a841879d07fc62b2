"""Headings that no list has, by the words that make them: 需要协调解决的困难和问题, 问题收集日期, 拟采取措施.

A form is anchored at both ends and stands behind every heading that is listed: of one row, a column of its own name
comes before one that only looks like it. What has no form either may still be likely to mean something (``likely``):
then the command that says so is offered, and nothing is read.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from fugong.imports.cells.columns import Field, key
from fugong.vocab.importing import Imported as Ledger

_MATTER = "(?:问题|困难|诉求|需求|隐患|事项|短板|堵点|难题|不足)"
_WHOSE = "(?:企业|公司|项目|群众|目前|当前|现阶段|主要|具体|突出|重点|复工|复产|生产|经营|发展|建设|中)"
_TOLD = (
    "(?:存在|反映|提出?|遇到|面临|反馈|梳理|[排检督]查|走访|发现|[收征]集|出|到|急?需要?|亟需|协调|解决|帮助|整改|的)"
)
_DONE = "(?:整改|完成|办理|办结|解决|销号|落实|回复|反馈|答复|处理|处置|推进|协调)"
_FIRST = (
    "(?:发现|收集|征集|提出|反映|反馈|登记|受理|排查|上报|交办|转办|派发|派单|记录|接收|接诉|来电|摸排|走访|检查|巡查|督查|"
    "采集|建档|入库|录入|填报)"
)
_OF_FIRMS = "(?:包联|帮扶|反映|诉求|涉及|申报|申请|联系|服务|重点|规上|工业|提出|受帮扶|检查|督查|走访)"
_MUST = "(?:计划|拟|预计|要求|承诺|应|限定|限期|规定|目标|最迟)"
_WHEN = "(?:日期|时间)"
_FORMS = {
    Field.TEXT: (
        rf"(?:{_WHOSE}|{_TOLD})*{_MATTER}(?:(?:和|与|及|以及|、|/|或)?{_TOLD}*(?:{_MATTER}|建议|意见|要求))*"
        r"的?(?:具体|详细|简要)?(?:内容|描述|情况|简述|概述|详情|摘要|表述|说明)*"
    ),
    Field.ASSIST: rf"(?:配合|协办|协同|协助|会办|参与)(?:责任|{_DONE})?的?(?:单位|部门|科室)(?:名称)?",
    Field.DEPARTMENT: (
        rf"(?:拟|建议|需要?|{_DONE}|牵头|责任|主办|承办|主责|对口|帮办|受理|负责|交办|的)+"
        r"(?:县直|县级|职能|相关|行业)?(?:单位|部门|科室|科局)(?:名称)?"
    ),
    Field.PERSON: rf"(?:责任|牵头|承办|第一|直接|具体|部门|单位|{_DONE})*(?:责任人|负责人|经办人|承办人)(?:姓名)?",
    Field.FOUND_ON: rf"{_MATTER}?{_FIRST}的?{_MATTER}?{_WHEN}",
    Field.DUE_ON: (
        rf"(?:{_MUST}|{_MATTER})*{_DONE}+的?(?:时限|期限|限期|截止{_WHEN}|时间节点)(?:要求)?|{_MUST}{_DONE}+的?(?:{_WHEN}|节点)"
    ),
    Field.DONE_ON: rf"(?:实际|最终){_DONE}+{_WHEN}",
    Field.PROGRESS: (
        rf"(?:目前|当前|最新|阶段性?|工作|{_MATTER}|{_DONE}|帮扶|及|和)*(?:进展|进度)(?:情况|说明)?"
        rf"|(?:目前|当前|最新|工作)+{_DONE}?情况"
    ),
    Field.HOW: (
        rf"(?:拟|已|采取|具体|工作|帮扶|{_DONE}|的|及|和)*(?:措施|办法|方案|对策|举措|做法)(?:建议|内容|及成效)?"
    ),
    Field.STATUS: rf"(?:{_MATTER}|{_DONE}|目前|当前|最新)+状态|是否(?:已经?|全部)?{_DONE}(?:到位|完成|完毕|整改)?",
    Field.CATEGORY: rf"{_MATTER}的?(?:所属)?(?:类别|类型|分类|种类|大类|领域)",
    Field.SOURCE: rf"(?:{_MATTER}|线索)的?(?:来源|渠道)(?:渠道)?",
    Field.ENTERPRISE: (
        rf"被?{_OF_FIRMS}+的?(?:企业|公司|项目)(?:名称|全称)?|(?:企业|公司|市场主体)(?:全称|简称|\(项目\)名称)"
    ),
    Field.TEAM: "(?:所属|负责|包联|帮扶|工作|报送)+(?:组|小组|工作组|帮扶组|专班|工作队)(?:组?别|名称)?",
    Field.REMARK: "(?:备注|其[他它]|需要?)+(?:说明|备注)(?:的?(?:情况|事项))?",
}


def by_form(ledger: Ledger, headings: Sequence[str], meanings: Sequence[Field | None]) -> list[Field | None]:
    """The meanings of the columns of a problem ledger, with those that no list has but a form fits."""
    found = list(meanings)
    if ledger is not Ledger.PROBLEMS:
        return found
    for at, heading in enumerate(headings):
        if heading and found[at] is None:
            meant = _formed(heading)
            found[at] = meant if meant not in found else None
    return found


@cache
def _forms() -> tuple[tuple[Field, re.Pattern[str]], ...]:
    return tuple((field, re.compile(form)) for field, form in _FORMS.items())


_REMARKS = re.compile(r"[(\[【<][^)\]】>]*[)\]】>]")


def _formed(heading: str) -> Field | None:
    plain = unicodedata.normalize("NFKC", key(heading))
    whole = (plain, _REMARKS.sub("", plain))
    return next((field for field, form in _forms() if any(form.fullmatch(each) for each in whole)), None)


_LIKELY = (
    (Field.DUE_ON, "时限|期限|截止|deadline|due"),
    (Field.DONE_ON, "(?:办结|完成|销号|解决|整改).*(?:日期|时间)|closed|solved"),
    (Field.FOUND_ON, "日期|时间|date"),
    (Field.CATEGORY, "类别|类型|分类|category|type"),
    (Field.SOURCE, "来源|source"),
    (Field.HOW, "措施|办法|方案|对策|结果|measure|action"),
    (Field.PERSON, "责任人|负责人|领导|经办|person"),
    (Field.DEPARTMENT, "单位|部门|科室|department|office"),
    (Field.STATUS, "状态|是否|status|state"),
    (Field.PROGRESS, "进展|进度|办理|落实|progress"),
    (Field.TEXT, "问题|困难|诉求|需求|隐患|事项|内容|描述|problem|issue|text|description"),
    (Field.ENTERPRISE, "企业|公司|厂|enterprise|company|firm"),
)


def likely(headings: Sequence[str], taken: Sequence[Field | None]) -> dict[str, Field]:
    """Of headings that nobody knows: what each is likely to mean that no other column does."""
    found: dict[str, Field] = {}
    for heading in headings:
        plain = key(heading)
        for field, words in _LIKELY:
            if field not in taken and field not in found.values() and re.search(words, plain):
                found[heading] = field
                break
    return found
