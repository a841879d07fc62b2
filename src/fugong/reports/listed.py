"""Small conversions that listings share: what the views hold as text, as tuples."""

from collections.abc import Sequence


def listed(stored: str) -> tuple[str, ...]:
    """A list that the store keeps inside a row."""
    import json

    return tuple(json.loads(stored))


def joined(text: str | None) -> tuple[str, ...]:
    """Names that a view joined into one text; no name holds the mark."""
    return tuple(text.split("、")) if text else ()


def of_teams(keys: Sequence[int]) -> str:
    """The condition that narrows a listing to some teams, by their keys."""
    return f"team_id IN ({', '.join(str(int(key)) for key in keys)})" if keys else "1 = 1"


def in_service(everyone: bool) -> str:
    """The condition that leaves out what was retired, unless everyone is wanted."""
    return "1 = 1" if everyone else "retired_on IS NULL"
