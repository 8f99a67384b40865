"""Answers to transfers: received, accepted, returned and sent again or taken back, fed back."""

from models.transfer import Transfer
from models.types import Stage
from workflows.act import Act, Outcome, told
from workflows.commands.transfer import RecordTransferAnswer

REASON = "transfer"
"""Under which the clocks know the days that do not count while another agency has the file."""
RECEIPT, ACCEPT = "CLK_TRANSFER_RECEIPT", "CLK_TRANSFER_ACCEPT"


def record_transfer_answer(act: Act, c: RecordTransferAnswer) -> Outcome:
    """One answer after the other; the result ends the case, a return may bring it back."""
    row = act.record.transfer
    assert row is not None
    row.answer_document = c.document_no or row.answer_document
    row.answer_note = c.note or row.answer_note
    match c.answer:
        case "received":
            out = _received(act, row, c)
        case "accepted":
            out = _accepted(act, row, c)
        case "returned":
            out = _returned(act, row, c)
        case _:
            out = _result(act, row, c)
    out.routing["filed"] = "yes" if act.case.filed_at else "no"
    return out


def _received(act: Act, row: Transfer, c: RecordTransferAnswer) -> Outcome:
    row.received_at, row.state = c.answered_at, "received"
    act.clocks.meet(RECEIPT, c.answered_at)
    act.clocks.start(ACCEPT, c.answered_at)
    text = (f"{row.to_agency}已签收。", f"{row.to_agency} has received it.")
    return Outcome(
        events=[told("case:transfer:received", *text)], routing={"transfer_step": "wait"}
    )


def _accepted(act: Act, row: Transfer, c: RecordTransferAnswer) -> Outcome:
    row.accepted_at, row.state = c.answered_at, "accepted"
    _answered(act, c)
    text = (f"{row.to_agency}已受理。", f"{row.to_agency} has accepted it.")
    return Outcome(
        events=[told("case:transfer:accepted", *text)], routing={"transfer_step": "wait"}
    )


def _answered(act: Act, c: RecordTransferAnswer) -> None:
    act.clocks.meet(RECEIPT, c.answered_at)
    act.clocks.meet(ACCEPT, c.answered_at)


def _returned(act: Act, row: Transfer, c: RecordTransferAnswer) -> Outcome:
    row.returned_at, row.state = c.answered_at, "returned"
    row.return_reasons = list(c.return_reasons)
    _answered(act, c)
    back = c.after_return == "take_back"
    if back:
        row.state = "closed"
        act.clocks.resume_all(REASON, act.now)
        act.case.stage = Stage.INVESTIGATING if act.case.filed_at else Stage.LEAD
    text = (
        f"{row.to_agency}退回，{'取回继续办理' if back else '补正后重新移送'}。",
        f"{row.to_agency} returned it: {'taken back' if back else 'to be sent again'}.",
    )
    return Outcome(
        events=[told("case:transfer:returned", *text, reasons=c.return_reasons)],
        routing={"transfer_step": "take_back" if back else "resend"},
    )


def _result(act: Act, row: Transfer, c: RecordTransferAnswer) -> Outcome:
    row.result, row.result_at, row.state = c.result, c.answered_at, "result_fed_back"
    act.clocks.cancel_all()
    act.case.closed_at = act.now
    text = (f"{row.to_agency}反馈处理结果。", f"{row.to_agency} fed its result back.")
    return Outcome(
        events=[told("case:transfer:fed_back", *text)], routing={"transfer_step": "done"}
    )
