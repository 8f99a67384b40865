"""No penalty for slight and first violations (免罚): the promise to correct and its re-check."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from workflows.commands.base import PairCommand


@dataclass(frozen=True, kw_only=True)
class SignCommitment(PairCommand):
    """The party promises in writing to correct by a moment (告知承诺书)."""

    facts: str
    promise: str
    signed_at: datetime
    signed_by: str
    promised_by: datetime
    education: str = ""


@dataclass(frozen=True, kw_only=True)
class RecheckCommitment(PairCommand):
    """Two officers look whether the promise was kept (承诺复查)."""

    rechecked_at: datetime
    kept: bool
    findings: str
    education: str = ""
    evidence: list[dict[str, Any]] = field(default_factory=list)
