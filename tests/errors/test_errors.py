"""Every refusal says the same in both languages, and means the same to every script."""

import re
from collections import defaultdict
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

from fugong.errors import Refusal, catalogue
from fugong.errors.entries import TextTooLong
from fugong.errors.names import AmbiguousName, NameTaken, UnknownName
from fugong.errors.store import StoreBusy
from fugong.vocab import Kind, Status, Words

every_refusal = pytest.mark.parametrize("refusal", list(catalogue()))


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def bare(template: str) -> str:
    """A sentence without its parameters."""
    return re.sub(r"\{\w+\}", "", template)


TYPED = re.compile(
    r"fugong( +[a-z]+(?![/a-z]))*|data/seed\.yaml"  # the program, a command, a file
    r"|--[a-z]+(-[a-z]+)*( \w+)?|(?<=、)(city|province)\b|enterprises:|-o \w+|\.(csv|xlsx|docx|md)\b"  # options
    r"|CSV|XLSX|Markdown|Word\b|\bMB\b"  # a format, a program, a size
    r"|PostgreSQL|pip install|pg_dump|~/\.pgpass|docs/postgresql\.md"  # a server, and what goes with it
    r"|FUGONG_[A-Z]+(_[A-Z]+)*(=/srv/\w+)?|\bHOME\b"  # a variable of the environment
    r"|\d{4}-\d\d-\d\dT\d\d:\d\d|\+\d[dm]|\b\d(d|m|wd)\b"  # a date or a deadline
    r"|\b\d-w\d\b"  # an activity
)
"""What is typed as it stands, in any language."""


@every_refusal
def test_both_sentences_of_a_refusal_say_the_same_parameters(refusal: type[Refusal]) -> None:
    assert placeholders(refusal.zh) == placeholders(refusal.en)


@every_refusal
def test_an_english_sentence_has_no_chinese(refusal: type[Refusal]) -> None:
    assert not re.search(r"[\u4e00-\u9fff，。；：！？「」（）]", bare(refusal.en))


@every_refusal
def test_a_chinese_sentence_has_no_english_but_what_is_typed(refusal: type[Refusal]) -> None:
    assert re.search(r"[\u4e00-\u9fff]", refusal.zh)
    assert re.findall(r"[A-Za-z]+", TYPED.sub("", bare(refusal.zh))) == []


@every_refusal
def test_a_refusal_has_a_code_an_exit_status_and_a_meaning(refusal: type[Refusal]) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", refusal.code)
    assert refusal.exit_code in {1, 4, 5}
    assert refusal.__doc__


@every_refusal
def test_every_refusal_can_be_said(refusal: type[Refusal]) -> None:
    said = refusal(**dict.fromkeys(placeholders(refusal.zh), "甲"))
    for sentence in (said.sentence(chinese=True), said.sentence(chinese=False)):
        assert sentence
        assert not re.search(r"[{}]", sentence)


def test_a_code_means_one_thing() -> None:
    """An unknown name has several refusals, for what can be offered differs; stdout is a file that ends otherwise.

    Whether a busy store is worth another attempt is no matter of the user's; a date that could be one of two days is
    as bad as one that is none; an activity is as little the number of a problem as what is no number at all; one looks
    at what is in doubt, and asks a server again, whatever happened to it.
    """
    by_code = defaultdict(set)
    for refusal in catalogue():
        by_code[refusal.code].add(refusal.__name__)
    shared = {code: names for code, names in by_code.items() if len(names) > 1}
    assert shared == {
        "unknown_name": {"UnknownName", "NearName", "UnknownTeam", "UnknownPublication", "UnknownMember"},
        "bad_date": {"BadDate", "AmbiguousDate"},
        "unknown_sheet": {"UnknownSheet", "OtherSheets"},
        "bad_id": {"BadId", "ActivityForProblem"},
        "cannot_write": {"CannotWrite", "StdoutUnwritable"},
        "store_busy": {"StoreBusy", "StoreAgain"},
        "store_unreachable": {"StoreUnreachable", "StoreHeadless"},
        "store_doubtful": {"StoreDoubtful", "StoreUncertain"},
    }


def test_only_the_store_has_an_exit_status_of_its_own() -> None:
    statuses = {refusal.__name__: refusal.exit_code for refusal in catalogue() if refusal.exit_code != 1}
    assert statuses == {"StoreMissing": 5, "StoreForeign": 5, "StoreNewer": 5, "StoreUnusable": 5, "StoreBusy": 4} | {
        "ArchiveBad": 5,
        "BackupBad": 5,
        "SettingDamaged": 5,
        "StoreOlder": 5,
        "StoreDoubtful": 5,
        "StoreUnplaced": 5,
        "DriverMissing": 5,
        "StoreAgain": 4,
        "StoreUnreachable": 4,
        "StoreHeadless": 4,
        "StoreUncertain": 5,
    }


def test_a_sequence_is_joined_as_the_language_joins() -> None:
    refusal = AmbiguousName(name="甲", candidates=["甲厂", "甲公司"])
    assert refusal.sentence(chinese=True) == "「甲」可以指：甲厂、甲公司。请写得更全一些。"
    assert refusal.sentence(chinese=False) == "“甲” could be: 甲厂, 甲公司. Give more of the name."


def test_a_named_thing_is_said_by_its_name_in_the_language() -> None:
    refusal = NameTaken(name="甲", kind=Kind.ENTERPRISE, owner="甲厂")
    assert refusal.sentence(chinese=True) == "「甲」已经是企业「甲厂」的名称。"
    assert refusal.sentence(chinese=False) == "“甲” is already a name of the enterprise “甲厂”."


def test_a_sequence_of_named_things_is_joined_by_their_names() -> None:
    refusal = AmbiguousName(name="x", candidates=(Status.OPEN, Words("乙", "second"), "丙"))
    assert refusal.sentence(chinese=True) == "「x」可以指：待办、乙、丙。请写得更全一些。"
    assert refusal.sentence(chinese=False) == "“x” could be: open, second, 丙. Give more of the name."


def test_numbers_dates_and_paths_are_said_as_they_are_written() -> None:
    refusal = AmbiguousName(name=3, candidates=[date(2020, 3, 12), Path("a/b.db")])
    assert refusal.sentence(chinese=True) == "「3」可以指：2020-03-12、a/b.db。请写得更全一些。"


def test_braces_that_the_user_typed_are_said_as_typed() -> None:
    refusal = UnknownName(name="{kind}{0}", kind=Kind.DEPARTMENT, verb="department")
    assert refusal.sentence(chinese=False) == (
        "No department is called “{kind}{0}”. See them: fugong department list; add one: fugong department add"
    )


def test_a_refusal_keeps_its_code_and_parameters_for_scripts_and_logs() -> None:
    refusal = TextTooLong(what=Words("描述", "text"), length=5, limit=4)
    assert refusal.params == {"what": ("描述", "text"), "length": 5, "limit": 4}
    assert refusal.args == ("text_too_long", refusal.params)


def test_a_refusal_without_parameters_is_said_whole() -> None:
    assert StoreBusy().sentence(chinese=True) == StoreBusy.zh
    assert StoreBusy().sentence(chinese=False) == StoreBusy.en
