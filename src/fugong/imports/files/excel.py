"""Workbooks of Excel, new and old, and of programs that write the same: values only, macros never run."""

import io
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from xml.parsers import expat
from zipfile import ZipFile

from fugong.errors.files import CannotRead
from fugong.errors.imports import UnknownSheet
from fugong.imports.files import xls_guard, xlsx_guard
from fugong.imports.files.sheets import (
    EPOCH,
    EPOCH_1904,
    Book,
    Cell,
    Merged,
    Rank,
    Sheet,
    as_it_stands,
    without_printed,
)
from fugong.imports.files.zipped import DAMAGES
from fugong.vocab import Words

_STDERR = 2


class _Besides(NamedTuple):
    """What the parser does not tell of the sheets of a workbook, by their places in it."""

    failed: Sequence[Mapping[tuple[int, int], str]]
    hidden: Sequence[set[int]]
    epoch: date
    notes: Sequence[Words] = ()


def open_book(path: Path, kind: str, wanted: str | None, rank: Rank = as_it_stands) -> Book:
    """Open a workbook.

    Args:
        path: The file.
        kind: xlsx or xls.
        wanted: The one sheet wanted, by its name or its number from 1; None: all that are not hidden.
        rank: In which order the sheets are wanted.

    Raises:
        CannotRead: It is damaged, has a password, or is more than fits.
        UnknownSheet: It has no such sheet.
    """
    from python_calamine import CalamineWorkbook

    parts = xlsx_guard.check(path) if kind == "xlsx" else {}
    old = xls_guard.check(path) if kind == "xls" else None
    with _parsing(path):
        if misnamed := path.suffix.lower() in _NAMES_OF_OTHERS[kind]:  # the parser believes the name
            book = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
        else:
            book = CalamineWorkbook.from_path(str(path))
        chosen: Sequence[tuple[int, str]] = sorted(_chosen(book, wanted), key=lambda each: rank(each[1]))
    besides = _old(old) if old else _new(path, book.sheet_names, parts)
    hidden = [name for each, name in enumerate(book.sheet_names) if wanted is None and (each, name) not in chosen]
    chosen, notes = without_printed(chosen, lambda each: each[1], wanted)
    told = [_MISNAMED[kind]] if misnamed else []
    return Book(_sheets(path, book, chosen, besides), [*told, *besides.notes, *notes], hidden)


@contextmanager
def _parsing(path: Path) -> Iterator[None]:
    """Turn the parser's failures into refusals. On some damaged files it panics, which it also tells on stderr."""
    from python_calamine import CalamineError, PasswordError

    try:
        with _quiet():
            yield
    except PasswordError:
        raise CannotRead(path=path, reason=_PASSWORD) from None
    except CalamineError:
        raise CannotRead(path=path, reason=_NO_WORKBOOK) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # it has no importable name, and is no Exception
            raise
        raise CannotRead(path=path, reason=_NO_WORKBOOK) from None


@contextmanager
def _quiet() -> Iterator[None]:
    """Nothing of what native code says reaches stderr."""
    sys.stderr.flush()
    kept, nowhere = os.dup(_STDERR), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, _STDERR)
    try:
        yield
    finally:
        os.dup2(kept, _STDERR)
        os.close(kept)
        os.close(nowhere)


def _chosen(book: Any, wanted: str | None) -> list[tuple[int, str]]:
    """The sheets to look at, with their places."""
    known = list(enumerate(book.sheet_names))
    if wanted is None:
        from python_calamine import SheetVisibleEnum

        seen = [each.visible == SheetVisibleEnum.Visible for each in book.sheets_metadata]
        return [pair for pair, visible in zip(known, seen, strict=True) if visible]
    chosen = [(at, name) for at, name in known if wanted.strip() in (name, str(at + 1))]
    if not chosen:
        raise UnknownSheet(name=wanted, candidates=[name for _, name in known])
    return chosen[:1]


def _sheets(path: Path, book: Any, chosen: Sequence[tuple[int, str]], besides: _Besides) -> Iterator[Sheet]:
    for at, name in chosen:
        with _parsing(path):
            sheet = book.get_sheet_by_index(at)
            ranges = sheet.merged_cell_ranges or ()
        merged = [Merged(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in ranges]
        failed = besides.failed[at] if at < len(besides.failed) else {}
        hidden = besides.hidden[at] if at < len(besides.hidden) else set()
        yield Sheet(name, _rows(sheet, failed), merged, None, hidden, besides.epoch)


def _rows(sheet: Any, failed: Mapping[tuple[int, int], str]) -> Iterator[tuple[int, list[Cell]]]:
    """The rows of a sheet; the parser leaves out the empty columns on the left, but not the rows above."""
    if sheet.start is None:
        return
    margin: list[Cell] = [None] * sheet.start[1]
    rows_failed = {row for row, _ in failed}
    for number, given in enumerate(sheet.iter_rows(), 1):
        cells = margin + [None if cell == "" else float(cell) if type(cell) is int else cell for cell in given]
        if number in rows_failed:
            for at, cell in enumerate(cells):
                cells[at] = failed.get((number, at), cell)
        yield number, cells


def _old(seen: xls_guard.Seen) -> _Besides:
    return _Besides(seen.failed, seen.hidden, EPOCH_1904 if seen.since_1904 else EPOCH)


def _new(path: Path, names: Sequence[str], parts: Mapping[str, xlsx_guard.Seen]) -> _Besides:
    """The same of a new workbook, which says itself which part is which sheet, and from when it counts days."""
    places, since_1904 = _index(path)
    empty = xlsx_guard.Seen([], {}, set())
    seen = [parts.get(places.get(name, ""), empty) for name in names]
    notes = [_lost(name, place, len(names) > 1) for name, each in zip(names, seen, strict=True) for place in each.lost]
    return _Besides(
        [each.failed for each in seen], [each.hidden for each in seen], EPOCH_1904 if since_1904 else EPOCH, notes
    )


_WORKBOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_LARGEST_INDEX = 4 << 20


def _index(path: Path) -> tuple[dict[str, str], bool]:
    """Which part, in small letters, is the sheet of which name, and whether days are counted from 1904."""
    try:
        with ZipFile(path) as archive:
            names = {name.lower(): name for name in archive.namelist()}
            book, links = (list(_elements(archive, names[part])) for part in (_WORKBOOK, _LINKS))
    except (*DAMAGES, KeyError, ValueError, RuntimeError, expat.ExpatError):
        return {}, False  # the parser will say what it makes of such a workbook
    targets = {given.get("Id"): given.get("Target", "") for name, given in links if name == "Relationship"}
    places = {given.get("name", ""): _part(targets.get(given.get("id"), "")) for name, given in book if name == "sheet"}
    return places, any(name == "workbookPr" and given.get("date1904") in ("1", "true") for name, given in book)


def _elements(archive: ZipFile, part: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The elements of a small part, without their prefixes; one that declares entities is none of Excel's."""
    if archive.getinfo(part).file_size > _LARGEST_INDEX:
        raise ValueError(part)
    found: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, given: found.append(
        (name.rpartition(":")[2], {key.rpartition(":")[2]: value for key, value in given.items()})
    )
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.Parse(archive.read(part), True)
    yield from found


def _no_doctype(*_: object) -> None:
    raise ValueError


def _part(target: str) -> str:
    """The name of a part as a link from the workbook gives it."""
    plain = target.lower().removeprefix("./")
    return plain.lstrip("/") if plain.startswith("/") else f"xl/{plain}"


def _lost(sheet: str, place: str, several: bool) -> Words:
    zh, en = (f"工作表「{sheet}」", f" of sheet “{sheet}”") if several else ("", "")
    return Words(
        f"{zh}单元格 {place} 的公式没有算出结果，按空白读",
        f"the formula in cell {place}{en} has no result; it is read as blank",
    )


_NAMES_OF_OTHERS = {"xlsx": (".xls", ".et", ".ett"), "xls": (".xlsx", ".xlsm", ".xlsb")}
"""By what a workbook is: the suffixes of the other sort."""
_MISNAMED = {
    "xlsx": Words("它其实是 .xlsx 工作簿，照 .xlsx 读了", "it is really an .xlsx workbook, and was read as that"),
    "xls": Words("它其实是 .xls 工作簿，照 .xls 读了", "it is really an .xls workbook, and was read as that"),
}
_NO_WORKBOOK = Words(
    "它不是 Excel 工作簿；请用 Excel 或 WPS 打开，另存为 .xlsx", "it is no Excel workbook; open it, save it as .xlsx"
)
_PASSWORD = Words("它有密码；请取消密码再存一次", "it has a password; save it without")
