"""What stands above the rows of a sheet that is handed in."""

from datetime import date

from fugong.db import Reader
from fugong.lang import T
from fugong.queries.as_of import AsOf
from fugong.results.report import Cover


def cover(reader: Reader, cut: AsOf) -> Cover:
    """Whose it is, and the cut-off."""
    return Cover(office(reader), cut.text, whose=whose(reader))


def office(reader: Reader) -> str | None:
    """Who hands papers in (填报单位): the office, else the campaign's committee; a county is no office."""
    (committee,) = reader.first("SELECT committee FROM campaign") or (None,)
    return reader.settings["office"] or committee


def whose(reader: Reader) -> str:
    """The county and its campaign, as titles begin."""
    county, campaign = (each or "" for each in reader.first("SELECT county, name FROM campaign") or ("", ""))
    return str(campaign if campaign.startswith(county) else f"{county}{T('', ' ')}{campaign}")


def signs(reader: Reader, cut: AsOf) -> list[str]:
    """Who hands it in, who filled it in, who checked it, and when; names are written on by hand."""
    return [
        T("填报单位：", "Submitted by: ") + (office(reader) or ""),
        T("填报人：", "Filled in by: "),
        T("审核人：", "Checked by: "),
        T("填报日期：", "Date: ") + long_day(cut.day),
    ]


def long_day(day: date) -> str:
    """A day as papers have it: 2020年3月20日."""
    return T(f"{day.year}年{day.month}月{day.day}日", str(day))
