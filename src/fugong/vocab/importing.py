"""Codes of what an import takes and what it makes of it."""

from fugong.vocab import Coded


class Outcome(Coded):
    """What an import makes of a row."""

    NEW = "new", "新增", "new"
    CHANGED = "changed", "更新", "changed"
    SAME = "same", "不变", "same"
    REFUSED = "refused", "拒绝", "refused"


class Take(Coded):
    """Whose word goes where a cell was changed in a file and in the ledger."""

    FILE = "file", "文件", "file"
    LEDGER = "ledger", "台账", "ledger"


class Imported(Coded):
    """What the rows of an imported file are about."""

    PROBLEMS = "problems", "问题", "problems"
    ENTERPRISES = "enterprises", "企业", "enterprises"
    TEAMS = "teams", "帮扶组", "teams"
    MEMBERS = "members", "组员", "members"
    DEPARTMENTS = "departments", "责任单位", "departments"
    CATEGORIES = "categories", "问题类别", "categories"
    CAMPAIGN = "campaign", "专项行动", "campaign"
    ACTIVITIES = "activities", "工作记录", "activities"
