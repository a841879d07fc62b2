"""``docs/generate.py --check`` fails where the code and a page differ, names the page, and changes nothing."""

import sys
from pathlib import Path

import generate
import pytest

TEXT = "# 页 Page\n"


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tree in which one page and one schema are made from the code, and are current."""
    monkeypatch.setattr(generate, "ROOT", tmp_path)
    monkeypatch.setattr(generate, "_documents", lambda: [("docs/page.md", TEXT), ("docs/json/list.schema.json", "{}")])
    assert ran(monkeypatch) == 0
    return tmp_path / "docs" / "page.md"


def ran(monkeypatch: pytest.MonkeyPatch, *options: str) -> int:
    monkeypatch.setattr(sys, "argv", ["generate.py", *options])
    return generate.main()


@pytest.mark.parametrize("damaged", ["# 页 Page\n改过\n", "", None])
def test_a_page_that_differs_is_named_and_kept_until_it_is_made_anew(
    page: Path, damaged: str | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ran(monkeypatch, "--check") == 0
    capsys.readouterr()
    if damaged is None:
        page.unlink()
    else:
        page.write_text(damaged, encoding="utf-8")
    assert ran(monkeypatch, "--check") == 1
    assert capsys.readouterr().out == "docs/page.md is out of date; run: python docs/generate.py\n"
    assert (page.read_text(encoding="utf-8") if page.exists() else None) == damaged
    assert ran(monkeypatch) == 0
    assert ran(monkeypatch, "--check") == 0
    assert page.read_text(encoding="utf-8") == TEXT


def test_a_schema_of_no_command_is_named_and_removed(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    left = page.parent / "json" / "gone.schema.json"
    left.write_text("{}", encoding="utf-8")
    assert (ran(monkeypatch, "--check"), left.exists()) == (1, True)
    assert "docs/json/gone.schema.json is of no command" in capsys.readouterr().out
    assert (ran(monkeypatch), left.exists(), ran(monkeypatch, "--check")) == (0, False, 0)


def test_what_it_makes_of_the_code_is_among_what_it_checks() -> None:
    """A page that says it is generated is one that ``--check`` compares; the slow ones are only named here."""
    source = (Path(generate.__file__)).read_text(encoding="utf-8")
    said = [
        path.relative_to(generate.ROOT).as_posix()
        for path in sorted((generate.ROOT / "docs").glob("*.md"))
        if "docs/generate.py" in "".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:6])
    ]
    assert len(said) > 5
    assert [name for name in said if f'"{name}"' not in source] == []
