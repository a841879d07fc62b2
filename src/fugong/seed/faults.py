"""pydantic's errors as sentences a clerk understands, in both languages."""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from fugong.errors import Refusal
from fugong.vocab import Words

_SAID = {
    "missing": Words("缺少「{name}」", "“{name}” is missing"),
    "extra_forbidden": Words("不认识「{name}」这一项，请检查拼写", "“{name}” is not known here; check its spelling"),
    "int_parsing": Words("「{name}」应是整数", "“{name}” must be a whole number"),
    "int_from_float": Words("「{name}」应是整数", "“{name}” must be a whole number"),
    "int_type": Words("「{name}」应是整数", "“{name}” must be a whole number"),
    "greater_than_equal": Words("「{name}」不能小于 {ge}", "“{name}” must be {ge} or more"),
    "bool_parsing": Words("「{name}」应是 true 或 false", "“{name}” must be true or false"),
    "bool_type": Words("「{name}」应是 true 或 false", "“{name}” must be true or false"),
    "enum": Words("「{name}」只能是 {expected}", "“{name}” must be one of {expected}"),
    "string_type": Words("「{name}」应是一段文字", "“{name}” must be text"),
    "string_too_long": Words("「{name}」最多 {max_length} 个字", "“{name}” has at most {max_length} characters"),
    "string_pattern_mismatch": Words("「{name}」的写法不对，应符合 {pattern}", "“{name}” must match {pattern}"),
    "tuple_type": Words("「{name}」应是列表，每项前写一个 -", "“{name}” must be a list, each item after a -"),
    "model_type": Words("「{name}」应是若干「名称: 值」", "“{name}” must be a mapping of names to values"),
}
_DATE = Words("「{name}」应是日期，如 2020-03-12", "“{name}” must be a date, as 2020-03-12")
_OTHER = Words("「{name}」的值不对", "the value of “{name}” is wrong")


def sentences(error: ValidationError) -> Iterator[tuple[tuple[str | int, ...], Words]]:
    """Where in the row each fault is, and what it is."""
    for detail in error.errors(include_input=False, include_url=False):
        yield detail["loc"], _sentence(detail)


def _sentence(detail: ErrorDetails) -> Words:
    context: dict[str, Any] = detail.get("ctx", {})
    cause = context.get("error")
    if isinstance(cause, ValueError) and cause.args and isinstance(cause.args[0], Refusal):
        refusal = cause.args[0]
        return Words(refusal.sentence(chinese=True), refusal.sentence(chinese=False))
    words = _DATE if detail["type"].startswith("date") else _SAID.get(detail["type"], _OTHER)
    name = next((str(part) for part in reversed(detail["loc"]) if isinstance(part, str)), "")
    said = {**context, "name": name, "expected": str(context.get("expected", "")).replace("'", "")}
    zh = said | {"expected": said["expected"].replace(" or ", "、").replace(", ", "、")}
    return Words(words.zh.format(**zh), words.en.format(**said))
