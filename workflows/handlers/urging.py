"""Urging letters: written, served, answered, re-examined (AEL 35, 36, 54)."""

from models.duration import law_day
from models.urging import Urging
from workflows import paying
from workflows.act import Act, Issue, Outcome, told
from workflows.commands.urging import AnswerUrging, IssueUrging, ReexamineUrging, ServeUrging
from workflows.ledger import Amounts, yuan
from workflows.paying import URGE
from workflows.rows import add_opinion, add_service


def issue_urging(act: Act, c: IssueUrging) -> Outcome:
    """Write the letter with what the account shows today (D53)."""
    decision = act.record.decision
    assert decision is not None
    book = paying.book(act)
    owed = book.balance if book else Amounts()
    row = Urging(
        **act.stamp(),
        decision_id=decision.id,
        number=act.numbers.take("催"),
        duty=c.duty,
        demand=c.demand or _pay(act, owed),
        fine=owed.fine,
        confiscated=owed.confiscated,
        surcharge=owed.surcharge,
        as_of=act.today,
        issued_at=act.now,
    )
    act.session.add(row)
    sum_ = f"，应缴{yuan(owed.total)}元" if c.duty == "pay" else ""
    sum_en = f", {yuan(owed.total)} yuan outstanding" if c.duty == "pay" else ""
    return Outcome(
        events=[
            told(
                "case:urging:issued",
                f"制作催告书{row.number}{sum_}。",
                f"Urging letter {row.number}{sum_en}.",
                number=row.number,
            )
        ],
        documents=[Issue("D53", row.number, row)],
    )


def _pay(act: Act, owed: Amounts) -> str:
    payee = str(act.parameter("payment.payee"))
    parts = [("罚款", owed.fine), ("没收款", owed.confiscated), ("加处罚款", owed.surcharge)]
    named = "、".join(title for title, share in parts if share)
    return f"将{named}缴至{payee}。"


def serve_urging(act: Act, c: ServeUrging) -> Outcome:
    """The letter reaches the party: ten working days run (CLK_URGE)."""
    row = _last(act)
    _, receipt = add_service(act, c, c.second_handler, kind="D53", number=row.number)
    clock = act.clocks.start(URGE, c.served_at)
    row.served_at, row.served_on = c.served_at, law_day(c.served_at)
    row.expires_on = clock.outer_day
    day = clock.outer_day.isoformat()
    return Outcome(
        events=[
            told(
                "case:urging:served",
                f"催告书已送达，履行期限至{day}。",
                f"The urging letter was served; time to perform until {day}.",
            )
        ],
        documents=[receipt],
    )


def answer_urging(act: Act, c: AnswerUrging) -> Outcome:
    """What the party did (D53a where it stated its case)."""
    row = _last(act)
    row.answer, row.answered_at = c.urging_answer, c.answered_at
    row.statement = c.statement if c.urging_answer == "stated" else None
    text = {
        "stated": ("当事人对催告提出陈述、申辩。", "The party stated its case on the letter."),
        "silent": ("催告期满，当事人没有答复。", "The party did not answer in time."),
        "performed": ("当事人已经履行。", "The party has performed."),
    }[c.urging_answer]
    if c.urging_answer == "performed":
        act.clocks.meet(URGE, c.answered_at)
    stated = c.urging_answer == "stated"
    return Outcome(
        events=[told("case:urging:answered", *text)],
        routing={"urging_answer": c.urging_answer},
        documents=[Issue("D53a", None, row)] if stated else [],
    )


def reexamine_urging(act: Act, c: ReexamineUrging) -> Outcome:
    """What the party said is re-examined (D53b); if it is right the letter no longer stands."""
    row = _last(act)
    accepted = c.accepted == "yes"
    add_opinion(act, "reexamine_urging", "accepted" if accepted else "rejected", c.reasons)
    row.accepted, row.reexamination = accepted, c.reasons
    row.reexamined_at, row.reexamined_by_id = act.now, act.actor.person_id
    if accepted:
        act.clocks.cancel(URGE)
    act.session.flush()
    zh = (
        "复核意见成立，催告不再作为强制执行的依据。"
        if accepted
        else "复核意见不成立，催告继续有效。"
    )
    en = "Right: the letter no longer stands." if accepted else "Not right: the letter stands."
    return Outcome(
        events=[told("case:urging:reexamined", zh, en)], documents=[Issue("D53b", None, row)]
    )


def _last(act: Act) -> Urging:
    row = act.record.urging
    assert row is not None
    return row
