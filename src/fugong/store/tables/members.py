"""Who is in a team."""

from typing import Optional

import sqlalchemy as sa
from sqlmodel import Relationship

from fugong.store import column_types
from fugong.store.tables.base import Retiring
from fugong.store.tables.roster import Enterprise, Team
from fugong.values.texts import NAME, TEXT
from fugong.vocab import Kind, Party


class Member(Retiring, table=True):
    """A named member of a team (组员)."""

    record_kind = Kind.MEMBER
    __table_args__ = (sa.UniqueConstraint("team_id", "name"),)

    team_id: int | None = column_types.reference("team", null=False)
    name: str = column_types.text("name", NAME)
    unit: str | None = column_types.maybe_text("unit", NAME)
    post: str | None = column_types.maybe_text("post", NAME)
    duties: list[str] = column_types.short_list()
    """Codes of ``vocab.Duty``."""
    enterprise_id: int | None = column_types.reference("enterprise")
    phone: str | None = column_types.maybe_text("phone", NAME)
    """Personal: every output masks it unless it is asked for."""
    party: Party | None = column_types.code("party", Party, null=True, default=None)
    """Personal: counted for each team, never listed."""
    inferred: bool = column_types.flag("inferred")
    remark: str | None = column_types.maybe_text("remark", TEXT)
    team: Team = Relationship()
    enterprise: Optional[Enterprise] = Relationship()
