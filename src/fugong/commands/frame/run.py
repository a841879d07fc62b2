"""What the command line says for every command."""

from collections.abc import Sequence
from itertools import pairwise, takewhile

from fugong.vocab import Format


class Run:
    """What the command line says to every command: it is ``ctx.obj``, and is filled in while the line is parsed.

    It outlives the parsing, so that a failure is told in the form that was asked for.
    """

    def __init__(self, words: Sequence[str] = ()) -> None:
        self.words = words
        """The command line itself, for what must be known before it is parsed."""
        self.agreed = set()
        self.remarks = []

    store: str | None = None
    """Where the store is; None until the global options are parsed."""
    fmt: Format | None = None
    """What ``--format`` says, once ``parsed``."""
    json: bool = False
    """Whether ``--json`` was given."""
    parsed: bool = False
    """Whether the whole command line is known."""
    agreed: set[str]
    """The doubtful things that somebody has agreed to."""
    remarks: list[str]
    """What is to be said of doubtful things that were done, once they are committed."""

    @property
    def wants_json(self) -> bool:
        """Whether the command line asks for JSON: as it was parsed, or as far as its words tell if it was not."""
        if self.parsed:
            return self.fmt is Format.JSON
        return (
            self.json
            or "--json" in self._before_texts()
            or any((self.typed(name) or "").lower() == "json" for name in ("--format", "-f"))
        )

    def typed(self, name: str) -> str | None:
        """What an option is given where the command line is not parsed, as far as can be told from its words."""
        joined = f"{name}=" if name.startswith("--") else name
        for word, value in pairwise([*self._before_texts(), ""]):
            if word.lower() == name:
                return value
            if word.lower().startswith(joined):
                return word[len(joined) :]
        return None

    def _before_texts(self) -> Sequence[str]:
        """The words before ``--``, behind which there is no option."""
        return list(takewhile(lambda word: word != "--", self.words))
