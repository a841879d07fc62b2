"""Codes of what keeps a store and what corrects it: findings of ``store check``, what can be redacted and redated."""

from fugong.vocab import Coded


class Damage(Coded):
    """What ``store check`` can find wrong with a store."""

    FILE = "file", "文件结构损坏", "damaged file"
    EVIDENCE = "evidence", "附件和登记的不同", "evidence is not what was attached"
    SCHEMA = "schema", "结构与本程序不符", "not this program's tables"
    REFERENCE = "reference", "指向不存在的行", "refers to nothing"
    UNREADABLE = "unreadable", "读不出", "unreadable"
    SEAL = "seal", "内容与封记不符", "not as sealed"
    DERIVED = "derived", "推算列不符", "does not follow from its record"
    STATE = "state", "与办理记录不符", "differs from its events"
    HASH = "hash", "办理记录的摘要不符", "hash does not fit"
    PARENTS = "parents", "办理记录前后不接", "history does not join"
    ORPHAN = "orphan", "办理记录没有主体", "event of nothing"
    TEXT = "text", "办理记录不是规范的写法", "event not in its one text"
    ORDER = "order", "次序被改过", "not in the order of entry"
    UNDOING = "undoing", "撤销与所撤的命令不符", "does not fit what it takes back"
    VALUE = "value", "没有这样的设置", "no such setting"
    CHAIN = "chain", "命令前后不接", "command does not join its chain"
    GAP = "gap", "缺少一条", "one is missing"
    BATCH = "batch", "命令没有办理记录", "command without an event"


class Remedy(Coded):
    """What to do about a finding of ``store check``."""

    RESTORE = "restore", "用备份恢复：fugong store restore 备份文件", "restore a backup: fugong store restore FILE"
    COMPARE = (
        "compare",
        "先与备份核对，再用 fugong store restore 恢复",
        "compare with a backup, then use fugong store restore",
    )
    ATTACH = "attach", "重新附上原来的文件：fugong attach 编号 文件", "attach the file again: fugong attach ID FILE"


class Redactable(Coded):
    """Which words of a record can be redacted (涂去)."""

    TEXT = "text", "描述", "text"
    HOW = "how", "解决措施", "measure"
    NOTE = "note", "办理记录里的文字", "texts of the history"
    PERSON = "person", "责任人", "person responsible"
    REMARK = "remark", "备注", "remark"
    ITEM = "item", "物品", "item"
    PLACE = "place", "地点", "place"
    DONE_BY = "done_by", "经办人", "done by"
    GUESTS = "guests", "邀请人员", "guests"
    RESULTS = "results", "检查结果", "results"


class Redated(Coded):
    """Acts on a problem of which the day can be corrected (改日期)."""

    LOG = "log", "登记", "logged"
    ASSIGN = "assign", "交办", "assigned"
    NOTE = "note", "记录", "noted"
    BOUNCE = "bounce", "退回", "bounced"
    CHASE = "chase", "催办", "chased"
    CLOSE = "close", "销号", "closed"
    APPLY = "apply", "申请销号", "put up for closing"
    APPROVE = "approve", "审核通过", "approved"
    REJECT = "reject", "审核不通过", "sent back"
    VERIFY = "verify", "回访", "verified"
    REOPEN = "reopen", "重开", "reopened"
    VOID = "void", "作废", "voided"
    ESCALATE = "escalate", "上报", "escalated"
    WITHDRAW = "withdraw", "撤回上报", "withdrawn from above"
