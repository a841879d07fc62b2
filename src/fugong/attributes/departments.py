"""The attributes of a department."""

from fugong.attributes import INFERRED, REMARK, RETIRED, UID, Attribute
from fugong.results.report import Cell
from fugong.values.texts import NAME
from fugong.vocab import Words

ATTRIBUTES = (
    Attribute("name", Words("名称", "name"), limit=NAME, needed=True, head=Words("责任单位", "Department"), brief=True),
    Attribute("aliases", Words("简称", "aliases"), Cell.LIST, brief=True),
    UID,
    *RETIRED,
    INFERRED,
    REMARK,
)
"""In the order in which they are listed."""
