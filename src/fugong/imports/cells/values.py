"""Cells as people type them → values: texts, dates of every form, states in words, 是/否/√, lists of names."""

import re
import unicodedata
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from fugong.errors import Refusal
from fugong.errors.entries import AmbiguousDate, BadDate
from fugong.imports.files.sheets import EPOCH, Cell
from fugong.queries import Rows
from fugong.queries.deadlines import NO_DUE, Due
from fugong.queries.deadlines import read as read_deadline
from fugong.values import dates, personal, spans, texts
from fugong.values.texts import NAME, TEXT
from fugong.vocab import Words, answer


class Unreadable(Exception):
    """A cell that says nothing the field could hold; why, in both languages."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.words = words


REMEMBERED = 4096
"""So many answers on cells are kept: names, dates and marks repeat from row to row, and reading one costs a search."""


class Years(NamedTuple):
    """What a date without a year, and a number in a date's place, are taken to mean."""

    year: int | None
    """From ``--year`` or the 填报日期; None: such a date is refused."""
    epoch: date = EPOCH
    """What the workbook counts days from."""


class Day(NamedTuple):
    """A date, and whether it is marked 约."""

    day: date
    approximate: bool = False


# Texts

_MOST_DIGITS = 10**15
_LOST_DIGITS = re.compile(r"[+-]?\d(?:\.\d+)?[eE]\+?\d{2,}")


def shown(cell: Cell) -> str:
    """A cell as a person would read it out: what faults quote and the file of bad rows holds."""
    if type(cell) is str:
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return answer(cell).zh
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _MOST_DIGITS else _figure(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes") if cell.hour or cell.minute else cell.date().isoformat()
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return cell.isoformat("minutes" if not cell.second else "seconds") if isinstance(cell, time) else str(cell)


def _figure(number: float) -> str:
    """A number with the digits that Excel shows of it: 0.3, where adding 0.1 and 0.2 made it."""
    plain = float(f"{number:.15g}")
    return repr(plain if abs(number) < _MOST_DIGITS else number)


_ERRORS = frozenset({
    "#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!",
    "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#GETTING_DATA",
})  # fmt: skip
"""What Excel shows for a formula that failed."""
_MORE_ERRORS = re.compile(r"Err:\d{3}|错误:\d{3}|#{3,}")
"""The same of LibreOffice, and what a column shows that is too narrow for its number."""


ERRORS_BEGIN = "#E错 "
"""How such a cell begins, white space included: most cells are seen at once to be none."""


def is_error(said: str) -> bool:
    """Whether a cell shows that its formula failed."""
    plain = said.strip()
    return plain[:1] in ("#", "E", "错") and (plain.upper() in _ERRORS or bool(_MORE_ERRORS.fullmatch(plain)))


def text(cell: Cell, what: Words, limit: int = TEXT) -> str | None:
    """A text of several lines; None where there is none.

    Raises:
        Unreadable: It is a number that has lost its last digits.
        TextTooLong, ControlCharacter: It cannot be stored.
    """
    said = shown(cell).replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
    if (isinstance(cell, float) and abs(cell) >= _MOST_DIGITS) or _LOST_DIGITS.fullmatch(said.strip()):
        raise Unreadable(_DIGITS)
    return texts.clean(said, what=what, limit=limit, lines=True) if said.strip() else None


@lru_cache(REMEMBERED, typed=True)
def line(cell: Cell, what: Words, limit: int = NAME) -> str | None:
    """A short text; its line breaks are blanks.

    Raises:
        As ``text``.
    """
    said = text(cell, what)
    return texts.clean(" ".join(said.split()), what=what, limit=limit) if said else None


_LIST_MARKS = re.compile(r"[，,；;/\n]+|(?<![\d①-⑳])、+|\s+(?=\d{1,2}[.．、)）])|(?<=\S)(?=[①-⑳])")
_ORDINAL = re.compile(r"^(?:[(（]?\d{1,2}[).．、）]|[①-⑳])\s*")
"""What numbers the names: 1.工信局；2.交通局."""


@lru_cache(REMEMBERED, typed=True)
def several(cell: Cell, what: Words) -> tuple[str, ...]:
    """Names in one cell, each once."""
    said = text(cell, what) or ""
    parts = (_ORDINAL.sub("", part.strip()).strip() for part in _LIST_MARKS.split(said))
    return tuple(dict.fromkeys(filter(None, parts)))


_MADE_A_DATE = re.compile(
    r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日|(?P<before>\d{1,2})-(?P<last>[A-Z][a-z]{2})|(?P<first>[A-Z][a-z]{2})-(?P<after>\d{1,2})"
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_YEARS_OF_EXCEL = range(1930, 2000)
"""What Excel takes 30 … 99 for behind a month: 1-55 becomes 1955-01-01."""


def number(cell: Cell) -> str | None:
    """The number of a problem, as 1-5; None where there is none.

    Raises:
        Unreadable: Excel has made a date of it.
    """
    was = was_number(cell)
    if was:
        raise Unreadable(_became_a_date(was))
    return line(cell, Words("编号", "number"))


def was_number(cell: Cell) -> str | None:
    """The number, as 1-5, that Excel has made a date of; None where it has not."""
    if isinstance(cell, date):
        last = cell.year % 100 if cell.day == 1 and cell.year in _YEARS_OF_EXCEL else cell.day
        return f"{cell.month}-{last}"
    found = _MADE_A_DATE.fullmatch(cell.strip()) if isinstance(cell, str) and not cell.isdecimal() else None
    if found is None:
        return None
    if found["month"]:
        return f"{int(found['month'])}-{int(found['day'])}"
    name, rest = found["last"] or found["first"], found["before"] or found["after"]
    return f"{_MONTHS.index(name) + 1}-{int(rest)}" if name in _MONTHS else None


def _became_a_date(was: str) -> Words:
    return Words(
        f"像是 Excel 把编号 {was} 改成了日期；请把这一列设为文本格式，重新填写编号",
        f"Excel seems to have made a date of the number {was}; format the column as text and type it again",
    )


# Dates

_SERIALS = range(20000, 80000)
"""What Excel counts 1954-10-03 … 2119-01-10 as."""
_SERIAL_DIGITS = 5
_SMALLEST = 1950
"""A date before that year is a small number that Excel shows as a date."""
_APOSTROPHE = re.compile(r"^['’](?=\d{4})")
_EXCELS_ENGLISH = re.compile(r"(\d{1,2})-([A-Za-z]{3})(?:-(\d{2}|20\d{2}))?")
"""How an English Excel shows days: 5-Mar, 5-Mar-20."""
_HALF_DAY = "(?:[上下中]午|早上|早晨|晚上?|凌晨)"
_TIME = re.compile(
    rf"(?:[T\s]+|(?<=[日号])|(?={_HALF_DAY})){_HALF_DAY}?\s*"
    r"(?:\d{1,2}[:：时点](?:\d{1,2}分?)?(?:[:：]?\d{1,2}(?:\.\d+)?秒?)?[整半]?(?:Z|[+-]\d\d:?\d\d)?)?\s*$"
)
_AROUND = re.compile(
    r"^(?:约|大约|about|截至|截止|于)\s*|[（(][^()（）]*[)）]|(?<=[日号\d])\s*(?:星期|周)[一二三四五六日天]\s*$"
)
_BEFORE = re.compile(r"\s*(?:之?前|以前|前后|止|左右)(?:完成|办结|解决)?$")
_SHORT_YEAR = re.compile(r"^(\d\d)(?=年)|^['’](\d\d)(?=[年./-])")
_WITH_MONTH = re.compile(r"\d月|\d[-/.]\d|\d{8}|\d[a-z]{3}|[a-z]{3}\.?\d")


@lru_cache(REMEMBERED, typed=True)
def day(cell: Cell, years: Years) -> Day | None:
    """A date; None where there is none.

    Raises:
        Unreadable: It is none, or has no year and nobody says which.
    """
    if cell is None or (isinstance(cell, str) and not cell.strip(" 　\n-—–/\\无")):
        return None
    if isinstance(cell, date):
        found = cell.date() if isinstance(cell, datetime) else cell
        if found.year < _SMALLEST:
            raise Unreadable(_SMALL_NUMBER)
        return Day(found)
    if isinstance(cell, time | timedelta):
        raise Unreadable(_TIME_OF_DAY if isinstance(cell, timedelta) or cell != time.min else _ZERO)
    if isinstance(cell, bool):
        raise Unreadable(_NO_DATE)
    return Day(_number(cell, years)) if isinstance(cell, float) else _typed(cell, years)


def _number(cell: float, years: Years) -> date:
    """A number in a date's place: Excel's count of days, 20200312, or 3.12."""
    if cell == 0:
        raise Unreadable(_ZERO)
    if int(cell) in _SERIALS:
        return years.epoch + timedelta(days=int(cell))
    said = shown(cell)
    if re.fullmatch(r"[1-9]\d?\.\d", said):
        raise Unreadable(_CUT_SHORT)
    return _typed(said, years).day


def _typed(said: str, years: Years) -> Day:
    plain = _APOSTROPHE.sub("", unicodedata.normalize("NFKC", said).strip())
    if found := _EXCELS_ENGLISH.fullmatch(plain):
        plain = f"{found[1]} {found[2]}" + (f" 20{found[3][-2:]}" if found[3] else "")
    if plain.isdigit() and len(plain) == _SERIAL_DIGITS and int(plain) in _SERIALS:
        return Day(years.epoch + timedelta(days=int(plain)))
    about = plain.startswith(("约", "大约", "about")) or bool(re.search("左右|前后", plain))
    plain = _TIME.sub("", _BEFORE.sub("", _AROUND.sub("", plain)).strip())
    plain = _SHORT_YEAR.sub(lambda found: f"20{found[1] or found[2]}", plain)
    return Day(_dated(plain, years), about)


def _dated(plain: str, years: Years) -> date:
    """A date by the common forms. Read around two years, it is the same if it names its own."""
    if not _WITH_MONTH.search(dates.plain(plain)):  # 今天, 周五, 2日: of the day it was typed
        raise Unreadable(_NO_DATE)
    try:
        one, other = (dates.read_date(plain, date(year, 7, 2)) for year in (2000, 2004))
    except AmbiguousDate:
        raise Unreadable(_TWO_DAYS) from None
    except BadDate:
        raise Unreadable(_NO_DATE) from None
    if one == other:
        return one
    if years.year is None:
        raise Unreadable(NO_YEAR)
    try:
        return one.replace(year=years.year)
    except ValueError:
        raise Unreadable(_NO_DATE) from None


# Deadlines

_DAY_OR_DAYS = re.compile(r"\d{1,2}日")
_NAMES_A_MONTH = re.compile(r"\d月|\d季度")


def due(cell: Cell, found_on: date, years: Years, rows: Rows) -> Due | None:
    """A deadline in any of the words that ``queries.deadlines`` reads; one counted in days counts from the found date.

    Raises:
        Unreadable: It is none, or has no year and nobody says which.
    """
    if cell is None or (isinstance(cell, str) and not cell.strip(" 　\n-—–/\\无")):
        return None
    said = shown(cell)
    plain = dates.plain(said)
    if _DAY_OR_DAYS.fullmatch(plain):
        raise Unreadable(_TWO_MEANINGS)
    try:
        read = day(cell, years)
    except Unreadable as unreadable:
        if unreadable.words is not _NO_DATE:
            raise
        return _in_words(said, plain, found_on, years, rows)
    return Due(read.day) if read else NO_DUE


def _in_words(said: str, plain: str, found_on: date, years: Years, rows: Rows) -> Due:
    """A deadline that is not a plain date: 3月底前, 7个工作日, 长期. Read around two years, it may name its own."""
    if _NAMES_A_MONTH.search(plain):
        with suppress(BadDate):
            one, other = (spans.read_last_day(said, date(year, 7, 2), dates.Side.NEAREST) for year in (2000, 2004))
            if one != other and years.year is None:
                raise Unreadable(NO_YEAR)
            near = one if one == other else date(years.year or one.year, 7, 2)
            return Due(spans.read_last_day(said, near, dates.Side.NEAREST))
    try:
        return read_deadline(rows, said, found_on, found_on)
    except Refusal:
        raise Unreadable(_NO_DEADLINE) from None


# Numbers


def count(cell: Cell) -> int | None:
    """A whole number, with or without its unit: 8, 8人.

    Raises:
        Unreadable: It is none.
    """
    said = texts.key(shown(cell))
    if not said:
        return None
    found = re.fullmatch(r"(\d{1,9})[人名家个]?", said)
    if not found:
        raise Unreadable(Words("不是整数", "not a whole number"))
    return int(found[1])


def quantity(cell: Cell) -> tuple[str | None, str | None]:
    """A quantity or a range, and the unit that stands behind it: 400-500, 1000只.

    Raises:
        Unreadable: It is none.
    """
    said = texts.key(shown(cell)).replace(",", "")
    if not said:
        return None, None
    found = re.fullmatch(r"(\d+(?:\.\d+)?)(?:[-~—–至到]+(\d+(?:\.\d+)?))?(\D{0,10})", said)
    if not found:
        raise Unreadable(Words("不是数量；可以写 1000、1000只、400-500", "no quantity; write 1000 or 400-500"))
    return found[1] + (f"-{found[2]}" if found[2] else ""), found[3] or None


def phone(cell: Cell) -> str | None:
    """A telephone number, which a workbook may hold as a number; one that an export has masked says nothing.

    Raises:
        BadPhone: It is none.
    """
    said = shown(cell)
    return None if "*" in said else personal.clean_phone(said)


_ENTRY = re.compile(r"(?P<day>\d{4}[年./-]\d{1,2}[月./-]\d{1,2}日?|\d{1,2}月\d{1,2}日)[\s:：，,]*(?P<text>.+)")


def timeline(cell: Cell, years: Years) -> list[tuple[date, str]]:
    """Dated acts, each on a line of its own or after a semicolon: 2020-02-28 业务培训会.

    Raises:
        Unreadable: One has no day, or no text.
    """
    found = []
    for line_ in filter(str.strip, re.split(r"[\n；;]+", shown(cell))):
        entry = _ENTRY.fullmatch(line_.strip())
        on = day(entry["day"], years) if entry else None
        if entry is None or on is None:
            raise Unreadable(_NO_ENTRY)
        found.append((on.day, entry["text"].strip()))
    return found


def is_code(said: str) -> bool:
    """Whether a text is a team's code: letters and digits."""
    return bool(re.fullmatch(r"[A-Za-z]*[0-9]+", said))


_NO_ENTRY = Words("每件事先写日期，如 2020-02-28 业务培训会", "each begins with its day: 2020-02-28 training")
_DIGITS = Words(
    "数字太长，末几位已经丢失；请在 Excel 里把这一列设为文本格式，重新填写",
    "the number has lost its last digits; format the column as text in Excel and type it again",
)
FAILED = Words(
    "这一格的公式出错了；请在 Excel 里改好，或填写实际内容",
    "its formula failed; mend it in Excel, or type what is meant",
)
_SMALL_NUMBER = Words(
    "像是一个小的数字被 Excel 显示成了日期；请重新填写",
    "looks like a small number that Excel shows as a date; type it again",
)
_ZERO = Words(
    "是 0（或负数），不是日期；没有日期请清空这一格（公式引用空白单元格会得到 0）",
    "is 0 or below, and no date; clear the cell if there is none (a formula on a blank cell gives 0)",
)
_TIME_OF_DAY = Words("只有时间，没有日期；请写全", "a time without a day; write the date as well")
_NO_DATE = Words("不是日期；可以写 2020-03-12、3月12日、2020.3.12", "not a date; write 2020-03-12 or 2020/3/12")
NO_YEAR = Words(
    "没有写年份；请加 --year，或在表头上方写填报日期", "it has no year; add --year, or a filing date above the header"
)
_CUT_SHORT = Words(
    "看不出是几日（3.1 可能是 3 月 1 日或 10 日）；请写全", "which day is unclear: 3.1 may be the 1st or the 10th"
)
_TWO_DAYS = Words(
    "可以是两个日子（月在前还是日在前）；请写 2020-03-12 这样", "could be two days: write it as 2020-03-12"
)
_TWO_MEANINGS = Words(
    "是几天还是几号？请写 3天 或 3月3日", "a number of days, or a day of the month? Write 3天 or 3月3日"
)
_NO_DEADLINE = Words(
    "不是时限；可以写日期、7个工作日、长期、立行立改，或时限列表里的名称",
    "no deadline; write a date, 7wd, open, or a preset",
)
