"""Large amounts and heavy kinds: what calls for a hearing or a discussion (APL 57, 63).

The law's own scope is computed here and always counts; a pack's decision table may widen it
(a local rule), never narrow it.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from models.errors import NotFound, Text
from workflows import rules
from workflows.act import Act
from workflows.guards.party import INDIVIDUAL_BUSINESS, NATURAL

HEAVY_KINDS = frozenset(
    {"downgrade", "revoke_licence", "suspend_business", "close", "restrict_employment"}
)
"""APL 63 (1) 3, 4: 降低资质、吊销许可、停产停业、责令关闭、限制从业."""
SHUTTING_KINDS = frozenset({"revoke_licence", "suspend_business", "close"})


def threshold_key(act: Act, what: str) -> str:
    """hearing.threshold.natural_person and its like: thresholds differ by party type."""
    kind = act.case.party.party_type if act.case.party else NATURAL
    group = kind if kind in (NATURAL, INDIVIDUAL_BUSINESS) else "entity"
    return f"{what}.threshold.{group}"


def is_large(act: Act, what: str, amounts: Sequence[Decimal | None]) -> bool:
    """Whether one of the amounts reaches the threshold, the number itself included (以上)."""
    limit = Decimal(str(act.parameter(threshold_key(act, what))))
    return any(amount is not None and amount >= limit for amount in amounts)


def table_reason(act: Act, table: str, inputs: Mapping[str, bool], positive: str) -> Text | None:
    """The reason that the pack's table gives when its answer is the positive one."""
    if act.pack is None:
        return None
    try:
        outputs = rules.evaluate(act.pack.table(table), inputs).outputs
    except NotFound:
        return None
    if outputs.get(table) != positive:
        return None
    return Text(str(outputs.get("reason") or ""), str(outputs.get("reason_en") or ""))


def hearing_scope(
    act: Act, kinds: Sequence[str], fine: Decimal | None, confiscated: Decimal | None
) -> Text | None:
    """Why the penalty gives a right to a hearing (APL 63); None when it does not."""
    large = is_large(act, "hearing", (fine, confiscated))
    heavy = bool(HEAVY_KINDS & set(kinds))
    inputs = {"fine_over_threshold": large, "heavy_kinds": heavy}
    told = table_reason(act, "hearing", inputs, "in_scope")
    if told is not None:
        return told
    if heavy:
        return Text("处罚种类属于听证范围", "the kind of penalty gives a right to a hearing")
    if large:
        return Text("金额达到较大数额标准", "the amount gives a right to a hearing")
    return None
