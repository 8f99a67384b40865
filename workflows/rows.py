"""Rows that several handlers add alike: opinions, parties, proofs of service, cited evidence."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from models.case import Case, Party
from models.duration import law_day
from models.evidence import Evidence
from models.exemption import FirstViolation
from models.hearing import HearingWaiver
from models.identifiers import CertificateType, birth_date, receipt_number
from models.matter import Matter
from models.note import Upload
from models.review import Opinion
from models.service import Method, ProofOfService
from workflows import pipelining
from workflows.act import Act, Issue
from workflows.commands.enforcement import RecordOrderRecheck
from workflows.commands.lead import RecordRecheck, ServiceFields
from workflows.commands.leaders import LeadersCommand
from workflows.exempting import act_day, identity_of

NATURAL = "natural_person"
RESIDENT_ID = CertificateType.RESIDENT_ID
PROOF_NAME = 40
"""So many characters of the name of a proof stand on the row of the service."""
PARTY_FIELDS = (
    "party_type", "name", "uscc", "uscc_missing_reason", "cert_type", "cert_no",
    "representative_name", "representative_cert_type", "representative_cert_no",
    "representative_duty", "phone", "address", "contact_address", "service_address",
    "electronic_address",
)  # fmt: skip
PARTY_MARKS = ("service_address_confirmed", "electronic_service_agreed")


def add_opinion(act: Act, element: str, outcome: str, text: str | None) -> Opinion:
    """What a head or leader said at this step."""
    row = Opinion(
        **act.stamp(),
        element=element,
        round=act.task.round if act.task else 1,
        outcome=outcome,
        text=text or "",
        role=str(act.grant.role) if act.grant else "",
        person_id=act.actor.person_id,
        acting_for_id=act.acting_for,
    )
    pipelining.append(act.session, row)
    return row


def rechecked(act: Act, c: RecordRecheck | RecordOrderRecheck) -> dict[str, Any]:
    """What two officers found at a re-check, whichever order it was about."""
    return {
        **act.stamp(),
        "rechecked_at": c.rechecked_at,
        "result": c.result,
        "findings": c.findings,
        "party_signature": c.party_signature,
        "signature_note": c.signature_note,
        "witness_name": c.witness_name,
        "body_camera": c.body_camera,
        "officer_id": act.actor.person_id,
        "second_officer_id": act.person(c.second_handler).id,
    }


def meeting_of(act: Act, c: LeadersCommand) -> dict[str, Any]:
    """What the leaders discussed together, as its document shows it: names and posts of then."""
    share = act.law.fraction("discussion.quorum", act.today, act.case.subject_id)
    return {
        "held_at": c.held_at.isoformat(),
        "place": c.place,
        "chair": act.person(c.chair).name,
        "recorder": act.actor.name,
        "quorum": str(share),
        "conclusion": c.conclusion,
        "members": [_sat(act, member) for member in c.members],
    }


def _sat(act: Act, member: Mapping[str, Any]) -> dict[str, Any]:
    person = act.person(str(member["person"]))
    names = ("attended", "absent_reason", "spoke_order", "view", "vote", "dissent")
    kept = {name: member.get(name) for name in names}
    return {"name": person.name, "post": person.post, **kept}


def set_party(act: Act, party: Mapping[str, Any] | None) -> None:
    """Record the party as now known; an unchanged wording adds nothing."""
    if not party or not party.get("name"):
        return
    values: dict[str, Any] = {name: party.get(name) or None for name in PARTY_FIELDS}
    values |= {name: bool(party.get(name)) for name in PARTY_MARKS}
    current = act.case.party
    if current and all(getattr(current, name) == value for name, value in values.items()):
        return
    natural = values["party_type"] == NATURAL
    if not natural and not values["uscc"]:
        values["uscc_missing_reason"] = values["uscc_missing_reason"] or "待核实"
    add_party(act, values, _born(values) if natural else None)


def _born(values: Mapping[str, Any]) -> date | None:
    """The birth date that a resident identity number carries."""
    number = values["cert_no"]
    return birth_date(number) if number and values["cert_type"] in (None, RESIDENT_ID) else None


def add_party(act: Act, values: Mapping[str, Any], born: date | None) -> None:
    """A new wording of the party; the last one counts."""
    row = Party(**act.stamp(), **values, birth_date=born)
    act.case.parties.append(row)
    act.case.party_name = row.name


def case_name(case: Case) -> str:
    """案件名称: party + 涉嫌 + cause + 案; 涉嫌 goes when the case is decided."""
    suspected = "" if case.decided_at else "涉嫌"
    return f"{case.party_name}{suspected}{case.cause or '违法行为'}案"


def set_matter(act: Act, key: str | None, cause: str | None = None) -> Matter | None:
    """Bind the case to a matter of the legal subject's list."""
    if not key:
        return None
    matter = find_matter(act, key)
    act.case.matter_id = matter.id
    act.case.matter_title = matter.title
    act.case.cause = _cause_text(matter, cause) or act.case.cause or matter.title
    return matter


def _cause_text(matter: Matter, cause: str | None) -> str | None:
    """The words of a cause of the matter's list (案由)."""
    known = {c["value"]: str(c["zh"]) for c in matter.content.get("causes", [])}
    return known.get(cause, cause) if cause else None


def find_matter(act: Act, key: str) -> Matter:
    """The wording of a matter in force on the day of the act (行为时法), else today's; guards have
    made sure that there is one."""
    case = act.case
    day = case.act_end or case.act_start or law_day(case.clue_at)
    rows = act.session.scalars(
        select(Matter).where(Matter.key == key).order_by(Matter.effective_from.desc())
    ).all()
    then = (m for m in rows if m.in_force_on(day))
    return next(then, None) or next((m for m in rows if m.in_force_on(act.today)), rows[0])


def add_first_violation(act: Act, ground: str, number: str) -> None:
    """An entry of the register of spared violations (首违登记); without identity there is none."""
    case = act.case
    identity = identity_of(case.party)
    matter = act.session.get(Matter, case.matter_id) if case.matter_id else None
    if identity is None or matter is None:
        return
    act.session.add(
        FirstViolation(
            **act.stamp(),
            subject_id=case.subject_id,
            identity_no=identity,
            party_name=case.party_name,
            matter_key=matter.key,
            matter_title=matter.title,
            ground=ground,
            violated_on=act_day(case),
            exempted_at=act.now,
            number=number,
        )
    )


def add_waiver(act: Act, at: datetime, by: str) -> HearingWaiver:
    """The row of a signed waiver of the hearing; the period to ask is met with it (APL 64)."""
    notice = act.record.notice
    assert notice is not None
    row = HearingWaiver(**act.stamp(), notice_id=notice.id, waived_at=at, waived_by=by)
    act.session.add(row)
    # What a guard looked up before is known better now; the next step of the process asks again.
    act.record.hearing_waiver = row
    act.clocks.meet("CLK_HEARING_REQ", at)
    return row


def add_service(
    act: Act, c: ServiceFields, second_handler: str, *, kind: str, number: str
) -> tuple[ProofOfService, Issue]:
    """A proof of service and the receipt (送达回证) that documents it."""
    served = [s for s in act.record.services if s.document_number == number]
    row = ProofOfService(
        **act.stamp(),
        document_kind=kind,
        document_number=number,
        receipt_number=receipt_number(number, len(served) + 1),
        service_method=c.service_method,
        served_at=c.served_at,
        service_place=c.service_place,
        receiver_name=c.receiver_name,
        receiver_relation=c.receiver_relation,
        refusal_reason=c.refusal_reason,
        witness_name=c.witness_name,
        tracking_number=c.tracking_number,
        electronic_address=c.electronic_address,
        refused_by=c.refused_by,
        difficulty_reason=c.difficulty_reason,
        organ_kind=c.organ_kind,
        organ_name=c.organ_name,
        mail_result=c.mail_result if c.service_method == Method.MAIL else None,
        returned_reason=c.returned_reason,
        helpers=c.helpers,
        proof=proof_names(c.proof),
        officer_id=act.actor.person_id,
        second_officer_id=act.person(second_handler).id,
    )
    act.session.add(row)
    add_items(act, c.proof, f"service:{kind}", second_handler)
    return row, Issue("D47", row.receipt_number, row)


def proof_names(items: Sequence[Mapping[str, Any]]) -> list[str]:
    """What the enclosed proofs are called; the proofs themselves are evidence of the case."""
    return [str(item.get("name", ""))[:PROOF_NAME] for item in items]


def add_items(
    act: Act, items: Sequence[Mapping[str, Any]], element: str, second: str | None
) -> None:
    """Evidence that was taken in this step, numbered on from what the case already has."""
    if not items:
        return
    count = len(act.record.evidence)
    second_id = act.person(second).id if second else None
    for number, item in enumerate(items, count + 1):
        upload = act.session.get(Upload, uuid.UUID(str(item["file"]))) if item.get("file") else None
        act.session.add(
            Evidence(
                **act.stamp(),
                number=number,
                kind=item["kind"],
                name=item["name"],
                source=item.get("provider") or "",
                collected_at=item.get("collected_at") or act.now,
                place=item.get("place") or act.case.act_place or "",
                original=(item.get("origin") or "original") == "original",
                note="\n".join(filter(None, (item.get("fact_proved"), item.get("note")))),
                element=element,
                officer_id=act.actor.person_id,
                second_officer_id=second_id,
                **file_of(upload),
            )
        )


def file_of(upload: Upload | None) -> dict[str, Any]:
    """The file columns of evidence whose upload has finished; none without a file."""
    if upload is None:
        return {}
    return {
        "file_name": upload.name,
        "sha256": upload.sha256,
        "size": upload.size,
        "media_type": upload.media_type,
    }
