"""Requests that somebody step back: put on record, answered, carried out (APL 43; MSA 4)."""

import uuid
from dataclasses import dataclass

from models.recusal import RecusalRequest
from workflows.act import Act, Issue, Outcome, told
from workflows.commands.recusal import AnswerRecusal, DiscussRecusal, RequestRecusal
from workflows.guards.recusal import decider_of, waiting
from workflows.rerouting import step_back
from workflows.rows import meeting_of


def request_recusal(act: Act, c: RequestRecusal) -> Outcome:
    """The request goes to whoever decides; the investigation goes on."""
    person = act.person(c.person)
    decider = decider_of(act, person.id)
    act.session.add(
        RecusalRequest(
            **act.stamp(),
            round=act.round(act.record.all(RecusalRequest)),
            person_id=person.id,
            asked_by=c.asked_by,
            asked_at=c.asked_at,
            relation=c.relation,
            reason=c.reason,
            decider=decider,
            requested_by_id=act.actor.person_id,
        )
    )
    return Outcome(
        events=[
            told(
                "case:recusal:requested",
                f"申请{person.name}回避：{c.reason}",
                f"{person.name_en} is asked to step back: {c.reason}",
            )
        ],
        routing={"recusal_by": decider},
    )


def answer_recusal(act: Act, c: AnswerRecusal) -> Outcome:
    """A leader's answer (D06)."""
    by = act.actor.person_id
    return _answer(act, Answer(c.outcome == "approve", c.reason, c.replacement, by))


def discuss_recusal(act: Act, c: DiscussRecusal) -> Outcome:
    """The answer of the leaders together (D06)."""
    row = waiting(act)
    assert row is not None
    row.meeting = meeting_of(act, c)
    answer = Answer(c.outcome == "approve", c.conclusion, c.replacement, act.person(c.chair).id)
    return _answer(act, answer)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was decided, why, who takes over, and by whom (in a meeting: its chair)."""

    granted: bool
    why: str
    instead: str | None
    by: uuid.UUID


def _answer(act: Act, answer: Answer) -> Outcome:
    row = waiting(act)
    assert row is not None
    row.granted, row.decision_reason = answer.granted, answer.why
    row.decided_at, row.decided_by_id = act.now, answer.by
    row.number = act.numbers.take("回")
    person = act.people.by_id(row.person_id)
    replacement = act.person(answer.instead) if answer.granted and answer.instead else None
    row.replacement_id = replacement.id if replacement else None
    act.session.flush()
    if answer.granted:
        event = step_back(act, person, replacement, answer.why, by=answer.by)
    else:
        zh = f"驳回回避申请，{person.name}继续办理：{answer.why}"
        en = f"{person.name_en} need not step back: {answer.why}"
        event = told("case:recusal:rejected", zh, en)
    return Outcome(
        events=[event],
        routing={"outcome": "approve" if answer.granted else "refuse"},
        documents=[Issue("D06", row.number, row)],
    )
