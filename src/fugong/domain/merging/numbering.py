"""Numbers that met: each of the records that were given one number is shown with letters of its own."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping

from fugong.domain.merging.order import ROWS, Lineage, said
from fugong.queries import same
from fugong.store.identity import letters
from fugong.store.session import Session
from fugong.vocab import Kind

Number = tuple[int, str, int]
"""The key of a team, a series, and the running number."""
TABLES = ("problem", "activity")


def tag(session: Session, touched: Mapping[str, Kind]) -> None:
    """Show each of the records that have one number with letters of its own, and others with none."""
    for table in TABLES:
        if not any(kind.value == table for kind in touched.values()):
            continue
        claimed = claims(session, table)
        tagged = session.rows(f"SELECT team_id, series, number FROM {table} WHERE tag <> ''")  # no two have the same
        numbers = {*claimed, *tagged}
        for number in sorted(numbers):
            for uid, letters_ in tags(session, table, number, claimed):
                session.run(f"UPDATE {table} SET tag = :tag WHERE uid = :uid AND tag <> :tag", uid=uid, tag=letters_)
    session.forget()


def tags(session: Session, table: str, number: Number, claimed: Mapping[Number, set[str]]) -> Iterable[tuple[str, str]]:
    """The tag of every record shown with this number: as many letters of the hash of its first event as tell it apart.

    What bore it where it was entered, and is shown with another since, has it as well.
    """
    team, series, running = number
    asked = f"SELECT uid FROM {table} WHERE team_id = :team AND series = :series AND number = :number ORDER BY uid"
    uids = [uid for (uid,) in session.rows(asked, team=team, series=series, number=running)]
    every = {*uids, *claimed.get(number, ())}
    if len(every) < 2:  # noqa: PLR2004  (two are several)
        return [(uid, "") for uid in uids]
    hashes = {uid: _first(session, uid) for uid in every}
    length = 2
    while len({letters(hash_, length) for hash_ in hashes.values()}) < len(hashes):
        length += 1
    return [(uid, letters(hashes[uid], length)) for uid in uids]


def claims(session: Session, table: str) -> dict[Number, set[str]]:
    """Every number of a record that was entered in several stores, each of which gave it one."""
    teams = dict(session.rows("SELECT uid, id FROM team"))
    names = same.names(session.rows)
    found = defaultdict[Number, set[str]](set)
    for uid, changes in list(session.rows(_ENTERED_TWICE.format(table=table))):
        told = {name: pair[1] for name, pair in json.loads(same.renamed(changes, names)).items()}
        if told.get("team") in teams and told.get("number"):
            found[teams[told["team"]], told.get("series") or "", told["number"]].add(uid)
    return found


_ENTERED_TWICE = """
SELECT e.subject, e.changes FROM event e WHERE e.kind = '{table}' AND e.place IS NOT NULL AND e.parents = '[]'
AND e.subject IN (
    SELECT subject FROM event WHERE kind = '{table}' AND place IS NOT NULL AND parents = '[]'
    GROUP BY subject HAVING count(*) > 1
)
"""


def _first(session: Session, uid: str) -> str:
    names = same.names(session.rows)
    return Lineage(said(row, names) for row in session.rows(ROWS, subject=uid)).events[0].hash
