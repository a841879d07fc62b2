"""What ``fugong`` alone shows: the commands that carry the work, on one screen, by the occasion."""

from collections.abc import Iterator

from fugong import config
from fugong.errors import Refusal
from fugong.lang import T, name_of
from fugong.values.folding import cells
from fugong.vocab import Words

Entry = tuple[Words, Words]
"""What is typed, and what it does."""

GROUPS: tuple[tuple[Words, tuple[Entry, ...]], ...] = (
    (
        Words("每天", "Every day"),
        (
            (Words("log 企业 问题", "log FIRM TEXT"), Words("登记", "log it")),
            (Words("list", "list"), Words("正在解决的", "what is in hand")),
            (Words("note 3-2 进展", "note 3-2 TEXT"), Words("记进展", "what was done")),
            (Words("show 3-2", "show 3-2"), Words("一件事的经过", "its whole history")),
            (Words("assign 3-2 单位", "assign 3-2 DEPT"), Words("交办", "who must act")),
            (Words("find 词", "find WORD"), Words("到处找", "look everywhere")),
            (Words("chase", "chase"), Words("今天该催谁", "whom to chase")),
            (Words("today", "today"), Words("今天谁录入了什么", "who entered what")),
            (Words("close 3-2 措施", "close 3-2 TEXT"), Words("销号", "it is solved")),
            (Words("undo", "undo"), Words("撤回上一条命令", "take it back")),
        ),
    ),
    (
        Words("上会", "Meetings"),
        (
            (Words("progress", "progress"), Words("各组进展", "found and solved")),
            (Words("summary", "summary"), Words("每日综述，发群", "the day in words")),
            (Words("report -o 文件", "report -o FILE"), Words("会议报告一页", "one web page")),
            (Words("export ledger", "export ledger"), Words("台账、清单", "ledger and lists")),
            (Words("publish", "publish"), Words("公布并留底", "state figures")),
            (Words("reconcile", "reconcile"), Words("核对公布的数", "are they true?")),
        ),
    ),
    (
        Words("名单", "Lists"),
        (
            (Words("enterprise", "enterprise"), Words("企业", "firms")),
            (Words("team、member", "team, member"), Words("帮扶组、组员", "teams, people")),
            (Words("department", "department"), Words("责任单位", "who must act")),
            (Words("milestone", "milestone"), Words("达标事项", "what firms reached")),
        ),
    ),
    (
        Words("台账", "Ledger"),
        (
            (Words("init", "init"), Words("建一本", "make one")),
            (Words("import 文件", "import FILE"), Words("导入 Excel", "read Excel")),
            (Words("load 文件", "load FILE"), Words("装入 YAML", "read YAML")),
            (Words("store", "store"), Words("备份、检查", "back up, check")),
        ),
    ),
)
"""By occasion; each entry stands on the left or on the right in turn."""


def screen(store: str | None) -> Iterator[str]:
    """The lines of the screen; none is wider than 80 columns."""
    yield T("fugong 复工  企业帮扶台账", "fugong 复工  the ledger of an enterprise-assistance campaign")
    yield _standing(store)
    margin = max(cells(name_of(title)) for title, _ in GROUPS) + 2
    lefts, rights = ([entry for _, entries in GROUPS for entry in entries[side::2]] for side in (0, 1))
    widths = [max(cells(name_of(each[part])) for each in lefts) + 2 for part in (0, 1)]
    command = max(cells(name_of(each[0])) for each in rights) + 2
    for title, entries in GROUPS:
        yield ""
        for place in range(0, len(entries), 2):
            row = entries[place : place + 2]
            texts = [name_of(words) for entry in row for words in entry]
            columns = zip(texts, [*widths, command, 0], strict=False)
            head = _padded(name_of(title) if not place else "", margin)
            yield head + "".join(_padded(text, width) for text, width in columns).rstrip()
    yield ""
    yield T("连着输入不用每次打 fugong：fugong shell", "Many commands after one start: fugong shell")
    yield T("全部命令：fugong --help　一条命令：fugong help log　设置：fugong help settings",
            "All: fugong --help  One: fugong help log  Settings: fugong help settings")  # fmt: skip


def _padded(text: str, width: int) -> str:
    return text + " " * max(0, width - cells(text))


def _standing(store: str | None) -> str:
    """Where the ledger is and what is in hand; or how to get one."""
    from fugong import db
    from fugong.reports.standing import standing

    try:
        location = store or config.store_location()
        with db.reading(location) as reader:
            said = standing(reader, config.local_day(config.now(reader.zone), reader.zone))
    except Refusal:
        return T("还没有台账：fugong init", "There is no ledger yet: fugong init")
    count = T(f"在办 {said.in_hand} 个，红 {said.red}", f"{said.in_hand} in hand, {said.red} red")
    return " · ".join(filter(None, [said.county, count, str(db.place(location))]))
