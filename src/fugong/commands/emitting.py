"""The last step of every reading command: a report goes to the writer that was asked for."""

import sys
from typing import TYPE_CHECKING

from fugong.vocab import Format

if TYPE_CHECKING:
    from fugong.columns import Report
    from fugong.commands.options import Writing
    from fugong.db import Reader
    from fugong.reports.as_of import AsOf


def emit(report: "Report", writing: "Writing", at: "tuple[Reader, AsOf] | None" = None) -> None:
    """Write a report to stdout or to a file, in the format asked for.

    ``at`` is the store and the cut-off, which stand under the title of a spreadsheet.
    """
    from fugong import output

    fmt, out, force, header, encoding = writing
    chosen, cover = output.format_of(fmt, out), None
    if chosen is Format.XLSX and at:
        from fugong.reports.cover import cover as made

        cover = made(*at)
    if sys.stderr.isatty() and (out or not sys.stdout.isatty()):
        from fugong.commands.watching import watched

        report = watched(report)
    output.write(report, fmt=chosen, out=out, force=force, header=header, encoding=encoding, cover=cover)
    if out and sys.stderr.isatty():  # a script that writes a file every night is told by its exit code
        from fugong.commands.transaction import say
        from fugong.lang import T

        say(T(f"已写入 {out}", f"Written to {out}"))
