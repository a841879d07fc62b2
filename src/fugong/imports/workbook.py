"""The sheets of a workbook that sets up a county, one for each kind of record, and the order in which they are read."""

from collections.abc import Iterable

from fugong.values import texts
from fugong.vocab import Words
from fugong.vocab.importing import Imported

SHEETS: dict[Imported, Words] = {
    Imported.CAMPAIGN: Words("专项行动", "Campaign"),
    Imported.CATEGORIES: Words("问题类别", "Categories"),
    Imported.DEPARTMENTS: Words("责任单位", "Departments"),
    Imported.TEAMS: Words("帮扶组", "Teams"),
    Imported.ENTERPRISES: Words("企业名单", "Enterprises"),
    Imported.MEMBERS: Words("组员", "Members"),
    Imported.PROBLEMS: Words("问题台账", "Problems"),
    Imported.ACTIVITIES: Words("工作记录", "Activities"),
}
"""What the sheet of each kind is called. They are read in this order, for each names records of those before it."""
COUNTY = tuple(each for each in SHEETS if each is not Imported.ACTIVITIES)
"""The sheets that an empty workbook has: with what they hold, a county begins."""
NOTES = Words("填写说明", "Notes")
"""The sheet of an empty workbook that says how to fill it in; nobody misses it."""
LISTS = Words("列表", "Lists")
"""Its hidden sheet, of what its columns offer."""
_PRINTED = frozenset({"办理情况 销号日期", "Status Closed on"})
"""A heading of the sheet of an exported ledger that is for printers: two columns folded into one."""


def is_printed(headings: Iterable[str]) -> bool:
    """Whether this is that sheet, whatever it is called by now: what was folded does not come back."""
    return not _PRINTED.isdisjoint(headings)


_ALSO = {
    Imported.CATEGORIES: "类别 问题分类",
    Imported.DEPARTMENTS: "责任单位名单 部门 部门名单 单位名单 职能部门",
    Imported.TEAMS: "帮扶组名单 工作组 分组 分组名单",
    Imported.ENTERPRISES: "企业 企业信息 包联企业 包联企业名单 规上企业 规上企业名单 企业台账",
    Imported.MEMBERS: "组员名单 成员 成员名单 人员名单 帮扶人员 帮扶组成员",
    Imported.PROBLEMS: "问题 问题清单 台账",
    Imported.ACTIVITIES: "工作台账 帮扶记录",
}
_OF = {
    texts.key(name): kind
    for kind, title in SHEETS.items()
    for name in (*title, kind.value, *_ALSO.get(kind, "").split())
}
_ORDER = list(SHEETS)


def kind_of(sheet: str) -> Imported | None:
    """What the rows of a sheet are about by its name; None: that is not said."""
    return _OF.get(texts.key(sheet))


def place_of(sheet: str) -> int:
    """The place of a sheet in the order of reading; sheets of other names are of problems, and come with these."""
    return _ORDER.index(kind_of(sheet) or Imported.PROBLEMS)
