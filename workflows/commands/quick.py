"""Quick handling (快速办理): consent in writing, one record for questions, notice, waiver."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from workflows.commands.base import PairCommand
from workflows.commands.investigation import RecordInquiry
from workflows.commands.penalty import PenaltyFields


@dataclass(frozen=True, kw_only=True)
class ConsentToQuickHandling(PairCommand):
    """Tell the party of quick handling and record its signed consent, or why not (快速办理)."""

    asked_at: datetime
    agreed: bool
    person_name: str
    admitted: bool = False
    objected: bool = False
    signed: bool = False
    facts_clear: bool = False
    no_crime: bool = False
    refusal: str | None = None


@dataclass(frozen=True, kw_only=True)
class RecordQuickly(PenaltyFields, RecordInquiry):
    """Question, notify and take the waiver in one record (快速办理综合笔录, APL 44, 55, 62)."""

    proposal: ClassVar[str] = "penalty"
    matter: ClassVar[str | None] = None
    rate_base: ClassVar[Decimal | None] = None
    complex_or_major: ClassVar[bool] = False
    facts: str
    nature: str
    statement: str
    waiver_signed: bool = False
    objection: str | None = None
