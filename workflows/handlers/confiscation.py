"""Confiscated goods: on the register, approved, disposed of before a witness (APL 74)."""

from models.confiscation import ConfiscatedDisposal, ConfiscatedItem
from workflows.act import Act, Issue, Outcome, told
from workflows.commands.confiscation import (
    ApproveConfiscatedDisposal,
    CarryOutConfiscatedDisposal,
    ProposeConfiscatedDisposal,
    RegisterConfiscatedGoods,
)
from workflows.enforcing import confiscated_left
from workflows.rows import add_items, add_opinion

WAYS = {
    "auction": ("公开拍卖", "Auctioned"),
    "destroy": ("销毁", "Destroyed"),
    "hand_over": ("移交有关机关", "Handed over"),
    "public_good": ("移交公益使用", "Given to a public purpose"),
}


def register_confiscated_goods(act: Act, c: RegisterConfiscatedGoods) -> Outcome:
    """The lines of the register, numbered on."""
    known = len(act.record.all(ConfiscatedItem))
    for number, row in enumerate(c.items, known + 1):
        act.session.add(
            ConfiscatedItem(
                **act.stamp(),
                number=number,
                name=row["name"],
                spec=row.get("spec") or "",
                quantity=row["quantity"],
                unit=row["unit"],
                condition=row.get("condition") or "",
                keeper=c.keeper,
                storage_place=c.storage_place,
            )
        )
    count = len(c.items)
    text = (f"登记罚没物品{count}项。", f"{count} confiscated lots registered.")
    return Outcome(events=[told("case:confiscation:registered", *text)])


def propose_confiscated_disposal(act: Act, c: ProposeConfiscatedDisposal) -> Outcome:
    """What is to become of the goods named, else of all that are left."""
    wanted = {str(number) for number in c.goods}
    items = [i for i in confiscated_left(act.record) if not wanted or str(i.number) in wanted]
    act.session.add(
        ConfiscatedDisposal(
            **act.stamp(),
            way=c.way,
            reason=c.reason,
            numbers=[item.number for item in items],
            receiver=c.receiver,
            proposed_by_id=act.actor.person_id,
        )
    )
    zh = f"建议{WAYS[c.way][0]}罚没物品{len(items)}项：{c.reason}"
    return Outcome(events=[told("case:confiscation:proposed", zh, f"{len(items)}: {c.reason}")])


def approve_confiscated_disposal(act: Act, c: ApproveConfiscatedDisposal) -> Outcome:
    """A leader agrees, or sends it back."""
    add_opinion(act, "approve_confiscated_disposal", c.outcome, c.opinion)
    row = _current(act)
    if c.outcome == "agree":
        row.approved_at, row.approved_by_id = act.now, act.actor.person_id
        text = ("同意罚没物品处理建议。", "Disposal approved.")
    else:
        row.returned_at = act.now
        text = (f"退回罚没物品处理建议：{c.opinion}", f"Disposal sent back: {c.opinion}")
    return Outcome(
        events=[told("case:confiscation:answered", *text)], routing={"outcome": c.outcome}
    )


def carry_out_confiscated_disposal(act: Act, c: CarryOutConfiscatedDisposal) -> Outcome:
    """The goods are gone as approved (D57a); what it brought was paid into the treasury."""
    row = _current(act)
    for name in DONE:
        setattr(row, name, getattr(c, name))
    row.officer_id = act.actor.person_id
    row.second_officer_id = act.person(c.second_handler).id
    items = [i for i in act.record.all(ConfiscatedItem) if i.number in row.numbers]
    for item in items:
        item.disposal_id = row.id
    add_items(act, c.evidence, "confiscated_disposal", c.second_handler)
    act.session.flush()
    act.session.expire(row, ["items"])
    left = confiscated_left(act.record)
    zh, en = WAYS[row.way]
    money = f"，所得{c.proceeds}元上缴国库" if c.proceeds else ""
    return Outcome(
        events=[
            told(
                "case:confiscation:disposed",
                f"{zh}罚没物品{len(items)}项{money}。",
                f"{en}: {len(items)} lots.",
            )
        ],
        routing={"goods_rest": "left" if left else "none"},
        documents=[Issue("D57a", None, row)],
    )


DONE = (
    "done_at", "place", "course", "receiver_name", "witness_name", "proceeds", "receipt_no",
    "body_camera",
)  # fmt: skip


def _current(act: Act) -> ConfiscatedDisposal:
    row = act.record.last(ConfiscatedDisposal)
    assert row is not None
    return row
