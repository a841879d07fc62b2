"""Parameters that take a code: ``--status closed``, or by either of its names, ``--status 已销号``."""

from typing import Any

from typer._types import TyperChoice

from fugong.vocab import Coded


class Codes(TyperChoice[str]):
    """The codes of one enumeration and their names; completion keeps to the codes."""

    def __init__(self, kind: type[Coded]) -> None:
        super().__init__([each.value for each in kind])
        self.kind = kind

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        """The code that was meant; Typer makes the member of it."""
        typed = str(value).strip().casefold()
        code = next((each.value for each in self.kind if typed in _names(each)), value)
        return super().convert(code, param, ctx)


def _names(each: Coded) -> tuple[str, ...]:
    return each.value.casefold(), each.zh.casefold(), each.en.casefold()
