"""A deadline in words: its day with the weekday, the rule that made it, and its light."""

from datetime import date

from fugong.queries.deadlines import WORDS, Due
from fugong.vocab import Light, Words

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


def weekday(day: date) -> Words:
    """A day with its weekday: 2020-03-31 周二, Tue 2020-03-31."""
    return Words(f"{day} {WEEKDAYS[day.weekday()]}", f"{day:%a} {day}")


def in_words(due: Due, today: date, light: Light | None = None) -> Words | None:
    """A deadline in words; None where there is none.

    Args:
        due: The deadline.
        today: Of a rule that counts from another day it is said from which.
        light: Its light, which is said if it is red or yellow.
    """
    if due.due_on is None:
        return WORDS.get(due.due_rule or "")
    day, rule, shone = weekday(due.due_on), _rule(due, today), _light(due, today, light)
    return Words(day.zh + rule.zh + shone.zh, day.en + rule.en + shone.en)


def _rule(due: Due, today: date) -> Words:
    """The rule that made a deadline, and from when it counts if not from today."""
    guess = Words("，推算", ", estimated") if due.due_estimated else Words("", "")
    if not due.due_rule or not due.due_from:
        return guess
    from fugong.values.spans import Rule

    rule = Rule.parse(due.due_rule).words
    start = Words("", "") if due.due_from == today else Words(f"从 {due.due_from} 起 ", f" from {due.due_from}")
    return Words(f"（{start.zh}{rule.zh}{guess.zh}）", f" ({rule.en}{start.en}{guess.en})")


def _light(due: Due, today: date, light: Light | None) -> Words:
    if light not in (Light.RED, Light.YELLOW):
        return Words("", "")
    near = Words("，今天", ", today") if due.due_on == today else Words("", "")
    return Words(f"{near.zh} ● {light.zh}", f"{near.en} ● {light.en}")
