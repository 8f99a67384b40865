"""Deferral and payment by instalments (延期、分期缴纳, APL 66)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from workflows.commands.base import CaseCommand, PairCommand, TaskCommand
from workflows.commands.lead import ServiceFields


@dataclass(frozen=True, kw_only=True)
class RequestInstalment(CaseCommand):
    """Put the party's written application on record: the parts that it asks for."""

    kind: str
    applied_on: date
    reason: str
    parts: list[dict[str, Any]]
    evidence: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class ReviewInstalment(TaskCommand):
    """The unit head supports the application, or returns it."""

    outcome: str
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class ApproveInstalment(TaskCommand):
    """The leader grants the plan with its clause on default, or refuses it."""

    outcome: str
    parts: list[dict[str, Any]] = field(default_factory=list)
    clause: str | None = None
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class ServeInstalment(ServiceFields, PairCommand):
    """Serve the approval or the refusal."""


@dataclass(frozen=True, kw_only=True)
class DeclareDefault(CaseCommand):
    """Say by hand that a part of the plan was missed, where no clock has said so."""

    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class NotifyDefault(ServiceFields, PairCommand):
    """Tell the party in writing that the rest is due, and serve it."""
