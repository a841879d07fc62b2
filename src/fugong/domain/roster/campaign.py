"""The campaign that a store is about, and the days that its calendar has to correct."""

from datetime import date
from typing import Any

from fugong.domain.history import Writer
from fugong.store.records import CalendarDay, Campaign
from fugong.store.session import Session
from fugong.values import texts
from fugong.values.texts import LINE
from fugong.vocab import Words


def find_campaign(session: Session) -> Campaign | None:
    """The campaign that the store is about, once it is known."""
    return session.find(Campaign)


def county(session: Session) -> str:
    """The county of teams that do not name one."""
    campaign = find_campaign(session)
    return campaign.county if campaign else "—"


def add_campaign(writer: Writer, **about: Any) -> Campaign:
    """Enter what the store is about."""
    campaign = Campaign(**about)
    writer.add(campaign)
    return campaign


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
