"""Papers as Word files, through templates that an office can change in Word.

docxtpl fills in what a template names, in Jinja's words; it and python-docx, on which it stands, are an extra and
imported here alone. A template comes from outside, so it runs in Jinja's sandbox and what is filled in is escaped.
"""

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fugong import config, files
from fugong.errors.files import BadTemplate, CannotWrite, NotWord, OutputExists, WordMissing
from fugong.output.files import must_be_free
from fugong.results.notice import Slip
from fugong.vocab import Words

SUFFIX = ".docx"
MOST, MOST_UNPACKED = 20 << 20, 100 << 20
"""A larger template is none."""


def must_be_word(out: Path, *, force: bool, template: Path | None = None) -> None:
    """Refuse early a place where no notice can be written.

    Raises:
        NotWord: Its name is not that of a Word file.
        OutputExists, CannotWrite: It is taken, or is the template.
    """
    if out.suffix.lower() != SUFFIX:
        raise NotWord(path=str(out))
    if template:
        files.reads(template)
    must_be_free(out, force=force)


@contextmanager
def draft(out: Path, *, force: bool) -> Iterator[Callable[[bytes], object]]:
    """Take the bytes of a file inside the block, and give it its name once the block has ended well.

    So what the block writes elsewhere is committed when the bytes are on the disk, and before anybody sees them.

    Raises:
        OutputExists, CannotWrite: The file does not take its place.
    """
    try:
        with files.beside(out) as place:
            yield place.write_bytes
            files.settle(place, out, replace=force)
    except FileExistsError:
        raise OutputExists(path=str(out)) from None
    except OSError as error:
        raise CannotWrite(path=str(out), reason=files.reason(error)) from None


def default() -> bytes:
    """The template that is used where no other is given.

    Raises:
        WordMissing: The extra is not installed.
    """
    try:
        from fugong.output.notices import template
    except ModuleNotFoundError as error:
        raise WordMissing(install=config.install("word")) from error
    return template.made()


def filled(slips: Sequence[Slip], template: Path | None) -> bytes:
    """A Word file with these papers, each beginning a page.

    Raises:
        WordMissing: The extra is not installed.
        BadTemplate: The template cannot be read, or names what there is not.
    """
    held = _read(template) if template else default()
    try:
        from docxtpl import DocxTemplate
        from jinja2 import StrictUndefined
        from jinja2.sandbox import SandboxedEnvironment
    except ModuleNotFoundError as error:
        raise WordMissing(install=config.install("word")) from error
    made = io.BytesIO()
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    try:
        document: Any = DocxTemplate(io.BytesIO(held))
        blank = "notices" not in document.get_undeclared_template_variables(jinja_env=environment)
        document.render({"notices": slips}, jinja_env=environment, autoescape=True)
        document.save(made)
    except Exception as error:
        if template is None:
            raise
        from fugong.output.notices.faults import reason

        raise BadTemplate(path=str(template), reason=reason(error)) from error
    if blank:
        raise BadTemplate(path=str(template), reason=_NAMES_NOTHING)
    return made.getvalue()


_NAMES_NOTHING = Words(
    "里面没有文书的标签，印出来什么也没有填", "it has no tag of notices, so nothing would be filled in"
)


def _read(template: Path) -> bytes:
    try:
        files.must_be_ordinary(template)
        held = template.read_bytes() if template.stat().st_size <= MOST else None
        if held is not None:
            with zipfile.ZipFile(io.BytesIO(held)) as parts:
                if sum(part.file_size for part in parts.infolist()) <= MOST_UNPACKED:
                    return held
    except zipfile.BadZipFile:
        raise BadTemplate(path=str(template), reason=_NO_WORD) from None
    except OSError as error:
        raise BadTemplate(path=str(template), reason=files.unread(error)) from None
    raise BadTemplate(path=str(template), reason=_TOO_LARGE)


_TOO_LARGE, _NO_WORD = (
    Words("文件太大", "it is too large"),
    Words("不是 Word 文件（.docx）", "it is no Word file (.docx)"),
)
