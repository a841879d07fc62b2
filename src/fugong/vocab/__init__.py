"""The words of the field: every code that the store, JSON and options use, with its two names.

A code is ASCII English and never changes; the names are what people read (docs/glossary.md). Nothing of the project is
imported here. What no everyday command needs is in the modules beside: two hundred members cost a twentieth of a start.
"""

from enum import IntEnum, StrEnum
from typing import NamedTuple, Self


class Words(NamedTuple):
    """One thing said in both languages."""

    zh: str
    en: str


YES, NO = Words("是", "yes"), Words("否", "no")
"""The words for true and false; ``imports.cells.marks`` reads these and other ways to say the same."""


def answer(value: bool) -> Words:
    """A truth value in words."""
    return YES if value else NO


class Coded(StrEnum):
    """A code with a Chinese and an English name: ``OPEN = "open", "待办", "open"``."""

    zh: str
    en: str

    def __new__(cls, code: str, zh: str = "", en: str = "") -> Self:  # names have no default where members are made
        member = str.__new__(cls, code)
        member._value_ = code
        member.zh = zh
        member.en = en
        return member


class ExitCode(IntEnum):
    """How a run ended, for the script that started it (docs/exit-codes.md); 1 to 5 left the store as it was."""

    zh: str
    en: str

    def __new__(cls, code: int, zh: str, en: str) -> Self:
        member = int.__new__(cls, code)
        member._value_ = code
        member.zh = zh
        member.en = en
        return member

    DONE = 0, "办好了，或没有事要做（已销号的再销号、空列表也是 0）", "done, or nothing to do; an empty list is 0"
    REFUSED = (
        1,
        "被拒绝：规则不许、名称或编号不存在、日期不对、输入有误、文件写不了；**什么也没有写入台账**",
        "refused: a rule, a name or id, a date, other input, a file; **nothing was written to the store**",
    )
    USAGE = (
        2,
        "命令写法不对：没有这个命令或选项，缺了参数",
        "usage: unknown command or option, missing argument",
    )
    BUG = (
        3,
        "程序有错；详情在一个只有您能读的文件里，stderr 上说出它的位置",
        "a bug; details in a private file named on stderr",
    )
    BUSY = (
        4,
        "台账正忙，什么也没有写入，可以重试",
        "the store is busy; nothing was written; try again",
    )
    UNUSABLE = (
        5,
        "台账用不了：不存在、不是本程序的、版本太新、旧版而不能写（无法升级）、损坏、只读、磁盘满；没有写入",
        "the store is unusable: missing, foreign, too new, old and not writable, damaged, read-only, disk full",
    )
    FOUND = (
        6,
        "跑完了，但发现了要有人看的事",
        "ran to its end and found something that somebody must look at",
    )


SIGNALLED = 128
"""128: with the signal's number added, it is the exit code of a program that a signal ended, as in shells."""


class Status(Coded):
    """Where a problem stands. Found = open + doing + pending + closed; in hand = open + doing + pending."""

    OPEN = "open", "待办", "open"
    DOING = "doing", "办理中", "in progress"
    PENDING = "pending", "待审核", "awaiting review"
    CLOSED = "closed", "已销号", "closed"
    VOID = "void", "作废", "void"


UNDER_WAY = (Status.OPEN, Status.DOING)
"""The statuses of problems that are still to be solved: no closing was applied for."""
LIVE = (*UNDER_WAY, Status.PENDING)
"""In hand (正在解决): found, and neither closed nor void."""
IN_HAND = f"status IN ({', '.join(repr(each.value) for each in LIVE)})"
"""The same as a condition of SQL: in these very words, since the indexes of what is in hand serve no others."""
PENDING = f"{IN_HAND} AND applied_on IS NOT NULL"
"""Those of which somebody has applied for the closing (申请销号), and nobody has reviewed it."""


class StatusFilter(Coded):
    """What ``--status`` takes: a status, or one of the two groups of them."""

    OPEN = Status.OPEN.value, Status.OPEN.zh, Status.OPEN.en
    DOING = Status.DOING.value, Status.DOING.zh, Status.DOING.en
    PENDING = Status.PENDING.value, Status.PENDING.zh, Status.PENDING.en
    CLOSED = Status.CLOSED.value, Status.CLOSED.zh, Status.CLOSED.en
    VOID = Status.VOID.value, Status.VOID.zh, Status.VOID.en
    LIVE = "live", "正在解决", "in hand"
    ALL = "all", "全部", "all"


class Light(Coded):
    """How near the deadline is (亮灯); computed at the as-of date, never stored."""

    RED = "red", "红", "red"
    YELLOW = "yellow", "黄", "yellow"
    GREEN = "green", "绿", "green"
    GREY = "grey", "灰", "grey"


class DayKind(Coded):
    """What the calendar says of a day."""

    WORK = "work", "上班", "work"
    OFF = "off", "休息", "off"


class Source(Coded):
    """How a problem came to the team's knowledge (问题来源)."""

    INSPECTION = "inspection", "入企检查", "inspection"
    ENTERPRISE = "enterprise", "企业反映", "raised by the enterprise"
    ASSIGNED = "assigned", "上级交办", "assigned from above"


class Sort(Coded):
    """The orders in which problems may be listed."""

    DUE = "due", "时限", "deadline"
    FOUND = "found", "发现日期", "day found"
    FIRM = "firm", "企业", "enterprise"
    LIGHT = "light", "亮灯", "light"


class SourceChange(Coded):
    """What ``edit --source`` takes: a source, or nothing, which clears it."""

    INSPECTION = Source.INSPECTION.value, Source.INSPECTION.zh, Source.INSPECTION.en
    ENTERPRISE = Source.ENTERPRISE.value, Source.ENTERPRISE.zh, Source.ENTERPRISE.en
    ASSIGNED = Source.ASSIGNED.value, Source.ASSIGNED.zh, Source.ASSIGNED.en
    NONE = "none", "", ""


class Role(Coded):
    """The three roles (三大员) that every member has; each activity belongs to one."""

    PUBLICITY = "publicity", "宣传", "publicity"
    SUPERVISION = "supervision", "监督", "supervision"
    SERVICE = "service", "服务", "service"


class Stage(Coded):
    """How far an enterprise has resumed work (复工阶段)."""

    UNKNOWN = "unknown", "未知", "unknown"
    STOPPED = "stopped", "停工", "stopped"
    PREPARING = "preparing", "筹备", "preparing"
    RESUMED = "resumed", "已复工", "resumed"
    FULL = "full", "满产", "full output"
    EXCLUDED = "excluded", "不计", "excluded"


RUNNING = (Stage.RESUMED, Stage.FULL)
"""The stages that count as resumed (已复工)."""


class Duty(Coded):
    """A member's post inside the team (职责)."""

    LEADER = "leader", "组长", "team leader"
    SAFETY = "safety", "安全员", "safety officer"
    HEALTH = "health", "卫生员", "health officer"
    MEMBER = "member", "组员", "member"


class Party(Coded):
    """A member's party status (政治面貌); counted for each team, never listed by person."""

    MEMBER = "member", "党员", "party member"
    PROBATIONARY = "probationary", "预备党员", "probationary member"
    ACTIVIST = "activist", "入党积极分子", "activist"
    NONE = "none", "群众", "no party"


class ListName(Coded):
    """The lists that are data of the store, not code."""

    CATEGORY = "category", "问题类别", "problem category"
    PUBLICITY = "publicity", "宣传方式", "kind of publicity"
    SUPERVISION = "supervision", "监督方式", "kind of supervision"
    SERVICE = "service", "服务方式", "kind of service"
    MILESTONE = "milestone", "达标事项", "milestone"
    DEADLINE = "deadline", "时限", "deadline preset"


KINDS = {
    Role.PUBLICITY: ListName.PUBLICITY,
    Role.SUPERVISION: ListName.SUPERVISION,
    Role.SERVICE: ListName.SERVICE,
}
"""The list that holds each role's kinds of work."""

NOUNS = {Role.PUBLICITY: "outreach", Role.SUPERVISION: "inspection", Role.SERVICE: "support"}
"""The command that each role's work is entered with."""


class CategoryGroup(Coded):
    """Which method a category belongs to: the five checks, the five helps, or party building."""

    CHECK = "check", "五查", "five checks"
    HELP = "help", "五帮", "five helps"
    PARTY = "party", "党建", "party building"


class Kind(Coded):
    """What an event is about: the kinds of record."""

    CAMPAIGN = "campaign", "专项行动", "campaign"
    TERM = "term", "列表项", "list entry"
    DEPARTMENT = "department", "责任单位", "department"
    TEAM = "team", "帮扶组", "team"
    ENTERPRISE = "enterprise", "企业", "enterprise"
    MEMBER = "member", "组员", "member"
    PROBLEM = "problem", "问题", "problem"
    ACTIVITY = "activity", "工作记录", "activity"
    MILESTONE = "milestone", "达标事项", "milestone"
    PRACTICE = "practice", "做法", "practice"
    FIGURE = "figure", "公布口径", "published figure"
    CALENDAR_DAY = "calendar_day", "工作日调整", "calendar day"
    NIL_REPORT = "nil_report", "零报告", "nil report"
    PUBLICATION = "publication", "公布", "publication"
    COPY = "copy", "副本", "copy"
    PROFILE = "profile", "导入方案", "import profile"
    NOTICE = "notice", "文书", "notice"
    SETTING = "setting", "设置", "setting"


class Act(Coded):
    """What an event did to its record (办理记录)."""

    ADD = "add", "新增", "added"
    EDIT = "edit", "修改", "edited"
    LOG = "log", "登记", "logged"
    ASSIGN = "assign", "交办", "assigned"
    NOTE = "note", "记录", "noted"
    BOUNCE = "bounce", "退回", "bounced"
    CHASE = "chase", "催办", "chased"
    EXTEND = "extend", "延期", "extended"
    CLOSE = "close", "销号", "closed"
    APPLY = "apply", "申请销号", "put up for closing"
    APPROVE = "approve", "审核通过", "approved"
    REJECT = "reject", "审核不通过", "sent back"
    VERIFY = "verify", "回访", "verified"
    REOPEN = "reopen", "重开", "reopened"
    VOID = "void", "作废", "voided"
    ESCALATE = "escalate", "上报", "escalated"
    WITHDRAW = "withdraw", "撤回上报", "withdrawn from above"
    ATTACH = "attach", "附件", "attached"
    UNDO = "undo", "撤销", "undone"
    SETTLE = "settle", "裁定", "settled"
    REDACT = "redact", "涂去", "redacted"


BEGINS_LIVE = frozenset({Act.LOG, Act.REJECT, Act.REOPEN, Act.VERIFY})
"""Acts after which a problem is in hand."""
NEEDS_LIVE = frozenset({Act.ASSIGN, Act.BOUNCE, Act.CHASE, Act.EXTEND, Act.ESCALATE})
"""Acts that are done to a problem in hand only."""


class Grown(Coded):
    """How a store came to be one of its own (副本的来历)."""

    CLONE = "clone", "交给别人用", "handed out"
    IMPORT = "store import", "由导出文件装入", "imported"
    RESTORE = "store restore", "由备份恢复", "restored"
    FORK = "fork", "手工复制的一份", "copied by hand"


class Rung(Coded):
    """The rungs of chasing a department (催办), from the mildest: each chase suggests the next."""

    REMIND = "remind", "提醒", "reminder"
    URGE = "urge", "催办", "urging"
    SUPERVISE = "supervise", "督办", "supervision order"

    @classmethod
    def after(cls, chased: int) -> Self:
        """The rung to take next for a problem about which its department was chased on so many days."""
        rungs = list(cls)
        return rungs[min(chased, len(rungs) - 1)]


class Verdict(Coded):
    """What a return visit (回访) found."""

    OK = "ok", "属实", "confirmed"
    FAIL = "fail", "未解决", "not solved"


class Level(Coded):
    """To whom a problem was reported that its team and departments cannot solve (上报), the lowest first."""

    COUNTY = "county", "县", "county"
    CITY = "city", "市", "city"
    PROVINCE = "province", "省", "province"

    @property
    def reported(self) -> Words:
        """The mark of a reported problem, before its text or in its remarks: 报市."""
        return Words(f"报{self.zh}", f"to {self.en}")


LEVEL = "coalesce(escalated, CASE WHEN major THEN 'county' END)"
"""A problem's level as SQL: one that is major needs the county, whether anybody has reported it or not."""


class Satisfaction(Coded):
    """What the enterprise said when it was called (满意度)."""

    SATISFIED = "satisfied", "满意", "satisfied"
    FAIRLY = "fairly", "基本满意", "fairly satisfied"
    DISSATISFIED = "dissatisfied", "不满意", "dissatisfied"


CONTENT = (Satisfaction.SATISFIED, Satisfaction.FAIRLY)
"""The answers that count as satisfied (满意率)."""


class Paper(Coded):
    """The papers about a problem that leave the office (文书)."""

    ASSIGN = "assign", "交办单", "assignment"
    URGE = "urge", "催办单", "reminder"
    SUPERVISE = "supervise", "督办单", "supervision order"
    RECTIFY = "rectify", "整改通知书", "notice to rectify"
    RECEIPT = "receipt", "回执", "receipt"


class Measure(Coded):
    """What a published figure counts."""

    FOUND = "found", "发现问题", "problems found"
    SOLVED = "solved", "解决问题", "problems solved"
    IN_HAND = "in_hand", "正在解决", "problems in hand"
    RESUMED = "resumed", "复工企业", "enterprises resumed"
    TEAMS = "teams", "帮扶组", "teams"
    BRANCHES = "branches", "党支部", "party branches"
    PEOPLE = "people", "人员", "people"
    PARTY_MEMBERS = "party_members", "党员", "party members"
    ACTIVISTS = "activists", "入党积极分子", "applicants for membership"
    ENTERPRISES = "enterprises", "包联企业", "enterprises served"
    SITES = "sites", "厂区", "sites"
    MILESTONE = "milestone", "达标企业", "enterprises with a milestone"


class Format(Coded):
    """How rows are written."""

    TABLE = "table", "表格", "table"
    PLAIN = "plain", "纯文本", "plain text"
    CSV = "csv", "CSV", "CSV"
    JSON = "json", "JSON", "JSON"
    MD = "md", "Markdown", "Markdown"
    TEXT = "text", "文字", "text"
    XLSX = "xlsx", "XLSX", "XLSX"


class Encoding(Coded):
    """In which bytes CSV is written."""

    UTF_8 = "utf-8", "UTF-8", "UTF-8"
    GB18030 = "gb18030", "GB18030", "GB18030"


class Language(Coded):
    """The two languages."""

    ZH = "zh", "中文", "Chinese"
    EN = "en", "英文", "English"
