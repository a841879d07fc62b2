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
    return f"WHERE team_id IN ({', '.join(str(int(key)) for key in keys)})" if keys else ""
