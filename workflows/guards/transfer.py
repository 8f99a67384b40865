"""C10-C15: transfers between agencies, answered in order, and never passed on (MSA 13-17)."""

from collections.abc import Iterator
from typing import Any

from models.duration import law_day
from models.errors import Text, Violation
from models.transfer import IncomingTransfer, JurisdictionDispute
from models.types import Stage
from workflows.act import Act
from workflows.commands.closing import SendTransfer
from workflows.commands.transfer import (
    AnswerIncomingTransfer,
    FeedBackTransfer,
    RecordIncomingTransfer,
    RecordNegotiation,
    RecordTransferAnswer,
)
from workflows.guards import measure
from workflows.guards.dates import in_order
from workflows.guards.law import against, empty

MISSING = "missing_"
"""How the return reason for a missing item of the pack begins."""


def answer_fits_transfer(act: Act, c: RecordTransferAnswer) -> Iterator[Violation]:
    """C10: first received, then accepted or returned with reasons, then its result."""
    row = act.record.transfer
    if row is None or row.sent_at is None:
        yield against("C10", "案件还没有移送。", "Nothing has been sent.", "MSA14")
        return
    yield from in_order(
        row.sent_at, Text("移送时间", "the sending"),
        c.answered_at, Text("答复时间", "The answer"), "answered_at",
    )  # fmt: skip
    again = (c.answer == "received" and row.received_at) or (
        c.answer == "accepted" and row.accepted_at
    )
    if again:
        yield against("C10", "已经登记过这一答复。", "This was recorded.", "MSA14", "answer")
    if c.answer == "returned":
        yield from _return(c)
    if c.answer == "result" and empty(c.result):
        yield against(
            "C10", "请选择对方的处理结果。", "Choose the result.", "MSA14", "result"
        )  # fmt: skip


def _return(c: RecordTransferAnswer) -> Iterator[Violation]:
    if not c.return_reasons:
        yield against(
            "C10", "退回应当写明理由，缺少材料的逐项列明。",
            "A return names its reasons, each missing item one.", "MSA14", "return_reasons",
        )  # fmt: skip
    if empty(c.after_return):
        yield against(
            "C10", "请选择补正后重新移送，或者取回继续办理。",
            "Send it again or take it back.", "MSA14", "after_return",
        )  # fmt: skip


def goods_went_along(act: Act, c: RecordTransferAnswer) -> Iterator[Violation]:
    """V21: goods go along; the case does not end while something that was taken has no outcome."""
    if c.answer == "result":
        yield from measure.goods_have_outcomes(act, c)


def missing_items_are_added(act: Act, c: SendTransfer) -> Iterator[Violation]:
    """C11: what was missing when it came back is enclosed now."""
    row = act.record.transfer
    if row is None or row.state != "returned":
        return
    for reason in row.return_reasons:
        item = reason.removeprefix(MISSING)
        if reason.startswith(MISSING) and item not in c.enclosures:
            yield against(
                "C11", "对方退回时指出缺少的材料还没有补上。",
                f"What was missing is still missing: {item.replace('_', ' ')}.",
                "MSA14", "enclosures",
            )  # fmt: skip


def came_once(act: Act, c: RecordIncomingTransfer) -> Iterator[Violation]:
    """C12: a lead comes by one transfer, before it is filed."""
    if act.case.filed_at is not None or act.record.has(IncomingTransfer):
        yield against(
            "C12", "案件已经立案，或者已经登记过移送来件。",
            "It has been filed, or its transfer has been recorded.", "MSA14",
        )  # fmt: skip


def return_names_what_is_missing(act: Act, c: AnswerIncomingTransfer) -> Iterator[Violation]:
    """C12: a return has a code for each thing missing; competence is not a matter of returning."""
    row = act.record.last(IncomingTransfer)
    if c.answer != "return" or row is None:
        return
    if not c.return_reasons:
        yield against(
            "C12", "退回应当写明理由，缺少材料的逐项列明。",
            "A return names its reasons, each missing item one.", "MSA14", "return_reasons",
        )  # fmt: skip
    there = [r for r in c.return_reasons if r.removeprefix(MISSING) in row.enclosures]
    if there:
        yield against(
            "C12", "所列材料在登记时已经收到，请核对退回理由。",
            "What you name as missing was recorded as enclosed.", "MSA14", "return_reasons",
        )  # fmt: skip
    if "not_competent" in c.return_reasons:
        yield against(
            "C13", "对管辖有异议的，应当协商或者报请共同的上一级机关指定管辖，不得退回或者再移送。",
            "Who disputes the competence asks the common superior, and does not send it back.",
            "MSA14", "return_reasons",
        )  # fmt: skip
    if act.case.filed_at is not None:
        yield against(
            "C12", "案件已经立案，不能退回。", "It has been filed.", "MSA14", "answer"
        )  # fmt: skip


def nothing_is_passed_on(act: Act, c: Any) -> Iterator[Violation]:
    """C13: what came by transfer is not transferred again, unless a superior designated so."""
    chosen = {getattr(c, name, None) for name in ("conclusion", "outcome", "proposal")}
    if "transfer" not in chosen or not act.record.has(IncomingTransfer):
        return
    rows = act.record.all(JurisdictionDispute)
    if any("theirs" in (row.designated, row.outcome) for row in rows):
        return
    yield against(
        "C13", "本案由其他机关移送，不得再自行移送；有管辖争议的，先协商或者报请上级指定。",
        "It came by transfer and is not passed on: settle the jurisdiction first.", "MSA14",
    )  # fmt: skip


def result_is_so(act: Act, c: FeedBackTransfer) -> Iterator[Violation]:
    """C14: what is fed back is what the record says."""
    decision = act.record.decision
    true = {
        "filed": act.case.filed_at is not None,
        "not_filed": act.case.stage in (Stage.NOT_FILED, Stage.EXEMPT),
        "penalty": decision is not None and decision.decision == "penalty",
        "no_penalty": decision is not None and decision.decision != "penalty",
    }
    if not true.get(c.result, True):
        yield against(
            "C14", "反馈的结果与案件记录不一致，请核对。",
            "The record says otherwise: check the result.", "MSA14", "result",
        )  # fmt: skip


def first_filing_wins(act: Act, c: RecordNegotiation) -> Iterator[Violation]:
    """C15: where both are competent, the agency that filed first is in charge (APL 25)."""
    row = act.record.last(JurisdictionDispute)
    if c.outcome != "ours" or row is None or row.other_filed_on is None:
        return
    filed = act.case.filed_at
    if filed is None or law_day(filed) > row.other_filed_on:
        yield against(
            "C15", "对方最先立案，由最先立案的行政机关管辖；另有理由的，报请共同的上一级机关指定。",
            "The other agency filed first and is in charge, unless the superior designates.",
            "APL25", "outcome",
        )  # fmt: skip
