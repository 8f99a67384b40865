"""C10-C14: transfers between agencies, answered in order, and never passed on (MSA 13-17)."""

from collections.abc import Iterator

from models.errors import Text, Violation
from workflows.act import Act
from workflows.commands.closing import SendTransfer
from workflows.commands.transfer import RecordTransferAnswer
from workflows.guards import measure
from workflows.guards.dates import in_order
from workflows.guards.law import against, empty

MISSING = "missing_"
"""How the return reason for a missing item of the pack begins."""


def answer_fits_transfer(act: Act, c: RecordTransferAnswer) -> Iterator[Violation]:
    """C10: first received, then accepted or returned with reasons, then its result."""
    row = act.record.transfer
    if row is None or row.sent_at is None:
        yield against("C10", "案件还没有移送。", "Nothing has been sent.", "MSA14")
        return
    yield from in_order(
        row.sent_at, Text("移送时间", "the sending"),
        c.answered_at, Text("答复时间", "The answer"), "answered_at",
    )  # fmt: skip
    again = (c.answer == "received" and row.received_at) or (
        c.answer == "accepted" and row.accepted_at
    )
    if again:
        yield against("C10", "已经登记过这一答复。", "This was recorded.", "MSA14", "answer")
    if c.answer == "returned":
        yield from _return(c)
    if c.answer == "result" and empty(c.result):
        yield against(
            "C10", "请选择对方的处理结果。", "Choose the result.", "MSA14", "result"
        )  # fmt: skip


def _return(c: RecordTransferAnswer) -> Iterator[Violation]:
    if not c.return_reasons:
        yield against(
            "C10", "退回应当写明理由，缺少材料的逐项列明。",
            "A return names its reasons, each missing item one.", "MSA14", "return_reasons",
        )  # fmt: skip
    if empty(c.after_return):
        yield against(
            "C10", "请选择补正后重新移送，或者取回继续办理。",
            "Send it again or take it back.", "MSA14", "after_return",
        )  # fmt: skip


def goods_went_along(act: Act, c: RecordTransferAnswer) -> Iterator[Violation]:
    """V21: goods go along; the case does not end while something that was taken has no outcome."""
    if c.answer == "result":
        yield from measure.goods_have_outcomes(act, c)


def missing_items_are_added(act: Act, c: SendTransfer) -> Iterator[Violation]:
    """C11: what was missing when it came back is enclosed now."""
    row = act.record.transfer
    if row is None or row.state != "returned":
        return
    for reason in row.return_reasons:
        item = reason.removeprefix(MISSING)
        if reason.startswith(MISSING) and item not in c.enclosures:
            yield against(
                "C11", "对方退回时指出缺少的材料还没有补上。",
                f"What was missing is still missing: {item.replace('_', ' ')}.",
                "MSA14", "enclosures",
            )  # fmt: skip
