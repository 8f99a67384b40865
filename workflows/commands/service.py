"""Service beside the steps (送达): attempts that failed, confirmed addresses, picking up."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from workflows.commands.base import CaseCommand


@dataclass(frozen=True, kw_only=True)
class RecordServiceAttempt(CaseCommand):
    """Record that a document was to be served and could not be (送达尝试).

    `document` is the kind of a document that waits for service, such as D43.
    """

    second_handler: str
    document: str
    service_method: str = "direct"
    attempted_at: datetime
    result: str
    place: str | None = None
    met_name: str | None = None
    met_relation: str | None = None
    reason: str | None = None
    tracking_number: str | None = None
    helpers: str | None = None
    proof: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class ConfirmServiceAddress(CaseCommand):
    """Take the party's signed confirmation of its address for service, and of electronic service
    where it agrees (送达地址、电子送达确认书, APL 61, MSA 83)."""

    service_address: str
    signed_by: str
    confirmed_at: datetime
    consequences_told: bool = False
    receiver_name: str | None = None
    receiver_phone: str | None = None
    postcode: str | None = None
    electronic_agreed: bool = False
    electronic_way: str | None = None
    electronic_address: str | None = None


@dataclass(frozen=True, kw_only=True)
class RecordPickup(CaseCommand):
    """Record that the party picked up, or signed for, a document that is being announced."""

    second_handler: str
    picked_up_at: datetime
    receiver_name: str
    receiver_relation: str = "self"
    service_place: str | None = None
    proof: list[dict[str, Any]] = field(default_factory=list)
