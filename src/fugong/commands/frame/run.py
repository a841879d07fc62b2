"""What the command line says for every command."""

from collections.abc import Sequence

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
