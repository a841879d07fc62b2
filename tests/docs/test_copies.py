"""docs/copies.md: the day that it tells was played by the program, and every line is what it printed."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from tests.conftest import Run
from tests.keeping.copies import Copies
from tests.worked import ROOT

PAGE = ROOT / "docs" / "copies.md"
COPIES = ("全县", "二组", "三组", "三组-老王", "督查")
READ = (("list", "--status", "all"), ("progress", "--json"), ("summary",), ("conflict", "list"), ("export", "ledger"))


def _player() -> ModuleType:
    spec = importlib.util.spec_from_file_location("player", ROOT / "docs" / "making" / "copies.py")
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.mark.on_a_file
def test_the_page_prints_what_the_program_prints_and_all_copies_say_the_same(tmp_path: Path, fugong: Run) -> None:
    del fugong
    page = PAGE.read_text(encoding="utf-8")
    assert _player().play(page, tmp_path).splitlines() == page.splitlines(), (
        "python docs/making/copies.py writes it anew"
    )
    assert len([*(tmp_path / "收件").iterdir()]) == 4
    assert all(bundle.stat().st_size < 4096 for bundle in (tmp_path / "收件").iterdir())
    copies = Copies(tmp_path / "全县.db", tmp_path)
    copies.places = {name: str(tmp_path / f"{name}.db") for name in COPIES}
    for argv in READ:
        assert len({copies(name, *argv).stdout for name in COPIES}) == 1, argv
    assert [copies.whole(name) for name in COPIES] == [[]] * 5
    series = [copies(name, "log", "丙铸造", "新的事").stdout.split()[0].split("-")[1] for name in COPIES[2:4]]
    assert [each[0] for each in series] == ["C", "C"]
    assert len({each.rstrip("0123456789") for each in series}) == 2
