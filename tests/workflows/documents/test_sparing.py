"""The origin of electronic data (D13) and the promise of a spared party (D62) on paper."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from models.base import CaseRecord
from models.evidence import Evidence
from models.exemption import Commitment
from tests.workflows.documents import sample
from workflows.documents.catalogue import KINDS
from workflows.documents.facts import about, from_record
from workflows.documents.render import Renderer

SEEN = sample.at("09-09 18:10")


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    renderer = Renderer()
    yield renderer
    renderer.close()


def text_of(renderer: Renderer, book: sample.Book, kind: str, row: CaseRecord) -> str:
    facts: Any = from_record(
        about(book.record(), row), kind, number=None, dated=SEEN, labels=sample.labels,
        terms=sample.TERMS,
    )  # fmt: skip
    made = renderer.render(sample.pack_files(), KINDS[kind].template, facts, dated=SEEN)
    if os.environ.get("KEEP_PDF"):
        Path(os.environ["KEEP_PDF"], f"{kind}.pdf").write_bytes(made.pdf)
    document = pypdfium2.PdfDocument(made.pdf)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return re.sub(r"\s|\ufffe", "", text)


def test_the_origin_of_a_recording_names_device_time_digest_and_both_officers(
    renderer: Renderer,
) -> None:
    book = sample.street_case()
    row = book.add(
        Evidence,
        SEEN,
        **book.two(),
        number=9,
        kind="electronic",
        name="监控记录OY-017-20251103-1",
        source="监控设备OY-017（油烟在线监测）",
        collected_at=SEEN,
        place="慈海北路示例66号",
        note="油烟排放超标\n监测值4.6 mg/m³，原始文件SHA-256为 " + " ".join(["ab" * 8] * 4) + "。",
        element="link_recording",
    )
    text = text_of(renderer, book, "D13", row)
    for expected in ("电子数据制作说明", "证据9", "OY-017", "18时10分", "ab" * 32, "张明", "李强"):
        assert expected in text, expected


def test_the_promise_says_what_was_done_what_is_promised_and_until_when(
    renderer: Renderer,
) -> None:
    book = sample.street_case()
    row = book.add(
        Commitment,
        SEEN,
        **book.two(),
        facts="在店门外摆放货架。",
        promise="立即收回货架，不再店外经营。",
        signed_at=SEEN,
        signed_by="陈立新",
        promised_by=sample.at("09-11 18:00"),
        education="现场讲解条例规定。",
    )
    text = text_of(renderer, book, "D62", row)
    for expected in (
        "承诺书",
        "立即收回货架",
        "2025年9月11日18时00分",
        "第三十三条",
        "陈立新",
        "讲解条例",
    ):
        assert expected in text, expected
