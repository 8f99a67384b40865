"""The application to the court: its window, its material, the answers (K23-K26; AEL 53-58)."""

from collections.abc import Iterator
from typing import Any

from models.duration import law_day
from models.enforcement import CourtApplication
from models.errors import Text, Violation
from models.types import Flag
from workflows.act import Act
from workflows.commands.court_application import (
    AnswerCourtRefusal,
    PrepareCourtApplication,
    RecordCourtAcceptance,
    RecordCourtEnforcement,
    RecordCourtRuling,
    RecordHigherCourt,
    SignCourtApplication,
    SubmitCourtApplication,
)
from workflows.documents.wording import day as worded
from workflows.enforcing import COURT, SUE, owed, something_is_open
from workflows.guards.dates import in_order
from workflows.guards.law import against, empty, needed
from workflows.ledger import ZERO

MATERIALS = ("application", "decision", "opinions", "property")
"""申请书；决定书及事实、理由、依据；当事人意见及催告情况；执行标的情况 (AEL 55)."""
OBJECT = "CLK_COURT_OBJECT"


def window_is_open(
    act: Act, c: PrepareCourtApplication | SignCourtApplication | SubmitCourtApplication
) -> Iterator[Violation]:
    """K23: within three months after the time to sue; not before, and not after (AEL 53)."""
    if getattr(c, "outcome", "agree") == "return":
        return
    clock, sue = act.clocks.last(COURT), act.clocks.last(SUE)
    if Flag.IN_REMEDY in act.case.flags:
        yield against(
            "K23", "当事人已经申请行政复议或者提起行政诉讼，还不能申请人民法院强制执行。",
            "The party sought a remedy: the court cannot be asked yet.", "AEL53",
        )  # fmt: skip
    if clock is None:
        when = f"（{worded(sue.outer_day)}）" if sue else ""
        yield against(
            "K23", f"当事人的起诉期限{when}届满后，才能在三个月内申请人民法院强制执行。",
            "The court can be asked only after the time to sue is over"
            f"{f' ({sue.outer_day})' if sue else ''}.", "AEL53",
        )  # fmt: skip
    elif act.clocks.over(COURT) or law_day(_moment(act, c)) > clock.outer_day:
        yield against(
            "K23", f"申请人民法院强制执行的期限已于{worded(clock.outer_day)}届满，不能再申请。",
            f"The time to ask the court ended on {clock.outer_day}: the right is lost.", "AEL53",
        )  # fmt: skip


def _moment(act: Act, c: Any) -> Any:
    return getattr(c, "submitted_at", None) or act.now


def something_is_unperformed(act: Act, c: PrepareCourtApplication) -> Iterator[Violation]:
    """K24: there is something that the party has not performed."""
    if not something_is_open(act):
        yield against(
            "K24", "当事人已经履行决定，不需要申请强制执行。",
            "The decision has been performed.", "AEL53",
        )  # fmt: skip


def material_is_complete(act: Act, c: PrepareCourtApplication) -> Iterator[Violation]:
    """K24: the four kinds of material that the court asks for (AEL 55)."""
    wanted = {
        "court": Text("受理法院", "the court"),
        "reason": Text("不履行的情况", "what was not performed"),
        "means": Text("被执行人和执行标的情况", "the party and its property"),
    }
    yield from needed(c, wanted, "AEL55")
    missing = [name for name in MATERIALS if name not in c.materials]
    if missing:
        yield against(
            "K24", f"申请材料还缺{len(missing)}类，应当四类齐全。",
            f"{len(missing)} of the four kinds of material are missing.", "AEL55", "materials",
        )  # fmt: skip


def application_is_signed(act: Act, c: SubmitCourtApplication) -> Iterator[Violation]:
    """K24: what is handed in was signed by the head and sealed (AEL 55)."""
    row = act.record.last(CourtApplication)
    if row is None or row.signed_at is None:
        yield against(
            "K24", "强制执行申请书应当由行政机关负责人签名并加盖印章。",
            "The head of the agency signs the application first.", "AEL55",
        )  # fmt: skip
    else:
        yield from in_order(
            row.signed_at, Text("签发时间", "the signature"),
            c.submitted_at, Text("递交时间", "The handing in"), "submitted_at",
        )  # fmt: skip


def answer_follows_step(
    act: Act, c: RecordCourtAcceptance | RecordCourtRuling | RecordHigherCourt
) -> Iterator[Violation]:
    """K25: an answer comes after what it answers, and a refusal has its reason."""
    row = act.record.last(CourtApplication)
    if row is None or row.submitted_at is None:
        yield against("K25", "还没有递交申请。", "Nothing was handed in.", "AEL56")
        return
    yield from in_order(
        row.submitted_at, Text("递交时间", "the handing in"),
        c.answered_at, Text("法院答复时间", "The court's answer"), "answered_at",
    )  # fmt: skip
    refused = c.answer in ("not_accepted", "not_granted")
    if refused and empty(getattr(c, "refusal_reason", None)):
        title = Text("不予受理或者不予执行的理由", "the reasons of the court")
        yield from needed(c, {"refusal_reason": title}, "AEL58")
    if c.answer == "accepted" and empty(getattr(c, "court_case_no", None)):
        yield from needed(c, {"court_case_no": Text("法院案号", "the court's number")}, "AEL56")


def objection_is_in_time(act: Act, c: AnswerCourtRefusal) -> Iterator[Violation]:
    """K25: the higher court is asked within fifteen days (AEL 56, 58)."""
    if c.answer != "objected":
        yield from needed(c, {"reason": Text("不申请复议的理由", "the reason")}, "AEL58")
        return
    yield from needed(c, {"objected_at": Text("申请复议时间", "when it was asked")}, "AEL58")
    row, clock = act.record.last(CourtApplication), act.clocks.last(OBJECT)
    if c.objected_at is None or clock is None or row is None or row.refused_at is None:
        return
    yield from in_order(
        row.refused_at, Text("收到裁定时间", "the ruling"),
        c.objected_at, Text("申请复议时间", "The objection"), "objected_at",
    )  # fmt: skip
    if law_day(c.objected_at) > clock.outer_day:
        yield against(
            "K25", f"向上一级人民法院申请复议的期限已于{worded(clock.outer_day)}届满。",
            f"The time to ask the higher court ended on {clock.outer_day}.",
            "AEL58", "objected_at",
        )  # fmt: skip


def collection_fits(act: Act, c: RecordCourtEnforcement) -> Iterator[Violation]:
    """K26: no more than is owed; with a receipt; the end says on which ruling it rests."""
    amount, surcharge = c.amount or ZERO, c.surcharge_amount or ZERO
    due = owed(act, law_day(c.answered_at))
    if amount < 0 or surcharge < 0 or amount + surcharge > due.total:
        yield against(
            "K26", f"收到{amount + surcharge}元超过尚欠的{due.total}元，请核对。",
            f"{amount + surcharge} yuan is more than the {due.total} yuan owed.",
            "AEL57", "amount",
        )  # fmt: skip
    elif surcharge > due.surcharge:
        yield against(
            "K26", f"加处罚款{surcharge}元超过应加处的{due.surcharge}元，请核对。",
            f"{surcharge} yuan is more than the {due.surcharge} yuan of surcharge.",
            "APL72", "surcharge_amount",
        )  # fmt: skip
    if amount + surcharge > 0:
        yield from needed(c, {"receipt_no": Text("票据号码", "the receipt number")}, "NUMBERS")
    if c.answer == "court_ended":
        yield from needed(c, {"ruling_no": Text("终结执行裁定文号", "the ruling")}, "AEL57")
    left = due.principal - amount
    if c.answer == "performed" and left > 0:
        yield against(
            "K26", f"尚欠{left}元，还没有执行完毕。", f"{left} yuan are still owed.",
            "AEL57", "answer",
        )  # fmt: skip
