"""What is exported comes back: unchanged it changes nothing, also when an office has saved it anew."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from tests.conftest import Run
from tests.county import fingerprint
from tests.imports.sheets import comma, counted

pytestmark = pytest.mark.usefixtures("county")

SAME = "新增 0，更新 0，不变 6，拒绝 0"


@pytest.fixture
def lived(county: Path, fugong: Run) -> Path:
    """A store in which everything has happened to problems that can."""
    fugong("log", "乙建材", "原煤不足：每日缺两车", "--due", "长期")
    fugong("note", "1-4", "已联系；正在协调")
    fugong("note", "1-4", "办理中：等批复")
    fugong("bounce", "1-1", "--why", "不归我管", "--to", "卫健局")
    fugong("chase", "1-3", "--by", "电话")
    fugong("extend", "1-3", "--to", "5wd", "--why", "等贷款", "--late")
    fugong("verify", "1-2", "--ok", "--satisfaction", "fairly")
    fugong("verify", "2-2", "--fail", "又断货")
    return county


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "argv", [["ledger.csv"], ["ledger.xlsx"], ["ledger.csv", "--encoding", "gb18030"]], ids=["csv", "xlsx", "gb18030"]
)
def test_an_exported_ledger_comes_back_without_a_change(
    lived: Path, tmp_path: Path, fugong: Run, argv: list[str], language: str
) -> None:
    name, *encoding = argv
    path = tmp_path / name
    assert fugong("export", "ledger", "-o", str(path), *encoding, FUGONG_LANG=language).exit_code == 0
    before = fingerprint(lived)
    result = fugong("import", str(path))
    assert (result.exit_code, counted(result)) == (0, SAME), result.stdout
    assert "不认得的列" not in result.stderr
    assert fingerprint(lived) == before


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_saved_list_comes_back_without_a_change(
    lived: Path, tmp_path: Path, fugong: Run, suffix: str, language: str
) -> None:
    path = tmp_path / f"list{suffix}"
    assert fugong("list", "--status", "all", "-o", str(path), FUGONG_LANG=language).exit_code == 0
    before = fingerprint(lived)
    result = fugong("import", str(path))
    assert (result.exit_code, counted(result)) == (0, SAME), result.stdout
    assert "不认得的列" not in result.stderr
    assert fingerprint(lived) == before


CSV_OF_THE_LEDGER = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2"
"""In UTF-8, of the second sheet: the first one is for printers."""


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("saved", ["xlsx", "xls", "ods", CSV_OF_THE_LEDGER])
def test_a_ledger_that_libreoffice_saved_comes_back_without_a_change(
    lived: Path, tmp_path: Path, fugong: Run, saved: str
) -> None:
    path, folder = tmp_path / "ledger.xlsx", tmp_path / "saved"
    assert fugong("export", "ledger", "-o", str(path)).exit_code == 0
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", saved, "--outdir", str(folder), str(path)]
    subprocess.run(convert, check=True, capture_output=True, timeout=120)
    (copy,) = folder.iterdir()
    before = fingerprint(lived)
    result = fugong("import", str(copy))
    assert (result.exit_code, counted(result)) == (0, SAME), result.stdout
    assert fingerprint(lived) == before


@pytest.mark.on_a_file
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_sheet_for_printers_is_known_by_what_it_says_and_told_to_be_no_way_back(
    county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fugong: Run, language: str
) -> None:
    monkeypatch.setenv("FUGONG_LANG", language)
    path = tmp_path / "all.xlsx"
    assert fugong("export", "ledger", "-o", str(path)).exit_code == 0
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    alone = fugong("import", str(comma(tmp_path / "printed.csv", rows)), "-f", "json")
    assert json.loads(alone.stderr.splitlines()[-1])["error"]["code"] == "printed_sheet"
