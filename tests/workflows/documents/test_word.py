"""What goes to a party as .docx: the same words as the PDF, from the same template and facts."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import docx
import pytest

from tests.workflows.documents import sample
from tests.workflows.documents.test_templates import DATED, ENDS, facts_of, read
from workflows.documents.catalogue import KINDS
from workflows.documents.render import Renderer
from workflows.documents.word import SEAL_RED, to_docx

LETTERS = [
    (end, kind)
    for end, (_, kinds) in ENDS.items()
    for kind in kinds.split()
    if KINDS[kind].outgoing
]
REMARK = "注：以PDF文书为准。"


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    renderer = Renderer()
    yield renderer
    renderer.close()


def paper_of(renderer: Renderer, facts: Any) -> Any:
    kind = KINDS[facts["document"]["kind"]]
    words = renderer.words(sample.pack_files(), kind.template, facts, dated=DATED)
    file = to_docx(words, title=kind.title, author="骆驼街道办事处", dated=DATED, remark=REMARK)
    return docx.Document(io.BytesIO(file))


def said(paper: Any) -> str:
    cells = [c.text for t in paper.tables for row in t.rows for c in row.cells]
    return re.sub(r"\s", "", "".join([p.text for p in paper.paragraphs] + cells))


@pytest.mark.parametrize(("end", "kind"), LETTERS)
def test_the_docx_says_what_the_pdf_says_word_for_word(
    renderer: Renderer, end: str, kind: str
) -> None:
    facts = facts_of(ENDS[end][0](), kind)
    assert said(paper_of(renderer, facts)) == read(renderer, facts) + REMARK


def test_the_docx_has_the_red_head_and_the_title_of_an_official_letter(renderer: Renderer) -> None:
    paper = paper_of(renderer, facts_of(sample.street_case(), "D43"))
    agency, title = paper.paragraphs[0], paper.paragraphs[1]
    assert agency.runs[0].font.color.rgb == SEAL_RED
    assert title.text == "行政处罚决定书"
    assert paper.core_properties.title == "行政处罚决定书"
    assert any(run.bold for p in paper.paragraphs for run in p.runs)


def test_a_corrected_document_says_so_in_both_forms(renderer: Renderer) -> None:
    facts = facts_of(sample.street_case(), "D34")
    facts["document"]["corrected"] = "本文书经批准更正后重新制作。"
    assert "本文书经批准更正后重新制作" in said(paper_of(renderer, facts))
    assert "本文书经批准更正后重新制作" in read(renderer, facts)
