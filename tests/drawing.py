"""How many examples of a property are drawn: all in CI (``pytest --thorough``), two fifths at the keyboard."""

from hypothesis import HealthCheck, settings

_thorough = True


def few() -> None:
    """Draw two fifths from now on; before the tests are imported, which name their numbers as they are."""
    global _thorough  # noqa: PLW0603  (decorators are read once, when there is no fixture yet)
    _thorough = False
    settings.register_profile("few", settings(), max_examples=many(settings().max_examples))
    settings.load_profile("few")


def many(most: int) -> int:
    """How many examples, where CI draws as many as this."""
    return most if _thorough else -(-most * 2 // 5)


def drawn(most: int) -> settings:
    """Settings of a property that takes long: its examples share fixtures and take the time that the machine needs."""
    return settings(max_examples=many(most), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
