"""Rows and a format in, bytes out. A writer knows no report, and no report knows a writer.

Every writer turns a ``Report`` into pieces of text, or of bytes, one after the other, so that a long listing needs
no more memory than a short one. Where the pieces go, and in which bytes, is decided here. Writers are imported when
they are chosen: a start that prints a plain listing pays for neither Rich nor the JSON encoder.
"""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import assert_never

from fugong import config
from fugong.errors.files import EncodingNeedsCsv, FormatOfAnotherSuffix, NeedsFile, StdoutUnwritable, UnknownSuffix
from fugong.results.report import Cover, Report
from fugong.vocab import Encoding, Format, Language, Words

LIKED = (Format.TABLE, Format.PLAIN, Format.CSV, Format.JSON, Format.MD)
"""The formats that the setting ``format`` may name."""
SUFFIXES = {
    ".xlsx": Format.XLSX,
    ".csv": Format.CSV,
    ".json": Format.JSON,
    ".md": Format.MD,
    ".txt": Format.PLAIN,
    ".tsv": Format.PLAIN,
}
"""The format that the name of an output file asks for."""
ANY_TEXT = ".txt"
"""The suffix that says no more than that it is text."""


def write(
    report: Report,
    *,
    fmt: Format | None = None,
    out: Path | None = None,
    force: bool = False,
    header: Language | None = None,
    encoding: Encoding | None = None,
    cover: Cover | None = None,
    wide: bool = True,
) -> None:
    """Write a report to standard output, or to a file, whole or not at all.

    Args:
        report: What to write; its rows are read once.
        fmt: The format. None: as ``format_of`` has it.
        out: The file. None: standard output.
        force: Replace the file if it exists.
        header: The language of the headings of plain, CSV, Markdown and XLSX, if not the language of this run.
        encoding: The bytes of CSV. None: UTF-8, as all else is.
        cover: What stands under the title of XLSX.
        wide: Whether a table on a terminal has every column and character, or what its width has room for.

    Raises:
        UnknownSuffix: The name of ``out`` does not tell the format.
        FormatOfAnotherSuffix: It tells another one than ``fmt``.
        EncodingNeedsCsv, NeedsFile: The options do not go together.
        OutputExists: ``out`` exists and ``force`` was not given.
        CellTooLong, SheetFull: A spreadsheet does not hold it.
        CannotWrite, StdoutUnwritable: The file, or standard output, does not take it.
        BrokenPipeError: The reader of standard output has gone.
    """
    with _spoken(header):
        _write(report, format_of(fmt, out), out, force, header, encoding, cover, wide)


@contextmanager
def _spoken(header: Language | None) -> Iterator[None]:
    """Names and values are in the language of the headings."""
    before = config.written_in.set(header and header.value)
    try:
        yield
    finally:
        config.written_in.reset(before)


def _write(
    report: Report,
    chosen: Format,
    out: Path | None,
    force: bool,
    header: Language | None,
    encoding: Encoding | None,
    cover: Cover | None,
    wide: bool,
) -> None:
    if encoding and chosen is not Format.CSV:
        raise EncodingNeedsCsv
    if chosen is Format.XLSX and out is None and (sys.stdout.isatty() or not hasattr(sys.stdout, "buffer")):
        raise NeedsFile
    if chosen in (Format.CSV, Format.JSON) and report.flat:
        report = report.flat
    codec = encoding or Encoding.UTF_8
    if chosen is Format.XLSX:
        from contextlib import closing

        from fugong.output import xlsx

        with closing(xlsx.pieces(report, header=header, cover=cover)) as book:  # its files go when nobody reads on
            _send(book, out, force=force, as_bytes=True, codec=codec)
    else:
        pieces = _pieces(
            report, chosen, header=header, codec=codec, live=is_live(out), ascii_only=is_narrow(out), wide=wide
        )
        if chosen is Format.TABLE and is_live(out) and sys.stdin is not None and sys.stdin.isatty():
            from fugong.output import pager

            pieces = pager.paged(pieces)
        _send(pieces, out, force=force, as_bytes=chosen is Format.CSV, codec=codec)


def _send(pieces: Iterable[str | bytes], out: Path | None, *, force: bool, as_bytes: bool, codec: Encoding) -> None:
    """Write the pieces to where they are to go."""
    if out is None:
        _print(pieces, as_bytes=as_bytes, codec=codec)
    else:
        from fugong.output import files

        files.save(out, _encoded(pieces, codec), force=force)


def format_of(fmt: Format | None, out: Path | None) -> Format:
    """The format asked for; else from the suffix of the file, else a table on a terminal and plain in a pipe.

    Raises:
        UnknownSuffix: The name of ``out`` does not tell the format.
        FormatOfAnotherSuffix: It tells another one than was asked for.
    """
    if out is not None:
        return _of_file(fmt, out)
    if fmt:
        return fmt
    if not sys.stdout.isatty():
        return Format.PLAIN
    liked = config.on_terminal("format")
    return Format(liked) if liked in LIKED else Format.TABLE


def _of_file(fmt: Format | None, out: Path) -> Format:
    """The format of a file: no name says one thing and the bytes another.

    JSON beside the name of another format is what the command answers in, and the file is what its name says.
    """
    named = SUFFIXES.get(out.suffix.lower())
    if fmt is None and named is None:
        raise UnknownSuffix(path=str(out), known=tuple(SUFFIXES))
    if fmt is None or named in (fmt, None):
        return fmt or named  # type: ignore[return-value]  # one of the two is known
    if fmt is not Format.XLSX and (out.suffix.lower() == ANY_TEXT or (fmt, named) == (Format.TEXT, Format.MD)):
        return fmt  # what is short for the work chat is Markdown
    if fmt is Format.JSON:
        return named
    raise FormatOfAnotherSuffix(path=str(out), format=fmt.value, suffix=out.suffix)


def _pieces(
    report: Report, fmt: Format, *, header: Language | None, codec: Encoding, live: bool, ascii_only: bool, wide: bool
) -> Iterator[str]:
    """The report as text in one of the formats."""
    if fmt in (Format.TABLE, Format.PLAIN, Format.MD):
        from fugong.output.cells import upright

        report = upright(report)
    match fmt:
        case Format.TABLE:
            from fugong.output import terminal

            return terminal.pieces(report, live=live, fitted=live and not wide)
        case Format.PLAIN:
            from fugong.output import plain

            return plain.pieces(report, header=header)
        case Format.CSV:
            from fugong.output import csv_

            return csv_.pieces(report, header=header, marked=codec is Encoding.UTF_8)
        case Format.JSON:
            from fugong.output import json_

            return json_.pieces(report, ascii_only=ascii_only)
        case Format.MD:
            from fugong.output import markdown

            return markdown.pieces(report, header=header)
        case Format.XLSX:
            raise AssertionError  # bytes, not text
        case Format.TEXT:
            from fugong.output import plain

            return plain.pieces(report, header=header) if report.lines is None else plain.lines(report.lines)
        case _:
            assert_never(fmt)


def _encoded(pieces: Iterable[str | bytes], codec: Encoding) -> Iterator[bytes]:
    return (piece if isinstance(piece, bytes) else piece.encode(codec.value) for piece in pieces)


def is_live(out: Path | None) -> bool:
    """Whether somebody looks at it on a terminal."""
    return out is None and sys.stdout.isatty()


def is_narrow(out: Path | None = None) -> bool:
    """Whether the bytes will be in an encoding that lacks some characters; files are always UTF-8."""
    encoding = None if out else sys.stdout.encoding
    return (encoding or "utf-8").lower().replace("_", "-") not in ("utf-8", "utf8")


def _print(pieces: Iterable[str | bytes], *, as_bytes: bool, codec: Encoding) -> None:
    """Write to standard output: in its own encoding, or in bytes whatever that is (for spreadsheets)."""
    raw = getattr(sys.stdout, "buffer", None) if as_bytes else None
    try:
        if raw is None:
            sys.stdout.writelines(pieces)  # type: ignore[arg-type]  # bytes are for spreadsheets only
        else:
            sys.stdout.flush()
            raw.writelines(_encoded(pieces, codec))
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        from fugong.files import reason

        raise StdoutUnwritable(path=Words("标准输出", "standard output"), reason=reason(error)) from None
