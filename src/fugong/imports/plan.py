"""What the command line asks of an import."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import NamedTuple

from fugong.errors.imports import BadCreate, BadMap
from fugong.imports.cells.columns import fields, said
from fugong.vocab import Imported, Kind, Take

CREATED = {Kind.ENTERPRISE: "enterprises", Kind.DEPARTMENT: "departments"}
"""The kinds of record that an import makes if told to, as ``--create`` calls them."""


class Plan(NamedTuple):
    """What the command line asks for."""

    ledger: Imported = Imported.PROBLEMS
    sheet: str | None = None
    all_sheets: bool = False
    skip_hidden: bool = False
    encoding: str | None = None
    mapped: Mapping[str, str] = {}
    keep_unknown: bool = False
    take: Take | None = None
    """Whose word goes where both the file and the ledger were changed; None: that is a fault."""
    revive: bool = False
    """Bring back what somebody voided."""
    year: int | None = None
    create: Collection[Kind] = ()
    dry_run: bool = False
    keep_going: bool = False
    rejects: Path | None = None
    """Where bad rows go, with ``keep_going``."""
    force: bool = False


def mapping(given: Collection[str], ledger: Imported) -> dict[str, str]:
    """What ``--map 列名=字段`` says.

    Raises:
        BadMap: It is not of that form, or there is no such field.
    """
    known = {each.value: each.value for each in fields(ledger)}
    known |= {said(ledger, each).zh: each.value for each in fields(ledger)}
    result = {}
    for text in given:
        name, mark, target = text.rpartition("=")
        if not (name.strip() and mark and target.strip() in known):
            raise BadMap(given=text, candidates=[said(ledger, each) for each in fields(ledger)])
        result[name] = known[target.strip()]
    return result


def creatable(given: Collection[str]) -> list[Kind]:
    """What ``--create enterprises,departments`` names.

    Raises:
        BadCreate: It names something else.
    """
    known = {option: kind for kind, option in CREATED.items()}
    wanted = [part.strip() for text in given for part in text.replace("，", ",").split(",")]
    for each in wanted:
        if each not in known:
            raise BadCreate(given=each, candidates=list(known))
    return [known[each] for each in wanted]
