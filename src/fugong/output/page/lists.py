"""What is no table on the page: headline figures, and lists beside each other."""

from collections.abc import Iterable, Iterator, Sequence

from fugong.lang import T
from fugong.output.cells import heading, one_line
from fugong.output.page.markup import Markup, closed, element, opened
from fugong.results.page import Entries, Entry, Headline, Lists


def headlines(figures: Iterable[Headline]) -> Markup:
    """The headline numbers, each with what it was under it."""
    shown = [*map(_headline, figures)]
    return element("dl", *shown, class_=f"figures of-{len(shown)}")


def _headline(figure: Headline) -> Markup:
    return headline(figure.key, heading(figure.head), str(figure.value), figure.before and heading(figure.before))


def headline(key: str, head: str, value: str, before: str | None) -> Markup:
    """One headline; a number that is nought has no colour."""
    said = [element("dt", head), element("dd", value)]
    said += [element("dd", before, class_="before")] if before is not None else []
    return element("div", *said, class_=f"{key} zero" if value == "0" else key)


def lists(part: Lists) -> Iterator[Markup]:
    """Lists beside each other, on a phone one under the other."""
    yield opened("section", id=part.key, aria_labelledby=f"{part.key}-title")
    yield element("h2", heading(part.title), id=f"{part.key}-title")
    yield element("div", *map(_list, part.lists), class_="beside")
    yield Markup(closed("section") + "\n")


def _list(each: Entries) -> Markup:
    said = [element("h3", heading(each.head), " ", element("b", str(each.number)))]
    said += [element("ul", *map(_entry, each.entries), class_="items")] if each.entries else []
    said += [_rest(each.rest)] if each.rest else []
    return element("div", *said)


def _rest(ids: Sequence[str]) -> Markup:
    """Those that are not listed; a number is never broken at its hyphen."""
    first, *others = (element("span", each) for each in ids)
    comma = T("、", ", ")
    listed = [first, *(piece for each in others for piece in (comma, each))]
    return element("p", T(f"另有 {len(ids)} 个：", f"{len(ids)} more: "), *listed, class_="note ids")


def _entry(entry: Entry) -> Markup:
    warning = [" ", element("em", heading(entry.warning))] if entry.warning else []
    more = element("small", heading(entry.more), *warning)
    return element("li", element("b", entry.id), element("div", one_line(entry.text), more))
