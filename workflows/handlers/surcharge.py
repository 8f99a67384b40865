"""Surcharge: decided with the account's sums, and served."""

from models.surcharge import SurchargeDecision
from workflows import ledger, paying
from workflows.act import Act, Issue, Outcome, told
from workflows.commands.surcharge import (
    ApproveSurcharge,
    ProposeSurcharge,
    ServeSurcharge,
)
from workflows.ledger import Kind, Ledger, yuan
from workflows.rows import add_opinion, add_service


def propose_surcharge(act: Act, c: ProposeSurcharge) -> Outcome:
    """Put the sums of today on record: base, rate, first day, so far, cap."""
    decision, book = act.record.decision, paying.book(act)
    assert decision is not None
    assert book is not None
    row = SurchargeDecision(
        **act.stamp(),
        decision_id=decision.id,
        fine=decision.fine or ledger.ZERO,
        rate=ledger.percent(book.account.terms.rate),
        reason=c.reason,
        proposed_by_id=act.actor.person_id,
        **_sums(act, book),
    )
    act.session.add(row)
    so_far = yuan(row.amount)
    return Outcome(
        events=[
            told(
                "case:surcharge:proposed",
                f"提出加处罚款，至今日{so_far}元，上限{yuan(row.ceiling)}元。",
                f"Surcharge proposed: {so_far} yuan so far, at most {yuan(row.ceiling)}.",
            )
        ]
    )


def _sums(act: Act, book: Ledger) -> dict[str, object]:
    lines = [entry for entry in book.entries if entry.kind is Kind.SURCHARGED]
    return {
        "overdue": lines[-1].base,
        "ceiling": book.ceiling,
        "runs_from": lines[0].day,
        "as_of": act.today,
        "amount": book.accrued,
    }


def approve_surcharge(act: Act, c: ApproveSurcharge) -> Outcome:
    """The decision (D52) with the sums of its own day, or a refusal."""
    add_opinion(act, "approve_surcharge", c.outcome, c.opinion)
    row = act.record.last(SurchargeDecision)
    assert row is not None
    row.granted, row.decided_at = c.outcome == "approve", act.now
    row.decided_by_id = act.actor.person_id
    if not row.granted:
        text = (f"不批准加处罚款：{c.opinion}", f"Surcharge refused: {c.opinion}")
        return Outcome(
            events=[told("case:surcharge:refused", *text)], routing={"outcome": "refuse"}
        )
    book = paying.book(act)
    assert book is not None
    for name, value in _sums(act, book).items():
        setattr(row, name, value)
    row.number = act.numbers.take("加")
    act.session.flush()
    return Outcome(
        events=[
            told(
                "case:surcharge:decided",
                f"作出加处罚款决定{row.number}，至今日{yuan(row.amount)}元。",
                f"Surcharge decision {row.number}: {yuan(row.amount)} yuan so far.",
                number=row.number,
            )
        ],
        routing={"outcome": "approve"},
        documents=[Issue("D52", row.number, row)],
    )


def serve_surcharge(act: Act, c: ServeSurcharge) -> Outcome:
    """The decision on the surcharge reaches the party."""
    row = act.record.last(SurchargeDecision)
    assert row is not None
    _, receipt = add_service(act, c, c.second_handler, kind="D52", number=str(row.number))
    text = ("加处罚款决定书已送达。", "The surcharge decision was served.")
    return Outcome(events=[told("case:surcharge:served", *text)], documents=[receipt])
