"""What happens to archived files: legal hold (法律保留), borrowing (借阅), disposal (销毁)."""

from dataclasses import dataclass
from datetime import date

from workflows.commands.base import CaseCommand


@dataclass(frozen=True, kw_only=True)
class PlaceLegalHold(CaseCommand):
    """A supervisor or head keeps a file whatever its retention says."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class LiftLegalHold(CaseCommand):
    """The hold is no longer needed."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class RequestLoan(CaseCommand):
    """Ask to read the archived file, or to borrow it on paper."""

    paper: bool
    reason: str
    until: date


@dataclass(frozen=True, kw_only=True)
class DecideLoan(CaseCommand):
    """The archivist lends the file or refuses."""

    loan: str
    outcome: str
    until: date | None = None
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class ReturnLoan(CaseCommand):
    """The file is back, or the reading is over."""

    loan: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ProposeDisposal(CaseCommand):
    """Put a file whose retention has ended on the list of disposal."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class CarryOutDisposal(CaseCommand):
    """A second person approves and witnesses the destruction; its certificate is kept."""

    method: str
    certificate_no: str
