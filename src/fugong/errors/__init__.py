"""Refusals: what the program will not do, why, and what to type next, in both languages.

Every refusal has a code that scripts can rely on (docs/exit-codes.md lists them), parameters, and one
sentence per language. A parameter that is a sequence is joined by the language's comma; one with
``zh`` and ``en`` is said in the language.
"""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from fugong.vocab import ExitCode


class Refusal(Exception):
    """The base of all refusals. Nothing was written when one is raised; a ``StoreDoubtful`` says otherwise."""

    code: ClassVar[str]
    zh: ClassVar[str]
    en: ClassVar[str]
    exit_code: ClassVar[ExitCode] = ExitCode.REFUSED

    def __init__(self, **params: Any) -> None:
        super().__init__(self.code, params)
        self.params = params

    def sentence(self, *, chinese: bool) -> str:
        """The refusal in one language."""
        template = self.zh if chinese else self.en
        return template.format(**{key: _said(value, chinese) for key, value in self.params.items()})


def _said(value: Any, chinese: bool) -> str:
    """One parameter as text: a named thing by its name, a sequence joined."""
    if hasattr(value, "zh"):
        return str(value.zh if chinese else value.en)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ("、" if chinese else ", ").join(_said(item, chinese) for item in value)
    return str(value)


def catalogue(base: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """Every refusal there is: what the documents list and the tests hold to the same rules."""
    from importlib import import_module
    from pkgutil import iter_modules

    for module in iter_modules(__path__, f"{__name__}."):
        import_module(module.name)
    for refusal in base.__subclasses__():
        yield refusal
        yield from catalogue(refusal)
