"""Commands that are not taken back: why each is not, and what can be done instead."""

from collections.abc import Mapping
from typing import NamedTuple

from fugong.store import chain
from fugong.vocab import Grown, Words


class Lasting(NamedTuple):
    """Why a command stays, and what to do."""

    typed: str
    """The command as it is typed."""
    why: Words
    cure: Words


_CORRECT = Words(
    "要改在它以前记的，就直接更正，如 fugong edit、fugong reopen；经过见 fugong show 编号",
    "What was entered before it is corrected: fugong edit, fugong reopen …; a history: fugong show ID",
)

LASTING: Mapping[str, Lasting] = {
    "load": Lasting(
        "load",
        Words("数据文件再装入时又会带回来", "its file would bring it again"),
        Words("请改正数据文件后重新装入", "Correct the file and load it again"),
    ),
    "init": Lasting(
        "init",
        Words("台账是它建的", "it made the store"),
        Words(
            "要改台账开头的内容：fugong campaign edit、fugong team edit 等",
            "What it began with is corrected: fugong campaign edit, fugong team edit …",
        ),
    ),
    "clone": Lasting("store clone", Words("副本已经给出去了", "the copy was handed out"), _CORRECT),
    Grown.FORK.value: Lasting(
        "merge",
        Words(
            "别处记的已经合进来，本台账从此用新的号段",
            "what others entered came in with it, and this store has had a series of its own since",
        ),
        Words(
            "要退回合并以前，用合并时打印的那条命令；备份是台账旁 backups 里 merge- 开头的",
            "To go back to before it, run the line that it printed; the backup is merge-… in backups beside the store",
        ),
    ),
    Grown.IMPORT.value: Lasting(Grown.IMPORT.value, Words("台账是它装入的", "it filled the store"), _CORRECT),
    Grown.RESTORE.value: Lasting(
        Grown.RESTORE.value,
        Words("它换上了备份", "it put a backup in the store's place"),
        Words(
            "要换回恢复以前的台账：那个文件留在旁边，名称以 .old 结尾，fugong store restore 文件 --force",
            "To have the store back that was there: it lies beside, with a name that ends in .old; "
            "fugong store restore FILE --force",
        ),
    ),
    chain.BEGIN: Lasting("store upgrade", Words("台账已经升级", "the store was upgraded"), _CORRECT),
}
"""By verb, as the ledger keeps it."""
