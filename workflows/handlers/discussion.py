"""The collective discussion of one case (集体讨论, APL 57): convened, held, signed."""

from collections.abc import Mapping
from typing import Any

from models.discussion import Discussion, Vote
from workflows.act import Act, Issue, Outcome, told
from workflows.commands.review import ConveneDiscussion, RecordDiscussion, SignMinutes
from workflows.guards.meeting import why_excluded
from workflows.sittings import item_of


def convene_discussion(act: Act, c: ConveneDiscussion) -> Outcome:
    """Call the discussion with its members, each with a seat; a meeting's item points at it."""
    report, notice = act.record.report, act.record.notice
    assert report is not None
    row = Discussion(
        **act.stamp(),
        round=act.round(act.record.all(Discussion)),
        report_id=report.id,
        notice_id=notice.id if notice else None,
        planned_at=c.planned_at,
        place=c.place,
        chair_id=act.person(c.chair).id,
        recorder_id=act.person(c.recorder).id,
        attendees=list(c.attendees),
        observers=c.observers or "",
        reason=c.reason,
        signatures=[],
        votes=[
            Vote(person_id=act.person(key).id, seat=seat)
            for seat, key in enumerate(dict.fromkeys(c.members), 1)
        ],
    )
    act.session.add(row)
    if c.meeting:
        act.session.flush()
        item = item_of(act.session, c.meeting, act.case.id)
        assert item is not None
        item.discussion_id = row.id
    return Outcome(
        events=[
            told(
                "case:discussion:convened",
                f"召集集体讨论，成员{len(row.votes)}人。",
                f"Collective discussion convened with {len(row.votes)} members.",
            )
        ]
    )


def record_discussion(act: Act, c: RecordDiscussion) -> Outcome:
    """Record who was there, each view and vote, dissent and conclusion."""
    row = act.record.discussion
    assert row is not None
    row.chair_id, row.place = act.person(c.chair).id, c.place
    row.held_at, row.ended_at = c.held_at, c.ended_at
    row.attendees = list(c.attendees)
    row.observers = c.observers or row.observers
    row.case_report, row.legal_opinion = c.case_report, c.legal_opinion
    row.result, row.conclusion_text, row.fine = c.discussion_result, c.conclusion_text, c.fine
    row.quorum = str(act.law.fraction("discussion.quorum", act.today, act.case.subject_id))
    said = {act.person(m["person"]).id: m for m in c.members}
    for vote in row.votes:
        vote.excluded = why_excluded(act, vote.person_id)
        if vote.excluded is None:
            _say(vote, said[vote.person_id])
    counted = [v for v in row.votes if v.excluded is None]
    there = sum(bool(v.attended) for v in counted)
    agree = sum(v.vote == "agree" for v in counted)
    return Outcome(
        events=[
            told(
                "case:discussion:held",
                f"集体讨论：应到{len(counted)}人，实到{there}人，同意{agree}人。{c.conclusion_text}",
                f"Discussion: {there} of {len(counted)} present, {agree} agreed. "
                f"{c.conclusion_text}",
            )
        ],
        routing={"discussion_result": c.discussion_result},
    )


def _say(vote: Vote, member: Mapping[str, Any]) -> None:
    vote.attended = bool(member.get("attended"))
    vote.absent_reason = member.get("absent_reason") or None
    vote.spoke_order = member.get("spoke_order")
    vote.view, vote.vote = member.get("view") or None, member.get("vote") or None
    vote.dissent = member.get("dissent") or None


def sign_minutes(act: Act, c: SignMinutes) -> Outcome:
    """Sign the minutes; from now on they bind the decision (D42)."""
    row = act.record.discussion
    assert row is not None
    row.signatures = [dict(s) for s in c.signatures]
    row.signed_at = act.now
    return Outcome(
        events=[told("case:discussion:signed", "讨论记录已签署。", "Minutes signed.")],
        documents=[Issue("D42", None, row)],
    )
