"""Progress by kind of work: how often it was done, and what it amounts to.

Quantities are added for each item and unit by themselves: masks and slogans, or pieces and boxes, have no sum.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from fugong.db import Reader
from fugong.queries.as_of import AsOf
from fugong.results.report import Cell, Column, OnScreen, Report, Term, record
from fugong.values import quantities
from fugong.values.quantities import Quantity
from fugong.vocab import KINDS, Role, Words

COLUMNS = (
    Column("role", Words("角色", "Role"), Cell.CODE),
    Column("kind", Words("方式", "Kind"), Cell.TERM, blank=Words("（方式不详）", "(not known)")),
    Column("activities", Words("次数", "Activities"), Cell.COUNT),
    Column("amounts", Words("数量", "Amounts"), Cell.LIST, machine=False),
)
TOTAL_COLUMNS = (
    Column("item", Words("物品", "Item")),
    Column("quantity", Words("数量", "Quantity")),
    Column("unit", Words("单位", "Unit")),
    Column("activities", Words("次数", "Activities"), Cell.COUNT),
)

Group = tuple[str, int | None]
"""A role, and the key of a kind of work or None."""
Kind = tuple[Role, int | None, Term | None]


class What(NamedTuple):
    """An item and its unit: quantities of the same one can be added."""

    item: str | None
    unit: str | None


class Amount(NamedTuple):
    """A sum, and how many activities are in it."""

    quantity: Quantity
    activities: int

    def plus(self, other: "Amount") -> "Amount":
        """Both together."""
        return Amount(self.quantity.plus(other.quantity), self.activities + other.activities)


Amounts = Mapping[What, Amount]


def kinds(reader: Reader, cut: AsOf) -> Report:
    """A row for each role and kind of work, and the totals for each item and unit."""
    with reader.snapshot():
        counts = _counts(reader)
        amounts = _amounts(reader)
        rows = [
            (role, term, counts[role, key], tuple(map(_said, amounts.get((role, key), {}).items())))
            for role, key, term in _kinds(reader, counts)
        ]
        found = [amounts.get((role, key), {}) for role, key, _ in _kinds(reader, counts)]
    overall = _together(found)
    row_of = record(COLUMNS)
    items = [row_of(row) | {"totals": _for_json(each)} for row, each in zip(rows, found, strict=True)]
    total = {"activities": counts.total(), "totals": _for_json(overall)}
    return Report(
        Words("进展（按方式）", "Progress by kind of work"),
        COLUMNS,
        rows,
        total=(None, None, counts.total(), ()),
        notes=(cut.words,),
        on_screen=OnScreen(dated=cut.titled),
        footer=_footer(overall) if overall else None,
        document={**cut.facts, "items": items, "total": total},
        zone=reader.zone,
    )


def _kinds(reader: Reader, counts: Counter[Group]) -> list[Kind]:
    """The kinds of each role in the order of their list; at its end what has none, if there is such work."""
    sql = "SELECT id, code, zh, en FROM term WHERE list = :list ORDER BY rank"
    listed: list[Kind] = []
    for role in Role:
        listed += [(role, key, Term(*term)) for key, *term in reader.rows(sql, list=KINDS[role].value)]
        listed += [(role, None, None)] if (role, None) in counts else []
    return listed


class Done(NamedTuple):
    """The work of one role in some days."""

    times: int
    kinds: Sequence[tuple[Term, int]]
    amounts: Sequence[str]


def done(reader: Reader, start: date, end: date) -> dict[Role, Done]:
    """What was done in some days, by role: how often, in which ways, and what it amounts to."""
    within = f"x.on_date BETWEEN '{start}' AND '{end}'"
    counts, amounts = _counts(reader, within), _amounts(reader, within)
    listed = _kinds(reader, counts)
    made = {}
    for role in Role:
        groups = [(role, key) for each, key, _ in listed if each is role]
        ways = [(term, counts[role, key]) for each, key, term in listed if each is role and term and counts[role, key]]
        sums = _together(amounts.get(group, {}) for group in groups)
        made[role] = Done(sum(counts[group] for group in groups), ways, [*map(_said, sums.items())])
    return made


def _counts(reader: Reader, where: str = "1 = 1") -> Counter[Group]:
    counted = f"SELECT role, kind_id, count(*) FROM activity x WHERE {where} GROUP BY role, kind_id"
    return Counter({(role, key): count for role, key, count in reader.rows(counted)})


def _amounts(reader: Reader, where: str = "1 = 1") -> dict[Group, dict[What, Amount]]:
    """The sums of each kind, for each item and unit in the order in which they came up first."""
    sql = (
        "SELECT role, kind_id, item, unit, quantity, count(*) FROM activity x "
        f"WHERE quantity IS NOT NULL AND {where} "
        "GROUP BY role, kind_id, item, unit, quantity ORDER BY min(id)"
    )
    sums: dict[Group, dict[What, Amount]] = {}
    for role, key, item, unit, quantity, count in reader.rows(sql):
        _add(
            sums.setdefault((role, key), {}), What(item, unit), Amount(_times(quantities.read(quantity), count), count)
        )
    return sums


def _times(quantity: Quantity, count: int) -> Quantity:
    return Quantity(*(each * Decimal(count) for each in quantity))


def _together(parts: Iterable[Amounts]) -> dict[What, Amount]:
    """The sums of several kinds together."""
    sums: dict[What, Amount] = {}
    for part in parts:
        for what, amount in part.items():
            _add(sums, what, amount)
    return sums


def _add(sums: dict[What, Amount], what: What, amount: Amount) -> None:
    sums[what] = sums[what].plus(amount) if what in sums else amount


def _said(pair: tuple[What, Amount]) -> str:
    """A sum in words: 口罩 1500只, masks 300 pieces."""
    (item, unit), (quantity, _) = pair
    counted = " ".join((str(quantity), unit)) if unit and unit.isascii() else f"{quantity}{unit or ''}"
    return " ".join(filter(None, (item, counted)))


def _for_json(amounts: Amounts) -> list[dict[str, Any]]:
    """The sums as scripts read them: ``low`` and ``high`` differ where a range is in them."""
    return [
        {
            "item": what.item,
            "unit": what.unit,
            "quantity": str(amount.quantity),
            "low": quantities.number(amount.quantity.low),
            "high": quantities.number(amount.quantity.high),
            "activities": amount.activities,
        }
        for what, amount in amounts.items()
    ]


def _footer(amounts: Amounts) -> Report:
    rows = [(what.item, str(amount.quantity), what.unit, amount.activities) for what, amount in amounts.items()]
    return Report(Words("各种物品合计", "Totals by item and unit"), TOTAL_COLUMNS, rows)
