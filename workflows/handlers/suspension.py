"""Suspension, resumption and termination of the investigation (MSA 46, 47)."""

from models.suspension import Suspension, Termination
from models.types import Flag
from workflows.act import Act, Issue, Outcome, told
from workflows.commands.suspension import (
    ApproveResumption,
    ApproveSuspension,
    ApproveTermination,
    RequestResumption,
    RequestSuspension,
    RequestTermination,
    ReviewSuspension,
    ReviewTermination,
)
from workflows.rows import add_opinion

REASON = "suspension"
"""Under which the clocks know the days that do not count (中止, MSA 64)."""


def request_suspension(act: Act, c: RequestSuspension) -> Outcome:
    """Put the proposal on record; nothing stands still before a leader approves."""
    act.session.add(
        Suspension(
            **act.stamp(),
            round=act.round(act.record.all(Suspension)),
            ground=c.ground,
            reason=c.reason,
            requested_by_id=act.actor.person_id,
        )
    )
    text = (f"提出中止调查：{c.reason}", f"Suspension proposed: {c.reason}")
    return Outcome(events=[told("case:suspension:requested", *text)])


def review_suspension(act: Act, c: ReviewSuspension) -> Outcome:
    """The unit head's word."""
    add_opinion(act, "review_suspension", c.outcome, c.opinion)
    if c.outcome == "return":
        _suspension(act).refused_at = act.now
    return _reviewed(c.outcome, c.opinion, "suspension", ("中止", "suspension"))


def approve_suspension(act: Act, c: ApproveSuspension) -> Outcome:
    """From now on the days do not count; the case is flagged (D26)."""
    add_opinion(act, "approve_suspension", c.outcome, c.opinion)
    row = _suspension(act)
    if c.outcome == "refuse":
        row.refused_at = act.now
        return _refused(c.opinion, "suspension", ("中止调查", "Suspension"))
    row.suspended_at, row.suspended_by_id = act.now, act.actor.person_id
    act.case.flag(Flag.SUSPENDED)
    act.clocks.pause_all(REASON, act.now)
    act.session.flush()
    return Outcome(
        events=[
            told(
                "case:suspension:approved",
                f"批准中止调查，自今日起不计入办案期限：{row.reason}",
                f"Suspended; from today the days do not count: {row.reason}",
            )
        ],
        routing={"outcome": "approve"},
        documents=[Issue("D26", None, row)],
    )


def request_resumption(act: Act, c: RequestResumption) -> Outcome:
    """The ground has fallen away: propose to go on at once."""
    row = _suspension(act)
    row.resume_reason, row.resume_asked_at = c.reason, act.now
    row.resume_asked_by_id = act.actor.person_id
    text = (f"提出恢复调查：{c.reason}", f"Resumption proposed: {c.reason}")
    return Outcome(events=[told("case:resumption:requested", *text)])


def approve_resumption(act: Act, c: ApproveResumption) -> Outcome:
    """The clocks run on; the days between are left out (D26)."""
    add_opinion(act, "approve_resumption", c.outcome, c.opinion)
    if c.outcome == "return":
        text = (f"退回恢复申请：{c.opinion}", f"Resumption returned: {c.opinion}")
        event = told("case:resumption:returned", *text)
        return Outcome(events=[event], routing={"outcome": "return"})
    row = _suspension(act)
    row.resumed_at, row.resumed_by_id = act.now, act.actor.person_id
    act.case.unflag(Flag.SUSPENDED)
    act.clocks.resume_all(REASON, act.now)
    act.session.flush()
    return Outcome(
        events=[told("case:resumption:approved", "批准恢复调查。", "The investigation goes on.")],
        routing={"outcome": "agree"},
        documents=[Issue("D26", None, row)],
    )


def request_termination(act: Act, c: RequestTermination) -> Outcome:
    """Put the proposal on record."""
    act.session.add(
        Termination(
            **act.stamp(),
            round=act.round(act.record.all(Termination)),
            ground=c.ground,
            facts=c.facts,
            measures_released=c.measures_released,
            requested_by_id=act.actor.person_id,
        )
    )
    text = (f"提出终止调查：{c.facts}", f"Termination proposed: {c.facts}")
    return Outcome(events=[told("case:termination:requested", *text)])


def review_termination(act: Act, c: ReviewTermination) -> Outcome:
    """The unit head's word."""
    add_opinion(act, "review_termination", c.outcome, c.opinion)
    if c.outcome == "return":
        _termination(act).refused_at = act.now
    return _reviewed(c.outcome, c.opinion, "termination", ("终止", "termination"))


def approve_termination(act: Act, c: ApproveTermination) -> Outcome:
    """The case ends here: its clocks with it (D27)."""
    add_opinion(act, "approve_termination", c.outcome, c.opinion)
    row = _termination(act)
    if c.outcome == "refuse":
        row.refused_at = act.now
        return _refused(c.opinion, "termination", ("终止调查", "Termination"))
    row.approved_at, row.approved_by_id = act.now, act.actor.person_id
    act.clocks.cancel_all()
    act.case.unflag(Flag.SUSPENDED)
    act.case.closed_at = act.now
    act.session.flush()
    return Outcome(
        events=[
            told("case:termination:approved", "批准终止调查，案件办结。", "The case is terminated.")
        ],
        routing={"outcome": "approve"},
        documents=[Issue("D27", None, row)],
    )


def _reviewed(outcome: str, opinion: str, noun: str, words: tuple[str, str]) -> Outcome:
    zh, en = words
    if outcome == "return":
        text = (f"退回{zh}申请：{opinion}", f"The proposed {en} is returned: {opinion}")
        event = told(f"case:{noun}:returned", *text)
    else:
        event = told(f"case:{noun}:reviewed", f"同意{zh}调查。", f"The {en} is supported.")
    return Outcome(events=[event], routing={"outcome": outcome})


def _refused(opinion: str, noun: str, words: tuple[str, str]) -> Outcome:
    zh, en = words
    event = told(f"case:{noun}:refused", f"不同意{zh}：{opinion}", f"{en} refused: {opinion}")
    return Outcome(events=[event], routing={"outcome": "refuse"})


def _suspension(act: Act) -> Suspension:
    row = act.record.last(Suspension)
    assert row is not None
    return row


def _termination(act: Act) -> Termination:
    row = act.record.last(Termination)
    assert row is not None
    return row
