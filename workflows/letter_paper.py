"""The reply to a letter as a document: PDF and .docx from the same facts, the same bytes always."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from models.supervision_letter import SupervisionLetter
from workflows.documents.render import Renderer
from workflows.documents.word import to_docx
from workflows.documents.wording import day, formal_day

TEMPLATE = "documents/letter_reply.typ"


def reply_pdf(
    renderer: Renderer, files: Mapping[str, bytes], row: SupervisionLetter, kind: str
) -> bytes:
    """The approved reply under the agency's head."""
    return renderer.render(files, TEMPLATE, reply_facts(row, kind), dated=_dated(row)).pdf


def reply_word(
    renderer: Renderer, files: Mapping[str, bytes], row: SupervisionLetter, kind: str
) -> bytes:
    """The same to be edited elsewhere."""
    facts = reply_facts(row, kind)
    words = renderer.words(files, TEMPLATE, facts, dated=_dated(row))
    return to_docx(
        words, title="复函", author=row.subject.name, dated=_dated(row), remark=row.reply_no or ""
    )


def reply_facts(row: SupervisionLetter, kind: str) -> dict[str, Any]:
    """What the template is filled from."""
    dated, subject = _dated(row), row.subject
    return {
        "document": {
            "kind": "letter_reply", "title": f"关于{kind}的复函", "number": row.reply_no or "",
            "date": day(dated), "date_formal": formal_day(dated),
        },
        "subject": {"name": subject.name, "seal_name": subject.name},
        "letter": {
            "organ": row.organ, "number": row.number, "kind": kind, "dated_on": day(row.dated_on),
            "case": f"{row.case.name}（{row.case.case_no}）" if row.case else "",
            "content": row.content, "reply": row.reply or "", "measures": row.measures or "",
        },
    }  # fmt: skip


def _dated(row: SupervisionLetter) -> datetime:
    assert row.approved_at is not None
    return row.approved_at
