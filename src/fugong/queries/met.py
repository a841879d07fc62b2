"""Problems of which several histories met: several stores wrote about them, and none knew what the others did.

What an act of theirs says that it changed is what its own writer saw, and who is right may be open. So what a day
changed is not the sum of its acts, as it is of all others: it is how they stood at its end less how they stood before.
"""

from collections.abc import Collection
from datetime import date

from fugong.db import Reader
from fugong.queries.as_of import AsOf
from fugong.queries.past import at
from fugong.queries.several import of_problems


def met(reader: Reader, since: date = date.min) -> set[str]:
    """These problems, by their uids: those about which something is dated a day or later."""
    return {uid for (uid,) in reader.now.rows(_MET, since=since.isoformat())}


_MET = """
SELECT h.subject FROM (SELECT DISTINCT subject FROM event WHERE place IS NOT NULL) h
WHERE EXISTS (
    SELECT 1 FROM event e WHERE e.subject = h.subject AND e.kind = 'problem' AND e.on_date >= :since
)
"""


def statuses(reader: Reader, cut: AsOf, uids: Collection[str]) -> dict[str, str]:
    """How problems stood at a cut-off, as everything that counts there reads it; without those that were not there."""
    if not uids:
        return {}
    return dict(of_problems(at(reader, cut), "SELECT uid, status FROM problem WHERE uid IN ({})", uids))
