"""Confiscated goods: registered, approved, disposed of before a witness (K32; APL 74, AEL 27)."""

from collections.abc import Iterator
from decimal import Decimal

from models.confiscation import ConfiscatedDisposal
from models.errors import Text, Violation
from workflows.act import Act
from workflows.commands.confiscation import (
    CarryOutConfiscatedDisposal,
    ProposeConfiscatedDisposal,
    RegisterConfiscatedGoods,
)
from workflows.enforcing import CONFISCATES, confiscated_left
from workflows.guards.law import against, empty, needed

LINE = {
    "name": Text("名称", "the name"),
    "quantity": Text("数量", "the quantity"),
    "unit": Text("单位", "the unit"),
}
SOLD = "auction"
RECEIVED = ("hand_over", "public_good", SOLD)
"""Ways in which somebody receives the goods."""


def goods_were_confiscated(act: Act, c: RegisterConfiscatedGoods) -> Iterator[Violation]:
    """K32: only what the decision confiscates is on the register."""
    decision = act.record.decision
    if decision is None or CONFISCATES not in decision.penalty_kinds:
        yield against(
            "K32", "处罚决定没有没收非法财物，没有需要登记的罚没物品。",
            "The decision confiscates no goods.", "APL74",
        )  # fmt: skip


def register_is_complete(act: Act, c: RegisterConfiscatedGoods) -> Iterator[Violation]:
    """K32: each line says what, how much and in which unit; somebody keeps it somewhere."""
    kept = {"keeper": Text("保管人", "who keeps it"), "storage_place": Text("保管地点", "where")}
    yield from needed(c, kept, "APL74")
    if empty(c.items):
        yield against("K32", "请填写清单。", "Fill in the list of goods.", "APL74", "items")
    for place, row in enumerate(c.items):
        for name, title in LINE.items():
            if empty(row.get(name)):
                yield against(
                    "K32", f"清单第{place + 1}行：请填写{title.zh}。",
                    f"Line {place + 1} of the list: fill in {title.en}.",
                    "APL74", f"items.{place}.{name}",
                )  # fmt: skip


def disposal_is_proposed(act: Act, c: ProposeConfiscatedDisposal) -> Iterator[Violation]:
    """K32: goods that are there, a way with its reasons, and who receives them."""
    yield from needed(c, {"reason": Text("理由和依据", "reasons and basis")}, "APL74")
    if c.way in RECEIVED:
        yield from needed(c, {"receiver": Text("接收（拍卖）单位", "the receiver")}, "APL74")
    known = {str(item.number) for item in confiscated_left(act.record)}
    if not known:
        yield against("K32", "没有需要处理的罚没物品。", "Nothing is left.", "APL74")
    if unknown := [number for number in c.goods if str(number) not in known]:
        yield against(
            "K32", f"没有第{'、'.join(unknown)}项物品，或者已经处理。",
            f"No such goods, or disposed of already: {', '.join(unknown)}.", "APL74", "goods",
        )  # fmt: skip


def disposal_is_witnessed(act: Act, c: CarryOutConfiscatedDisposal) -> Iterator[Violation]:
    """K32: as approved, before a witness, on video or in pictures (APL 74)."""
    row = act.record.last(ConfiscatedDisposal)
    if row is None or row.approved_at is None:
        yield against(
            "K32", "罚没物品的处理应当先报负责人批准。", "A leader approves it first.", "APL74"
        )  # fmt: skip
    elif c.done_at < row.approved_at:
        yield against(
            "K32", "处理时间早于批准时间，请核对。", "It was done before it was approved.",
            "APL74", "done_at",
        )  # fmt: skip
    wanted = {
        "place": Text("处理地点", "the place"),
        "course": Text("处理经过", "the course"),
        "witness_name": Text("见证人", "the witness"),
    }
    yield from needed(c, wanted, "APL74")
    if not c.body_camera and not c.evidence:
        yield against(
            "K32", "处理过程应当录像或者拍照留存。", "Keep pictures or a video of it.",
            "APL47", "body_camera",
        )  # fmt: skip


def proceeds_go_to_the_treasury(act: Act, c: CarryOutConfiscatedDisposal) -> Iterator[Violation]:
    """K32: what goods bring is paid into the treasury, all of it, with its receipt (APL 74)."""
    row = act.record.last(ConfiscatedDisposal)
    sold = row is not None and row.way == SOLD
    if sold and (c.proceeds is None or c.proceeds <= 0):
        yield against(
            "K32", "请填写拍卖所得。", "Say what the auction brought.", "APL74", "proceeds"
        )  # fmt: skip
    if (c.proceeds or Decimal(0)) > 0 and empty(c.receipt_no):
        yield against(
            "K32", "拍卖所得应当全部上缴国库，请填写缴库票据号码。",
            "All proceeds go to the treasury: give the number of the receipt.",
            "APL74", "receipt_no",
        )  # fmt: skip
