"""The surroundings of every test here: Chinese, no colour settings, an 80-column terminal."""

import io
import sys
from collections.abc import Callable

import pytest


class FakeTerminal(io.StringIO):
    """A stream that says it is a terminal and keeps what was written."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FUGONG_LANG", "FUGONG_ASCII", "NO_COLOR", "FORCE_COLOR", "COLORTERM", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUGONG_LANG", "en")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], FakeTerminal]:
    """Makes standard output a terminal of a width."""

    def make(width: int) -> FakeTerminal:
        monkeypatch.setenv("COLUMNS", str(width))
        stream = FakeTerminal()
        monkeypatch.setattr(sys, "stdout", stream)
        return stream

    return make
