"""Archives whose bytes follow from what is in them: sorted, with one date, and of nobody's."""

import gzip
import io
import tarfile
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path

Files = Mapping[str, bytes]
"""The files of an archive, by their paths in it; those that end in .sh may be run."""

_EARLIEST = 315532800  # 1980, as far back as a ZIP reaches


def write(path: Path, files: Files, *, date: int) -> None:
    """Write an archive; its name says whether it is a ZIP or a .tar.gz.

    Args:
        path: Where.
        files: What.
        date: The date of every file, in seconds since 1970.
    """
    (_zip if path.suffix == ".zip" else _tar)(path, files, max(date, _EARLIEST))


def _zip(path: Path, files: Files, date: int) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, time.gmtime(date)[:6])
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, (0o100000 | _mode(name)) << 16
            entry.create_system = 3
            archive.writestr(entry, content, compresslevel=6)


def _tar(path: Path, files: Files, date: int) -> None:
    with (
        path.open("wb") as raw,
        gzip.GzipFile("", "wb", 6, raw, mtime=date) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for name, content in sorted(files.items()):
            entry = tarfile.TarInfo(name)
            entry.size, entry.mtime, entry.mode = len(content), date, _mode(name)
            archive.addfile(entry, io.BytesIO(content))


def _mode(name: str) -> int:
    return 0o755 if name.endswith(".sh") else 0o644


def unzipped(path: Path) -> dict[str, bytes]:
    """The files in a ZIP, which a wheel is as well."""
    with zipfile.ZipFile(path) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}
