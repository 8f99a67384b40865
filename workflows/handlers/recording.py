"""Recordings: received, reviewed, made evidence of a case, looked at by the party."""

import uuid

from sqlalchemy import func, select

from models.evidence import Evidence
from models.recording import EvidenceQuery, Recording, RecordingReview, RecordingState
from workflows.act import Act, Issue, Outcome, told
from workflows.commands.recording import (
    LinkRecording,
    RecordEvidenceQuery,
    RegisterRecording,
    ReviewRecording,
)
from workflows.documents.wording import moment
from workflows.monitoring import find_device, find_recording, recordings_of


def register_recording(act: Act, c: RegisterRecording) -> Outcome:
    """A recording waits for its review, whoever sent it."""
    device = find_device(act.session, c.device)
    assert device is not None
    row = Recording(
        id=uuid.uuid4(),
        number=c.number.strip(),
        device_id=device.id,
        subject_id=device.subject_id,
        observed_at=c.observed_at,
        received_at=c.received_at or act.now,
        clock_offset=c.clock_offset,
        reading=c.reading,
        standard_limit=c.standard_limit,
        content=c.content,
        place=c.place or device.place,
        sha256=c.sha256.lower() if c.sha256 else None,
        source="api" if act.actor.via == "api" else "form",
        state=RecordingState.PENDING_REVIEW,
        registered_by_id=act.actor.person_id,
    )
    act.session.add(row)
    return Outcome(
        events=[
            told(
                "recording:received",
                f"收到设备{device.code}的监控记录{row.number}，待审核。",
                f"Recording {row.number} of device {device.code} received; it awaits review.",
                device=device.code,
                recording=row.number,
            )
        ],
        extra={"recording": row.number},
    )


def review_recording(act: Act, c: ReviewRecording) -> Outcome:
    """Two officers' word on one recording."""
    row = _recording(act, c.recording)
    passed = c.result == "pass"
    row.reviews.append(
        RecordingReview(
            id=uuid.uuid4(),
            result=c.result,
            reason=c.reason,
            reviewed_at=act.now,
            officer_id=act.actor.person_id,
            second_officer_id=act.person(c.second_handler).id,
        )
    )
    row.state = RecordingState.PASSED if passed else RecordingState.REJECTED
    zh = "通过" if passed else f"不予通过：{c.reason}"
    en = "passed" if passed else f"rejected: {c.reason}"
    return Outcome(
        events=[
            told(
                f"recording:{'passed' if passed else 'rejected'}",
                f"监控记录{row.number}审核{zh}",
                f"Recording {row.number} {en}",
                device=row.device.code,
                recording=row.number,
            )
        ]
    )


def link_recording(act: Act, c: LinkRecording) -> Outcome:
    """The recording becomes the next item of evidence (电子数据), its origin on paper (D13)."""
    row = _recording(act, c.recording)
    count = act.session.scalar(
        select(func.count()).select_from(Evidence).where(Evidence.case_id == act.case.id)
    )
    item = Evidence(
        **act.stamp(),
        number=(count or 0) + 1,
        kind="electronic",
        name=f"监控记录{row.number}",
        source=f"监控设备{row.device.code}（{row.device.title}）",
        collected_at=row.observed_at,
        place=row.place,
        original=True,
        note="\n".join(filter(None, (c.fact_proved, _measured(row), c.method))),
        element="link_recording",
        officer_id=act.actor.person_id,
        second_officer_id=act.person(c.second_handler).id,
    )
    act.session.add(item)
    act.session.flush()
    row.case_id, row.evidence_id = act.case.id, item.id
    return Outcome(
        events=[
            told(
                "case:recording:linked",
                f"监控记录{row.number}作为证据{item.number}。",
                f"Recording {row.number} is evidence {item.number}.",
                recording=row.number,
            )
        ],
        documents=[Issue("D13", None, item)],
        extra={"evidence": str(item.id)},
    )


def _measured(row: Recording) -> str:
    limit = f"，标准限值{row.standard_limit}" if row.standard_limit else ""
    digest = f"，原始文件SHA-256为 {_grouped(row.sha256)}" if row.sha256 else ""
    return f"{moment(row.observed_at)}监测值{row.reading}{limit}{digest}。"


def _grouped(digest: str) -> str:
    """In groups of sixteen, so that it breaks over the lines of a paper."""
    return " ".join(digest[i : i + 16] for i in range(0, len(digest), 16))


def record_evidence_query(act: Act, c: RecordEvidenceQuery) -> Outcome:
    """When the party looked, and what it was shown: every recording that is evidence."""
    shown = [r.number for r in recordings_of(act.session, act.case) if r.evidence_id]
    act.session.add(
        EvidenceQuery(
            **act.stamp(),
            queried_at=c.queried_at,
            way=c.way,
            queried_by=c.queried_by,
            recordings=shown,
            note=c.note,
        )
    )
    return Outcome(
        events=[
            told(
                "case:recording:queried",
                f"当事人{c.queried_by}查询监控记录{len(shown)}条。",
                f"{c.queried_by} looked at {len(shown)} recording(s).",
                recordings=shown,
            )
        ]
    )


def _recording(act: Act, number: str) -> Recording:
    row = find_recording(act.session, number)
    if row is None:
        raise LookupError(number)
    return row
