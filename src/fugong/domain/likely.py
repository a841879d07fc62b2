"""What may be wrong with a problem that is entered; it is said, never mended: a likely twin, a firm of another team."""

from collections.abc import Callable, Iterator

from fugong.domain.writer import Writer
from fugong.store.records import Enterprise, Problem, Team
from fugong.values.likeness import alike, plain
from fugong.vocab import Words

Moving = Callable[[str, str], str]
"""The command line that moves the problem of a number to the team of a code."""
_MOST = 200
"""Problems of one firm that are compared, the newest first."""


class Likely:
    """The problems in hand of firms, read once a firm, and what is like them."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._of: dict[int | None, list[tuple[str, str, str]]] = {}

    def twin(self, enterprise: Enterprise | None, text: str, mine: Problem | None = None) -> tuple[str, str] | None:
        """The number and the text of a problem in hand of the firm that may be the same matter."""
        if enterprise is None or enterprise.id is None:
            return None
        in_hand = self._in_hand(enterprise.id)
        wanted, own = plain(text) if in_hand else "", mine.uid if mine else None
        for uid, said, told in in_hand:
            if uid != own and alike(wanted, said):
                return self._number(uid), told
        return None

    def _in_hand(self, enterprise: int) -> list[tuple[str, str, str]]:
        if enterprise not in self._of:
            found = self._writer.session.rows(_IN_HAND, enterprise=enterprise, most=_MOST)
            self._of[enterprise] = [(str(uid), plain(text), str(text)) for uid, text in found]
        return self._of[enterprise]

    def _number(self, uid: str) -> str:
        problem = self._writer.session.find(Problem, uid=uid)
        return problem.ident if problem else ""


_IN_HAND = (
    "SELECT uid, text FROM problem WHERE enterprise_id = :enterprise AND status IN ('open', 'doing') "
    "ORDER BY id DESC LIMIT :most"
)


def doubts(
    likely: Likely, problem: Problem, enterprise: Enterprise | None, team: Team, moving: Moving | None
) -> Iterator[Words]:
    """The remarks on a problem that was just entered: a likely twin, a firm of another team.

    Args:
        likely: What was read of firms so far.
        problem: The problem.
        enterprise: Its firm.
        team: The team that it is entered for.
        moving: The command that moves a problem to a team; None where it does not stay yet, so that there is nothing
            to be moved: in a rehearsal, or before a question.
    """
    if twin := likely.twin(enterprise, problem.text, problem):
        number, text = twin
        short = " ".join(text.split())
        short = short if len(short) <= _LONGEST else short[:_LONGEST] + "…"
        yield Words(
            f"和在办的 {number}「{short}」相近，没有合并",
            f"it is like {number} “{short}”, which is in hand; they were not joined",
        )
    its = enterprise.team() if enterprise else None
    if enterprise and its and its is not team:
        move = moving(problem.ident, its.code) if moving else None
        yield Words(
            f"{enterprise.name}由{its.name}包联，这个问题记在{team.name}" + (f"；要改组：{move}" if move else ""),
            f"{enterprise.name} is looked after by {its.name}; the problem is {team.name}'s"
            + (f". To move it: {move}" if move else ""),
        )


_LONGEST = 24
