"""Letters of those who supervise: registered, answered, approved, sent."""

from sqlalchemy import select

from models.errors import Text
from models.subject import LegalSubject
from models.supervision_letter import LetterState, SupervisionLetter
from models.types import Role
from workflows.act import Act, Outcome, told
from workflows.commands.supervision_letter import (
    DecideLetterReply,
    DraftLetterReply,
    RegisterLetter,
    SendLetterReply,
)
from workflows.letters import Incoming, case_numbered, inform, letter_of, open_letter
from workflows.numbers import number_of


def register_letter(act: Act, c: RegisterLetter) -> Outcome:
    """A letter from outside."""
    subject = act.session.scalars(select(LegalSubject).where(LegalSubject.key == c.subject)).one()
    case = case_numbered(act.session, subject.id, c.case_no) if c.case_no else None
    letter = Incoming(c.kind, c.organ, c.number, c.dated_on, c.received_on, c.content, c.reply_due)
    row = open_letter(act, letter, owner=act.person(c.owner).id, subject=subject.id, case=case)
    return _told(row, "registered", f"登记{row.organ}来函{row.number}。",
                 f"Letter {row.number} of {row.organ} registered.")  # fmt: skip


def draft_letter_reply(act: Act, c: DraftLetterReply) -> Outcome:
    """The reply is ready to be approved; every leader of the subject is told."""
    row = _letter(act, c.letter)
    row.reply, row.measures = c.reply, c.measures
    row.drafted_at, row.drafted_by_id = act.now, act.actor.person_id
    row.state, row.returned_reason = LetterState.DRAFTED, None
    text = Text(f"对{row.organ}来函的复函待审批。", f"A reply to {row.organ} waits for approval.")
    leaders = (Role.LEADER_CHIEF, Role.LEADER_DEPUTY)
    for person in act.people.eligible(leaders, row.subject_id, row.subject_id):
        if person != act.actor.person_id:
            inform(act, row, person, "drafted", text)
    return _told(row, "drafted", f"拟写对{row.organ}的复函。", f"Reply to {row.organ} drafted.")


def decide_letter_reply(act: Act, c: DecideLetterReply) -> Outcome:
    """Approved with a number, or back to its owner with a reason."""
    row = _letter(act, c.letter)
    if c.outcome == "return":
        row.state, row.returned_reason = LetterState.OPEN, c.opinion
        text = (f"退回复函：{c.opinion}", f"Reply returned: {c.opinion}")
        inform(act, row, row.owner_id, "returned", Text(*text))
        return _told(row, "returned", *text)
    subject = act.session.get_one(LegalSubject, row.subject_id)
    row.reply_no = number_of(act.session, subject, "函复", act.today.year)
    row.approved_at, row.approved_by_id = act.now, act.actor.person_id
    row.state = LetterState.APPROVED
    inform(act, row, row.owner_id, "approved", Text(
        f"复函{row.reply_no}已批准，请发出。", f"Reply {row.reply_no} is approved: send it.",
    ))  # fmt: skip
    return _told(row, "approved", f"批准复函{row.reply_no}。", f"Reply {row.reply_no} approved.")


def send_letter_reply(act: Act, c: SendLetterReply) -> Outcome:
    """The reply is out; the letter is answered."""
    row = _letter(act, c.letter)
    row.sent_on, row.sending_method = c.sent_on, c.sending_method
    row.state = LetterState.SENT
    return _told(row, "sent", f"发出复函{row.reply_no}。", f"Reply {row.reply_no} sent.")


def _letter(act: Act, key: str) -> SupervisionLetter:
    row = letter_of(act.session, key)
    if row is None:
        raise LookupError(key)
    return row


def _told(row: SupervisionLetter, action: str, zh: str, en: str) -> Outcome:
    event = told(f"letter:{action}", zh, en, letter=str(row.id))
    return Outcome(events=[event], extra={"letter": str(row.id)})
