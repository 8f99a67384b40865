"""Z20-Z24: letters of those who supervise are registered once, answered, approved by another."""

from collections.abc import Iterator

from sqlalchemy import select

from models.errors import Text, Violation
from models.subject import LegalSubject
from models.supervision_letter import LetterState, SupervisionLetter
from workflows.act import Act
from workflows.commands.supervision_letter import (
    DecideLetterReply,
    DraftLetterReply,
    RegisterLetter,
    SendLetterReply,
)
from workflows.guards.law import against, needed
from workflows.letters import case_numbered, letter_of

WANTED = {
    "organ": Text("来函机关", "the organ"),
    "number": Text("来函文号", "its number"),
    "content": Text("来函内容", "what it says"),
}


def letter_is_new(act: Act, c: RegisterLetter) -> Iterator[Violation]:
    """Z20: complete, its days in order, registered once, about a case that is there."""
    yield from needed(c, WANTED)
    if not c.dated_on <= c.received_on <= act.today:
        yield against(
            "Z20", "来函日期、收到日期应当依次，且不晚于今天。",
            "It is dated, then received, and not later than today.", field="received_on",
        )  # fmt: skip
    if c.reply_due is not None and c.reply_due < c.received_on:
        yield against(
            "Z20", "答复日期不能早于收到日期。", "The reply is due after the receipt.",
            field="reply_due",
        )  # fmt: skip
    subject = act.session.scalar(select(LegalSubject.id).where(LegalSubject.key == c.subject))
    if subject is None or subject not in act.actor.subjects():
        yield against(
            "P01", "您在这个执法主体没有职责。", "You hold no role for this legal subject.",
            field="subject",
        )  # fmt: skip
        return
    if act.people.find(c.owner) is None:
        yield against("Z20", "没有这个承办人。", "There is no such person.", field="owner")
    if c.case_no and case_numbered(act.session, subject, c.case_no) is None:
        yield against(
            "Z20", f"没有案号为{c.case_no}的案件。", f"There is no case {c.case_no}.",
            field="case_no",
        )  # fmt: skip
    same = select(SupervisionLetter.id).where(
        SupervisionLetter.subject_id == subject,
        SupervisionLetter.organ == c.organ.strip(),
        SupervisionLetter.number == c.number.strip(),
    )
    if act.session.scalar(same) is not None:
        yield against(
            "Z20", "这份来函已经登记。", "This letter is registered already.", field="number"
        )


def reply_may_be_drafted(act: Act, c: DraftLetterReply) -> Iterator[Violation]:
    """Z21: by the owner, while nobody has approved it."""
    wanted = {"reply": Text("答复内容", "the reply"), "measures": Text("整改情况", "the measures")}
    yield from needed(c, wanted)
    row = _known(act, c.letter)
    if isinstance(row, Violation):
        yield row
        return
    if row.owner_id not in _mine(act):
        yield against("Z21", "复函由承办人拟写。", "The owner drafts the reply.", "DUTIES")
    if row.state not in (LetterState.OPEN, LetterState.DRAFTED):
        yield against("Z21", "复函已经批准。", "The reply has been approved.")


def reply_may_be_decided(act: Act, c: DecideLetterReply) -> Iterator[Violation]:
    """Z22: a drafted reply, by another person than its author; a return has a reason."""
    row = _known(act, c.letter)
    if isinstance(row, Violation):
        yield row
        return
    if row.state != LetterState.DRAFTED:
        yield against("Z22", "没有待审批的复函。", "No reply waits for approval.")
    if act.actor.person_id == row.drafted_by_id:
        yield against(
            "Z22", "复函由拟稿人以外的负责人审批。", "Another person than its author approves it.",
            "DUTIES",
        )  # fmt: skip
    if c.outcome == "return":
        yield from needed(c, {"opinion": Text("退回理由", "why it is returned")})


def reply_may_be_sent(act: Act, c: SendLetterReply) -> Iterator[Violation]:
    """Z23: an approved reply, once, on a day that has come."""
    yield from needed(c, {"sending_method": Text("发送方式", "how it was sent")})
    row = _known(act, c.letter)
    if isinstance(row, Violation):
        yield row
        return
    if row.state != LetterState.APPROVED:
        yield against("Z23", "复函还没有批准，或者已经发出。", "Not approved, or sent already.")
    if not row.received_on <= c.sent_on <= act.today:
        yield against(
            "Z23", "发出日期应当在收到来函之后、不晚于今天。",
            "It is sent after the receipt and not later than today.", field="sent_on",
        )  # fmt: skip


def _known(act: Act, key: str) -> SupervisionLetter | Violation:
    row = letter_of(act.session, key)
    if row is None or row.subject_id not in act.actor.subjects():
        return against("Z24", "没有这份来函。", "There is no such letter.", field="letter")
    return row


def _mine(act: Act) -> set[object]:
    """The person and whoever they act for today."""
    return {act.actor.person_id, *(h.acting_for for h in act.actor.holdings if h.acting_for)}
