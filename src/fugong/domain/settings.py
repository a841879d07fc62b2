"""Changing what can be set in a store; ``store.settings`` knows what each setting may be."""

from fugong.domain import history, review
from fugong.errors.store import BadSetting, UnknownSetting
from fugong.store import settings
from fugong.store.records import Setting
from fugong.store.session import Session


def change(session: Session, name: str, value: str) -> None:
    """Change one setting.

    Raises:
        UnknownSetting: There is none of that name.
        BadSetting: The value does not fit it.
        ApplicationsPending: Reviewing would end while applications wait for it.
        SettingDamaged: The store's settings were changed by another hand.
    """
    if name not in settings.DEFAULTS:
        raise UnknownSetting(name=name, candidates=list(settings.DEFAULTS))
    if reason := settings.unfit(name, value):
        raise BadSetting(name=name, value=value, reason=reason)
    history.settings(session)
    if (name, value) == (review.SETTING, review.OFF):
        review.may_end(session)
    setting = session.get(Setting, name)
    setting.value = value
    session.save(setting)
