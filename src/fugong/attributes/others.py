"""The attributes of the records that have few: what enterprises reached, what was stated, what is the store's own."""

from fugong.attributes import APPROXIMATE, INFERRED, REMARK, RETIRED, UID, Attribute
from fugong.results.report import Cell
from fugong.values.texts import LINE, NAME, TEXT
from fugong.vocab import CategoryGroup, Grown, Kind, ListName, Measure, Paper, Words

_NAME = Attribute("name", Words("名称", "name"), limit=NAME, needed=True)
_TERM = Attribute(
    "term",
    Words("事项", "milestone"),
    Cell.TERM,
    lists=(ListName.MILESTONE,),
    head=Words("达标事项", "Milestone"),
    key="milestone",
    brief=True,
)
_TEAM = Attribute("team", Words("帮扶组", "team"), refers=Kind.TEAM, head=Words("组号", "Team"), brief=True)
_ON = Attribute("on_date", Words("日期", "date"), Cell.ABOUT, null=False, brief=True)
_AS_OF = Attribute("as_of", Words("截至", "as of"), Cell.DATE, null=False, brief=True)
_SOURCE = Attribute("source", Words("来源", "source"), limit=LINE)
_LAST = (UID, INFERRED, REMARK)

ATTRIBUTES = {
    Kind.MILESTONE: (
        Attribute("enterprise", Words("企业", "enterprise"), null=False, refers=Kind.ENTERPRISE, brief=True),
        _TEAM._replace(tracked=False),
        _TERM._replace(null=False),
        Attribute("pending", Words("未完成", "pending"), Cell.FLAG, brief=True),
        _ON,
        APPROXIMATE,
        *_LAST,
    ),
    Kind.PRACTICE: (
        _NAME._replace(head=Words("做法", "Practice"), brief=True),
        Attribute("origin", Words("来源", "origin"), limit=LINE, brief=True),
        Attribute("summary", Words("内容", "summary"), limit=TEXT, brief=True),
        Attribute(
            "promoted_on",
            Words("推广日期", "promoted on"),
            Cell.DATE,
            head=Words("推广日期", "Promoted"),
            brief=True,
        ),
        Attribute("adoptions", Words("采用者", "adopted by"), Cell.LIST, key="adopted_by", brief=True),
        *_LAST,
    ),
    Kind.FIGURE: (
        Attribute("key", Words("标识", "key"), limit=LINE, brief=True),
        Attribute("measure", Words("指标", "measure"), Cell.CODE, null=False, codes=Measure, brief=True),
        _TERM,
        _TEAM._replace(blank=Words("全县", "county")),
        Attribute("value", Words("数值", "value"), Cell.COUNT, brief=True),
        Attribute("unit", Words("单位", "unit"), limit=NAME, brief=True),
        _AS_OF,
        _SOURCE._replace(head=Words("出处", "Source"), brief=True),
        Attribute("publication", Words("公布", "publication"), refers=Kind.PUBLICATION, listed=False),
        *_LAST,
    ),
    Kind.CAMPAIGN: (
        _NAME._replace(limit=LINE, headings="行动名称 专项行动 行动"),
        Attribute("county", Words("县", "county"), limit=NAME, needed=True, headings="县 县区 所在县"),
        Attribute("committee", Words("临时党委", "party committee"), limit=LINE, headings="临时党委 党委"),
        Attribute("places", Words("地名", "places"), Cell.LIST, within=True, headings="地名 企业名称里的地名"),
        Attribute("timeline", Words("大事", "timeline"), Cell.LIST, within=True, headings="大事 大事记"),
        REMARK,
    ),
    Kind.TERM: (
        Attribute("list", Words("列表", "list"), Cell.CODE, null=False, codes=ListName),
        Attribute("code", Words("代码", "code"), null=False, headings="代码 编码"),
        Attribute(
            "zh",
            Words("中文名", "Chinese name"),
            null=False,
            limit=NAME,
            headings="问题类别 类别 类别名称 名称 问题类型 category",
        ),
        Attribute("en", Words("英文名", "English name"), null=False, limit=NAME, headings="英文名 英文名称"),
        Attribute("rank", Words("次序", "rank"), Cell.COUNT),
        Attribute("grp", Words("工作法", "method"), Cell.CODE, codes=CategoryGroup, headings="工作法 方法 五查五帮"),
        Attribute("rule", Words("规则", "rule")),
        *RETIRED,
    ),
    Kind.CALENDAR_DAY: (
        Attribute("day", Words("日期", "day"), Cell.DATE, null=False),
        Attribute("work", Words("上班", "work"), Cell.FLAG),
        _SOURCE._replace(null=False),
    ),
    Kind.NIL_REPORT: (_TEAM._replace(null=False), _ON),
    Kind.COPY: (
        _NAME._replace(needed=False, brief=True),
        Attribute("series", Words("号段", "series"), null=False, brief=True),
        Attribute("grown", Words("来历", "how it came"), Cell.CODE, null=False, codes=Grown, brief=True),
    ),
    Kind.PROFILE: (
        _NAME._replace(limit=LINE),
        Attribute("says", Words("对照", "mappings"), limit=TEXT, needed=True),
    ),
    Kind.NOTICE: (
        Attribute("paper", Words("文书", "paper"), Cell.CODE, codes=Paper, brief=True),
        Attribute("year", Words("年份", "year"), Cell.COUNT, brief=True),
        Attribute("number", Words("号", "number"), Cell.COUNT, brief=True),
        Attribute("problem", Words("问题", "problem"), refers=Kind.PROBLEM, head=Words("编号", "Problem"), brief=True),
        Attribute("sent_to", Words("主送", "to"), limit=LINE, brief=True),
        Attribute("on_date", Words("日期", "date"), Cell.DATE, brief=True),
        Attribute("digest", Words("内容校验值", "digest"), listed=False),
        UID,
    ),
    Kind.SETTING: (
        _NAME._replace(tracked=False),
        Attribute("value", Words("设的值", "value"), limit=LINE, brief=True),
    ),
    Kind.PUBLICATION: (
        _NAME._replace(limit=LINE),
        _AS_OF,
        Attribute("at", Words("时刻", "time of day")),
        Attribute("digest", Words("明细校验值", "digest of the rows"), null=False),
        Attribute("seal", Words("封签", "seal")),
        Attribute("heads", Words("各链末端", "heads of the chains")),
    ),
}
"""By kind of record, in the order in which they are listed."""
