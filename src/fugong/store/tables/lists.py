"""The lists that are data."""

import sqlalchemy as sa

from fugong.store import column_types
from fugong.store.tables.base import Retiring
from fugong.values.texts import NAME
from fugong.vocab import CategoryGroup, Kind, ListName


class Term(Retiring, table=True):
    """An entry of one of the lists that are data: categories, kinds of work, milestones, presets."""

    record_kind = Kind.TERM
    __table_args__ = (sa.UniqueConstraint("list", "code"), sa.UniqueConstraint("list", "zh"))

    list: ListName = column_types.code("list", ListName)
    code: str = column_types.text("code", NAME)
    zh: str = column_types.text("zh", NAME)
    en: str = column_types.text("en", NAME)
    rank: int = 0
    """Its place in the list."""
    grp: CategoryGroup | None = column_types.code("grp", CategoryGroup, null=True, default=None)
    """Of a category: the method it belongs to."""
    rule: str | None = column_types.maybe_text("rule", NAME)
    """Of a deadline preset: the rule it stands for, as 7d or 1m."""
