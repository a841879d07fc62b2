"""``store archive``: a folder that holds a ledger for good, proved by its index alone."""

import io
import json
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from tests.conftest import Run
from tests.county import fingerprint, lay, outcome
from tests.keeping.prove_archive import faults

from fugong import files
from fugong.errors.store import ArchiveBad
from fugong.keeping import archive

PROVE = Path(__file__).with_name("prove_archive.py")
NAMES = {
    "README.txt", "SHA256SUMS", "chains.txt", "figures.csv", "index.json", "ledger.jsonl", "ledger.xlsx", "notices.csv",
    "report.html",
}  # fmt: skip


def prove(folder: Path) -> tuple[int, str]:
    done = subprocess.run([sys.executable, "-I", PROVE, folder], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.strip()


@pytest.fixture
def made(store: Path, tmp_path: Path, fugong: Run) -> Path:
    lay(store)
    fugong("close", "1-1", "口罩到货")
    fugong("undo")
    assert fugong("redact", "1-2", "--why", "误录").exit_code == 0
    folder = tmp_path / "归档"
    before = fingerprint(store)
    status, said, _ = outcome(fugong("store", "archive", str(folder)))
    assert (status, said) == (0, f"{folder}\n")
    assert fingerprint(store) == before
    return folder


def test_an_archive_is_proved_by_its_index_alone(made: Path, fugong: Run) -> None:
    seal = json.loads(fugong("store", "info", "--json").stdout)["seal"]
    assert prove(made) == (0, seal)
    assert {each.name for each in made.iterdir()} == NAMES
    sums = (made / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert {line.split("  ")[1] for line in sums} == NAMES - {"SHA256SUMS"}


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum on this machine")
def test_it_is_proved_by_hand_with_nothing_but_sha256sum(made: Path) -> None:
    def hand(line: str) -> str:
        done = subprocess.run(["/bin/sh", "-c", line], cwd=made, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    assert hand("sha256sum -c SHA256SUMS").count(": OK") == len(NAMES) - 1
    seal = hand("sha256sum chains.txt | cut -c 1-32")
    assert hand('grep -o \'"seal": "[0-9a-f]*"\' index.json') == f'"seal": "{seal}"'
    assert f"封签 {seal}" in (made / "README.txt").read_text(encoding="utf-8-sig")


def test_papers_are_in_it_as_they_were_issued_whatever_came_later(store: Path, tmp_path: Path, fugong: Run) -> None:
    pytest.importorskip("docxtpl")
    lay(store)
    paper = tmp_path / "交办单.docx"
    demands = ("--demand", "限期完成", "--demand", "书面报告", "--no-receipt")
    assert fugong("notice", "1-1", "--kind", "交办单", "-o", str(paper), *demands).exit_code == 0
    for later in (
        ["edit", "1-1", "--text", "改了"], ["assign", "1-1", "卫健局"], ["chase", "1-1", "电话"],
        ["extend", "1-1", "--to", "9wd", "--why", "缺货", "--late"], ["close", "1-1", "好"],
    ):  # fmt: skip
        assert fugong(*later).exit_code == 0, later
    folder = tmp_path / "归档"
    assert fugong("store", "archive", str(folder)).exit_code == 0
    (kept,) = (folder / "notices").iterdir()
    assert kept.name == "assign-2020-1.docx"
    issued, archived = (ZipFile(each).read("word/document.xml") for each in (paper, kept))
    assert archived == issued
    assert "〔2020〕1号" in next(each["zh"] for each in json.loads((folder / "index.json").read_bytes())["files"]
                               if each["name"] == f"notices/{kept.name}")  # fmt: skip
    assert prove(folder)[0] == 0


@pytest.mark.on_a_file
def test_a_changed_file_a_missing_and_an_added_one_do_not_pass(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fugong: Run
) -> None:
    monkeypatch.setenv("FUGONG_EVIDENCE", str(tmp_path / "evidence"))
    lay(store)
    (tmp_path / "照片.jpg").write_bytes(b"picture")
    assert fugong("attach", "1-1", str(tmp_path / "照片.jpg")).exit_code == 0
    made = tmp_path / "a"
    assert fugong("store", "archive", str(made)).exit_code == 0
    assert list(faults(made)) == []
    every = [each for each in made.rglob("*") if each.is_file()]
    assert {str(each.relative_to(made)) for each in every} > NAMES
    for path in every:
        data, name = path.read_bytes(), str(path.relative_to(made))
        at = data.rindex(b"1") if name in ("index.json", "SHA256SUMS") else len(data) // 2
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert list(faults(made)), name
        if name not in ("index.json", "SHA256SUMS"):
            with pytest.raises(ArchiveBad):
                archive.verify(made)
            path.unlink()
            assert any(each.startswith(name) for each in faults(made)), name
        path.write_bytes(data)
    (made / "多的.txt").write_bytes(b"x")
    assert list(faults(made))


def test_it_goes_back_into_a_new_store_and_has_what_the_reports_say(made: Path, tmp_path: Path, fugong: Run) -> None:
    other = str(tmp_path / "other.db")
    assert fugong("--store", other, "store", "import", str(made / "ledger.jsonl")).exit_code == 0
    assert fugong("--store", other, "progress").stdout == fugong("progress").stdout
    fugong("report", "-o", str(tmp_path / "page.html"))
    assert (made / "report.html").read_bytes() == (tmp_path / "page.html").read_bytes()
    fugong("export", "figures", "-o", str(tmp_path / "figures.csv"))
    assert (made / "figures.csv").read_bytes() == (tmp_path / "figures.csv").read_bytes()
    sheet = ZipFile(io.BytesIO((made / "ledger.xlsx").read_bytes())).read("xl/worksheets/sheet1.xml").decode()
    assert "口罩不足三天" in sheet


def test_the_readme_is_chinese_and_says_how_to_verify(made: Path) -> None:
    readme = (made / "README.txt").read_text(encoding="utf-8-sig")
    index = json.loads((made / "index.json").read_bytes())
    assert f"封签 {index['seal']}" in readme
    assert "sha256sum -c SHA256SUMS" in readme
    assert f"登记 {index['problems']} 个问题" in readme


def test_only_its_owner_can_read_it(made: Path) -> None:
    modes = {stat.S_IMODE(each.stat().st_mode) for each in made.iterdir()}
    assert (stat.S_IMODE(made.stat().st_mode), modes) == (0o700, {0o600})


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_nothing_is_ever_replaced(store: Path, tmp_path: Path, fugong: Run, kind: str) -> None:
    lay(store)
    target = tmp_path / "there"
    if kind == "folder":
        target.mkdir()
    elif kind == "file":
        target.touch()
    else:
        target.symlink_to("nowhere")
    status, said, why = outcome(fugong("store", "archive", str(target)))
    assert (status, said, "已经存在，没有动它" in why) == (1, "", True)
    assert {each.name for each in tmp_path.iterdir() if each.name.startswith(".there")} == set()


def test_a_disk_that_gives_back_something_else_is_noticed_and_nothing_stays(
    store: Path, tmp_path: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(store)
    entry = archive._entry

    def spoilt(path: Path, *rest: object) -> object:
        made = entry(path, *rest)  # type: ignore[arg-type]
        if path.name == "figures.csv":
            path.write_bytes(b"?")
        return made

    monkeypatch.setattr(archive, "_entry", spoilt)
    status, said, why = outcome(fugong("store", "archive", str(tmp_path / "a")))
    assert (status, said, "figures.csv 和目录不符" in why) == (5, "", True)
    assert not (tmp_path / "a").exists()


def test_what_cannot_be_written_leaves_nothing(
    store: Path, tmp_path: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(store)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "settle_folder", full)
    before = {each.name for each in tmp_path.iterdir()}
    status, said, why = outcome(fugong("store", "archive", str(tmp_path / "a")))
    assert (status, said, "磁盘满了" in why) == (1, "", True)
    assert {each.name for each in tmp_path.iterdir()} == before
    shutil.rmtree(tmp_path / "a", ignore_errors=True)
