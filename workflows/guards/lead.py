"""Leads: the check of a lead, the order to correct and its re-check."""

from collections.abc import Iterator

from sqlalchemy import select

from models.duration import law_day
from models.errors import Text, Violation
from models.subject import LegalSubject
from models.types import Role
from workflows.act import Act
from workflows.commands.lead import (
    ExtendVerification,
    OrderCorrection,
    RecordRecheck,
    RecordVerification,
    RegisterLead,
)
from workflows.documents.wording import moment
from workflows.guards.law import against, needed

PLACE = Text("涉嫌违法地点", "the place of the act")
CONTENT = Text("线索内容", "what was found")
FINDINGS = Text("核查情况", "what the check found")
TRANSFER = {
    "transfer_kind": Text("移送种类", "the kind of transfer"),
    "transfer_to": Text("移送机关", "the agency it goes to"),
    "transfer_reason": Text("移送理由", "the reason of the transfer"),
}
KNOWN = {
    "matter": Text("涉嫌违法事项", "the matter"),
    "party": Text("当事人", "the party"),
}


def lead_is_complete(act: Act, c: RegisterLead) -> Iterator[Violation]:
    """A lead says where and what (线索登记, MSA 18)."""
    yield from needed(c, {"act_place": PLACE, "content": CONTENT}, "MSA18")


def subject_is_mine(act: Act, c: RegisterLead) -> Iterator[Violation]:
    """The legal subject is one for which the officer handles cases; named when there are more."""
    mine = {h.subject_id for h in act.actor.holdings if h.role == Role.HANDLER}
    if c.legal_subject is None:
        if len(mine) > 1:
            yield against(
                "P01", "您为多个执法主体办案，请选择执法主体。",
                "You act for more than one legal subject: choose one.", "APL17", "legal_subject",
            )  # fmt: skip
        return
    named = act.session.scalar(select(LegalSubject.id).where(LegalSubject.key == c.legal_subject))
    if named is None or named not in mine:
        yield against(
            "P01", "您不是这个执法主体的办案人员。", "You handle no cases for this legal subject.",
            "APL17", "legal_subject",
        )  # fmt: skip


def verification_is_complete(act: Act, c: RecordVerification) -> Iterator[Violation]:
    """What each conclusion of the check calls for."""
    yield from needed(c, {"findings": FINDINGS}, "MSA18")
    if c.conclusion == "transfer":
        yield from needed(c, TRANSFER, "MSA18")
    if c.conclusion in ("file", "order_correction"):
        missing = {
            name: title
            for name, title in KNOWN.items()
            if not (act.record.matter if name == "matter" else act.case.party)
        }
        yield from needed(c, missing, "MSA18")


def deadline_lies_ahead(act: Act, c: OrderCorrection) -> Iterator[Violation]:
    """The time to correct ends after the order was served; the re-check is not before its day."""
    if c.deadline <= c.served_at:
        yield against(
            "V05", f"改正期限（{moment(c.deadline)}）应当晚于送达时间（{moment(c.served_at)}）。",
            f"The deadline ({c.deadline}) must lie after the service ({c.served_at}).",
            "APL28", "deadline",
        )  # fmt: skip
    if c.recheck_on is not None and c.recheck_on < law_day(c.deadline):
        yield against(
            "V05", "复查日期不能早于改正期限届满之日。",
            "The re-check may not be planned before the day of the deadline.",
            "APL28", "recheck_on",
        )  # fmt: skip


def order_to_recheck(act: Act, c: RecordRecheck) -> Iterator[Violation]:
    """V20: a re-check answers an order; before its deadline nobody has failed to correct."""
    if not act.record.orders:
        yield against(
            "V20", "还没有责令改正，不能复查。", "There is no order to re-check.", "APL28"
        )
        return
    order = act.record.orders[-1]
    if law_day(c.rechecked_at) < law_day(order.ordered_at):
        yield against(
            "V05", f"复查时间早于责令改正时间（{moment(order.ordered_at)}），请核对。",
            f"The re-check is before the order ({order.ordered_at}).", "ORDER", "rechecked_at",
        )  # fmt: skip
    if c.result != "corrected" and c.rechecked_at < order.deadline:
        yield against(
            "V20", f"改正期限（{moment(order.deadline)}）未满，不能认定逾期未改正。",
            f"The time to correct runs until {order.deadline}: nobody is late yet.",
            "APL28", "rechecked_at",
        )  # fmt: skip


def verification_may_be_extended(act: Act, c: ExtendVerification) -> Iterator[Violation]:
    """MSA 18: one extension, while the check still runs."""
    yield from needed(c, {"reason": Text("延长理由", "the reason")}, "MSA18")
    clock = act.clocks.running("CLK_VERIFY")
    if clock is None or act.clocks.over("CLK_VERIFY"):
        yield against(
            "V05", "核查期限没有在计算或者已经届满，不能延长。",
            "The time to check the lead does not run, or is over.", "MSA18",
        )  # fmt: skip
        return
    times = int(act.parameter("clk_verify.extension_times"))
    if len(clock.extensions) >= times:
        yield against(
            "V05", f"核查期限只能延长{times}次，已经延长。",
            f"The time to check may be extended {times} time(s) only.", "MSA18",
        )  # fmt: skip
