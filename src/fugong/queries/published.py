"""Publications of one name that several stores made, each shown as name·seal (``domain.merging.publications``)."""

import re

from fugong.queries import Rows


def of_one_name(rows: Rows, name: str) -> list[str]:
    """As what the publications are shown that were all made under a name, in the order in which they came to be."""
    behind = re.compile(re.escape(name) + r"·[0-9a-f]{8,12}")
    made = rows("SELECT name FROM publication ORDER BY recorded_at, uid")
    return [shown for (shown,) in made if behind.fullmatch(shown)]
