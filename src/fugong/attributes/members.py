"""The attributes of a team's member."""

from fugong.attributes import INFERRED, PHONE, REMARK, RETIRED, UID, Attribute
from fugong.results.report import Cell
from fugong.values.texts import NAME
from fugong.vocab import Duty, Kind, Party, Words

ATTRIBUTES = (
    Attribute("team", Words("帮扶组", "team"), refers=Kind.TEAM, head=Words("组号", "Team"), brief=True),
    Attribute("name", Words("名称", "name"), limit=NAME, needed=True, head=Words("姓名", "Name"), brief=True),
    Attribute("unit", Words("单位", "unit"), limit=NAME, brief=True),
    Attribute("post", Words("职务", "post"), limit=NAME, brief=True),
    Attribute("duties", Words("职责", "duties"), Cell.CODES, codes=Duty, brief=True, within=True),
    Attribute(
        "enterprise",
        Words("企业", "enterprise"),
        refers=Kind.ENTERPRISE,
        head=Words("包联企业", "Looks after"),
        brief=True,
    ),
    Attribute("phone", PHONE, limit=NAME, brief=True),
    Attribute("party", Words("政治面貌", "party status"), Cell.CODE, codes=Party, listed=False),
    UID,
    *RETIRED,
    INFERRED,
    REMARK,
)
"""In the order in which they are listed."""
