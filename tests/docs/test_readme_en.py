"""README.en.md: its tour works as it stands, on the English sample, and wants no Chinese keyboard."""

import re
import shlex
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.worked import ROOT

from fugong.vocab import ExitCode

PAGE = ROOT / "README.en.md"
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
CHINESE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")


def tour() -> list[str]:
    """The command lines of the page, in their order."""
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    return [line for block in blocks for line in block.splitlines() if line.startswith("fugong ")]


def test_the_tour_can_be_typed_on_any_keyboard() -> None:
    assert len(tour()) > 20
    assert [line for line in tour() if not line.isascii()] == []


@pytest.mark.on_a_file
def test_the_tour_works_from_beginning_to_end_and_speaks_english(
    tmp_path: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FUGONG_LANG", "en")
    monkeypatch.setenv("FUGONG_TODAY", "2020-03-13")
    monkeypatch.setenv("FUGONG_STORE", str(tmp_path / "tour.db"))
    for line in tour():
        _, *argv = shlex.split(line, comments=True)
        done = fugong(*argv)
        assert done.exit_code in (ExitCode.DONE, ExitCode.FOUND), (line, done.stderr)
        if "--help" not in line:  # which says the command's Chinese name as well
            assert not CHINESE.search(done.stdout + done.stderr), line
    assert {"ledger.xlsx", "report.html", "empty.xlsx", "copy.db"} <= {path.name for path in tmp_path.iterdir()}


def test_its_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", PAGE.read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target
