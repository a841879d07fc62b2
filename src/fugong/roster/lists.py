"""Writes on the campaign, on the lists that are data, and on the calendar."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import select

from fugong import texts
from fugong.fields import LINE
from fugong.history import Writer
from fugong.models import CalendarDay, Campaign, Term
from fugong.vocab import ListName, Words


def add_campaign(writer: Writer, **about: Any) -> Campaign:
    """Enter what the store is about."""
    campaign = Campaign(**about)
    writer.add(campaign)
    return campaign


def add_term(writer: Writer, list_name: ListName, code: str, **about: Any) -> Term:
    """Enter an entry of a list, after those that are there."""
    count = select(sa.func.count()).select_from(Term).where(Term.list == list_name)
    term = Term(list=list_name, code=code, rank=writer.session.exec(count).one(), **about)
    writer.add(term)
    return term


def correct_day(writer: Writer, day: date, *, work: bool, source: str) -> CalendarDay:
    """Say that a day is worked, or free, by a notice that the calendar does not have.

    Raises:
        BlankText, TextTooLong, ControlCharacter: The source is not fit to be stored.
    """
    notice = texts.clean(source, what=Words("依据", "source"), limit=LINE)
    held = writer.session.exec(select(CalendarDay).where(CalendarDay.day == day)).first()
    if held:
        writer.change(held, {"work": work, "source": notice})
        return held
    corrected = CalendarDay(day=day, work=work, source=notice)
    writer.add(corrected)
    return corrected
