"""Which field a heading means."""

import pytest

from fugong.attributes import Attribute, of
from fugong.attributes.problems import LEDGER
from fugong.imports.cells.columns import Field, fields, known, meant, said
from fugong.vocab import Kind
from fugong.vocab.importing import Imported

OURS = [
    *((Imported.PROBLEMS, each) for each in (*of(Kind.PROBLEM), *LEDGER)),
    *((Imported.ENTERPRISES, each) for each in of(Kind.ENTERPRISE)),
    *((Imported.TEAMS, each) for each in of(Kind.TEAM)),
    *((Imported.ACTIVITIES, each) for each in of(Kind.ACTIVITY)),
    *((Imported.MEMBERS, each) for each in of(Kind.MEMBER)),
    *((Imported.DEPARTMENTS, each) for each in of(Kind.DEPARTMENT)),
]


@pytest.mark.parametrize(("ledger", "attribute"), [(ledger, each) for ledger, each in OURS if each.listed])
def test_every_heading_of_our_own_listings_is_known(ledger: Imported, attribute: Attribute) -> None:
    wanted = Field.COMPUTED if attribute.headings is None else Field(attribute.name)
    assert [meant(known(ledger), heading) for heading in attribute.heading] == [wanted, wanted]


@pytest.mark.parametrize("ledger", Imported)
def test_what_a_field_is_called_in_refusals_is_understood_in_files_and_after_map(ledger: Imported) -> None:
    for field in fields(ledger):
        assert meant(known(ledger), said(ledger, field).zh) is field
        assert meant(known(ledger), field) in (field, Field("closed_on"))


def test_there_is_one_field_of_each_name() -> None:
    assert Field("found_on") is Field.FOUND_ON
    assert Field("of nobody yet") is Field("of nobody yet")


@pytest.mark.parametrize(
    ("ledger", "heading", "field"),
    [
        (Imported.PROBLEMS, "整改时限 ", "due_on"),
        (Imported.PROBLEMS, "问题描述（请写清楚）", "text"),
        (Imported.PROBLEMS, "组号", "team"),
        (Imported.PROBLEMS, "进展情况", "progress"),
        (Imported.PROBLEMS, "状态", "status"),
        (Imported.PROBLEMS, "办结日期", "done_on"),
        (Imported.PROBLEMS, "Closed", "closed_on"),
        (Imported.TEAMS, "帮扶组", "name"),
        (Imported.TEAMS, "组号", "code"),
        (Imported.TEAMS, "组长", "leader"),
        (Imported.MEMBERS, "所在单位", "unit"),
        (Imported.DEPARTMENTS, "单位名称", "name"),
        (Imported.CATEGORIES, "问题类别", "zh"),
        (Imported.ENTERPRISES, "帮扶组", "team"),
        (Imported.ACTIVITIES, "问题编号", "problem"),
        (Imported.ACTIVITIES, "单位", "unit"),
        (Imported.ACTIVITIES, "乡镇", None),
        (Imported.TEAMS, "电话", None),
    ],
)
def test_a_heading_means(ledger: Imported, heading: str, field: str | None) -> None:
    assert meant(known(ledger), heading) == field
