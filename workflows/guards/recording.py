"""Recordings (APL 41, V22): reviewed by two officers, and never evidence unless all is sound."""

import re
from collections.abc import Iterator

from models.errors import Text, Violation
from models.note import Upload
from models.recording import Recording, RecordingState
from workflows.act import Act
from workflows.commands.decision import IssueDecision
from workflows.commands.investigation import AddEvidence, SubmitFinalReport
from workflows.commands.lead import RegisterLead
from workflows.commands.recording import (
    LinkRecording,
    RecordEvidenceQuery,
    RegisterRecording,
    ReviewRecording,
)
from workflows.documents.wording import moment
from workflows.guards.device import holds_for, own_device
from workflows.guards.evidence import find_evidence
from workflows.guards.law import against, empty, needed
from workflows.guards.officers import two_officers
from workflows.monitoring import (
    drifted,
    find_recording,
    flaws,
    recording_behind,
    recording_of_file,
    recordings_of,
)

RESULTS = ("pass", "reject")
NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def most_drift(act: Act, recording: Recording) -> int:
    """Seconds by which a device's clock may be off, where and when it recorded."""
    return int(act.law.value("non_site.clock_drift_seconds", act.today, recording.subject_id))


def recording_is_complete(act: Act, c: RegisterRecording) -> Iterator[Violation]:
    """N06: a number that is new, of a device of one's own, with the reading, not from tomorrow."""
    wanted = {
        "number": Text("记录编号", "the number"),
        "reading": Text("监测值或者记录内容", "the reading"),
    }
    yield from needed(c, wanted, "APL41")
    if not NUMBER.fullmatch(c.number.strip()):
        yield against(
            "N06",
            "记录编号由字母、数字、点、横线和下划线组成，不超过64个字符。",
            "A number has letters, digits, dots, dashes and underscores, 64 at most.",
            "NONE",
            "number",
        )
    if find_recording(act.session, c.number) is not None:
        yield against(
            "N06", f"记录“{c.number}”已经登记。", f"Recording “{c.number}” is here already.",
            "APL41", "number",
        )  # fmt: skip
    if own_device(act, "RegisterRecording", c.device) is None:
        yield against(
            "N01", f"设备登记簿里没有由您管理的设备“{c.device}”。",
            f"The register has no device “{c.device}” in your charge.", "APL41", "device",
        )  # fmt: skip
    for name in ("observed_at", "received_at"):
        when = getattr(c, name)
        if when is not None and when > act.now:
            yield against(
                "V05", f"时间（{moment(when)}）晚于现在，请改为实际时间。",
                f"The time ({when}) is later than now: give the real one.", "ORDER", name,
            )  # fmt: skip
    if c.sha256 is not None and (len(c.sha256) != 64 or not _hexadecimal(c.sha256)):
        yield against(
            "N06", "原始文件摘要应当是64位十六进制的SHA-256。",
            "The digest of the original is a SHA-256 of 64 hexadecimal digits.",
            "NONE", "sha256",
        )  # fmt: skip


def _hexadecimal(text: str) -> bool:
    return all(sign in "0123456789abcdefABCDEF" for sign in text)


def review_is_lawful(act: Act, c: ReviewRecording) -> Iterator[Violation]:
    """N07: two certified officers of the device's subject review a recording once, with reasons."""
    recording = find_recording(act.session, c.recording)
    if recording is None or not holds_for(act, "ReviewRecording", recording.subject_id):
        yield _unknown(c.recording)
        return
    yield from two_officers(act, c.second_handler, act.today)
    if recording.state != RecordingState.PENDING_REVIEW:
        yield against("N07", "这条记录已经审核。", "This recording has been reviewed.", "APL41")
    if c.result not in RESULTS:
        yield against(
            "N07", "审核结果只有通过和不予通过。", "A review passes or rejects.", "APL41", "result"
        )
    if c.result == "reject" and empty(c.reason):
        yield from needed(c, {"reason": Text("不予通过的理由", "the reason")}, "APL41")
    most = most_drift(act, recording)
    if c.result == "pass" and drifted(recording, most):
        yield against(
            "V22", f"设备时钟偏差超过{most}秒，记录不准确，不能通过审核。",
            f"The device's clock was off by more than {most} s: the recording is not accurate.",
            "APL41", "result",
        )  # fmt: skip


def _unknown(number: str, field: str = "recording") -> Violation:
    return against(
        "N08", f"没有由您办理的监控记录“{number}”。",
        f"There is no recording “{number}” for you to work on.", "APL41", field,
    )  # fmt: skip


def recordings_may_lead(act: Act, c: RegisterLead) -> Iterator[Violation]:
    """N08: a recording that was not rejected, and led to no case yet, may begin one."""
    for number in c.recordings:
        recording = find_recording(act.session, number)
        if recording is None or not holds_for(act, "RegisterLead", recording.subject_id):
            yield _unknown(number, "recordings")
            continue
        if recording.state == RecordingState.REJECTED:
            yield against(
                "V22", f"记录{number}审核未通过，不能作为线索立项。",
                f"Recording {number} was rejected: it leads to nothing.", "APL41", "recordings",
            )  # fmt: skip
        if recording.case_id is not None:
            yield against(
                "N08", f"记录{number}已经用于其他案件。",
                f"Recording {number} belongs to a case already.", "APL41", "recordings",
            )  # fmt: skip


def recording_may_be_evidence(act: Act, c: LinkRecording) -> Iterator[Violation]:
    """V22: audits, statute, calibration, publication and review all hold for the recording."""
    yield from needed(c, {"fact_proved": Text("证明的事实", "what it proves")}, "APL46")
    yield from two_officers(act, c.second_handler, act.today)
    recording = find_recording(act.session, c.recording)
    if recording is None or recording.subject_id != act.case.subject_id:
        yield _unknown(c.recording)
        return
    if recording.case_id not in (None, act.case.id) or recording.evidence_id is not None:
        yield against(
            "N08", "这条记录已经作为证据，或者用于其他案件。",
            "This recording is evidence already, or belongs to another case.",
            "APL41", "recording",
        )  # fmt: skip
    yield from _unsound(act, recording, "recording")


def _unsound(act: Act, recording: Recording, field: str | None) -> Iterator[Violation]:
    """V22, with every reason in one refusal."""
    found = list(flaws(recording, most_drift(act, recording)))
    if found:
        yield against(
            "V22",
            f"监控记录{recording.number}不能作为证据：{'；'.join(t.zh for t in found)}。",
            f"Recording {recording.number} cannot be evidence: {'; '.join(t.en for t in found)}.",
            "APL41", field,
        )  # fmt: skip


def uploaded_recording_is_sound(act: Act, c: AddEvidence) -> Iterator[Violation]:
    """V22 by another way in: the file of an unfit recording does not become evidence by hand."""
    upload = act.session.get(Upload, c.upload) if c.upload and _is_key(c.upload) else None
    recording = recording_of_file(act.session, upload.sha256) if upload else None
    if recording is not None:
        yield from _unsound(act, recording, "upload")


def _is_key(text: str) -> bool:
    return len(text.replace("-", "")) == 32 and _hexadecimal(text.replace("-", ""))


def cited_recordings_are_sound(act: Act, c: SubmitFinalReport) -> Iterator[Violation]:
    """V22 for what the report cites; and the device alone proves no violation (N09)."""
    cited = [item for key in c.cited_evidence if (item := find_evidence(act, str(key)))]
    relied = cited or [item for item in act.record.evidence if item.admissible]
    behind = [recording_behind(act.session, item) for item in relied]
    for recording in filter(None, behind):
        yield from _unsound(act, recording, "cited_evidence")
    other = bool(act.parameter("non_site.other_evidence_required"))
    if c.proposal == "penalty" and other and behind and all(behind):
        yield against(
            "N09", "只有监控记录的，不能建议处罚，还应当有现场检查等其他证据。",
            "Recordings alone do not support a penalty: other evidence is needed, such as a "
            "site check.",
            "APL40", "cited_evidence",
        )  # fmt: skip


def decided_on_sound_recordings(act: Act, c: IssueDecision) -> Iterator[Violation]:
    """V22 once more: no unfit recording is among the evidence when the decision is made."""
    if c.outcome != "issue":
        return
    for item in act.record.evidence:
        recording = recording_behind(act.session, item) if item.admissible else None
        if recording is not None:
            yield from _unsound(act, recording, None)


def query_is_complete(act: Act, c: RecordEvidenceQuery) -> Iterator[Violation]:
    """N08: there is something to look at, and somebody looked."""
    wanted = {
        "queried_by": Text("查询人", "who looked"),
        "way": Text("查询方式", "the way"),
    }
    yield from needed(c, wanted, "APL41")
    if not any(r.evidence_id for r in recordings_of(act.session, act.case)):
        yield against(
            "N08", "本案没有作为证据的监控记录可以查询。",
            "No recording is evidence in this case: there is nothing to look at.", "APL41",
        )  # fmt: skip
