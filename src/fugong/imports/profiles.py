"""What an office calls things, kept in the store by a name, so that its next file needs no more than that name."""

import json
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from fugong.domain.writer import Writer
from fugong.errors.imports import UnknownProfile
from fugong.imports.cells.columns import key
from fugong.imports.plan import Plan
from fugong.imports.replacing import Replaced
from fugong.store.records import Profile
from fugong.values import texts
from fugong.values.texts import LINE
from fugong.vocab import Imported, Words


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
        said: dict[str, Any] = json.loads(profile.says)
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
            names = [name for (name,) in writer.session.rows("SELECT name FROM profile ORDER BY name")]
            raise UnknownProfile(name=plan.profile, candidates=names or ["—"])
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
    name, held = plan.profile, _named(writer, plan.profile)
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
    return writer.session.find(Profile, name=" ".join(name.split()))
