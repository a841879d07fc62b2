"""Changing what can be set in a store; ``store.settings`` knows what each setting may be.

A setting is a record like others: who set it and when is told, it is taken back, merged and read as of a day.
"""

from fugong.domain import history, review
from fugong.domain.writer import Writer
from fugong.errors.store import BadSetting, MomentsPublished, UnknownSetting
from fugong.store import settings
from fugong.store.records import Conflict, Setting
from fugong.store.session import Session
from fugong.vocab import Act


def change(writer: Writer, name: str, value: str) -> bool:
    """Change one setting, from today on; never from before the day from which it is what it is now.

    Returns:
        Whether anything was written: not where it is set to that already.

    Raises:
        UnknownSetting: There is none of that name.
        BadSetting: The value does not fit it.
        ApplicationsPending: Reviewing would end while applications wait for it.
        MomentsPublished: What was published as of a time of day would change with the zone.
        SettingDamaged: The store's settings were changed by another hand.
    """
    if name not in settings.DEFAULTS:
        raise UnknownSetting(name=name, candidates=list(settings.DEFAULTS))
    if reason := settings.unfit(name, value):
        raise BadSetting(name=name, value=value, reason=reason)
    session = writer.session
    setting = session.one(Setting, "t.name = :name", name=name)
    may_become(session, setting, value)
    day = writer.dated(setting, None, "value")
    if session.find(Conflict, subject=setting.uid):  # whoever says it anew settles it, also for what stands meanwhile
        before, setting.value = setting.value, value or None
        session.save(setting)
        writer.tell(setting, Act.EDIT, {"value": [before, setting.value]}, on=day)
        return True
    return writer.change(setting, {"value": value or None}, on=day)


def may_become(session: Session, setting: Setting, value: str | None) -> None:
    """Refuse what the ledger would contradict; None is the default.

    Raises:
        ApplicationsPending, MomentsPublished: As ``change`` has it.
        SettingDamaged: The store's settings were changed by another hand.
    """
    wanted, held = settings.DEFAULTS[setting.name] if value is None else value, history.settings(session)[setting.name]
    if setting.name == _ZONE and wanted != held:
        _must_have_published_no_moment(session, held)
    if (setting.name, wanted) == (review.SETTING, review.OFF):
        review.may_end(session)


def _must_have_published_no_moment(session: Session, zone: str) -> None:
    rows = session.rows("SELECT name FROM publication WHERE at IS NOT NULL ORDER BY as_of, at, name")
    if names := [str(name) for (name,) in rows]:
        raise MomentsPublished(names=names, zone=zone)


_ZONE = "timezone"
