"""The attributes of an assistance team."""

from fugong.attributes import INFERRED, REMARK, RETIRED, UID, Attribute
from fugong.results.report import Cell
from fugong.values.texts import NAME
from fugong.vocab import Words

ATTRIBUTES = (
    Attribute(
        "code",
        Words("代码", "code"),
        null=False,
        head=Words("组号", "Code"),
        key="team",
        brief=True,
        headings="组号 代码 编码 code",
    ),
    Attribute(
        "name",
        Words("名称", "name"),
        limit=NAME,
        needed=True,
        head=Words("帮扶组", "Team"),
        brief=True,
        headings="名称 帮扶组名称 组名 帮扶工作组 企业帮扶组 帮扶工作队",
    ),
    Attribute("leader", Words("组长", "leader"), brief=True, tracked=False, headings="组长 组长姓名 负责人"),
    Attribute("members_named", Words("具名组员", "members named"), Cell.COUNT, brief=True, tracked=False),
    Attribute(
        "expected_headcount",
        Words("应有人数", "headcount expected"),
        Cell.COUNT,
        null=True,
        head=Words("应有人数", "Headcount"),
        brief=True,
        headings="应有人数 人数 组员人数",
    ),
    Attribute("party_members", Words("党员", "party members"), Cell.COUNT, null=True, brief=True, tracked=False),
    Attribute("activists", Words("入党积极分子", "activists"), Cell.COUNT, null=True, tracked=False),
    Attribute(
        "enterprises_named",
        Words("具名企业", "firms named"),
        Cell.COUNT,
        brief=True,
        tracked=False,
    ),
    Attribute(
        "expected_enterprises",
        Words("应包联数", "enterprises expected"),
        Cell.COUNT,
        null=True,
        head=Words("应包联", "Firms expected"),
        key="enterprises_expected",
        brief=True,
        headings="应包联数 包联企业数 企业数",
    ),
    Attribute(
        "branch",
        Words("党支部", "party branch"),
        limit=NAME,
        headings="党支部 临时党支部",
    ),
    Attribute("units", Words("成员单位", "units"), Cell.LIST, brief=True, within=True, headings="成员单位 组成单位"),
    Attribute("units_complete", Words("成员单位齐全", "units complete"), Cell.FLAG),
    Attribute("county", Words("县", "county"), limit=NAME, needed=True, headings="县 县区"),
    UID,
    *RETIRED,
    INFERRED,
    REMARK,
)
"""In the order in which they are listed."""
