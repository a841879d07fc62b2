"""Opening a file: what it is, its content says, not its name; and what is no ledger is told what it is."""

from pathlib import Path
from zipfile import ZipFile

from fugong import files
from fugong.errors.files import CannotRead
from fugong.imports.files import delimited, excel, opendocument, web_pages
from fugong.imports.files.sheets import DAMAGED, Book, Rank, as_it_stands
from fugong.imports.files.zipped import DAMAGES
from fugong.vocab import Words

_SNIFFED = 1 << 16
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".xlsb", ".ett")
_PAGES = (".htm", ".html")
_OLD_EXPORTS = ".xls"
"""Many systems export texts with tabs under this name."""
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def open_book(path: Path, *, sheet: str | None = None, encoding: str | None = None, rank: Rank = as_it_stands) -> Book:
    """Open a workbook, a web page or a text file.

    Args:
        path: The file.
        sheet: The one sheet wanted, by its name or its number from 1; None: all that are not hidden.
        encoding: Of a text file; None: by rule.
        rank: In which order the sheets of a workbook are wanted.

    Raises:
        CannotRead: It cannot be read, is no such file, or is more than fits.
        UnknownSheet: The workbook has no such sheet.
        BadEncoding: There is no such encoding.
    """
    try:
        files.must_be_ordinary(path)
        with path.open("rb") as file:
            start = file.read(_SNIFFED)
        return _opened(path, start, sheet, encoding, rank)
    except OSError as error:
        raise CannotRead(path=path, reason=files.unread(error)) from None


def _opened(path: Path, start: bytes, sheet: str | None, encoding: str | None, rank: Rank) -> Book:
    suffix = path.suffix.lower()
    if start.startswith((_ZIP, _OLE)):
        return _workbook(path, start, sheet, rank)
    for magic, reason in _FOREIGN:
        if start.startswith(magic):
            raise CannotRead(path=path, reason=reason)
    if web_pages.is_page(start):
        return web_pages.open_book(path, sheet, encoding)
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if head.startswith(b"<?xml"):
        raise CannotRead(path=path, reason=_XML)
    if not start.strip():
        raise CannotRead(path=path, reason=_EMPTY)
    if b"\0" in start and not encoding and not start.startswith(_UTF_16):
        raise CannotRead(path=path, reason=_NO_WORKBOOK if suffix in _WORKBOOKS else _BINARY)
    if suffix in _WORKBOOKS and not (suffix == _OLD_EXPORTS and b"\t" in start.replace(b"\0", b"")):
        raise CannotRead(path=path, reason=_NAMED_WORKBOOK)
    book = delimited.open_book(path, start, encoding)
    return book._replace(notes=[_TEXT]) if suffix in _WORKBOOKS else book


def _workbook(path: Path, start: bytes, sheet: str | None, rank: Rank) -> Book:
    kind = _zip_kind(path) if start.startswith(_ZIP) else "xls"
    if path.suffix.lower() not in _WORKBOOKS:
        raise CannotRead(path=path, reason=_RENAMED)
    if kind == "ods":
        return opendocument.open_book(path, sheet, rank)
    return excel.open_book(path, kind, sheet, rank)


def _zip_kind(path: Path) -> str:
    """Which sort of workbook a zip file is: xlsx or ods.

    Raises:
        CannotRead: It is another document, or an archive.
    """
    try:
        with ZipFile(path) as archive:
            names = {name.lower() for name in archive.namelist()}
            if "mimetype" in names and _is_ods(archive):
                return "ods"
    except (*DAMAGES, ValueError, RuntimeError):
        raise CannotRead(path=path, reason=DAMAGED) from None
    for marks, reason in _ARCHIVES:
        if names.intersection(marks):
            raise CannotRead(path=path, reason=reason)
    return "xlsx"


def _is_ods(archive: ZipFile) -> bool:
    with archive.open("mimetype") as part:
        return part.read(100).startswith(b"application/vnd.oasis.opendocument.spreadsheet")


_RENAMED = Words(
    "它其实是 Excel 工作簿；请把后缀改成 .xlsx 或 .xls", "it is an Excel workbook; give it the suffix .xlsx or .xls"
)
_NO_WORKBOOK = Words(
    "它不是 Excel 工作簿；请用 Excel 或 WPS 打开，另存为 .xlsx", "it is no Excel workbook; open it, save it as .xlsx"
)
_NAMED_WORKBOOK = Words(
    "它其实是文字，不是 Excel 工作簿；请把后缀改成 .csv 再导入",
    "it is text, and no Excel workbook; give it the suffix .csv and import that",
)
_XML = Words(
    "它其实是 XML 表格；请用 Excel 或 WPS 打开，另存为 .xlsx", "it is an XML table; open it in Excel, save it as .xlsx"
)
_TEXT = Words("它其实是用制表符分开的文字，照文字读了", "it is really text with tabs, and was read as that")
_EMPTY = Words("文件是空的；请填报单位再发一次", "the file is empty; have it sent once more")
_BINARY = Words(
    "它不是文字，也不是 Excel 工作簿；如果是 UTF-16 文字，请加 --encoding utf-16-le",
    "it is neither text nor an Excel workbook; if it is text in UTF-16, add --encoding utf-16-le",
)
_DATABASE = Words(
    "它其实是数据库，不是表格；要是一本 fugong 台账，用 --store 打开它，导出成工作簿再导入",
    "it is a database, and no table; if it is a store of fugong, open it with --store and import what it exports",
)
_SLIDES = Words(
    "它其实是演示文稿；请把里面的表格复制到 Excel，另存为 .xlsx",
    "it is a presentation; copy its table into Excel and save that as .xlsx",
)
_WORD = Words(
    "它其实是 Word 文档；请把里面的表格复制到 Excel，另存为 .xlsx",
    "it is a Word document; copy its table into Excel and save that as .xlsx",
)
_PICTURE = Words(
    "它其实是图片；请向填报单位要 Excel 台账", "it is a picture; ask whoever filed it for the ledger as a workbook"
)
_ARCHIVE = Words(
    "它其实是压缩包；请先解压，再导入里面的台账", "it is an archive; unpack it, and import the ledger in it"
)
_PAGE_ARCHIVE = Words(
    "它其实是单个文件网页（.mht）；请用 Excel 或 WPS 打开，另存为 .xlsx",
    "it is a web page archive (.mht); open it in Excel, save it as .xlsx",
)
_FOREIGN = (
    (
        b"%PDF",
        Words(
            "它其实是 PDF；请向填报单位要 Excel 台账", "it is a PDF; ask whoever filed it for the ledger as a workbook"
        ),
    ),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"{\\rtf", _WORD),
    (b"Rar!", _ARCHIVE),
    (b"7z\xbc\xaf", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"SQLite format 3\0", _DATABASE),
    (b"MIME-Version:", _PAGE_ARCHIVE),
)
"""How files begin that are no ledgers, and what to do about each."""
_ARCHIVES = (
    (("word/document.xml",), _WORD),
    (("ppt/presentation.xml",), _SLIDES),
)
