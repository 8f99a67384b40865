"""Letters of assistance and their answers (APL 26; MSA 45)."""

from models.assistance import AssistanceRequest
from workflows.act import Act, Issue, Outcome, told
from workflows.commands.assistance import RecordAssistanceReply, RequestAssistance
from workflows.rows import add_items

CLOCK = "CLK_ASSIST"


def request_assistance(act: Act, c: RequestAssistance) -> Outcome:
    """Send the letter (D25); the other agency has fifteen working days."""
    row = AssistanceRequest(
        **act.stamp(),
        to_agency=c.to_agency,
        matters=c.matters,
        reason=c.reason,
        basis=c.basis,
        letter_no=act.numbers.take("协"),
        sent_at=c.asked_at,
        contact_name=c.contact_name,
        contact_phone=c.contact_phone,
        officer_id=act.actor.person_id,
    )
    act.session.add(row)
    until = act.clocks.start(CLOCK, c.asked_at).last_day.isoformat()
    return Outcome(
        events=[
            told(
                "case:assistance:requested",
                f"函请{c.to_agency}协助调查，{until}前复函。",
                f"Asked {c.to_agency} for help; a reply is due by {until}.",
                number=row.letter_no,
            )
        ],
        documents=[Issue("D25", row.letter_no, row)],
    )


def record_assistance_reply(act: Act, c: RecordAssistanceReply) -> Outcome:
    """Record the answer; without one the clock stays run out."""
    row = act.record.last(AssistanceRequest)
    assert row is not None
    row.reply, row.replied_at, row.reply_no = c.reply, c.replied_at, c.reply_no
    row.reply_text, row.refusal_reason = c.reply_text, c.refusal_reason
    add_items(act, c.evidence, "assistance", None)
    act.clocks.meet(CLOCK, c.replied_at)
    zh, en = REPLIES[c.reply]
    return Outcome(
        events=[
            told(
                "case:assistance:replied",
                f"{row.to_agency}{zh}。",
                f"{row.to_agency} {en}.",
                reply_no=c.reply_no,
            )
        ],
        documents=[] if c.reply == "none" else [Issue("D25", row.letter_no, row)],
    )


REPLIES = {
    "answered": ("已复函", "has answered"),
    "partly": ("部分提供了材料", "has answered in part"),
    "refused": ("说明理由，不予协助", "refused with reasons"),
    "none": ("逾期未复", "has not answered in time"),
}
