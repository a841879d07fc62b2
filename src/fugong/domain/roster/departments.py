"""Writes on departments."""

from collections.abc import Sequence
from typing import Any

from fugong.domain.naming import Naming
from fugong.domain.writer import Writer
from fugong.store.records import Department, DepartmentAlias
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
    named, wanted = naming.called(department, name=name, more=more, fewer=fewer)
    aliases = naming.aliases(DepartmentAlias, wanted, department.aliases)
    return writer.change(department, {**about, **named, "aliases": aliases})
