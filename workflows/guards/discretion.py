"""V33, V34: the table of discretion is followed or left with a reason; stating one's case is safe.

A fine outside the table's range, or a level that its factors do not make, needs a reason in the
report and the approval of the head (主要负责人). A statement never makes the penalty heavier.
"""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from models.discussion import Discussion
from models.errors import Text, Violation
from models.evidence import Evidence
from models.matter import Matter
from models.notice import Notice, Statement
from models.types import Role
from workflows.act import Act
from workflows.commands.decision import IssueDecision
from workflows.commands.investigation import SubmitFinalReport
from workflows.commands.quick import RecordQuickly
from workflows.commands.review import ApproveNotice
from workflows.discretion import Advice, advise, table_for
from workflows.guards.law import against, empty
from workflows.guards.matter import applied_matter
from workflows.reference.matters import Bounds, Fine

ORDINARY_LEVEL = "ordinary"
FREE_LEVELS = frozenset({"none", "mitigated"})
"""No penalty, and below the range: they rest on grounds of their own (APL 32, 33)."""


def advice_for(act: Act, matter: Matter, factors: list[str]) -> Advice | None:
    """What the matter's table of today says; None where the matter has no table."""
    table = table_for(act.session, matter, act.today)
    return advise(table, factors) if table is not None else None


def level_bounds(
    act: Act, matter: Matter, advice: Advice, level: str | None, rate_base: Decimal | None
) -> Bounds | None:
    """Yuan between which the level of the table lies for the case's party."""
    shares, kept = advice.within(level), (matter.content or {}).get("fine") or {}
    if shares is None or not kept.get("ranges"):
        return None
    party_type = act.case.party.party_type if act.case.party else "natural_person"
    return Fine.of(kept).bounds(party_type, rate_base, shares)


def matter_bounds(act: Act, matter: Matter, rate_base: Decimal | None) -> Bounds | None:
    """Yuan between which the statute lets the case's party be fined."""
    kept = (matter.content or {}).get("fine") or {}
    party_type = act.case.party.party_type if act.case.party else "natural_person"
    return Fine.of(kept).bounds(party_type, rate_base) if kept.get("ranges") else None


def discretion_is_followed(act: Act, c: SubmitFinalReport) -> Iterator[Violation]:
    """V33: level and fine are the table's, or the report says why they are not."""
    if c.proposal != "penalty" or not empty(c.deviation_reason):
        return
    for text in _deviations(act, c):
        yield against(
            "V33",
            f"{text.zh}；偏离裁量基准的，应当填写偏离理由，并由主要负责人批准。",
            f"{text.en}: leaving the standard needs a reason, and the head approves it.",
            "APL34", "deviation_reason",
        )  # fmt: skip


def _deviations(act: Act, c: SubmitFinalReport | RecordQuickly) -> Iterator[Text]:
    matter = applied_matter(act, c)
    if matter is None or c.discretion_level in FREE_LEVELS:
        return
    advice = advice_for(act, matter, c.discretion_factors)
    if advice is None:
        return
    yield from level_differs(advice, c.discretion_level)
    bounds = level_bounds(act, matter, advice, c.discretion_level, c.rate_base)
    whole = matter_bounds(act, matter, c.rate_base)
    # What lies outside the statute's own range is refused for that alone (V11).
    lawful = whole is not None and c.fine is not None and c.fine in whole
    if bounds is not None and c.fine is not None and lawful and c.fine not in bounds:
        yield Text(
            f"罚款{c.fine}元不在该裁量等次的幅度（{bounds.lowest}元至{bounds.highest}元）内",
            f"{c.fine} yuan is outside the level's range ({bounds.lowest} to {bounds.highest})",
        )


def level_differs(advice: Advice, level: str | None) -> Iterator[Text]:
    """The level that was chosen is not the one that the named factors make."""
    if advice.level is not None and level is not None and level != advice.level:
        yield Text(
            f"所选裁量等次与裁量因素不符（{advice.reason.zh}）",
            f"the level is not the one that the factors make ({advice.reason.en})",
        )


def standard_is_kept(act: Act, c: RecordQuickly) -> Iterator[Violation]:
    """V33 for a case handled quickly: there is no head to approve a deviation, so there is none."""
    for text in _deviations(act, c):
        yield against(
            "V33",
            f"{text.zh}；需要偏离裁量基准的，转普通程序办理。",
            f"{text.en}: to leave the standard, go the ordinary way.",
            "APL34", "discretion_level",
        )  # fmt: skip


def level_of(act: Act, fine: Decimal | None) -> str:
    """The level of the matter's table in which a fine of the case lies; 一般 without a table."""
    matter = act.record.matter
    advice = advice_for(act, matter, []) if matter is not None and fine is not None else None
    if matter is None or advice is None or fine is None:
        return ORDINARY_LEVEL
    fitting = (
        level
        for level in (ORDINARY_LEVEL, *advice.shares)
        if (bounds := level_bounds(act, matter, advice, level, None)) and fine in bounds
    )
    return next(fitting, ORDINARY_LEVEL)


def deviation_is_approved_by_head(
    act: Act, c: ApproveNotice | IssueDecision
) -> Iterator[Violation]:
    """V33: a penalty that leaves the standard is approved by the head, not by a deputy."""
    report = act.record.report
    if c.outcome not in ("agree", "issue") or report is None or empty(report.deviation_reason):
        return
    role = act.grant.role if act.grant else None
    if role != Role.LEADER_CHIEF:
        yield against(
            "V33", "本案偏离裁量基准，应当由主要负责人审批。",
            "This case leaves the standard of discretion: the head approves it.", "APL34",
        )  # fmt: skip


def statement_makes_nothing_heavier(act: Act, c: SubmitFinalReport) -> Iterator[Violation]:
    """V34: after a statement the proposal is heavier only for new facts or a discussion."""
    stated = [s for s in act.record.all(Statement) if s.statement == "made"]
    if c.proposal != "penalty" or not stated:
        return
    last = stated[-1]
    notice = next((n for n in act.record.all(Notice) if n.id == last.notice_id), None)
    if notice is None or _has_new_ground(act, last.recorded_at):
        return
    extra = set(c.penalty_kinds) - set(notice.penalty_kinds)
    more = (c.fine or 0) > (notice.fine or 0) or (
        (c.confiscated_amount or 0) > (notice.confiscated_amount or 0)
    )
    if extra or more:
        yield against(
            "V34", "不得因当事人陈述、申辩而给予更重的处罚；没有新的事实，不能加重。",
            "A statement may not make the penalty heavier: without new facts it cannot rise.",
            "APL45", "fine" if more else "penalty_kinds",
        )  # fmt: skip


def _has_new_ground(act: Act, since: datetime) -> bool:
    """New evidence, or a collective discussion that found for a heavier penalty."""
    evidence = any(e.recorded_at > since for e in act.record.all(Evidence))
    heavier = any(
        d.recorded_at > since and d.result == "heavier" for d in act.record.all(Discussion)
    )
    return evidence or heavier
