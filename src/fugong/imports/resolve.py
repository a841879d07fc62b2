"""The names of a row → records of the store; unknown ones are made or reported together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from fugong.domain.writer import Writer
from fugong.errors import Refusal
from fugong.errors.entries import DueBeforeFound, FutureDate
from fugong.imports.cells import values
from fugong.imports.cells.columns import Field
from fugong.imports.cells.rows import Cells, LedgerRow, both, firm
from fugong.imports.cells.values import Years
from fugong.imports.names import Names
from fugong.queries.deadlines import Due
from fugong.store.records import Department, Enterprise, Team, Term
from fugong.vocab import ListName, Words


class Wanted(NamedTuple):
    """A problem as a row wants it, its names looked up."""

    row: LedgerRow
    team: Team
    enterprise: Enterprise | None
    category: Term | None
    department: Department | None
    assist: list[Department]
    found_on: date
    approximate: bool
    due: Due | None


@dataclass(frozen=True, slots=True)
class Filing:
    """What holds for a whole file: stated above its header, or on the command line."""

    years: Years
    day: date | None = None
    """填报日期."""
    team: str | None = None
    """填报单位, where that is a team."""
    reviewed: bool = False
    """Closings are reviewed in this store."""
    approved: bool = False
    """What the file has as closed was reviewed already (``--approved``)."""


def problem(cells: Cells, row: LedgerRow, known: Names, filing: Filing) -> Wanted | None:
    """Look up what a row names; None where something has a fault, which is noted."""
    found_on, due = _dated(cells, row, known, filing)
    _check_order(cells, row, found_on, due, known.writer)
    if row.text is None and not values.shown(cells.cells.get(Field.TEXT)).strip():
        cells.fault(Field.TEXT, _NO_TEXT)
    credited, enterprise = _whose(cells, row, known, filing)
    departments = _looked_up_all(cells, Field.DEPARTMENT, known.departments, row.department)
    assisting = _looked_up_all(cells, Field.ASSIST, known.departments, row.assist)
    category = looked_up(cells, Field.CATEGORY, lambda name: known.term(ListName.CATEGORY, name), row.category)
    if cells.faults:
        alone = sum(cell is not None for cell in cells.cells.values()) == 1
        for name in filter(None, (row.enterprise, row.category, *row.department, *row.assist)):
            known.alone[name] = known.alone.get(name, True) and alone
        return None
    if credited is None:
        cells.fault(Field.TEAM, _NO_FIRM if enterprise is None else _NO_TEAM)
        if enterprise:
            known.without_team(enterprise)
        return None
    return Wanted(
        row,
        credited,
        enterprise,
        category,
        departments[0] if departments else None,
        list(dict.fromkeys([*departments[1:], *assisting])),
        found_on,
        row.approximate or row.found_on is None,
        due,
    )


def like(cells: Cells, before: Wanted, known: Names, filing: Filing) -> Wanted | None:
    """The same of a row that says what one before it did, but for its text and its firm.

    Returns:
        None where one of these has a fault, which is noted, or only one of the two rows is about a firm.
    """
    row = before.row.about_another(cells.text(Field.TEXT), firm(cells))
    if row.text is None or (row.enterprise is None) != (before.enterprise is None):
        return None
    credited, enterprise = _whose(cells, row, known, filing)
    return None if cells.faults or credited is None else Wanted(row, credited, enterprise, *before[3:])


def _whose(cells: Cells, row: LedgerRow, known: Names, filing: Filing) -> tuple[Team | None, Enterprise | None]:
    """The team whose problem it is, and the firm that it is about."""
    stated = row.team or (None if row.enterprise else filing.team)
    team: Team | None = looked_up(cells, Field.TEAM, known.team, stated)
    found: Enterprise | None = looked_up(
        cells, Field.ENTERPRISE, lambda name: known.enterprise(name, team or _default(known, filing)), row.enterprise
    )
    return team or (known.team_of(found) if found else None) or _default(known, filing), found


def _dated(cells: Cells, row: LedgerRow, known: Names, filing: Filing) -> tuple[date, Due | None]:
    """When the problem was found, and its deadline.

    A found date that the row does not state is that of the filing. Neither it nor one that is 约 is later than a date
    that the row does state: what is made up contradicts nothing.
    """
    found_on = row.found_on or filing.day or known.writer.today
    about = row.found_on is None or row.approximate
    if about and row.closed_on:
        found_on = min(found_on, row.closed_on)
    due = _due(cells, found_on, filing.years, known)
    if about and due and due.due_on:
        found_on = min(found_on, due.due_on)
    return found_on, due


def found_before(cells: Cells, wanted: Wanted, found_on: date, known: Names, filing: Filing) -> Wanted:
    """The same of a problem that is there: where the row states no found date, the deadline counts from the known."""
    if wanted.row.found_on:
        return wanted
    return wanted._replace(found_on=found_on, due=_due(cells, found_on, filing.years, known))


def _check_order(cells: Cells, row: LedgerRow, found_on: date, due: Due | None, writer: Writer) -> None:
    """Note dates that have not come, or come before the problem was found."""
    done = Field.CLOSED_ON if cells.cells.get(Field.CLOSED_ON) is not None else Field.DONE_ON
    for at, day in ((Field.FOUND_ON, row.found_on), (done, row.closed_on)):
        if day and day > writer.today and day > writer.newest:
            cells.fault(at, both(FutureDate(date=day, today=writer.newest)))
    if row.closed_on and row.closed_on < found_on:
        cells.fault(
            done,
            Words(
                f"早于提出日期 {found_on}；请改正其中一个",
                f"before the day it was found, {found_on}; mend one of the two",
            ),
        )
    if due and due.due_on and due.due_on < found_on:
        cells.fault(Field.DUE_ON, both(DueBeforeFound(due=due.due_on, found=found_on)))


def _default(known: Names, filing: Filing) -> Team | None:
    """The team that filled the file in."""
    return known.team(filing.team) if filing.team else None


def looked_up(cells: Cells, field: Field, find: Callable[[str], Any], given: str | None) -> Any:
    """The record that a name means; its refusal is a fault of the cell."""
    if given is None:
        return None
    try:
        return find(given)
    except Refusal as refusal:
        cells.fault(field, both(refusal))
        return None


def _looked_up_all(
    cells: Cells, field: Field, find: Callable[[str], list[Department]], given: Sequence[str]
) -> list[Department]:
    """The departments that names mean."""
    return [each for name in given for each in looked_up(cells, field, find, name) or ()]


def _due(cells: Cells, found_on: date, years: Years, known: Names) -> Due | None:
    field = Field.DUE_ON if cells.cells.get(Field.DUE_ON) is not None else Field.DUE_RULE
    found: Due | None = cells.read(field, known.due, found_on, years)
    return found


_NO_TEXT = Words("没有写问题；请填写，或删去这一行", "no problem is described; fill it in, or delete the row")
_NO_FIRM = Words(
    "没有写企业，也没有写帮扶组；请填「帮扶组」一列，或在表头上方写填报单位",
    "neither an enterprise nor a team; fill a column for the team, or name the unit above the header",
)
_NO_TEAM = Words(
    "这家企业没有包联的帮扶组；请在文件里加「帮扶组」一列，或先写明由哪一组包联",
    "no team looks after this enterprise; add a column for the team, or say first which one does",
)
