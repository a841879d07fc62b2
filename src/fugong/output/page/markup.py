"""HTML and SVG as text that is safe by its type: what is not ``Markup`` is escaped before it goes in."""

from html import escape

from fugong.output.cells import visible
from fugong.values.personal import masked_in


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def markup(content: str) -> Markup:
    """Any text as HTML that shows it, mobile numbers masked, for a page goes from hand to hand; HTML as it is."""
    return content if isinstance(content, Markup) else Markup(escape(masked_in(visible(content))))


def opened(name: str, /, **attributes: str | None) -> Markup:
    """A start tag. An attribute that is None is left out; ``class_`` is ``class``, ``_`` inside a name is ``-``."""
    given = [
        f' {key.rstrip("_").replace("_", "-")}="{escape(_shown(key, visible(value)))}"'
        for key, value in attributes.items()
        if value is not None
    ]
    return Markup(f"<{name}{''.join(given)}>")


def _shown(attribute: str, value: str) -> str:
    """A value as it stands in a tag; the digits of a digest to which a link leads are no telephone number."""
    return value if attribute == "href" else masked_in(value)


def closed(name: str) -> Markup:
    """An end tag."""
    return Markup(f"</{name}>")


def element(name: str, /, *children: str, **attributes: str | None) -> Markup:
    """An element with its content."""
    return Markup(opened(name, **attributes) + "".join(map(markup, children)) + closed(name))
