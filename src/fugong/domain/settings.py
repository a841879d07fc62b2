"""Changing what can be set in a store; ``store.settings`` knows what each setting may be."""

from fugong.domain import history, review
from fugong.errors.store import BadSetting, MomentsPublished, UnknownSetting
from fugong.store import settings
from fugong.store.records import Setting
from fugong.store.session import Session


def change(session: Session, name: str, value: str) -> None:
    """Change one setting.

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
    before = history.settings(session)
    if name == _ZONE and value != before[name]:
        _must_have_published_no_moment(session, before[name])
    if (name, value) == (review.SETTING, review.OFF):
        review.may_end(session)
    setting = session.get(Setting, name)
    setting.value = value
    session.save(setting)


def _must_have_published_no_moment(session: Session, zone: str) -> None:
    rows = session.rows("SELECT name FROM publication WHERE at IS NOT NULL ORDER BY as_of, at, name")
    if names := [str(name) for (name,) in rows]:
        raise MomentsPublished(names=names, zone=zone)


_ZONE = "timezone"
