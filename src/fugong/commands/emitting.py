"""The last step of every reading command: a report goes to the writer that was asked for."""

from pathlib import Path
from typing import TYPE_CHECKING

from fugong.vocab import Format, Language

if TYPE_CHECKING:
    from fugong.columns import Report


def emit(
    report: "Report",
    fmt: Format | None,
    out: Path | None,
    *,
    force: bool = False,
    header: Language | None = None,
) -> None:
    """Write a report to stdout or to a file, in the format asked for."""
    from fugong import output

    output.write(report, fmt=fmt, out=out, force=force, header=header)
