"""Remedies (救济): reconsideration (ARL), litigation (ALL), appearance of the head (SPC20)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from workflows.commands.base import CaseCommand, TaskCommand


@dataclass(frozen=True, kw_only=True)
class NoteReconsideration(CaseCommand):
    """The party asks for reconsideration (申请行政复议, ARL 20): at the organ, or through the
    agency where the penalty was made on the spot or rests on devices (ARL 32)."""

    applied_on: date
    authority: str
    request: str
    applicant: str | None = None
    challenged: str = "decision"
    handed_in: str = "organ"
    authority_no: str | None = None


@dataclass(frozen=True, kw_only=True)
class ForwardApplication(TaskCommand):
    """Forward the application to the organ within five working days (转送, ARL 32)."""

    forwarded_on: date
    receipt_no: str | None = None


@dataclass(frozen=True, kw_only=True)
class RecordAdmission(TaskCommand):
    """The organ takes the application, refuses it, or the party takes it back (受理、不予受理、
    撤回, ARL 30)."""

    admission: str
    admitted_on: date
    simple: bool = False
    authority_no: str | None = None
    refusal_reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReceiveApplicationCopy(TaskCommand):
    """The copy of the application has come: the time to reply begins (ARL 48, 54)."""

    copy_received_on: date


@dataclass(frozen=True, kw_only=True)
class SubmitDefence(TaskCommand):
    """Reply to the organ (答复书) or answer in court (答辩状), with the evidence index
    (证据目录)."""

    replied_on: date
    reply: str
    agent: str | None = None
    agent_post: str | None = None


@dataclass(frozen=True, kw_only=True)
class RecordRemedyProgress(TaskCommand):
    """What happens meanwhile (stay, extension), and how it ends (复议决定、裁判)."""

    event: str
    happened_on: date
    reason: str | None = None
    decide_by: date | None = None
    outcome: str | None = None
    received_on: date | None = None
    outcome_no: str | None = None
    court_form: str | None = None
    ground: str | None = None
    changed_fine: Decimal | None = None
    redo_by: date | None = None
    opinion_letter: bool = False
    letter_no: str | None = None
    letter_content: str | None = None
    letter_due: date | None = None


@dataclass(frozen=True, kw_only=True)
class NoteLawsuit(CaseCommand):
    """The notice to answer an action has come (应诉通知书), with the copy of the complaint."""

    sued_on: date
    copy_received_on: date
    court: str
    court_no: str
    request: str
    plaintiff: str | None = None
    challenged: str = "decision"
    instance: str = "first"
    simple: bool = False


@dataclass(frozen=True, kw_only=True)
class RecordAppeal(TaskCommand):
    """Somebody appeals against the first judgment (上诉, ALL 85), or nobody will."""

    appeal: str
    appellant: str = "party"
    appealed_on: date | None = None
    court: str | None = None
    court_no: str | None = None
    copy_received_on: date | None = None
    request: str | None = None


@dataclass(frozen=True, kw_only=True)
class RecordSummons(CaseCommand):
    """A session is fixed (开庭传票、听证通知): who goes for the agency is decided now."""

    summoned_on: date
    planned_at: datetime
    place: str
    asked_by_court: bool = False


@dataclass(frozen=True, kw_only=True)
class NameAttendant(TaskCommand):
    """The head goes, or explains with proof why no head can (负责人出庭, SPC20 2, 8)."""

    sends: str
    head: str | None = None
    head_duty: str | None = None
    staff: str | None = None
    lawyer: str | None = None
    excuse: str | None = None
    excuse_reason: str | None = None
    excuse_stamped: bool = False
    proof: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class RecordAppearance(TaskCommand):
    """Who came to the session, and whether the head spoke to the substance (SPC20 11)."""

    came: str
    held_on: date
    spoke: bool = False
    excused: bool = False
    note: str | None = None
