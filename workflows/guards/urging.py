"""Y07, Y08: urging letters come late enough, with the right to be heard (AEL 35, 36, 54)."""

from collections.abc import Iterator

from models.errors import Text, Violation
from workflows import paying
from workflows.act import Act
from workflows.commands.urging import AnswerUrging, IssueUrging, ReexamineUrging, ServeUrging
from workflows.guards.law import against, needed


def something_is_overdue(act: Act, c: IssueUrging) -> Iterator[Violation]:
    """Y07: the decision is served, its time is over, and the duty is not performed."""
    decision = act.record.decision
    served = [s for s in act.record.services if decision and s.document_number == decision.number]
    if decision is None or not served:
        yield against(
            "Y07", "没有已经送达的决定，不能催告。", "There is no served decision to urge.", "AEL35"
        )
        return
    if c.duty != "pay":
        yield from needed(c, {"demand": Text("履行的内容和方式", "what is to be done")}, "AEL35")
        return
    yield from _late(act)


def _late(act: Act) -> Iterator[Violation]:
    book = paying.book(act)
    if book is None or paying.settled(act, book):
        yield against("Y07", "罚没款已经缴清，不必催告。", "All has been paid.", "AEL35")
        return
    part = book.next_due
    if part is not None and part.day >= act.today:
        yield against(
            "Y07", f"缴款期限（{part.day.isoformat()}）还没有届满，不能催告。",
            f"The time to pay ({part.day.isoformat()}) is not over.", "AEL35",
        )  # fmt: skip


def letter_waits_for_service(act: Act, c: ServeUrging) -> Iterator[Violation]:
    """Y07 again: the last letter has not been served."""
    row = act.record.urging
    if row is None or row.served_at is not None:
        yield against("Y07", "没有待送达的催告书。", "No letter waits to be served.", "AEL35")


def answer_fits_time(act: Act, c: AnswerUrging) -> Iterator[Violation]:
    """Y08: silence is known when the time is over; performance when nothing is left to pay."""
    row = act.record.urging
    if row is None:
        return
    if c.urging_answer == "stated":
        yield from needed(c, {"statement": Text("陈述、申辩内容", "the statement")}, "AEL36")
    if c.urging_answer == "silent" and not row.expired(act.today):
        yield against(
            "Y08", "催告期限还没有届满，不能登记“没有答复”。",
            "The time is not over: it is too early to record no answer.", "AEL54", "urging_answer",
        )  # fmt: skip
    book = paying.book(act)
    paid = book is not None and paying.settled(act, book)
    if c.urging_answer == "performed" and row.duty == "pay" and not paid:
        yield against(
            "Y08", "罚没款没有缴清，不能登记“已经履行”。",
            "Not everything has been paid.", "AEL54", "urging_answer",
        )  # fmt: skip


def reexamination_is_reasoned(act: Act, c: ReexamineUrging) -> Iterator[Violation]:
    """Y08: what the party said is re-examined, with reasons."""
    yield from needed(c, {"reasons": Text("复核的事实和理由", "facts and reasons")}, "AEL36")
    row = act.record.urging
    if row is None or row.answer != "stated":
        yield against("Y08", "当事人没有陈述、申辩。", "The party said nothing.", "AEL36")
