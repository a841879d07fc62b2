"""A long table on a terminal is handed to the pager, whole; a short one never is."""

from collections.abc import Iterator

import pytest

from fugong.output import pager
from fugong.output.pager import LONG, paged

SHORT = ["表头\n"] * 10
MUCH = ["表头\n", *(f"第{number}行\n" for number in range(2 * LONG))]


def test_what_fits_is_printed(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PAGER", "sed s/^/>/")
    assert list(paged(SHORT)) == SHORT
    assert capfd.readouterr().out == ""


def test_what_is_long_is_shown_by_the_pager_alone(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PAGER", "sed s/^/>/")
    assert list(paged(MUCH)) == []
    assert capfd.readouterr().out == "".join(f">{line}" for line in MUCH)


def test_all_is_read_before_anybody_pages(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """A query that stands half-read keeps the store's writers waiting."""
    ended: list[bool] = []

    def pieces() -> Iterator[str]:
        yield from MUCH
        ended.append(True)

    def show(_: list[str], aside: object) -> bool:
        return bool(ended)

    monkeypatch.setattr(pager, "_showed", show)
    monkeypatch.setenv("PAGER", "sed p")
    assert list(paged(pieces())) == []


@pytest.mark.parametrize("choice", ["", "no-such-pager --anywhere", "'", "/"])
def test_without_a_pager_everything_is_printed(monkeypatch: pytest.MonkeyPatch, choice: str) -> None:
    monkeypatch.setenv("PAGER", choice)
    assert "".join(paged(MUCH)) == "".join(MUCH)


@pytest.mark.parametrize(("own", "given"), [(None, "-FRX"), ("-S", "-R -S"), ("", "-R "), ("FX", "-R FX")])
def test_colours_are_colours_whatever_less_is_told(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], own: str | None, given: str
) -> None:
    monkeypatch.delenv("LESS", raising=False)
    if own is not None:
        monkeypatch.setenv("LESS", own)
    monkeypatch.setenv("PAGER", "sh -c 'printf %s \"$LESS\"'")
    assert list(paged(MUCH)) == []
    assert capfd.readouterr().out == given


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("C:\\tools\\less.exe -S", ["C:/tools/less.exe", "-S"]),
        ('"C:\\Program Files\\less.exe" -S', ["C:/Program Files/less.exe", "-S"]),
        ("", []),
    ],
)
def test_a_pager_of_windows_is_named_as_windows_names_files(
    monkeypatch: pytest.MonkeyPatch, said: str, words: list[str]
) -> None:
    monkeypatch.setenv("PAGER", said)
    monkeypatch.setattr("shutil.which", lambda name: name)
    assert pager._pager("nt") == words
