"""Refunds: worked out, approved, paid out (APL 75)."""

from models.duration import law_day
from models.refund import Refund
from workflows import accounts
from workflows.act import Act, Issue, Outcome, told
from workflows.commands.refund import ApproveRefund, PayRefund, ProposeRefund, RequestRefund
from workflows.ledger import yuan
from workflows.rows import add_opinion


def request_refund(act: Act, c: RequestRefund) -> Outcome:
    """A refund is opened by hand."""
    return Outcome(events=[told("case:refund:requested", "启动退款。", "A refund is opened.")])


def propose_refund(act: Act, c: ProposeRefund) -> Outcome:
    """The amount and to whom it goes."""
    decision = accounts.in_question(act.record)
    assert decision is not None
    act.session.add(
        Refund(
            **act.stamp(),
            decision_id=decision.id,
            round=act.round(act.record.all(Refund)),
            ground=c.ground,
            reason=c.reason,
            amount=c.amount,
            payee_name=c.payee_name,
            payee_account=c.payee_account,
            proposed_by_id=act.actor.person_id,
        )
    )
    words = (f"核算退款{yuan(c.amount)}元。", f"Refund of {yuan(c.amount)} yuan proposed.")
    return Outcome(events=[told("case:refund:proposed", *words)])


def approve_refund(act: Act, c: ApproveRefund) -> Outcome:
    """The leader approves (D43b) or returns it to be worked out anew."""
    add_opinion(act, "approve_refund", c.outcome, c.opinion)
    row = _last(act)
    row.granted, row.decided_at = c.outcome == "agree", act.now
    row.decided_by_id = act.actor.person_id
    if not row.granted:
        text = (f"退回退款核算：{c.opinion}", f"The refund is returned: {c.opinion}")
        return Outcome(events=[told("case:refund:returned", *text)], routing={"outcome": "return"})
    row.number = act.numbers.take("退")
    act.session.flush()
    return Outcome(
        events=[
            told(
                "case:refund:approved",
                f"批准退款{yuan(row.amount)}元。",
                f"Refund of {yuan(row.amount)} yuan approved.",
                number=row.number,
            )
        ],
        routing={"outcome": "agree"},
        documents=[Issue("D43b", row.number, row)],
    )


def pay_refund(act: Act, c: PayRefund) -> Outcome:
    """The money went back: the account shows it."""
    row = _last(act)
    row.paid_at, row.paid_on = c.paid_at, law_day(c.paid_at)
    row.receipt_no, row.cashier_id = c.receipt_no, act.actor.person_id
    return Outcome(
        events=[
            told(
                "case:refund:paid",
                f"退款{yuan(row.amount)}元已付{row.payee_name}，凭证号{c.receipt_no}。",
                f"{yuan(row.amount)} yuan paid back to {row.payee_name}, receipt {c.receipt_no}.",
                receipt_no=c.receipt_no,
            )
        ]
    )


def _last(act: Act) -> Refund:
    row = act.record.last(Refund)
    assert row is not None
    return row
