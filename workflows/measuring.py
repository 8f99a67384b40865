"""What sealing, seizure and advance registration have in common: list, approval, the spot, goods.

The handlers of the two know these steps and not each other.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from models.errors import Text
from models.measure import Measure, MeasureDisposal, MeasureItem
from workflows.act import Act, Issue, Outcome, told
from workflows.commands.seizure import HandedOver, OnTheSpot
from workflows.forms import Option
from workflows.record import Record
from workflows.rows import add_opinion

SEIZED = frozenset({"seal", "seize"})
HELD = frozenset({"hold"})
URGENT = "CLK_URGENT_APPROVAL"
KINDS = {
    "seal": ("查封", "sealing"),
    "seize": ("扣押", "seizure"),
    "hold": ("先行登记保存", "registration"),
    "sampling": ("抽样取证", "sampling"),
}


class Asked(Protocol):
    """An application: why, where, which goods, and whether there is time to ask first."""

    @property
    def reason(self) -> str: ...

    @property
    def place(self) -> str: ...

    @property
    def items(self) -> list[dict[str, Any]]: ...

    @property
    def urgent(self) -> bool: ...


class Answer(Protocol):
    """A leader's answer: agree or refuse."""

    @property
    def outcome(self) -> str: ...

    @property
    def opinion(self) -> str | None: ...


def measures(act: Act, kinds: frozenset[str]) -> list[Measure]:
    """Measures of these kinds, oldest first."""
    return [row for row in act.record.all(Measure) if row.kind in kinds]


def last_measure(act: Act, kinds: frozenset[str]) -> Measure | None:
    """The latest of these kinds, whatever became of it."""
    rows = measures(act, kinds)
    return rows[-1] if rows else None


def current(act: Act, kinds: frozenset[str]) -> Measure:
    """The measure under way; guards have made sure that there is one."""
    row = last_measure(act, kinds)
    if row is None:
        raise LookupError("no measure")
    return row


def add_measure(act: Act, c: Asked, *, kind: str, basis: str) -> Measure:
    """A measure that is applied for, with its list of goods."""
    row = Measure(
        **act.stamp(),
        kind=kind,
        urgent=c.urgent,
        reason=c.reason,
        basis=basis,
        place=c.place,
        proposed_by_id=act.actor.person_id,
        items=items_of(c.items),
        disposals=[],
    )
    act.session.add(row)
    return row


def items_of(rows: Iterable[dict[str, Any]]) -> list[MeasureItem]:
    """The lines of a list of goods, numbered from one."""
    return [
        MeasureItem(
            number=number,
            name=row["name"],
            quantity=row["quantity"],
            unit=row["unit"],
            **{name: row.get(name) or "" for name in LINE},
        )
        for number, row in enumerate(rows, 1)
    ]


LINE = ("spec", "condition", "batch", "base", "seal_no")


def answer(act: Act, c: Answer, row: Measure, *, element: str, form: str) -> Outcome:
    """A leader's answer to an application, and where the measure stands after it."""
    add_opinion(act, element, c.outcome, c.opinion)
    zh, en = KINDS[row.kind]
    act.clocks.meet(URGENT, act.now)
    if c.outcome == "agree":
        row.approved_at, row.approved_by_id = act.now, act.actor.person_id
        way = "in_force" if row.executed_at else "to_carry_out"
        text = (f"批准{zh}。", f"The {en} was approved.")
    else:
        row.refused_at = act.now
        way = "to_release" if row.executed_at else "not_begun"
        text = (f"不同意{zh}。", f"The {en} was refused.")
        if not row.executed_at:
            row.ended_at, row.ending = act.now, "refused"
    return Outcome(
        events=[told(f"case:{row.kind}:answered", *text)],
        routing={"measure": way},
        documents=[Issue(form, None, row)],
    )


def carry_out(act: Act, c: Any, row: Measure, *, form: str) -> Outcome:
    """The measure is carried out by two officers; without approval the day to get it begins."""
    spot: OnTheSpot = c
    for name in SPOT:
        setattr(row, name, getattr(spot, name))
    row.officer_id = act.actor.person_id
    row.second_officer_id = act.person(c.second_handler).id
    _list(act, row, spot.items)
    if row.approved_at is None:
        act.clocks.start(URGENT, spot.executed_at)
    zh, en = KINDS[row.kind]
    return Outcome(
        events=[
            told(
                f"case:{row.kind}:carried_out",
                f"实施{zh}：{len(row.items)}项。",
                f"The {en} was carried out: {len(row.items)} lots.",
                number=row.number,
            )
        ],
        routing={"measure": "in_force" if row.approved_at else "to_approve"},
        documents=[Issue(form, row.number, row)],
    )


SPOT = (
    "executed_at", "keeper", "storage_place", "present_person", "statement", "party_signature",
    "signature_note", "witness_name", "body_camera",
)  # fmt: skip


def _list(act: Act, row: Measure, rows: Sequence[dict[str, Any]]) -> None:
    """The list as it was made on the spot takes the place of the one applied for."""
    for item in list(row.items):
        act.session.delete(item)
    act.session.flush()
    act.session.expire(row, ["items"])
    for item in items_of(rows):
        item.measure_id = row.id
        act.session.add(item)
    act.session.flush()
    act.session.expire(row, ["items"])


def chosen(row: Measure, goods: Iterable[str]) -> list[MeasureItem]:
    """The goods named, else all that are left."""
    wanted = {str(number) for number in goods}
    return [item for item in row.left() if not wanted or str(item.number) in wanted]


def add_disposal(
    act: Act, row: Measure, goods: Iterable[str], *, way: str, reason: str, ground: str | None
) -> MeasureDisposal:
    """What is proposed for some goods, or for all that are left."""
    made = MeasureDisposal(
        **act.stamp(),
        measure_id=row.id,
        way=way,
        ground=ground,
        reason=reason,
        numbers=[item.number for item in chosen(row, goods)],
        proposed_by_id=act.actor.person_id,
    )
    act.session.add(made)
    row.disposals.append(made)
    return made


def hand_over(act: Act, c: Any, row: Measure, made: MeasureDisposal) -> None:
    """The goods left the agency's hands as decided."""
    given: HandedOver = c
    made.done_at, made.receiver = given.done_at, given.receiver_name
    made.condition, made.witness_name = given.condition, given.witness_name
    made.party_signature, made.signature_note = given.party_signature, given.signature_note
    made.officer_id = act.actor.person_id
    made.second_officer_id = act.person(c.second_handler).id
    for item in row.items:
        if item.number in made.numbers:
            item.outcome, item.outcome_at, item.disposal_id = made.way, given.done_at, made.id


def goods_listed(record: Record, kinds: frozenset[str]) -> dict[str, Any] | None:
    """For a form: the list that was applied for, to be corrected on the spot."""
    row = _open(record, kinds)
    if row is None:
        return None
    names = ("name", "spec", "quantity", "unit", "condition")
    lines = [{n: getattr(i, n) for n in names} for i in row.items]
    return {"items": [{**line, "quantity": int(line["quantity"])} for line in lines]}


def goods_left(record: Record, kinds: frozenset[str]) -> tuple[Option, ...]:
    """For a form: the goods without an outcome, by their number on the list."""
    row = _open(record, kinds)
    left = row.left() if row else []
    texts = {str(i.number): f"{i.number} {i.name} {int(i.quantity)}{i.unit}" for i in left}
    return tuple(Option(number, Text(text, text)) for number, text in texts.items())


def _open(record: Record, kinds: frozenset[str]) -> Measure | None:
    rows = [row for row in record.all(Measure) if row.kind in kinds and row.ended_at is None]
    return rows[-1] if rows else None
