"""Every help page ends with two examples, and they do what they say: the English ones on the English sample."""

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.commands.frame.conftest import BEFORE, BEFORE_ENGLISH
from tests.conftest import Run

from fugong.cli import NOUNS, VERBS
from fugong.commands.frame.examples import table
from fugong.commands.frame.lazy import Parts
from fugong.vocab import ExitCode, Language


def pages(command: Any = None, name: str = "") -> Iterator[str]:
    """The names of all commands, groups among them."""
    yield name
    children = Parts(VERBS, NOUNS) if command is None else getattr(command, "commands", {})
    for each in children:
        yield from pages(children[each], f"{name} {each}".strip())


def test_every_page_has_two_and_none_is_of_a_command_that_is_gone() -> None:
    assert all(len(each) == 2 for each in table().values())
    assert set(table()) == set(pages())


def test_the_english_ones_can_be_typed_on_any_keyboard() -> None:
    assert [english for examples in table().values() for _, english in examples if not english.isascii()] == []


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", table())
def test_a_page_ends_with_two_examples_that_work(
    desk: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch, name: str, language: Language
) -> None:
    assert desk == Path.cwd()
    chinese = language is Language.ZH
    monkeypatch.setenv("FUGONG_LANG", language.value)
    shown = fugong(*name.split(), "--help").stdout.split("例子：\n" if chinese else "Examples:\n")
    assert len(shown) == 2
    monkeypatch.setenv("FUGONG_ACTOR", "经办人")
    before = (BEFORE if chinese else BEFORE_ENGLISH).get(name, [])
    assert {fugong(*argv).exit_code for argv in before} <= {ExitCode.DONE, ExitCode.FOUND}
    if name in ("approve", "reject"):
        monkeypatch.setenv("FUGONG_ACTOR", "审核人")
    for line in shown[1].splitlines()[:2]:
        program, *argv = shlex.split(line)
        done = fugong(*argv)
        assert (program, done.exit_code in (ExitCode.DONE, ExitCode.FOUND)) == ("fugong", True), (line, done.stderr)
