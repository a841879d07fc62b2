"""Rows and a format in, bytes out. A writer knows no report, and no report knows a writer.

Every writer turns a ``Report`` into pieces of text, one after the other, so that a long listing needs no more
memory than a short one. Where the pieces go, and in which bytes, is decided here. Writers are imported when they
are chosen: a start that prints a plain listing pays for neither Rich nor the JSON encoder.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import assert_never

from fugong.columns import Report
from fugong.errors import StdoutUnwritable, UnknownSuffix
from fugong.vocab import Format, Language, Words

SUFFIXES = {
    ".csv": Format.CSV,
    ".json": Format.JSON,
    ".md": Format.MD,
    ".txt": Format.PLAIN,
    ".tsv": Format.PLAIN,
}
"""The format that the name of an output file asks for."""


def write(
    report: Report,
    *,
    fmt: Format | None = None,
    out: Path | None = None,
    force: bool = False,
    header: Language | None = None,
) -> None:
    """Write a report to standard output, or to a file, whole or not at all.

    Args:
        report: What to write; its rows are read once.
        fmt: The format. None: from the suffix of ``out``, else a table on a terminal and plain in a pipe.
        out: The file. None: standard output.
        force: Replace the file if it exists.
        header: The language of the headings of plain, CSV and Markdown, if not the language of this run.

    Raises:
        UnknownSuffix: The name of ``out`` does not tell the format.
        OutputExists: ``out`` exists and ``force`` was not given.
        CannotWrite, StdoutUnwritable: The file, or standard output, does not take it.
        BrokenPipeError: The reader of standard output has gone.
    """
    chosen = fmt or _format_of(out)
    pieces = _pieces(
        report, chosen, header=header, live=out is None and sys.stdout.isatty(), ascii_only=_is_narrow(out)
    )
    if out is None:
        _print(pieces, as_bytes=chosen is Format.CSV)
    else:
        from fugong.output import files

        files.save(out, map(str.encode, pieces), force=force)


def _format_of(out: Path | None) -> Format:
    """The format that nobody named."""
    if out is None:
        return Format.TABLE if sys.stdout.isatty() else Format.PLAIN
    try:
        return SUFFIXES[out.suffix.lower()]
    except KeyError:
        raise UnknownSuffix(path=str(out), known=tuple(SUFFIXES)) from None


def _pieces(report: Report, fmt: Format, *, header: Language | None, live: bool, ascii_only: bool) -> Iterator[str]:
    """The report as text in one of the formats."""
    if fmt in (Format.TABLE, Format.PLAIN, Format.MD):
        from fugong.output.cells import upright

        report = upright(report)
    match fmt:
        case Format.TABLE:
            from fugong.output import terminal

            return terminal.pieces(report, live=live)
        case Format.PLAIN:
            from fugong.output import plain

            return plain.pieces(report, header=header)
        case Format.CSV:
            from fugong.output import comma

            return comma.pieces(report, header=header)
        case Format.JSON:
            from fugong.output import document

            return document.pieces(report, ascii_only=ascii_only)
        case Format.MD:
            from fugong.output import markdown

            return markdown.pieces(report, header=header)
        case Format.TEXT:
            from fugong.output import plain

            return plain.pieces(report, header=header) if report.lines is None else plain.lines(report.lines)
        case _:
            assert_never(fmt)


def _is_narrow(out: Path | None) -> bool:
    """Whether the bytes will be in an encoding that lacks some characters; files are always UTF-8."""
    encoding = None if out else sys.stdout.encoding
    return (encoding or "utf-8").lower().replace("_", "-") not in ("utf-8", "utf8")


def _print(pieces: Iterable[str], *, as_bytes: bool) -> None:
    """Write to standard output: in its own encoding, or in UTF-8 whatever that is (CSV, for spreadsheets)."""
    raw = getattr(sys.stdout, "buffer", None) if as_bytes else None
    try:
        if raw is None:
            sys.stdout.writelines(pieces)
        else:
            sys.stdout.flush()
            raw.writelines(map(str.encode, pieces))
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        from fugong.files import reason

        raise StdoutUnwritable(path=Words("标准输出", "standard output"), reason=reason(error)) from None
