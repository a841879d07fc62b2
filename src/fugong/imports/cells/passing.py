"""What stands under a header and is no record: sums, remarks, signatures, captions, headers again, 「无」."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from fugong.imports.cells.account import Passed
from fugong.imports.cells.columns import NEEDED, Field, key, known
from fugong.imports.cells.header import Table
from fugong.imports.cells.paper import MOST_CELLS, of_paper
from fugong.imports.cells.values import REMEMBERED, shown
from fugong.imports.files.sheets import Cell
from fugong.values import texts
from fugong.values.traditional import simplified

Said = Sequence[tuple[int, Cell]]
"""What stands in a row, with the columns, from 0."""


def says(cell: Cell) -> bool:
    """Whether there is anything in a cell."""
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def first_words(said: Said) -> str:
    """The first words of a row, else the first thing in it."""
    return next((cell for _, cell in said if isinstance(cell, str) and not _is_figure(cell)), shown(said[0][1]))


_NUMBER = r"[\d一二三四五六七八九十百]+"
_COUNTS = r"[条个项件家户处人次起]"
_FIGURE = re.compile(rf"(?:共计?|约|[-—/~+.,，\s]|\d|{_NUMBER}(?={_COUNTS}))+{_COUNTS}?[%％]?")
_LONGEST_FIGURE = 16


@lru_cache(REMEMBERED)
def _is_figure(text: str) -> bool:
    """Whether a text counts something: 3, 8条, 共 6 件, —."""
    return len(text) <= _LONGEST_FIGURE and bool(_FIGURE.fullmatch(text.strip()))


_COUNTED = rf"[:：]?(?:共|有|为)?(?:{_NUMBER})?{_COUNTS}?(?:问题)?"
_SUMS = (
    (Passed.PART, re.compile(rf"(?P<of>.{{0,30}}?)(?:小计|分计|本页计|sub-?totals?){_COUNTED}")),
    (Passed.SUM, re.compile(rf"(?P<of>.{{0,30}}?)(?:合计|总计|共计|累计|总和|grandtotal|^totals?){_COUNTED}")),
)
_OF_WHAT = re.compile(r"(?:第?.{1,6}(?:组|队|乡|镇|县|区|局|页)|全[县区市部]|本[页表组周月]|以上)?")
"""What may stand before 合计 where problems are described, so that 「应付账款合计」 stays a problem."""
_REMARK = re.compile(
    r"(?:备注|附注|注|说明|填表说明|填报说明|备注说明|remarks?|notes?)(?:$|[:：\d(（])|数据(?:截[至止]|来源)|(?:计量)?单位[:：][家个条件项元万]"
)
_SIGNED = re.compile(
    r"(?:填[表报]人?|制表人?|审[核批]人?|复核人?|经办人|负责人|分管领导|主管领导|主要领导|联系人|联系电话|联系方式|"
    r"(?:填[表报写]|打印|制表|编制|录入|审核)(?:单位|日期|时间|人)|[(（]?单位[(（]?[盖公]?章[)）]?|[(（]?[盖公]章[)）]?|"
    r"[^(（:：]{0,8}签[字名章][)）]?|prepared(?:by|on)|filledin(?:by|on)?|(?:check|review|approv|sign)edby|printedon|signature"
    r")(?:$|[(（:：\d])"
)
_SIGNATURES = 3
"""填报人 … 审核人 … 日期 … may stand in one row of several cells; more texts are a record, unless they sign too."""
_SECTION = re.compile(r"[（(]?[一二三四五六七八九十]+[)）]?[、.．]?\s*\S")
_SUBJECT = "(?:问题|诉求|困难|需求|情况|隐患|事项|要求|意见|建议|异常)"
_WELL = "(?:(?:企业)?(?:生产|经营|运行|运转|一切|复工|复产|情况|各项工作)*(?:均|都)?(?:正常|良好|平稳|有序)[,，、;；]?)"
_SAID = "(?:反映|表示|反馈|称|说明|提出)"
_ASKED = "(?:协调|帮助|反映|解决|帮扶|支持|上报|提出|处理|办理)"
_OF_ANY = (
    "(?:存在|其[他它]|新增?的?|相关|任何|突出|明显|重大|特殊|生产|经营|发展|实际|"
    f"(?:急?需要?|须|要)?(?:县里|政府|部门)?{_ASKED}+的?)"
)
_NONE = re.compile(
    rf"(?:经\S{{0,8}}[,，])?(?:(?:该|本|我|此)?(?:企业|公司|厂|户|单位))?{_SAID}?[,，:：]?"
    rf"(?:目前|当前|现阶段?|近期|今日|本[日周月期])?{_WELL}?(?:企业)?(?:目前|当前)?(?:暂时?|均|尚|也|并)?"
    rf"(?:无|没有?|未(?:发现|收集到?|{_SAID})|不存在|不需要?)(?:到|有|过|什么)?"
    rf"(?:{_OF_ANY}*(?:{_SUBJECT}[和及与、]?)+(?:出现|存在)?|存在|其[他它]|新增的?|(?:急?需要?|须|要)?{_ASKED}*的?)"
    rf"|(?:目前|企业)?{_WELL}|零报告|nil|none|n/a|no(?:problems?|issues?|requests?)|[-—–/\\]+"
)
"""How offices write that a firm has no problem."""
_LONGEST_NONE = 24
_DAYS = (Field.FOUND_ON, Field.DUE_ON, Field.DONE_ON, Field.CLOSED_ON)
_WIDE = 3
"""A text across so many columns is a caption or a remark."""


class Passing:
    """Tells the rows of a table that are no records."""

    def __init__(self, table: Table) -> None:
        self._fields = table.fields
        self._names, self._needed = known(table.ledger), NEEDED[table.ledger]
        self._known = {at for at, field in enumerate(table.fields) if field and field is not Field.COMPUTED}
        self._text = table.fields.index(Field.TEXT) if Field.TEXT in table.fields else None
        self._headings = [
            {texts.key(line[at]) for line in table.lines if at < len(line)} - {""} for at in range(len(table.fields))
        ]
        self._wide = {(each.top, each.left) for each in table.sheet.merged if each.right - each.left + 1 >= _WIDE}
        self._whose = [at for at, field in enumerate(table.fields) if field in (Field.ENTERPRISE, Field.TEAM)]
        self._days = {at for at, field in enumerate(table.fields) if field in _DAYS}
        self._above = table.above
        self._ended = False
        """A remark or a signature stood above: what stands alone below it goes on with it."""

    def kind(self, number: int, said: Said, cells: Sequence[Cell]) -> Passed | None:
        """Why a row is no record; None: it is one.

        Args:
            number: As Excel shows it.
            said: What stands in the row itself.
            cells: All of it, with merged cells filled down.
        """
        if self._repeats(said):
            return Passed.REPEATED
        found = (
            self._closing(said, cells)
            or self._paper(said)
            or self._caption(number, said)
            or self._nothing(cells)
            or self._empty(said)
        )
        if found is Passed.CAPTION:
            return Passed.REMARK if self._ended else found
        self._ended = found in (Passed.REMARK, Passed.SIGNED)
        return found

    def other_header(self, said: Said) -> bool:
        """Whether a row is a header, and not this table's: each cell names a column, and some stand elsewhere."""
        names = self._names
        if len(said) < _FEWEST or not all(isinstance(cell, str) and key(cell) in names for _, cell in said):
            return False
        return self._needed in [names[key(str(cell))] for _, cell in said] and not self._repeats(said)

    def _repeats(self, said: Said) -> bool:
        """Whether the header, or one line of it, is repeated here, as on every printed page."""
        return _counts(said) or (
            len(said) > 1
            and all(at < len(self._headings) and texts.key(shown(cell)) in self._headings[at] for at, cell in said)
        )

    def _paper(self, said: Said) -> Passed | None:
        """Whether the row is there for the printed page alone; a problem that is called so is one."""
        if len(said) > MOST_CELLS:
            return None
        if self._ended and len(said) == 1 and isinstance(said[0][1], date):
            return Passed.SIGNED
        written = [cell for _, cell in said if isinstance(cell, str)]
        if len(written) < len(said):
            return None
        found = of_paper(written, self._above, described=any(at == self._text for at, _ in said))
        dated = found is Passed.SIGNED and any(at in self._days for at, _ in said)  # a day of the row, it may be
        return None if dated and not self._ended else found

    def _closing(self, said: Said, cells: Sequence[Cell]) -> Passed | None:
        """Whether a row sums, remarks or signs: its first words say so, and nothing else in it tells a problem."""
        at, words = next(((at, cell) for at, cell in said if isinstance(cell, str) and not _is_figure(cell)), (0, ""))
        found = _closes(words)
        if found is None:
            return None
        kind, of = found
        others = [(place, cell) for place, cell in said if isinstance(cell, str) and place != at]
        others = [(place, cell) for place, cell in others if not _is_figure(cell)]
        signing = kind is Passed.SIGNED and any(_SIGNED.match(str(cell)) for _, cell in others)
        if len(others) > _SIGNATURES and not signing:
            return None
        if kind in (Passed.PART, Passed.SUM):
            described = any(place == self._text for place, _ in others)
            return None if described or (at == self._text and not _OF_WHAT.fullmatch(of)) else kind
        if at != self._text:
            return kind
        alone = len(said) == 1 and (kind is Passed.REMARK or not any(says(cells[each]) for each in self._whose))
        return kind if alone else None

    def _caption(self, number: int, said: Said) -> Passed | None:
        """Whether one text stands alone: across the columns, or where rows are numbered."""
        at, cell = said[0]
        if len(said) > 1 or not isinstance(cell, str) or _is_figure(cell):
            return None
        if (number, at) in self._wide or (at < len(self._fields) and self._fields[at] is Field.COMPUTED):
            return Passed.CAPTION
        return Passed.CAPTION if at == 0 != self._text and (self._ended or _SECTION.match(cell)) else None

    def _nothing(self, cells: Sequence[Cell]) -> Passed | None:
        """Whether the row says that there is no problem."""
        cell = None if self._text is None else cells[self._text]
        if not isinstance(cell, str) or len(cell) > _LONGEST_NONE:
            return None
        return Passed.NOTHING if _NONE.fullmatch(simplified(texts.key(cell)).strip("。.!；;")) else None

    def _empty(self, said: Said) -> Passed | None:
        """Whether no column that is known says anything."""
        if any(at in self._known for at, _ in said):
            return None
        numbers = (at < len(self._fields) and self._fields[at] is Field.COMPUTED for at, _ in said)
        return Passed.NUMBERED if all(numbers) else Passed.STRAY


_COLUMN_NUMBERS = ("123456789", "甲乙丙丁戊己庚辛壬", "ABCDEFGHI", "一二三四五六七八九")


def _counts(said: Said) -> bool:
    """Whether the cells of a row number the columns: 1, 2, 3 …, 甲, 乙, 丙 …, as forms have it under their header."""
    if len(said) < _FEWEST or len(shown(said[1][1])) > _LONGEST_NUMBER:
        return False
    found = [unicodedata.normalize("NFKC", shown(cell)).strip("() 栏列").upper() for _, cell in said]
    return any(found[: len(marks)] == list(marks[: len(found)]) for marks in _COLUMN_NUMBERS)


_FEWEST, _LONGEST_NUMBER = 3, 4


@lru_cache(REMEMBERED)
def _closes(words: str) -> tuple[Passed, str] | None:
    """What the first words of a row say of it, and what stands before 合计."""
    plain = simplified("".join(words.split())).casefold()
    for kind, form in _SUMS:
        if found := form.fullmatch(plain):
            return kind, found["of"]
    if _REMARK.match(plain):
        return Passed.REMARK, ""
    return (Passed.SIGNED, "") if _SIGNED.match(plain) else None
