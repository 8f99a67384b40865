"""Joint review: asking, answering, consulting; and the handlers' answers to objections."""

from models.joint_review import Consultation, JointOpinion, ReviewObjection
from models.review_clocks import REVIEW_LEVEL_CLOCKS as CLOCKS
from models.types import ReviewLevel
from workflows.act import Act, Issue, Outcome, told
from workflows.commands.joint_review import (
    AnswerObjections,
    GiveJointOpinion,
    RecordConsultation,
    RequestJointReview,
)


def request_joint_review(act: Act, c: RequestJointReview) -> Outcome:
    """Ask an organ; its clock starts. The statutory review waits for what was asked."""
    report = act.record.report
    assert report is not None
    row = JointOpinion(
        **act.stamp(),
        number=len(act.record.all(JointOpinion)) + 1,
        report_id=report.id,
        level=c.level,
        organ=c.organ,
        question=c.question,
        giver_name="",
        giver_post="",
        reasons="",
    )
    act.session.add(row)
    act.clocks.start(CLOCKS[ReviewLevel(c.level)], act.now)
    return Outcome(
        events=[
            told(
                "case:joint_review:requested",
                f"提请会审：{c.organ}。{c.question}",
                f"Opinion asked of {c.organ}: {c.question}",
            )
        ]
    )


def give_joint_opinion(act: Act, c: GiveJointOpinion) -> Outcome:
    """The answer of the organ (D32). A written reply keeps the name of whoever signed it."""
    row = next(r for r in act.record.all(JointOpinion) if r.number == int(c.request))
    own = not c.giver_name
    row.given_at = act.now
    row.giver_id = act.actor.person_id if own else None
    row.giver_name = act.actor.name if own else c.giver_name or ""
    row.giver_post = c.giver_post or ""
    row.opinion, row.reasons = c.opinion, c.reasons
    act.clocks.meet(CLOCKS[ReviewLevel(row.level)], act.now)
    return Outcome(
        events=[
            told(
                "case:joint_review:given",
                f"{row.organ}出具会审意见：{c.reasons}",
                f"Opinion of {row.organ}: {c.reasons}",
            )
        ],
        documents=[Issue("D32", None, row)],
    )


def record_consultation(act: Act, c: RecordConsultation) -> Outcome:
    """The minutes of the consultation (D32a); a request for one is answered by them."""
    report = act.record.report
    assert report is not None
    row = Consultation(
        **act.stamp(),
        round=act.round(act.record.all(Consultation)),
        report_id=report.id,
        held_at=c.held_at,
        ended_at=c.ended_at,
        place=c.place,
        topic=c.topic,
        participants=[dict(each) for each in c.participants],
        opinion=c.opinion,
        conclusion_text=c.conclusion_text,
        chair_name=c.chair_name,
        recorder_id=act.actor.person_id,
    )
    act.session.add(row)
    _answer_request(act, c)
    act.clocks.meet(CLOCKS[ReviewLevel.CONSULTATION], act.now)
    return Outcome(
        events=[
            told(
                "case:joint_review:consulted",
                f"会商：{len(row.participants)}方参加。{c.conclusion_text}",
                f"Consultation of {len(row.participants)}: {c.conclusion_text}",
            )
        ],
        documents=[Issue("D32a", None, row)],
    )


def _answer_request(act: Act, c: RecordConsultation) -> None:
    for row in act.record.all(JointOpinion):
        if row.level == ReviewLevel.CONSULTATION and row.given_at is None:
            row.given_at, row.giver_name = act.now, c.chair_name
            row.opinion, row.reasons = c.opinion, c.conclusion_text


def answer_objections(act: Act, c: AnswerObjections) -> Outcome:
    """Each objection with what was mended, or why it was not accepted."""
    rows = {str(row.number): row for row in act.record.all(ReviewObjection)}
    for each in c.answers:
        row = rows[str(each["objection"])]
        row.answer, row.answer_text = each["answer"], each["text"]
        row.answered_at, row.answered_by_id = act.now, act.actor.person_id
    accepted = sum(each["answer"] == "accepted" for each in c.answers)
    left = len(c.answers) - accepted
    return Outcome(
        events=[
            told(
                "case:review:answered",
                f"答复审核意见：采纳{accepted}条，不采纳{left}条。",
                f"Objections answered: {accepted} accepted, {left} not.",
            )
        ]
    )
