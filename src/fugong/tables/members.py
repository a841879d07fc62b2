"""Who is in a team."""

from typing import Optional

import sqlalchemy as sa
from sqlmodel import Relationship

from fugong import fields
from fugong.fields import NAME, TEXT
from fugong.tables.base import Retiring
from fugong.tables.roster import Enterprise, Team
from fugong.vocab import Kind, Party


class Member(Retiring, table=True):
    """A named member of a team (组员)."""

    record_kind = Kind.MEMBER
    tracked = (
        "team",
        "name",
        "unit",
        "post",
        "duties",
        "enterprise",
        "phone",
        "party",
        "inferred",
        "remark",
        "retired_on",
        "retired_why",
    )
    __table_args__ = (sa.UniqueConstraint("team_id", "name"),)

    team_id: int | None = fields.reference("team", null=False)
    name: str = fields.text("name", NAME)
    unit: str | None = fields.maybe_text("unit", NAME)
    post: str | None = fields.maybe_text("post", NAME)
    duties: list[str] = fields.short_list()
    """Codes of ``vocab.Duty``."""
    enterprise_id: int | None = fields.reference("enterprise")
    phone: str | None = fields.maybe_text("phone", NAME)
    """Personal: every output masks it unless it is asked for."""
    party: Party | None = fields.code("party", Party, null=True, default=None)
    """Personal: counted for each team, never listed."""
    inferred: bool = fields.flag("inferred")
    remark: str | None = fields.maybe_text("remark", TEXT)
    team: Team = Relationship()
    enterprise: Optional[Enterprise] = Relationship()
