"""What stands between a case and its closing (结案条件): the list behind V27 and V21.

One list for the guards of the three closing steps and for the check that the case page shows: a
condition names what it asks for, what is still missing, and where that is done.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from models.decision import Decision
from models.errors import Text, Violation
from models.measure import Measure
from models.suspension import Termination
from models.types import DisclosureState, Stage
from workflows import paying
from workflows.act import Act
from workflows.enforcing import (
    confiscated_left,
    end_is_complete,
    enforcement_has_ended,
    goods_to_register,
    order_is_performed,
    order_of,
    order_was_ignored,
)
from workflows.guards.law import against
from workflows.guards.measure import goods_have_outcomes
from workflows.ledger import yuan

PERFORMED, NO_PENALTY, OTHER = "performed", "no_penalty", "other"
COURT_ENDED, COURT_ACCEPTED = "court_ended", "court_accepted"
TERMINATED, TRANSFERRED, WITHDRAWN = "terminated", "transferred", "withdrawn"
ENFORCEMENT_ENDED = "enforcement_ended"
COURT = frozenset({COURT_ENDED, COURT_ACCEPTED, ENFORCEMENT_ENDED})
"""Grounds on which a case closes although not everything was paid."""
WITHOUT_OUTCOME = frozenset({TERMINATED, TRANSFERRED})
"""Grounds of cases that end without a decision of this agency on the act."""
DISCLOSED = frozenset(DisclosureState) - {DisclosureState.PREPARED}
"""Whatever became of it afterwards, somebody decided on the disclosure."""
CLOSES = "ProposeClosing"


@dataclass(frozen=True, slots=True)
class Stated:
    """What the proposal says, or what the page supposes before there is one."""

    ground: str
    correction_result: str | None = None
    goods_disposed: bool = True
    measures_released: bool = True

    @classmethod
    def of(cls, row: Any) -> "Stated":
        """From a command or a row that carries these fields."""
        return cls(
            row.closing_ground, row.correction_result, row.goods_disposed, row.measures_released
        )


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition with all that stands against it; met when nothing does."""

    key: str
    title: Text
    unmet: tuple[Violation, ...] = ()
    steps: tuple[str, ...] = ()
    """Commands with which it is brought about: the page links to the first that waits."""
    sides: tuple[str, ...] = field(default=())
    """Side processes that are open."""

    @property
    def met(self) -> bool:
        """Whether nothing is missing."""
        return not self.unmet


def conditions(act: Act, stated: Stated) -> list[Condition]:
    """All conditions in the order in which they are usually met."""
    found = []
    for key, title, steps, look in _LOOKS:
        unmet = tuple(look(act, stated))
        sides = tuple(_holding(act)) if key == "sides" else ()
        found.append(Condition(key, title, unmet, steps, sides))
    return found


def supposed(act: Act) -> Stated:
    """What a proposal would say now: that of the last one, else the ground that fits."""
    row = act.record.closing
    if row is not None:
        return Stated.of(row)
    return Stated(fitting_ground(act), _corrected_at_last(act))


def fitting_ground(act: Act) -> str:
    """The ground that the record points to."""
    decision = act.record.decision
    if decision is not None:
        return PERFORMED if decision.decision == "penalty" else NO_PENALTY
    if act.record.has(Decision):
        return WITHDRAWN
    if act.record.transfer is not None:
        return TRANSFERRED
    return TERMINATED if _terminated(act) else PERFORMED


def _corrected_at_last(act: Act) -> str | None:
    checks = act.record.rechecks
    decided = act.case.decided_at
    after = [c for c in checks if decided is None or c.rechecked_at >= decided]
    return after[-1].result if after else None


def _decided(act: Act, stated: Stated) -> Iterator[Violation]:
    if stated.ground in WITHOUT_OUTCOME or act.record.decision is not None:
        return
    if not act.record.has(Decision):
        yield against("V27", "还没有作出决定，不能结案。", "No decision has been made.", "MSA77")
    elif stated.ground != WITHDRAWN:
        yield against(
            "V27", "决定已经撤销，结案理由应当是“撤销”。",
            "The decision was undone: choose “withdrawn” as the ground.", "MSA77", "closing_ground",
        )  # fmt: skip


def _served(act: Act, _stated: Stated) -> Iterator[Violation]:
    decision = act.record.decision
    if decision is None:
        return
    served = [s for s in act.record.services if s.document_number == decision.number]
    if not served:
        yield against(
            "V27", "决定书还没有送达，不能结案。", "The decision has not been served.", "MSA77"
        )
    for service in served:
        if service.served_at > act.now:
            yield against(
                "V05", "决定书的送达时间在结案时间之后。",
                "The decision is served later than the case closes.", "ORDER",
            )  # fmt: skip


def _disclosed(act: Act, _stated: Stated) -> Iterator[Violation]:
    if not act.record.has(Decision):
        return
    row = act.record.disclosure
    undone = act.record.decision is None
    if row is not None and undone and row.state == DisclosureState.PUBLISHED:
        yield against(
            "V27", "决定已经撤销，公示还没有撤回，不能结案。",
            "The decision was undone, but its disclosure has not been withdrawn.", "APL48",
        )  # fmt: skip
    elif not undone and (row is None or row.state not in DISCLOSED):
        yield against(
            "V27", "还没有决定公示或者不公示，不能结案。",
            "Disclosure has not been decided.", "MSA77",
        )  # fmt: skip


def _paid(act: Act, stated: Stated) -> Iterator[Violation]:
    """The account is settled, the surcharge included where it counts (V25)."""
    book = paying.book(act)
    if book is None or stated.ground in COURT:
        return
    owed = book.balance
    if act.record.decision is None:
        if owed.credit > 0:
            yield against(
                "V27", f"决定已经撤销，还有{yuan(owed.credit)}元没有退还，不能结案。",
                f"The decision was undone: {yuan(owed.credit)} yuan have to be refunded.",
                "MSA77", "closing_ground",
            )  # fmt: skip
    elif not paying.settled(act, book):
        yield against(
            "V27", f"尚有{yuan(owed.total)}元没有缴纳，不能结案。",
            f"{yuan(owed.total)} yuan are outstanding.", "MSA77", "closing_ground",
        )  # fmt: skip


def _corrected(act: Act, stated: Stated) -> Iterator[Violation]:
    decision = act.record.decision
    if decision is None or stated.ground not in (PERFORMED, NO_PENALTY):
        return
    enforced = "corrected" if order_of(decision) and order_is_performed(act.record) else None
    ignored = "not_corrected" if order_was_ignored(act.record) else None
    result = enforced or ignored or stated.correction_result or _corrected_at_last(act)
    if result in ("not_corrected", "partly_corrected"):
        yield against(
            "V27", "违法行为还没有改正，不能按“执行完毕”或者“不予处罚”结案。",
            "The act has not been corrected: the case is not finished.",
            "APL28", "correction_result",
        )  # fmt: skip
    elif decision.correction_demand and result is None:
        yield against(
            "V27", "决定要求改正，请填写改正情况。",
            "The decision demands a correction: say whether it was made.",
            "APL28", "correction_result",
        )  # fmt: skip


def _released(act: Act, stated: Stated) -> Iterator[Violation]:
    open_ = [m for m in act.record.all(Measure) if m.executed_at and m.ended_at is None]
    for row in open_:
        if row.kind != "sampling":
            yield against(
                "V27", f"{row.number or '强制措施'}还没有解除或者处理完毕，不能结案。",
                f"{row.number or 'A measure'} has not been released or settled.", "AEL28",
            )  # fmt: skip
    if not open_ and not stated.measures_released:
        yield against(
            "V27", "强制措施还没有解除，不能结案。", "Measures have not been released.",
            "MSA77", "measures_released",
        )  # fmt: skip


def _goods(act: Act, stated: Stated) -> Iterator[Violation]:
    yield from goods_have_outcomes(act, None)
    yield from _confiscated(act)
    if not stated.goods_disposed:
        yield against(
            "V21", "涉案财物还没有处理，不能结案。", "Goods have not been disposed of.",
            "MSA77", "goods_disposed",
        )  # fmt: skip


def _confiscated(act: Act) -> Iterator[Violation]:
    """K32: confiscated goods are on the register, and every lot has been disposed of."""
    if goods_to_register(act.record):
        yield against(
            "K32", "处罚决定没收的物品还没有登记，不能结案。",
            "The confiscated goods are not on the register.", "APL74", "goods_disposed",
        )  # fmt: skip
    if left := confiscated_left(act.record):
        yield against(
            "K32", f"还有{len(left)}项罚没物品没有处理，不能结案。",
            f"{len(left)} confiscated lots have not been disposed of.", "APL74", "goods_disposed",
        )  # fmt: skip


def _holding(act: Act) -> list[str]:
    if act.pack is None:
        return []
    known = act.pack.manifest.side
    return [name for name in act.case.open_sides if CLOSES in known[name].blocks]


def _sides(act: Act, _stated: Stated) -> Iterator[Violation]:
    for name in _holding(act):
        assert act.pack is not None
        title = act.pack.manifest.side[name].title
        yield against(
            "S03", f"“{title.zh}”还没有办完，不能结案。",
            f"{title.en!r} is not over: the case cannot close.",
        )  # fmt: skip


def _fits(act: Act, stated: Stated) -> Iterator[Violation]:
    """The ground says what became of the case, and its facts are on the record."""
    decision, ground = act.record.decision, stated.ground
    wrong = _WRONG.get((decision.decision == "penalty", ground)) if decision else None
    if wrong:
        yield against("V27", wrong.zh, wrong.en, "MSA77", "closing_ground")
        return
    missing = _FACTS.get(ground)
    if missing is not None and not missing[0](act):
        yield against("V27", missing[1].zh, missing[1].en, "MSA77", "closing_ground")


_PENALTY = Text(
    "本案作出了处罚决定，结案理由不能是“不予处罚”。",
    "A penalty was decided: “no penalty” is not the ground.",
)
_SPARED = Text(
    "本案不予处罚，结案理由应当是“不予处罚”。",
    "No penalty was decided: choose “no penalty” as the ground.",
)
_STANDS = Text(
    "处罚决定没有撤销，结案理由不能是“撤销”。",
    "The decision stands: “withdrawn” is not the ground.",
)
_WRONG = {
    (True, NO_PENALTY): _PENALTY,
    (True, WITHDRAWN): _STANDS,
    **dict.fromkeys([(False, ground) for ground in (PERFORMED, *sorted(COURT))], _SPARED),
}
"""(a penalty was decided, ground): why they do not go together."""


def _terminated(act: Act) -> bool:
    return any(t.approved_at for t in act.record.all(Termination))


def _transferred(act: Act) -> bool:
    row = act.record.transfer
    return row is not None and row.sent_at is not None


def _withdrawn(act: Act) -> bool:
    return act.record.decision is None and (
        act.record.has(Decision) or act.case.stage == Stage.WITHDRAWN
    )


_FACTS: dict[str, tuple[Callable[[Act], bool], Text]] = {
    TERMINATED: (
        _terminated,
        Text("没有批准终止调查的记录。", "No termination of the investigation was approved."),
    ),
    TRANSFERRED: (_transferred, Text("案件还没有移送。", "The case has not been transferred.")),
    WITHDRAWN: (
        _withdrawn,
        Text("没有撤销立案或者撤销决定的记录。", "Neither filing nor decision was undone."),
    ),
    ENFORCEMENT_ENDED: (
        lambda act: enforcement_has_ended(act.record) and end_is_complete(act.record),
        Text(
            "没有终结执行、不再执行的记录，或者执行回转还没有完成。",
            "Enforcement was not ended, or what was taken is not back yet.",
        ),
    ),
    COURT_ACCEPTED: (
        lambda act: bool(act.parameter("closing.court_accepted")),
        Text(
            "本地规定不以法院受理强制执行申请作为结案理由。",
            "Here a case does not close when the court accepts the application.",
        ),
    ),
}
"""Ground → (whether its facts are on the record, what to say where they are not)."""

_LOOKS: tuple[
    tuple[str, Text, tuple[str, ...], Callable[[Act, Stated], Iterator[Violation]]], ...
] = (
    ("ground", Text("结案理由与事实相符", "The ground fits the facts"), ("ProposeClosing",), _fits),
    (
        "decided",
        Text("已经作出决定", "A decision was made"),
        ("IssueDecision", "ApproveNotice"),
        _decided,
    ),
    ("served", Text("决定书已经送达", "The decision was served"), ("ServeDecision",), _served),
    (
        "disclosed",
        Text("已经决定公示或者不公示", "Disclosure was decided"),
        ("PrepareDisclosure", "ReleaseDisclosure"),
        _disclosed,
    ),
    ("paid", Text("罚没款已经结清", "Everything owed was paid"), ("RecordPayment",), _paid),
    (
        "corrected",
        Text("违法行为已经改正", "The act was corrected"),
        ("RecordRecheck",),
        _corrected,
    ),
    (
        "measures",
        Text("强制措施已经解除", "Measures were released"),
        ("HandleSeizedGoods", "ReleaseSeizure", "DisposeRegistered", "ReturnRegistered"),
        _released,
    ),
    (
        "goods",
        Text("涉案财物已经处理", "Goods have an outcome"),
        ("ApproveGoodsDisposal", "CarryOutGoodsDisposal", "HandleSeizedGoods", "SettleSamples"),
        _goods,
    ),
    ("sides", Text("没有未办完的副流程", "No side process is open"), (), _sides),
)
