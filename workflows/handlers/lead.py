"""Leads: register, verify, order to correct, re-check."""

import uuid

from sqlalchemy import select

from models.case import Case
from models.clock_rules import CLOCK_RULES
from models.correction import CorrectionOrder, Recheck
from models.duration import Period
from models.exemption import ExemptionCheck
from models.matter import Matter
from models.subject import LegalSubject
from models.transfer import Transfer
from models.types import Flag, Role, Stage
from models.verification import Verification
from workflows import exempting
from workflows.act import Act, Issue, Outcome, told
from workflows.actors import Holding
from workflows.commands.lead import (
    ExtendVerification,
    OrderCorrection,
    RecordRecheck,
    RecordVerification,
    RegisterLead,
)
from workflows.monitoring import find_recording
from workflows.rows import add_items, add_service, case_name, rechecked, set_matter, set_party

PENDING_PARTY = "待核实当事人"


def register_lead(act: Act, c: RegisterLead) -> Outcome:
    """Open the case, start the process and CLK_VERIFY, register the lead's number (线)."""
    pack = act.catalogue.current(act.session, c.pack)
    holding = _holding(act, c)
    act.pack = pack
    act.case = Case(
        id=c.case_id or uuid.uuid4(),
        subject_id=holding.subject_id,
        unit_id=holding.unit_id,
        pack_version_id=pack.version_id,
        procedure=pack.manifest.procedure,
        stage=Stage.LEAD,
        flags=[],
        rev=0,
        name="",
        party_name=PENDING_PARTY,
        source=c.source,
        source_detail=c.source_detail or "",
        clue_at=c.received_at,
        lead_content=c.content,
        act_place=c.act_place,
        opened_at=act.now,
        chain_length=0,
        chain_hash=b"\0" * 32,
        grams=[],
        parties=[],
        handlers=[],
    )
    act.session.add(act.case)
    act.session.flush()
    act.case.lead_no = act.numbers.take("线")
    set_party(act, c.party)
    set_matter(act, c.matter)
    add_items(act, c.evidence, "start_lead", c.second_handler)
    led_by(act, c.recordings)
    act.case.name = case_name(act.case)
    act.clocks.start("CLK_VERIFY", c.received_at)
    text = (f"登记线索：{c.act_place}。", f"Lead registered: {c.act_place}.")
    return Outcome(
        events=[told("case:lead:registered", *text, lead_no=act.case.lead_no)],
        documents=[Issue("D01", act.case.lead_no)],
        starts=True,
        extra={"case_id": str(act.case.id)},
    )


def led_by(act: Act, numbers: list[str]) -> None:
    """Recordings of devices from which the lead comes; not evidence, until they are made so."""
    for number in numbers:
        recording = find_recording(act.session, number)
        assert recording is not None
        recording.case_id = act.case.id


def _holding(act: Act, c: RegisterLead) -> Holding:
    """The holding under which the lead is taken: the subject that was named, else the first."""
    fitting = [h for h in act.actor.holdings if h.role == Role.HANDLER]
    if c.legal_subject:
        subject = act.session.scalar(
            select(LegalSubject).where(LegalSubject.key == c.legal_subject)
        )
        fitting = [h for h in fitting if subject and h.subject_id == subject.id]
    act.grant = fitting[0]
    return fitting[0]


def record_verification(act: Act, c: RecordVerification) -> Outcome:
    """Record the check; a conclusion other than an order meets no clock yet: filing does."""
    row = Verification(
        **act.stamp(),
        officer_id=act.actor.person_id,
        second_officer_id=act.person(c.second_handler).id,
        verified_at=c.verified_at,
        findings=c.findings,
        conclusion=c.conclusion,
    )
    act.session.add(row)
    set_party(act, c.party)
    set_matter(act, c.matter)
    act.case.name = case_name(act.case)
    add_items(act, c.evidence, "verify_lead", c.second_handler)
    if c.conclusion == "transfer":
        _propose_transfer(act, c.transfer_kind, c.transfer_to, c.transfer_reason)
    promise = _check_exemption(act, c) if c.conclusion == "exempt" else False
    zh, en = CONCLUSIONS[c.conclusion]
    return Outcome(
        events=[told("case:lead:verified", f"核查线索，结论：{zh}。", f"Lead verified: {en}.")],
        routing={
            "conclusion": "promise" if promise else c.conclusion,
            "filed": "no",
        },
        documents=[] if c.conclusion == "order_correction" else [Issue("D03", None, row)],
    )


def _check_exemption(act: Act, c: RecordVerification) -> bool:
    """Keep what the exemption rests on; whether its line of the list wants a promise."""
    matter = act.session.get(Matter, act.case.matter_id)
    assert matter is not None
    item = exempting.list_item(act.session, act.case, matter.key, str(c.exemption_ground))
    assert item is not None
    act.session.add(
        ExemptionCheck(
            **act.stamp(),
            ground=str(c.exemption_ground),
            item_id=item.id,
            harm=str(c.harm),
            corrected_on_spot=c.corrected_on_spot,
            violated_on=exempting.act_day(act.case),
            looked_back_to=exempting.look_back_to(act.law, act.case),
        )
    )
    return item.commitment


CONCLUSIONS = {
    "file": ("提出立案", "propose filing"),
    "not_file": ("提出不予立案", "propose not to file"),
    "transfer": ("移送其他机关", "transfer"),
    "order_correction": ("先责令改正", "order to correct first"),
    "exempt": ("适用免罚", "no penalty"),
}


def _propose_transfer(act: Act, kind: str | None, to: str | None, reason: str | None) -> None:
    act.session.add(
        Transfer(
            **act.stamp(),
            kind=kind or "administrative",
            to_agency=to or "",
            reason=reason or "",
            proposed_by_id=act.actor.person_id,
        )
    )


def order_correction(act: Act, c: OrderCorrection) -> Outcome:
    """Order the correction and serve it; CLK_CORRECT runs to the stated moment."""
    set_matter(act, c.matter)
    row = CorrectionOrder(
        **act.stamp(),
        facts=c.facts,
        demand=c.demand,
        ordered_at=c.served_at,
        deadline=c.deadline,
        recheck_on=c.recheck_on,
        officer_id=act.actor.person_id,
        second_officer_id=act.person(c.second_handler).id,
    )
    act.session.add(row)
    number = act.numbers.take("责改")
    _, receipt = add_service(act, c, c.second_handler, kind="D07", number=number)
    act.clocks.start("CLK_CORRECT", c.served_at, until=c.deadline)
    return Outcome(
        events=[
            told(
                "case:correction:ordered",
                f"责令改正：{c.demand}",
                f"Ordered to correct: {c.demand}",
                number=number,
            )
        ],
        documents=[Issue("D07", number, row), receipt],
    )


def record_recheck(act: Act, c: RecordRecheck) -> Outcome:
    """Record whether the order was obeyed."""
    order = act.record.orders[-1]
    row = Recheck(**rechecked(act, c), order_id=order.id)
    act.session.add(row)
    add_items(act, c.evidence, "recheck", c.second_handler)
    act.clocks.meet("CLK_CORRECT", c.rechecked_at)
    if c.result == "corrected":
        act.case.flag(Flag.CORRECTED)
    zh = {"corrected": "已改正", "partly_corrected": "部分改正"}.get(c.result, "未改正")
    en = c.result.replace("_", " ")
    return Outcome(
        events=[told("case:correction:rechecked", f"复查：{zh}。", f"Re-check: {en}.")],
        documents=[Issue("D08", None, row)],
    )


def extend_verification(act: Act, c: ExtendVerification) -> Outcome:
    """Extend the check of the lead once (MSA 18)."""
    rule = CLOCK_RULES["CLK_VERIFY"].extension
    assert rule is not None
    entry = act.law.entry(rule.parameter, act.today, act.case.subject_id)
    period: Period = rule.period(int(entry.value), entry.unit)
    row = act.clocks.extend("CLK_VERIFY", period)
    return Outcome(
        events=[
            told(
                "clock:verify:extended",
                f"批准延长核查期限至{row.last_day.isoformat()}：{c.reason}",
                f"Verification extended to {row.last_day.isoformat()}: {c.reason}",
            )
        ]
    )
