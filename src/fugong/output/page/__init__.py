"""A report page as one HTML file that needs nothing else: no network, no script, no font of its own."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files as resources
from pathlib import Path

from fugong.errors.files import NotAPage
from fugong.lang import T
from fugong.output import files
from fugong.output.cells import heading
from fugong.output.page.lists import headlines, lists
from fugong.output.page.markup import Markup, closed, element, opened
from fugong.output.page.tables import section
from fugong.results.page import Lists, Page

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""Nothing is loaded and nothing runs, whatever the ledger's texts hold."""

SUFFIX = ".html"


def must_be_page(out: Path) -> None:
    """Refuse a name that no browser would open as a page.

    Raises:
        NotAPage: It does not end in .html.
    """
    if out.suffix.lower() != SUFFIX:
        raise NotAPage(path=str(out), suffix=SUFFIX, example=f"report{SUFFIX}")


def save(page: Page, out: Path, *, force: bool) -> None:
    """Write a page to a file, whole or not at all; it is written as its sections are read.

    Raises:
        OutputExists: There is something at ``out`` and ``force`` was not given.
        CannotWrite: The system refused.
    """
    files.save(out, map(str.encode, pieces(page)), force=force)


def pieces(page: Page) -> Iterator[str]:
    """The document, piece by piece."""
    yield "<!doctype html>\n" + opened("html", lang=T("zh-CN", "en")) + "\n"
    yield _head(page) + "\n" + opened("body") + opened("main") + "\n"
    yield _heading(page) + "\n"
    yield headlines(page.figures) + "\n"
    for part in page.sections:
        yield from lists(part) if isinstance(part, Lists) else section(part)
    yield closed("main") + closed("body") + closed("html") + "\n"


def _head(page: Page) -> Markup:
    return element(
        "head",
        opened("meta", charset="utf-8"),
        opened("meta", http_equiv="Content-Security-Policy", content=POLICY),
        opened("meta", name="viewport", content="width=device-width, initial-scale=1"),
        opened("meta", name="referrer", content="no-referrer"),
        opened("link", rel="icon", href="data:,"),
        element("title", f"{heading(page.title)} · {heading(page.cut)}"),
        Markup(f"<style>\n{_style()}</style>"),
    )


@cache
def _style() -> str:
    return (resources(__package__) / "style.css").read_text(encoding="utf-8")


def _heading(page: Page) -> Markup:
    owner = element("p", page.owner, class_="owner") if page.owner else Markup()
    said = [element("span", heading(each)) for each in (page.cut, *page.periods)]
    return element("header", owner, element("h1", heading(page.title)), element("p", *said, class_="cut"))
