"""Closing (结案), archive (归档) and the other exits: withdrawal and transfer."""

from dataclasses import dataclass
from datetime import datetime

from workflows.commands.base import CaseCommand, TaskCommand


@dataclass(frozen=True, kw_only=True)
class ProposeClosing(TaskCommand):
    """Propose to close the case (结案, MSA 77)."""

    closing_ground: str
    execution: str
    summary: str
    correction_result: str | None = None
    goods_disposed: bool = True
    measures_released: bool = True


@dataclass(frozen=True, kw_only=True)
class ReviewClosing(TaskCommand):
    """Unit head's review of the closing."""

    outcome: str
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class ApproveClosing(TaskCommand):
    """The leader closes the case or returns it."""

    outcome: str
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class ArchiveFile(TaskCommand):
    """Accept the file into the archive (归档, MSA 78, 79). Pages and books are counted when it is
    bound; what the archivist counted on paper may be stated and is compared."""

    retention: str
    complete: bool
    main_pages: int | None = None
    secondary_pages: int | None = None
    volumes: int | None = None
    storage_place: str | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class SupplementArchive(CaseCommand):
    """Bind what came after the archiving as a supplementary volume (补充卷)."""

    complete: bool
    storage_place: str | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class ApproveWithdrawal(TaskCommand):
    """The leader withdraws the filing (撤销立案) or returns the file."""

    outcome: str
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class ApproveTransfer(TaskCommand):
    """The leader approves a transfer to another agency (移送) or returns the file."""

    outcome: str
    transfer_to: str | None = None
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class SendTransfer(TaskCommand):
    """Send the file to the other agency with its enclosures."""

    sent_at: datetime
    sending_method: str
    enclosures: list[str]
    contact_name: str
    contact_phone: str
    receiver_name: str | None = None
    receipt_no: str | None = None
    goods_note: str | None = None
