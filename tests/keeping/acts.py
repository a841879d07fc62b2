"""An independent count of what copies of a ledger come to: from the acts and who knew of which, and nothing else.

It follows the rules on statuses and duplicates, not the program's code for them, and knows nothing of texts and days:
every act is a number, what it knew is a set of numbers, and a problem is found, solved or in hand by what its acts say.
"""

from collections.abc import Iterable
from typing import NamedTuple

CLOSED, VOID, LIVE = "closed", "void", "live"


class Act(NamedTuple):
    """What somebody did to a problem."""

    key: int
    subject: str
    kind: str
    says: str | None
    """The status that it sets; None if it sets none."""
    takes: int | None
    """The act that it takes back."""
    knew: frozenset[int]
    of: str | None = None
    """The problem that it is void as a duplicate of."""


Stands = tuple[str, str | None]
"""A status, and the problem of which something is void as a duplicate."""


class Acts:
    """All acts that were acknowledged anywhere."""

    def __init__(self) -> None:
        self._acts: list[Act] = []
        self._of: dict[str, list[Act]] = {}

    def add(
        self, subject: str, kind: str, says: str | None, takes: int | None, knew: Iterable[int], of: str | None = None
    ) -> int:
        """One more; its key."""
        act = Act(len(self._acts), subject, kind, says, takes, frozenset(knew), of)
        self._acts.append(act)
        self._of.setdefault(subject, []).append(act)
        return act.key

    def last(self, subject: str, knew: Iterable[int]) -> int:
        """The last act on a problem that somebody knew of and that nobody they knew of had taken back."""
        known = set(knew)
        gone = {act.takes for act in self._of[subject] if act.key in known}
        return max(
            act.key for act in self._of[subject] if act.key in known and act.kind != "undo" and act.key not in gone
        )

    def counts(self) -> tuple[int, int, int]:
        """Found, solved, in hand: of all that is known."""
        stands = {subject: self.stands(subject, {act.key for act in acts}) for subject, acts in self._of.items()}
        lost = {one: of for one, (status, of) in stands.items() if of and status == stands[of][0] == VOID}
        every = [LIVE if self._counts_still(lost, subject) else status for subject, (status, _) in stands.items()]
        solved, void = every.count(CLOSED), every.count(VOID)
        return len(every) - void, solved, len(every) - void - solved

    def _counts_still(self, lost: dict[str, str], subject: str) -> bool:
        """Whether what is void as a duplicate of what is void counts, since nobody who voided one knew of the other."""
        if subject not in lost or self._knew_all(subject, lost[subject]):
            return False
        one, way = lost[subject], [subject]
        while one in lost and one not in way:
            way.append(one)
            one = lost[one]
        if one == subject:  # each is a duplicate of the next
            return True
        return not self._counts_still(lost, lost[subject]) and not self._knew_all(lost[subject], subject)

    def _knew_all(self, subject: str, other: str) -> bool:
        """Whether a last act on one problem knew all the last acts on another."""
        theirs = {act.key for act in self._last(other)}
        return any(theirs <= act.knew for act in self._last(subject))

    def _last(self, subject: str) -> list[Act]:
        return self._heads(self._of[subject])[0]

    def _heads(self, acts: list[Act]) -> tuple[list[Act], dict[int, Act]]:
        by_key = {act.key: act for act in acts}
        saying = [act for act in acts if act.says or (act.takes is not None and by_key[act.takes].says)]
        return [act for act in saying if not any(act.key in other.knew for other in saying)], by_key

    def stands(self, subject: str, known: set[int]) -> Stands:
        """Where a problem stands to somebody who knows these acts, by itself."""
        acts = [act for act in self._of[subject] if act.key in known]
        taken = {act.takes for act in acts if act.takes is not None}
        heads, by_key = self._heads(acts)
        standing = [act for act in acts if act.kind not in ("undo", "log", "redact") and act.key not in taken]
        for head in heads:
            logged = head.takes is not None and by_key[head.takes].kind == "log"
            if logged and any(head.key not in each.knew and each.key not in head.knew for each in standing):
                return LIVE, None
        others = [head for head in heads if head.kind != "log"]
        if others and all(self._says(head, known)[0] == CLOSED for head in others):
            heads = others  # who entered it once more did not know that it was closed
        said = {self._says(act, known) for act in heads}
        return said.pop() if len(said) == 1 else (LIVE, None)

    def _says(self, act: Act, known: set[int]) -> Stands:
        """What an act says to somebody who knows these: of an undoing, what held without the act that it takes back."""
        if act.says:
            return act.says, act.of
        if act.takes is None or self._acts[act.takes].kind == "log":
            return VOID, None
        return self.stands(act.subject, known & act.knew - {act.takes})
