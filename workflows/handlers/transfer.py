"""Answers to transfers: received, accepted, returned and sent again or taken back, fed back."""

from models.transfer import IncomingTransfer, JurisdictionDispute, Transfer
from models.types import Stage
from workflows.act import Act, Issue, Outcome, told
from workflows.commands.transfer import (
    AnswerIncomingTransfer,
    FeedBackTransfer,
    RecordDesignation,
    RecordIncomingTransfer,
    RecordNegotiation,
    RecordTransferAnswer,
    ReportJurisdictionDispute,
    ReportToSuperior,
)

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


def record_incoming_transfer(act: Act, c: RecordIncomingTransfer) -> Outcome:
    """The lead came by transfer; five working days to accept or return it."""
    act.session.add(
        IncomingTransfer(
            **act.stamp(),
            from_agency=c.from_agency,
            letter_no=c.letter_no,
            received_at=c.received_at,
            enclosures=list(c.enclosures),
        )
    )
    act.clocks.start(ACCEPT, c.received_at)
    text = (f"收到{c.from_agency}移送。", f"Transferred by {c.from_agency}.")
    return Outcome(events=[told("case:incoming:received", *text)])


def answer_incoming_transfer(act: Act, c: AnswerIncomingTransfer) -> Outcome:
    """Accepted it is a lead like any other; returned it ends here (D82)."""
    row = _incoming(act)
    row.answered_by_id, row.answer_note = act.actor.person_id, c.note or None
    row.number = act.numbers.take("移答")
    act.clocks.meet(ACCEPT, act.now)
    if c.answer == "accept":
        row.accepted_at = act.now
        event = told("case:incoming:accepted", "受理移送案件。", "The transfer is accepted.")
    else:
        row.returned_at, row.return_reasons = act.now, list(c.return_reasons)
        act.clocks.cancel_all()
        act.case.closed_at = act.now
        event = told("case:incoming:returned", "退回移送案件。", "The transfer is returned.")
    act.session.flush()
    return Outcome(
        events=[event],
        routing={"transfer_answer": c.answer},
        documents=[Issue("D82", row.number, row)],
    )


def feed_back_transfer(act: Act, c: FeedBackTransfer) -> Outcome:
    """The agency that sent it is told the result (D83)."""
    row = _incoming(act)
    row.result, row.result_note, row.fed_back_at = c.result, c.note, act.now
    act.session.flush()
    text = (f"向{row.from_agency}反馈处理结果。", f"{row.from_agency} is told the result.")
    return Outcome(
        events=[told("case:incoming:fed_back", *text)],
        documents=[Issue("D83", act.numbers.take("移复"), row)],
    )


def _incoming(act: Act) -> IncomingTransfer:
    row = act.record.last(IncomingTransfer)
    assert row is not None
    return row


NEGOTIATE = "CLK_JURIS_NEGOTIATE"


def report_jurisdiction_dispute(act: Act, c: ReportJurisdictionDispute) -> Outcome:
    """Seven working days to negotiate (MSA 13)."""
    act.session.add(
        JurisdictionDispute(
            **act.stamp(),
            round=act.round(act.record.all(JurisdictionDispute)),
            other_agency=c.other_agency,
            reason=c.reason,
            other_filed_on=c.other_filed_on,
            arose_at=c.arose_at,
        )
    )
    act.clocks.start(NEGOTIATE, c.arose_at)
    text = (f"与{c.other_agency}发生管辖争议。", f"Jurisdiction disputed with {c.other_agency}.")
    return Outcome(events=[told("case:jurisdiction:disputed", *text)])


def record_negotiation(act: Act, c: RecordNegotiation) -> Outcome:
    """The record is kept; without agreement the common superior is asked."""
    row = _dispute(act)
    row.negotiated_at, row.participants = c.negotiated_at, c.participants
    row.record, row.outcome = c.record, c.outcome
    act.clocks.meet(NEGOTIATE, c.negotiated_at)
    zh, en = OUTCOMES[c.outcome]
    return Outcome(
        events=[told("case:jurisdiction:negotiated", f"协商管辖：{zh}。", f"Negotiated: {en}.")],
        routing={"negotiation": "failed" if c.outcome == "failed" else "agreed"},
    )


OUTCOMES = {
    "ours": ("由本机关管辖", "ours"),
    "theirs": ("由对方管辖", "theirs"),
    "failed": ("协商不成", "no agreement"),
}


def report_to_superior(act: Act, c: ReportToSuperior) -> Outcome:
    """A leader asks the common superior to designate (D84)."""
    row = _dispute(act)
    row.reported_at, row.superior = act.now, c.superior
    row.report_no = act.numbers.take("指管")
    row.reason = f"{row.reason}\n{c.opinion}"
    act.session.flush()
    text = (f"报请{c.superior}指定管辖。", f"{c.superior} is asked to designate.")
    return Outcome(
        events=[told("case:jurisdiction:reported", *text)],
        documents=[Issue("D84", row.report_no, row)],
    )


def record_designation(act: Act, c: RecordDesignation) -> Outcome:
    """Whom the superior designated; if it is the other one, the case is transferred there."""
    row = _dispute(act)
    row.designated, row.designation_no = c.designated, c.designation_no
    row.designated_at = c.designated_at
    zh, en = OUTCOMES[c.designated]
    text = (f"指定管辖：{zh}（{c.designation_no}）。", f"Designated: {en} ({c.designation_no}).")
    return Outcome(events=[told("case:jurisdiction:designated", *text)])


def _dispute(act: Act) -> JurisdictionDispute:
    row = act.record.last(JurisdictionDispute)
    assert row is not None
    return row
