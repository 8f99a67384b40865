"""On-the-spot penalties: the decision that opens its case, the cash, the filing."""

import uuid
from decimal import Decimal
from typing import Any

from models.case import CaseHandler
from models.decision import Decision
from models.disclosure import Disclosure
from models.duration import law_day
from models.matter import Matter
from models.payment import Payment
from models.spot import CashTaken, SpotPenalty
from models.types import DecisionType, DisclosureState, Flag, Stage
from workflows.act import Act, Issue, Outcome, told
from workflows.commands.lead import ServiceFields
from workflows.commands.spot import BankCash, FileSpotPenalty, HandInCash, PunishOnTheSpot
from workflows.discretion import standard_of
from workflows.documents.wording import moment
from workflows.guards.spot import holding_of, level_on_the_spot
from workflows.opening import open_case
from workflows.rows import add_items, add_service, case_name, find_matter, set_matter, set_party

CASH = "cash_on_site"
"""The channel of cash in the code table payment_channel."""
REASONS = {
    "lighter": "情节较轻，当场承认，按照裁量基准的从轻等次处罚。",
    "ordinary": "情节一般，当场承认，按照裁量基准的一般等次处罚。",
    "heavier": "综合违法行为的情节和危害后果，按照裁量基准的从重等次处罚。",
}
"""What the decision says of its discretion where the officers typed nothing."""


def punish_on_the_spot(act: Act, c: PunishOnTheSpot) -> Outcome:
    """Decide, number (当罚), hand over: the case begins with its decision (D44)."""
    _open(act, c)
    decision = _decision(act, c)
    act.session.add(decision)
    act.case.case_no = decision.number
    act.case.decided_at = act.now
    act.case.name = case_name(act.case)
    act.session.flush()
    _handed_over(act, c, decision)
    payment = _payment(act, c, decision)
    act.clocks.start("CLK_SIMPLE_FILE", act.now)
    act.clocks.start("CLK_RECONSIDER", act.now)
    fine, fine_en = (
        (f"，罚款{c.fine}元", f", fine {c.fine} yuan") if c.fine else ("，警告", ", warning")
    )
    return Outcome(
        events=[
            told(
                "case:spot:decided",
                f"当场作出处罚决定{decision.number}{fine}，当场交付。",
                f"Decided on the spot: {decision.number}{fine_en}; handed over.",
                number=decision.number,
            )
        ],
        routing={"payment": payment},
        documents=[Issue("D44", decision.number, decision)],
        starts=True,
        extra={"case_id": str(act.case.id), "number": decision.number},
    )


def _open(act: Act, c: PunishOnTheSpot) -> None:
    holding = holding_of(act, c.legal_subject)
    assert holding is not None
    day = law_day(c.act_started_at)
    case = open_case(
        act,
        holding,
        act.catalogue.current(act.session, c.pack),
        c.act_started_at,
        id=c.case_id or uuid.uuid4(),
        stage=Stage.DECIDED,
        party_name=c.party["name"],
        source=c.source,
        source_detail=c.source_detail or "",
        lead_content=c.facts or "",
        act_place=c.act_place,
        act_start=day,
        act_end=day,
    )
    for place, person in enumerate((act.actor.person_id, act.person(c.second_handler).id)):
        case.handlers.append(CaseHandler(person_id=person, lead=place == 0, since=act.now))
    set_party(act, c.party)
    matter = set_matter(act, c.matter, c.cause)
    assert matter is not None
    case.lead_content = _facts(act, c, matter)
    add_items(act, c.evidence, "on_the_spot", c.second_handler)


def _facts(act: Act, c: PunishOnTheSpot, matter: Matter) -> str:
    """What was found: as typed, else the matter's own sentence with time, place and party."""
    if c.facts and c.facts.strip():
        return c.facts
    pattern = str((matter.content.get("facts") or {}).get("zh") or "")
    return (
        pattern.format(time=moment(c.act_started_at), place=c.act_place, party=c.party["name"])
        or f"{moment(c.act_started_at)}，{c.party['name']}在{c.act_place}{matter.title}。"
    )


def _decision(act: Act, c: PunishOnTheSpot) -> Decision:
    matter, level = find_matter(act, c.matter), level_on_the_spot(act, c)
    adoption = (
        f"当事人陈述、申辩：{c.content}复核意见：{c.answer}" if c.statement == "made" else None
    )
    return Decision(
        **act.stamp(),
        subject_id=act.case.subject_id,
        number=act.numbers.take("当罚"),
        decision="penalty",
        decision_type=DecisionType.PENALTY,
        decided_at=act.now,
        decided_by_id=act.actor.person_id,
        on_the_spot=True,
        facts=act.case.lead_content,
        basis=[dict(entry) for entry in matter.basis],
        penalty_kinds=list(c.penalty_kinds),
        fine=c.fine if "fine" in c.penalty_kinds else None,
        correction_demand=c.correction_demand,
        discretion_level=level,
        discretion_factors=[],
        discretion_reason=c.discretion_reason or REASONS.get(level, REASONS["ordinary"]),
        discretion_standard=standard_of(act.session, matter, act.today),
        mitigation_ground=c.mitigation_ground,
        statement_adoption=adoption if c.statement == "made" else None,
    )


def _handed_over(act: Act, c: PunishOnTheSpot, decision: Decision) -> None:
    """当场交付 (APL 52): who was there, what was said; the decision itself is the receipt."""
    second = act.person(c.second_handler)
    act.session.add(
        SpotPenalty(
            **act.stamp(),
            decision_id=decision.id,
            seen_at=c.act_started_at,
            officer_id=act.actor.person_id,
            second_officer_id=second.id,
            cards_shown=c.cards_shown,
            rights_told=c.rights_told,
            statement=c.statement,
            content=c.content if c.statement == "made" else None,
            answer=c.answer if c.statement == "made" else None,
            party_signature=c.party_signature,
            signature_note=c.signature_note,
            witness_name=c.witness_name,
            body_camera=c.body_camera,
            payment=c.pay_by if decision.fine else "none",
        )
    )
    signed = c.party_signature == "signed"
    served = ServiceFields(
        service_method="direct" if signed else "leaving",
        served_at=act.now,
        service_place=c.act_place,
        receiver_name=c.party["name"],
        refusal_reason=None if signed else c.signature_note,
        witness_name=c.witness_name,
    )
    add_service(act, served, c.second_handler, kind="D44", number=decision.number)
    act.case.flag(Flag.SERVED)


def _payment(act: Act, c: PunishOnTheSpot, decision: Decision) -> str:
    """The way of the money: cash now, at the bank within the time to pay, or none."""
    if not decision.fine:
        return "none"
    if c.pay_by != "cash":
        act.clocks.start("CLK_PAY", act.now)
        return "due"
    _take_cash(act, c, decision, decision.fine)
    return "cash"


def _take_cash(act: Act, c: PunishOnTheSpot, decision: Decision, fine: Decimal) -> None:
    """Cash against a receipt of the treasury (APL 68-70); CLK_CASH starts."""
    stamp: dict[str, Any] = act.stamp()
    act.session.add(
        Payment(
            **stamp,
            decision_id=decision.id,
            amount=fine,
            surcharge_amount=Decimal(0),
            paid_at=act.now,
            channel=CASH,
            receipt_no=str(c.receipt_no),
            payer_name=c.party["name"],
            receipt_sha256=None,
            cashier_id=act.actor.person_id,
        )
    )
    act.session.flush()
    act.session.add(
        CashTaken(
            **act.stamp(),
            payment_id=stamp["id"],
            amount=fine,
            taken_at=act.now,
            taken_by_id=act.actor.person_id,
            ground=c.cash_ground or "small",
            ground_note=c.cash_note,
            receipt_no=str(c.receipt_no),
        )
    )
    act.case.flag(Flag.PAID)
    act.clocks.start("CLK_CASH", act.now)


def hand_in_cash(act: Act, c: HandInCash) -> Outcome:
    """The officers hand the cash in; the agency's own two days start (APL 71)."""
    row = act.record.last(CashTaken)
    assert row is not None
    row.handed_in_at, row.received_by = c.handed_in_at, c.received_by
    act.clocks.meet("CLK_CASH", c.handed_in_at)
    act.clocks.start("CLK_CASH_BANK", c.handed_in_at)
    return Outcome(
        events=[
            told(
                "case:cash:handed_in",
                f"当场收缴的罚款{row.amount}元已交{c.received_by}。",
                f"{row.amount} yuan of cash handed in to {c.received_by}.",
            )
        ]
    )


def bank_cash(act: Act, c: BankCash) -> Outcome:
    """The agency pays the cash in at the bank."""
    row = act.record.last(CashTaken)
    assert row is not None
    row.banked_at, row.bank_receipt_no = c.banked_at, c.bank_receipt_no
    row.banked_by_id = act.actor.person_id
    act.clocks.meet("CLK_CASH_BANK", c.banked_at)
    return Outcome(
        events=[
            told(
                "case:cash:banked",
                f"罚款{row.amount}元已缴付指定银行，回单{c.bank_receipt_no}。",
                f"{row.amount} yuan paid in at the bank, receipt {c.bank_receipt_no}.",
            )
        ]
    )


def file_spot_penalty(act: Act, c: FileSpotPenalty) -> Outcome:
    """The decision and its material are with the agency (备案)."""
    row = act.record.last(SpotPenalty)
    assert row is not None
    row.filed_at, row.filed_by_id = c.filed_at, act.actor.person_id
    row.filing_note = c.filing_note
    act.clocks.meet("CLK_SIMPLE_FILE", c.filed_at)
    return Outcome(
        events=[told("case:spot:filed", "当场处罚材料已备案。", "Material filed with the agency.")]
    )


def withhold_spot_penalty(act: Act) -> None:
    """A slight penalty is not displayed: the rule decides, and the record keeps its ground."""
    decision = act.record.decision
    assert decision is not None
    act.session.add(
        Disclosure(
            **act.stamp(),
            decision_id=decision.id,
            state=DisclosureState.WITHHELD,
            disclose="withhold",
            withhold_ground="slight",
            withhold_reason="简易程序作出的轻微处罚，依照规定不公示。",
            secrecy_checked=True,
            privacy_checked=True,
            prepared_by_id=decision.decided_by_id,
        )
    )
