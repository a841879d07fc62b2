"""Reading YAML record by record: what is read, where it stands, what is refused, and that nothing gets past."""

import re
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from fugong.errors.entries import ControlCharacter
from fugong.errors.files import CannotRead
from fugong.seed.yaml_records import DEEPEST, MOST_BRACKETS, MOST_FAULTS, MOST_IN_RECORD, Entry, Fault, Mark, Reader
from fugong.values import texts
from fugong.vocab import Words

PARSERS = [yaml.CSafeLoader, yaml.SafeLoader]
CHINESE = re.compile("[\u4e00-\u9fff]")
ENGLISH = re.compile("[A-Za-z]{2,}")
TERMS = re.compile("UTF-8|Tab|KiB|U\\+[0-9A-F]+")
"""What may stand in a Chinese sentence in Latin letters."""

SEED = """\
as_of: 2020-03-12
campaign:
  name: 试验行动
  timeline:
    - {on: 2020-02-28, text: 培训}
problems:
- key: p1
  text: 口罩不足
  notes:
  - text: 已联系
  - on: 2020-03-10
    text: 已送到
- key: p2
  text: >
    原料
    不足
"""

Read = Callable[..., tuple[list[Entry], list[Fault]]]


@pytest.fixture(params=PARSERS, ids=["libyaml", "python"])
def read(request: pytest.FixtureRequest, tmp_path: Path) -> Read:
    """The records and the faults of a file with this content, by either parser."""

    def read(content: str | bytes, **options: Any) -> tuple[list[Entry], list[Fault]]:
        path = tmp_path / "seed.yaml"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return _read(path, parser=request.param, **options)

    return read


def _read(path: Path, **options: Any) -> tuple[list[Entry], list[Fault]]:
    reader = Reader(path, **options)
    return list(reader), reader.faults


def _places(faults: list[Fault]) -> list[str]:
    return [f"{fault.line}:{fault.column}" for fault in faults]


# What is read


def test_a_list_gives_a_record_per_item_and_any_other_section_gives_one(read: Read) -> None:
    records, faults = read(SEED)
    assert not faults
    assert [(record.section, record.value) for record in records] == [
        ("as_of", "2020-03-12"),
        ("campaign", {"name": "试验行动", "timeline": [{"on": "2020-02-28", "text": "培训"}]}),
        (
            "problems",
            {"key": "p1", "text": "口罩不足", "notes": [{"text": "已联系"}, {"on": "2020-03-10", "text": "已送到"}]},
        ),
        ("problems", {"key": "p2", "text": "原料 不足\n"}),
    ]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("'null'", "null"),
        ('"~"', "~"),
        ('""', ""),
        ("NULL", "NULL"),
        ("no", "no"),
        ("01234567", "01234567"),
        ("013800000000", "013800000000"),
        ("2026-02-30", "2026-02-30"),
        ("12:30", "12:30"),
        ("1e3", "1e3"),
        ("=", "="),
        ("50% # 注", "50%"),
        ("50%#3", "50%#3"),
        ("'50% # 3'", "50% # 3"),
        ('"甲\\n\\t\\u4E59"', "甲\n\t乙"),
        ("[]", []),
        ("{}", {}),
    ],
)
def test_a_scalar_is_the_text_that_stands_there(read: Read, written: str, value: Any) -> None:
    records, faults = read(f"lists:\n  a: {written}\n")
    assert not faults
    assert records[0].value == {"a": value}


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfa: \xe7\x94\xb2\nb:\n- c\n",
        b"a: \xe7\x94\xb2\r\nb:\r\n- c\r\n",
        b"a: \xe7\x94\xb2\rb:\r- c\r",
        b'{"a": "\xe7\x94\xb2", "b": ["c"]}',
        b"---\na: \xe7\x94\xb2\nb:\n- c\n...\n",
        b"%YAML 1.1\n---\na: \xe7\x94\xb2\nb: [c]",
    ],
    ids=["byte order mark", "Windows", "old Mac", "JSON", "marked document", "directive"],
)
def test_files_of_any_editor_are_read_alike(read: Read, content: bytes) -> None:
    records, faults = read(content)
    assert not faults
    assert [(record.section, record.value) for record in records] == [("a", "甲"), ("b", "c")]


def test_a_file_longer_than_one_piece_is_read_whole(read: Read) -> None:
    items = [f"甲乙丙丁戊{number}" for number in range(10_000)]
    records, faults = read("\n- ".join(["teams:", *items]))
    assert not faults
    assert [record.value for record in records] == items
    assert records[-1].at(()) == Mark(10_001, 3)


# Where it stands


@pytest.mark.parametrize(
    ("record", "location", "place"),
    [
        (0, (), (1, 1)),
        (1, (), (2, 1)),
        (1, ("name",), (3, 3)),
        (1, ("timeline", 0, "text"), (5, 24)),
        (2, (), (7, 3)),
        (2, ("text",), (8, 3)),
        (2, ("notes",), (9, 3)),
        (2, ("notes", 1), (11, 5)),
        (2, ("notes", 1, "text"), (12, 5)),
        (2, ("team",), (7, 3)),
        (2, ("notes", 0, "on"), (10, 5)),
        (2, ("notes", 7, "text"), (9, 3)),
        (2, ("text", "str"), (8, 3)),
        (3, ("text",), (14, 3)),
    ],
)
def test_a_place_is_that_of_the_name_or_of_the_nearest_thing_that_is_there(
    read: Read, record: int, location: tuple[str | int, ...], place: tuple[int, int]
) -> None:
    records, _ = read(SEED)
    assert records[record].at(location) == Mark(*place)


def test_a_byte_order_mark_takes_no_column(read: Read) -> None:
    records, _ = read("\ufeff甲: {乙: 丙}")
    assert (records[0].at(()), records[0].at(("乙",))) == (Mark(1, 1), Mark(1, 5))


# What is refused, and reading goes on


@pytest.mark.parametrize(
    ("content", "places", "said"),
    [
        ("a: *x\n", ["1:4"], "引用"),
        ("a: [&x b, *x]\n", ["1:5", "1:11"], "锚点"),
        ("a: &x {b: c}\n", ["1:4"], "锚点"),
        ("a: &x\n- b\n", ["1:4"], "锚点"),
        ("&x a: b\n", ["1:1"], "锚点"),
        ("*x : b\n", ["1:1"], "引用"),
        ("a: !x b\n", ["1:4"], "标签"),
        ("a: ! b\n", ["1:4"], "标签"),
        ("a: !!int 3\n", ["1:4"], "标签"),
        ("a: !!python/object/apply:os.system [ls]\n", ["1:4"], "标签"),
        ("!!map\na: b\n", ["1:1"], "标签"),
        ("a: {!x b: c}\n", ["1:5"], "标签"),
        ("a:\n- b: 1\n- !x b: 2\n- b: !x 3\n", ["3:3", "4:6"], "标签"),
        ("a:\n- b: 1\n- &x b: 2\n- b: &x 3\n", ["3:3", "4:6"], "锚点"),
        ("a:\n  <<: {b: c}\n", ["2:3"], "合并"),
        ("<<: {b: c}\n", ["1:1"], "合并"),
        ("a: 1\na: 2\n", ["2:1"], "第 1 行重复"),
        ("a:\n  b: 1\n  c:\n  - d\n  'b': 2\n  c: 3\n", ["5:3", "6:3"], "第 2 行重复"),
        ("a: {[b]: c}\n", ["1:5"], "名称"),
        ("a: {{b: c}: d}\n", ["1:5"], "名称"),
        ("? - b\n: c\n", ["1:3"], "名称"),
        ("'': c\n", ["1:1"], "名称"),
        (f"{'名' * 65}: c\n", ["1:1"], "名称"),
        ('"a\\e[2J": c\n', ["1:1"], "名称"),
        ('"a\\nb": c\n', ["1:1"], "名称"),
        ("a: b\x07\n", ["1:5"], "U+0007"),
        ("\ufeffa: b\x07\n", ["1:5"], "U+0007"),
        ("a: b\r\nc: \u202ed\r\n", ["2:4"], "U+202E"),
        ('a: "b\\x9b"\n', ["1:4"], "U+009B"),
        ("a: b\uffff\n", ["1:5"], "U+FFFF"),
    ],
)
def test_a_construct_beyond_the_seed_is_a_fault_at_its_place(
    read: Read, content: str, places: list[str], said: str
) -> None:
    _, faults = read(f"{content}last: 甲\n")
    assert _places(faults) == places
    assert said in faults[0].words.zh


def test_every_fault_is_listed_and_reading_goes_on(read: Read) -> None:
    records, faults = read(
        "teams:\n- code: &x '1'\n  code: '2'\n- code: *x\n- <<: *x\n  code: !!str null\n- {[a]: b, code: '5'}\n"
    )
    assert _places(faults) == ["2:9", "3:3", "4:9", "5:3", "5:7", "6:9", "7:4"]
    assert [record.value for record in records] == [{"code": "2"}, {"code": "*x"}, {"code": None}, {"code": "5"}]


def test_a_refused_name_takes_its_content_with_it(read: Read) -> None:
    records, faults = read("<<: [{a: b}, {c: c}]\n? [d]\n: {e: f}\ng: h\n")
    assert _places(faults) == ["1:1", "2:3"]
    assert [(record.section, record.value) for record in records] == [("g", "h")]


def test_the_hundredth_fault_ends_the_reading_and_says_so(read: Read) -> None:
    records, faults = read("teams:\n" + "- !x a\n" * 300)
    assert len(faults) == MOST_FAULTS
    assert faults[-1].words == Words("错误太多，后面的没有检查", "too many faults; the rest was not checked")
    assert faults[-2].words != faults[-1].words
    assert len(records) == MOST_FAULTS - 1


def test_what_no_text_of_the_store_may_have_is_refused_however_it_is_written(read: Read) -> None:
    unfit = [chr(code) for code in range(0xFFFF) if not 0xD800 <= code < 0xE000 and _unfit(chr(code))]
    assert len(unfit) > 60
    for character in unfit:
        records, faults = read(f'a: "b\\u{ord(character):04X}"\n')
        assert [record.value for record in records] == ["b\ufffd"]
        assert [f"U+{ord(character):04X}" in fault.words.zh for fault in faults] == [True]
    raw = [character for character in unfit if character not in "\0\r"]
    _, faults = read("a: " + "\na: ".join(raw[:40]))
    assert len([fault for fault in faults if "U+" in fault.words.zh]) == 40


def _unfit(character: str) -> bool:
    try:
        texts.clean(f"a{character}a", what=Words("文字", "text"), limit=3, lines=True)
    except ControlCharacter:
        return True
    return False


# What is refused, and reading ends


@pytest.mark.parametrize(
    ("content", "place", "said"),
    [
        ("", "1:1", "没有内容"),
        ("\ufeff", "1:1", "没有内容"),
        ("# 只有注释\n\n", "1:1", "没有内容"),
        ("- a\n", "1:1", "最外层"),
        ("甲厂\n", "1:1", "最外层"),
        ("---\n...\n", "2:1", "最外层"),
        ("a: b\n---\nc: d\n", "2:1", "---"),
        ("a: [b, c\nd: e\n", "1:4", "括号"),
        ("a: {b: c\nd: e\n", "1:4", "括号"),
        ("a: [b,\n", "2:1", "括号"),
        ("a: 甲\nb: '没有\nc: d\n", "2:4", "引号没有配对"),
        ('a: 甲\nb: "没有\nc: d\n', "2:4", "引号没有配对"),
        ("a:\n\tb: c\n", "2:1", "Tab"),
        ("a: @b\n", "1:4", "引号"),
        ("a: b: c\n", "1:5", "冒号"),
        ("a:\n  name：甲\n  county: 乙\n", "3:9", "半角"),
        ("a: 1\n乙厂\nb: 2\n", "2:1", "缺少"),
        ("a:\n  b: 1\n c: 2\n", "3:2", "缩进"),
        ("  a: 1\nb: 2\n", "2:1", "缩进"),
        ("a: '甲' 乙\n", "1:8", "引号"),
        ("a: *重要\n", "1:4", "引号"),
        ("a: !x!重要\n", "1:4", "引号"),
        ("a: " + "[" * 5000, "1:23", "20 层"),
        ("a:\n" + "".join(" " * depth + "b:\n" for depth in range(1, 40)), "21:21", "20 层"),
        (b"a: b\nc: \xbc\xd7\n", "2:4", "UTF-8"),
        ("a: 甲\n乙: \n".encode() + "丙".encode()[:2], "3:1", "UTF-8"),
        ("a: 甲\n".encode("utf-16"), "1:1", "UTF-8"),
        ("a: b\n".encode("utf-16-le"), "1:2", "UTF-8"),
        (b"PK\x03\x04\x14\0\x06\0\x08\0", "1:6", "UTF-8"),
        (b"\x89PNG\r\n\x1a\n\0\0", "1:1", "UTF-8"),
    ],
)
def test_what_is_no_seed_at_all_is_a_fault_at_its_place(
    read: Read, content: str | bytes, place: str, said: str
) -> None:
    _, faults = read(content)
    assert _places(faults)[-1] == place
    assert said in faults[-1].words.zh


@pytest.mark.parametrize("content", ['a: "C:\\学"\n', 'a: "\\q"\n', 'a: "\\U99999999"\n', "a: !<%ED%A0%80> x\n"])
def test_an_escape_that_stands_for_nothing_is_a_fault(read: Read, content: str) -> None:
    records, faults = read(f"# 甲\nas_of: 2020-03-12\n{content}")
    assert [record.value for record in records[:1]] == ["2020-03-12"]
    assert [fault.line >= 2 for fault in faults] == [True]


LATER = "# " + "甲" * 70_000 + "\na:\n- b: c\n- "
"""A record far into a file, which the parser gets in several pieces."""


@pytest.mark.parametrize(
    ("before", "nested", "place", "said"),
    [
        ("a: ", "{b: ", "1:80", "20 层"),
        ("a:\n", "- ", "2:39", "20 层"),
        ("a:\n  ", "? ", "2:41", "20 层"),
        ("a:\n  ", "- ? ", "2:41", "20 层"),
        ("a: ", "[{b: ", "1:50", "20 层"),
        ("a: ", "{? ", "1:61", "20 层"),
        ("a: ", "[b: ", "1:41", "20 层"),
        ("a: ", "[\n", "20:1", "20 层"),
        ("a: ", " [ b,", "1:100", "20 层"),
        ("a: ", "['[', ", "1:118", "20 层"),
        ("a: ", "{", "1:23", "20 层"),
        ("a: b\na: ", "[", "2:23", "20 层"),
        ("{a: [b, {c: ", "[", "1:30", "20 层"),
        ("a:\n- [b, c]\n- ", "[", "3:21", "20 层"),
        ("a:\n- b: &c ", "[", "2:26", "20 层"),
        ("a:\n- - - - - ", "[", "2:25", "20 层"),
        (LATER, "[", "4:21", "20 层"),
        (LATER + "[b, '[[[[', ", "{c: [", "4:59", "20 层"),
        ("# " + "[" * 500 + "\na: ", "[", "2:23", "20 层"),
        ("a: '" + "[" * 500 + "'\nb: ", "{", "2:23", "20 层"),
        ("{", "[", "1:21", "20 层"),
        ("? ", "[", "1:22", "20 层"),
        ("", "[", "1:1", "最外层"),
        ("- a\n- ", "[", "1:1", "最外层"),
        ("a:\n- b: c\n- d: [], ", "[", "3:8", "缩进"),
    ],
)
def test_nesting_is_refused_at_the_same_place_whatever_depth_the_parser_bears(
    read: Read, before: str, nested: str, place: str, said: str
) -> None:
    """Some versions of libyaml bear 1,000 levels, and look as far ahead; all bear 700."""
    _, faults = read(before + nested * 5000)
    assert _places(faults)[-1] == place
    assert said in faults[-1].words.zh
    assert read(before + nested * 700)[1] == faults


@pytest.mark.parametrize("text", ["a: b{}", "a: '{}'", "# {}\na: b", "a: |\n  {}", LATER + "'{}'"])
def test_brackets_that_nest_nothing_have_a_limit_too(read: Read, text: str) -> None:
    assert not read(text.format("[" * MOST_BRACKETS))[1]
    _, faults = read(text.format("[" * (MOST_BRACKETS + 1)))
    assert [fault.words.en[:22] for fault in faults] == ["too many opening brack"]


def test_nesting_to_the_limit_is_read(read: Read) -> None:
    deep = DEEPEST - 1
    records, faults = read("a: " + "[" * deep + "b" + "]" * deep)
    assert not faults
    assert len(records) == 1


def test_what_stood_before_the_end_is_given_out(read: Read) -> None:
    records, faults = read("a: b\nteams:\n- 甲\n- 乙\n- [丙\n")
    assert [record.value for record in records] == ["b", "甲", "乙"]
    assert len(faults) == 1


def test_a_file_over_the_limit_is_refused_before_it_is_read(read: Read) -> None:
    records, faults = read("a: 0123456789\n", most_bytes=13)
    assert not records
    assert _places(faults) == ["1:1"]
    assert faults[0].words == Words("文件超过 13 字节，请分成几个", "the file is larger than 13 bytes; split it")
    assert read("a: 0123456789\n", most_bytes=14)[1] == []


def test_a_record_over_the_limit_is_refused_and_many_small_ones_are_not(read: Read) -> None:
    long = "甲" * (MOST_IN_RECORD // 3)
    records, faults = read(f"teams:\n- 乙\n- {long}{long}\n")
    assert ([record.value for record in records], len(faults)) == (["乙"], 1)
    assert "256 KiB" in faults[0].words.zh
    assert "256 KiB" in faults[0].words.en
    half = "甲" * 30_000
    records, faults = read(f"teams:\n- {half}\n- {half}\n- {half}\n- {half}\n- {half}\n- {half}\n")
    assert (len(records), faults) == (6, [])


@pytest.mark.parametrize(("name", "reason"), [("none.yaml", "没有这个文件。"), (".", "文件夹。")])
def test_a_file_that_cannot_be_opened_is_said_to_be_so(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(CannotRead) as refusal:
        list(Reader(tmp_path / name))
    assert reason in refusal.value.sentence(chinese=True)
    assert str(tmp_path / name) in refusal.value.sentence(chinese=False)


# How it is said


def test_a_fault_names_file_line_and_column_in_the_language_of_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    fault = Fault(Path("seed.yaml"), 3, 5, Words("写法不对", "this is wrong"))
    assert str(fault) == "seed.yaml:3:5: 写法不对"
    monkeypatch.setenv("FUGONG_LANG", "en")
    assert str(fault) == "seed.yaml:3:5: this is wrong"


def _every_fault(read: Read) -> Iterator[Fault]:
    """The faults of all the examples above."""
    for test in (
        test_a_construct_beyond_the_seed_is_a_fault_at_its_place,
        test_what_is_no_seed_at_all_is_a_fault_at_its_place,
    ):
        for example in test.pytestmark[0].args[1]:
            yield from read(example[0])[1]


def test_no_sentence_mixes_the_languages(read: Read) -> None:
    faults = list(_every_fault(read))
    assert len(faults) > 50
    for fault in faults:
        assert not ENGLISH.search(TERMS.sub("", fault.words.zh)), fault.words.zh
        assert CHINESE.search(fault.words.zh)
        assert not CHINESE.search(fault.words.en), fault.words.en


# Nothing gets past


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("yaml") / "seed.yaml"


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif value is not None:
        assert type(value) is str
        yield value


def _holds(path: Path, content: bytes) -> None:
    """The promises about any file: records of plain text, and faults that can be printed."""
    path.write_bytes(content)
    lines = content.count(b"\n") + content.count(b"\r") + 1
    for parser in PARSERS:
        records, faults = _read(path, parser=parser)
        for record in records:
            for text in [record.section, *_strings(record.value)]:
                assert not any(_unfit(character) for character in set(text) - set("\ufffd"))
        for fault in faults:
            assert 1 <= fault.line <= lines + 1
            assert fault.column >= 1
            assert "\n" not in str(fault)
            assert str(fault).isprintable()


YAML_PIECES = st.sampled_from([*"-:?#&*!|>%@`'\"[]{},~<=\\\n\t \r", "- ", ": ", "\n  ", "<<", "---\n", "a", "甲", "\0"])


@given(text=st.lists(YAML_PIECES | st.text(max_size=3)).map("".join))
def test_any_text_gives_records_and_faults_and_nothing_else(scratch: Path, text: str) -> None:
    _holds(scratch, text.encode("utf-8", "surrogatepass"))


@given(content=st.binary())
def test_any_bytes_give_records_and_faults_and_nothing_else(scratch: Path, content: bytes) -> None:
    _holds(scratch, content)


@given(cut=st.integers(0, len(SEED)), drop=st.integers(0, 5), put=YAML_PIECES | st.text(max_size=2))
def test_any_damage_to_a_file_gives_records_and_faults_and_nothing_else(
    scratch: Path, cut: int, drop: int, put: str
) -> None:
    _holds(scratch, (SEED[:cut] + put + SEED[cut + drop :]).encode("utf-8", "surrogatepass"))


def _fit(text: str) -> bool:
    return not any(map(_unfit, text))


FIT_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cn"]), max_size=20).filter(_fit)
NAMES = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)
VALUES = st.recursive(
    st.none() | FIT_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


class _NoAliases(yaml.SafeDumper):
    def ignore_aliases(self, _: Any) -> bool:
        return True


@given(seed=st.dictionaries(NAMES, VALUES, min_size=1, max_size=4), flow=st.booleans())
def test_what_is_written_is_read_back_word_for_word(scratch: Path, seed: dict[str, Any], flow: bool) -> None:
    written = yaml.dump(seed, Dumper=_NoAliases, allow_unicode=True, default_flow_style=flow, sort_keys=False)
    scratch.write_text(written, encoding="utf-8", newline="")
    expected = [
        (section, item) for section, value in seed.items() for item in (value if isinstance(value, list) else [value])
    ]
    for parser in PARSERS:
        records, faults = _read(scratch, parser=parser)
        assert not faults
        assert [(record.section, record.value) for record in records] == expected


def _plainly(node: Any) -> Any:
    """What PyYAML's tree of nodes says, scalars as text."""
    if isinstance(node, yaml.MappingNode):
        return {name.value: _plainly(value) for name, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plainly(item) for item in node.value]
    return None if not node.style and node.value in {"", "~", "null"} else node.value


@given(text=st.lists(YAML_PIECES | st.sampled_from(["b: c", "'d'", "- e\n", "#f"])).map("".join))
def test_a_file_without_fault_says_what_the_parser_says_it_says(scratch: Path, text: str) -> None:
    scratch.write_text(f"a: {text}", encoding="utf-8", newline="")
    records, faults = _read(scratch)
    if not faults:
        values: dict[str, Any] = {}
        for record in records:
            values.setdefault(record.section, []).append(record.value)
        whole = _plainly(yaml.compose(scratch.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader))
        assert values == {
            name: value if isinstance(value, list) else [value] for name, value in whole.items() if value != []
        }


LAUGHS = "a: &a [x, x]\n" + "".join(f"{chr(c + 1)}: &{chr(c + 1)} [*{chr(c)}, *{chr(c)}]\n" for c in range(97, 122))


@pytest.mark.parametrize(
    "content",
    [
        LAUGHS,
        "a: " + "[" * 1_000_000,
        "a: " + "{b: " * 1_000_000,
        "a:\n" + "- " * 1_000_000,
        "a: " + "[&x *x, " * 1_000_000,
        "a: " + "x" * 10_000_000,
        "a: '" + "\n" * 10_000_000,
        "? " * 1_000_000,
        "#" * 10_000_000,
        "\x01" * 10_000_000,
        "".join(f"%TAG !{number}! x\n" for number in range(500_000)) + "---\na: b\n",
        "a: {" + "".join(f"k{number}: v, " for number in range(1_000_000)),
    ],
    ids=[
        "laughs", "lists", "mappings", "dashes", "anchors", "long", "lines", "keys", "comment", "controls", "tags",
        "wide",
    ],
)  # fmt: skip
def test_a_hostile_file_is_refused_in_little_memory(tmp_path: Path, content: str) -> None:
    path = tmp_path / "hostile.yaml"
    path.write_text(content, encoding="utf-8")
    tracemalloc.start()
    try:
        _, faults = _read(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert faults
    assert peak < 40_000_000


def test_memory_does_not_grow_with_the_file(scratch: Path) -> None:
    def peak(records: int) -> int:
        scratch.write_text(
            "problems:\n" + "- key: p1\n  text: 口罩不足\n  notes: [甲, 乙]\n" * records, encoding="utf-8"
        )
        tracemalloc.start()
        try:
            assert sum(1 for _ in Reader(scratch)) == records
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(8_000) < 1.5 * peak(2_000)
