"""How many problems rest on what copies say differently."""

from fugong.queries.as_of import AsOf
from fugong.queries.names import Rows
from fugong.vocab import Words


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
