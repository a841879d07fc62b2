"""What copies say differently: what people call it, and how many problems rest on it."""

from fugong import attributes
from fugong.queries import Rows
from fugong.queries.as_of import AsOf
from fugong.vocab import Kind, Words

RULES = {
    "status": (Words("状态", "status"), Words("状态说法不一", "the copies differ on its status")),
    "undone": (
        Words("撤销", "undoing"), Words("一边撤销了，另一边接着办了", "undone in one copy, continued in another")
    ),
    "follow": (
        Words("销号", "closing"),
        Words("一边销号了，另一边后来还在办", "closed in one copy, handed on later in another"),
    ),
    "duplicate": (
        Words("重复", "duplicate"),
        Words("作为重复作废了，原件却在另一处也作废了", "void as a duplicate of one that was voided elsewhere"),
    ),
    "retired": (
        Words("停用", "retirement"),
        Words("登记时不知道，企业已在另一处停用", "logged while its enterprise was retired elsewhere"),
    ),
    "twin": (
        Words("重名", "same name"),
        Words("和另一条同名了：改名，或合成一条", "another has the same name: rename one, or join them"),
    ),
}  # fmt: skip
"""What is in conflict, where that is no attribute: what people call it, and what it is."""


def place(kind: Kind, name: str) -> Words:
    """What of a record is in conflict, as people call it."""
    return RULES[name][0] if name in RULES else attributes.named(kind, name).words


def contested(rows: Rows, cut: AsOf) -> tuple[Words, ...]:
    """A sentence where figures rest on open conflicts; of the past nothing is said, which stays as it was told."""
    if cut.asked:
        return ()
    ((count,),) = rows("SELECT count(DISTINCT subject) FROM conflict WHERE kind = 'problem'")
    if not count:
        return ()
    return (
        Words(
            f"其中 {count} 个问题各副本说法不一，裁定前的数字是暂时的：fugong conflict list",
            f"{count} of these problems are in conflict, so figures may change when settled: fugong conflict list",
        ),
    )
