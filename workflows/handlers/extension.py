"""Extension of the time to decide: asked for, supported, granted (MSA 64)."""

import uuid

from models.clock_rules import CLOCK_RULES
from models.duration import Period, PeriodUnit
from models.extension import Extension
from workflows.act import Act, Issue, Outcome, told
from workflows.commands.extension import (
    ApproveExtension,
    DiscussExtension,
    RequestExtension,
    ReviewExtension,
)
from workflows.guards.extension import CLOCK, heads_are_used
from workflows.rows import add_opinion, meeting_of


def request_extension(act: Act, c: RequestExtension) -> Outcome:
    """Put the request on record; the first one goes to the head, every other to all leaders."""
    clock = act.clocks.last(CLOCK)
    assert clock is not None
    again = heads_are_used(act)
    act.session.add(
        Extension(
            **act.stamp(),
            round=act.round(act.record.all(Extension)),
            kind="again" if again else "first",
            reason=c.reason,
            days=c.days if again else _heads_period(act).length,
            last_day_before=clock.last_day,
            requested_by_id=act.actor.person_id,
        )
    )
    return Outcome(
        events=[
            told(
                "clock:extension:requested",
                f"申请延长办案期限：{c.reason}",
                f"More time to decide is asked for: {c.reason}",
            )
        ],
        routing={"extension": "again" if again else "first"},
    )


def review_extension(act: Act, c: ReviewExtension) -> Outcome:
    """The unit head's word."""
    add_opinion(act, "review_extension", c.outcome, c.opinion)
    if c.outcome == "agree":
        events = [told("clock:extension:reviewed", "同意延期申请。", "More time is supported.")]
        return Outcome(events=events, routing={"outcome": "agree"})
    row = _waiting(act)
    row.granted, row.decided_at, row.decided_by_id = False, act.now, act.actor.person_id
    return Outcome(
        events=[
            told(
                "clock:extension:returned",
                f"退回延期申请：{c.opinion}",
                f"The request for more time is returned: {c.opinion}",
            )
        ],
        routing={"outcome": "return"},
    )


def approve_extension(act: Act, c: ApproveExtension) -> Outcome:
    """The head grants the days that the rule fixes, or refuses (D28)."""
    add_opinion(act, "approve_extension", c.outcome, c.opinion)
    row = _waiting(act)
    if c.outcome == "approve":
        return _grant(act, row, _heads_period(act), act.actor.person_id)
    return _refuse(act, row, c.opinion, act.actor.person_id)


def discuss_extension(act: Act, c: DiscussExtension) -> Outcome:
    """The leaders together fix a reasonable time, or refuse (D28 with their discussion)."""
    row = _waiting(act)
    row.meeting = meeting_of(act, c)
    by = act.person(c.chair).id
    if c.outcome == "approve" and c.days is not None:
        return _grant(act, row, Period(c.days, PeriodUnit.CALENDAR_DAY), by)
    return _refuse(act, row, c.conclusion, by)


def _grant(act: Act, row: Extension, period: Period, by: uuid.UUID) -> Outcome:
    clock = act.clocks.extend(CLOCK, period)
    row.granted, row.decided_at, row.decided_by_id = True, act.now, by
    row.days, row.last_day_after = period.length, clock.last_day
    act.session.flush()
    return Outcome(
        events=[
            told(
                "clock:case:extended",
                f"批准延长办案期限{period.length}日，至{clock.last_day.isoformat()}。",
                f"The time to decide is extended by {period.length} days to {clock.last_day}.",
                days=period.length,
            )
        ],
        routing={"outcome": "approve"},
        documents=[Issue("D28", None, row)],
    )


def _refuse(act: Act, row: Extension, why: str, by: uuid.UUID) -> Outcome:
    row.granted, row.decided_at, row.decided_by_id = False, act.now, by
    act.session.flush()
    return Outcome(
        events=[
            told(
                "clock:extension:refused",
                f"不同意延长办案期限：{why}",
                f"More time to decide is refused: {why}",
            )
        ],
        routing={"outcome": "refuse"},
        documents=[Issue("D28", None, row)],
    )


def _heads_period(act: Act) -> Period:
    rule = CLOCK_RULES[CLOCK].extension
    assert rule is not None
    entry = act.law.entry(rule.parameter, act.today, act.case.subject_id)
    return rule.period(int(entry.value), entry.unit)


def _waiting(act: Act) -> Extension:
    row = act.record.last(Extension)
    assert row is not None
    return row
