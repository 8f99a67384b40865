"""Enforcement suspended, resumed, agreed upon or ended (K27-K31; AEL 39-42)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from models.duration import law_day
from models.errors import Text, Violation
from models.types import Flag
from workflows.act import Act
from workflows.commands.enforcement_rest import (
    AbandonEnforcement,
    ApproveEnforcementEnd,
    CheckSettlement,
    ProposeSettlement,
    RecordRestoration,
    RequestEnforcementEnd,
    RequestEnforcementPause,
    ResumeEnforcement,
)
from workflows.enforcing import (
    enforcement_has_ended,
    money_is_open,
    owed,
    something_is_open,
    stands_still,
)
from workflows.guards.law import against, empty, needed

PAUSE = "CLK_PAUSE_END"
NATURAL = {"person_died": True, "entity_ended": False}
"""Ground of an end → whether it is about a natural person."""
PERSONS = ("natural_person", "individual_business")
REVOKED = "basis_revoked"


def something_to_enforce(
    act: Act, c: RequestEnforcementPause | RequestEnforcementEnd | ProposeSettlement
) -> Iterator[Violation]:
    """K27: a served decision of which something is open, and whose enforcement has not ended."""
    if act.record.decision is None or Flag.SERVED not in act.case.flags:
        yield against("K27", "决定书还没有送达。", "The decision has not been served.", "AEL34")
    elif enforcement_has_ended(act.record):
        yield against("K27", "执行已经终结。", "Enforcement has ended already.", "AEL40")
    elif not something_is_open(act) and getattr(c, "ground", "") != REVOKED:
        yield against(
            "K27", "决定已经履行完毕，没有需要执行的内容。",
            "Everything has been performed.", "AEL34",
        )  # fmt: skip


def pause_is_reasoned(act: Act, c: RequestEnforcementPause) -> Iterator[Violation]:
    """K27: the ground with its facts; nothing that stands still already."""
    yield from needed(c, {"reason": Text("中止的事实和理由", "facts and reasons")}, "AEL39")
    if stands_still(act.record):
        yield against("K27", "执行已经中止。", "Enforcement stands still already.", "AEL39")


def resumption_is_reasoned(act: Act, c: ResumeEnforcement) -> Iterator[Violation]:
    """K28: only what stands still goes on, with what has become of the ground."""
    yield from needed(c, {"reason": Text("恢复执行的理由", "the reason")}, "AEL39")
    if not stands_still(act.record):
        yield against("K28", "执行没有中止。", "Enforcement does not stand still.", "AEL39")


def three_years_are_over(act: Act, c: AbandonEnforcement) -> Iterator[Violation]:
    """K29: given up only after three years without means and without harm (AEL 39)."""
    yield from needed(c, {"opinion": Text("意见", "the opinion")}, "AEL39")
    if not act.clocks.over(PAUSE):
        yield against(
            "K29", "中止执行未满三年，不能不再执行。", "The three years are not over.", "AEL39"
        )  # fmt: skip


def end_is_grounded(act: Act, c: RequestEnforcementEnd) -> Iterator[Violation]:
    """K30: a ground of AEL 40 that fits the party, and what goes back where AEL 41 asks for it."""
    yield from needed(c, {"reason": Text("终结的事实和证据", "facts and evidence")}, "AEL40")
    party, natural = act.case.party, NATURAL.get(c.ground)
    if party is not None and natural is not None and (party.party_type in PERSONS) != natural:
        yield against(
            "K30", "终结的情形与当事人类型不符。", "The ground does not fit the kind of party.",
            "AEL40", "ground",
        )  # fmt: skip
    taken = act.record.paid() > 0
    if c.ground == REVOKED and taken and empty(c.restore):
        yield against(
            "K30", "据以执行的决定被撤销、变更的，已经执行的应当恢复原状或者退还，请写明内容。",
            "The decision was undone: say what is put back or returned.", "AEL41", "restore",
        )  # fmt: skip


def end_still_holds(act: Act, c: ApproveEnforcementEnd) -> Iterator[Violation]:
    """K30 once more for the leader: nothing has ended meanwhile."""
    if c.outcome == "approve" and enforcement_has_ended(act.record):
        yield against("K30", "执行已经终结。", "Enforcement has ended already.", "AEL40")


def restoration_is_told(act: Act, c: RecordRestoration) -> Iterator[Violation]:
    """K30: what could not be put back or returned is compensated in money (AEL 41)."""
    wanted = {"note": Text("回转情况", "what was done"), "receiver_name": Text("接收人", "who")}
    yield from needed(c, wanted, "AEL41")
    if c.restored_way == "compensated" and not c.amount:
        yield against(
            "K30", "不能恢复原状或者退还的，应当依法给予赔偿，请填写金额。",
            "Give the amount of the compensation.", "AEL41", "amount",
        )  # fmt: skip


def settlement_is_lawful(act: Act, c: ProposeSettlement) -> Iterator[Violation]:
    """K31: nobody is harmed; only the surcharge is reduced, and only after making good."""
    wanted = {"terms": Text("协议内容", "the terms"), "signed_by": Text("签署人", "who signed")}
    yield from needed(c, wanted, "AEL42")
    if not c.harms_nobody:
        yield against(
            "K31", "执行协议不得损害公共利益和他人合法权益，请核实后勾选。",
            "It may harm neither the public nor others: check, and tick the box.",
            "AEL42", "harms_nobody",
        )  # fmt: skip
    waived, due = c.surcharge_waived or Decimal(0), owed(act, act.today)
    if waived > 0 and empty(c.corrected):
        yield against(
            "K31", "当事人采取补救措施的，才可以减免加处的罚款，请写明补救情况。",
            "The surcharge is reduced only for a party that made good: say how.",
            "AEL42", "corrected",
        )  # fmt: skip
    if waived < 0 or waived > due.surcharge:
        yield against(
            "K31", f"只能减免加处的罚款{due.surcharge}元，罚款本金不得减免。",
            f"Only the surcharge of {due.surcharge} yuan can be reduced, not the fine.",
            "AEL42", "surcharge_waived",
        )  # fmt: skip
    yield from _stages(act, c, due.total - waived)


def _stages(act: Act, c: ProposeSettlement, total: Decimal) -> Iterator[Violation]:
    if not c.stages:
        yield against("K31", "请填写履行的阶段。", "Fill in the stages.", "AEL42", "stages")
        return
    dues: list[date] = [row["due_on"] for row in c.stages if row.get("due_on")]
    if len(dues) < len(c.stages) or dues != sorted(dues) or dues[0] < law_day(c.signed_at):
        yield against(
            "K31", "各阶段的日期应当填写，依次排列，不早于签署日。",
            "Every stage has its day, in order, not before the signature.", "AEL42", "stages",
        )  # fmt: skip
    amounts = [Decimal(str(row["amount"])) for row in c.stages if row.get("amount") is not None]
    if sum(amounts, Decimal(0)) != total and (amounts or total > 0):
        yield against(
            "K31", f"各阶段金额合计应当为{total}元。", f"The stages must make {total} yuan.",
            "AEL42", "stages",
        )  # fmt: skip


def settlement_was_watched(act: Act, c: CheckSettlement) -> Iterator[Violation]:
    """K31: kept means that all is performed; the note says what was found."""
    yield from needed(c, {"note": Text("履行情况", "what was found")}, "AEL42")
    if c.answer == "kept" and money_is_open(act):
        left = owed(act, act.today).total
        yield against(
            "K31", f"尚欠{left}元，协议还没有履行完毕。",
            f"{left} yuan are outstanding: it is not kept yet.",
            "AEL42", "answer",
        )  # fmt: skip
