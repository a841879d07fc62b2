"""Progress by milestone: which enterprise has reached what, and when."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from fugong.db import Reader
from fugong.lang import T
from fugong.queries.as_of import AsOf
from fugong.reports.short_names import short_names
from fugong.results.report import Column, Fields, Mapped, OnScreen, Report, Term
from fugong.vocab import ListName, Words


class Reached(NamedTuple):
    """How far an enterprise is with one milestone."""

    on_date: str
    approximate: bool
    pending: bool

    def __str__(self) -> str:
        """As people read it: a date, or that it is under way."""
        if self.pending:
            return T("未完成", "pending")
        return T(f"约 {self.on_date}", f"about {self.on_date}") if self.approximate else self.on_date


Firm = tuple[int, str, str | None]
"""An enterprise: its key, its name and its team."""


def milestones(reader: Reader, cut: AsOf) -> Report:
    """A row for each enterprise in service, a column for each milestone; the total counts those that reached it."""
    with reader.snapshot():
        terms = _terms(reader)
        firms: list[Firm] = list(
            reader.rows(
                "SELECT enterprise_id, name, team FROM v_enterprise WHERE retired_on IS NULL "
                "ORDER BY team_sort NULLS FIRST, enterprise_id"
            )
        )
        reached = _reached(reader)
    rows = [(name, team, *(reached.get((firm, key)) for key in terms)) for firm, name, team in firms]
    columns = (
        Column("enterprise", Words("企业", "Enterprise")),
        Column("team", Words("组号", "Team")),
        *(Column(term.code, Words(term.zh, term.en)) for term in terms.values()),
    )
    counts = [_count(row[at] for row in rows) for at in range(2, len(columns))]
    return Report(
        Words("进展（按达标事项）", "Progress by milestone"),
        columns,
        rows,
        total=(None, None, *(count["reached"] for count in counts)),
        notes=(cut.words,),
        on_screen=OnScreen(dated=cut.titled),
        document=_document(cut, list(terms.values()), rows, counts),
        zone=reader.zone,
        short_names=lambda: short_names(reader),
    )


def _terms(reader: Reader) -> dict[int, Term]:
    sql = "SELECT id, code, zh, en FROM term WHERE list = :list ORDER BY rank"
    return {key: Term(*term) for key, *term in reader.rows(sql, list=ListName.MILESTONE.value)}


def _reached(reader: Reader) -> dict[tuple[int, int], Reached]:
    sql = "SELECT enterprise_id, term_id, on_date, approximate, pending FROM milestone x"
    return {
        (firm, key): Reached(str(on_date), bool(approximate), bool(pending))
        for firm, key, on_date, approximate, pending in reader.rows(sql)
    }


def _count(column: Any) -> dict[str, int]:
    entered = [each for each in column if each]
    pending = sum(each.pending for each in entered)
    return {"reached": len(entered) - pending, "pending": pending}


def _document(
    cut: AsOf, terms: Sequence[Term], rows: Sequence[tuple[Any, ...]], counts: Sequence[Mapping[str, int]]
) -> dict[str, Any]:
    """What scripts read: each milestone under its code, null where nothing is known."""
    codes = [term.code for term in terms]
    items = [
        {
            "enterprise": name,
            "team": team,
            "milestones": Mapped({code: each and Fields(each) for code, each in zip(codes, reached, strict=True)}),
        }
        for name, team, *reached in rows
    ]
    total = {"enterprises": len(rows), "milestones": Mapped(zip(codes, counts, strict=True))}
    return {**cut.facts, "items": items, "total": total}
