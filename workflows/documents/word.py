"""Documents that go to a party as .docx, for whoever has to write on in them.

The same template and the same facts as the PDF: typst hands over the words as HTML, and each
class of line (`line-of` in page.typ) becomes a paragraph of the official style (公文格式). The
PDF is what is signed and served; the .docx says so in its last line.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

import docx
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH as Align
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import html

FANGSONG, HEI, TITLE = "仿宋", "黑体", "方正小标宋简体"
SEAL_RED = RGBColor(0xC8, 0x16, 0x1D)
LINE = 1.5
BLOCKS = frozenset({"p", "div", "table", "h1", "h2", "h3", "li"})


@dataclass(frozen=True)
class Look:
    """How one class of line stands; sizes in points, the indent in characters."""

    size: float = 16
    font: str = FANGSONG
    align: Align = Align.JUSTIFY
    indent: int = 2
    red: bool = False


LOOKS = {
    "agency": Look(26, TITLE, Align.CENTER, 0, red=True),
    "title": Look(22, TITLE, Align.CENTER, 0),
    "number": Look(14, FANGSONG, Align.RIGHT, 0),
    "flush": Look(indent=0),
    "part": Look(font=HEI),
    "signed": Look(align=Align.RIGHT, indent=0),
    "signature": Look(indent=0),
    "note": Look(9, FANGSONG, Align.LEFT, 0),
}
PLAIN = Look()


def to_docx(words: str, *, title: str, author: str, dated: datetime, remark: str) -> bytes:
    """The words of a document (HTML of `Renderer.words`) as a .docx file of official format."""
    paper = docx.Document()
    _page(paper)
    properties = paper.core_properties
    properties.title, properties.author = title, author
    properties.created = properties.modified = dated.replace(tzinfo=None)
    body = html.fromstring(words).find("body")
    for block in _blocks(body) if body is not None else ():
        if block.tag == "table":
            _table(paper, block)
        else:
            _line(paper.add_paragraph(), block, LOOKS.get(block.get("class", ""), PLAIN))
    _text(paper.add_paragraph(), remark, LOOKS["note"])
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def _page(paper: Paper) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)


def _blocks(body: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Paragraphs and tables in their order, out of whatever boxes they lie in."""
    for element in body:
        holds_blocks = any(inner.tag in BLOCKS for inner in element)
        if element.tag == "table" or (element.tag in BLOCKS and not holds_blocks):
            yield element
        else:
            yield from _blocks(element)


def _table(paper: Paper, element: html.HtmlElement) -> None:
    rows = [[_plain(cell) for cell in row.iter("td", "th")] for row in element.iter("tr")]
    width = max((len(row) for row in rows), default=0)
    if not width:
        return
    table = paper.add_table(rows=len(rows), cols=width, style="Table Grid")
    for cells, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, row, strict=False):
            _text(cell.paragraphs[0], text, Look(12, indent=0))


def _line(paragraph: Paragraph, element: html.HtmlElement, look: Look) -> None:
    _stand(paragraph, look)
    _runs(element, lambda text, bold: _run(paragraph, text, look, bold=bold))


def _runs(element: html.HtmlElement, write: Callable[[str, bool], Run], bold: bool = False) -> None:
    """The texts of an element in their order, each with whether it is bold."""
    here = bold or element.tag in ("strong", "b")
    if element.text:
        write(element.text, here)
    for child in element:
        if child.tag == "br":
            write("\n", here)
        else:
            _runs(child, write, here)
        if child.tail:
            write(child.tail, here)


def _text(paragraph: Paragraph, text: str, look: Look) -> None:
    _stand(paragraph, look)
    _run(paragraph, text, look)


def _stand(paragraph: Paragraph, look: Look) -> None:
    form = paragraph.paragraph_format
    form.alignment, form.line_spacing = look.align, LINE
    form.space_before = form.space_after = Pt(0)
    if look.indent:
        form.first_line_indent = Pt(look.size * look.indent)


def _run(paragraph: Paragraph, text: str, look: Look, *, bold: bool = False) -> Run:
    run = paragraph.add_run(text)
    run.font.size, run.font.name, run.bold = Pt(look.size), look.font, bold
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), look.font)
    if look.red:
        run.font.color.rgb = SEAL_RED
    return run


def _plain(element: html.HtmlElement) -> str:
    return "".join(element.itertext()).strip()
