"""V27, V21: a case is closed when its outcome is served, disclosed and carried out (MSA 77)."""

from collections.abc import Iterator

from models.errors import Text, Violation
from models.types import DisclosureState
from workflows.act import Act
from workflows.commands.closing import (
    ApproveClosing,
    ApproveTransfer,
    ApproveWithdrawal,
    ProposeClosing,
    ReviewClosing,
    SendTransfer,
)
from workflows.guards.dates import in_order
from workflows.guards.law import against, empty, needed

OUTCOMES = ("D43", "D45")
DISCLOSED = (DisclosureState.PUBLISHED, DisclosureState.WITHHELD, DisclosureState.WITHDRAWN)
COURT = "court_ended"
"""The ground on which a case closes although not everything was paid (法院终结执行)."""


def outcome_is_carried_out(act: Act, c: ProposeClosing) -> Iterator[Violation]:
    """V27, V21 for the proposal."""
    yield from needed(c, {"summary": Text("处理结果和执行情况", "result and execution")}, "MSA77")
    yield from _finished(act, c.closing_ground)
    if not c.measures_released:
        yield against(
            "V27", "强制措施还没有解除，不能结案。", "Measures have not been released.",
            "MSA77", "measures_released",
        )  # fmt: skip
    if not c.goods_disposed:
        yield against(
            "V21", "涉案财物还没有处理，不能结案。", "Goods have not been disposed of.",
            "MSA77", "goods_disposed",
        )  # fmt: skip
    yield from _ground_fits(act, c)


def _finished(act: Act, ground: str) -> Iterator[Violation]:
    record = act.record
    decision = record.decision
    if decision is None:
        yield against("V27", "还没有作出决定，不能结案。", "No decision has been made.", "MSA77")
        return
    served = [s for s in record.services if s.document_number == decision.number]
    if not served:
        yield against(
            "V27", "决定书还没有送达，不能结案。", "The decision has not been served.", "MSA77"
        )
    for service in served:
        yield from in_order(
            service.served_at, Text("送达时间", "the service"),
            act.now, Text("结案时间", "The closing"),
        )  # fmt: skip
    if record.disclosure is None or record.disclosure.state not in DISCLOSED:
        yield against(
            "V27",
            "还没有决定公示或者不公示，不能结案。",
            "Disclosure has not been decided.",
            "MSA77",
        )
    if record.outstanding() > 0 and ground != COURT:
        yield against(
            "V27", f"尚有{record.outstanding()}元没有缴纳，不能结案。",
            f"{record.outstanding()} yuan are outstanding.", "MSA77", "closing_ground",
        )  # fmt: skip


def _ground_fits(act: Act, c: ProposeClosing) -> Iterator[Violation]:
    """The ground says what the decision was."""
    decision = act.record.decision
    if decision is None:
        return
    penalty = decision.decision == "penalty"
    if penalty and c.closing_ground == "no_penalty":
        yield against(
            "V27", "本案作出了处罚决定，结案理由不能是“不予处罚”。",
            "A penalty was decided: “no penalty” is not the ground.", "MSA77", "closing_ground",
        )  # fmt: skip
    if not penalty and c.closing_ground in ("performed", COURT):
        yield against(
            "V27", "本案不予处罚，结案理由应当是“不予处罚”。",
            "No penalty was decided: choose “no penalty” as the ground.",
            "MSA77", "closing_ground",
        )  # fmt: skip


def closing_was_proposed(act: Act, c: ReviewClosing | ApproveClosing) -> Iterator[Violation]:
    """V27 once more for the head and the leader: the record may have changed meanwhile."""
    if c.outcome == "return":
        return
    if act.record.closing is None:
        yield against("V27", "还没有结案报告。", "No closing has been proposed.", "MSA77")
    else:
        yield from _finished(act, act.record.closing.closing_ground)


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
    elif row.sent_at is not None:
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
