"""notice: papers as Word files, their numbers, and what is refused without a trace."""

import io
import json
import re
import subprocess
import zipfile
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from docx import Document
from tests.conftest import Run
from tests.county import fingerprint, outcome

from fugong.errors import Refusal
from fugong.errors.entries import FutureDate
from fugong.errors.files import BadTemplate, NotWord, OutputExists
from fugong.errors.names import UnknownProblem
from fugong.errors.rules import IsVoid, NoFirmToRectify, NoRecipient
from fugong.output import notices as word
from fugong.vocab import Paper, Words

pytestmark = pytest.mark.usefixtures("county")

NEXT = {"FUGONG_TODAY": "2020-03-16"}


def texts(file: Path) -> list[str]:
    """Every paragraph and cell of a Word file that says something, in its order."""
    document = Document(str(file))
    said: list[str] = []
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            said += [" | ".join(dict.fromkeys(cell.text for cell in row.cells)) for row in block.rows]
        elif block.text.strip():
            said.append(block.text)
    return said


def ids(fugong: Run) -> list[tuple[str, int | None, str]]:
    listed = json.loads(fugong("notice", "list", "--json").stdout)["items"]
    return [(row["paper"], row["number"], row["id"]) for row in listed]


def test_an_assignment_says_who_what_and_by_when(fugong: Run, tmp_path: Path) -> None:
    fugong("store", "set", "office", "中共某县委组织部")
    fugong("store", "set", "notice_word", "某组帮")
    file = tmp_path / "a.docx"
    assert outcome(fugong("notice", "1-1", "--kind", "交办单", "-o", str(file), "--no-receipt")) == (
        0,
        "某组帮交〔2020〕1号  1-1  工信局\n",
        f"已写入 {file}\n",
    )
    assert texts(file) == [
        "企业帮扶问题交办单",
        "某组帮交〔2020〕1号",
        "工信局：",
        "现将入企检查发现的下列问题交你单位办理：",
        "企业 | 某县甲厂有限公司（甲镇）",
        "问题 | 口罩不足三天",
        "编号 | 1-1 | 发现 | 2020年3月10日",
        "办结时限 | 2020年3月13日（周五），3月10日起3天",
        "办理要求：立即与企业对接并告知办理打算，3月13日（周五）前办结；办不了的，写明原因和建议。",
        "办理结果填写回执，加盖公章后送回。联系：第一组。",
        "中共某县委组织部",
        "2020年3月13日",
        "抄送：卫健局，应急局，第一组。",
    ]


def test_a_supervision_order_names_the_chases_and_what_is_late(fugong: Run, tmp_path: Path) -> None:
    fugong("chase", "1-1", "--by", "电话")
    fugong("chase", "1-1", "--by", "书面", **NEXT)
    file = tmp_path / "a.docx"
    assert fugong("notice", "1-1", "--kind", "supervise", "--internal", "-o", str(file), **NEXT).exit_code == 0
    said = texts(file)
    assert said[0] == "内部资料"
    assert "下列问题交办后两次催办，至今没有办结，现予督办：" in said
    assert "催办 | 3月13日电话，3月16日书面" in said
    assert "办结时限 | 2020年3月13日（周五），3月10日起3天，已逾期3天" in said
    assert "一、3月18日（周三）前到企业现场办理。" in said
    assert "办理情况回执" in said
    assert "演练临时党委：　　　（对应 〔2020〕1号）" in said


def test_a_notice_to_rectify_goes_to_the_firm_with_a_copy_to_the_department(fugong: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    own = ["--demand", "逐日登记", "--demand", "专人保管"]
    assert fugong("notice", "2-1", "--kind", "整改通知书", "-o", str(file), *own).exit_code == 0
    said = texts(file)
    assert "某县丙丁铸造有限公司：" in said
    assert "抄送：卫健局，第二组。" in said
    assert said[said.index("一、逐日登记") + 1] == "二、专人保管"


def test_numbers_run_for_each_paper_and_year_and_the_same_again_is_a_reprint(fugong: Run, tmp_path: Path) -> None:
    def issued(*argv: str, **env: str) -> str:
        return fugong("notice", *argv, "-o", str(tmp_path / "a.docx"), "--force", **env).stdout

    assert issued("1-1", "2-1", "--kind", "交办单").splitlines() == [
        "〔2020〕1号  1-1  工信局",
        "〔2020〕2号  2-1  卫健局",
    ]
    assert issued("1-1", "--kind", "督办单") == "〔2020〕1号  1-1  工信局\n"
    again = fugong("notice", "1-1", "--kind", "交办单", "-o", str(tmp_path / "a.docx"), "--force", **NEXT)
    assert again.stdout == "〔2020〕1号  1-1  工信局\n"
    assert again.stderr.startswith("1-1 内容没有变，是重印，编号不变。\n")
    assert "2020年3月13日" in texts(tmp_path / "a.docx")
    fugong("edit", "1-1", "--text", "口罩只够一天")
    assert issued("1-1", "--kind", "交办单") == "〔2020〕3号  1-1  工信局\n"
    assert issued("1-1", "--kind", "交办单", FUGONG_TODAY="2021-01-04") == "〔2020〕3号  1-1  工信局\n"
    fugong("extend", "2-1", "--to", "5wd", "--why", "等")
    fugong("edit", "2-1", "--due", "2021-02-01")
    assert issued("2-1", "--kind", "交办单", FUGONG_TODAY="2021-01-04") == "〔2021〕1号  2-1  卫健局\n"
    assert fugong("store", "check").exit_code == 0


def test_a_number_is_never_given_twice_even_after_an_undo(fugong: Run, tmp_path: Path) -> None:
    argv = ["--kind", "交办单", "-o", str(tmp_path / "a.docx"), "--force"]
    fugong("notice", "1-1", *argv)
    assert fugong("undo").exit_code == 0
    assert ids(fugong) == []
    assert fugong("notice", "2-1", *argv).stdout == "〔2020〕2号  2-1  卫健局\n"
    assert fugong("store", "check").exit_code == 0


@pytest.mark.on_a_file
def test_a_copy_of_the_ledger_leaves_the_number_to_be_written_in(county: Path, fugong: Run, tmp_path: Path) -> None:
    copy, file = tmp_path / "copy.db", tmp_path / "a.docx"
    assert fugong("store", "clone", str(copy), "--for", "三组").exit_code == 0
    there = {"FUGONG_STORE": str(copy)}
    made = fugong("notice", "1-1", "--kind", "交办单", "-o", str(file), **there)
    assert (made.exit_code, made.stdout) == (0, "〔2020〕　　号  1-1  工信局\n")
    assert "编号留空" in made.stderr
    assert "〔2020〕　　号" in texts(file)
    again = fugong("notice", "1-1", "--kind", "交办单", "-o", str(file), "--force", **there)
    assert "重印" in again.stderr
    fugong("notice", "2-1", "--kind", "交办单", "-o", str(file), "--force")
    assert fugong("merge", str(copy)).exit_code == 0
    assert ids(fugong) == [("assign", 1, "2-1"), ("assign", None, "1-1")]
    assert fugong("notice", "1-3", "--kind", "整改通知书", "-o", str(file), "--force").stdout.startswith("〔2020〕1号")
    assert fugong("notice", "1-2", "--kind", "交办单", "-o", str(file), "--force").exit_code == 1
    assert fugong("store", "check").exit_code == 0
    del county


def test_no_telephone_and_no_person_unless_they_are_asked_for(fugong: Run, tmp_path: Path) -> None:
    fugong("enterprise", "edit", "甲厂", "--contact", "联系甲", "--phone", "13800000000")
    for kind in ("交办单", "催办单", "督办单", "整改通知书", "回执"):
        file = tmp_path / f"{kind}.docx"
        assert fugong("notice", "1-1", "--kind", kind, "-o", str(file)).exit_code == 0
        assert not {"13800000000", "联系甲", "组员甲"} & {part for line in texts(file) for part in line.split("，")}
        assert "13800000000" not in "".join(texts(file))
    file = tmp_path / "p.docx"
    fugong("notice", "1-1", "--kind", "交办单", "--with-personal", "-o", str(file))
    said = "".join(texts(file))
    assert "企业联系人 联系甲，电话 13800000000，责任人 组员甲" in said


def test_a_receipt_answers_the_last_paper_and_has_no_number_of_its_own(fugong: Run, tmp_path: Path) -> None:
    file = tmp_path / "r.docx"
    fugong("notice", "1-1", "--kind", "交办单", "-o", str(tmp_path / "a.docx"))
    assert fugong("notice", "1-1", "--kind", "回执", "-o", str(file)).exit_code == 0
    assert texts(file)[:2] == ["办理情况回执", "演练临时党委：　　　（对应 〔2020〕1号）"]
    assert ids(fugong) == [("assign", 1, "1-1")]


def test_an_office_changes_the_template_in_word(fugong: Run, tmp_path: Path) -> None:
    own = tmp_path / "own.docx"
    assert fugong("notice", "template", "-o", str(own)).exit_code == 0
    document = Document(str(own))
    document.paragraphs[0].insert_paragraph_before("某县企业帮扶专班（便笺）")
    document.save(str(own))
    file = tmp_path / "a.docx"
    made = fugong("notice", "1-1", "2-1", "--kind", "交办单", "--template", str(own), "-o", str(file))
    assert made.exit_code == 0
    said = texts(file)
    assert (said[0], said.count("企业帮扶问题交办单")) == ("某县企业帮扶专班（便笺）", 2)


def written(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def hostile(text: str) -> bytes:
    document = Document()
    document.add_paragraph(text)
    return written(document)


def packed(size: int) -> bytes:
    """A file that is small as it lies there, and large when it is unpacked."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as parts, parts.open("word/media/image1.png", "w") as part:
        for _ in range(size >> 20):
            part.write(bytes(1 << 20))
    return stream.getvalue()


@pytest.mark.words
@pytest.mark.parametrize(
    ("held", "said"),
    [
        (b"no word file", "不是 Word 文件（.docx）"),
        (packed(101 << 20), "文件太大"),
        (packed(0), "文件已损坏，或不是 Word 文件"),
        (hostile("某县企业帮扶专班"), "里面没有文书的标签，印出来什么也没有填"),
        (hostile("{{ notices[0].telephone }}"), "没有「telephone」这一项；有的是 mark、title、number、"),
        (hostile("{{ ''.__class__.__mro__ }}{{ notices.__class__.__init__.__globals__ }}"), "里面有不许用的写法"),
        (hostile("{% for n in notices %}"), "标签没有写全，或不成对（"),
        (hostile("{{ notices[0].to }"), "标签没有写全，或不成对（"),
        (hostile("{{ notices[0].to + 1 }}"), "读不懂（"),
    ],
)
def test_what_is_no_template_is_refused_in_words_and_no_number_is_given(
    county: Path, fugong: Run, tmp_path: Path, held: bytes, said: str
) -> None:
    template, file = tmp_path / "t.docx", tmp_path / "a.docx"
    template.write_bytes(held)
    before = fingerprint(county)
    made = fugong("notice", "1-1", "--kind", "交办单", "--template", str(template), "-o", str(file))
    assert (made.exit_code, made.stdout) == (1, "")
    assert made.stderr.startswith(f"错误：模板「{template}」用不了：{said}")
    assert (fingerprint(county), sorted(tmp_path.glob("*.docx"))) == (before, [template])


def refused() -> list[tuple[list[str], Refusal]]:
    return [
        (["1-3", "--kind", "交办单"], NoRecipient(id="1-3", paper=Paper.ASSIGN)),
        (["1-1", "1-3", "--kind", "督办单"], NoRecipient(id="1-3", paper=Paper.SUPERVISE)),
        (["1-1", "9-9", "--kind", "交办单"], UnknownProblem(ids=["9-9"])),
        (["1-1", "--kind", "交办单", "--on", "明天"], FutureDate(date="2020-03-14", today="2020-03-13")),
    ]


@pytest.mark.parametrize(("argv", "refusal"), refused())
def test_what_cannot_be_issued_is_refused_and_leaves_no_file(
    county: Path, fugong: Run, tmp_path: Path, argv: list[str], refusal: Refusal
) -> None:
    before = fingerprint(county)
    made = fugong("notice", *argv, "-o", str(tmp_path / "a.docx"))
    assert outcome(made) == (1, "", f"错误：{refusal.sentence(chinese=True)}\n")
    assert (fingerprint(county), list(tmp_path.glob("*.docx"))) == (before, [])


def test_a_paper_about_nobodys_or_a_void_problem_is_refused(county: Path, fugong: Run, tmp_path: Path) -> None:
    fugong("log", "-", "没有企业", "--team", "1")
    fugong("void", "2-1", "--why", "误登")
    before = fingerprint(county)
    for argv, refusal in (
        (["1-4", "--kind", "rectify"], NoFirmToRectify(id="1-4")),
        (["2-1", "--kind", "assign"], IsVoid(id="2-1", act=Paper.ASSIGN)),
    ):
        made = fugong("notice", *argv, "-o", str(tmp_path / "a.docx"))
        assert outcome(made) == (1, "", f"错误：{refusal.sentence(chinese=True)}\n")
    assert fingerprint(county) == before


def test_a_name_that_is_taken_or_no_word_files_is_refused_before_a_number_is_given(
    county: Path, fugong: Run, tmp_path: Path
) -> None:
    before = fingerprint(county)
    taken = tmp_path / "a.docx"
    taken.write_text("mine", encoding="utf-8")
    for out, refusal in (
        (taken, OutputExists(path=str(taken))),
        (tmp_path / "a.doc", NotWord(path=str(tmp_path / "a.doc"))),
    ):
        made = fugong("notice", "1-1", "--kind", "交办单", "-o", str(out))
        assert outcome(made) == (1, "", f"错误：{refusal.sentence(chinese=True)}\n")
    assert (fingerprint(county), taken.read_text(encoding="utf-8")) == (before, "mine")


def test_a_missing_template_is_said(fugong: Run, tmp_path: Path) -> None:
    refusal = BadTemplate(path="none.docx", reason=Words("没有这个文件", "there is no such file"))
    made = fugong("notice", "1-1", "--kind", "交办单", "--template", "none.docx", "-o", str(tmp_path / "a.docx"))
    assert outcome(made) == (1, "", f"错误：{refusal.sentence(chinese=True)}\n")


def test_the_past_knows_the_papers_of_its_days(fugong: Run, tmp_path: Path) -> None:
    fugong("notice", "1-1", "--kind", "交办单", "-o", str(tmp_path / "a.docx"), **NEXT)
    assert "2020\t1\t1-1" in fugong("notice", "show", "1-1", **NEXT).stdout
    assert "1-1" not in fugong("notice", "list", "--as-of", "2020-03-15", **NEXT).stdout


@pytest.mark.one_engine
def test_every_paper_fits_one_page_and_its_receipt_another(fugong: Run, tmp_path: Path) -> None:
    """Also of a problem that takes four lines, and a receipt alone."""
    writer = which("lowriter") or which("swriter")  # a LibreOffice of sheets alone has soffice, and opens no letter
    if not (writer and which("soffice") and which("pdfinfo")):
        pytest.skip("LibreOffice Writer is not installed here, so nothing tells how many pages a paper has")
    fugong("edit", "1-1", "--text", "流动资金紧张，原贷款四月到期，希望展期；" * 4)
    fugong("chase", "1-1", "--by", "电话")
    fugong("chase", "1-1", "--by", "书面", **NEXT)
    fugong("store", "set", "office", "中共某县委组织部")
    pages = {"交办单": 2, "催办单": 2, "督办单": 2, "整改通知书": 2, "回执": 1}
    for kind in pages:
        made = fugong("notice", "1-1", "--kind", kind, "--internal", "-o", str(tmp_path / f"{kind}.docx"), **NEXT)
        assert made.exit_code == 0
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "pdf"]
        + [f"{kind}.docx" for kind in pages],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    for kind, count in pages.items():
        told = subprocess.run(
            ["pdfinfo", f"{kind}.pdf"], cwd=tmp_path, check=True, capture_output=True, encoding="utf-8"
        ).stdout
        assert re.search(r"Pages: +(\d+)", told)[1] == str(count), kind  # type: ignore[index]


def test_the_default_template_is_what_is_filled_in_where_none_is_given() -> None:
    assert Document(io.BytesIO(word.default())).paragraphs[0].text == "{%p for n in notices %}"
