"""YAML read record by record over the C parser's events: bounded memory, line numbers, and no guessing.

A file is one mapping of sections; a section is a scalar, a mapping, or a list whose items are handed out
one at a time. Every scalar is the text that stands there (plain ``null``, ``~`` and nothing are None).
What YAML could do beyond that - aliases, tags, duplicate keys, several documents - is a fault with its
line and column. Nothing is ever constructed from a tag.
"""

import codecs
import io
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from fugong import files
from fugong.errors.files import CannotRead
from fugong.lang import name_of
from fugong.values import texts
from fugong.vocab import Words

MOST_BYTES = 64 * 1024 * 1024
MOST_IN_RECORD = 256 * 1024
"""Bytes from one record to the next, comments included: this bounds memory, and the time for what is no record."""
MOST_FAULTS = 100
DEEPEST = 20
MOST_BRACKETS = 900
"""The most opening brackets within ``_LOOK_AHEAD`` characters: more are only found in files made to harm."""
LONGEST_NAME = 64

PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The YAML parser: libyaml's, or where that is absent PyYAML's own, which is many times slower."""

_NOTHING = frozenset(("", "~", "null"))
_CHUNK = 64 * 1024
_LOOK_AHEAD = 1024
"""How far a parser goes from a bracket that could begin a name before it says that the bracket is there."""
_MOST_NAMES = 1000
_CONTROLS = re.compile(texts.CONTROLS_IN_LINES)
"""What no text of a store may have, and a terminal would obey or the parser refuse."""
_OPENING = re.compile(r"[\[{]")
_STAND_IN = "\N{REPLACEMENT CHARACTER}"

_ALIAS = Words("不支持引用 *；以 * 开头的文字要加引号", "no aliases * here; put text that begins with * in quotes")
_ANCHOR = Words("不支持锚点 &；以 & 开头的文字要加引号", "no anchors & here; put text that begins with & in quotes")
_TAG = Words("不支持标签 !；以 ! 开头的文字要加引号", "no tags ! here; put text that begins with ! in quotes")
_MERGE = Words("不支持合并 <<，请写出内容", "no merging with << here; write it out")
_NAME = Words(
    f"冒号前的名称应是 {LONGEST_NAME} 字以内的一个词",
    f"the name before a colon must be a word of up to {LONGEST_NAME} characters",
)
_DEEP = Words(f"嵌套超过 {DEEPEST} 层", f"nested deeper than {DEEPEST} levels")
_BRACKETS = Words("这里的左括号太多，请删去一些", "too many opening brackets here; remove some")
_EMPTY = Words("文件里没有内容", "the file has no content")
_TOP = Words("最外层应是「名称: 内容」", "the outermost level must be “name: content”")
_SECOND = Words("一个文件只能有一份内容，请删去多出的 ---", "a file holds one document; remove the further ---")
_NOT_TEXT = Words("这里不是 UTF-8 文字，请把文件另存为 UTF-8 文本", "this is not UTF-8; save the file as UTF-8 text")
_NO_CHARACTER = Words("这里附近写的编码不代表任何文字", "near here a code stands for no character")
_TOO_LONG = Words(
    f"一条记录连同注释不能超过 {MOST_IN_RECORD // 1024} KiB",
    f"a record and the comments before it may have up to {MOST_IN_RECORD // 1024} KiB",
)
_TOO_MANY = Words("错误太多，后面的没有检查", "too many faults; the rest was not checked")

_SYNTAX = {
    "a tag": _TAG,
    "tag handle": _TAG,
    "an anchor": _ANCHOR,
    "an alias": _ALIAS,
    "a quoted scalar found unexpected": Words("引号没有配对", "the quotation mark is not closed"),
    "escape": Words("双引号里的 \\ 写法不对，请改用单引号", "a wrong \\ in double quotes; use single quotes"),
    "a flow": Words("括号没有配对，或缺少逗号", "a bracket is not closed, or a comma is missing"),
    "cannot start any token": Words(
        "缩进要用空格，不用 Tab；以 @ ` % 等符号开头的文字要加引号",
        "indent with spaces, not tabs; put text that begins with a sign like @ ` % in quotes",
    ),
    "mapping values are not allowed": Words(
        "这个冒号多余，或上一行的冒号不是半角；带「: 」的文字要加引号",
        "this colon is one too many, or the line above lacks one; put text with “: ” in quotes",
    ),
    "find expected ':'": Words(
        "缺少「: 」：名称后面要写半角冒号和空格", "a colon is missing: after a name stands a colon and a space"
    ),
}
"""What libyaml and its Python twin say is wrong, by a part of their sentence, in words for a clerk."""
_NOT_YAML = Words("写法不对，请检查缩进、冒号和引号", "this is not YAML; check indents, colons and quotes")

_WHERE_IT_BEGINS = re.compile(
    "while (scanning|parsing) (a simple key|a quoted scalar found unexpected|a flow [ms]|a tag|an anchor|an alias)"
)
"""What was begun and not finished: the place to repair is where it begins, not where the parser noticed."""


class Mark(NamedTuple):
    """A place in the file; line and column count characters from 1."""

    line: int
    column: int


class Fault(NamedTuple):
    """What is wrong, and where."""

    path: Path
    line: int
    column: int
    words: Words

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {name_of(self.words)}"


Parts = Mapping[str | int, Any]
"""Where the parts of a mapping or list stand: by name or number the parser's own mark, which costs nothing
to keep, or for a part that has parts itself a pair of its mark and those."""


class Entry(NamedTuple):
    """A section, or one item of a section that is a list."""

    section: str
    value: Any
    """None or a text, or dicts and lists of such; whatever the file has there."""
    start: Any
    parts: Parts
    item: bool = False
    """Whether it is an item of a list."""

    def at(self, location: tuple[str | int, ...]) -> Mark:
        """Where a part of the value stands: its name, or if it is an item of a list, its beginning.

        Args:
            location: The steps to it, as pydantic gives them: ("notes", 0, "text"). Where one leads to
                nothing, as for a missing name, the place is that of the last known step before it.
        """
        mark, parts = self.start, self.parts
        for step in location:
            if step not in parts:
                break
            part = parts[step]
            mark, parts = part if isinstance(part, tuple) else (part, {})
        return _place(mark)


class Reader:
    """Reads one file, once: iterating gives its records, and ``faults`` grows meanwhile.

    A record with a fault is given out all the same, so that whoever checks the contents can list what is
    wrong there too; the file is good if ``faults`` is empty at the end. Reading ends early at what is
    not YAML at all, and at the hundredth fault.

    Args:
        path: The file, or a pipe.
        most_bytes: A larger file is refused; a pipe has no size.
        parser: Whose events are read.

    Raises:
        CannotRead: When iterated: the file is missing or unreadable.
    """

    def __init__(self, path: Path, *, most_bytes: int = MOST_BYTES, parser: Any = PARSER) -> None:
        self.faults: list[Fault] = []
        self._path = path
        self._most_bytes = most_bytes
        self._parser = parser
        self._noted = 0
        self._start: Any = None
        self._names: set[str] = set()

    def __iter__(self) -> Iterator[Entry]:
        try:
            files.reads(self._path)
            with self._path.open("rb") as file, suppress(_Broken):
                yield from self._records(file)
        except OSError as error:
            raise CannotRead(path=self._path, reason=files.unread(error)) from None

    def _records(self, file: BinaryIO) -> Iterator[Entry]:
        """The records of a file. The parser's own complaints become faults; its English stays inside."""
        if os.fstat(file.fileno()).st_size > self._most_bytes:
            self._stop(Mark(1, 1), _too_large(self._most_bytes))
        text = _Text(file, self._note, self._stop)
        try:
            self._next = self._parser(text).get_event
            for record in self._document(text):
                self._start = record.start
                yield record
                text.fed = 0
        except yaml.MarkedYAMLError as error:
            if not text.cut or _place(error.problem_mark) < text.cut:
                self._stop(*_syntax(error))
        except (yaml.YAMLError, ValueError, OverflowError):  # an escape sequence that stands for no character
            self._stop(_place(self._start), _NO_CHARACTER)
        if text.cut:
            self._stop(text.cut, _BRACKETS)

    def _document(self, text: "_Text") -> Iterator[Entry]:
        """The records of the one document."""
        self._next()
        if isinstance(self._next(), StreamEndEvent):
            self._stop(*((text.cut, _BRACKETS) if text.cut else (Mark(1, 1), _EMPTY)))
        top = self._next()
        self._properties(top)
        if not isinstance(top, MappingStartEvent):
            self._stop(_place(top.start_mark), _TOP)
        seen: dict[str | int, Any] = {}
        while not isinstance(event := self._next(), MappingEndEvent):
            yield from self._section(event, seen)
        self._next()
        if not isinstance(event := self._next(), StreamEndEvent):
            self._stop(_place(event.start_mark), _SECOND)

    def _section(self, name: Any, seen: dict[str | int, Any]) -> Iterator[Entry]:
        """The records of the section that a name begins."""
        section = self._name(name, seen, 1)
        event = self._next()
        if section is None:
            self._node(event, 1)
            return
        seen[section] = name.start_mark
        if not isinstance(event, SequenceStartEvent):
            value, parts = self._node(event, 1)
            yield Entry(section, value, name.start_mark, parts or {})
            return
        self._properties(event)
        while not isinstance(event := self._next(), SequenceEndEvent):
            value, parts = self._node(event, 2)
            yield Entry(section, value, event.start_mark, parts or {}, item=True)

    def _node(self, event: Any, depth: int) -> tuple[Any, Parts | None]:
        """The value that an event begins inside ``depth`` others, and where its parts stand if it has any."""
        kind = event.__class__
        if kind is ScalarEvent:
            return self._scalar(event), None
        self._properties(event)
        if kind is AliasEvent:
            return f"*{event.anchor}", None
        if depth == DEEPEST:
            self._stop(_place(event.start_mark), _DEEP)
        return self._mapping(depth + 1) if kind is MappingStartEvent else self._sequence(depth + 1)

    def _mapping(self, depth: int) -> tuple[dict[str, Any], Parts]:
        """The rest of a mapping. This loop is where a large file's time goes: it takes what is plain without a call."""
        value: dict[str, Any] = {}
        parts: dict[str | int, Any] = {}
        next_event, known = self._next, self._names
        while (name := next_event()).__class__ is not MappingEndEvent:
            key = name.value if name.__class__ is ScalarEvent and name.anchor is name.tag is None else None
            if key not in known or key in parts:
                key = self._name(name, parts, depth)
            event = next_event()
            if key is None:
                self._node(event, depth)
            elif event.__class__ is ScalarEvent and not event.style and event.anchor is event.tag is None:
                text = event.value
                value[key] = None if text in _NOTHING else text
                parts[key] = name.start_mark
            else:
                value[key], inside = self._node(event, depth)
                parts[key] = name.start_mark if inside is None else (name.start_mark, inside)
        return value, parts

    def _sequence(self, depth: int) -> tuple[list[Any], Parts]:
        value: list[Any] = []
        parts: dict[str | int, Any] = {}
        while (event := self._next()).__class__ is not SequenceEndEvent:
            content, inside = self._node(event, depth)
            parts[len(value)] = event.start_mark if inside is None else (event.start_mark, inside)
            value.append(content)
        return value, parts

    def _scalar(self, event: Any) -> str | None:
        """The text of a scalar; only one in double quotes can have hidden a control character in an escape."""
        if event.anchor is not None or event.tag is not None:
            self._properties(event)
        text: str = event.value
        if not event.style:
            return None if text in _NOTHING else text
        if event.style == '"' and (found := _controls(text)):
            self._note(_place(event.start_mark), _control(found[0].group()))
            return _masked(text, found)
        return text

    def _name(self, event: Any, seen: Parts, depth: int) -> str | None:
        """The name that an event is, or None if it cannot be one."""
        if event.__class__ is not ScalarEvent:
            if event.__class__ is not AliasEvent:
                self._note(_place(event.start_mark), _NAME)
            self._node(event, depth)
            return None
        if event.anchor is not None or event.tag is not None:
            self._properties(event)
        name: str = event.value
        wrong = _wrong_name(name)
        if wrong:
            self._note(_place(event.start_mark), wrong)
            return None
        if len(self._names) < _MOST_NAMES:
            self._names.add(name)
        if name in seen:
            first = seen[name][0] if isinstance(seen[name], tuple) else seen[name]
            self._note(_place(event.start_mark), _repeated(first.line + 1))
        return name

    def _properties(self, event: Any) -> None:
        """Note what no value may have: an alias, an anchor, a tag."""
        if isinstance(event, AliasEvent):
            self._note(_place(event.start_mark), _ALIAS)
            return
        if event.anchor is not None:
            self._note(_place(event.start_mark), _ANCHOR)
        if event.tag is not None:
            self._note(_place(event.start_mark), _TAG)

    def _note(self, at: Mark, words: Words) -> None:
        """Add a fault. At the hundredth reading ends, so that a hostile file fills neither memory nor time."""
        self._noted += 1
        last = self._noted == MOST_FAULTS
        self.faults.append(Fault(self._path, *at, _TOO_MANY if last else words))
        if last:
            raise _Broken

    def _stop(self, at: Mark, words: Words) -> NoReturn:
        self._note(at, words)
        raise _Broken


class _Broken(Exception):
    """The rest of the file is not read; the last fault says why."""


class _Text:
    """A file as the parser gets it: characters, lines that end in a line feed, and nothing that rules a terminal."""

    def __init__(
        self, file: BinaryIO, note: Callable[[Mark, Words], None], stop: Callable[[Mark, Words], NoReturn]
    ) -> None:
        self.fed = 0
        """How many bytes were read since the last record."""
        self.cut: Mark | None = None
        """Where the text was made to end, before brackets that the parser might count and refuse itself."""
        self._file = file
        self._note = note
        self._stop = stop
        self._at = Mark(1, 1)
        self._last = ""
        self._decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder("utf-8-sig")(), translate=True)

    def read(self, _size: int) -> str:
        """The next piece, nothing at the end; the parser keeps what is more than it asked for."""
        if self.cut:
            return ""
        text = ""
        while not text and (raw := self._file.read(_CHUNK)):
            self.fed += len(raw)
            if self.fed > MOST_IN_RECORD:
                self._stop(self._at, _TOO_LONG)
            text = self._decoded(raw)
        text = self._sparse(text or self._decoded(b""))
        visible = self._visible(text)
        self._at = self._after(text)
        return visible

    def _decoded(self, raw: bytes) -> str:
        try:
            return self._decoder.decode(raw, final=not raw)
        except UnicodeDecodeError as error:
            self._stop(self._after(error.object[: error.start].decode()), _NOT_TEXT)

    def _sparse(self, text: str) -> str:
        """The text as far as its brackets allow.

        Some versions of libyaml refuse what is nested 1,000 deep, and look ahead so far that they do so before a
        reader hears of the first level. At an end of the text they tell of all the levels that they have seen.
        """
        before, self._last = self._last, text[-_LOOK_AHEAD:]
        if sum(part.count(bracket) for part in (before, text) for bracket in "[{") > MOST_BRACKETS:
            opened = [bracket.start() - len(before) for bracket in _OPENING.finditer(before + text)]
            for first, last in zip(opened, opened[MOST_BRACKETS:], strict=False):
                if last - first < _LOOK_AHEAD:
                    self.cut = self._after(text[:last])
                    return text[:last]
        return text

    def _visible(self, text: str) -> str:
        """The text with a stand-in for each control character, so that reading goes on and finds them all."""
        found = _controls(text)
        for control in found:
            at = self._after(text[: control.start()])
            if control.group() == "\0":  # UTF-16, a spreadsheet, a picture
                self._stop(at, _NOT_TEXT)
            self._note(at, _control(control.group()))
        return _masked(text, found)

    def _after(self, text: str) -> Mark:
        """The position after a text that begins here."""
        lines = text.count("\n")
        column = len(text) - text.rfind("\n") if lines else self._at.column + len(text)
        return Mark(self._at.line + lines, column)


def _place(mark: Any) -> Mark:
    """The parser's mark as line and column counted from 1; the beginning of the file if there is none."""
    return Mark(mark.line + 1, mark.column + 1) if mark else Mark(1, 1)


def _too_large(limit: int) -> Words:
    return Words(f"文件超过 {limit:,} 字节，请分成几个", f"the file is larger than {limit:,} bytes; split it")


def _wrong_name(name: str) -> Words | None:
    """What keeps a text from being a name."""
    if name == "<<":
        return _MERGE
    return None if name and len(name) <= LONGEST_NAME and name.isprintable() else _NAME


def _repeated(line: int) -> Words:
    return Words(f"与第 {line} 行重复，请删去一处", f"the same as line {line}; remove one of them")


def _controls(text: str) -> list[re.Match[str]]:
    """The control characters of a text. Most text is printable, which is much faster to see."""
    return [] if text.replace("\n", "").isprintable() else list(_CONTROLS.finditer(text))


def _control(character: str) -> Words:
    code = f"U+{ord(character):04X}"
    return Words(f"有控制字符 {code}，请删去", f"there is the control character {code}; remove it")


def _masked(text: str, found: list[re.Match[str]]) -> str:
    return text.translate({ord(control.group()): _STAND_IN for control in found}) if found else text


def _syntax(error: yaml.MarkedYAMLError) -> tuple[Mark, Words]:
    """The parser's complaint in our words. Its own are English and for programmers."""
    said = f"{error.context} {error.problem}"
    words = next((words for part, words in _SYNTAX.items() if part in said), _NOT_YAML)
    begun = error.context_mark if _WHERE_IT_BEGINS.match(said) else None
    return _place(begun or error.problem_mark), words
