"""C03-C09: suspected crimes go to the police, by the head's own hand and in time (Order 310)."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from models.appraisal import Appraisal
from models.criminal import CriminalObjection, CriminalTransfer
from models.errors import Text, Violation
from models.measure import Measure
from models.types import Stage
from workflows.act import Act
from workflows.commands.closing import ApproveTransfer
from workflows.commands.criminal import (
    AnswerPoliceRefusal,
    HandOverToPolice,
    RecordCriminalResult,
    RecordPoliceDecision,
    RecordRefusalReview,
    ReportSuspectedCrime,
    SendCriminalTransfer,
)
from workflows.guards import officers
from workflows.guards.dates import in_order
from workflows.guards.law import against, empty, needed
from workflows.guards.report import Penalty

ENCLOSURES = {
    "transfer_letter": Text("涉嫌犯罪案件移送书", "the letter of transfer"),
    "investigation_report": Text("涉嫌犯罪案件情况的调查报告", "the report of the investigation"),
    "goods_list": Text("涉案物品清单", "the list of goods"),
    "appraisal_report": Text("有关检验报告或者鉴定结论", "reports of tests and appraisals"),
    "other": Text("其他有关涉嫌犯罪的材料", "other material on the crime"),
}
"""The five attachments of 310 art. 6, by their codes in `criminal_enclosure`."""
EXCUSED = ("goods_list", "appraisal_report", "other")
"""What a case may be without, when it is said why: nothing was taken, nothing was tested."""
OBJECT = "CLK_CRIM_OBJECT"


def team_of_two(act: Act, c: ReportSuspectedCrime) -> Iterator[Violation]:
    """C03: at once a special team of two or more certified officers verifies and reports."""
    wanted = {"crime": Text("涉嫌罪名", "the offence"), "facts": Text("事实", "the facts")}
    yield from needed(c, wanted, "T310_5")
    keys = list(dict.fromkeys(c.team))
    least = int(act.parameter("handlers.minimum"))
    if len(keys) < least:
        yield against(
            "C03", f"应当立即指定{least}名以上行政执法人员组成专案组专门负责。",
            f"A special team of {least} officers or more is named at once.", "T310_5", "team",
        )  # fmt: skip
    yield from act.people.unknown(keys, "team")
    for key in keys:
        if person := act.people.find(key):
            yield from officers.certified(act, person.id, person.name, "team", act.today)


def refusal_is_kept(act: Act, c: Any) -> Iterator[Violation]:
    """C04: reasons of a refusal are put on file (310 art. 5)."""
    if c.outcome == "refuse" and empty(c.opinion):
        yield against(
            "C04", "决定不批准移送的，应当将不予批准的理由记录在案。",
            "The reasons for not transferring are put on file.", "T310_5", "opinion",
        )  # fmt: skip


def pack_is_complete(act: Act, c: SendCriminalTransfer) -> Iterator[Violation]:
    """C05: the letter goes with its five attachments; what does not exist is explained."""
    wanted = {
        "police_organ": Text("公安机关", "the police organ"),
        "procuratorate": Text("抄送的检察院", "the procuratorate"),
        "contact_name": Text("联系人", "the contact"),
        "contact_phone": Text("联系电话", "the contact's phone"),
    }
    yield from needed(c, wanted, "T310_6")
    there = {"goods_list": _goods_taken(act), "appraisal_report": _tested(act)}
    for code, title in ENCLOSURES.items():
        if code in c.enclosures:
            continue
        if code in EXCUSED and not there.get(code, False) and not empty(c.missing_note):
            continue
        yield against(
            "C05", f"移送涉嫌犯罪案件应当附有{title.zh}。",
            f"Not enclosed: {title.en}.", "T310_6", "enclosures",
        )  # fmt: skip


def _goods_taken(act: Act) -> bool:
    return any(row.executed_at and row.kind != "sampling" for row in act.record.all(Measure))


def _tested(act: Act) -> bool:
    return act.record.has(Appraisal)


def sent_after_approval(act: Act, c: SendCriminalTransfer) -> Iterator[Violation]:
    """V05: approved, then sent, then received."""
    row = current(act)
    if row is None or not row.approved or row.decided_at is None:
        yield against(
            "C04", "移送还没有经主要负责人批准。", "The head has not approved the transfer.",
            "T310_5",
        )  # fmt: skip
        return
    yield from in_order(
        row.decided_at, Text("批准时间", "the approval"),
        c.sent_at, Text("移送时间", "The sending"), "sent_at",
    )  # fmt: skip
    if c.received_at is not None:
        yield from needed(c, {"receiver_name": Text("签收人", "who signed for it")}, "T310_7")
        yield from in_order(
            c.sent_at, Text("移送时间", "the sending"),
            c.received_at, Text("签收时间", "The receipt"), "received_at",
        )  # fmt: skip


def answer_follows_sending(
    act: Act, c: RecordPoliceDecision | RecordRefusalReview
) -> Iterator[Violation]:
    """C07: the police answer what they were sent, and say why they refuse (310 art. 8)."""
    row = current(act)
    if row is not None and row.sent_at is not None:
        yield from in_order(
            row.sent_at, Text("移送时间", "the sending"),
            c.received_at, Text("收到通知时间", "The notice"), "received_at",
        )  # fmt: skip
    refused = getattr(c, "decision", None) == "refused" or getattr(c, "result", None) == "upheld"
    if refused and empty(c.reason):
        yield against(
            "C07", "不予立案的，应当登记公安机关书面说明的理由。",
            "Write down the reasons that the police gave.", "T310_8", "reason",
        )  # fmt: skip


def goods_go_along(act: Act, c: HandOverToPolice) -> Iterator[Violation]:
    """C08: everything that was seized is handed over or released, and the party told (AEL 21)."""
    seized = [row for row in act.record.all(Measure) if row.executed_at and row.kind != "sampling"]
    for row in seized:
        if left := [item.name for item in row.left()]:
            yield against(
                "C08", f"{row.number or '措施'}的{'、'.join(left)}还没有移交，请先在查封、扣押或者"
                "登记保存流程中办理移交。",
                f"Not handed over yet: {', '.join(left)} of {row.number or 'a measure'}. "
                "Do it in the process of the measure.", "T310_12",
            )  # fmt: skip
    moved = any(item.outcome == "hand_over" for row in seized for item in row.items)
    if moved and c.party_told_at is None:
        yield against(
            "C08", "查封、扣押的财物一并移送的，应当书面告知当事人。",
            "The party is told in writing that seized goods have moved.", "AEL21", "party_told_at",
        )  # fmt: skip


def objection_is_in_time(act: Act, c: AnswerPoliceRefusal) -> Iterator[Violation]:
    """C09: three days, each way once; after them the agency goes on by itself (310 art. 9, 10)."""
    yield from needed(c, {"reason": Text("理由", "the reasons")}, "T310_9")
    if c.answer == "resume":
        return
    yield from needed(c, {"organ": Text("受理机关", "the organ asked")}, "T310_9")
    if act.clocks.over(OBJECT):
        yield against(
            "C09", "收到不予立案通知（复议决定）已超过三日，不能再提请复议或者建议立案监督，应当"
            "依法恢复行政办理。",
            "The three days are over: the case goes on administratively.", "T310_9", "answer",
        )  # fmt: skip
    row = current(act)
    done = {o.way for o in act.record.all(CriminalObjection) if row and o.transfer_id == row.id}
    if c.answer in done or (c.answer == "review" and done):
        yield against(
            "C09", "复议、立案监督各只能提出一次，监督之后不再复议。",
            "Review and supervision are asked for once each, review first.", "T310_9", "answer",
        )  # fmt: skip


def result_is_complete(act: Act, c: RecordCriminalResult) -> Iterator[Violation]:
    """C07: what the court or the procuratorate decided, and what is left for the agency."""
    row = current(act)
    if row is not None and row.handed_at is not None:
        yield from in_order(
            row.handed_at, Text("移交时间", "the handing over"),
            c.received_at, Text("收到结果时间", "The result"), "received_at",
        )  # fmt: skip
    if c.criminal_fine is not None and c.result != "convicted":
        yield against(
            "C07", "只有判处刑罚的才有罚金。", "Only a conviction carries a criminal fine.",
            "APL35", "criminal_fine",
        )  # fmt: skip
    if c.next == "close" and act.record.decision is not None:
        yield against(
            "C07", "移送前作出的处罚决定不停止执行，应当恢复办理，执行完毕后结案。",
            "The decision made before runs on: resume, and close it when it is performed.",
            "T310_11", "next",
        )  # fmt: skip
    if (c.next == "close") != (c.result == "convicted") and empty(c.note):
        yield against(
            "C07", "未判刑而终结、或者判刑后仍需行政处理的，应当写明理由。",
            "Say why nothing is left to decide, or what is left after a conviction.",
            "T310_10", "note",
        )  # fmt: skip


def nothing_is_decided_meanwhile(act: Act, c: Any) -> Iterator[Violation]:
    """C06: no penalty instead of the transfer, and none while the police have the case."""
    if getattr(c, "outcome", "") == "return" or act.case.stage != Stage.TRANSFERRED_CRIMINAL:
        return
    yield against(
        "C06", "案件已移送公安机关，移送期间不得作出罚款等处罚决定，不得以行政处罚代替移送。",
        "The case is with the police: no fine or other penalty is decided, and none replaces it.",
        "T310_11",
    )  # fmt: skip


def no_second_fine(act: Act, c: Penalty) -> Iterator[Violation]:
    """V17: after a criminal fine (罚金) the agency imposes no fine any more (APL 35)."""
    fined = getattr(c, "proposal", None) == "penalty" or getattr(c, "decision", None) == "penalty"
    if not fined or not c.fine or not act.has_case:
        return
    rows = [row for row in act.record.all(CriminalTransfer) if row.criminal_fine]
    if rows and (rows[-1].criminal_fine or Decimal(0)) > 0:
        yield against(
            "V17", f"人民法院已判处罚金{rows[-1].criminal_fine}元，不再给予罚款。",
            f"The court imposed a fine of {rows[-1].criminal_fine} yuan: no further fine.",
            "APL35", "fine",
        )  # fmt: skip


def crimes_take_their_own_way(act: Act, c: Any) -> Iterator[Violation]:
    """C04: a suspected crime is not sent like a file to another agency; the head decides."""
    wanted = "transfer" in (
        getattr(c, name, None) for name in ("conclusion", "outcome", "proposal")
    )
    kind = getattr(c, "transfer_kind", None)
    row = act.record.transfer
    if isinstance(c, ApproveTransfer) and row is not None:
        kind = row.kind
    if wanted and kind == "judicial":
        yield against(
            "C04", "涉嫌犯罪的，请在案件页启动“移送涉嫌犯罪案件”，由主要负责人三日内决定。",
            "Start the criminal transfer on the case page: the head decides within three days.",
            "T310_5", "transfer_kind",
        )  # fmt: skip


def current(act: Act) -> CriminalTransfer | None:
    """The latest criminal transfer of the case."""
    return act.record.last(CriminalTransfer)
