"""The record of one case as documents read it: rows oldest first, with names of people."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session

from models.appearance import Appearance
from models.appraisal import Appraisal
from models.assistance import AssistanceRequest
from models.base import CaseRecord
from models.case import Case
from models.closing import ArchiveVolume, Closing
from models.confiscation import ConfiscatedDisposal
from models.correction import CorrectionOrder, Recheck
from models.criminal import CriminalObjection, CriminalTransfer
from models.decision import Decision
from models.disclosure import ChannelRemoval, Disclosure, DisclosureWithdrawal
from models.discretion import DiscretionTable
from models.discussion import Discussion
from models.enforcement import CourtApplication, Enforcement, OrderRecheck
from models.enforcement_rest import EnforcementEnd, EnforcementPause, Settlement
from models.evidence import Evidence
from models.exemption import Commitment
from models.extension import Extension
from models.fact_correction import FactCorrection
from models.hearing import Hearing, HearingSitting, HearingWaiver
from models.inquiry import InvestigationRecord
from models.instalment import InstalmentPlan
from models.joint_review import Consultation, JointOpinion, ReviewObjection
from models.matter import Matter
from models.measure import Measure, MeasureDisposal
from models.meeting import AgendaItem, Meeting
from models.notice import Notice, Reexamination, Statement
from models.own_revision import OwnRevision
from models.payment import Payment
from models.person import Certificate, Person
from models.quick import QuickConsent
from models.recusal import RecusalRequest
from models.refund import Refund
from models.remedy import Remedy
from models.report import FinalReport
from models.review import Opinion, ReviewOpinion
from models.service import Announcement, ProofOfService, ServiceConfirmation
from models.spot import CashTaken, SpotPenalty
from models.surcharge import SurchargeDecision
from models.suspension import Suspension, Termination
from models.transfer import IncomingTransfer, JurisdictionDispute, Transfer
from models.urging import Urging
from models.verification import FilingProposal, Verification
from workflows import pipelining
from workflows.documents.wording import SHANGHAI

Row = TypeVar("Row", bound=CaseRecord)

SECTIONS: tuple[type[CaseRecord], ...] = (
    Verification,
    FilingProposal,
    CorrectionOrder,
    Recheck,
    InvestigationRecord,
    Evidence,
    FinalReport,
    Opinion,
    ReviewOpinion,
    JointOpinion,
    Consultation,
    ReviewObjection,
    Notice,
    Statement,
    Reexamination,
    Hearing,
    HearingSitting,
    HearingWaiver,
    Discussion,
    Decision,
    ProofOfService,
    Announcement,
    ServiceConfirmation,
    Payment,
    Disclosure,
    DisclosureWithdrawal,
    ChannelRemoval,
    FactCorrection,
    Transfer,
    Closing,
    ArchiveVolume,
    Commitment,
    QuickConsent,
    SpotPenalty,
    CashTaken,
    Appraisal,
    Measure,
    MeasureDisposal,
    AssistanceRequest,
    Extension,
    Suspension,
    Termination,
    RecusalRequest,
    CriminalTransfer,
    CriminalObjection,
    OrderRecheck,
    Enforcement,
    CourtApplication,
    EnforcementPause,
    EnforcementEnd,
    Settlement,
    ConfiscatedDisposal,
    IncomingTransfer,
    JurisdictionDispute,
    InstalmentPlan,
    Urging,
    SurchargeDecision,
    Refund,
    Remedy,
    Appearance,
    OwnRevision,
)
"""The rows that documents are filled from."""


@dataclass
class Record:
    """One case, its rows in the order in which they were recorded, and the people in them."""

    case: Case
    rows: dict[type[CaseRecord], list[CaseRecord]]
    people: dict[uuid.UUID, Person]
    people_by_key: dict[str, Person] = field(default_factory=dict)
    subject_row: CaseRecord | None = None
    """The row that the document is about: the service of a receipt, the round of a review."""
    sittings: dict[uuid.UUID, tuple[str, int]] = field(default_factory=dict)
    """By discussion: number of the meeting and place on its agenda, where it had one."""
    standards: dict[str, DiscretionTable] = field(default_factory=dict)
    """Standards of discretion that report and decision name, by `key@version`."""
    matter: Matter | None = None
    """The case's matter, where a standard measures its range."""

    def all(self, kind: type[Row]) -> list[Row]:
        """Rows of one kind, oldest first."""
        return [row for row in self.rows.get(kind, ()) if isinstance(row, kind)]

    def current(self, kind: type[Row]) -> Row | None:
        """The row that the document is about, else the latest of its kind."""
        if isinstance(self.subject_row, kind):
            return self.subject_row
        found = [row for row in self.all(kind) if not getattr(row, "undone", False)]
        return found[-1] if found else None

    def person(self, person_id: uuid.UUID | None) -> Person | None:
        return self.people.get(person_id) if person_id is not None else None

    def name(self, person_id: uuid.UUID | None) -> str:
        found = self.person(person_id)
        return found.name if found is not None else ""

    def post(self, person_id: uuid.UUID | None) -> str:
        found = self.person(person_id)
        return found.post if found is not None else ""

    def certificate(self, person_id: uuid.UUID | None, at: datetime) -> str:
        """Number of the enforcement certificate valid at that time; empty when there is none."""
        found = self.person(person_id)
        on = at.astimezone(SHANGHAI).date()
        valid: list[Certificate] = [
            one for one in (found.certificates if found else ()) if one.valid_on(on)
        ]
        return valid[0].number if valid else ""


def load(session: Session, case: Case, subject_row: CaseRecord | None = None) -> Record:
    """Read the case's record. Reads only; nothing is flushed or kept."""
    there = session.execute(_THERE, {"case_id": case.id}).one()
    rows = {
        kind: _rows(session, kind, case) if some else []
        for kind, some in zip(SECTIONS, there, strict=True)
    }
    for pending in pipelining.waiting(session):
        # An opinion given in this very act stands in the document that the act makes.
        if isinstance(pending, CaseRecord) and pending.case_id == case.id:
            rows.get(type(pending), []).append(pending)
    people = {handler.person_id: handler.person for handler in case.handlers}
    wanted = _person_ids(rows) - people.keys()
    if wanted:
        found = session.scalars(select(Person).where(Person.id.in_(wanted)))
        people.update({one.id: one for one in found})
    keys = {key for row in rows[Discussion] for key in getattr(row, "attendees", ())}
    by_key = session.scalars(select(Person).where(Person.key.in_(keys))) if keys else ()
    talks = [row.id for row in rows[Discussion]]
    standards = _standards(session, rows)
    return Record(
        case,
        rows,
        people,
        {one.key: one for one in by_key},
        subject_row,
        _sittings(session, talks) if talks else {},
        standards,
        session.get(Matter, case.matter_id) if standards and case.matter_id else None,
    )


def _standards(
    session: Session, rows: dict[type[CaseRecord], list[CaseRecord]]
) -> dict[str, DiscretionTable]:
    measured = [*rows[FinalReport], *rows[Decision]]
    named = {getattr(row, "discretion_standard", None) for row in measured} - {None}
    if not named:
        return {}
    keys = {str(name).partition("@")[0] for name in named}
    found = session.scalars(select(DiscretionTable).where(DiscretionTable.key.in_(keys)))
    return {name: one for one in found if (name := f"{one.key}@{one.version}") in named}


def _sittings(session: Session, talks: Sequence[uuid.UUID]) -> dict[uuid.UUID, tuple[str, int]]:
    query = (
        select(AgendaItem.discussion_id, Meeting.number, AgendaItem.position)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(AgendaItem.discussion_id.in_(talks))
    )
    return {found: (number, place) for found, number, place in session.execute(query) if found}


_THERE = select(
    *(
        exists(select(1).where(kind.case_id == bindparam("case_id"))).label(f"has_{index}")
        for index, kind in enumerate(SECTIONS)
    )
)
"""Which kinds of rows a case has: one statement saves up to twenty empty ones an act."""


def _rows(session: Session, kind: type[CaseRecord], case: Case) -> list[CaseRecord]:
    query = select(kind).where(kind.case_id == case.id).order_by(kind.recorded_at, kind.id)
    return list(session.scalars(query))


def _person_ids(rows: dict[type[CaseRecord], list[CaseRecord]]) -> set[uuid.UUID]:
    """Everyone whom a row names by a `…person_id`, `…officer_id` or similar column."""
    found: set[uuid.UUID] = set()
    for row in (row for group in rows.values() for row in group):
        found |= _named_in(row)
        if isinstance(row, Discussion):
            found |= {vote.person_id for vote in row.votes}
    return found


_PERSON_COLUMNS: Sequence[str] = (
    "officer_id", "second_officer_id", "person_id", "acting_for_id", "reviewer_id", "giver_id",
    "answered_by_id",
    "proposed_by_id", "decided_by_id", "author_id", "chair_id", "recorder_id", "host_id",
    "reexamined_by_id", "cashier_id",
    "head_id",
    "prepared_by_id", "released_by_id", "approved_by_id", "archived_by_id", "recorded_by_id",
)  # fmt: skip


def _named_in(row: CaseRecord) -> set[uuid.UUID]:
    values = {getattr(row, column, None) for column in _PERSON_COLUMNS}
    team = row.team if isinstance(row, CriminalTransfer) else ()
    return {value for value in (*values, *team) if isinstance(value, uuid.UUID)}
