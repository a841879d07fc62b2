"""Words that one copy redacted leave all others, whatever these entered meanwhile, whoever merges first."""

from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import behind, lay
from tests.docs.verify_events import Store
from tests.keeping.copies import Copies, same

from fugong.keeping import bundles, transfer

NUMBER = "140102197001011234"
"""What somebody typed by mistake."""
ANOTHER = "140102198512125678"
"""What stands in a file."""


@pytest.fixture
def copies(store: Path, tmp_path: Path, fugong: Run) -> Copies:
    """A home and two copies of it, in which a problem's text, measure and notes hold the number."""
    del fugong
    lay(store)
    made = Copies(store, tmp_path)
    made("home", "edit", "1-1", "--text", f"工人 {NUMBER} 未返岗", "--person", "乙某")
    made("home", "note", "1-1", f"本人 {NUMBER} 说明天到")
    made("home", "close", "1-1", f"{NUMBER} 已返岗")
    made.clone("b")
    made.clone("c")
    return made


ROW = """as_of: 2020-03-12
problems:
  - {{key: more, team: "1", text: 工人 {text} 未返岗, person: 丁某{due}}}
"""
LOADED = "SELECT subject, content FROM loaded WHERE key = 'more'"


def gone(copies: Copies, *names: str, number: str = NUMBER) -> None:
    """In these stores a number stands nowhere, in none of a file's pages either; they are whole, and others say so."""
    for name in names:
        place = copies.places[name]
        assert copies.whole(name) == []
        assert number.encode() not in b"".join(transfer.export(place))
        if "://" not in place:
            assert number.encode() not in Path(place).read_bytes()
            assert list(Store(place).faults()) == []


MEANWHILE: dict[str, list[tuple[str, ...]]] = {
    "edited": [("edit", "1-1", "--text", "工人未返岗")],
    "edited and taken back": [("edit", "1-1", "--text", "工人未返岗"), ("undo",)],
    "edited, taken back and done again": [("edit", "1-1", "--text", "工人未返岗"), ("undo",), ("redo",), ("undo",)],
    "typed once more": [
        ("edit", "1-1", "--text", "工人未返岗"),
        ("edit", "1-1", "--text", f"工人 {NUMBER} 未返岗"),
        ("edit", "1-1", "--text", "都返岗了"),
    ],
    "noted once more": [("note", "1-1", f"本人 {NUMBER} 说明天到")],
    "reopened": [("reopen", "1-1", "--why", "又走了")],
    "reopened and taken back": [("reopen", "1-1", "--why", "又走了"), ("undo",)],
    "dated anew": [("redate", "1-1", "--act", "close", "--on", "2020-03-13")],
    "a note dated anew": [("redate", "1-1", "--act", "note", "--on", "2020-03-13")],
}


@pytest.mark.words
@pytest.mark.parametrize("meanwhile", MEANWHILE)
@pytest.mark.parametrize(("into", "other"), [("home", "b"), ("b", "home")])
def test_what_others_did_meanwhile_brings_no_word_back(copies: Copies, meanwhile: str, into: str, other: str) -> None:
    for argv in MEANWHILE[meanwhile]:
        copies("b", *argv)
    copies("home", "redact", "1-1", "--why", "误录")
    copies(into, "merge", copies.bundle(other))
    gone(copies, into)
    copies(other, "merge", copies.bundle(into))
    gone(copies, other)
    copies("c", "merge", copies.bundle("b", "--all"))
    gone(copies, "c")
    same(copies)
    gone(copies, *copies.places)


def test_what_only_a_store_that_has_the_words_can_find_goes_from_the_others_as_well(copies: Copies) -> None:
    """Of an act that said a text and a name nobody who lost both can say whether another says one of them."""
    copies("b", "note", "1-1", f"工人 {NUMBER} 未返岗")
    copies("home", "redact", "1-1", "--why", "误录")
    copies("home", "merge", copies.bundle("b"))
    copies.merge("b", "home")
    gone(copies, "b")
    copies.merge("home", "b")
    gone(copies, "home")
    same(copies)
    gone(copies, *copies.places)


@pytest.mark.parametrize(
    "edit", ["UPDATE event SET text = '■■■' WHERE text = '记的'", "UPDATE event SET text = '改过' WHERE text = '■■■'"]
)
def test_what_an_event_lost_or_got_behind_the_programs_back_is_named(copies: Copies, edit: str) -> None:
    """What knew of the redaction, or was known to it, is what it was, or what the redaction says."""
    copies("home", "redact", "1-1", "--why", "误录")
    copies("home", "note", "1-1", "记的")
    copies.merge("b", "home")
    behind(Path(copies.places["b"]), edit)
    assert copies.whole("b") != []


def test_what_was_loaded_and_redacted_is_kept_of_the_file_without_its_words(copies: Copies, tmp_path: Path) -> None:
    """The row comes together with the redaction, to a store that knows neither."""
    more = tmp_path / "more.yaml"
    more.write_text(ROW.format(text=ANOTHER, due=""), encoding="utf-8")
    copies("b", "load", str(more))
    copies("b", "redact", "1-B1", "--why", "误录")
    copies.merge("home", "b")
    gone(copies, "home", number=ANOTHER)
    assert copies.rows("home", LOADED) == copies.rows("b", LOADED)
    same(copies)


@pytest.mark.parametrize("due", ["", ", due: 2020-04-01"])
def test_what_two_loaded_is_redacted_in_both_where_one_did(copies: Copies, tmp_path: Path, due: str) -> None:
    """Each loaded the row by itself, so that no redaction in one could know of what the other entered."""
    more = tmp_path / "more.yaml"
    for name, said in (("b", ""), ("c", due)):
        more.write_text(ROW.format(text=ANOTHER, due=said), encoding="utf-8")
        copies(name, "load", str(more))
    copies("b", "redact", "1-B1", "--why", "误录")
    copies.merge("c", "b")
    gone(copies, "c", number=ANOTHER)
    copies.merge("home", "b")
    copies.merge("home", "c")
    gone(copies, "home", number=ANOTHER)
    copies.merge("b", "home")
    same(copies)
    gone(copies, *copies.places, number=ANOTHER)


def test_what_one_copy_redacted_is_redacted_in_all(copies: Copies) -> None:
    copies("b", "log", "甲厂", "身份证 1402 的事")
    copies("b", "note", "1-1", "号码 1402")
    copies.merge("c", "b")
    copies("b", "redact", "1-B1", "--why", "不该写")
    copies("c", "redact", "1-1", "--why", "不该写")
    copies("c", "note", "1-B1", "已联系")
    same(copies)
    for name in copies.places:
        kept = "SELECT count(*) FROM event WHERE text LIKE '%1402%' OR changes LIKE '%1402%'"
        assert copies.rows(name, kept) == [(0,)]
    assert copies.conflicts("home") == []
    copies.clone("d")
    assert copies.whole("d") == []


def test_of_what_two_redacted_each_otherwise_no_word_is_left(copies: Copies) -> None:
    copies("home", "edit", "1-1", "--text", "甲的事 1402", "--person", "乙某 1402")
    copies.merge("b", "home")
    copies.merge("c", "home")
    copies("b", "redact", "1-1", "--field", "text", "--why", "不该写")
    copies("c", "redact", "1-1", "--field", "person", "--why", "不该写")
    same(copies)
    for name in copies.places:
        assert copies.rows(name, "SELECT text, person FROM problem WHERE key = 'masks'") == [("■■■", "■■■")]


def test_words_that_nobody_redacted_cannot_be_missing(copies: Copies, tmp_path: Path) -> None:
    copies("b", "log", "甲厂", "缺扳手")
    copies("b", "redact", "1-B1", "--why", "不该写")
    lines = list(bundles.unpacked(Path(copies.bundle("b"))))
    less = [line for line in lines if not (isinstance(line, list) and line[0] == "event" and line[1][3] == "redact")]
    bad = tmp_path / "bad.bundle"
    bad.write_bytes(b"".join(bundles.packed(less)))
    refused = copies("home", "merge", str(bad), ok=False)
    assert (refused.exit_code, "改动过" in refused.stderr) == (1, True)
