"""How examples of properties are drawn, and how many: all in CI (``pytest --thorough``), two fifths at the keyboard.

Both draw the same examples every time, so that a red run tells of the change that it is run on and of nothing else;
what is drawn anew are the soaks (``pytest -m soak``), which look for what nobody has thought of.
"""

from hypothesis import HealthCheck, settings

_SLOW = HealthCheck.too_slow
"""What a busy machine makes of any property, as it makes an example miss a deadline."""
_thorough = True


def begin(*, thorough: bool, anew: bool) -> None:
    """Say how all properties are drawn; before the tests are imported, which name their numbers as they are."""
    global _thorough  # noqa: PLW0603  (decorators are read once, when there is no fixture yet)
    _thorough = thorough
    most = many(settings().max_examples)
    settings.register_profile(
        "ours", derandomize=not anew, max_examples=most, deadline=None, suppress_health_check=[_SLOW]
    )
    settings.load_profile("ours")


def many(most: int) -> int:
    """How many examples, where CI draws as many as this."""
    return most if _thorough else -(-most * 2 // 5)


def drawn(most: int) -> settings:
    """Settings of a property that takes long: its examples share fixtures and take the time that the machine needs."""
    shared = [HealthCheck.function_scoped_fixture, _SLOW]
    return settings(max_examples=many(most), deadline=None, suppress_health_check=shared)
