"""Letters of assistance (A07): silence is recorded only after its time, a refusal with reasons."""

from collections.abc import Iterator

from models.assistance import AssistanceRequest
from models.errors import Text, Violation
from workflows.act import Act
from workflows.commands.assistance import RecordAssistanceReply, RequestAssistance
from workflows.guards.dates import TITLES, in_order
from workflows.guards.law import against, needed

CLOCK = "CLK_ASSIST"


def letter_is_complete(act: Act, c: RequestAssistance) -> Iterator[Violation]:
    """R01: whom, what and why (MSA 45)."""
    wanted = {
        "to_agency": Text("协助单位", "the agency"),
        "matters": Text("请求协助的事项", "what is asked"),
        "reason": Text("需要协助的原因", "why"),
        "contact_name": Text("联系人", "the contact"),
        "contact_phone": Text("联系电话", "the phone"),
    }
    yield from needed(c, wanted, "MSA45")


def reply_fits(act: Act, c: RecordAssistanceReply) -> Iterator[Violation]:
    """A07: an answer follows the letter; none is recorded before the time is over."""
    row = act.record.last(AssistanceRequest)
    if row is None:
        yield against("A07", "还没有发出协助调查函。", "No letter was sent.", "MSA45")
        return
    sent = Text("发函时间", "the letter")
    yield from in_order(row.sent_at, sent, c.replied_at, TITLES["replied_at"], "replied_at")
    if c.reply == "refused":
        reason = {"refusal_reason": Text("不予协助的理由", "the reasons")}
        yield from needed(c, reason, "APL26")
    elif c.reply == "none" and not act.clocks.over(CLOCK):
        yield against(
            "A07", "复函期限未满，不能登记为逾期未复。",
            "The time to reply is not over: nobody is late yet.", "MSA45", "reply",
        )  # fmt: skip
    elif c.reply in ("answered", "partly"):
        yield from needed(c, {"reply_text": Text("复函内容", "what it says")}, "MSA45")
