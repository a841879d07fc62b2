"""What every row under a header was: a record, or something that is none, each counted and named."""

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from itertools import count, groupby

from fugong.vocab import Words
from fugong.vocab.importing import Imported as Ledger
from fugong.vocab.importing import Outcome

_MOST_NAMED = 200
"""Rows of one kind that are named; the others are only counted."""
_LONGEST = 24
"""Characters of what stands in a row that are quoted."""


class Passed(Enum):
    """What a row under a header may be besides a record."""

    PART = Words("小计", "subtotals")
    SUM = Words("合计", "totals")
    REMARK = Words("备注", "remarks")
    SIGNED = Words("落款", "signatures")
    TITLE = Words("标题", "titles")
    CAPTION = Words("分节标题", "captions")
    PAGE = Words("页码", "page numbers")
    NOTHING = Words("写明没有问题", "rows that say there is none")
    REPEATED = Words("重复的表头", "repeated headers")
    NUMBERED = Words("只有序号", "numbered, but empty")
    STRAY = Words("只写在不认得的列", "nothing in a known column")
    HIDDEN = Words("隐藏行", "hidden rows")
    BLANK = Words("空行", "blank rows")


_QUOTED = (
    Passed.PART, Passed.SUM, Passed.REMARK, Passed.SIGNED, Passed.TITLE, Passed.CAPTION, Passed.PAGE, Passed.NOTHING,
    Passed.STRAY,
)  # fmt: skip
"""Kinds of passed-over rows whose text is quoted, since somebody may have meant a record by them."""


class Account:
    """The rows of one table, all of them: taken, or passed over and why."""

    def __init__(self) -> None:
        self.taken = 0
        """Rows that are records, whether good or bad."""
        self._counted = dict.fromkeys(Passed, 0)
        self._named: dict[Passed, list[tuple[int, str]]] = {}
        self._unheaded: dict[str, list[int]] = {}
        self._hidden: list[int] = []
        self._dated: list[tuple[int, str, str]] = []
        self._blank = 0

    def blank(self) -> None:
        """A blank row: it counts if anything comes below it, for a sheet ends where its content does."""
        self._blank += 1

    def something(self) -> None:
        """A row that says something: what was blank above it lay within the sheet."""
        self._counted[Passed.BLANK] += self._blank
        self._blank = 0

    def take(self, number: int, *, hidden: bool) -> None:
        """A row that is a record."""
        self.taken += 1
        if hidden:
            self._hidden.append(number)

    def pass_over(self, number: int, kind: Passed, said: str = "") -> None:
        """A row that is no record."""
        self._counted[kind] += 1
        named = self._named.setdefault(kind, [])
        if len(named) < _MOST_NAMED:
            named.append((number, said))

    def unheaded(self, column: str, number: int) -> None:
        """A cell in a column that has no heading."""
        rows = self._unheaded.setdefault(column, [])
        if len(rows) < _MOST_NAMED:
            rows.append(number)

    def misread(self, number: int, shown: str, was: str) -> None:
        """A problem's number of which Excel has made a date: nothing goes by it, but it is told."""
        if len(self._dated) < _MOST_NAMED:
            self._dated.append((number, shown, was))

    @property
    def rows(self) -> int:
        """All rows between the header and the end."""
        return self.taken + sum(self._counted.values())

    def remarks(self, *, kept: bool) -> Iterator[Words]:
        """What is to be told of rows and cells that were not taken, and of hidden ones that were.

        Args:
            kept: Cells without a heading go into the remark.
        """
        for column, rows in self._unheaded.items():
            zh, en = ("记入备注", "kept in the remark") if kept else ("没有导入", "not imported")
            yield Words(
                f"{column} 列没有列名，里面写了字，{zh}：{_rows_zh(rows)}",
                f"column {column} has no heading, but texts, {en}: {_rows_en(rows)}",
            )
        if self._dated:
            yield _made_dates(self._dated)
        if self._hidden:
            yield Words(
                f"隐藏的行也导入了：{_rows_zh(self._hidden)}；不要它们请加 --skip-hidden",
                f"hidden rows were taken as well: {_rows_en(self._hidden)}; leave them out with --skip-hidden",
            )
        for kind in Passed:
            named = self._named.get(kind)
            if named and kind is not Passed.BLANK:
                more = self._counted[kind] - len(named)
                zh, en = _told(kind, named)
                yield Words(
                    f"没有导入，{kind.value.zh}：{zh}" + (f"，还有 {more} 行" if more else ""),
                    f"not imported, {kind.value.en}: {en}" + (f", and {more} more" if more else ""),
                )

    def total(self, ledger: Ledger, refused: int) -> Words:
        """All rows by what they were, in one sentence."""
        parts = [
            (Words(ledger.zh, ledger.en), self.taken - refused),
            (Words(Outcome.REFUSED.zh, Outcome.REFUSED.en), refused),
            *((kind.value, number) for kind, number in self._counted.items()),
        ]
        shown = [(name, number) for at, (name, number) in enumerate(parts) if number or at == 0]
        zh = "，".join(f"{name.zh} {number}" for name, number in shown)
        en = ", ".join(f"{name.en} {number}" for name, number in shown)
        return Words(f"读到 {self.rows} 行：{zh}", f"rows read: {self.rows}: {en}")


def _made_dates(dated: Sequence[tuple[int, str, str]]) -> Words:
    zh = "、".join(f"第 {row} 行「{shown}」（{was}）" for row, shown, was in dated)
    en = ", ".join(f"row {row} “{shown}” ({was})" for row, shown, was in dated)
    return Words(
        f"像是 Excel 把编号改成了日期：{zh}；导入不看编号，行照常读。要改回来，请把这一列设为文本格式，重新填写",
        f"Excel seems to have made dates of numbers: {en}; rows are not told apart by them, and were read as usual. "
        "To mend them, format the column as text and type them again",
    )


def _told(kind: Passed, named: Sequence[tuple[int, str]]) -> Words:
    """Which rows of a kind there are, and what they say where that matters."""
    if kind not in _QUOTED:
        rows = [number for number, _ in named]
        return Words(_rows_zh(rows), _rows_en(rows))
    return Words(
        "、".join(f"第 {number} 行「{_short(said)}」" for number, said in named),
        ", ".join(f"row {number} “{_short(said)}”" for number, said in named),
    )


def _short(said: str) -> str:
    text = " ".join(said.split())
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _rows_zh(rows: Iterable[int]) -> str:
    return f"第 {'、'.join(_ranges(rows))} 行"


def _rows_en(rows: Iterable[int]) -> str:
    return f"rows {', '.join(_ranges(rows))}"


def _ranges(rows: Iterable[int]) -> Iterator[str]:
    """Row numbers, those in a row as a range: 3, 5–9."""
    ordinal = count()
    for _, group in groupby(rows, lambda row: row - next(ordinal)):
        first, *rest = group
        yield f"{first}–{rest[-1]}" if rest else str(first)
