"""Problems of which a cut-off leaves out one act alone, the last: they stood as that act says that it found them.

Most of what differs as of yesterday is of this kind: what somebody assigned, noted or closed today. Its row is that of
now, with what the act changed as it was; the rest of its events need not be read. Whatever is not as plain (two acts
and more, an act that moves another's day or takes it back, histories that met, a moment, a past knowledge) is folded.
"""

from fugong.queries.as_of import AsOf
from fugong.queries.dialects import Dialect
from fugong.queries.forms import PARTS, forms

TABLE = "problem"
_ACTS = ("assign", "note", "chase", "extend", "close", "verify", "reopen", "void", "escalate")
"""Acts that move the day of no other and count from their own."""


def found(cut: AsOf, words: Dialect) -> str:
    """These problems, each with what the act changed; there are none where the cut-off is not just a day."""
    if cut.known is not None or cut.at is not None:
        return "SELECT e.subject, e.changes FROM now_event e WHERE 1 = 0"
    listed = [attribute for table, attribute, *_ in PARTS.values() if table == TABLE]
    untold = " AND ".join(
        f"e.changes NOT LIKE '%\"{name}\":[%'" for name in (*listed, *forms(TABLE).listed, "found_on")
    )
    closed_on = words.at.format("e.changes", "closed_on", 1)
    return (
        f"SELECT e.subject, e.changes FROM (SELECT subject FROM later_{TABLE} GROUP BY subject HAVING count(*) = 1) o "
        "JOIN now_event e ON e.id = (SELECT max(m.id) FROM now_event m WHERE m.subject = o.subject) "
        f"WHERE e.on_date > '{cut.day}' AND e.act IN ({', '.join(map(repr, _ACTS))}) AND {untold} "
        f"AND (e.act <> 'close' OR {closed_on} > '{cut.day}') "
        "AND NOT EXISTS (SELECT 1 FROM now_event h WHERE h.subject = o.subject AND h.place IS NOT NULL)"
    )


def columns(words: Dialect, referred: dict[str, str]) -> dict[str, str]:
    """The columns of these problems as they stood, on their row ``p`` of now and the act ``o``.

    Args:
        words: How the engine reads what events hold.
        referred: By reference: SQL for the key of the record that the act says it was, with a place for that text.
    """
    held = forms(TABLE)
    said: dict[str, str] = {}

    def was(name: str, form: str) -> str:
        return form.format(words.at.format("o.changes", name, 0))

    said |= {name: was(name, words.text) for name in held.texts}
    said |= {name: was(name, words.day) for name in held.days}
    said |= {name: was(name, words.flag) for name in held.flags}
    said |= {name: was(name, words.maybe) for name in held.maybes}
    said |= {name: was(name, "CAST({0} AS INTEGER)") for name in held.numbers}
    said |= {name: words.text.format(was(name, "coalesce({0}, '[]')")) for name in held.lists}
    for name in held.counters:
        old, new = (f"coalesce(CAST({words.at.format('o.changes', name, at)} AS INTEGER), 0)" for at in (0, 1))
        said[name] = f"nullif(p.{name} - {new} + {old}, 0)"
    told = {name: _told(name, value, name) for name, value in said.items()}
    return told | {
        f"{name}_id": _told(name, form.format(words.at.format("o.changes", name, 0)), f"{name}_id")
        for name, form in referred.items()
    }


def _told(name: str, value: str, column: str) -> str:
    return f"CASE WHEN o.changes LIKE '%\"{name}\":[%' THEN {value} ELSE p.{column} END"
