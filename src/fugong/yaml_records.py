"""YAML read record by record over the C parser's events: bounded memory, line numbers, and no guessing.

A file is one mapping of sections; a section is a scalar, a mapping, or a list whose items are handed out
one at a time. Every scalar is the text that stands there (plain ``null``, ``~`` and nothing are None).
What YAML could do beyond that - aliases, tags, duplicate keys, several documents - is a fault with its
line and column. Nothing is ever constructed from a tag.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from fugong.errors import CannotRead
from fugong.lang import name_of
from fugong.vocab import Words

MOST_BYTES = 64 * 1024 * 1024
DEEPEST = 20

_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same events from Python where there is no C parser


class Mark(NamedTuple):
    """A place in the file, counted from 1."""

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


class _Marks(NamedTuple):
    """Where a value stands, and where each of its parts does."""

    mark: Mark
    parts: dict[str | int, Any]


class Record(NamedTuple):
    """A section, or one item of a section that is a list."""

    section: str
    value: Any
    marks: Any

    def at(self, location: tuple[str | int, ...]) -> Mark:
        """Where a part of the value stands, as ("notes", 0, "text"); of its nearest parent if it is absent."""
        here = self.marks
        for step in location:
            if not isinstance(here, _Marks) or step not in here.parts:
                break
            here = here.parts[step]
        return here.mark if isinstance(here, _Marks) else here


class _Broken(Exception):
    """The rest of the file cannot be read."""


class Reader:
    """Reads one file; ``faults`` grows while the records are iterated.

    Raises:
        CannotRead: The file is missing, unreadable or too large.
    """

    def __init__(self, path: Path, *, most_bytes: int = MOST_BYTES) -> None:
        self.faults: list[Fault] = []
        self._path = path
        try:
            if path.stat().st_size > most_bytes:
                limit = f"{most_bytes // 1024 // 1024} MiB"
                raise CannotRead(path=path, reason=Words(f"文件超过 {limit}", f"the file is larger than {limit}"))
            self._file = path.open("rb")
        except OSError as error:
            raise CannotRead(path=path, reason=_why(error)) from error

    def __iter__(self) -> Iterator[Record]:
        with self._file:
            try:
                self._next = _Loader(self._file).get_event
                yield from self._document()
            except _Broken:
                return
            except yaml.MarkedYAMLError as error:
                at = error.problem_mark or error.context_mark
                self._fault(
                    at,
                    "这里不合 YAML 的写法，请检查缩进、冒号和引号",
                    "this is not YAML; check indents, colons and quotes",
                )
            except yaml.reader.ReaderError as error:
                self._unreadable(error)

    def _document(self) -> Iterator[Record]:
        """The records of the one document."""
        event = self._next()
        while not isinstance(event, DocumentStartEvent | StreamEndEvent):
            event = self._next()
        if isinstance(event, StreamEndEvent):
            self._stop(event, "文件是空的", "the file is empty")
        top = self._next()
        self._plain(top)
        if not isinstance(top, MappingStartEvent):
            self._stop(top, "文件的最外层应是「名称: 内容」", "the file must be a mapping of sections")
        seen: set[str] = set()
        while not isinstance(event := self._next(), MappingEndEvent):
            section = self._key(event, seen)
            yield from self._section(section)
        self._next()
        if not isinstance(event := self._next(), StreamEndEvent):
            self._stop(
                event, "一个文件里只能有一份内容（多了 ---）", "a file holds one document only (there is another ---)"
            )

    def _section(self, section: str) -> Iterator[Record]:
        event = self._next()
        if not isinstance(event, SequenceStartEvent):
            value, marks = self._value(event, 2)
            yield Record(section, value, marks)
            return
        self._plain(event)
        while not isinstance(event := self._next(), SequenceEndEvent):
            value, marks = self._value(event, 3)
            yield Record(section, value, marks)

    def _value(self, event: Event, depth: int) -> tuple[Any, Any]:
        """The value that an event begins, with the marks of it and its parts."""
        if depth > DEEPEST:
            self._stop(event, f"嵌套超过 {DEEPEST} 层", f"nested deeper than {DEEPEST}")
        self._plain(event)
        if isinstance(event, ScalarEvent):
            text = event.value
            return (None if event.implicit[0] and text in _NOTHING else text), _mark(event)
        if isinstance(event, MappingStartEvent):
            return self._mapping(event, depth)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(event, depth)
        return None, _mark(event)  # an alias: a fault already

    def _mapping(self, start: Event, depth: int) -> tuple[dict[str, Any], _Marks]:
        value: dict[str, Any] = {}
        parts: dict[str | int, Any] = {}
        seen: set[str] = set()
        while not isinstance(event := self._next(), MappingEndEvent):
            key = self._key(event, seen)
            value[key], parts[key] = self._value(self._next(), depth + 1)
        return value, _Marks(_mark(start), parts)

    def _sequence(self, start: Event, depth: int) -> tuple[list[Any], _Marks]:
        value: list[Any] = []
        parts: dict[str | int, Any] = {}
        while not isinstance(event := self._next(), SequenceEndEvent):
            item, parts[len(value)] = self._value(event, depth + 1)
            value.append(item)
        return value, _Marks(_mark(start), parts)

    def _key(self, event: Event, seen: set[str]) -> str:
        """A key of a mapping: a plain text that stands there once."""
        self._plain(event)
        if not isinstance(event, ScalarEvent):
            self._stop(event, "名称应是一个词", "a name must be plain text")
        key = str(event.value)
        if key == "<<":
            self._fault(event.start_mark, "不支持合并键 <<", "merge keys << are not supported")
        if key in seen:
            self._fault(event.start_mark, f"「{key}」写了两次", f"“{key}” is given twice")
        seen.add(key)
        return key

    def _plain(self, event: Event) -> None:
        """Note what a value may not have: an alias, an anchor, a tag."""
        if isinstance(event, AliasEvent):
            self._fault(event.start_mark, "不支持引用 *，请写出内容", "aliases * are not supported; write it out")
        elif isinstance(event, NodeEvent) and event.anchor is not None:
            self._fault(event.start_mark, "不支持锚点 &", "anchors & are not supported")
        if getattr(event, "tag", None) is not None:
            self._fault(event.start_mark, "不支持标签 !", "tags ! are not supported")

    def _stop(self, event: Event, zh: str, en: str) -> NoReturn:
        self._fault(event.start_mark, zh, en)
        raise _Broken

    def _fault(self, at: Any, zh: str, en: str) -> None:
        line, column = (at.line + 1, at.column + 1) if at else (1, 1)
        self.faults.append(Fault(self._path, line, column, Words(zh, en)))

    def _unreadable(self, error: yaml.reader.ReaderError) -> None:
        """A byte that is not UTF-8, or a control character: the parser tells only its offset."""
        before = self._path.read_bytes()[: error.position]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        if "control" in error.reason:
            words = Words("这里有控制字符，请删去", "there is a control character; remove it")
        else:
            words = Words("文件不是 UTF-8 编码，请另存为 UTF-8", "the file is not UTF-8; save it as UTF-8")
        self.faults.append(Fault(self._path, line, column, words))


def _mark(event: Event) -> Mark:
    at: Any = event.start_mark
    return Mark(at.line + 1, at.column + 1)


def _why(error: OSError) -> Words:
    """Why a file cannot be opened."""
    known = {
        FileNotFoundError: Words("没有这个文件", "there is no such file"),
        IsADirectoryError: Words("这是一个文件夹", "it is a folder"),
        PermissionError: Words("没有权限", "permission denied"),
    }
    return known.get(type(error), Words(error.strerror or "无法打开", error.strerror or "it cannot be opened"))
