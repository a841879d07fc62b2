"""Spreadsheets of LibreOffice and WPS in the OpenDocument format (.ods): cells, merged ranges, hidden rows.

The parser for Excel's formats reads these too, but tells neither what is merged nor what is hidden nor which formula
failed, and makes room for as many rows as a file claims.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat
from zipfile import ZipFile

from fugong.errors.files import CannotRead
from fugong.errors.imports import UnknownSheet
from fugong.imports.files.grid import Grid, Room
from fugong.imports.files.sheets import (
    DAMAGED,
    MOST_BYTES,
    MOST_UNPACKED,
    TOO_BIG,
    TOO_LARGE,
    Book,
    Cell,
    Rank,
    Sheet,
    as_it_stands,
    without_printed,
)
from fugong.imports.files.zipped import DAMAGES, unpacked
from fugong.vocab import Words

_CONTENT = "content.xml"
_DEEPEST = 200
_MOST_TABLES = 1000
_TIME = re.compile(r"-?PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")


def open_book(path: Path, wanted: str | None, rank: Rank = as_it_stands) -> Book:
    """The tables of a spreadsheet, each as a sheet.

    Raises:
        CannotRead: It is damaged, has a password, or is more than fits.
        UnknownSheet: It has no such sheet.
    """
    if path.stat().st_size > MOST_BYTES:
        raise CannotRead(path=path, reason=TOO_BIG)
    reader = _Reader(path)
    try:
        with ZipFile(path) as archive, path.open("rb") as file:
            if "manifest:encryption-data" in _manifest(archive):
                raise CannotRead(path=path, reason=_PASSWORD)
            part = archive.getinfo(_CONTENT)
            if part.file_size > MOST_UNPACKED:
                raise CannotRead(path=path, reason=TOO_LARGE)
            for piece in unpacked(file, part):
                reader.parser.Parse(piece, False)
            reader.parser.Parse(b"", True)
    except (*DAMAGES, KeyError, expat.ExpatError, ValueError, RuntimeError):
        raise CannotRead(path=path, reason=DAMAGED) from None
    chosen: Sequence[Sheet] = sorted(_chosen(reader.tables, wanted), key=lambda sheet: rank(sheet.name))
    hidden = [each.grid.name for each in reader.tables if each.hidden and wanted is None and any(each.grid.rows())]
    chosen, notes = without_printed(chosen, lambda sheet: sheet.name, wanted)
    return Book(iter(chosen), notes, hidden)


_MOST_MANIFEST = 1 << 20


def _manifest(archive: ZipFile) -> str:
    try:
        with archive.open("META-INF/manifest.xml") as part:
            return part.read(_MOST_MANIFEST).decode("utf-8", "replace")
    except KeyError:
        return ""


def _chosen(tables: list["_Table"], wanted: str | None) -> list[Sheet]:
    if wanted is None:
        chosen = [table for table in tables if not table.hidden]
    else:
        chosen = [each for at, each in enumerate(tables, 1) if wanted.strip() in (each.grid.name, str(at))][:1]
        if not chosen:
            raise UnknownSheet(name=wanted, candidates=[each.grid.name for each in tables])
    return [Sheet(each.grid.name, each.grid.rows(), each.grid.merged, None, each.grid.hidden) for each in chosen]


class _Table(NamedTuple):
    """A table, and whether it is hidden."""

    grid: Grid
    hidden: bool


class _Reader:
    """Takes the parts of the content one after the other."""

    def __init__(self, path: Path) -> None:
        self.tables: list[_Table] = []
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._say
        self.parser.StartDoctypeDeclHandler = self._doctype
        self._room = Room(path)
        self._path = path
        self._depth = 0
        self._unseen = set[str]()
        """The styles of hidden tables."""
        self._style = ""
        self._grid: Grid | None = None
        self._repeated = 1
        self._cell: Mapping[str, str] | None = None
        self._text: list[str] = []
        self._paragraphs = 0
        self._aside = 0
        """Remarks at the margin of cells that are open, by depth."""

    def _doctype(self, *_: object) -> None:
        raise CannotRead(path=self._path, reason=DAMAGED)

    def _start(self, name: str, given: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise CannotRead(path=self._path, reason=DAMAGED)
        if self._aside or name == "office:annotation":
            self._aside += 1
        elif name == "style:style":
            self._style = given.get("style:name", "")
        elif name == "style:table-properties" and given.get("table:display") == "false":
            self._unseen.add(self._style)
        elif name == "table:table":
            if len(self.tables) >= _MOST_TABLES:
                raise CannotRead(path=self._path, reason=TOO_LARGE)
            self._grid = Grid(self._room, given.get("table:name", ""))
            self.tables.append(_Table(self._grid, given.get("table:style-name") in self._unseen))
        elif name == "table:table-row" and self._grid:
            self._repeated = _count(given, "table:number-rows-repeated")
            self._grid.next_row(hidden=given.get("table:visibility") in ("collapse", "filter"))
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._cell, self._text, self._paragraphs = given, [], 0
        elif self._cell is not None:
            self._start_text(name, given)

    def _start_text(self, name: str, given: Mapping[str, str]) -> None:
        if name == "text:p":
            self._paragraphs += 1
            if self._paragraphs > 1:
                self._text.append("\n")
        elif name == "text:s":
            self._text.append(" " * min(_count(given, "text:c"), 1000))
        elif name == "text:tab":
            self._text.append("\t")
        elif name == "text:line-break":
            self._text.append("\n")

    def _say(self, text: str) -> None:
        if self._cell is not None and self._paragraphs and not self._aside:
            self._text.append(text)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._aside:
            self._aside -= 1
        elif name in ("table:table-cell", "table:covered-table-cell") and self._grid and self._cell is not None:
            self._end_cell(self._grid, self._cell)
            self._cell = None
        elif name == "table:table-row" and self._grid:
            self._grid.repeat(self._repeated - 1)
        elif name == "table:table":
            self._grid = None

    def _end_cell(self, grid: Grid, given: Mapping[str, str]) -> None:
        value = _value(given, "".join(self._text))
        cells = _count(given, "table:number-columns-repeated")
        if value is None or value == "":
            grid.skip(cells)
            if cells == 1:
                grid.span(_count(given, "table:number-rows-spanned"), _count(given, "table:number-columns-spanned"))
            return
        grid.add(value)
        grid.span(_count(given, "table:number-rows-spanned"), _count(given, "table:number-columns-spanned"))
        for _ in range(cells - 1):
            grid.add(value)


def _count(given: Mapping[str, str], name: str) -> int:
    said = given.get(name, "1")
    return int(said) if said.isdecimal() and len(said) <= len("1048576") else 1


def _value(given: Mapping[str, str], text: str) -> Cell:
    """What a cell holds: its date or number where it has one, else its text; a failed formula shows its error."""
    if given.get("calcext:value-type") == "error":
        return text
    kind = given.get("office:value-type")
    if kind in ("float", "percentage", "currency"):
        return float(given["office:value"])
    if kind == "date":
        return _date(given.get("office:date-value", ""))
    if kind == "time" and (found := _TIME.fullmatch(given.get("office:time-value", ""))):
        hours, minutes, seconds = map(int, found.groups())
        return timedelta(hours=min(hours, 10**6), minutes=minutes, seconds=seconds)
    if kind == "boolean":
        return given.get("office:boolean-value") == "true"
    return text


def _date(said: str) -> Cell:
    try:
        found = datetime.fromisoformat(said)
    except ValueError:  # before the year 1 or after 9999
        return said
    return found if found.time() != datetime.min.time() else date(found.year, found.month, found.day)


_PASSWORD = Words("它有密码；请取消密码再存一次", "it has a password; save it without")
