"""An export that comes back later takes back nobody's newer work."""

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run
from tests.county import fingerprint
from tests.imports.sheets import counted
from tests.imports.test_round_trip import CSV_OF_THE_LEDGER


def export(fugong: Run, tmp_path: Path) -> Path:
    path = tmp_path / "mon.csv"
    assert fugong("export", "ledger", "-o", str(path), "--force").exit_code == 0
    return path


def change(path: Path, ident: str, **cells: str) -> None:
    """Change cells of the row of a problem, as a person would in a spreadsheet."""
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    head = rows[0]
    (row,) = [row for row in rows if row[head.index("编号")].strip() == ident]
    for name, value in cells.items():
        row[head.index(name)] = value
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8-sig")


def without(path: Path, name: str) -> None:
    """Leave a column out."""
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    at = rows[0].index(name)
    text = io.StringIO()
    csv.writer(text).writerows([*row[:at], *row[at + 1 :]] for row in rows)
    path.write_text(text.getvalue(), encoding="utf-8-sig")


def problem(fugong: Run, ident: str) -> dict[str, Any]:
    items = json.loads(fugong("list", "--status", "all", "-f", "json").stdout)["items"]
    (one,) = [each for each in items if each["id"] == ident]
    return dict(one)


def moved_on(fugong: Run) -> None:
    """What others did on Tuesday."""
    fugong("close", "1-1", "--how", "已到货", FUGONG_ACTOR="某甲")
    fugong("edit", "1-3", "--text", "流动资金缺口两百万", "--department", "卫健局", "--due", "5wd", FUGONG_ACTOR="某乙")


def test_only_the_cell_that_a_person_changed_comes_in(county: Path, tmp_path: Path, fugong: Run) -> None:
    path = export(fugong, tmp_path)
    moved_on(fugong)
    before = problem(fugong, "1-1"), problem(fugong, "1-3")
    change(path, "2-1", 责任人="某丙")
    result = fugong("import", str(path))
    assert (result.exit_code, counted(result)) == (0, "新增 0，更新 1，不变 4，拒绝 0"), result.stdout
    assert problem(fugong, "2-1")["person"] == "某丙"
    assert (problem(fugong, "1-1"), problem(fugong, "1-3")) == before


def test_another_cell_of_a_row_that_moved_on_comes_in_alone(county: Path, tmp_path: Path, fugong: Run) -> None:
    path = export(fugong, tmp_path)
    moved_on(fugong)
    change(path, "1-3", 责任人="某丙")
    assert fugong("import", str(path)).exit_code == 0
    now = problem(fugong, "1-3")
    assert (now["person"], now["text"], now["department"]) == ("某丙", "流动资金缺口两百万", "卫健局")


def test_a_cell_that_both_changed_is_a_fault_with_both_values_who_and_when(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    path = export(fugong, tmp_path)
    moved_on(fugong)
    change(path, "1-3", 问题描述="流动资金不够", 责任人="某丙")
    change(path, "2-1", 责任人="某丁")
    before = fingerprint(county)
    result = fugong("import", str(path))
    assert (result.exit_code, fingerprint(county)) == (1, before)
    (fault,) = [line for line in result.stderr.splitlines() if "行，问题描述" in line]
    assert "「流动资金不够」：台账里后来改成了「流动资金缺口两百万」（某乙，2020-03-13）" in fault
    assert "--take file" in fault
    assert fugong("import", str(path), "--keep-going").exit_code == 6
    assert (problem(fugong, "2-1")["person"], problem(fugong, "1-3")["person"]) == ("某丁", None)
    assert fugong("import", str(path), "--take", "ledger").exit_code == 0
    assert (problem(fugong, "1-3")["text"], problem(fugong, "1-3")["person"]) == ("流动资金缺口两百万", "某丙")
    assert fugong("import", str(path), "--take", "file").exit_code == 0
    assert problem(fugong, "1-3")["text"] == "流动资金不够"
    assert problem(fugong, "1-3")["department"] == "卫健局"


def test_a_status_that_moved_on_is_not_taken_back(county: Path, tmp_path: Path, fugong: Run) -> None:
    path = export(fugong, tmp_path)
    moved_on(fugong)
    change(path, "1-1", 责任人="某丙")
    assert fugong("import", str(path)).exit_code == 0
    assert (problem(fugong, "1-1")["status"], problem(fugong, "1-1")["person"]) == ("closed", "某丙")
    change(path, "1-1", 是否销号="是", 销号日期="2020-03-12", 办结日期="2020-03-12")
    result = fugong("import", str(path))
    assert (result.exit_code, "销号日期「2020-03-12」：台账里后来改成了「2020-03-13」" in result.stderr) == (1, True)


def test_the_same_change_on_both_sides_is_none(county: Path, tmp_path: Path, fugong: Run) -> None:
    path = export(fugong, tmp_path)
    moved_on(fugong)
    change(path, "1-3", 问题描述="流动资金缺口两百万")
    result = fugong("import", str(path))
    assert (result.exit_code, counted(result)) == (0, "新增 0，更新 0，不变 5，拒绝 0")


def test_an_export_without_the_column_is_believed_but_where_it_takes_back_a_later_act(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    path = export(fugong, tmp_path)
    without(path, "版本")
    moved_on(fugong)
    change(path, "2-1", 责任人="某丙")
    result = fugong("import", str(path))
    assert result.exit_code == 1
    faults = [line for line in result.stderr.splitlines() if "台账里后来改成了" in line]
    assert sorted(line.split("，")[1].split("「")[0].split("：")[0] for line in faults) == [
        "整改时限", "是否销号", "责任单位", "问题描述",
    ]  # fmt: skip
    assert fugong("import", str(path), "--take", "ledger").exit_code == 0
    assert problem(fugong, "2-1")["person"] == "某丙"
    assert (problem(fugong, "1-1")["status"], problem(fugong, "1-3")["department"]) == ("closed", "卫健局")


def test_a_note_since_is_not_taken_back_by_an_export_without_the_column(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    path = export(fugong, tmp_path)
    without(path, "版本")
    fugong("note", "1-3", "银行已受理")
    fugong("assign", "2-1", "卫健局")
    result = fugong("import", str(path))
    assert (result.exit_code, counted(result)) == (0, "新增 0，更新 0，不变 5，拒绝 0"), result.stderr
    assert (problem(fugong, "1-3")["status"], problem(fugong, "2-1")["status"]) == ("doing", "doing")


def test_a_listing_takes_back_no_mark_that_somebody_set_since(county: Path, tmp_path: Path, fugong: Run) -> None:
    path = tmp_path / "list.csv"
    assert fugong("list", "--status", "all", "-o", str(path)).exit_code == 0
    fugong("edit", "2-1", "--major", FUGONG_ACTOR="某乙")
    result = fugong("import", str(path))
    assert (result.exit_code, "重大「否」：台账里后来改成了「是」（某乙，2020-03-13）" in result.stderr) == (1, True)
    assert fugong("import", str(path), "--take", "ledger").exit_code == 0
    assert problem(fugong, "2-1")["major"] is True
    assert fugong("import", str(path), "--take", "file").exit_code == 0
    assert problem(fugong, "2-1")["major"] is False


def test_a_version_that_nobody_wrote_is_refused(county: Path, tmp_path: Path, fugong: Run) -> None:
    path = export(fugong, tmp_path)
    change(path, "1-1", 版本="1")
    assert "版本「1」：不是本程序导出的版本" in fugong("import", str(path)).stderr


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("saved", ["xlsx", "xls", "ods"])
def test_an_export_saved_by_libreoffice_comes_back_as_exactly_its_edits(
    county: Path, tmp_path: Path, fugong: Run, saved: str
) -> None:
    path, folder = tmp_path / "mon.xlsx", tmp_path / "saved"
    assert fugong("export", "ledger", "-o", str(path)).exit_code == 0
    moved_on(fugong)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    office, into = ["soffice", profile, "--headless"], ["--outdir", str(folder)]
    as_text = [*office, "--convert-to", CSV_OF_THE_LEDGER, *into, str(path)]
    subprocess.run(as_text, check=True, capture_output=True, timeout=120)
    (plain,) = folder.iterdir()  # named after the sheet too
    rows = list(csv.reader(io.StringIO(plain.read_text(encoding="utf-8"))))
    rows[7][rows[2].index("责任人")] = "某丙"
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    (folder / "mon.csv").write_text(text.getvalue(), encoding="utf-8")
    again = [*office, "--infilter=CSV:44,34,76", "--convert-to", saved, *into, str(folder / "mon.csv")]
    subprocess.run(again, check=True, capture_output=True, timeout=120)
    result = fugong("import", str(folder / f"mon.{saved}"), "-f", "json")
    assert (result.exit_code, counted(result)) == (0, "新增 0，更新 1，不变 4，拒绝 0"), result.stderr + result.stdout
    (line,) = json.loads(result.stdout)["items"]
    assert (line["row"], line["detail"]) == (8, "责任人：— → 某丙")


def test_a_problem_voided_since_takes_no_edit_and_is_said_to_be_void(county: Path, tmp_path: Path, fugong: Run) -> None:
    path = export(fugong, tmp_path)
    fugong("void", "2-1", "--why", "重复")
    change(path, "2-1", 责任人="某丙")
    result = fugong("import", str(path))
    assert (result.exit_code, counted(result)) == (0, "新增 0，更新 0，不变 5，拒绝 0")
    assert "已作废，未导入；--revive 恢复" in result.stdout
    assert problem(fugong, "2-1").get("person") != "某丙"
    result = fugong("import", str(path), "--revive")
    assert (counted(result), "从作废恢复" in result.stdout) == ("新增 0，更新 1，不变 4，拒绝 0", True)
    assert (problem(fugong, "2-1")["status"], problem(fugong, "2-1")["person"]) == ("doing", "某丙")
