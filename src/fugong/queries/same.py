"""Records that are one, though two copies entered them: under which uid each is known by now."""

from collections.abc import Mapping

from fugong.queries import Rows


def names(rows: Rows) -> dict[str, str]:
    """By every uid that a record does not have any more: the one that it has."""
    return dict(rows("SELECT DISTINCT named, subject FROM event WHERE named IS NOT NULL"))


def renamed(changes: str, known: Mapping[str, str]) -> str:
    """What an event changed, as JSON, with every record under the uid that it has."""
    for gone, kept in known.items():
        if gone in changes:
            changes = changes.replace(f'"{gone}"', f'"{kept}"')
    return changes
