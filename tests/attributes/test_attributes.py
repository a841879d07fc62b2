"""What is declared of attributes against what stands on it: the records, the views, the codes of their columns."""

import sqlite3
from collections import Counter
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from fugong import models  # noqa: F401  (it declares the tables)
from fugong.attributes import Attribute, of
from fugong.attributes.problems import LEDGER
from fugong.store.records import RECORDS, Record
from fugong.vocab import Kind

LISTED = [kind for kind in Kind if any(each.name == "uid" for each in of(kind))]
"""The kinds of record that have a listing of their own."""


def columns(record: type[Record]) -> sa.ColumnCollection[str, sa.Column[object]]:
    """The columns of a record's table."""
    return SQLModel.metadata.tables[record.shape.table].columns


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.record_kind.value)
def test_events_tell_of_the_attributes_that_are_declared_so(record: type[Record]) -> None:
    assert sorted(each.name for each in of(record.record_kind) if each.tracked) == sorted(record.tracked)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.record_kind.value)
def test_an_attribute_holds_the_codes_that_its_column_may_hold(record: type[Record]) -> None:
    declared = {each.name: each.codes for each in of(record.record_kind)}
    for column in columns(record):
        if isinstance(column.type, sa.Enum) and column.name in declared:
            assert declared[column.name] is column.type.enum_class, column.name


@pytest.mark.parametrize("kind", Kind)
def test_every_attribute_is_declared_once_and_named_in_both_languages(kind: Kind) -> None:
    names = [each.name for each in of(kind)]
    assert len(set(names)) == len(names)
    assert all(each.words.zh and each.words.en and each.words.en == each.words.en.strip() for each in of(kind))


@pytest.mark.parametrize("attributes", [*map(of, LISTED), LEDGER], ids=[*LISTED, "ledger"])
def test_no_two_columns_of_a_listing_look_the_same(attributes: tuple[Attribute, ...]) -> None:
    shown = [each.column for each in attributes if each.listed]
    for said in (Counter(each.key for each in shown), Counter(each.head.zh for each in shown)):
        assert said.most_common(1)[0][1] == 1, said


@pytest.mark.on_a_file
def test_a_view_has_the_attributes_that_its_record_keeps(county: Path) -> None:
    with sqlite3.connect(county) as store:
        has = {str(row[1]) for row in store.execute("PRAGMA table_info(v_problem)")}
    assert {each.name for each in of(Kind.PROBLEM) if each.kept} <= has
