"""V26, Y04-Y06: deferral and instalments, and what a missed part brings (APL 66, 72)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from models.errors import Text, Violation
from models.instalment import InstalmentPlan
from workflows import paying
from workflows.act import Act
from workflows.commands.instalment import (
    ApproveInstalment,
    DeclareDefault,
    NotifyDefault,
    RequestInstalment,
)
from workflows.guards.law import against, needed
from workflows.ledger import ZERO, yuan

DEFERRAL = "deferral"


def waiting(act: Act) -> InstalmentPlan | None:
    """The application that waits for its answer."""
    row = act.record.last(InstalmentPlan)
    return row if row is not None and row.granted is None else None


def application_is_complete(act: Act, c: RequestInstalment) -> Iterator[Violation]:
    """Y04: in writing, with its reason, on a decision of which something is unpaid."""
    yield from needed(c, {"reason": Text("经济困难的情况", "the hardship")}, "APL66")
    if c.applied_on > act.today:
        yield against(
            "V05", "申请日期晚于今天，请改为实际日期。", "The application is dated after today.",
            "ORDER", "applied_on",
        )  # fmt: skip
    book = paying.book(act)
    if book is None or book.account.due is None or book.balance.fine <= 0:
        yield against(
            "Y04", "没有已送达、尚欠罚款的处罚决定，不能申请延期、分期缴纳。",
            "There is no served decision with an unpaid fine to defer.", "APL66",
        )  # fmt: skip
        return
    yield from _parts_fit(act, c.kind, c.parts)


def plan_may_be_granted(act: Act, c: ApproveInstalment) -> Iterator[Violation]:
    """V26 for what is granted: the parts as of today make the unpaid fine."""
    row = waiting(act)
    if row is None:
        yield against("Y04", "没有待批的申请。", "No application waits.", "APL66")
    elif c.outcome == "approve":
        yield from _parts_fit(act, row.kind, c.parts or row.asked)


def _parts_fit(act: Act, kind: str, parts: Sequence[Mapping[str, Any]]) -> Iterator[Violation]:
    book = paying.book(act)
    left = book.balance.fine if book else ZERO
    total = sum((Decimal(part["amount"]) for part in parts), ZERO)
    if total != left:
        yield against(
            "V26", f"各期合计{yuan(total)}元，与尚欠罚款{yuan(left)}元不一致。",
            f"The parts make {yuan(total)} yuan, the unpaid fine is {yuan(left)}.",
            "APL66", "parts",
        )  # fmt: skip
    if any(Decimal(part["amount"]) <= 0 for part in parts):
        yield against(
            "V26", "每期数额应当大于零。", "Each part is more than nothing.", "APL66", "parts"
        )
    ends = [day_of(part) for part in parts]
    if any(later <= earlier for earlier, later in pairwise(ends)) or min(ends) < act.today:
        yield against(
            "V26", "各期期限应当按先后排列，且不早于今天。",
            "The last days follow each other and do not lie before today.", "APL66", "parts",
        )  # fmt: skip
    if kind == DEFERRAL and len(parts) != 1:
        yield against(
            "V26", "延期缴纳只有一期；分次缴纳的，申请分期。",
            "A deferral has one part; several are instalments.", "APL66", "parts",
        )  # fmt: skip


def day_of(part: Mapping[str, Any]) -> date:
    """The last day of a part, typed or stored."""
    day = part["day"]
    return day if isinstance(day, date) else date.fromisoformat(str(day))


def plan_is_in_default(act: Act, c: DeclareDefault | NotifyDefault) -> Iterator[Violation]:
    """Y05: a part was missed and is still unpaid."""
    book = paying.book(act)
    if book is None or book.defaulted_on is None or book.balance.fine <= 0:
        yield against(
            "Y05", "分期（延期）计划没有违约，或者余款已经缴清。",
            "No part of a plan was missed, or the rest has been paid.", "APL66",
        )  # fmt: skip


def default_is_told_once(act: Act, c: DeclareDefault) -> Iterator[Violation]:
    """Y06: the party is told once."""
    plan = paying.plan_in_force(act)
    if plan is not None and plan.default_number is not None:
        yield against(
            "Y06", "违约已经书面告知当事人。", "The party has been told already.", "APL66"
        )
