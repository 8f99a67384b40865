"""Sealing and seizure: applied for, approved, carried out, extended, ended (AEL 17-28)."""

from datetime import datetime

from models.clock_rules import CLOCK_RULES
from models.measure import Measure, MeasureDisposal
from models.service import Method
from workflows.act import Act, Issue, Outcome, told
from workflows.announcing import announce, outcome_of
from workflows.commands.seizure import (
    ApproveGoodsDisposal,
    ApproveSeizure,
    ApproveSeizureExtension,
    CarryOutGoodsDisposal,
    CarryOutSeizure,
    HandleSeizedGoods,
    ReleaseSeizure,
    RequestSeizure,
    ServeSeizureExtension,
)
from workflows.measuring import (
    KINDS,
    SEIZED,
    URGENT,
    add_disposal,
    add_measure,
    answer,
    carry_out,
    current,
    hand_over,
)
from workflows.rows import add_opinion, add_service
from workflows.serving import Paper

CLOCK = "CLK_SEIZE"
NUMBERS = {"seal": "查封", "seize": "扣"}


def request_seizure(act: Act, c: RequestSeizure) -> Outcome:
    """Put the application on record; an urgent measure is carried out before it is approved."""
    row = add_measure(act, c, kind=c.kind, basis=c.basis)
    zh, en = KINDS[c.kind]
    when = ("，情况紧急，当场实施", ", on the spot") if c.urgent else ("", "")
    return Outcome(
        events=[
            told(
                "case:seizure:requested",
                f"申请{zh}{len(row.items)}项财物{when[0]}。",
                f"Applied for {en} of {len(row.items)} lots{when[1]}.",
            )
        ],
        routing={"measure": "to_carry_out" if c.urgent else "to_approve"},
    )


def approve_seizure(act: Act, c: ApproveSeizure) -> Outcome:
    """A leader's answer (D18); what was done on the spot and is refused must be released."""
    row = current(act, SEIZED)
    return answer(act, c, row, element="approve_seizure", form="D18")


def carry_out_seizure(act: Act, c: CarryOutSeizure) -> Outcome:
    """Hand over decision and list (D19); the thirty days run from here (AEL 24, 25)."""
    row = current(act, SEIZED)
    row.number = act.numbers.take(NUMBERS[row.kind])
    clock = act.clocks.start(CLOCK, c.executed_at)
    row.until = clock.last_day
    return carry_out(act, c, row, form="D19")


def handle_seized_goods(act: Act, c: HandleSeizedGoods) -> Outcome:
    """Propose the extension, or what becomes of goods."""
    row = current(act, SEIZED)
    if c.step == "extend":
        row.extension_days, row.extension_reason = c.extension_days, c.reason
        zh, en = f"申请延长期限{c.extension_days}日", f"Asked for {c.extension_days} days more"
    else:
        made = add_disposal(act, row, c.goods, way=c.step, ground=c.ground, reason=c.reason)
        made.receiver = c.receiver
        zh, en = f"提出处理{len(made.numbers)}项财物", f"Proposed for {len(made.numbers)} lots"
    return Outcome(
        events=[told("case:seizure:proposed", f"{zh}：{c.reason}", f"{en}: {c.reason}")],
        routing={"goods_step": "extend" if c.step == "extend" else "dispose"},
    )


def approve_seizure_extension(act: Act, c: ApproveSeizureExtension) -> Outcome:
    """The one extension (D20); its days run on from the strict last day."""
    row = current(act, SEIZED)
    add_opinion(act, "approve_seizure_extension", c.outcome, c.opinion)
    documents = []
    zh, en = "退回延长查封、扣押期限的申请。", "Extension sent back."
    if c.outcome == "agree":
        rule = CLOCK_RULES[CLOCK].extension
        assert rule is not None
        clock = act.clocks.extend(CLOCK, rule.period(row.extension_days or 0))
        row.extended_at, row.extension_no = act.now, act.numbers.take("延扣")
        row.until = clock.last_day
        documents = [Issue("D20", row.extension_no, row)]
        until = row.until.isoformat()
        zh, en = f"批准延长查封、扣押期限至{until}。", f"Seizure extended to {until}."
    return Outcome(
        events=[told("case:seizure:extension", zh, en)],
        routing={"outcome": c.outcome},
        documents=documents,
    )


def serve_seizure_extension(act: Act, c: ServeSeizureExtension) -> Outcome:
    """The party is told in writing, with reasons (AEL 25)."""
    row = current(act, SEIZED)
    number = row.extension_no or ""
    if c.service_method == Method.ANNOUNCEMENT:
        paper = Paper("D20", number)
        return outcome_of(announce(act, c, c.second_handler, paper), paper.title)
    _, receipt = add_service(act, c, c.second_handler, kind="D20", number=number)
    return Outcome(
        events=[
            told(
                "case:seizure:extension_told",
                "延长查封、扣押期限的决定已送达当事人。",
                "The extension was served on the party.",
            )
        ],
        documents=[receipt],
    )


def approve_goods_disposal(act: Act, c: ApproveGoodsDisposal) -> Outcome:
    """A leader agrees to a disposal, or sends it back."""
    row = _open_disposal(act)
    add_opinion(act, "approve_disposal", c.outcome, c.opinion)
    zh, en = "退回财物处理建议。", "Disposal sent back."
    if c.outcome == "agree":
        row.approved_at, row.approved_by_id = act.now, act.actor.person_id
        zh, en = "同意财物处理建议。", "Disposal approved."
    else:
        row.returned_at = act.now
    return Outcome(
        events=[told("case:seizure:disposal_answered", zh, en)],
        routing={"outcome": c.outcome},
    )


def carry_out_goods_disposal(act: Act, c: CarryOutGoodsDisposal) -> Outcome:
    """The goods are gone as approved (D22, D57); without any left the seizure is over."""
    return _leave(act, c, _open_disposal(act), ending="disposed")


def release_seizure(act: Act, c: ReleaseSeizure) -> Outcome:
    """What is still held goes back at once: not approved, or the time is over (AEL 19, 28)."""
    row = current(act, SEIZED)
    reason = RELEASED.get(c.ground, "不再需要采取查封、扣押措施。")
    made = add_disposal(act, row, [], way="release", ground=c.ground, reason=reason)
    made.approved_at, made.approved_by_id = act.now, act.actor.person_id
    return _leave(act, c, made, ending="released")


RELEASED = {
    "expired": "查封、扣押期限已经届满。",
    "not_approved": "当场采取的措施未获批准。",
}


def _leave(
    act: Act,
    c: CarryOutGoodsDisposal | ReleaseSeizure,
    made: MeasureDisposal,
    *,
    ending: str,
) -> Outcome:
    row = current(act, SEIZED)
    kept = made.way in ("confiscate", "destroy")
    made.number = None if kept else act.numbers.take("解扣")
    hand_over(act, c, row, made)
    left = bool(row.left())
    if not left:
        _over(act, row, c.done_at, ending)
    zh, en = ("，财物已全部处理", "; nothing is left") if not left else ("", "")
    return Outcome(
        events=[
            told(
                "case:seizure:goods_left",
                f"{WAYS[made.way][0]}{len(made.numbers)}项财物{zh}。",
                f"{WAYS[made.way][1]} {len(made.numbers)} lots{en}.",
            )
        ],
        routing={} if ending == "released" else {"goods_rest": "left" if left else "none"},
        documents=[Issue("D57" if kept else "D22", made.number, made)],
    )


WAYS = {
    "release": ("解除并退还", "Released"),
    "confiscate": ("没收", "Confiscated"),
    "destroy": ("销毁", "Destroyed"),
    "hand_over": ("移交", "Handed over"),
}


def _over(act: Act, row: Measure, at: datetime, ending: str) -> None:
    row.ended_at, row.ending = at, ending
    act.clocks.meet(CLOCK, at)
    act.clocks.cancel(URGENT)


def _open_disposal(act: Act) -> MeasureDisposal:
    rows = [d for d in current(act, SEIZED).disposals if not d.done_at and not d.returned_at]
    return rows[-1]
