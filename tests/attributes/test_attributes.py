"""What is declared of attributes against what stands on it: the records, the views, the codes of their columns."""

import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from fugong import models
from fugong.attributes import Attribute, of
from fugong.attributes.problems import LEDGER
from fugong.queries.forms import forms
from fugong.results.report import Cell
from fugong.store.records import RECORDS, Record, Row, Term
from fugong.vocab import Kind

assert models.METADATA.tables  # the tables are declared

LISTED = [kind for kind in Kind if any(each.name == "uid" for each in of(kind))]
"""The kinds of record that have a listing of their own."""


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.record_kind.value)
def test_events_tell_of_the_attributes_that_are_declared_so(record: type[Record]) -> None:
    assert list(record.tracked) == [each.name for each in of(record.record_kind) if each.tracked]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.record_kind.value)
def test_an_attribute_holds_what_its_column_may_hold(record: type[Record]) -> None:
    declared = {each.name: each for each in of(record.record_kind)}
    table = SQLModel.metadata.tables[record.shape.table]
    assert table.columns.keys() == list(record.shape.columns)
    for column in table.columns:
        if (attribute := declared.get(column.name)) is None:
            continue
        if isinstance(column.type, sa.Enum):
            assert attribute.codes is column.type.enum_class, column.name
        if isinstance(column.type, sa.Boolean):
            assert attribute.cell is Cell.FLAG, column.name
        if isinstance(column.type, sa.Date):
            assert attribute.cell in (Cell.DATE, Cell.ABOUT, Cell.DUE), column.name
        bounds = [str(each.sqltext) for each in column.constraints if isinstance(each, sa.CheckConstraint)]
        if attribute.limit:
            assert f"length({column.name}) BETWEEN 1 AND {attribute.limit}" in bounds, column.name


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.record_kind.value)
def test_an_attribute_refers_to_what_its_column_refers_to(record: type[Record]) -> None:
    declared = {each.name: each for each in of(record.record_kind) if each.tracked}
    for each in record.refers.values():
        attribute, other = declared[each.name], Row.kinds[each.kind]
        assert (attribute.refers or Kind.TERM) is other.record_kind, each.name
        assert (attribute.cell is Cell.TERM) == (other is Term), each.name
    assert {each.name for each in declared.values() if each.refers} <= {each.name for each in record.refers.values()}


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.record_kind.value)
def test_the_past_knows_every_attribute_in_the_form_that_its_events_have(record: type[Record]) -> None:
    told, table = forms(record.shape.table), SQLModel.metadata.tables[record.shape.table]
    assert sorted(name for names in told for name in names) == sorted(record.tracked)
    assert {each.name for each in record.owns if each.name in record.tracked} == set(told.parts)
    for name in (*told.flags, *told.maybes):
        assert table.columns[name].nullable == (name in told.maybes), name


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
    with closing(sqlite3.connect(county)) as store, store:
        has = {str(row[1]) for row in store.execute("PRAGMA table_info(v_problem)")}
    assert {each.name for each in of(Kind.PROBLEM) if each.kept} <= has
