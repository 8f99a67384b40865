"""Payments: what came in, what it went to, what it settles."""

from decimal import Decimal

from models.payment import Payment
from workflows import accounts, paying
from workflows.act import Act, Outcome, told
from workflows.commands.decision import RecordPayment
from workflows.guards.payment import receipt_of
from workflows.ledger import Amounts, Ledger, yuan
from workflows.paying import REFUND


def record_payment(act: Act, c: RecordPayment) -> Outcome:
    """Record an amount with what it went to; the branch loops until nothing is left to pay."""
    receipt = receipt_of(c)
    day = max(act.today, receipt.day)
    book = paying.book(act, day, (receipt,) if receipt.amount else ())
    assert book is not None
    went = book.allocations[-1] if receipt.amount else Amounts()
    if receipt.amount:
        _add(act, c, went)
    over = paying.settled(act, book)
    if over:
        paying.settle(act, book, c.paid_at)
    else:
        paying.follow_plan(act, book, c.paid_at)
    return Outcome(
        events=[
            told(
                "case:payment:recorded",
                f"登记缴款{yuan(receipt.amount)}元{_split(went)}，{_rest(book, over)}。",
                f"Payment of {yuan(receipt.amount)} yuan recorded{_split_en(went)}, "
                f"{_rest_en(book, over)}.",
                receipt_no=c.receipt_no,
            )
        ],
        routing={"payment": "settled" if over else "partial"},
        opens=[REFUND] if went.credit > 0 else [],
    )


def _add(act: Act, c: RecordPayment, went: Amounts) -> None:
    decision, party = accounts.in_question(act.record), act.case.party
    assert decision is not None
    act.session.add(
        Payment(
            **act.stamp(),
            decision_id=decision.id,
            amount=went.principal,
            confiscated_amount=went.confiscated,
            surcharge_amount=went.surcharge,
            overpaid_amount=went.credit,
            meant_surcharge=c.surcharge_amount or Decimal(0),
            slip_no=c.slip_no,
            paid_at=c.paid_at,
            channel=c.channel,
            receipt_no=c.receipt_no,
            payer_name=c.payer_name or (party.name if party else ""),
            receipt_sha256=None,
            cashier_id=act.actor.person_id,
        )
    )


def _split(went: Amounts) -> str:
    """What it went to, where that is not the fine alone."""
    named = (
        ("罚款", went.fine),
        ("没收款", went.confiscated),
        ("加处罚款", went.surcharge),
        ("多缴待退", went.credit),
    )
    parts = [f"{title}{yuan(share)}元" for title, share in named if share]
    return f"（{'，'.join(parts)}）" if parts and went.fine != went.total + went.credit else ""


def _split_en(went: Amounts) -> str:
    named = (
        ("fine", went.fine),
        ("confiscation", went.confiscated),
        ("surcharge", went.surcharge),
        ("paid too much", went.credit),
    )
    parts = [f"{title} {yuan(share)}" for title, share in named if share]
    return f" ({', '.join(parts)})" if parts and went.fine != went.total + went.credit else ""


def _rest(book: Ledger, over: bool) -> str:
    return "已缴清" if over else f"尚欠{yuan(book.balance.total)}元"


def _rest_en(book: Ledger, over: bool) -> str:
    return "paid in full" if over else f"{yuan(book.balance.total)} yuan outstanding"
