"""Two things in one cell: a unit with a person (工信局/张三), a name with its telephone number (张三 0357-1234567)."""

import re
from collections.abc import Mapping

from fugong.imports.cells.columns import UNIT_AND_PERSON, Field
from fugong.imports.cells.values import shown
from fugong.imports.files.sheets import Cell

_PHONE = re.compile(
    r"[,，;；:：/、\s(（]*(?:(?:联系)?电话|手机号?码?|联系方式|tel\.?)?[\s:：]*"
    r"(?<!\d)(?:\+?86[-\s]?)?(?:1\d{2}[-\s]?\d{4}[-\s]?\d{4}|0\d{2,3}[-\s]?\d{7,8}|[2-9]\d{6,7})(?!\d)[)）]?",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[/／\n，,；;：:（()）、\s|]+")
UNIT = re.compile(
    r"(?:局|委|办|中心|乡|镇|街道|院|公司|部|会|站|所|处|组|行|队|科|府|校|厂|社|集团|区|县|市|村|室|厅|司|矿|专班)$"
)
_LONGEST_NAME = 4


def without_phone(text: str) -> str:
    """A name without the telephone numbers that stand beside it."""
    return _PHONE.sub(" ", text).strip(" 、，,；;/") if _PHONE.search(text) else text


def has_phone(cell: Cell) -> bool:
    """Whether a telephone number stands in a cell of names."""
    return isinstance(cell, str) and bool(_PHONE.search(cell))


def parted(cells: Mapping[Field, Cell]) -> dict[Field, Cell]:
    """The cells of a row, that of a unit and a person as two; a column that has one of them alone says more."""
    result = dict(cells)
    both = result.pop(UNIT_AND_PERSON, None)
    units, persons = _sorted(shown(both))
    for field, found in ((Field.DEPARTMENT, units), (Field.PERSON, persons)):
        if result.get(field) is None:
            result[field] = found
    return result


def _sorted(text: str) -> tuple[str | None, str | None]:
    """What of a text are units, and what persons: short words that do not end as units do."""
    words = [word for word in _MARKS.split(without_phone(text)) if word]
    units = [word for word in words if UNIT.search(word) or len(word) > _LONGEST_NAME]
    persons = [word for word in words if word not in units]
    if len(words) == 1:  # a unit of a short name may stand alone, a person may not
        units, persons = words, []
    number = _PHONE.search(text)
    if persons and number:  # it is told of where the person is read
        persons[-1] += number[0]
    return "、".join(units) or None, "、".join(persons) or None
