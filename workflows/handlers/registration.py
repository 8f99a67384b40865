"""Advance registration of evidence: approved, carried out, disposed of within seven working days,
or lapsed by itself (APL 56; MSA 33-35)."""

from workflows.act import Act, Issue, Outcome, told
from workflows.commands.registration import (
    ApproveRegistration,
    CarryOutRegistration,
    DisposeRegistered,
    RequestRegistration,
    ReturnRegistered,
)
from workflows.measuring import (
    HELD,
    URGENT,
    add_disposal,
    add_measure,
    answer,
    carry_out,
    current,
    hand_over,
)

CLOCK = "CLK_HOLD"
BASIS = "《中华人民共和国行政处罚法》第五十六条"


def request_registration(act: Act, c: RequestRegistration) -> Outcome:
    """Put the application on record; an urgent one is carried out before it is approved."""
    row = add_measure(act, c, kind="hold", basis=BASIS)
    when = ("，情况紧急，当场实施", ", on the spot") if c.urgent else ("", "")
    return Outcome(
        events=[
            told(
                "case:hold:requested",
                f"申请先行登记保存{len(row.items)}项证据{when[0]}。",
                f"Applied for the registration of {len(row.items)} items{when[1]}.",
            )
        ],
        routing={"measure": "to_carry_out" if c.urgent else "to_approve"},
    )


def approve_registration(act: Act, c: ApproveRegistration) -> Outcome:
    """A leader's answer (D15)."""
    row = current(act, HELD)
    return answer(act, c, row, element="approve_registration", form="D15")


def carry_out_registration(act: Act, c: CarryOutRegistration) -> Outcome:
    """Serve the notice with the list (D16); seven working days run from here."""
    row = current(act, HELD)
    row.number = act.numbers.take("登存")
    row.until = act.clocks.start(CLOCK, c.executed_at).last_day
    return carry_out(act, c, row, form="D16")


def dispose_registered(act: Act, c: DisposeRegistered) -> Outcome:
    """One of the five disposals of MSA 35 (D17); without any evidence left the measure is over."""
    return _dispose(act, c, c.goods, way=c.way, reason=c.reason, zh="处理")


def return_registered(act: Act, c: ReturnRegistered) -> Outcome:
    """What lapsed, or was not approved, goes back (D17)."""
    approved = current(act, HELD).approved_at is not None
    return _dispose(act, c, [], way="lapsed", reason=LAPSED if approved else REFUSED, zh="退还")


LAPSED = "逾期未作出处理决定，先行登记保存措施自动解除。"
REFUSED = "先行登记保存未获批准，予以解除。"


def lapse(act: Act) -> Outcome:
    """Seven working days have passed without a disposal: the measure is over by itself (MSA 35)."""
    row = current(act, HELD)
    row.ended_at, row.ending = act.now, "lapsed"
    return Outcome(
        events=[
            told(
                "case:hold:lapsed",
                f"先行登记保存（{row.number}）自动解除，应当退还{len(row.left())}项证据。",
                f"The registration {row.number} lapsed: {len(row.left())} items must be returned.",
            )
        ]
    )


def _dispose(
    act: Act,
    c: DisposeRegistered | ReturnRegistered,
    goods: list[str],
    *,
    way: str,
    reason: str,
    zh: str,
) -> Outcome:
    row = current(act, HELD)
    made = add_disposal(act, row, goods, way=way, reason=reason, ground=None)
    made.number = act.numbers.take("登处")
    hand_over(act, c, row, made)
    left = bool(row.left())
    if not left:
        if row.ended_at is None:
            row.ended_at, row.ending = c.done_at, "disposed" if row.approved_at else "released"
        act.clocks.meet(CLOCK, c.done_at)
        act.clocks.cancel(URGENT)
    return Outcome(
        events=[
            told(
                "case:hold:disposed",
                f"{zh}登记保存的{len(made.numbers)}项证据：{reason}",
                f"Registered evidence, {len(made.numbers)} items: {reason}",
                number=made.number,
            )
        ],
        routing={"goods_rest": "left" if left else "none"} if way != "lapsed" else {},
        documents=[Issue("D17", made.number, made)],
    )
