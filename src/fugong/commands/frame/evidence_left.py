"""What evidence did not go with what a command made."""

from typing import TYPE_CHECKING

from fugong.commands.frame.writing import say
from fugong.lang import T
from fugong.vocab import Words

if TYPE_CHECKING:
    from fugong.keeping.evidence import Left


def said_left(left: "Left", done: Words) -> bool:
    """Say what evidence did not go with what was made; whether any of it is changed, which somebody must look at."""
    if left.absent:
        say(
            T(
                f"有 {left.absent} 个附件不在这里，没有{done.zh}。",
                f"{left.absent} attached file(s) are not here: not {done.en}.",
            )
        )
    if left.changed:
        say(
            T(
                f"有 {left.changed} 个附件和登记的不同，没有{done.zh}。看是哪些：fugong store check",
                f"{left.changed} attached file(s) are not what was attached: not {done.en}. Which: fugong store check",
            )
        )
    return left.changed > 0
