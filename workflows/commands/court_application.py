"""Application to the people's court to enforce (申请人民法院强制执行, AEL 53-58)."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from workflows.commands.base import CaseCommand, TaskCommand


@dataclass(frozen=True, kw_only=True)
class PrepareCourtApplication(CaseCommand):
    """Prepare the application: which court, what was not performed, the four kinds of material."""

    court: str
    reason: str
    means: str
    materials: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class SignCourtApplication(TaskCommand):
    """The head of the agency signs the application (AEL 55), or returns it."""

    outcome: str
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class SubmitCourtApplication(TaskCommand):
    """Hand the application in at the court, inside the window."""

    submitted_at: datetime
    receiver_name: str


@dataclass(frozen=True, kw_only=True)
class RecordCourtAcceptance(TaskCommand):
    """What the court said on acceptance, due within five days (AEL 56)."""

    answer: str
    answered_at: datetime
    court_case_no: str | None = None
    refusal_reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class RecordCourtRuling(TaskCommand):
    """The ruling: to enforce or not (AEL 57, 58)."""

    answer: str
    answered_at: datetime
    ruling_no: str
    refusal_reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerCourtRefusal(TaskCommand):
    """Ask the higher court within fifteen days, or accept the refusal (AEL 56, 58)."""

    answer: str
    objected_at: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class RecordHigherCourt(TaskCommand):
    """What the higher court decided."""

    answer: str
    answered_at: datetime
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class RecordCourtEnforcement(TaskCommand):
    """What the court collected, or that it ended the enforcement; money is entered as paid."""

    answer: str
    answered_at: datetime
    amount: Decimal | None = None
    surcharge_amount: Decimal | None = None
    receipt_no: str | None = None
    order_performed: bool = False
    ruling_no: str | None = None
