"""What an office calls things, kept in the store by a name, so that its next file needs no more than that name."""

import json
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from fugong.db import Reader
from fugong.domain.writer import Writer
from fugong.errors.imports import UnknownProfile
from fugong.imports.cells.columns import Field, key, said
from fugong.imports.plan import Plan
from fugong.imports.replacing import Replaced
from fugong.lang import T
from fugong.results.report import Cell, Column, Report
from fugong.store.records import Profile
from fugong.values import texts
from fugong.values.texts import LINE
from fugong.vocab import Words
from fugong.vocab.importing import Imported


class Said(NamedTuple):
    """What a profile says: the mappings of an import, and the columns of the file that it was made for."""

    ledger: Imported | None
    mapped: dict[str, str]
    replaced: list[Replaced]
    keep_unknown: bool
    columns: frozenset[str]

    @classmethod
    def of(cls, profile: Profile) -> "Said":
        """What a stored profile says."""
        return cls.read(profile.says)

    @classmethod
    def read(cls, says: str) -> "Said":
        """The same of its text."""
        said: dict[str, Any] = json.loads(says)
        ledger = Imported(said["kind"]) if said["kind"] else None
        replaced = [Replaced(*each) for each in said["values"]]
        return cls(ledger, said["map"], replaced, said["keep_unknown"], frozenset(said["columns"]))

    def text(self) -> str:
        """As it is stored."""
        said = {
            "columns": sorted(self.columns), "keep_unknown": self.keep_unknown,
            "kind": self.ledger.value if self.ledger else None, "map": self.mapped, "values": self.replaced,
        }  # fmt: skip
        return json.dumps(said, ensure_ascii=False, sort_keys=True)

    @property
    def nothing(self) -> bool:
        """Whether it was deleted: then it says nothing, and is there only for its history."""
        return not (self.mapped or self.replaced)


COLUMNS = (
    Column("name", Words("方案", "Profile")),
    Column("kind", Words("表里是什么", "Kind"), Cell.CODE),
    Column("map", Words("列名", "Columns"), Cell.LIST),
    Column("values", Words("值", "Values"), Cell.LIST),
    Column("keep_unknown", Words("不认得的列记入备注", "Keeps unknown columns"), Cell.FLAG),
)


def listed(reader: Reader) -> Report:
    """The profiles, with what each maps as it is typed."""
    rows = []
    for name, says in reader.rows("SELECT name, says FROM profile ORDER BY name"):
        held = Said.read(says)
        ledger = held.ledger or Imported.PROBLEMS
        columns = [f"{heading}={T(*said(ledger, Field(field)))}" for heading, field in held.mapped.items()]
        values = tuple(each.typed(ledger) for each in held.replaced)
        if not held.nothing:
            rows.append((name, ledger, tuple(columns), values, held.keep_unknown))
    return Report(Words("导入方案", "Profiles"), COLUMNS, rows, zone=reader.zone)


def forget(writer: Writer, name: str) -> str:
    """Delete a profile, and give its name: it says nothing from now on.

    Raises:
        UnknownProfile: There is none of that name.
    """
    held = _named(writer, name)
    if held is None:
        raise _unknown(writer, name)
    writer.change(held, {"says": Said(None, {}, [], keep_unknown=False, columns=frozenset()).text()})
    return held.name


def _unknown(writer: Writer, name: str) -> UnknownProfile:
    known = [each.name for each in writer.session.all(Profile, "1 = 1 ORDER BY t.name") if not Said.of(each).nothing]
    return UnknownProfile(name=name, candidates=known or ["—"])


def used(writer: Writer, plan: Plan) -> Plan:
    """The plan with what its profile says; what this command line says comes before it.

    Raises:
        UnknownProfile: There is none of that name, and nothing to keep under it.
    """
    if plan.profile is None:
        return plan
    held = _named(writer, plan.profile)
    if held is None:
        if not (plan.mapped or plan.replaced):
            raise _unknown(writer, plan.profile)
        return plan
    said, given = Said.of(held), {(each.field, texts.key(each.value)) for each in plan.replaced}
    return plan._replace(
        ledger=plan.ledger or said.ledger,
        mapped={**said.mapped, **plan.mapped},
        replaced=[
            *plan.replaced,
            *(each for each in said.replaced if (each.field, texts.key(each.value)) not in given),
        ],
        keep_unknown=plan.keep_unknown or said.keep_unknown,
    )


def keep(writer: Writer, plan: Plan, headings: Iterable[str]) -> Words | None:
    """Keep what this import was told of its file; what to say of that, if it is new."""
    if plan.profile is None:
        return None
    name, held = plan.profile, writer.session.find(Profile, name=_plain(plan.profile))
    columns = frozenset(filter(None, map(key, headings)))
    said = Said(plan.ledger, dict(plan.mapped), list(plan.replaced), plan.keep_unknown, columns)
    if held is None:
        clean = texts.clean_name(name, what=Words("方案名称", "profile"), limit=LINE)
        writer.add(Profile(name=clean, says=said.text()))
        return Words(
            f"列名和值的对照已记为方案「{name}」；下次：--profile {name}",
            f"the mappings are kept as profile “{name}”; next time: --profile {name}",
        )
    before = Said.of(held)
    if before._replace(columns=columns) != said and writer.change(held, {"says": said.text()}):
        return Words(f"方案「{name}」的对照已更新", f"profile “{name}” was brought up to date")
    return None


def fitting(writer: Writer, headings: Collection[str], mapped: Collection[str]) -> str | None:
    """The one profile that was made for a file with these columns, and says something of them that is not said yet."""
    columns, told = set(map(key, headings)), set(map(key, mapped))
    found = [
        each.name
        for each in writer.session.all(Profile, "1 = 1 ORDER BY t.name")
        for said in [Said.of(each)]
        if said.columns and said.columns <= columns
        if not set(map(key, said.mapped)) <= told or (said.replaced and not told)
    ]
    return found[0] if len(found) == 1 else None


def _named(writer: Writer, name: str) -> Profile | None:
    """The profile of a name, unless it was deleted."""
    held = writer.session.find(Profile, name=_plain(name))
    return None if held is None or Said.of(held).nothing else held


def _plain(name: str) -> str:
    return " ".join(name.split())
