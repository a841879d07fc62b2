"""What a seed file last said of a row, where copies loaded other words of it: that of the later load (history.md §6).

A load that says something new tells it by an event. So the later load of a row is the last one in the order of all
copies that told something of it; what whoever knew of it keeps is kept, and of several such, which differ in what no
event tells, the greater text, so that all copies keep the same.
"""

from collections.abc import Sequence

from fugong.domain import redacting
from fugong.domain.merging import redactions
from fugong.domain.merging.commands import Commands
from fugong.keeping.taking import Taken
from fugong.queries import same
from fugong.store.records import Loaded
from fugong.store.session import Session


def keep(session: Session, every: Sequence[Taken], before: int) -> None:
    """Keep of each row what the later load said.

    Args:
        session: The store, in which all that came stands.
        every: What was taken, from each file.
        before: The key of the last command that was here before.
    """
    commands, names, knowing = Commands(session), same.names(session.rows), set[tuple[str, str]]()
    for taken in every:
        for section, key, told, content in taken.loaded:
            subject = names.get(told, told)
            row = session.find(Loaded, section=section, key=key)
            left = redacting.unsaid(session, subject, content) if redactions.redacted(session, [subject]) else content
            if row is None or row.content == left:
                continue
            load = next(session.rows(_LAST, subject=subject), None)
            here = load is None or load[0] <= before or (section, key) in knowing
            if (load is None or _knew(session, commands, taken, load[0])) and (not here or left > row.content):
                row.subject, row.content = subject, left
                session.save(row)
                knowing.add((section, key))


def _knew(session: Session, commands: Commands, taken: Taken, load: int) -> bool:
    """Whether who gave a file knew of a load."""
    heads = taken.heads or ([taken.last] if taken.last else [])
    keys = [
        key for head in heads for (key,) in session.rows("SELECT id FROM batch WHERE digest = :digest", digest=head)
    ]
    return any(commands.knew(key, load) for key in keys)


_LAST = """
SELECT b.id FROM event e JOIN batch b ON b.id = e.batch_id WHERE e.subject = :subject AND b.verb = 'load'
ORDER BY coalesce(e.place, e.id) DESC LIMIT 1
"""
