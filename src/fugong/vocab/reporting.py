"""Codes of reports on paper and of figures that are compared."""

from fugong.vocab import Coded


class Agreement(Coded):
    """What comparing a stated figure found (核对)."""

    AGREES = "agrees", "一致", "agrees"
    DIFFERS = "differs", "不一致", "differs"
    UNCOUNTED = "uncounted", "台账不逐项记", "not itemised"


class Since(Coded):
    """What happened to a problem since figures were published."""

    OPENED = "opened", "新登记", "opened"
    ENTERED_LATE = "entered_late", "补录", "entered late"
    CLOSED = "closed", "销号", "closed"
    REOPENED = "reopened", "重开", "reopened"
    VOIDED = "voided", "作废", "voided"
    CORRECTED = "corrected", "更正", "corrected"
    UNDONE = "undone", "撤销", "undone"
    THAT_DAY = "that_day", "当日", "that day"
    MEANWHILE = "meanwhile", "其间", "in between"


class By(Coded):
    """What ``progress`` has a row for."""

    TEAM = "team", "帮扶组", "team"
    ENTERPRISE = "enterprise", "企业", "enterprise"
    DEPARTMENT = "department", "责任单位", "department"
    CATEGORY = "category", "类别", "category"
    TOWNSHIP = "township", "乡镇", "township"
    COUNTY = "county", "县", "county"
    KIND = "kind", "方式", "kind of work"
    MILESTONE = "milestone", "达标事项", "milestone"


class Credit(Coded):
    """Whose a problem is, where teams are counted."""

    LOGGED = "logged", "登记它的组", "the team that logged them"
    CURRENT = "current", "现在包联的组", "the team that now looks after the enterprise"


class PaperSize(Coded):
    """On which paper all columns are printed."""

    A4 = "a4", "A4", "A4"
    A3 = "a3", "A3", "A3"


class SheetsBy(Coded):
    """What has a sheet of its own."""

    TEAM = "team", "帮扶组", "team"
