"""Mobile numbers in free text: masked where a text leaves the office, whole where somebody must call."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from tests.conftest import Run
from tests.county import lay

from fugong.output.page.markup import element
from fugong.values.personal import masked_in


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("联系13800138000", "联系138****8000"),
        ("电话：138 0013 8000。", "电话：138****8000。"),
        ("138-0013-8000", "138****8000"),
        ("+8613800138000", "+86138****8000"),
        ("0086 13800138000", "0086 138****8000"),
        ("１３８００１３８０００", "１３８****８０００"),
        ("13800138000、19912345678", "138****8000、199****5678"),
        ("单号 113800138000", "单号 113800138000"),
        ("1380013800", "1380013800"),
        ("12800138000", "12800138000"),
        ("0357-3622222", "0357-3622222"),
        ("共 13800138000.5 元", "共 138****8000.5 元"),
    ],
)
def test_a_mobile_number_in_a_text_is_masked_and_nothing_else(text: str, shown: str) -> None:
    assert masked_in(text) == shown
    assert masked_in(shown) == shown


def test_a_link_leads_where_it_did() -> None:
    digest = "a13800138000f"
    assert element("a", digest, href=f"evidence/{digest}") == f'<a href="evidence/{digest}">a138****8000f</a>'


def test_the_page_and_papers_mask_and_what_a_clerk_reads_does_not(store: Path, fugong: Run, tmp_path: Path) -> None:
    lay(store)
    fugong("log", "-", "请联系 13800138000", "-t", "1")
    fugong("report", "-o", str(tmp_path / "page.html"))
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert ("请联系 138****8000" in page, "13800138000" in page) == (True, False)
    fugong("assign", "1-4", "工信局")
    for personal, shown in (["--no-receipt"], "138****8000"), (["--with-personal"], "13800138000"):
        paper = tmp_path / f"{len(personal[0])}.docx"
        assert fugong("notice", "1-4", "--kind", "交办单", "-o", str(paper), *personal).exit_code == 0
        assert f"请联系 {shown}" in ZipFile(paper).read("word/document.xml").decode()
    for argv in (["list"], ["show", "1-4"], ["export", "ledger", "--format", "csv"]):
        assert "13800138000" in fugong(*argv).stdout
