"""The order looked at again, enforced by the agency, or performed in the party's place."""

from models.enforcement import Enforcement, OrderRecheck
from models.events import Event
from models.types import Flag
from workflows.act import Act, Issue, Outcome, told
from workflows.commands.enforcement import (
    AnnounceDemolition,
    ApproveOwnEnforcement,
    ApproveSubstitutePerformance,
    CarryOutOwnEnforcement,
    CarryOutSubstitutePerformance,
    ClaimSubstituteCosts,
    OnSite,
    RecordOrderRecheck,
    RequestOwnEnforcement,
    RequestSubstitutePerformance,
    ServeOwnEnforcement,
    ServeSubstitutePerformance,
    UrgeSubstitutePerformance,
)
from workflows.enforcing import close_window, last_of_kind
from workflows.rows import add_items, add_opinion, add_service, rechecked

OWN = "own"
SUBSTITUTE = "substitute"
TITLES = {
    OWN: ("行政强制执行", "Own enforcement"),
    SUBSTITUTE: ("代履行", "Substitute performance"),
}
NUMBERS = {OWN: "强执", SUBSTITUTE: "代履"}
FORMS = {OWN: "D54", SUBSTITUTE: "D54b"}
DEMOLISH = "demolish"
FOUND = {
    "corrected": ("已履行决定", "performed"),
    "partly_corrected": ("部分履行", "performed in part"),
    "not_corrected": ("没有履行", "not performed"),
}


def record_order_recheck(act: Act, c: RecordOrderRecheck) -> Outcome:
    """What the re-check of the order found (D08)."""
    decision = act.record.decision
    assert decision is not None
    row = OrderRecheck(**rechecked(act, c), decision_id=decision.id)
    act.session.add(row)
    add_items(act, c.evidence, "order_recheck", c.second_handler)
    if c.result == "corrected":
        act.case.flag(Flag.CORRECTED)
    act.session.flush()
    close_window(act)
    zh, en = FOUND[c.result]
    text = (f"复查决定的履行情况：{zh}。", f"The order was re-checked: {en}.")
    return Outcome(
        events=[told("case:order:rechecked", *text)], documents=[Issue("D08", None, row)]
    )


def request_own_enforcement(act: Act, c: RequestOwnEnforcement) -> Outcome:
    """Put the proposal on record; a demolition is announced first (AEL 44)."""
    row = _propose(act, OWN, c)
    first = "announce" if row.way == DEMOLISH else "decide"
    return Outcome(events=[_proposed(row)], routing={"enforcement_way": first})


def request_substitute_performance(act: Act, c: RequestSubstitutePerformance) -> Outcome:
    """Put the proposal on record, with who performs and what it will cost."""
    row = _propose(act, SUBSTITUTE, c)
    row.immediate, row.executor, row.cost_estimate = c.immediate, c.executor, c.cost_estimate
    return Outcome(events=[_proposed(row)])


def announce_demolition(act: Act, c: AnnounceDemolition) -> Outcome:
    """The announcement (D54a) with the day by which the party may demolish by itself."""
    row = _current(act, OWN)
    row.announced_at, row.announcement_place = c.announced_at, c.announcement_place
    row.remove_by, row.announcement_no = c.remove_by, act.numbers.take("拆告")
    add_items(act, c.evidence, "announce_demolition", c.second_handler)
    day = c.remove_by.isoformat()
    text = (f"公告强制拆除，限{day}前自行拆除。", f"Demolition announced; due by {day}.")
    return Outcome(
        events=[told("case:enforcement:announced", *text, number=row.announcement_no)],
        documents=[Issue("D54a", row.announcement_no, row)],
    )


def approve_own_enforcement(act: Act, c: ApproveOwnEnforcement) -> Outcome:
    """The leader's decision (D54), or a refusal."""
    return _answer(act, c, OWN, "approve_own_enforcement")


def approve_substitute_performance(act: Act, c: ApproveSubstitutePerformance) -> Outcome:
    """The leader's decision (D54b), or a refusal; what cannot wait is performed at once."""
    out = _answer(act, c, SUBSTITUTE, "approve_substitute")
    immediate = _current(act, SUBSTITUTE).immediate
    out.routing["substitute_way"] = "immediate" if immediate else "ordinary"
    return out


def serve_own_enforcement(act: Act, c: ServeOwnEnforcement) -> Outcome:
    """The decision to enforce reaches the party (AEL 38)."""
    return _serve(act, c, OWN)


def serve_substitute_performance(act: Act, c: ServeSubstitutePerformance) -> Outcome:
    """The decision on the performance in its place reaches the party (AEL 51)."""
    return _serve(act, c, SUBSTITUTE)


def urge_substitute_performance(act: Act, c: UrgeSubstitutePerformance) -> Outcome:
    """Urged once more; the days until it may be performed run (AEL 51)."""
    row = _current(act, SUBSTITUTE)
    row.urged_at = c.urged_at
    act.clocks.start("CLK_SUBSTITUTE_URGE", c.urged_at)
    text = (f"代履行前催告{c.receiver_name}履行。", f"{c.receiver_name} was urged once more.")
    return Outcome(events=[told("case:enforcement:urged", *text)])


def carry_out_own_enforcement(act: Act, c: CarryOutOwnEnforcement) -> Outcome:
    """The record of the enforcement with the goods found inside (D54c)."""
    row = _current(act, OWN)
    row.emergency, row.items = c.emergency, [_line(each) for each in c.items]
    row.goods_to, row.goods_place = c.goods_to, c.goods_place
    return _on_site(act, c, row)


def carry_out_substitute_performance(act: Act, c: CarryOutSubstitutePerformance) -> Outcome:
    """The record of the performance, signed by officers, executor and party or witness (D54c)."""
    row = _current(act, SUBSTITUTE)
    row.executor_signature = c.executor_signature
    return _on_site(act, c, row)


def claim_substitute_costs(act: Act, c: ClaimSubstituteCosts) -> Outcome:
    """The party bears the costs (D54d)."""
    row = _current(act, SUBSTITUTE)
    row.cost, row.cost_items, row.cost_due_on = c.cost, c.cost_items, c.due_on
    row.cost_claimed_at, row.cost_no = act.now, act.numbers.take("代费")
    text = (f"追缴代履行费用{c.cost}元。", f"Costs of {c.cost} yuan claimed.")
    return Outcome(
        events=[told("case:enforcement:costs_claimed", *text, number=row.cost_no)],
        documents=[Issue("D54d", row.cost_no, row)],
    )


def _propose(
    act: Act, kind: str, c: RequestOwnEnforcement | RequestSubstitutePerformance
) -> Enforcement:
    decision = act.record.decision
    assert decision is not None
    row = Enforcement(
        **act.stamp(),
        kind=kind,
        decision_id=decision.id,
        way=c.way,
        obligation=c.obligation,
        reason=c.reason,
        basis=c.basis,
        place=c.place,
        planned_on=c.planned_on,
        immediate=False,
        items=[],
        body_camera=False,
        proposed_by_id=act.actor.person_id,
    )
    act.session.add(row)
    return row


def _proposed(row: Enforcement) -> Event:
    zh, en = TITLES[row.kind]
    return told(
        "case:enforcement:proposed", f"提出{zh}：{row.obligation}", f"{en}: {row.obligation}"
    )


def _answer(
    act: Act,
    c: ApproveOwnEnforcement | ApproveSubstitutePerformance,
    kind: str,
    element: str,
) -> Outcome:
    add_opinion(act, element, c.outcome, c.opinion)
    row = _current(act, kind)
    zh, en = TITLES[kind]
    if c.outcome == "refuse":
        row.refused_at = row.closed_at = act.now
        row.ending = "refused"
        text = (f"不同意{zh}：{c.opinion}", f"{en} refused: {c.opinion}")
        event = told("case:enforcement:refused", *text)
        return Outcome(events=[event], routing={"outcome": "refuse"})
    row.approved_at, row.approved_by_id = act.now, act.actor.person_id
    row.number = act.numbers.take(NUMBERS[kind])
    text = (f"作出{zh}决定{row.number}。", f"{en} decided: {row.number}.")
    return Outcome(
        events=[told("case:enforcement:decided", *text, number=row.number)],
        routing={"outcome": "approve"},
        documents=[Issue(FORMS[kind], row.number, row)],
    )


def _serve(act: Act, c: ServeOwnEnforcement | ServeSubstitutePerformance, kind: str) -> Outcome:
    number = _current(act, kind).number or ""
    _, receipt = add_service(act, c, c.second_handler, kind=FORMS[kind], number=number)
    text = (f"送达{TITLES[kind][0]}决定书。", f"{TITLES[kind][1]}: decision served.")
    return Outcome(events=[told("case:enforcement:served", *text)], documents=[receipt])


def _on_site(
    act: Act, c: CarryOutOwnEnforcement | CarryOutSubstitutePerformance, row: Enforcement
) -> Outcome:
    site: OnSite = c
    for name in SITE:
        setattr(row, name, getattr(site, name))
    row.officer_id = act.actor.person_id
    row.second_officer_id = act.person(c.second_handler).id
    add_items(act, c.evidence, f"enforcement:{row.kind}", c.second_handler)
    if c.result != "interrupted":
        row.closed_at, row.ending = c.ended_at, c.result
        act.case.flag(Flag.CORRECTED)
        act.clocks.cancel("CLK_SUBSTITUTE_URGE")
    act.session.flush()
    close_window(act)
    zh, en = RESULTS[c.result]
    return Outcome(
        events=[told("case:enforcement:carried_out", f"{TITLES[row.kind][0]}：{zh}。", f"{en}.")],
        routing={"enforced": c.result},
        documents=[Issue("D54c", None, row)],
    )


SITE = (
    "started_at", "ended_at", "course", "present_person", "witness_name", "body_camera",
    "party_signature", "signature_note",
)  # fmt: skip
RESULTS = {
    "done": ("执行完毕", "Enforced"),
    "performed": ("当事人已自行履行，停止执行", "The party performed by itself; stopped"),
    "interrupted": ("执行中断，另行安排", "Interrupted, to be continued"),
}


def _line(row: dict[str, object]) -> dict[str, object]:
    """A line of the list as it is kept: plain words and numbers."""
    names = ("name", "quantity", "unit", "condition")
    return {name: "" if row.get(name) is None else str(row[name]) for name in names}


def _current(act: Act, kind: str) -> Enforcement:
    row = last_of_kind(act.record, kind)
    if row is None:
        raise LookupError(kind)
    return row
