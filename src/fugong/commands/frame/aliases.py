"""The Chinese names of commands: 登记 is log. They work wherever the English ones do."""

from collections.abc import Iterable

ROOT = {
    "装入": "load", "登记": "log", "修改": "edit", "交办": "assign", "记录": "note", "销号": "close", "重开": "reopen",
    "作废": "void", "清单": "list", "查看": "show", "退回": "bounce", "催办": "chase", "延期": "extend",
    "通过": "approve", "驳回": "reject", "附件": "attach",
    "回访": "verify", "撤销": "undo", "重做": "redo", "改日期": "redate",
    "涂去": "redact",
    "进展": "progress", "报告": "report", "综述": "summary", "零报告": "nil", "上报": "escalate", "周报": "weekly",
    "文书": "notice", "公布": "publish", "核对": "reconcile",
    "导入": "import", "导出": "export", "帮扶组": "team", "组员": "member", "企业": "enterprise",
    "单位": "department", "检查": "inspection", "服务": "support", "宣传": "outreach", "工作": "activity",
    "达标": "milestone", "做法": "practice", "口径": "figure", "日历": "calendar", "台账": "store",
    "查找": "find", "今天": "today", "连着输入": "shell", "逐行执行": "run",
    "帮助": "help", "每晚": "nightly", "开始": "init", "行动": "campaign", "列表": "term", "设置": "settings",
    "合并": "merge", "冲突": "conflict", "方案": "profile",
}  # fmt: skip
"""What stands at the top level."""

VERBS = {
    "并入": "join", "出具": "make", "模板": "template",
    "清单": "list", "查看": "show", "新增": "add", "修改": "edit", "停用": "retire", "恢复": "restore",
    "换组": "assign", "阶段": "stage", "该查": "due", "采用": "adopt", "设为": "set", "重算": "recheck",
    "裁定": "settle", "删去": "delete", "合并包": "bundle",
    "新建": "init", "概况": "info", "检查": "check", "备份": "backup", "归档": "archive", "升级": "upgrade",
    "副本": "clone", "导出": "export", "导入": "import", "问题台账": "ledger", "三张清单": "lists",
    "企业": "enterprises", "进展": "progress", "工作": "activities", "达标": "milestones", "口径": "figures",
}  # fmt: skip
"""What stands behind a noun."""


def meant(word: str, *, root: bool) -> str | None:
    """The command that a Chinese name means."""
    return (ROOT if root else VERBS).get(word)


def of(name: str, *, root: bool) -> str:
    """The Chinese name of a command; empty if it has none."""
    return next((word for word, each in (ROOT if root else VERBS).items() if each == name), "")


def known(*, root: bool) -> Iterable[str]:
    """All Chinese names at the top level, or behind nouns."""
    return ROOT if root else VERBS
