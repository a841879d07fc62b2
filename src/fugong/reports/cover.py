"""What stands under the title of a sheet that is handed in."""

from fugong.columns import Cover
from fugong.db import Reader
from fugong.reports.as_of import AsOf


def cover(reader: Reader, cut: AsOf) -> Cover:
    """The campaign's committee, else its county, and the cut-off."""
    committee, county = reader.first("SELECT committee, county FROM campaign") or (None, None)
    return Cover(committee or county, cut.text)
