"""Sealing, seizure, registration and sampling (K01-K12, V21): basis, approval, list, time, end."""

from collections.abc import Iterator
from typing import Any

from models.errors import Text, Violation
from models.measure import Measure
from models.types import SubjectKind
from workflows.act import Act
from workflows.commands.registration import DisposeRegistered, RequestRegistration
from workflows.commands.sampling import SettleSamples, TakeSamples
from workflows.commands.seizure import (
    CarryOutSeizure,
    HandleSeizedGoods,
    OnTheSpot,
    ReleaseSeizure,
    RequestSeizure,
)
from workflows.guards.law import against, empty, needed

SEIZED = frozenset({"seal", "seize"})
HELD = frozenset({"hold"})
RANKS = ("law", "regulation", "local_regulation")
"""What may provide for sealing and seizure (AEL 10)."""
REASON = {"reason": Text("理由", "the reasons")}
LINE = {
    "name": Text("名称", "the name"),
    "quantity": Text("数量", "the quantity"),
    "unit": Text("单位", "the unit"),
}
CLOCK = "CLK_SEIZE"
HOLD = "CLK_HOLD"
URGENT = "CLK_URGENT_APPROVAL"
END = "expired"
REFUSED = "not_approved"


def under_way(act: Act, kinds: frozenset[str]) -> Measure | None:
    """The latest measure of these kinds."""
    rows = [row for row in act.record.all(Measure) if row.kind in kinds]
    return rows[-1] if rows else None


def seizure_is_lawful(act: Act, c: RequestSeizure) -> Iterator[Violation]:
    """K01-K03: a basis in law, one's own power, and only goods that may be taken."""
    yield from needed(c, {**REASON, "basis": Text("法律、法规依据", "the legal basis")}, "AEL18")
    if c.basis_rank not in RANKS:
        yield against(
            "K01", "查封、扣押只能由法律、法规设定，规章和其他文件不能作为依据。",
            "Only laws and regulations may provide for sealing or seizure.", "AEL10", "basis_rank",
        )  # fmt: skip
    if act.case.subject.kind == SubjectKind.DELEGATED:
        yield against(
            "K02", "行政强制措施权不得委托，受委托的机构不能查封、扣押。",
            "Coercive measures cannot be delegated.", "AEL17",
        )  # fmt: skip
    limits = {
        "involved_only": ("不得查封、扣押与违法行为无关的", "what has nothing to do with the act"),
        "no_necessities": ("不得查封、扣押公民的生活必需品", "necessities of life"),
        "not_sealed_elsewhere": ("不得重复查封", "what another agency has sealed"),
    }
    for name, (zh, en) in limits.items():
        if not getattr(c, name):
            yield against(
                "K03", f"{zh}场所、设施或者财物，请核实后勾选。" if name == "involved_only"
                else f"{zh}，请核实后勾选。",
                f"It may not take {en}: check, and tick the box.", "AEL23", name,
            )  # fmt: skip


def list_is_complete(
    act: Act, c: OnTheSpot | RequestSeizure | RequestRegistration | TakeSamples
) -> Iterator[Violation]:
    """K04: each line of the list says what, how much and in which unit."""
    article = "AEL24" if isinstance(c, RequestSeizure | CarryOutSeizure) else "MSA34"
    if empty(c.items):
        yield against("K04", "请填写清单。", "Fill in the list of goods.", article, "items")
    for place, row in enumerate(c.items):
        for name, title in LINE.items():
            value = row.get(name) if isinstance(row, dict) else None
            if empty(value) or (name == "quantity" and not _positive(value)):
                yield against(
                    "K04", f"清单第{place + 1}行：请填写{title.zh}。",
                    f"Line {place + 1} of the list: fill in {title.en}.",
                    article, f"items.{place}.{name}",
                )  # fmt: skip


def _positive(value: Any) -> bool:
    return bool(isinstance(value, str) or value > 0)


def one_urgent_measure_at_a_time(
    act: Act, c: RequestSeizure | RequestRegistration
) -> Iterator[Violation]:
    """K05: an urgent measure waits until the one before it has been reported and approved."""
    if c.urgent and act.clocks.running(URGENT):
        yield against(
            "K05", "前一项当场采取的措施还没有补办批准手续，请先报告并补办。",
            "The urgent measure before it has not been approved yet: report it first.",
            "AEL19", "urgent",
        )  # fmt: skip


def registration_is_reasoned(act: Act, c: RequestRegistration) -> Iterator[Violation]:
    """R01: why the evidence may be lost (APL 56)."""
    yield from needed(c, REASON, "APL56")


def spot_is_in_order(act: Act, c: OnTheSpot | TakeSamples) -> Iterator[Violation]:
    """K06: cards shown, reasons and rights told, and somebody answers for what is kept (AEL 18)."""
    article = "AEL18" if isinstance(c, CarryOutSeizure) else "APL55"
    if not c.cards_shown:
        yield against(
            "K06", "应当出示执法证件。", "Show your cards.", article, "cards_shown"
        )  # fmt: skip
    if not c.rights_told:
        yield against(
            "K06", "应当当场告知理由、依据和当事人依法享有的权利、救济途径。",
            "Tell the reasons, the basis and the party's rights on the spot.",
            article, "rights_told",
        )  # fmt: skip
    kept = {"keeper": Text("保管人", "who keeps it"), "storage_place": Text("保管地点", "where")}
    yield from needed(c, kept, article)


def copies_are_handed_over(act: Act, c: CarryOutSeizure) -> Iterator[Violation]:
    """K06: decision and list are handed over on the spot, the list in two copies."""
    if not c.two_copies:
        yield against(
            "K06", "查封、扣押决定书和清单应当当场交付，清单一式二份。",
            "Decision and list (two copies) are handed over on the spot.", "AEL24", "two_copies",
        )  # fmt: skip


def approved_or_urgent(act: Act, c: Any) -> Iterator[Violation]:
    """K07: without urgency nothing is carried out before a leader approved it."""
    seizing = isinstance(c, CarryOutSeizure)
    row = under_way(act, SEIZED if seizing else HELD)
    article = "AEL18" if seizing else "MSA33"
    if row is None or not (row.urgent or row.approved_at):
        yield against(
            "K07", "采取措施前应当报负责人批准；情况紧急的，当场实施后二十四小时内补办。",
            "A leader approves it first; if it is urgent, within 24 hours afterwards.", article,
        )  # fmt: skip
    elif row.approved_at and c.executed_at < row.approved_at and not row.urgent:
        yield against(
            "K07", "实施时间早于批准时间，请核对。",
            "It was carried out before it was approved: check both times.", article, "executed_at",
        )  # fmt: skip


def approved_within_a_day(act: Act, c: Any) -> Iterator[Violation]:
    """K07: what was done on the spot can be approved for twenty-four hours only."""
    clock = act.clocks.last(URGENT)
    waiting = [m for m in act.record.all(Measure) if m.executed_at and not m.approved_at]
    if c.outcome == "agree" and waiting and clock is not None and act.clocks.over(URGENT):
        yield against(
            "K07", "当场采取措施已超过二十四小时，没有补办批准的，应当立即解除。",
            "More than 24 hours have passed since it was carried out: it must be released.",
            "AEL19", "outcome",
        )  # fmt: skip


def refusal_says_why(act: Act, c: Any) -> Iterator[Violation]:
    """S05: whoever refuses a measure says why."""
    if c.outcome == "refuse" and empty(c.opinion):
        yield against(
            "S05", "不同意的，应当写明理由。", "Say why you refuse.", "NONE", "opinion"
        )  # fmt: skip


def step_is_lawful(act: Act, c: HandleSeizedGoods) -> Iterator[Violation]:
    """K08-K10, V21: the extension, a release, or what else may become of seized goods."""
    yield from needed(c, REASON, "AEL27")
    row = under_way(act, SEIZED)
    if row is None or row.executed_at is None or not row.left():
        yield against("V21", "没有需要处理的财物。", "There are no goods to decide about.", "AEL27")
        return
    known = {str(item.number) for item in row.left()}
    if unknown := [number for number in c.goods if str(number) not in known]:
        yield against(
            "V21", f"没有第{'、'.join(unknown)}项财物，或者已经处理。",
            f"No such goods, or decided already: {', '.join(unknown)}.", "AEL27", "goods",
        )  # fmt: skip
    over = act.clocks.over(CLOCK)
    if over and c.step != "release":
        yield against(
            "V21", "查封、扣押期限已经届满，只能解除。",
            "The time of the seizure is over: it can only be released.", "AEL25", "step",
        )  # fmt: skip
    if c.step == "extend":
        yield from _extension(act, c, row)
    elif c.step == "release" and empty(c.ground):
        yield against(
            "K09", "解除查封、扣押应当选择法定情形。", "Choose the ground of release.",
            "AEL28", "ground",
        )  # fmt: skip
    elif c.step == "confiscate":
        yield from _confiscation(act)
    elif c.step in ("hand_over", "destroy") and empty(c.receiver):
        yield against(
            "K10", "请填写接收或者监督单位。", "Name who receives or supervises it.",
            "AEL27", "receiver",
        )  # fmt: skip


def _extension(act: Act, c: HandleSeizedGoods, row: Measure) -> Iterator[Violation]:
    most = int(act.parameter("clk_seize.extension_days"))
    times = int(act.parameter("clk_seize.extension_times"))
    clock = act.clocks.running(CLOCK)
    if clock is not None and len(clock.extensions) >= times:
        yield against(
            "K08", f"查封、扣押期限只能延长{times}次，已经延长。",
            f"A seizure is extended {times} time(s) only.", "AEL25", "step",
        )  # fmt: skip
    if c.extension_days is None or not 0 < c.extension_days <= most:
        yield against(
            "K08", f"延长不得超过{most}日。", f"It is extended by {most} days at most.",
            "AEL25", "extension_days",
        )  # fmt: skip


def _confiscation(act: Act) -> Iterator[Violation]:
    decision = act.record.decision
    if decision is None or "confiscate_goods" not in decision.penalty_kinds:
        yield against(
            "K10", "没收应当先作出没收非法财物的处罚决定。",
            "Goods are confiscated only by a decision that says so.", "AEL27", "step",
        )  # fmt: skip


def extension_is_in_time(act: Act, c: Any) -> Iterator[Violation]:
    """K08: an extension is approved before the time is over."""
    if c.outcome == "agree" and act.clocks.over(CLOCK):
        yield against(
            "K08", "查封、扣押期限已经届满，不能再延长，应当解除。",
            "The time is over: it cannot be extended and must be released.", "AEL25", "outcome",
        )  # fmt: skip


def release_is_due(act: Act, c: ReleaseSeizure) -> Iterator[Violation]:
    """K09: the ground says why it is released at once."""
    row = under_way(act, SEIZED)
    unapproved = row is not None and row.approved_at is None
    fitting = REFUSED if unapproved else END
    if c.ground != fitting:
        zh = "未获批准" if unapproved else "期限届满"
        en = "it was not approved" if unapproved else "the time is over"
        yield against(
            "K09", f"解除的情形应当是{zh}。", f"The ground of release is that {en}.",
            "AEL19" if unapproved else "AEL28", "ground",
        )  # fmt: skip


def registered_in_time(act: Act, c: DisposeRegistered) -> Iterator[Violation]:
    """V21, K10, K11: within seven working days, and confiscated only by a decision."""
    yield from needed(c, REASON, "MSA35")
    row = under_way(act, HELD)
    known = {str(item.number) for item in row.left()} if row else set()
    if unknown := [number for number in c.goods if str(number) not in known]:
        yield against(
            "V21", f"没有第{'、'.join(unknown)}项证据，或者已经处理。",
            f"No such evidence, or decided already: {', '.join(unknown)}.", "MSA35", "goods",
        )  # fmt: skip
    if row is not None and act.clocks.over(HOLD):
        yield against(
            "V21", "七个工作日已过，先行登记保存已经自动解除，应当退还。",
            "Seven working days have passed: the registration has lapsed.", "MSA35",
        )  # fmt: skip
    if c.way == "confiscate":
        yield from _confiscation(act)
    seized = [m for m in act.record.all(Measure) if m.kind in SEIZED and m.executed_at]
    if c.way == "seize" and not seized:
        yield against(
            "K11", "转为查封、扣押的，应当先办理查封、扣押手续。",
            "Seize it first: the seizure has to be carried out.", "MSA35", "way",
        )  # fmt: skip


def samples_are_sealed(act: Act, c: TakeSamples) -> Iterator[Violation]:
    """K12: the party is told to be present, and each sample is sealed."""
    yield from needed(c, REASON, "MSA31")
    if not c.party_notified:
        yield against(
            "K12", "抽样取证应当通知当事人到场。", "Tell the party to be present.",
            "MSA31", "party_notified",
        )  # fmt: skip
    for place, row in enumerate(c.items):
        if not isinstance(row, dict) or empty(row.get("seal_no")):
            yield against(
                "K12", f"第{place + 1}项样品没有封条编号。",
                f"Sample {place + 1} has no number of its seal.",
                "MSA31", f"items.{place}.seal_no",
            )  # fmt: skip


def samples_are_there(act: Act, c: SettleSamples) -> Iterator[Violation]:
    """K12: samples are accounted for once, with a remark."""
    yield from needed(c, REASON, "MSA31")
    row = under_way(act, frozenset({"sampling"}))
    if row is None or not row.left():
        yield against("K12", "没有需要登记的样品。", "There are no samples left.", "MSA31")


def goods_have_outcomes(act: Act, c: Any) -> Iterator[Violation]:
    """V21: a case does not end while something that was taken has no outcome."""
    if getattr(c, "outcome", "") == "return":
        return
    for row in act.record.all(Measure):
        left = [item.name for item in row.left()] if row.executed_at else []
        if left:
            yield against(
                "V21", f"{row.number or '措施'}还有财物没有处理：{'、'.join(left)}。",
                f"Goods of {row.number or 'a measure'} have no outcome yet: {', '.join(left)}.",
                "AEL27",
            )  # fmt: skip
