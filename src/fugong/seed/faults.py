"""pydantic's errors as sentences a clerk understands, in both languages."""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from fugong.errors import Refusal
from fugong.seed.rows import FORMS
from fugong.vocab import Words

_SAID = {
    "missing": Words("缺少{it}", "{it} is missing"),
    "extra_forbidden": Words("不认识{it}这一项，请检查拼写", "{it} is not known here; check its spelling"),
    "int_parsing": Words("{it}应是整数", "{it} must be a whole number"),
    "int_from_float": Words("{it}应是整数", "{it} must be a whole number"),
    "int_type": Words("{it}应是整数", "{it} must be a whole number"),
    "greater_than_equal": Words("{it}不能小于 {ge}", "{it} must be {ge} or more"),
    "less_than_equal": Words("{it}不能大于 {le}", "{it} must be {le} or less"),
    "int_parsing_size": Words("{it}的数字太长", "{it} is too long a number"),
    "bool_parsing": Words("{it}应是 true 或 false", "{it} must be true or false"),
    "bool_type": Words("{it}应是 true 或 false", "{it} must be true or false"),
    "enum": Words("{it}只能是 {expected}", "{it} must be one of {expected}"),
    "string_type": Words("{it}应是一段文字", "{it} must be text"),
    "string_too_long": Words("{it}最多 {max_length} 个字", "{it} has at most {max_length} characters"),
    "string_pattern_mismatch": Words("{it}的写法不对，应是{form}", "{it} must be {form}"),
    "tuple_type": Words("{it}应是列表，每项前写一个 -", "{it} must be a list, each item after a -"),
    "model_type": Words("{it}应是若干「名称: 值」", "{it} must be a mapping of names to values"),
}
_DATE = Words("{it}应是日期，如 2020-03-12", "{it} must be a date, as 2020-03-12")
_OTHER = Words("{it}的值不对", "the value of {it} is wrong")

Location = tuple[str | int, ...]


def sentences(error: ValidationError, whole: Words) -> Iterator[tuple[Location, Words]]:
    """Where in the value each fault is, and what it is.

    Args:
        error: What pydantic says of the value.
        whole: What the value as a whole is called.
    """
    for detail in error.errors(include_input=False, include_url=False):
        yield detail["loc"], _sentence(detail, whole)


def quoted(name: str) -> Words:
    """A name of the file as sentences have it."""
    return Words(f"「{name}」", f"“{name}”")


def _sentence(detail: ErrorDetails, whole: Words) -> Words:
    context: dict[str, Any] = detail.get("ctx", {})
    cause = context.get("error")
    if isinstance(cause, ValueError) and cause.args and isinstance(cause.args[0], Refusal):
        refusal = cause.args[0]
        return Words(refusal.sentence(chinese=True), refusal.sentence(chinese=False))
    words = _DATE if detail["type"].startswith("date") else _SAID.get(detail["type"], _OTHER)
    it = _called(detail["loc"], whole)
    form = FORMS.get(context.get("pattern", ""), Words("", ""))
    expected = str(context.get("expected", "")).replace("'", "")
    listed = expected.replace(" or ", "、").replace(", ", "、")
    zh = words.zh.format(**context | {"it": it.zh, "expected": listed, "form": form.zh})
    en = words.en.format(**context | {"it": it.en, "expected": expected, "form": form.en})
    return Words(zh, en)


def _called(location: Location, whole: Words) -> Words:
    """What a part of a value is called: its name, or which item it is of a list of that name."""
    names = [part for part in location if isinstance(part, str)]
    if not names:
        return whole
    name = quoted(names[-1])
    if isinstance(location[-1], int):
        return Words(f"{name.zh}第 {location[-1] + 1} 项", f"item {location[-1] + 1} of {name.en}")
    return name
