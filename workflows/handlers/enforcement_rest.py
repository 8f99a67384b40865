"""Enforcement stands still, goes on, is agreed upon or ends (AEL 39-42)."""

from decimal import Decimal
from typing import Any

from models.enforcement_rest import EnforcementEnd, EnforcementPause, Settlement
from models.surcharge import SurchargeWaiver
from workflows.act import Act, Issue, Outcome, told
from workflows.commands.enforcement_rest import (
    AbandonEnforcement,
    ApproveEnforcementEnd,
    ApproveEnforcementPause,
    ApproveSettlement,
    CheckSettlement,
    ProposeSettlement,
    RecordRestoration,
    RequestEnforcementEnd,
    RequestEnforcementPause,
    ResumeEnforcement,
)
from workflows.enforcing import COURT, owed
from workflows.rows import add_items, add_opinion

PAUSE = "CLK_PAUSE_END"
NO_MEANS = "no_means"
"""The ground on which enforcement is given up after three years (AEL 39)."""


def request_enforcement_pause(act: Act, c: RequestEnforcementPause) -> Outcome:
    """Put the proposal on record; nothing stands still before a leader approves."""
    row = EnforcementPause(
        **act.stamp(), ground=c.ground, reason=c.reason, harmless=c.harmless,
        requested_by_id=act.actor.person_id,
    )  # fmt: skip
    act.session.add(row)
    return _told("pause_requested", f"提出中止执行：{c.reason}", f"Pause proposed: {c.reason}")


def approve_enforcement_pause(act: Act, c: ApproveEnforcementPause) -> Outcome:
    """From now on enforcement stands still (D56); without means, the three years run."""
    add_opinion(act, "approve_enforcement_pause", c.outcome, c.opinion)
    row = _last(act, EnforcementPause)
    if c.outcome == "refuse":
        row.refused_at = act.now
        return _refused("pause", c.opinion, "中止执行")
    row.approved_at, row.approved_by_id = act.now, act.actor.person_id
    if row.ground == NO_MEANS and row.harmless:
        act.clocks.start(PAUSE, act.now)
    out = _told("paused", f"中止执行：{row.reason}", f"Enforcement suspended: {row.reason}")
    out.routing["outcome"] = "approve"
    out.documents.append(Issue("D56", act.numbers.take("中执"), row))
    return out


def resume_enforcement(act: Act, c: ResumeEnforcement) -> Outcome:
    """The ground has fallen away: enforcement goes on (D56)."""
    row = _last(act, EnforcementPause)
    row.resumed_at, row.resumed_by_id = act.now, act.actor.person_id
    row.resume_reason = c.reason
    act.clocks.cancel(PAUSE)
    out = _told("resumed", f"恢复执行：{c.reason}", f"Enforcement resumed: {c.reason}")
    out.documents.append(Issue("D56", act.numbers.take("中执"), row))
    return out


def abandon_enforcement(act: Act, c: AbandonEnforcement) -> Outcome:
    """Three years are over: not enforced any more (D56)."""
    add_opinion(act, "abandon_enforcement", "approve", c.opinion)
    row = _last(act, EnforcementPause)
    row.abandoned_at = act.now
    act.clocks.cancel(COURT)
    text = ("中止执行满三年未恢复，不再执行。", "Suspended for three years: given up.")
    out = _told("abandoned", *text)
    out.documents.append(Issue("D56", act.numbers.take("终执"), row))
    return out


def request_enforcement_end(act: Act, c: RequestEnforcementEnd) -> Outcome:
    """Put the proposal on record, with what has to be put back."""
    row = EnforcementEnd(
        **act.stamp(), ground=c.ground, reason=c.reason, restore=(c.restore or "").strip() or None,
        requested_by_id=act.actor.person_id,
    )  # fmt: skip
    act.session.add(row)
    return _told("end_requested", f"提出终结执行：{c.reason}", f"End proposed: {c.reason}")


def approve_enforcement_end(act: Act, c: ApproveEnforcementEnd) -> Outcome:
    """Enforcement is over (D56); what was taken goes back first where AEL 41 says so."""
    add_opinion(act, "approve_enforcement_end", c.outcome, c.opinion)
    row = _last(act, EnforcementEnd)
    if c.outcome == "refuse":
        row.refused_at = act.now
        out = _refused("end", c.opinion, "终结执行")
        out.routing["restoration"] = "none"
        return out
    row.approved_at, row.approved_by_id = act.now, act.actor.person_id
    act.clocks.cancel(COURT)
    act.clocks.cancel(PAUSE)
    out = _told("ended", f"终结执行：{row.reason}", f"Enforcement ended: {row.reason}")
    out.routing |= {"outcome": "approve", "restoration": "needed" if row.restore else "none"}
    out.documents.append(Issue("D56", act.numbers.take("终执"), row))
    return out


def record_restoration(act: Act, c: RecordRestoration) -> Outcome:
    """What was taken is back, or paid for (AEL 41)."""
    row = _last(act, EnforcementEnd)
    row.restored_at, row.restored_way, row.restored_note = c.done_at, c.restored_way, c.note
    row.receiver_name, row.restored_amount = c.receiver_name, c.amount
    return _told("restored", f"执行回转：{c.note}", f"Put back: {c.note}")


def propose_settlement(act: Act, c: ProposeSettlement) -> Outcome:
    """The agreement as the party signed it, with what is owed today."""
    amounts = owed(act, act.today)
    row = Settlement(
        **act.stamp(),
        terms=c.terms,
        stages=[_stage(each) for each in c.stages],
        principal=amounts.principal,
        surcharge=amounts.surcharge,
        surcharge_waived=c.surcharge_waived or Decimal(0),
        corrected=c.corrected,
        signed_at=c.signed_at,
        signed_by=c.signed_by,
        requested_by_id=act.actor.person_id,
    )
    act.session.add(row)
    add_items(act, c.evidence, "settlement", None)
    return _told("settlement_proposed", f"提出执行协议：{c.terms}", f"Agreement: {c.terms}")


def approve_settlement(act: Act, c: ApproveSettlement) -> Outcome:
    """The agreement holds (D56a)."""
    add_opinion(act, "approve_settlement", c.outcome, c.opinion)
    row = _last(act, Settlement)
    if c.outcome == "refuse":
        row.refused_at = act.now
        return _refused("settlement", c.opinion, "执行协议")
    row.approved_at, row.approved_by_id = act.now, act.actor.person_id
    row.number = act.numbers.take("执协")
    if row.surcharge_waived > 0:
        _waive(act, row)
    out = _told("settled", f"达成执行协议{row.number}。", f"Agreement {row.number} made.")
    out.routing["outcome"] = "approve"
    out.documents.append(Issue("D56a", row.number, row))
    return out


def check_settlement(act: Act, c: CheckSettlement) -> Outcome:
    """Kept, kept so far, or broken: then enforcement is resumed (AEL 42)."""
    row = _last(act, Settlement)
    row.outcome_note = c.note
    if c.answer == "kept":
        row.kept_at = c.checked_at
    if c.answer == "broken":
        row.broken_at = c.checked_at
        for waiver in act.record.all(SurchargeWaiver):
            if waiver.reason == _waived_by(row):
                # What was taken off falls with the agreement; the audit trail keeps the row.
                act.session.delete(waiver)
    zh, en = CHECKED[c.answer]
    out = _told("settlement_checked", f"{zh}：{c.note}", f"{en}: {c.note}")
    out.routing["settlement"] = c.answer
    return out


def _waive(act: Act, row: Settlement) -> None:
    """The party made good: the surcharge is reduced, and the account knows it (AEL 42)."""
    decision = act.record.decision
    assert decision is not None
    act.session.add(
        SurchargeWaiver(
            **act.stamp(),
            decision_id=decision.id,
            round=act.round(act.record.all(SurchargeWaiver)),
            amount=row.surcharge_waived,
            ground="settlement",
            reason=_waived_by(row),
            waived_on=act.today,
            decided_by_id=act.actor.person_id,
        )
    )


def _waived_by(row: Settlement) -> str:
    return f"执行协议{row.number}"


CHECKED = {
    "kept": ("执行协议已经履行完毕", "The agreement was kept"),
    "on_track": ("执行协议按期履行中", "The agreement is being kept"),
    "broken": ("当事人不履行执行协议，恢复强制执行", "Broken: enforcement is resumed"),
}


def _stage(row: dict[str, Any]) -> dict[str, Any]:
    amount = row.get("amount")
    return {
        "due_on": row["due_on"].isoformat(),
        "amount": None if amount is None else str(amount),
        "duty": row.get("duty") or "",
    }


def _told(tag: str, zh: str, en: str) -> Outcome:
    return Outcome(events=[told(f"case:enforcement:{tag}", zh, en)])


def _refused(noun: str, opinion: str, zh: str) -> Outcome:
    out = _told(f"{noun}_refused", f"不同意{zh}：{opinion}", f"Refused ({noun}): {opinion}")
    out.routing["outcome"] = "refuse"
    return out


def _last(act: Act, kind: Any) -> Any:
    row = act.record.last(kind)
    assert row is not None
    return row
