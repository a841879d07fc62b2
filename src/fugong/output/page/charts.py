"""Charts as inline SVG: pictures for the eye, each with a title and a description that say the same in words.

They hold shapes only. What is written beside them is HTML, so that it is as large on a phone as elsewhere.
"""

from collections.abc import Sequence
from itertools import accumulate

from fugong.output.page.markup import Markup, element

WIDTH, BAR, HEIGHT = 1000, 10, 400
"""The sizes of the drawings in their own units; the page stretches them."""

Part = tuple[str, str, int]
"""What a piece of a bar stands for: key, heading, count."""


def bar(title: str, parts: Sequence[Part], longest: int) -> Markup:
    """A bar of parts one after the other, as long as their sum is to the longest sum of its table."""
    ends = list(accumulate((count for _, _, count in parts), initial=0))
    drawn = [
        _rect(key, _scaled(start, longest, WIDTH), _scaled(end, longest, WIDTH))
        for (key, _, _), start, end in zip(parts, ends, ends[1:], strict=False)
        if end > start
    ]
    said = "; ".join(f"{head} {count}" for _, head, count in parts)
    return _picture(title, said, BAR, "bar", drawn)


def _rect(key: str, start: str, end: str) -> Markup:
    width = f"{float(end) - float(start):g}"
    return element("rect", class_=f"part-{key}", x=start, y="0", width=width, height=str(BAR))


def lines(title: str, said: str, series: Sequence[tuple[str, Sequence[int]]], highest: int) -> Markup:
    """A line for every series over points at equal distances, from 0 to the highest value."""
    grid = [_grid(str(y)) for y in (0, HEIGHT // 2, HEIGHT)]
    return _picture(title, said, HEIGHT, "lines", [*grid, *(_line(key, values, highest) for key, values in series)])


def _grid(y: str) -> Markup:
    return element("line", class_="grid", x1="0", x2=str(WIDTH), y1=y, y2=y, vector_effect="non-scaling-stroke")


def _line(key: str, values: Sequence[int], highest: int) -> Markup:
    points = [
        f"{_scaled(at, len(values) - 1, WIDTH)},{_scaled(highest - value, highest, HEIGHT)}"
        for at, value in enumerate(values)
    ]
    return element("polyline", class_=f"line-{key}", points=" ".join(points), vector_effect="non-scaling-stroke")


def _picture(title: str, said: str, height: int, kind: str, drawn: Sequence[Markup]) -> Markup:
    return element(
        "svg",
        element("title", title),
        element("desc", said),
        *drawn,
        class_=kind,
        role="img",
        viewBox=f"0 0 {WIDTH} {height}",
        preserveAspectRatio="none",
    )


def _scaled(value: int, whole: int, length: int) -> str:
    """Where a value lies on a length that stands for the whole."""
    return f"{length * value / (whole or 1):g}"


def legend(parts: Sequence[tuple[str, str]]) -> Markup:
    """Which colour is what."""
    entries = [element("li", element("i", class_=f"part-{key}"), head) for key, head in parts]
    return element("ul", *entries, class_="legend")
