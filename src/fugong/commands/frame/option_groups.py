"""Options that go together, taken by a command as one parameter."""

import inspect
from collections.abc import Callable, Collection
from typing import Any


def spread(command: Callable[..., None], without: Collection[str] = ()) -> Callable[..., None]:
    """A command as Typer reads it: each parameter that is a ``NamedTuple`` replaced by its fields.

    So a dozen filters are declared once, in the tuple, and every command that has them says ``wanted: Filters``.
    The parameters named in ``without`` keep their defaults and are not offered.
    """
    declared = inspect.signature(command).parameters.values()
    bundles = {each.name: each.annotation for each in declared if _is_bundle(each.annotation)}

    def called(*args: Any, **given: Any) -> None:
        for name, bundle in bundles.items():
            given[name] = bundle(**{field: given.pop(field) for field in bundle._fields if field in given})
        command(*args, **given)

    params = [field for each in declared for field in (_fields(each.annotation) if each.name in bundles else [each])]
    params = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in params if each.name not in without]
    called.__name__, called.__doc__ = command.__name__, command.__doc__
    called.__signature__ = inspect.Signature(params)  # type: ignore[attr-defined]  # as functools.wraps does
    called.__wrapped__ = command  # type: ignore[attr-defined]  # the same
    called.__annotations__ = {each.name: each.annotation for each in params}
    return called


def _is_bundle(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, tuple) and hasattr(annotation, "_fields")


def _fields(bundle: Any) -> list[inspect.Parameter]:
    """The fields of a bundle as parameters that are passed by name."""
    return [
        inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=bundle._field_defaults[name], annotation=annotation
        )
        for name, annotation in bundle.__annotations__.items()
    ]
