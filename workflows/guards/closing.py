"""V27, V21: a case is closed when its outcome is served, disclosed and carried out (MSA 77)."""

from collections.abc import Iterator

from models.errors import Text, Violation
from workflows.act import Act
from workflows.commands.closing import (
    ApproveClosing,
    ApproveTransfer,
    ApproveWithdrawal,
    ProposeClosing,
    ReviewClosing,
    SendTransfer,
)
from workflows.guards.closing_conditions import Stated, conditions
from workflows.guards.dates import in_order
from workflows.guards.law import against, empty, needed


def outcome_is_carried_out(act: Act, c: ProposeClosing) -> Iterator[Violation]:
    """V27, V21 for the proposal: every open duty is named at once."""
    yield from needed(c, {"summary": Text("处理结果和执行情况", "result and execution")}, "MSA77")
    yield from _unmet(act, Stated.of(c))


def closing_was_proposed(act: Act, c: ReviewClosing | ApproveClosing) -> Iterator[Violation]:
    """V27 once more for the head and the leader: the record may have changed meanwhile."""
    if c.outcome == "return":
        return
    if act.record.closing is None:
        yield against("V27", "还没有结案报告。", "No closing has been proposed.", "MSA77")
    else:
        yield from _unmet(act, Stated.of(act.record.closing))


def _unmet(act: Act, stated: Stated) -> Iterator[Violation]:
    """Open side processes are left to S03, which every command meets."""
    for condition in conditions(act, stated):
        if condition.key != "sides":
            yield from condition.unmet


def withdrawal_was_proposed(act: Act, c: ApproveWithdrawal) -> Iterator[Violation]:
    """A filing is withdrawn on a reviewed report that proposes it."""
    report = act.record.report
    if c.outcome == "withdraw" and (report is None or report.proposal != "withdraw"):
        yield against(
            "C01",
            "最后一次报告没有建议撤销立案。",
            "The last report does not propose a withdrawal.",
            "MSA62",
            "outcome",
        )
    if c.outcome == "withdraw" and act.record.decision is not None:
        yield against(
            "C01", "已经作出决定，不能撤销立案。", "A decision has been made: nothing to withdraw.",
            "MSA62", "outcome",
        )  # fmt: skip


def transfer_was_proposed(act: Act, c: ApproveTransfer) -> Iterator[Violation]:
    """A transfer has an agency to go to (APL 23, 27; MSA 14)."""
    row = act.record.transfer
    if c.outcome != "transfer":
        return
    if row is None:
        yield against("C02", "还没有移送建议。", "No transfer has been proposed.", "MSA14")
    elif empty(c.transfer_to or row.to_agency):
        yield from needed(c, {"transfer_to": Text("移送机关", "the agency")}, "MSA14")


def transfer_is_approved(act: Act, c: SendTransfer) -> Iterator[Violation]:
    """V05: a transfer is sent once, after its approval, with a letter and a contact."""
    row = act.record.transfer
    if row is None or row.approved_at is None:
        yield against("C02", "移送还没有批准。", "The transfer has not been approved.", "MSA14")
    elif row.sent_at is not None and row.state != "returned":
        yield against("C02", "已经移送。", "It has been sent already.", "MSA14")
    else:
        yield from in_order(
            row.approved_at, Text("批准时间", "the approval"),
            c.sent_at, Text("移送时间", "The sending"), "sent_at",
        )  # fmt: skip
    wanted = {
        "enclosures": Text("移送材料", "the enclosures"),
        "contact_name": Text("联系人", "the contact"),
        "contact_phone": Text("联系电话", "the contact's phone"),
    }
    yield from needed(c, wanted, "MSA14")
