"""What stands under the title of a sheet that is handed in."""

from fugong.db import Reader
from fugong.queries.as_of import AsOf
from fugong.results.report import Cover


def cover(reader: Reader, cut: AsOf) -> Cover:
    """The campaign's committee, else its county, and the cut-off."""
    committee, county = reader.first("SELECT committee, county FROM campaign") or (None, None)
    return Cover(reader.settings["office"] or committee or county, cut.text)
