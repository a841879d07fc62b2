"""What the command line asks of an import."""

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from fugong.errors.imports import BadCreate, BadMap
from fugong.imports.cells.columns import Field, fields, known, meant, said
from fugong.imports.lines import of_store, quoted
from fugong.imports.replacing import Replaced
from fugong.values import texts
from fugong.vocab import Kind
from fugong.vocab.importing import Imported, Take

CREATED = {Kind.ENTERPRISE: "enterprises", Kind.DEPARTMENT: "departments", Kind.TERM: "categories"}
"""The kinds of record that an import makes if told to, as ``--create`` calls them."""
_ALSO = {
    "企业": Kind.ENTERPRISE,
    "责任单位": Kind.DEPARTMENT,
    "单位": Kind.DEPARTMENT,
    "问题类别": Kind.TERM,
    "类别": Kind.TERM,
}


class Plan(NamedTuple):
    """What the command line asks for."""

    ledger: Imported | None = None
    """What the rows are about; None: problems, or what a sheet is called after."""
    sheet: str | None = None
    all_sheets: bool = False
    skip_hidden: bool = False
    encoding: str | None = None
    mapped: Mapping[str, str] = {}
    profile: str | None = None
    """Under which name the store keeps what is mapped."""
    keep_unknown: bool = False
    take: Take | None = None
    """Whose word goes where both the file and the ledger were changed; None: that is a fault."""
    revive: bool = False
    """Bring back what somebody voided."""
    approved: bool = False
    """What the file has as closed was reviewed already."""
    year: int | None = None
    create: Mapping[Kind, frozenset[str] | None] = {}
    """What may be made: by kind, the names, or None for every name."""
    replaced: Sequence[Replaced] = ()
    """Values of the file for which others stand."""
    dry_run: bool = False
    keep_going: bool = False
    rejects: Path | None = None
    """Where bad rows go, with ``keep_going``."""
    force: bool = False

    @property
    def rows_about(self) -> Imported:
        """What the rows of a sheet are about that does not say so by its name."""
        return self.ledger or Imported.PROBLEMS


def command(location: str, path: Path, plan: Plan, *more: str) -> str:
    """The command line of an import with everything that was asked for, and more; it runs as it is pasted."""
    if "--create" in more:
        at = more.index("--create")
        plan = plan._replace(create={**plan.create, **creatable([more[at + 1]])})
        more = (*more[:at], *more[at + 2 :])
    words = ["fugong", *of_store(location), "import", str(path)]
    words += ["--kind", plan.ledger.value] if plan.ledger else []
    for option, value in (
        ("--sheet", plan.sheet), ("--encoding", plan.encoding), ("--year", plan.year), ("--take", plan.take),
        ("--profile", plan.profile),
    ):  # fmt: skip
        words += [option, str(value)] if value is not None else []
    for name, field in plan.mapped.items():
        words += ["--map", f"{name}={field}"]
    for option, asked in (
        ("--all-sheets", plan.all_sheets), ("--skip-hidden", plan.skip_hidden), ("--keep-unknown", plan.keep_unknown),
        ("--revive", plan.revive), ("--approved", plan.approved), ("--keep-going", plan.keep_going),
        ("--dry-run", plan.dry_run),
    ):  # fmt: skip
        words += [option] if asked else []
    words += (
        ["--force"] if plan.force or (plan.keep_going and not plan.dry_run) else []
    )  # the bad rows are there by now
    for each in plan.replaced:
        words += ["--map-value", each.typed(plan.rows_about)]
    whole = [CREATED[kind] for kind, names in plan.create.items() if names is None]
    more = (*more, *(["--create", ",".join(whole)] if whole else []))
    for kind, names in plan.create.items():
        more = (*more, *(["--create", f"{CREATED[kind]}:{'、'.join(sorted(names))}"] if names else []))
    return " ".join(map(quoted, (*words, *more)))


def mapping(given: Collection[str], ledger: Imported) -> dict[str, str]:
    """What ``--map 列名=字段`` says; the field goes by any name that headings have.

    Raises:
        BadMap: It is not of that form, or there is no such field.
    """
    result = {}
    for text in given:
        name, mark, target = text.rpartition("=")
        wanted = meant(known(ledger), target) if mark and target.strip() else None
        if not name.strip() or wanted is None or wanted is Field.COMPUTED:
            raise BadMap(given=text, candidates=[said(ledger, each) for each in fields(ledger)])
        result[name] = wanted.value
    return result


def creatable(given: Collection[str]) -> dict[Kind, frozenset[str] | None]:
    """What ``--create enterprises,departments`` names, or ``--create enterprises:庚公司、辛公司``, name by name.

    Raises:
        BadCreate: It names something else.
    """
    kinds = {option: kind for kind, option in CREATED.items()} | _ALSO
    result: dict[Kind, frozenset[str] | None] = {}
    for text in given:
        said_, mark, chosen = text.replace("：", ":", 1).partition(":")
        wanted = [part.strip() for part in said_.replace("，", ",").split(",")]
        names = frozenset(name for part in re.split("[、,，]", chosen) if (name := texts.key(part)))
        for each in wanted:
            if each not in kinds or (mark and not names):
                raise BadCreate(given=text, candidates=list(CREATED.values()))
            kind = kinds[each]
            held = result.get(kind, frozenset())
            result[kind] = None if not mark or held is None else held | names
    return result
