"""Quick handling: the consent, and the one record that questions, notifies and takes the waiver."""

from typing import Any

from models.inquiry import InvestigationRecord
from models.notice import Notice, Statement
from models.quick import QuickConsent
from models.report import FinalReport, terms_of
from models.types import Flag
from workflows.act import Act, Issue, Outcome, told
from workflows.commands.lead import ServiceFields
from workflows.commands.quick import ConsentToQuickHandling, RecordQuickly
from workflows.discretion import standard_of
from workflows.quickly import leave
from workflows.rows import add_items, add_service

ASKED = "经当事人书面同意适用快速办理，由两名执法人员当面询问、告知，制作综合笔录。"
TERMS_TYPED = (
    "penalty_kinds", "fine", "confiscated_amount", "licence", "penalty_content",
    "correction_demand", "correction_deadline", "discretion_level", "discretion_factors",
    "discretion_reason", "mitigation_ground",
)  # fmt: skip


def consent_to_quick_handling(act: Act, c: ConsentToQuickHandling) -> Outcome:
    """With a signed consent the case is on the quick way; without it, on the ordinary one."""
    row = QuickConsent(
        **act.stamp(),
        asked_at=c.asked_at,
        officer_id=act.actor.person_id,
        second_officer_id=act.person(c.second_handler).id,
        person_name=c.person_name,
        admitted=c.admitted,
        objected=c.objected,
        agreed=c.agreed,
        signed=c.signed,
        refusal=None if c.agreed else c.refusal,
    )
    act.session.add(row)
    if not c.agreed:
        act.case.unflag(Flag.FAST_TRACK)
        text = (f"不适用快速办理：{c.refusal}", f"Not handled quickly: {c.refusal}")
        return Outcome(events=[told("case:quick:refused", *text)])
    act.case.flag(Flag.FAST_TRACK)
    return Outcome(
        events=[
            told(
                "case:quick:agreed",
                f"{c.person_name}承认违法事实，书面同意快速办理。",
                f"{c.person_name} admits the act and agrees in writing to quick handling.",
            )
        ],
        documents=[Issue("D69", None, row)],
    )


def record_quickly(act: Act, c: RecordQuickly) -> Outcome:
    """Questions, notice and waiver in one record (D70); an objection leads to the ordinary way."""
    inquiry = _inquiry(act, c)
    act.session.add(inquiry)
    add_items(act, c.evidence, "quick_record", c.second_handler)
    if c.statement != "waived":
        leave(act, c.objection or "")
        return Outcome(
            events=[
                told(
                    "case:quick:objected",
                    f"当事人有异议或者不宜快速办理，转普通程序：{c.objection}",
                    f"Objection, back to the ordinary procedure: {c.objection}",
                )
            ],
            routing={"fast_track": "no", "proposal": "penalty"},
            documents=[Issue("D11", None, inquiry)],
        )
    report = _report(act, c)
    act.session.add(report)
    act.session.flush()
    notice = _notified(act, c, report)
    return Outcome(
        events=[
            told(
                "case:quick:recorded",
                f"询问、告知（{notice.number}）并由当事人书面放弃陈述申辩，拟{_words(c)}。",
                f"Questioned, notified ({notice.number}); the party waived its statement in "
                "writing.",
                number=notice.number,
            )
        ],
        routing={"fast_track": "yes", "proposal": "penalty"},
        documents=[Issue("D70", notice.number, inquiry), Issue("D29", None, report)],
    )


def _words(c: RecordQuickly) -> str:
    return f"罚款{c.fine}元" if c.fine is not None else "给予处罚"


def _inquiry(act: Act, c: RecordQuickly) -> InvestigationRecord:
    return InvestigationRecord(
        **act.stamp(),
        kind="inquiry",
        started_at=c.started_at,
        ended_at=c.ended_at,
        place=c.place,
        findings="",
        person_name=c.person_name,
        person_relation=c.person_relation,
        person_details={"cert_no": c.person_cert_no, "phone": c.person_phone},
        answers=[dict(a) for a in c.answers],
        cards_shown=c.cards_shown,
        rights_told=c.rights_told,
        recusal_requested=c.recusal_requested,
        party_signature=c.party_signature,
        signature_note=c.signature_note,
        witness_name=c.witness_name,
        body_camera=c.body_camera,
        officer_id=act.actor.person_id,
        second_officer_id=act.person(c.second_handler).id,
    )


def _report(act: Act, c: RecordQuickly) -> FinalReport:
    """What the review and the decision rest on; nobody types it a second time."""
    terms: dict[str, Any] = {name: getattr(c, name) for name in TERMS_TYPED}
    matter = act.record.matter
    return FinalReport(
        **act.stamp(),
        discretion_standard=standard_of(act.session, matter, act.today) if matter else None,
        round=act.round(act.record.all(FinalReport)),
        proposal="penalty",
        matter_id=act.case.matter_id,
        cause=act.case.cause,
        course=ASKED,
        facts=c.facts,
        nature=c.nature,
        cited_evidence=[],
        complex_or_major=False,
        author_id=act.actor.person_id,
        **terms,
    )


def _notified(act: Act, c: RecordQuickly, report: FinalReport) -> Notice:
    """The notice is served with the record and waived in it (APL 44, 62)."""
    notice = Notice(
        **act.stamp(),
        round=act.round(act.record.all(Notice)),
        report_id=report.id,
        number=act.numbers.take("告"),
        facts=report.facts,
        served_at=c.ended_at,
        waived_at=c.ended_at,
        **terms_of(report),
    )
    act.session.add(notice)
    act.session.flush()
    act.session.add(
        Statement(
            **act.stamp(),
            notice_id=notice.id,
            statement="waived",
            stated_at=c.ended_at,
            stated_by=c.person_name,
            waiver_signed=True,
        )
    )
    served = ServiceFields(
        service_method="direct",
        served_at=c.ended_at,
        service_place=c.place,
        receiver_name=c.person_name,
    )
    add_service(act, served, c.second_handler, kind="D70", number=notice.number)
    act.clocks.start("CLK_STATE", c.ended_at)
    act.clocks.meet("CLK_STATE", c.ended_at)
    act.case.flag(Flag.WAIVED)
    return notice
