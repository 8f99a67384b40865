"""V25: what was paid fits what was ordered; a surcharge only where it runs (APL 67, 72, 73)."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from sqlalchemy import select

from models.case import Case
from models.duration import law_day
from models.errors import Text, Violation
from models.payment import Payment
from models.types import Flag
from workflows.act import Act
from workflows.commands.decision import RecordPayment
from workflows.guards.law import against, needed

CENT = Decimal("0.01")


def amount_is_owed(act: Act, c: RecordPayment) -> Iterator[Violation]:
    """V25: paid and outstanding make the fine: nobody pays more than is owed."""
    if act.record.decision is None:
        yield against("V25", "还没有处罚决定。", "There is no decision to pay on.", "APL67")
        return
    surcharge = c.surcharge_amount or Decimal(0)
    if c.amount < 0 or surcharge < 0 or c.amount + surcharge == 0:
        yield against(
            "V25", "缴款数额应当大于零。", "The amount must be more than nothing.",
            "APL67", "amount",
        )  # fmt: skip
    owed = act.record.outstanding()
    if c.amount > owed:
        yield against(
            "V25", f"缴款{c.amount}元超过尚欠的{owed}元，请核对票据。",
            f"{c.amount} yuan is more than the {owed} yuan outstanding: check the receipt.",
            "APL67", "amount",
        )  # fmt: skip


def surcharge_is_due(act: Act, c: RecordPayment) -> Iterator[Violation]:
    """V25: three per cent a day after the period, never above the fine, none during a remedy."""
    surcharge = c.surcharge_amount or Decimal(0)
    if surcharge <= 0 or act.record.decision is None:
        return
    if Flag.IN_REMEDY in act.case.flags:
        yield against(
            "V25", "行政复议或者行政诉讼期间不加处罚款。",
            "No surcharge runs during reconsideration or a suit.", "APL72", "surcharge_amount",
        )  # fmt: skip
        return
    limit = surcharge_limit(act, c)
    if surcharge > limit:
        yield against(
            "V25", f"加处罚款{surcharge}元超过至缴款日应加处的{limit}元。",
            f"A surcharge of {surcharge} yuan is more than the {limit} yuan due on that day.",
            "APL72", "surcharge_amount",
        )  # fmt: skip


def surcharge_limit(act: Act, c: RecordPayment) -> Decimal:
    """Yuan of surcharge that may be due on the day of payment, less what was paid of it."""
    clock = act.clocks.last("CLK_PAY")
    decision = act.record.decision
    if clock is None or decision is None:
        return Decimal(0)
    fine = Fraction(decision.fine or 0)
    day = law_day(c.paid_at)
    subject = act.case.subject_id
    rate = act.law.fraction("surcharge.rate_per_day", day, subject)
    cap = act.law.fraction("surcharge.cap", day, subject)
    days = max(0, (day - clock.outer_day).days)
    due = min(fine * rate * days, fine * cap)
    exact = Decimal(due.numerator) / Decimal(due.denominator)
    paid = sum((p.surcharge_amount for p in act.record.payments), Decimal(0))
    return exact.quantize(CENT, rounding=ROUND_HALF_UP) - paid


def receipt_is_new(act: Act, c: RecordPayment) -> Iterator[Violation]:
    """V29: a receipt number is used once in the legal subject."""
    title = Text("票据号码", "the receipt number")
    yield from needed(c, {"receipt_no": title}, "NUMBERS")
    used = act.session.scalar(
        select(Payment.id)
        .join(Case, Case.id == Payment.case_id)
        .where(Case.subject_id == act.case.subject_id, Payment.receipt_no == c.receipt_no)
        .limit(1)
    )
    if used is not None:
        yield against(
            "V29", f"票据号码{c.receipt_no}已经登记过。",
            f"Receipt number {c.receipt_no} has been recorded already.", "NUMBERS", "receipt_no",
        )  # fmt: skip
