"""Reports to platforms: resent, answered. Their first telling is not an act of its own."""

from models.types import ReportState
from workflows.act import Act, Outcome, told
from workflows.commands.reporting import AnswerReport, ResendReport
from workflows.reference.reporting import destinations
from workflows.reporting import JOB, leave, record_of


def resend_report(act: Act, c: ResendReport) -> Outcome:
    """A later version with the record as it stands now takes the place of the old one."""
    old = record_of(act.session, c.record)
    assert old is not None
    to = destinations()[old.destination]
    row = leave(act, to, old.event)
    row.due_on = old.due_on
    old.state = ReportState.REPLACED
    return Outcome(
        events=[
            told(
                "case:report:resent",
                f"重新报送{to.title.zh}（第{row.version}次）：{c.reason}",
                f"Reported anew to {to.title.en} (telling {row.version}): {c.reason}",
                important=False,
            )
        ],
        jobs=[(JOB, {"record_id": str(row.id)})],
        extra={"record": str(row.id)},
    )


def answer_report(act: Act, c: AnswerReport) -> Outcome:
    """The platform took the record, or returned it with a reason."""
    row = record_of(act.session, c.record)
    assert row is not None
    title = destinations()[row.destination].title
    row.answered_at = act.now
    if c.answer == "accepted":
        row.state, row.receipt = ReportState.ACCEPTED, c.receipt
        text = (f"{title.zh}已接收，回执{c.receipt}。", f"{title.en} took it: {c.receipt}.")
    else:
        row.state, row.rejection = ReportState.REJECTED, c.rejection
        text = (f"{title.zh}退回：{c.rejection}", f"{title.en} returned it: {c.rejection}")
    return Outcome(events=[told("case:report:answered", *text, important=False)])
