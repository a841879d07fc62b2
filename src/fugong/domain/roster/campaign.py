"""The campaign that a store is about, and the days that its calendar has to correct."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from fugong.attributes import named
from fugong.domain import keyed
from fugong.domain.naming import Naming
from fugong.domain.stated import fit
from fugong.domain.writer import Writer
from fugong.errors.rules import CampaignUnknown
from fugong.store.records import CalendarDay, Campaign, Team
from fugong.store.session import Session
from fugong.values import texts
from fugong.values.texts import LINE, NAME
from fugong.vocab import Kind, Words


def find_campaign(session: Session) -> Campaign | None:
    """The campaign that the store is about, once it is known."""
    return session.find(Campaign)


NO_COUNTY = keyed.NO_COUNTY
"""The county of what was entered before the store knew one."""


def county(session: Session) -> str:
    """The county of teams that do not name one."""
    campaign = find_campaign(session)
    return campaign.county if campaign else NO_COUNTY


def add_campaign(writer: Writer, **about: Any) -> Campaign:
    """Enter what the store is about; what was entered before follows it."""
    campaign = Campaign(**about)
    writer.add(campaign)
    _follow(writer, campaign, since=NO_COUNTY)
    return campaign


def correct_campaign(writer: Writer, campaign: Campaign, values: Mapping[str, Any]) -> bool:
    """Correct what the store is about; names and teams that rest on it follow.

    Returns:
        Whether anything differed.
    """
    since, places = campaign.county, list(campaign.places)
    changed = writer.change(campaign, values)
    if (campaign.county, campaign.places) != (since, places):
        _follow(writer, campaign, since=since)
    return changed


def set_campaign(writer: Writer, values: Mapping[str, Any]) -> tuple[Campaign, bool]:
    """Say what the store is about, whether it is known already or not.

    Returns:
        The campaign, and whether anything differed.

    Raises:
        BlankText, TextTooLong, ControlCharacter, ListMark: A text is not fit to be stored.
        CampaignUnknown: It has no name or no county yet, and none is given.
    """
    checked = _checked(values)
    held = find_campaign(writer.session)
    if held:
        return held, correct_campaign(writer, held, checked)
    if not {"name", "county"} <= checked.keys():
        raise CampaignUnknown
    return add_campaign(writer, **checked), True


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    checked = fit(Kind.CAMPAIGN, {name: value for name, value in values.items() if name != "timeline"})
    if "county" in checked:
        checked["county"] = texts.clean_name(checked["county"], what=_words("county"), limit=NAME)
    if "places" in checked:
        checked["places"] = list(dict.fromkeys(checked["places"]))
    if "timeline" in values:
        checked["timeline"] = [
            [day.isoformat(), texts.clean(text, what=_words("timeline"), limit=LINE)]
            for day, text in sorted(values["timeline"])
        ]
    return checked


def _words(name: str) -> Words:
    return named(Kind.CAMPAIGN, name).words


def _follow(writer: Writer, campaign: Campaign, since: str) -> None:
    """Let what is derived rest on the campaign as it is now: the county of teams, and what names are compared by."""
    for team in writer.session.all(Team, "t.county = :since ORDER BY t.id", since=since):
        writer.change(team, {"county": campaign.county})
    Naming(writer.session).renew()


def correct_day(writer: Writer, day: date, *, work: bool, source: str) -> CalendarDay:
    """Say that a day is worked, or free, by a notice that the calendar does not have.

    Raises:
        BlankText, TextTooLong, ControlCharacter: The source is not fit to be stored.
    """
    notice = texts.clean(source, what=Words("依据", "source"), limit=LINE)
    held = writer.session.find(CalendarDay, day=day)
    if held:
        writer.change(held, {"work": work, "source": notice})
        return held
    corrected = CalendarDay(day=day, work=work, source=notice)
    writer.add(corrected)
    return corrected
