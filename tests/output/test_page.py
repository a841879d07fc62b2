"""The report page as a document: what it holds is escaped, it is whole, and it needs nothing but itself."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from tests.output.samples import HOSTILE

from fugong.errors.files import NotAPage
from fugong.output import page as writer
from fugong.output.cells import visible
from fugong.output.page.markup import element
from fugong.results.page import Chart, Drawn, Headline, Page, Section
from fugong.results.report import Cell, Column, Report, Term
from fugong.values.texts import CONTROLS_IN_LINES
from fugong.vocab import Light, Words

VOID = {"meta", "link"}


class Document(HTMLParser):
    """A page taken apart: its elements with their attributes, its text, and whether every element is closed."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.broken: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.broken.append(tag)

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.elements)


def of(text: str) -> Page:
    """A page with a text in every place that data can reach."""
    words = Words(text, text)
    columns = [
        Column("name", words),
        Column("term", words, Cell.TERM),
        Column("light", words, Cell.CODE),
        Column("list", words, Cell.LIST),
        Column("found", words, Cell.COUNT),
    ]
    rows = [(text, Term(text, text, text), Light.RED, (text,), 2), (text, None, None, (), 1)]

    def report() -> Report:
        return Report(words, columns, iter(rows), total=(text, None, None, (), 3), notes=[words])

    sections = [
        Section("bars", report(), words, Chart(Drawn.BARS, ("found",))),
        Section("lines", report(), words, Chart(Drawn.LINES, ("found",))),
        Section("plain", report(), words),
        Section("none", Report(words, columns, []), words),
    ]
    return Page(words, text, words, [Headline("found", words, 3)], sections)


def parsed(page: Page) -> Document:
    return Document("".join(writer.pieces(page)))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_adds_no_element_no_attribute_and_no_control(text: str) -> None:
    plain, hostile = parsed(of("字")), parsed(of(text))
    shape = [(tag, sorted(attributes)) for tag, attributes in plain.elements]
    assert [(tag, sorted(attributes)) for tag, attributes in hostile.elements] == shape
    assert re.findall(CONTROLS_IN_LINES, "".join(hostile.text)) == []


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "</title><img src=x onerror=a>", '" onload="a', "</style>", "&lt;", "]]>"]
)
def test_markup_in_a_text_is_shown_as_it_was_typed(text: str) -> None:
    document = parsed(of(text))
    assert text in document.text
    assert (document.count("script"), document.count("img")) == (0, 0)
    assert not any(name.startswith("on") for _, attributes in document.elements for name in attributes)


def test_every_element_is_closed_in_its_place() -> None:
    document = parsed(of("字"))
    assert (document.open, document.broken) == ([], [])


def test_every_picture_has_a_role_a_title_and_a_description() -> None:
    document = parsed(of("字"))
    assert all(attributes["role"] == "img" for tag, attributes in document.elements if tag == "svg")
    assert document.count("svg") == document.count("desc") == document.count("title") - 1 == 3


def test_the_policy_allows_nothing_and_nothing_is_loaded() -> None:
    source = "".join(writer.pieces(of("字")))
    document = Document(source)
    metas = {
        attributes.get("http-equiv"): attributes["content"]
        for tag, attributes in document.elements
        if tag == "meta" and "content" in attributes
    }
    assert metas["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    links = {
        value for _, attributes in document.elements for name, value in attributes.items() if name in {"src", "href"}
    }
    assert links == {"data:,"}
    assert not any(word in source for word in ("http:", "https:", "url(", "@import", "<script"))


def test_a_list_is_read_while_the_page_is_written() -> None:
    read = []

    def rows() -> Iterator[tuple[Any, ...]]:
        for number in range(1000):
            read.append(number)
            yield (str(number),)

    words = Words("字", "word")
    page = Page(words, None, words, [], [Section("open", Report(words, [Column("id", words)], rows()), words)])
    pieces = writer.pieces(page)
    seen = next(len(read) for piece in pieces if ">0<" in piece)
    assert seen <= 2


def test_an_element_escapes_its_text_and_its_attributes() -> None:
    assert element("p", "<&>", class_='"') == '<p class="&quot;">&lt;&amp;&gt;</p>'
    assert element("p", element("b", "好"), title=None) == "<p><b>好</b></p>"
    assert element("p", "\x1b") == f"<p>{visible(chr(27))}</p>"


def test_bars_are_to_scale_and_an_empty_part_is_not_drawn() -> None:
    words, columns = (
        Words("字", "word"),
        [Column("n", Words("名", "n")), *(Column(key, Words(key, key), Cell.COUNT) for key in ("a", "b"))],
    )
    report = Report(words, columns, [("一", 1, 3), ("二", 2, 0), ("三", None, None)])
    document = parsed(Page(words, None, words, [], [Section("s", report, words, Chart(Drawn.BARS, ("a", "b")))]))
    drawn = [(a["class"], a["x"], a["width"]) for tag, a in document.elements if tag == "rect"]
    assert drawn == [("part-a", "0", "250"), ("part-b", "250", "750"), ("part-a", "0", "500")]


def test_a_line_goes_from_nought_to_the_highest_value() -> None:
    words, columns = (
        Words("字", "word"),
        [Column("day", Words("日", "day"), Cell.DATE), Column("a", Words("甲", "a"), Cell.COUNT)],
    )
    rows = [("2020-03-01", 0), ("2020-03-02", 1), ("2020-03-03", 4)]
    document = parsed(
        Page(words, None, words, [], [Section("s", Report(words, columns, rows), words, Chart(Drawn.LINES, ("a",)))])
    )
    (line,) = [attributes["points"] for tag, attributes in document.elements if tag == "polyline"]
    assert line == "0,400 500,300 1000,0"
    assert "甲：2020-03-03 为 4" in document.text


@pytest.mark.parametrize("name", ["report", "report.txt", "report.html.gz", ".html"])
def test_a_file_that_is_not_named_like_a_page_is_refused(name: str) -> None:
    with pytest.raises(NotAPage, match="not_a_page"):
        writer.must_be_page(Path(name))
