"""Y09: a surcharge is decided once it has begun, with the sums of the account (APL 72; AEL 45)."""

from collections.abc import Iterator

from models.errors import Text, Violation
from models.surcharge import SurchargeDecision
from workflows import paying
from workflows.act import Act
from workflows.commands.surcharge import (
    ApproveSurcharge,
    ProposeSurcharge,
)
from workflows.guards.law import against, needed


def surcharge_has_begun(act: Act, c: ProposeSurcharge | ApproveSurcharge) -> Iterator[Violation]:
    """Y09: there is a surcharge by the account; the sums are never typed."""
    if getattr(c, "outcome", "approve") != "approve":
        return
    book = paying.book(act)
    if book is None or book.accrued <= 0:
        yield against(
            "Y09", "至今日没有产生加处罚款，不能作出加处罚款决定。",
            "No surcharge has come to be: there is nothing to decide.", "APL72",
        )  # fmt: skip


def surcharge_is_reasoned(act: Act, c: ProposeSurcharge) -> Iterator[Violation]:
    """The proposal says how the party failed to pay."""
    yield from needed(c, {"reason": Text("逾期不缴纳的情况", "how it was not paid")}, "APL72")


def surcharge_is_proposed(act: Act, c: ApproveSurcharge) -> Iterator[Violation]:
    """Y09: a proposal waits."""
    row = act.record.last(SurchargeDecision)
    if row is None or row.granted is not None:
        yield against("Y09", "没有待批的加处罚款建议。", "No proposal waits.", "APL72")
