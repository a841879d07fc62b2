"""What is told upward: figures of a cut-off with the rows behind them (公布)."""

import hashlib
from collections.abc import Iterator, Sequence

from fugong.domain.activities.figures import stated
from fugong.domain.writer import Writer
from fugong.errors.names import PublishedBefore
from fugong.queries import Rows, past, seals
from fugong.queries.as_of import AsOf
from fugong.queries.counts import measures
from fugong.store.records import Figure, Publication, Team
from fugong.values import texts
from fugong.values.texts import LINE
from fugong.vocab import Status, Words

NAME = Words("名称", "name")


def publish(writer: Writer, cut: AsOf, name: str | None = None) -> tuple[Publication, bool]:
    """Keep the figures of a cut-off, of the county and of every team, and which problem stood where.

    Args:
        writer: The command.
        cut: The cut-off.
        name: What they are called; the cut-off unless given.

    Returns:
        The publication, and whether it is new: the same name for the same cut-off is published once.

    Raises:
        PublishedBefore: The name stands for another cut-off.
    """
    called = texts.clean(name or cut.text, what=NAME, limit=LINE)
    at = f"{cut.at:%H:%M}" if cut.at else None
    held = writer.session.find(Publication, name=called)
    if held:
        if (held.as_of, held.at) != (cut.day, at):
            raise PublishedBefore(name=called, held=f"{held.as_of} {held.at or ''}".strip())
        return held, False
    several = writer.session.all(Publication, "substr(t.name, 1, :length) = :begins ORDER BY t.id", **_begins(called))
    if several:  # copies published it twice; which is meant nobody knows
        raise PublishedBefore(name=called, held=f"{several[0].as_of} {several[0].at or ''}".strip())
    rows = past.rows_at(writer.session.rows, cut)
    before = seals.heads(writer.session.rows)
    made = Publication(
        name=called,
        as_of=cut.day,
        at=at,
        digest=_digest(rows),
        seal=before.seal,
        heads=before.lines,
        recorded_at=writer.recorded_at,
    )
    writer.add(made, on=cut.day)
    _keep_rows(writer, made, cut)
    writer.add_all(_figures(writer, made, rows, cut), on=cut.day)
    return made, True


def _begins(name: str) -> dict[str, int | str]:
    """How the names begin of publications of one name that copies made."""
    return {"begins": f"{name}·", "length": len(name) + 1}


def county_figures(writer: Writer, made: Publication) -> Sequence[Figure]:
    """What was published of the whole county."""
    of_county = "t.publication_id = :made AND t.team_id IS NULL ORDER BY t.id"
    return writer.session.all(Figure, of_county, made=made.id)


def _digest(rows: Rows) -> str:
    lines = hashlib.sha256()
    standing = "SELECT uid, status FROM problem WHERE status <> :void ORDER BY uid"
    for uid, status in rows(standing, void=Status.VOID.value):
        lines.update(f"{uid} {status}\n".encode())
    return lines.hexdigest()


def _keep_rows(writer: Writer, made: Publication, cut: AsOf) -> None:
    kept = (
        "INSERT INTO published_row (publication_id, problem_id, status) "
        f"SELECT :made, id, status FROM {past.problem(cut)} x WHERE status <> :void"
    )
    writer.session.run(kept, made=made.id, void=Status.VOID.value)


def _figures(writer: Writer, made: Publication, rows: Rows, cut: AsOf) -> Iterator[Figure]:
    teams = {team.id: team for team in writer.session.all(Team)}
    for key, figures in measures(rows, cut).items():
        team = teams.get(key)
        for measure, value in figures.items():
            told = f"{made.name}/{team.code if team else 'county'}/{measure.value}"
            yield stated(writer, measure, value, key=told, team=team, as_of=cut.day, publication=made)
