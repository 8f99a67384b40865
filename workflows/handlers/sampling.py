"""Sampling: drawn with the party present, sealed, listed, and accounted for (MSA 31)."""

from models.measure import Measure
from workflows.act import Act, Issue, Outcome, told
from workflows.commands.sampling import SettleSamples, TakeSamples
from workflows.measuring import SPOT, add_disposal, current, items_of

SAMPLED = frozenset({"sampling"})
BASIS = "《中华人民共和国行政处罚法》第五十六条"


def take_samples(act: Act, c: TakeSamples) -> Outcome:
    """Draw, seal and list (D14)."""
    row = Measure(
        **act.stamp(),
        kind="sampling",
        urgent=False,
        reason=c.reason,
        basis=BASIS,
        place=c.place,
        number=act.numbers.take("抽"),
        proposed_by_id=act.actor.person_id,
        officer_id=act.actor.person_id,
        second_officer_id=act.person(c.second_handler).id,
        items=items_of(c.items),
        disposals=[],
        **{name: getattr(c, name) for name in SPOT},
    )
    act.session.add(row)
    return Outcome(
        events=[
            told(
                "case:sampling:taken",
                f"抽样取证{len(row.items)}项：{c.place}。",
                f"Samples taken, {len(row.items)} lots: {c.place}.",
                number=row.number,
            )
        ],
        documents=[Issue("D14", row.number, row)],
    )


def settle_samples(act: Act, c: SettleSamples) -> Outcome:
    """Every sample has been accounted for."""
    row = current(act, SAMPLED)
    made = add_disposal(act, row, [], way=c.way, reason=c.reason, ground=None)
    made.done_at, made.receiver = c.done_at, c.receiver_name
    made.officer_id = act.actor.person_id
    made.second_officer_id = act.person(c.second_handler).id
    for item in row.items:
        item.outcome, item.outcome_at, item.disposal_id = c.way, c.done_at, made.id
    row.ended_at, row.ending = c.done_at, "disposed"
    zh, en = WAYS[c.way]
    return Outcome(
        events=[told("case:sampling:settled", f"样品{zh}：{c.reason}", f"Samples {en}: {c.reason}")]
    )


WAYS = {
    "test": ("送检", "sent for a test"),
    "keep": ("作为证据保存", "kept as evidence"),
    "return": ("已退还", "returned"),
    "used_up": ("检测中消耗", "used up"),
}
