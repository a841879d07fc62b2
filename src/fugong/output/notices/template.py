"""The default template: A4 in the manner of official papers, 22 lines of 28 characters, no letterhead.

The letterhead is the office's own; who wants it puts it into the template. Fonts are named and not embedded.
"""

import io
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FANG, HEI, TITLE, SONG = "仿宋", "黑体", "方正小标宋简体", "宋体"
_LATIN = "Times New Roman"
_LINE = 29
_WIDTHS = (27, 52, 21, 56)
"""Of the columns of the table of facts, in mm."""
_SHORT = 50
"""So many characters of a problem take two lines; a longer one leaves less room on the receipt, which is a page."""
_ALIASES = {FANG: "仿宋_GB2312", TITLE: "华文中宋,宋体", HEI: "SimHei"}
"""What a program takes that lacks the first."""
LEFT, CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def made() -> bytes:
    """The template as a Word file."""
    document = Document()
    _page(document)
    _tag(document, "{%p for n in notices %}")
    _first_line(document)
    _tag(document, "{%p if n.opening %}")
    _letter(document)
    _tag(document, "{%p endif %}")
    _tag(document, "{%p if n.receipt %}")
    _receipt(document)
    _tag(document, "{%p endif %}")
    _tag(document, "{%p endfor %}")
    _font_table(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
        Mm(37),
        Mm(35),
        Mm(28),
        Mm(26),
    )
    section.footer_distance = Mm(28)
    normal = document.styles["Normal"]
    normal.font.size, normal.font.name = Pt(16), _LATIN
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FANG)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    properties = document.core_properties
    properties.author = properties.title = properties.comments = ""
    properties.created = properties.modified = datetime(2020, 1, 1, tzinfo=UTC)
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = CENTRE
    _run(paragraph, "— ", SONG, 14)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        _run(paragraph, "", SONG, 14)._r.append(element)  # noqa: SLF001  (python-docx has no word for fields)
    _run(paragraph, " —", SONG, 14)


def _first_line(document: Any) -> None:
    """内部资料, or an empty line; each paper begins a page with it."""
    paragraph = _paragraph(document, line=24)
    paragraph.paragraph_format.page_break_before = True
    _run(paragraph, "{{ n.mark }}", HEI, 16)


def _letter(document: Any) -> None:
    _run(_paragraph(document, CENTRE, before=6, after=6, line=36, keep=True), "{{ n.title }}", TITLE, 22)
    _run(_paragraph(document, CENTRE, after=8, keep=True), "{{ n.number }}", FANG, 16)
    _run(_paragraph(document, keep=True), "{{ n.to }}：", FANG, 16)
    _run(_paragraph(document, first=32, after=6, keep=True), "{{ n.opening }}", FANG, 16)
    table = _table(document)
    _row(table, "企业", "{{ n.firm }}")
    _row(table, "问题", "{{ n.text }}")
    _row(table, "编号", "{{ n.id }}", "{{ n.found_label }}", "{{ n.found }}")
    _row(table, "{{ n.due_label }}", "{{ n.due }}")
    _row(table, "{%tr if n.chases %}", "")
    _row(table, "催办", "{{ n.chases }}")
    _row(table, "{%tr endif %}", "")
    _tag(document, "{%p for demand in n.demands %}")
    demand = _paragraph(document, first=32, before=2)
    _run(demand, "{{ demand.head }}", HEI, 16)
    _run(demand, "{{ demand.text }}", FANG, 16)
    _tag(document, "{%p endfor %}")
    _run(_paragraph(document, first=32), "{{ n.closing }}联系：{{ n.contact }}。", FANG, 16)
    _run(_paragraph(document, RIGHT, right=32, before=18, keep=True), "{{ n.unit }}", FANG, 16)
    _run(_paragraph(document, RIGHT, right=64), "{{ n.date }}", FANG, 16)
    _tag(document, "{%p if n.cc %}")
    copies = _paragraph(document, before=14, left=14, right=14, line=24)
    _ruled(copies)
    _run(copies, "抄送：{{ n.cc }}。", FANG, 14)
    _tag(document, "{%p endif %}")


def _receipt(document: Any) -> None:
    """回执: a page of its own, but where it is all that there is."""
    _tag(document, "{%p if n.opening %}")
    _heading(document, apart=True)
    _tag(document, "{%p else %}")
    _heading(document, apart=False)
    _tag(document, "{%p endif %}")
    _run(
        _paragraph(document, after=4),
        "{{ n.unit }}：{% if n.number %}　　　（对应 {{ n.number }}）{% endif %}",
        FANG,
        16,
    )
    table = _table(document)
    _row(table, "企业", "{{ n.firm }}", height=12)
    _row(table, "问题", "{{ n.text }}", height=12)
    _row(table, "编号", "{{ n.id }}", "{{ n.found_label }}", "{{ n.found }}", height=12)
    result = "□ 已办结　□ 正在办理，预计　　月　　日办结\n□ 办不了，需上级协调，原因写在下面"
    _row(table, "办理结果", result, height=16)
    _row(table, f"{{%tr if n.text|length <= {_SHORT} %}}", "")
    _row(table, "采取措施", "", height=62)
    _row(table, "{%tr else %}", "")
    _row(table, "采取措施", "", height=38)
    _row(table, "{%tr endif %}", "")
    _row(table, "企业认可", "□ 满意　□ 基本满意　□ 不满意　　企业签章：", height=16)
    _row(table, "经办人", "", "负责人", "", height=14)
    _run(_paragraph(document, RIGHT, right=32, before=24), "（单位盖章）", FANG, 16)
    _run(_paragraph(document, RIGHT, right=32), "{{ n.year }}年　　月　　日", FANG, 16)
    _run(_paragraph(document, before=10, line=22), "请于{{ n.back_by }}前送回{{ n.unit }}。", FANG, 14)


def _heading(document: Any, *, apart: bool) -> None:
    before, after = (10, 16) if apart else (0, 8)  # below the first line there is less room
    paragraph = _paragraph(document, CENTRE, before=before, after=after, line=34)
    paragraph.paragraph_format.page_break_before = apart
    _run(paragraph, "办理情况回执", TITLE, 22)


# What python-docx leaves to say


def _tag(document: Any, text: str) -> None:
    """A line that is for docxtpl alone, and gone in what it makes."""
    document.add_paragraph(text)


def _paragraph(
    document: Any,
    align: Any = LEFT,
    *,
    first: float = 0,
    left: float = 0,
    right: float = 0,
    before: float = 0,
    after: float = 0,
    line: float = _LINE,
    keep: bool = False,
) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    form = paragraph.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.first_line_indent, form.left_indent, form.right_indent = Pt(first), Pt(left), Pt(right)
    form.keep_with_next, form.widow_control = keep, True
    return paragraph


def _run(paragraph: Any, text: str, font: str, size: float) -> Any:
    """A run with its font for Chinese, which python-docx would not set."""
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(size), _LATIN if font == FANG else font
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001  (it has no word for it)
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:hint"), "eastAsia")
    return run


def _ruled(paragraph: Any) -> None:
    """A thin rule above."""
    border, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "4"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    border.append(top)
    paragraph._p.get_or_add_pPr().append(border)  # noqa: SLF001  (python-docx has no word for it)


def _table(document: Any) -> Any:
    table = document.add_table(rows=0, cols=len(_WIDTHS))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Mm(width)
    return table


def _row(table: Any, *texts: str, height: float = 10.5) -> None:
    """A row of label and value, or of two of each; it is never split between pages."""
    row = table.add_row()
    row.height = Mm(height)
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001  (python-docx has no word for it)
    cells = row.cells
    for cell, width in zip(cells, _WIDTHS, strict=True):
        cell.width, cell.vertical_alignment = Mm(width), WD_CELL_VERTICAL_ALIGNMENT.CENTER
    places = [cells[0], cells[1].merge(cells[3])] if len(texts) == 2 else list(cells)  # noqa: PLR2004  (label, value)
    for place, (cell, text) in enumerate(zip(places, texts, strict=True)):
        paragraph = cell.paragraphs[0]
        paragraph.alignment = LEFT if place % 2 else CENTRE
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        paragraph.paragraph_format.line_spacing = Pt(22)
        _run(paragraph, text, FANG if place % 2 else HEI, 14)


def _font_table(document: Any) -> None:
    """Name what stands for a font that a program has not got."""
    for part in document.part.package.iter_parts():
        if str(part.partname).endswith("fontTable.xml"):
            named = "".join(
                f'<w:font w:name="{font}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
                for font, other in _ALIASES.items()
            )
            part._blob = part.blob.replace(b"</w:fonts>", f"{named}</w:fonts>".encode())  # noqa: SLF001  (python-docx has no word for it)
