"""Deferral and instalments: applied for, supported, granted or refused, served, not kept."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from models.instalment import InstalmentPlan
from workflows import paying
from workflows.act import Act, Issue, Outcome, told
from workflows.commands.instalment import (
    ApproveInstalment,
    DeclareDefault,
    NotifyDefault,
    RequestInstalment,
    ReviewInstalment,
    ServeInstalment,
)
from workflows.documents.wording import percent
from workflows.guards.instalment import day_of
from workflows.ledger import CENT, yuan
from workflows.rows import add_items, add_opinion, add_service

CLAUSES = {
    "whole": "任何一期未按期足额缴纳的，余款自该期届满次日起全部到期，并自该日起每日按余款数额的"
    "{rate}加处罚款，加处罚款的数额不超过罚款的数额；本机关可以依法申请强制执行。",
    "missed": "任何一期未按期足额缴纳的，自该期届满次日起，就该期未缴部分每日按其数额的"
    "{rate}加处罚款，加处罚款的数额不超过罚款的数额。",
}
"""The clause on default, as the approval prints it."""


def request_instalment(act: Act, c: RequestInstalment) -> Outcome:
    """The party's written application goes on record (D51)."""
    decision = act.record.decision
    assert decision is not None
    row = InstalmentPlan(
        **act.stamp(),
        decision_id=decision.id,
        round=act.round(act.record.all(InstalmentPlan)),
        kind=c.kind,
        applied_on=c.applied_on,
        reason=c.reason,
        asked=_plain(c.parts),
        clause=str(act.parameter("instalment.clause")),
        requested_by_id=act.actor.person_id,
    )
    act.session.add(row)
    add_items(act, c.evidence, "instalment", None)
    name, name_en = NAMES[c.kind]
    return Outcome(
        events=[
            told(
                "case:instalment:requested",
                f"当事人申请{name}缴纳：{_words(row.asked)}。",
                f"The party asks for {name_en}: {_words_en(row.asked)}.",
            )
        ],
        documents=[Issue("D51", None, row)],
    )


NAMES = {"deferral": ("延期", "a deferral"), "instalments": ("分期", "instalments")}


def review_instalment(act: Act, c: ReviewInstalment) -> Outcome:
    """The unit head's word; returned, the application is over and nothing changes."""
    add_opinion(act, "review_instalment", c.outcome, c.opinion)
    if c.outcome == "agree":
        events = [
            told("case:instalment:reviewed", "同意缴纳申请。", "The application is supported.")
        ]
        return Outcome(events=events, routing={"outcome": "agree"})
    row = _waiting(act)
    row.granted, row.decided_at, row.decided_by_id = False, act.now, act.actor.person_id
    text = (f"退回缴纳申请：{c.opinion}", f"The application is returned: {c.opinion}")
    return Outcome(events=[told("case:instalment:returned", *text)], routing={"outcome": "return"})


def approve_instalment(act: Act, c: ApproveInstalment) -> Outcome:
    """The leader grants the plan (D51a, D51b) or refuses it (D51a, D51c)."""
    add_opinion(act, "approve_instalment", c.outcome, c.opinion)
    row = _waiting(act)
    row.decided_at, row.decided_by_id = act.now, act.actor.person_id
    row.number = act.numbers.take("分缴")
    row.granted = c.outcome == "approve"
    documents = [
        Issue("D51a", None, row),
        Issue("D51b" if row.granted else "D51c", row.number, row),
    ]
    if not row.granted:
        text = (f"不予批准延期、分期缴纳：{c.opinion}", f"The plan is refused: {c.opinion}")
        return Outcome(events=[told("case:instalment:refused", *text)], documents=documents)
    row.parts = _plain(c.parts) if c.parts else list(row.asked)
    row.clause = c.clause or row.clause
    rate = act.law.fraction("surcharge.rate_per_day", act.today, act.case.subject_id)
    row.clause_text = CLAUSES[row.clause].format(rate=percent(rate))
    row.start_on = act.today
    act.session.flush()
    book = paying.book(act)
    assert book is not None
    paying.follow_plan(act, book, act.now)
    return Outcome(
        events=[
            told(
                "case:instalment:granted",
                f"批准{NAMES[row.kind][0]}缴纳：{_words(row.parts)}。",
                f"{NAMES[row.kind][1].capitalize()} granted: {_words_en(row.parts)}.",
                number=row.number,
            )
        ],
        documents=documents,
    )


def serve_instalment(act: Act, c: ServeInstalment) -> Outcome:
    """The answer reaches the party."""
    row = act.record.last(InstalmentPlan)
    assert row is not None
    kind = "D51b" if row.granted else "D51c"
    _, receipt = add_service(act, c, c.second_handler, kind=kind, number=str(row.number))
    text = ("缴纳申请的答复已送达。", "The answer was served.")
    return Outcome(events=[told("case:instalment:served", *text)], documents=[receipt])


def declare_default(act: Act, c: DeclareDefault) -> Outcome:
    """Said by hand; the surcharge begins where it has not."""
    events, _opens = paying.run_out(act)
    words = told("case:instalment:declared", "认定分期（延期）违约。", "The default is declared.")
    return Outcome(events=[words, *events])


def notify_default(act: Act, c: NotifyDefault) -> Outcome:
    """The party is told what is due now (D51d), and served."""
    row, book = paying.plan_in_force(act), paying.book(act)
    assert row is not None
    assert book is not None
    row.defaulted_on = book.defaulted_on
    row.default_number = act.numbers.take("缴告")
    row.default_rest = str(book.balance.fine)
    act.session.flush()
    number = row.default_number
    _, receipt = add_service(act, c, c.second_handler, kind="D51d", number=number)
    rest = yuan(book.balance.fine)
    return Outcome(
        events=[
            told(
                "case:instalment:default_told",
                f"书面告知当事人违约，余款{rest}元到期。",
                f"The party was told in writing: {rest} yuan are due.",
                number=number,
            )
        ],
        documents=[Issue("D51d", number, row), receipt],
    )


def _plain(parts: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "day": day_of(part).isoformat(),
            "amount": str(Decimal(part["amount"]).quantize(CENT)),
        }
        for part in parts
    ]


def _words(parts: Sequence[Mapping[str, Any]]) -> str:
    return "、".join(f"{part['day']}前{yuan(Decimal(part['amount']))}元" for part in parts)


def _words_en(parts: Sequence[Mapping[str, Any]]) -> str:
    return ", ".join(f"{yuan(Decimal(part['amount']))} by {part['day']}" for part in parts)


def _waiting(act: Act) -> InstalmentPlan:
    row = act.record.last(InstalmentPlan)
    assert row is not None
    return row
