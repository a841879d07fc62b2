"""What the store is about."""

import json

from fugong.attributes import named
from fugong.db import Reader
from fugong.reports.cards import card
from fugong.reports.history import history
from fugong.results.report import Cell, Column, Report
from fugong.vocab import Kind, Words

COLUMNS = (
    Column("name", named(Kind.CAMPAIGN, "name").words),
    Column("county", named(Kind.CAMPAIGN, "county").words),
    Column("committee", named(Kind.CAMPAIGN, "committee").words),
    Column("places", named(Kind.CAMPAIGN, "places").words, Cell.LIST),
    Column("remark", named(Kind.CAMPAIGN, "remark").words),
)
TIMELINE = (Column("on", Words("日期", "Date"), Cell.DATE), Column("text", named(Kind.CAMPAIGN, "timeline").words))
NOTHING = Words(
    "还没有写是哪个县的台账：fugong campaign edit --county 云岭县 --name 企业帮扶",
    'The campaign is not stated yet: fugong campaign edit --county Northmoor --name "Back to work"',
)


def campaign(reader: Reader) -> Report:
    """The campaign, its dated acts, and its history; no row where none is stated yet."""
    found = reader.first("SELECT name, county, committee, places, remark, timeline, uid FROM campaign")
    rows = [(*found[:3], tuple(json.loads(found[3])), found[4])] if found else []
    main = Report(Words("专项行动", "Campaign"), COLUMNS, rows, nothing=NOTHING, zone=reader.zone)
    if found is None:
        return main
    acts = [(when, what) for when, what in json.loads(found[5])]
    timeline = Report(Words("大事", "Timeline"), TIMELINE, acts, zone=reader.zone)
    return card(main, {"timeline": timeline, "events": history(reader, found[6])})
