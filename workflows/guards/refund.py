"""Y10: a refund gives back what was paid too much, once, after approval (APL 75)."""

from collections.abc import Iterator

from models.errors import Text, Violation
from models.refund import Refund
from workflows import paying
from workflows.act import Act
from workflows.commands.refund import ApproveRefund, PayRefund, ProposeRefund, RequestRefund
from workflows.guards.law import against, needed
from workflows.ledger import ZERO, yuan


def something_is_to_be_given_back(act: Act, c: RequestRefund) -> Iterator[Violation]:
    """Y10: the account shows something that was paid too much."""
    book = paying.book(act)
    if book is None or book.balance.credit <= 0:
        yield against(
            "Y10",
            "罚款账上没有多缴待退的数额。",
            "The account shows nothing paid too much.",
            "APL75",
        )


def refund_fits_the_account(act: Act, c: ProposeRefund) -> Iterator[Violation]:
    """Y10: never more than was paid too much."""
    yield from needed(c, {"reason": Text("核算说明", "how it was worked out")}, "APL75")
    book = paying.book(act)
    there = book.balance.credit if book else ZERO
    if c.amount <= 0 or c.amount > there:
        yield against(
            "Y10", f"退款应当大于零，不超过多缴待退的{yuan(there)}元。",
            f"More than nothing, and no more than the {yuan(there)} yuan paid too much.",
            "APL75", "amount",
        )  # fmt: skip


def refund_is_proposed(act: Act, c: ApproveRefund) -> Iterator[Violation]:
    """Y10: a proposal waits for approval."""
    row = act.record.last(Refund)
    if row is None or row.granted is not None:
        yield against("Y10", "没有待批的退款。", "No refund waits for approval.", "APL75")


def refund_is_approved(act: Act, c: PayRefund) -> Iterator[Violation]:
    """Y10: paid out once, after approval, against a receipt, and still owed back."""
    yield from needed(c, {"receipt_no": Text("退款凭证号码", "the receipt number")}, "NUMBERS")
    row = act.record.last(Refund)
    book = paying.book(act)
    if row is None or not row.granted or row.paid_on is not None:
        yield against("Y10", "没有已批准、待办理的退款。", "No approved refund waits.", "APL75")
    elif book is None or row.amount > book.balance.credit:
        yield against(
            "Y10", "退款数额已经超过多缴待退的数额，请重新核算。",
            "It is more than is owed back now: work it out anew.", "APL75",
        )  # fmt: skip
