"""Entrusted tests and appraisals (委托检测、鉴定、评估): letter, period, result, objection."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from workflows.commands.base import CaseCommand, PairCommand
from workflows.commands.lead import ServiceFields


@dataclass(frozen=True, kw_only=True)
class EntrustedFields:
    """What the letter to the institution says (委托书, MSA 32)."""

    kind: str
    question: str
    material: str
    institution: str
    qualification: str
    licence_no: str
    licence_until: date
    entrusted_at: datetime
    period_until: date


@dataclass(frozen=True, kw_only=True)
class RequestAppraisal(EntrustedFields, CaseCommand):
    """Entrust a qualified institution with a test or an appraisal (委托检测/鉴定/评估)."""

    second_handler: str
    concerns_seized: bool = False


@dataclass(frozen=True, kw_only=True)
class RequestRetest(EntrustedFields, PairCommand):
    """Entrust a re-test after a well-founded objection (复检、重新鉴定)."""


@dataclass(frozen=True, kw_only=True)
class ServeAppraisalPeriod(ServiceFields, PairCommand):
    """Tell the party in writing how long the test takes (检测期间告知书, AEL 25)."""


@dataclass(frozen=True, kw_only=True)
class RecordAppraisalResult(PairCommand):
    """Record the institution's report: the excluded time ends."""

    reported_at: datetime
    report_no: str
    conclusion: str
    appraisers: str | None = None
    evidence: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class ServeAppraisalResult(ServiceFields, PairCommand):
    """Tell the party the result and its right to object (检测/鉴定结果告知书)."""

    objection_until: date


@dataclass(frozen=True, kw_only=True)
class RecordAppraisalObjection(PairCommand):
    """Record what the party says to the result, and whether there is a re-test."""

    objection: str
    objected_at: datetime
    waived: bool = False
    objection_reason: str | None = None
    answer: str | None = None
    answer_reason: str | None = None
