"""The agency revises its own decision (自行撤销、变更、确认违法、补正; APL 48, 75)."""

from models.own_revision import OwnRevision
from workflows.act import Act, Issue, Outcome, told
from workflows.commands.follow_up import (
    DecideOwnRevision,
    DiscussOwnRevision,
    ProposeOwnRevision,
    ReviewOwnRevision,
    ServeOwnRevision,
)
from workflows.remedying import take_effect
from workflows.rows import add_opinion, add_service, meeting_of

ACTS = {"revoke": "撤销", "change": "变更", "unlawful": "确认违法", "correct": "补正"}


def propose_own_revision(act: Act, c: ProposeOwnRevision) -> Outcome:
    """Put the proposal on record; the decision stands until the revision is made."""
    decision = act.record.decision
    assert decision is not None
    row = OwnRevision(
        **act.stamp(),
        round=act.round(act.record.all(OwnRevision)),
        decision_id=decision.id,
        act=c.act,
        ground=c.ground,
        reason=c.reason,
        new_fine=c.new_fine if c.act == "change" else None,
        wrong_words=c.wrong_words,
        right_words=c.right_words,
        collective=decision.discussion_id is not None and c.act != "correct",
        proposed_by_id=act.actor.person_id,
    )
    act.session.add(row)
    text = (
        f"提出{ACTS[c.act]}处罚决定：{c.reason}",
        f"Revision of the decision proposed: {c.reason}",
    )
    return Outcome(events=[told("case:revision:proposed", *text)])


def review_own_revision(act: Act, c: ReviewOwnRevision) -> Outcome:
    """The legal office's word; what was decided together is revised together."""
    add_opinion(act, "review_revision", c.outcome, c.opinion)
    row = _current(act)
    if c.outcome == "return":
        row.refused_at = act.now
        text = (f"退回：{c.opinion}", f"The revision is returned: {c.opinion}")
        return Outcome(
            events=[told("case:revision:returned", *text)], routing={"outcome": "return"}
        )
    row.reviewed_at = act.now
    level = "panel" if row.collective else "leader"
    text = ("法制审核同意。", "The legal office supports the revision.")
    return Outcome(
        events=[told("case:revision:reviewed", *text)],
        routing={"outcome": "agree", "revision_level": level},
    )


def decide_own_revision(act: Act, c: DecideOwnRevision) -> Outcome:
    """The leader decides."""
    add_opinion(act, "decide_revision", c.outcome, c.opinion)
    return _decide(act, _current(act), c.outcome, c.opinion)


def discuss_own_revision(act: Act, c: DiscussOwnRevision) -> Outcome:
    """The leaders decide together."""
    row = _current(act)
    row.meeting = meeting_of(act, c)
    return _decide(act, row, c.outcome, c.conclusion)


def _decide(act: Act, row: OwnRevision, outcome: str, why: str) -> Outcome:
    if outcome == "refuse":
        row.refused_at = act.now
        text = (f"不同意{ACTS[row.act]}：{why}", f"The revision is refused: {why}")
        return Outcome(events=[told("case:revision:refused", *text)], routing={"outcome": "refuse"})
    typing = row.act == "correct"
    row.number = act.numbers.take("补" if typing else "撤变")
    row.decided_at, row.decided_by_id = act.now, act.actor.person_id
    act.session.flush()
    after = take_effect(act, row, act.today)
    text = (
        f"作出{ACTS[row.act]}决定（{row.number}）。",
        f"The decision is revised ({row.number}).",
    )
    return Outcome(
        events=[told(f"case:revision:{row.act}", *text, number=row.number), *after.events],
        routing={"outcome": "approve"},
        documents=[Issue("D71" if typing else "D61a", row.number, row)],
        opens=after.opens,
    )


def serve_own_revision(act: Act, c: ServeOwnRevision) -> Outcome:
    """The party has it (D47); against it the party has its own remedies."""
    row = _current(act)
    row.served_at = c.served_at
    kind = "D71" if row.act == "correct" else "D61a"
    _, receipt = add_service(act, c, c.second_handler, kind=kind, number=str(row.number))
    text = (f"送达{row.number}。", f"{row.number} served.")
    return Outcome(events=[told("case:revision:served", *text)], documents=[receipt])


def _current(act: Act) -> OwnRevision:
    row = act.record.last(OwnRevision)
    assert row is not None
    return row
