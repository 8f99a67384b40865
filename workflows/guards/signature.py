"""J01-J05: what is signed, by whom, in which capacity; and which numbers may be voided."""

import uuid
from collections.abc import Iterator

from sqlalchemy import select

from models.case import Case
from models.discussion import Discussion
from models.document import Document, NumberTaken
from models.errors import Violation
from models.signature import Signature
from models.types import DocumentState
from workflows.act import Act
from workflows.commands.signature import SignDocument, VoidNumber
from workflows.guards.law import against, empty
from workflows.record import Record
from workflows.signing import CAPACITIES, PANEL, RECORDER, ROLES, SIGNERS, H, R


def document_can_be_signed(act: Act, c: SignDocument) -> Iterator[Violation]:
    """J01, J02: a document of this case, in force, whose file is the one that was shown."""
    row = act.session.get(Document, c.document)
    if row is None or row.case_id != act.case.id:
        yield against("J01", "本案没有这份文书。", "This case has no such document.")
        return
    if row.state != DocumentState.ISSUED:
        yield against(
            "J01", "这份文书已被替代或者作废，不能签署。",
            "The document was superseded or voided: it cannot be signed.",
        )  # fmt: skip
    if row.sha256 is None:
        yield against(
            "J01", "文书还没有生成，请看到文书之后再签署。",
            "The document has no file yet: sign once you have seen it.",
        )  # fmt: skip
    elif row.sha256 != c.sha256:
        yield against(
            "J02", "您看到的文书与现在的不是同一份，请重新打开后签署。",
            "What you were shown is not the document as it is now: open it again.",
        )  # fmt: skip
    elif not act.blobs.verify(row.sha256):
        yield against(
            "J02", "文书文件已被改动或者丢失，与登记的校验值不符，不能签署。请联系管理员。",
            "The file was changed or lost: it does not match its digest. Call the administrator.",
        )  # fmt: skip


def signer_is_entitled(act: Act, c: SignDocument) -> Iterator[Violation]:
    """J03, J04: the kind is signed in that capacity, and the capacity is this person's."""
    row = act.session.get(Document, c.document)
    if row is None:
        return
    if c.capacity not in SIGNERS.get(row.kind, ()):
        yield against(
            "J03", "这种文书不以这个身份签署。", "This kind is not signed in that capacity.",
            "NONE", "capacity",
        )  # fmt: skip
    elif c.capacity not in capacities(act, row.kind):
        title = CAPACITIES[c.capacity]
        yield against(
            "J04", f"您在本案不是{title.zh}，不能以这个身份签署。",
            f"You are not the {title.en.lower()} in this case.", "DUTIES", "capacity",
        )  # fmt: skip


def not_signed_twice(act: Act, c: SignDocument) -> Iterator[Violation]:
    """J05: one person signs once in one capacity."""
    if act.session.scalar(
        select(Signature.id).where(
            Signature.document_id == c.document,
            Signature.capacity == c.capacity,
            Signature.person_id == act.actor.person_id,
        )
    ):
        yield against("J05", "您已经签署过这份文书。", "You have signed this document already.")


def capacities(act: Act, kind: str) -> tuple[str, ...]:
    """In which capacities the actor may sign this kind in this case."""
    return tuple(one for one in SIGNERS.get(kind, ()) if _is(act, one))


def _is(act: Act, capacity: str) -> bool:
    me, record = act.actor.person_id, act.record
    handles = me in record.ever_handled
    if me in record.recused:
        return False
    if capacity in ROLES:
        held = act.actor.holding(ROLES[capacity], act.case.subject_id, _unit(act.case, capacity))
        return held is not None and not handles
    if capacity == H:
        return me in {handler.person_id for handler in act.case.active_handlers()}
    if capacity == R:
        return me in {review.reviewer_id for review in record.reviews}
    return me in _sat(record, capacity)


def _unit(case: Case, capacity: str) -> uuid.UUID | None:
    """Only the unit's own head signs as its head."""
    return case.unit_id if capacity == "unit_head" else None


def _sat(record: Record, capacity: str) -> set[uuid.UUID]:
    """Who voted in the last discussion, or who kept its minutes."""
    row: Discussion | None = record.discussion
    if row is None:
        return set()
    if capacity == RECORDER:
        return {row.recorder_id}
    return {v.person_id for v in row.votes if v.attended} if capacity == PANEL else set()


def number_may_be_voided(act: Act, c: VoidNumber) -> Iterator[Violation]:
    """V29: a number of this case that stands on no document in force; with its reason."""
    if empty(c.reason):
        yield against("V29", "请写明作废理由。", "Say why it is voided.", "NUMBERS", "reason")
    row = act.session.scalar(
        select(NumberTaken).where(
            NumberTaken.case_id == act.case.id, NumberTaken.number == c.number
        )
    )
    if row is None:
        yield against(
            "V29", "本案没有登记过这个文号。", "This case took no such number.", "NUMBERS", "number"
        )
    elif row.voided_at is not None:
        yield against("V29", "这个文号已经作废。", "It is void already.", "NUMBERS", "number")
    elif c.number in (act.case.lead_no, act.case.case_no) or _in_force(act, c.number):
        yield against(
            "V29", "这个文号的文书正在使用，不能作废。",
            "A document in force bears this number.", "NUMBERS", "number",
        )  # fmt: skip


def _in_force(act: Act, number: str) -> bool:
    return bool(
        act.session.scalar(
            select(Document.id).where(
                Document.case_id == act.case.id,
                Document.number == number,
                Document.state == DocumentState.ISSUED,
            )
        )
    )
