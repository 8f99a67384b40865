"""V25: what was paid fits what was ordered; a surcharge only where it runs (APL 67, 72, 73)."""

from collections.abc import Iterator
from decimal import Decimal

from sqlalchemy import select

from models.case import Case
from models.duration import law_day
from models.errors import Text, Violation
from models.payment import Payment
from workflows import paying
from workflows.accounts import SET_OFF
from workflows.act import Act
from workflows.commands.decision import RecordPayment
from workflows.guards.law import against, empty, needed
from workflows.ledger import ZERO, Ledger, Receipt, yuan


def receipt_of(c: RecordPayment) -> Receipt:
    """The receipt that the command would record."""
    meant = c.surcharge_amount or ZERO
    day = law_day(c.paid_at)
    return Receipt(day, c.amount + meant, meant, c.channel == SET_OFF, c.receipt_no)


def amount_is_owed(act: Act, c: RecordPayment) -> Iterator[Violation]:
    """V25: paid and outstanding make what was ordered: nobody pays more than is owed, unless the
    rest is to be given back."""
    book = paying.book(act)
    if book is None:
        yield against("V25", "还没有处罚决定。", "There is no decision to pay on.", "APL67")
        return
    receipt = receipt_of(c)
    if c.amount < 0 or receipt.surcharge < 0 or (receipt.amount == 0 and _owes(act, book)):
        yield against(
            "V25", "缴款数额应当大于零。", "The amount must be more than nothing.",
            "APL67", "amount",
        )  # fmt: skip
        return
    if receipt.surcharge > surcharge_limit(act, c):
        return
    over = _over(act, receipt)
    if over > 0 and c.overpayment != "refund":
        yield against(
            "V25",
            f"缴款{yuan(receipt.amount)}元比尚欠的多{yuan(over)}元，请核对票据；确属多缴的，选择“多缴部分退还”。",
            f"{yuan(receipt.amount)} yuan is {yuan(over)} more than is owed: check the receipt, or "
            "choose to give the rest back.",
            "APL67", "amount",
        )  # fmt: skip


def _owes(act: Act, book: Ledger) -> bool:
    return not paying.settled(act, book)


def _over(act: Act, receipt: Receipt) -> Decimal:
    """Yuan of the receipt that nothing is owed for."""
    if not receipt.amount:
        return ZERO
    book = paying.book(act, max(act.today, receipt.day), (receipt,))
    return book.allocations[-1].credit if book else ZERO


def surcharge_is_due(act: Act, c: RecordPayment) -> Iterator[Violation]:
    """V25: three per cent a day after the period, never above the fine, none during a remedy."""
    surcharge = c.surcharge_amount or ZERO
    if surcharge <= 0 or act.record.decision is None:
        return
    limit = surcharge_limit(act, c)
    if surcharge > limit:
        yield against(
            "V25", f"加处罚款{yuan(surcharge)}元超过至缴款日应加处的{yuan(limit)}元。",
            f"A surcharge of {yuan(surcharge)} yuan is more than the {yuan(limit)} yuan due then.",
            "APL72", "surcharge_amount",
        )  # fmt: skip


def surcharge_limit(act: Act, c: RecordPayment) -> Decimal:
    """Yuan of surcharge that are due on the day of payment, before it."""
    book = paying.book(act, law_day(c.paid_at))
    return max(ZERO, book.balance.surcharge) if book else ZERO


def receipt_is_new(act: Act, c: RecordPayment) -> Iterator[Violation]:
    """V29: a receipt number is used once in the legal subject; so is a payment slip's."""
    yield from needed(c, {"receipt_no": Text("票据号码", "the receipt number")}, "NUMBERS")
    if _used(act, c):
        yield against(
            "V29", f"票据号码{c.receipt_no}已经登记过。",
            f"Receipt number {c.receipt_no} has been recorded already.", "NUMBERS", "receipt_no",
        )  # fmt: skip
    if c.channel == SET_OFF and empty(c.payer_name):
        yield from needed(
            c, {"payer_name": Text("抵扣依据", "what it is set off against")}, "APL35"
        )


def _used(act: Act, c: RecordPayment) -> bool:
    found = act.session.scalar(
        select(Payment.id)
        .join(Case, Case.id == Payment.case_id)
        .where(Case.subject_id == act.case.subject_id, Payment.receipt_no == c.receipt_no)
        .limit(1)
    )
    return found is not None
