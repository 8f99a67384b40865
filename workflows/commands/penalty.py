"""What a penalty consists of, as a report proposes it and a decision decides it (APL 9, 59)."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class PenaltyFields:
    """Kinds, yuan, correction, discretion; or why there is no penalty."""

    penalty_kinds: list[str] = field(default_factory=list)
    fine: Decimal | None = None
    confiscated_amount: Decimal | None = None
    licence: str | None = None
    penalty_content: str | None = None
    correction_demand: str | None = None
    correction_deadline: date | None = None
    discretion_level: str | None = None
    discretion_factors: list[str] = field(default_factory=list)
    discretion_reason: str | None = None
    deviation_reason: str | None = None
    mitigation_ground: str | None = None
    no_penalty_ground: str | None = None
    education: str | None = None
