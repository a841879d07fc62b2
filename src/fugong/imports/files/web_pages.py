"""Web pages as most systems export them under the name .xls: their tables are read, and nothing else.

No script runs, no link, frame or picture is followed: the page is text, and only what stands in its cells is kept.
"""

import re
from html.parser import HTMLParser
from pathlib import Path

from fugong.errors.files import CannotRead
from fugong.errors.imports import UnknownSheet
from fugong.imports.files import encoding as encodings
from fugong.imports.files.grid import Grid, Room
from fugong.imports.files.sheets import DAMAGED, MOST_BYTES, TOO_BIG, TOO_LARGE, Book, Sheet
from fugong.vocab import Words

_BEGINNINGS = (
    "<html", "<!doctype html", "<table", "<head", "<meta", "<body", "<style", "<div", "<center", "<!--", "<script",
)  # fmt: skip
_DEEPEST = 20
"""Tables within tables."""
_MOST_TABLES = 1000
_MOST_SPANNED = 70_000
_MOST_IN_TAG = 1 << 16
_ENDS = ">]]>-->\"'>"
"""Put behind the page: what is open ends here, and the parser need not look for it again from every place."""
_BLANKS = re.compile(r"[ \t\r\n\f]+")


def is_page(start: bytes) -> bool:
    """Whether a file begins like a web page."""
    head = _text(start, "utf-16" if start.startswith((b"\xff\xfe", b"\xfe\xff")) else "latin-1")[:4096]
    plain = re.sub(r"^(?:\ufeff|\u00ef\u00bb\u00bf|\s|<\?xml[^>]*>)+", "", head).lower()
    return plain.startswith(_BEGINNINGS)


def open_book(path: Path, wanted: str | None, encoding: str | None) -> Book:
    """The tables of a page, each as a sheet.

    Raises:
        CannotRead: It holds no table, or more than fits.
        UnknownSheet: There is no table of that number.
        BadEncoding: There is no such encoding.
    """
    if path.stat().st_size > MOST_BYTES:
        raise CannotRead(path=path, reason=TOO_BIG)
    name = encodings.forced(encoding) if encoding else encodings.detect(path)
    text = _text(path.read_bytes(), name)
    if _has_endless_tag(text):
        raise CannotRead(path=path, reason=DAMAGED)
    parser = _Tables(path)
    parser.feed(text + _ENDS)
    parser.close()
    grids = [grid for grid in parser.grids if any(True for _ in grid.rows())]
    if not grids:
        raise CannotRead(path=path, reason=_NO_TABLE)
    chosen = list(enumerate(grids, 1))
    if wanted is not None:
        chosen = [(at, grid) for at, grid in chosen if wanted.strip() == str(at)]
        if not chosen:
            raise UnknownSheet(name=wanted, candidates=[str(at) for at in range(1, len(grids) + 1)])
    sheets = [
        Sheet(str(at) if len(grids) > 1 else "", grid.rows(), grid.merged, name, grid.hidden) for at, grid in chosen
    ]
    return Book(iter(sheets), [] if path.suffix.lower() in (".htm", ".html") else [_PAGE])


def _text(data: bytes, encoding: str) -> str:
    return data.decode(encoding, "replace")


def _has_endless_tag(text: str) -> bool:
    """Whether something that opens like a tag goes on for longer than any does; the parser would hold all of it."""
    opened = ((piece, piece.find("<")) for piece in text.split(">"))
    return any(at >= 0 and len(piece) - at > _MOST_IN_TAG and piece[at + 1 : at + 2] != "!" for piece, at in opened)


class _Tables(HTMLParser):
    """Collects the cells of all tables; of a table within a cell, the cells are its own."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.grids: list[Grid] = []
        self._path = path
        self._room = Room(path)
        self._open: list[Grid] = []
        self._cell: list[tuple[list[str], int, int] | None] = []
        """Of each open table: the texts of its open cell, and how far that spans."""
        self._silent = 0
        """Scripts and styles that are open."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self._silent += 1
        elif tag == "table":
            self._begin_table()
        elif not self._open:
            return
        elif tag == "tr":
            self._end_cell()
            style = (dict(attrs).get("style") or "").replace(" ", "").lower()
            self._open[-1].next_row(hidden="display:none" in style or any(name == "hidden" for name, _ in attrs))
        elif tag in ("td", "th"):
            self._end_cell()
            given = dict(attrs)
            if self._open[-1].row == 0:  # a cell without a row
                self._open[-1].next_row()
            self._cell[-1] = ([], _span(given.get("rowspan")), _span(given.get("colspan")))
        elif tag in ("br", "p", "div", "li"):
            self._say("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._silent = max(self._silent - 1, 0)
        elif tag == "table" and self._open:
            self._end_cell()
            self._open.pop()
            self._cell.pop()
        elif tag in ("td", "th", "tr") and self._open:
            self._end_cell()
        elif tag in ("p", "div", "li") and self._open:
            self._say("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._say(_BLANKS.sub(" ", data))

    def _begin_table(self) -> None:
        if len(self._open) >= _DEEPEST or len(self.grids) >= _MOST_TABLES:
            raise CannotRead(path=self._path, reason=TOO_LARGE)
        grid = Grid(self._room)
        self.grids.append(grid)
        self._open.append(grid)
        self._cell.append(None)

    def _say(self, text: str) -> None:
        cell = self._cell[-1] if self._cell else None
        if cell is not None:
            cell[0].append(text)

    def _end_cell(self) -> None:
        cell, self._cell[-1] = self._cell[-1], None
        if cell is None:
            return
        parts, down, across = cell
        lines = (line.strip(" \xa0") for line in "".join(parts).split("\n"))
        self._open[-1].add("\n".join(filter(None, lines)), down=down, across=across)


def _span(given: str | None) -> int:
    """How many rows or columns a cell takes; nonsense is one."""
    digits = (given or "").strip()
    return (
        min(max(int(digits), 1), _MOST_SPANNED)
        if digits.isdecimal() and len(digits) < len(str(_MOST_SPANNED)) + 1
        else 1
    )


_NO_TABLE = Words(
    "它其实是网页，里面没有表格；请用 Excel 或 WPS 打开，另存为 .xlsx",
    "it is a web page without a table; open it in Excel, save it as .xlsx",
)
_PAGE = Words("它其实是网页，读了里面的表格", "it is really a web page; its tables were read")
