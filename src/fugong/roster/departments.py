"""Writes on departments."""

from collections.abc import Sequence
from typing import Any

from fugong import texts
from fugong.errors.names import NoAlias
from fugong.history import Writer
from fugong.models import Department, DepartmentAlias
from fugong.roster.naming import Naming
from fugong.vocab import Kind


def add_department(writer: Writer, name: str, *, aliases: Sequence[str] = (), **about: Any) -> Department:
    """Enter a department.

    Raises:
        NameTaken: A name or alias belongs to another.
    """
    naming = Naming(writer.session)
    naming.must_be_free(Kind.DEPARTMENT, [name, *aliases])
    department = Department(**naming.keys(name), **about, aliases=naming.aliases(DepartmentAlias, aliases))
    writer.add(department)
    return department


def correct_department(
    writer: Writer,
    department: Department,
    *,
    name: str | None = None,
    more: Sequence[str] = (),
    fewer: Sequence[str] = (),
    **about: Any,
) -> bool:
    """Correct a department. Its old name stays an alias, so that what is written elsewhere still finds it.

    Args:
        writer: The command's writer.
        department: Which one.
        name: Its new name.
        more: Aliases to add.
        fewer: Aliases to take away.
        about: Its other attributes.

    Returns:
        Whether anything differed.

    Raises:
        NameTaken: A name or alias belongs to another.
        NoAlias: It has no such alias to take away.
    """
    naming = Naming(writer.session)
    named = naming.keys(name) if name is not None else {"name": department.name, "key": department.key}
    renamed = named["key"] != department.key
    naming.must_be_free(Kind.DEPARTMENT, [named["name"], *more], mine=department)
    gone = {texts.key(alias): alias for alias in fewer}
    for alias in gone.keys() - {held.key for held in department.aliases}:
        raise NoAlias(name=department.name, alias=gone[alias])
    kept = [held.name for held in department.aliases if held.key not in {*gone, named["key"]}]
    added = [alias for alias in more if texts.key(alias) != named["key"]]
    wanted = [*kept, *([department.name] if renamed else []), *added]
    rows = naming.aliases(DepartmentAlias, wanted, department.aliases)
    return writer.change(department, {**about, **named, "aliases": rows})
