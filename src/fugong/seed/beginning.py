"""A new store and what it begins with: the lists, a campaign, teams; or a sample."""

from collections.abc import Sequence
from typing import NamedTuple

from fugong import config, db
from fugong.domain import roster
from fugong.domain.roster import campaign
from fugong.domain.writer import Writer
from fugong.seed.load import load_into
from fugong.seed.result import Result
from fugong.seed.shipped import shipped
from fugong.values.numerals import numeral
from fugong.vocab import Language, Words

LISTS = "seed.yaml"
"""The lists of the source county serve any campaign of the kind, and can be changed entry by entry."""
SAMPLES = {Language.ZH: "seed.yaml", Language.EN: "sample.en.yaml"}
CAMPAIGN = Words("企业复工复产帮扶", "Enterprise assistance")
"""The campaign of a county that gives it no name."""


class Beginning(NamedTuple):
    """What a new store is to have; anything may be left out."""

    county: str = ""
    campaign: str = ""
    committee: str = ""
    teams: Sequence[str] = ()
    """Their names; they are numbered in this order."""
    sample: Language | None = None
    bare: bool = False
    """Not even the lists."""


def begin(location: str, wanted: Beginning, *, actor: str, chinese: bool) -> Result:
    """Make a store.

    Args:
        location: Path or URL, where nothing is yet.
        wanted: What it is to have.
        actor: Who makes it.
        chinese: The language of a name that the program gives.

    Raises:
        StoreExists, StoreForeign: Something is there already; it is untouched.
        BlankText, TextTooLong, ControlCharacter, ListMark, NameTaken: A name is not fit to be stored.
    """
    result = Result()
    with db.creating(location) as session:
        moment = config.now(roster.zone(session))
        writer = Writer.opened(session, verb="init", actor=actor, moment=moment, many=True)
        if not wanted.bare:
            load_into(writer, shipped(LISTS), result, only="lists")
        if wanted.sample:
            load_into(writer, shipped(SAMPLES[wanted.sample]), result)
        if wanted.county or wanted.campaign:
            name = wanted.campaign or (CAMPAIGN.zh if chinese else CAMPAIGN.en)
            county = wanted.county or campaign.NO_COUNTY
            campaign.set_campaign(writer, {"name": name, "county": county, "committee": wanted.committee or None})
        for number, name in enumerate(wanted.teams, 1):
            roster.add_team(writer, str(number), name=name, county=campaign.county(session))
        writer.settle()
    return result


def team_name(number: int, *, chinese: bool) -> str:
    """What a team is called that nobody gave a name."""
    return f"第{numeral(number)}帮扶组" if chinese else f"Team {number}"
