"""JSON: English keys, codes and ISO dates, the same in both languages, valid on every stream."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.output.samples import HOSTILE, problems, progress, texts

from fugong.output import json_
from fugong.results.report import Report
from fugong.vocab import Words

LISTING = """\
{
  "schema": 1,
  "as_of": "2020-03-12",
  "items": [
    {
      "id": "3-1",
      "enterprise": "甲厂有限责任公司",
      "text": "原材料紧张，需协调",
      "category": "materials",
      "status": "doing",
      "light": "red",
      "assist": [
        "乙局",
        "丙局"
      ],
      "found_on": "2020-03-12",
      "approximate": true,
      "recorded_at": "2020-03-12T04:00:00Z"
    },
    {
      "id": "3-2",
      "enterprise": null,
      "text": "口罩不足",
      "category": null,
      "status": "open",
      "light": "grey",
      "assist": [],
      "found_on": "2020-03-11",
      "approximate": false,
      "recorded_at": "2020-03-11T16:00:01Z"
    }
  ]
}
"""


def written(report: Report, **options: Any) -> str:
    return "".join(json_.pieces(report, **options))


def test_a_listing() -> None:
    assert written(problems()) == LISTING


@pytest.mark.usefixtures("english")
def test_a_listing_is_the_same_in_english() -> None:
    assert written(problems()) == LISTING


def test_schema_and_as_of_come_first_then_items_then_total_then_other_facts() -> None:
    found = json.loads(written(progress()))
    assert list(found) == ["schema", "as_of", "items", "total", "published"]
    assert found["total"] == {"found": 77, "rate": 59 / 77}
    assert found["items"][1] == {"team": "2", "found": 0, "rate": None}
    assert found["published"] == [{"measure": "found", "value": 73}]


def test_the_layout_is_that_of_the_json_module() -> None:
    text = written(progress())
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"


def test_an_empty_listing_is_an_empty_list() -> None:
    assert written(problems([])) == '{\n  "schema": 1,\n  "as_of": "2020-03-12",\n  "items": []\n}\n'


def test_dates_among_the_facts_are_iso() -> None:
    facts = {"as_of": date(2020, 3, 12), "written": datetime(2020, 3, 12, 4, tzinfo=UTC)}
    report = Report(Words("标题", "Title"), [], [], facts=facts)
    assert json.loads(written(report)) == {
        "schema": 1,
        "as_of": "2020-03-12",
        "items": [],
        "written": "2020-03-12T04:00:00Z",
    }


def test_a_fact_that_is_not_json_is_a_mistake_of_the_report() -> None:
    with pytest.raises(TypeError, match="not for JSON"):
        written(Report(Words("标题", "Title"), [], [], facts={"as_of": object()}))


def test_a_stream_without_chinese_gets_escapes() -> None:
    text = written(problems(), ascii_only=True)
    assert text.isascii()
    assert json.loads(text) == json.loads(LISTING)


@given(st.lists(st.text(st.characters(), max_size=20) | st.sampled_from(list(HOSTILE.values()))))
def test_every_text_comes_back_character_for_character(values: list[str]) -> None:
    text = written(texts(*values)).encode().decode()
    assert [item["text"] for item in json.loads(text)["items"]] == values


@pytest.mark.parametrize(
    "value",
    [
        {},
        [],
        {"a": []},
        {"a": {}, "b": [1, "甲", None, True, 1.5]},
        {"a": [{"b": [[], [1]]}, {}]},
        "甲\n乙",
        3,
        [[1, 2]],
    ],
)
def test_it_is_laid_out_as_the_encoder_does_with_an_indent(value: Any) -> None:
    assert json_._laid_out(value, json.JSONEncoder(ensure_ascii=False).encode, "") == json.dumps(
        value, ensure_ascii=False, indent=2
    )
