"""Disclosure (公示): prepared, released, withdrawn (撤回), ended by credit repair (信用修复)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from workflows.commands.base import CaseCommand, TaskCommand


@dataclass(frozen=True, kw_only=True)
class PrepareDisclosure(TaskCommand):
    """Prepare the public text: secrecy and privacy checks, masking (公示审查, APL 48)."""

    disclose: str
    secrecy_checked: bool
    privacy_checked: bool
    withhold_ground: str | None = None
    withhold_reason: str | None = None
    masked_items: list[str] = field(default_factory=list)
    public_text: str | None = None
    channels: list[str] = field(default_factory=list)
    credit_class: str | None = None
    publish_until: date | None = None
    extra_masks: list[dict[str, Any]] = field(default_factory=list)
    departure_reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReleaseDisclosure(TaskCommand):
    """A second person publishes, withholds or returns (批准公示)."""

    outcome: str
    withhold_ground: str | None = None
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class WithdrawalFields:
    """Why a published decision is taken back, and since when (APL 48)."""

    ground: str
    reason: str
    changed_on: date
    replace: bool = False


@dataclass(frozen=True, kw_only=True)
class RequestDisclosureWithdrawal(WithdrawalFields, CaseCommand):
    """Take a published decision back (撤回公示): starts the side process."""


@dataclass(frozen=True, kw_only=True)
class ProposeDisclosureWithdrawal(WithdrawalFields, TaskCommand):
    """The same as a task: a remedy or a revocation has opened the withdrawal."""


@dataclass(frozen=True, kw_only=True)
class ApproveDisclosureWithdrawal(TaskCommand):
    """A leader approves: our own site is emptied at once; or returns, or refuses."""

    outcome: str
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class ConfirmRemoval(TaskCommand):
    """One more channel no longer shows the text, with proof."""

    channel: str
    removed_at: datetime
    proof: str


@dataclass(frozen=True, kw_only=True)
class RequestCreditRepair(CaseCommand):
    """The party has asked for credit repair; noted with how it carried the decision out."""

    applicant: str
    applied_on: date
    obligations: str


@dataclass(frozen=True, kw_only=True)
class DecideCreditRepair(TaskCommand):
    """A leader ends the display early, or refuses."""

    outcome: str
    opinion: str = ""
