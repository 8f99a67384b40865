"""Criminal transfer: reported, approved by the head, sent, answered, handed over, ended."""

from decimal import Decimal

from sqlalchemy import select

from models.criminal import CriminalObjection, CriminalTransfer
from models.process import ProcessInstance
from models.task import Task
from models.types import Stage, TaskState
from workflows.act import Act, Issue, Outcome, told
from workflows.commands.criminal import (
    AnswerPoliceRefusal,
    ApproveCriminalTransfer,
    HandOverToPolice,
    RecordCriminalResult,
    RecordPoliceDecision,
    RecordPoliceReceipt,
    RecordRefusalReview,
    ReportSuspectedCrime,
    SendCriminalTransfer,
)
from workflows.guards.criminal import OBJECT, current
from workflows.rows import add_opinion

REASON = "criminal_transfer"
"""Under which the clocks know the days that do not count (移送司法, as 中止 of MSA 46)."""
APPROVE, SEND, HANDOVER = "CLK_CRIM_APPROVE", "CLK_CRIM_SEND", "CLK_CRIM_HANDOVER"


def report_suspected_crime(act: Act, c: ReportSuspectedCrime) -> Outcome:
    """Put the team and its report on record; the head has three days from the receipt."""
    act.session.add(
        CriminalTransfer(
            **act.stamp(),
            round=act.round(act.record.all(CriminalTransfer)),
            team=[act.person(key).id for key in dict.fromkeys(c.team)],
            crime=c.crime,
            facts=c.facts,
            reported_at=c.reported_at,
            reported_by_id=act.actor.person_id,
        )
    )
    act.clocks.start(APPROVE, c.reported_at)
    text = (f"报告涉嫌犯罪：{c.crime}。", f"A suspected crime is reported: {c.crime}.")
    return Outcome(events=[told("case:crime:reported", *text)])


def approve_criminal_transfer(act: Act, c: ApproveCriminalTransfer) -> Outcome:
    """The head's own decision (D59): within a day to the police, or the reasons on file."""
    add_opinion(act, "approve_criminal_transfer", c.outcome, c.opinion)
    row = _row(act)
    approved = c.outcome == "approve"
    row.approved, row.decided_at = approved, act.now
    row.decided_by_id, row.acting_for_id = act.actor.person_id, act.acting_for
    act.clocks.meet(APPROVE, act.now)
    if approved:
        act.clocks.start(SEND, act.now)
        event = told(
            "case:crime:approved",
            "主要负责人批准移送公安机关，二十四小时内移送。",
            "The head transfers the case to the police, within 24 hours.",
        )
    else:
        row.refusal, row.ended_at, row.ending = c.opinion, act.now, "refused"
        text = (f"不批准移送：{c.opinion}", f"The transfer is refused: {c.opinion}")
        event = told("case:crime:refused", *text)
    act.session.flush()
    return Outcome(
        events=[event], routing={"outcome": c.outcome}, documents=[Issue("D59", None, row)]
    )


def send_criminal_transfer(act: Act, c: SendCriminalTransfer) -> Outcome:
    """The letter goes out (D60); the case is with the police and its own time stands still."""
    row = _row(act)
    row.number, row.sent_at, row.police_organ = act.numbers.take("罪移"), c.sent_at, c.police_organ
    row.procuratorate, row.enclosures = c.procuratorate, list(c.enclosures)
    row.missing_note = c.missing_note
    row.contact_name, row.contact_phone = c.contact_name, c.contact_phone
    row.received_at, row.receiver_name = c.received_at, c.receiver_name
    row.receipt_no, row.stage_before = c.receipt_no, act.case.stage
    act.clocks.meet(SEND, c.sent_at)
    act.clocks.pause_all(REASON, c.sent_at)
    act.case.stage = Stage.TRANSFERRED_CRIMINAL
    act.session.flush()
    text = (
        f"移送{c.police_organ}（{row.number}），抄送{c.procuratorate}；办案期限停止计算。",
        f"Sent to {c.police_organ} ({row.number}), copy to {c.procuratorate}; the clocks wait.",
    )
    return Outcome(
        events=[told("case:crime:sent", *text, number=row.number)],
        routing={"receipt": "given" if c.received_at else "awaited"},
        documents=[Issue("D60", row.number, row)],
    )


def record_police_receipt(act: Act, c: RecordPoliceReceipt) -> Outcome:
    """The reply slip is signed, here or by the organ to which it was passed on."""
    row = _row(act)
    row.received_at, row.receiver_name = c.received_at, c.receiver_name
    row.receipt_no, row.passed_to = c.receipt_no, c.passed_to
    passed = (f"，转送{c.passed_to}", f", passed on to {c.passed_to}") if c.passed_to else ("", "")
    text = (f"公安机关签收{passed[0]}。", f"The police signed for it{passed[1]}.")
    return Outcome(events=[told("case:crime:received", *text)])


def record_police_decision(act: Act, c: RecordPoliceDecision) -> Outcome:
    """Filed: three days to hand everything over. Refused: three days to object."""
    row = _row(act)
    row.police, row.police_document = c.decision, c.document_no
    row.police_answered_at, row.police_reason = c.received_at, c.reason or None
    if c.decision == "filed":
        return _filed(act, row, {"police": "filed"})
    act.clocks.start(OBJECT, c.received_at)
    text = (f"公安机关不予立案：{c.reason}", f"The police refuse to file: {c.reason}")
    return Outcome(events=[told("case:crime:not_filed", *text)], routing={"police": "refused"})


def _filed(act: Act, row: CriminalTransfer, routing: dict[str, bool | int | str]) -> Outcome:
    assert row.police_answered_at is not None
    act.clocks.start(HANDOVER, row.police_answered_at)
    text = (
        f"公安机关立案（{row.police_document}），三日内移交涉案物品和材料。",
        f"The police filed it ({row.police_document}): hand over within three days.",
    )
    return Outcome(events=[told("case:crime:filed", *text)], routing=routing)


def hand_over_to_police(act: Act, c: HandOverToPolice) -> Outcome:
    """Goods and material are with the police; the party was told in writing (AEL 21)."""
    row = _row(act)
    row.handed_at, row.handed_to, row.handed_note = c.handed_at, c.receiver_name, c.note
    row.party_told_at = c.party_told_at
    act.clocks.meet(HANDOVER, c.handed_at)
    text = ("涉案物品和案件材料已移交公安机关。", "Goods and material are with the police.")
    return Outcome(events=[told("case:crime:handed_over", *text)])


def answer_police_refusal(act: Act, c: AnswerPoliceRefusal) -> Outcome:
    """Object in the given time (D81), or take the case back and go on (310 art. 10)."""
    row = _row(act)
    act.clocks.meet(OBJECT, act.now)
    if c.answer == "resume":
        return _resume(act, row, c.reason, {"refusal_answer": "resume"})
    objection = CriminalObjection(
        **act.stamp(),
        transfer_id=row.id,
        way=c.answer,
        reason=c.reason,
        organ=c.organ,
        filed_at=act.now,
        filed_by_id=act.actor.person_id,
    )
    act.session.add(objection)
    act.session.flush()
    zh, en = WAYS[c.answer]
    return Outcome(
        events=[told("case:crime:objected", f"{zh}（{c.organ}）。", f"{en} ({c.organ}).")],
        routing={"refusal_answer": c.answer},
        documents=[Issue("D81", act.numbers.take("罪议"), objection)],
    )


WAYS = {
    "review": ("提请公安机关复议", "The police are asked for review"),
    "supervision": ("建议检察院立案监督", "Supervision is suggested to the procuratorate"),
}


def record_refusal_review(act: Act, c: RecordRefusalReview) -> Outcome:
    """Filed after all, or upheld: then three days again for what is left (310 art. 9)."""
    row = _row(act)
    objection = act.record.last(CriminalObjection)
    assert objection is not None
    objection.result, objection.answered_at = c.result, c.received_at
    objection.answer_document, objection.answer_reason = c.document_no, c.reason or None
    row.police_document, row.police_answered_at = c.document_no, c.received_at
    if c.result == "filed":
        row.police = "filed"
        return _filed(act, row, {"refusal_review": "filed"})
    if objection.way == "review":
        act.clocks.start(OBJECT, c.received_at)
    text = (f"维持不予立案：{c.reason}", f"The refusal to file stands: {c.reason}")
    return Outcome(events=[told("case:crime:upheld", *text)], routing={"refusal_review": "upheld"})


def record_criminal_result(act: Act, c: RecordCriminalResult) -> Outcome:
    """The criminal case is over: fines are set off, and the case ends or comes back."""
    row = _row(act)
    row.result, row.result_document, row.result_organ = c.result, c.document_no, c.organ
    row.result_at, row.result_note, row.criminal_fine = c.received_at, c.note, c.criminal_fine
    if c.criminal_fine is not None:
        row.set_off = min(c.criminal_fine, _fine_paid(act))
    if c.next == "resume":
        return _resume(act, row, c.note, {"criminal_next": "resume"})
    row.ended_at, row.ending = act.now, "closed"
    act.clocks.cancel_all()
    act.case.closed_at = act.now
    text = ("刑事案件已有结果，行政案件终结。", "The criminal case is decided; this case ends.")
    return Outcome(events=[told("case:crime:closed", *text)], routing={"criminal_next": "close"})


def _fine_paid(act: Act) -> Decimal:
    """Yuan of administrative fine received before (行政机关已经给予的罚款, APL 35)."""
    decision = act.record.decision
    fine = (decision.fine or Decimal(0)) if decision is not None else Decimal(0)
    return min(fine, act.record.paid())


def _resume(
    act: Act, row: CriminalTransfer, why: str, routing: dict[str, bool | int | str]
) -> Outcome:
    row.ended_at, row.ending = act.now, "resumed"
    act.clocks.resume_all(REASON, act.now)
    act.case.stage = _stage_of_main(act, row)
    note = f"：{why}" if why else "。"
    text = (f"恢复行政办理{note}", f"The case goes on administratively: {why}")
    return Outcome(events=[told("case:crime:resumed", *text)], routing=routing)


def _stage_of_main(act: Act, row: CriminalTransfer) -> Stage:
    """Where the main process stands now; a case that was just filed is being investigated."""
    assert act.pack is not None
    waiting = act.session.scalars(
        select(Task)
        .join(ProcessInstance, ProcessInstance.id == Task.process_id)
        .where(Task.case_id == act.case.id, Task.state == TaskState.OPEN, ProcessInstance.main)
        .order_by(Task.opened_at)
    )
    stages = [act.pack.manifest.tasks[task.element].stage for task in waiting]
    known = [stage for stage in stages if stage]
    found = Stage(known[-1] if known else str(row.stage_before))
    return Stage.INVESTIGATING if found is Stage.FILED else found


def _row(act: Act) -> CriminalTransfer:
    row = current(act)
    assert row is not None
    return row
