"""What heads and leaders said at a step, as the papers of side processes print it."""

from __future__ import annotations

from models.base import CaseRecord
from models.review import Opinion
from workflows.documents.sections.context import Context, Section
from workflows.documents.wording import day

_SAID = {"agree": "同意。", "approve": "同意。", "refuse": "不同意。", "return": "退回。"}


def said_since(context: Context, row: CaseRecord, element: str) -> list[Section]:
    """What was said at a step since this row was made: earlier runs have rows of their own."""
    return [
        {
            "text": one.text or _SAID.get(one.outcome, "同意。"),
            "name": context.record.name(one.person_id),
            "post": context.record.post(one.person_id),
            "acting_for": context.record.name(one.acting_for_id),
            "date": day(one.recorded_at),
        }
        for one in context.record.all(Opinion)
        if one.element == element and one.recorded_at >= row.recorded_at
    ][-1:]
