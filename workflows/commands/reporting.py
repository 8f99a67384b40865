"""Reports to platforms (归集、报送): told anew, and what the platform answered."""

from dataclasses import dataclass

from workflows.commands.base import CaseCommand


@dataclass(frozen=True, kw_only=True)
class ResendReport(CaseCommand):
    """Tell a record anew after it was turned down, could not be mapped or got lost."""

    record: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class AnswerReport(CaseCommand):
    """Register what the platform answered: its receipt, or why it returned the record (退回)."""

    record: str
    answer: str
    receipt: str | None = None
    rejection: str | None = None
