"""What a page for a meeting says, read from its source."""

import re

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def trend_of(source: str) -> list[list[str]]:
    """The rows of its trend: a day, and what was found, solved and in hand."""
    trend = source.partition('id="trend"')[2].partition("</section>")[0]
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", trend, re.DOTALL)
    cells = [re.findall(r"<t[dh][^>]*>([^<]*)</t[dh]>", row) for row in rows]
    return [row for row in cells if row and _DAY.fullmatch(row[0])]
