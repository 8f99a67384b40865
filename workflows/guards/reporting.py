"""Z10-Z12: records are resent or answered when there is something to resend or to answer."""

import uuid
from collections.abc import Iterator

from models.errors import Text, Violation
from models.reporting import ReportRecord
from models.types import ReportState
from workflows.act import Act
from workflows.commands.reporting import AnswerReport, ResendReport
from workflows.guards.law import against, needed

RESENT = frozenset({ReportState.UNMAPPED, ReportState.REJECTED, ReportState.SENT})


def report_may_be_resent(act: Act, c: ResendReport) -> Iterator[Violation]:
    """Z11: what waits goes out by itself; what was taken is not told twice."""
    yield from needed(c, {"reason": Text("重新报送的理由", "why it is told anew")})
    row = _record(act, c.record)
    if row is None:
        yield _unknown()
    elif row.state not in RESENT:
        yield against(
            "Z11", "这条记录正在等待报送，或者平台已经接收，不能重新报送。",
            "The record waits to be sent, was taken already or was told anew.", field="record",
        )  # fmt: skip


def answer_fits(act: Act, c: AnswerReport) -> Iterator[Violation]:
    """Z12: a receipt, or a reason, for a record that was sent."""
    row = _record(act, c.record)
    if row is None:
        yield _unknown()
    elif row.state not in (ReportState.SENT, ReportState.REJECTED):
        yield against(
            "Z12", "只有已经报送、还没有接收的记录才能登记答复。",
            "Only a record that was sent and not yet taken can be answered.", field="record",
        )  # fmt: skip
    if c.answer == "accepted":
        yield from needed(c, {"receipt": Text("回执号", "the receipt")})
    else:
        yield from needed(c, {"rejection": Text("退回原因", "why it was returned")})


def _record(act: Act, key: str) -> ReportRecord | None:
    try:
        row = act.session.get(ReportRecord, uuid.UUID(key))
    except ValueError:
        return None
    return row if row is not None and row.case_id == act.case.id else None


def _unknown() -> Violation:
    return against("Z10", "没有这条报送记录。", "There is no such record.", field="record")
