"""Investigation: records taken by two officers, evidence, final report."""

import uuid

from sqlalchemy import func, select

from models.case import Party
from models.evidence import Evidence
from models.inquiry import InvestigationRecord
from models.note import Upload
from models.report import FinalReport
from models.service import ServiceConfirmation
from models.transfer import Transfer
from workflows.act import Act, Issue, Outcome, told
from workflows.commands.investigation import (
    AddEvidence,
    ExcludeEvidence,
    RecordInquiry,
    RecordInspection,
    SubmitFinalReport,
    SupplementInvestigation,
)
from workflows.discretion import standard_of
from workflows.rows import (
    PARTY_FIELDS,
    PARTY_MARKS,
    add_items,
    add_party,
    file_of,
    find_matter,
    set_matter,
)


def record_inspection(act: Act, c: RecordInspection) -> Outcome:
    """Put the site inspection on record (D09)."""
    row = InvestigationRecord(
        **act.stamp(),
        kind="inspection",
        started_at=c.started_at,
        ended_at=c.ended_at,
        place=c.place,
        findings=c.findings,
        person_name=c.present_person,
        person_relation=c.present_relation,
        person_details={"drawing": c.drawing} if c.drawing else {},
        answers=[],
        **_signed(act, c),
    )
    act.session.add(row)
    add_items(act, c.evidence, "inspect", c.second_handler)
    return Outcome(
        events=[
            told("case:inspection:recorded", f"现场检查：{c.place}。", f"Inspected: {c.place}.")
        ],
        documents=[Issue("D09", None, row)],
    )


def record_inquiry(act: Act, c: RecordInquiry) -> Outcome:
    """Put the questioning on record (D11), and the address for service that was given."""
    row = InvestigationRecord(
        **act.stamp(),
        kind="inquiry",
        started_at=c.started_at,
        ended_at=c.ended_at,
        place=c.place,
        findings="",
        person_name=c.person_name,
        person_relation=c.person_relation,
        person_details={
            "cert_no": c.person_cert_no,
            "duty": c.person_duty,
            "phone": c.person_phone,
            "address": c.person_address,
            "electronic_service_agreed": c.electronic_service_agreed,
            "electronic_address": c.electronic_address,
        },
        answers=[dict(a) for a in c.answers],
        **_signed(act, c),
    )
    act.session.add(row)
    add_items(act, c.evidence, "inquire", c.second_handler)
    confirmed = act.case.party is not None and _confirm_address(act, act.case.party, c)
    return Outcome(
        events=[
            told("case:inquiry:recorded", f"询问{c.person_name}。", f"Questioned {c.person_name}.")
        ],
        documents=[Issue("D11", None, row), *([Issue("D48", None, row)] if confirmed else [])],
    )


def _signed(act: Act, c: RecordInspection | RecordInquiry) -> dict[str, object]:
    return {
        "cards_shown": c.cards_shown,
        "rights_told": c.rights_told,
        "recusal_requested": c.recusal_requested,
        "party_signature": c.party_signature,
        "signature_note": c.signature_note,
        "witness_name": c.witness_name,
        "body_camera": c.body_camera,
        "officer_id": act.actor.person_id,
        "second_officer_id": act.person(c.second_handler).id,
    }


def _confirm_address(act: Act, party: Party, c: RecordInquiry) -> bool:
    """The confirmed address is a new wording of the party; the earlier one stays. Returns whether
    the party confirmed anything, which it signs (D48)."""
    values = {name: getattr(party, name) for name in (*PARTY_FIELDS, *PARTY_MARKS)}
    before = dict(values)
    if c.service_address:
        values |= {"service_address": c.service_address, "service_address_confirmed": True}
    if c.electronic_service_agreed:
        values |= {
            "electronic_service_agreed": True,
            "electronic_address": c.electronic_address,
        }
    if values != before:
        add_party(act, values, party.birth_date)
    said = bool(c.service_address or c.electronic_service_agreed)
    if said and c.party_signature == "signed":
        act.session.add(
            ServiceConfirmation(
                **act.stamp(),
                service_address=str(values["service_address"] or values["address"] or ""),
                electronic_agreed=c.electronic_service_agreed,
                electronic_address=c.electronic_address,
                consequences_told=True,
                signed_by=c.person_name,
                confirmed_at=c.ended_at,
            )
        )
    return said


def supplement_investigation(act: Act, c: SupplementInvestigation) -> Outcome:
    """Answer the review's call for more (补充调查)."""
    act.session.add(
        InvestigationRecord(
            **act.stamp(),
            kind="supplement",
            started_at=c.supplemented_at,
            ended_at=c.supplemented_at,
            place=act.case.act_place or "",
            findings=c.summary,
            person_details={},
            answers=[],
            cards_shown=True,
            rights_told=True,
            party_signature="absent",
            body_camera=False,
            officer_id=act.actor.person_id,
            second_officer_id=act.person(c.second_handler).id,
        )
    )
    add_items(act, c.evidence, "supplement", c.second_handler)
    return Outcome(
        events=[
            told(
                "case:investigation:supplemented",
                f"补充调查：{c.summary}",
                f"Supplemented: {c.summary}",
            )
        ]
    )


def submit_final_report(act: Act, c: SubmitFinalReport) -> Outcome:
    """A new round of the final report (D29); what it proposes decides the way."""
    case = act.case
    set_matter(act, c.matter, c.cause)
    case.case_value, case.illegal_gain = c.case_value, c.illegal_gain
    matter, penalty = find_matter(act, c.matter), c.proposal == "penalty"
    row = FinalReport(
        **act.stamp(),
        round=act.round(act.record.all(FinalReport)),
        proposal=c.proposal,
        matter_id=matter.id,
        discretion_standard=standard_of(act.session, matter, act.today) if penalty else None,
        cause=case.cause,
        author_id=act.actor.person_id,
        **{name: getattr(c, name) for name in REPORTED},
    )
    act.session.add(row)
    if c.proposal == "transfer":
        act.session.add(
            Transfer(
                **act.stamp(),
                kind=c.transfer_kind or "administrative",
                to_agency=c.transfer_to or "",
                reason=c.transfer_reason or "",
                proposed_by_id=act.actor.person_id,
            )
        )
    act.session.flush()
    zh, en = PROPOSALS[c.proposal]
    fine = f"，拟罚款{c.fine}元" if c.fine is not None else ""
    fine_en = f", fine {c.fine} yuan" if c.fine is not None else ""
    return Outcome(
        events=[
            told(
                "case:report:submitted",
                f"提交调查终结报告，建议{zh}{fine}。",
                f"Final report: {en}{fine_en}.",
                round=row.round,
            )
        ],
        routing={"proposal": c.proposal},
        documents=[Issue("D29", None, row)],
    )


PROPOSALS = {
    "penalty": ("给予行政处罚", "penalty proposed"),
    "no_penalty": ("不予行政处罚", "no penalty proposed"),
    "transfer": ("移送", "transfer proposed"),
    "withdraw": ("撤销立案", "withdrawal proposed"),
}
REPORTED = (
    "course", "facts", "nature", "cited_evidence", "case_value", "illegal_gain", "rate_base",
    "penalty_kinds", "fine", "confiscated_amount", "licence", "penalty_content",
    "correction_demand", "correction_deadline", "discretion_level", "discretion_factors",
    "discretion_reason", "deviation_reason", "mitigation_ground", "complex_or_major",
    "complexity_reason", "no_penalty_ground", "education", "withdrawal_ground", "withdrawal_reason",
)  # fmt: skip


def add_evidence(act: Act, c: AddEvidence) -> Outcome:
    """Add an item with the next number; its file is the one that the upload finished with."""
    count = act.session.scalar(
        select(func.count()).select_from(Evidence).where(Evidence.case_id == act.case.id)
    )
    upload = act.session.get(Upload, uuid.UUID(c.upload)) if c.upload else None
    second = act.person(c.second_handler) if c.second_handler else None
    row = Evidence(
        **act.stamp(),
        number=(count or 0) + 1,
        kind=c.kind,
        name=c.name,
        source=c.source,
        collected_at=c.collected_at,
        place=c.place,
        original=c.original,
        note=c.note,
        **file_of(upload),
        officer_id=act.actor.person_id,
        second_officer_id=second.id if second else None,
    )
    act.session.add(row)
    return Outcome(
        events=[
            told(
                "case:evidence:added",
                f"添加证据{row.number}：{c.name}。",
                f"Evidence {row.number} added: {c.name}.",
                important=False,
                sha256=row.sha256,
            )
        ],
        extra={"evidence": str(row.id)},
    )


def exclude_evidence(act: Act, c: ExcludeEvidence) -> Outcome:
    """Exclude an item: it stays on record, and is never cited."""
    row = act.session.get_one(Evidence, uuid.UUID(c.evidence))
    row.admissible, row.excluded_reason = False, c.reason
    return Outcome(
        events=[
            told(
                "case:evidence:excluded",
                f"排除证据{row.number}“{row.name}”：{c.reason}",
                f"Evidence {row.number} “{row.name}” excluded: {c.reason}",
            )
        ]
    )
