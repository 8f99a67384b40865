"""Levels of review (“1+3”会审): which a case calls for, who answers, what must be settled first.

The decision table `review_levels` names the levels and why; `legal_review.joint_required` says
whether the place makes them binding. What was asked for, and a disagreement between department and
justice office, always has to be settled before the statutory opinion can pass.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select

from models.case import Case
from models.errors import NotFound, Text, Violation
from models.hearing import HELD, Hearing
from models.joint_review import Consultation, JointOpinion, ReviewObjection
from models.task import Task
from models.types import ReviewLevel, Role, TaskState
from workflows import rules
from workflows.act import Act
from workflows.commands.joint_review import (
    AnswerObjections,
    GiveJointOpinion,
    RecordConsultation,
    RequestJointReview,
)
from workflows.commands.review import SubmitReviewOpinion
from workflows.guards.law import against, empty
from workflows.guards.thresholds import HEAVY_KINDS, is_large

LEVEL_TEXTS = {
    ReviewLevel.TOWN: Text("街道法制员审核", "town legal officer"),
    ReviewLevel.DEPARTMENT: Text("部门审核", "department"),
    ReviewLevel.JUSTICE_OFFICE: Text("司法所审核", "justice office"),
    ReviewLevel.CONSULTATION: Text("会商审核", "consultation"),
}
GIVES = {
    ReviewLevel.DEPARTMENT: Role.DEPT_REVIEWER,
    ReviewLevel.JUSTICE_OFFICE: Role.JUSTICE_OFFICE,
}
"""Whose own opinion counts at a level; a consultation has minutes instead."""
ANSWERS = ("accepted", "rejected")


@dataclass(frozen=True, slots=True)
class Level:
    """A level that the decision table names, and why."""

    level: ReviewLevel
    reason: Text


def review_ground(act: Act) -> tuple[str, Text]:
    """Why the case is reviewed: by statute (APL 58), by local rule, or as any case (MSA 49)."""
    report = act.record.report
    amounts = (report.fine, report.confiscated_amount) if report else ()
    inputs = {
        "hearing_held": _heard(act),
        "complex_or_major": bool(report and report.complex_or_major),
        "fine_over_threshold": is_large(act, "legal_review", amounts),
        "scope_all": act.parameter("legal_review.scope") == "all",
    }
    try:
        found = rules.evaluate(_table(act, "legal_review"), inputs).outputs
    except NotFound:
        return "case", Text("案件审核", "case review")
    return str(found["level"]), Text(str(found["reason"]), str(found["reason_en"]))


def review_levels(act: Act) -> list[Level]:
    """The levels of joint review that the table names for the last report, each once."""
    report, matter = act.record.report, act.record.matter
    if report is None:
        return []
    inputs = {
        "subject": str(act.case.subject.kind),
        "field": matter.field if matter else None,
        "ground": review_ground(act)[0],
        "large": is_large(act, "legal_review", (report.fine, report.confiscated_amount)),
        "heavy": bool(HEAVY_KINDS & set(report.penalty_kinds)),
        "first_use": not _used_before(act),
        "disagree": _disagreement(act),
    }
    try:
        found = rules.evaluate(_table(act, "review_levels"), inputs).outputs
    except NotFound:
        return []
    named: dict[ReviewLevel, Level] = {}
    columns = [_texts(found[name]) for name in ("level", "reason", "reason_en")]
    for name, zh, en in zip(*columns, strict=True):
        level = ReviewLevel(name)
        named.setdefault(level, Level(level, Text(zh, en)))
    return list(named.values())


def _texts(column: object) -> list[str]:
    """A column of what a COLLECT table answered."""
    return [str(one) for one in column] if isinstance(column, tuple) else []


def _table(act: Act, name: str) -> rules.Table:
    if act.pack is None:
        raise NotFound()
    return act.pack.table(name)


def _heard(act: Act) -> bool:
    return any(row.result == HELD for row in act.record.all(Hearing))


def _used_before(act: Act) -> bool:
    """Whether the legal subject has decided on this matter before."""
    earlier = exists().where(
        Case.subject_id == act.case.subject_id,
        Case.matter_id == act.case.matter_id,
        Case.id != act.case.id,
        Case.decided_at.is_not(None),
    )
    return bool(act.session.scalar(select(earlier)))


def asked(act: Act) -> Sequence[JointOpinion]:
    """What was asked of other organs about the last report."""
    report = act.record.report
    return [r for r in act.record.all(JointOpinion) if report and r.report_id == report.id]


def _disagreement(act: Act) -> bool:
    """Department and justice office have answered differently."""
    given = {r.level: r.opinion for r in asked(act) if r.given_at is not None}
    views = {given[level] for level in GIVES if level in given}
    return len(views) > 1


def _consulted(act: Act) -> bool:
    report = act.record.report
    return any(report and c.report_id == report.id for c in act.record.all(Consultation))


def levels_are_settled(act: Act, c: SubmitReviewOpinion) -> Iterator[Violation]:
    """G01: the review passes once every level that was asked, or must be heard, has answered."""
    if c.review != "pass":
        return
    for row in asked(act):
        if row.given_at is None:
            yield against(
                "G01", f"已提请{row.organ}会审，还没有收到意见，不能审核通过。",
                f"{row.organ} was asked and has not answered: the review cannot pass yet.", "MSA55",
            )  # fmt: skip
    if _disagreement(act) and not _consulted(act):
        yield against(
            "G01", "部门与司法所意见不一致，应当先会商。",
            "Department and justice office disagree: hold a consultation first.", "MSA55",
        )  # fmt: skip
    if act.parameter("legal_review.joint_required"):
        yield from _missing_levels(act)


def _missing_levels(act: Act) -> Iterator[Violation]:
    there = {ReviewLevel(r.level) for r in asked(act)} | {ReviewLevel.TOWN}
    if _consulted(act):
        there.add(ReviewLevel.CONSULTATION)
    for level in review_levels(act):
        if level.level not in there:
            name = LEVEL_TEXTS[level.level]
            yield against(
                "G01", f"本案应当经过{name.zh}（{level.reason.zh}），请先提请会审。",
                f"This case needs the opinion of the {name.en} ({level.reason.en}): ask for it.",
                "MSA55",
            )  # fmt: skip


def reviewer_gave_no_joint_opinion(act: Act, c: SubmitReviewOpinion) -> Iterator[Violation]:
    """V08: who answered for another level is not the statutory reviewer of the case (3.2)."""
    if any(r.giver_id in (act.actor.id, act.acting_for) for r in asked(act) if r.giver_id):
        yield against(
            "V08", "您已代表其他层级出具会审意见，不能再作法定审核，请由其他法制审核人员办理。",
            "You answered for another level: somebody else gives the statutory opinion.", "DUTIES",
        )  # fmt: skip


def report_is_under_review(
    act: Act, c: RequestJointReview | GiveJointOpinion | RecordConsultation
) -> Iterator[Violation]:
    """G02: joint review accompanies the legal review and ends with it."""
    waits = exists().where(
        Task.case_id == act.case.id,
        Task.command == "SubmitReviewOpinion",
        Task.state == TaskState.OPEN,
    )
    if not act.session.scalar(select(waits)):
        yield against(
            "G02", "案件现在不在法制审核环节，不能会审。",
            "The case is not in legal review now.", "MSA55",
        )  # fmt: skip


def request_is_sensible(act: Act, c: RequestJointReview) -> Iterator[Violation]:
    """G02: a level beside the town's own, asked once at a time, with a question."""
    if c.level not in set(ReviewLevel) - {ReviewLevel.TOWN}:
        yield against("G02", "没有这个会审层级。", "There is no such level.", "MSA55", "level")
    for name in ("organ", "question"):
        if empty(getattr(c, name)):
            yield against("R01", "请填写完整。", "Fill this in.", field=name)
    if any(r.level == c.level and r.given_at is None for r in asked(act)):
        yield against(
            "G02", "这个层级已经提请，正在等待意见。", "This level has been asked already.",
            "MSA55", "level",
        )  # fmt: skip


def opinion_is_asked_for(act: Act, c: GiveJointOpinion) -> Iterator[Violation]:
    """G03: the answer to an open request, from the level's own reviewer or in writing."""
    row = next((r for r in asked(act) if str(r.number) == str(c.request)), None)
    if row is None or row.given_at is not None:
        yield against(
            "G03", "没有等待答复的会审请求。", "No request waits for an answer.", "MSA55", "request"
        )
        return
    if row.level == ReviewLevel.CONSULTATION:
        yield against(
            "G03", "会商的意见以会商纪要为准，请登记会商。",
            "A consultation is answered by its minutes.", "MSA55", "request",
        )  # fmt: skip
        return
    if empty(c.reasons):
        yield against("R01", "请填写意见理由。", "Give the reasons.", field="reasons")
    yield from _giver(act, c, ReviewLevel(row.level))


def _giver(act: Act, c: GiveJointOpinion, level: ReviewLevel) -> Iterator[Violation]:
    own = act.actor.holding(frozenset({GIVES[level]}), act.case.subject_id) is not None
    if own and empty(c.giver_name):
        reviewed = any(r.reviewer_id == act.actor.id for r in act.record.reviews)
        if reviewed:
            yield against(
                "V08", "审核过本案的人不能再代表其他层级出具意见。",
                "Who reviewed the case does not answer for another level.", "DUTIES",
            )  # fmt: skip
        return
    if not own and (empty(c.giver_name) or empty(c.giver_post)):
        yield against(
            "G03", f"您不是{LEVEL_TEXTS[level].zh}人员，只能登记书面回复：请填写出具人及其职务。",
            "Only a written reply can be entered here: name its author and post.",
            "MSA55", "giver_name",
        )  # fmt: skip
    elif not own and c.giver_name == act.actor.name:
        yield against(
            "V08", "法制审核人员不能同时出具其他层级的意见。",
            "The reviewer does not answer for another level.", "DUTIES", "giver_name",
        )  # fmt: skip


def consultation_is_complete(act: Act, c: RecordConsultation) -> Iterator[Violation]:
    """G04: enough organs, each with its view, and a conclusion."""
    least = int(act.parameter("legal_review.consultation_organs"))
    organs = {str(p.get("organ") or "") for p in c.participants} - {""}
    if len(organs) < least:
        yield against(
            "G04", f"会商应当有{least}个以上单位参加。",
            f"A consultation takes at least {least} organs.", "MSA55", "participants",
        )  # fmt: skip
    for each in c.participants:
        if empty(each.get("view")):
            yield against(
                "G04", f"请记录{each.get('name') or each.get('organ')}的意见。",
                f"Record the view of {each.get('name') or each.get('organ')}.",
                "MSA55", "participants",
            )  # fmt: skip
    if empty(c.conclusion_text):
        yield against("G04", "请写明会商结论。", "State the conclusion.", "MSA55",
                      "conclusion_text")  # fmt: skip
    if c.ended_at < c.held_at:
        yield against("V05", "结束时间早于开始时间。", "It ends before it begins.", "ORDER",
                      "ended_at")  # fmt: skip


def open_objections(act: Act) -> list[ReviewObjection]:
    """Objections that nobody has answered yet, oldest first."""
    rows = [r for r in act.record.all(ReviewObjection) if r.answered_at is None]
    return sorted(rows, key=lambda row: row.number)


def objections_are_answered(act: Act, c: object) -> Iterator[Violation]:
    """G05: the file moves on once each objection of the review has an answer (MSA 54)."""
    left = open_objections(act)
    if left:
        numbers = "、".join(str(row.number) for row in left)
        yield against(
            "G05",
            f"法制审核提出的第{numbers}条意见还没有答复，请先逐条答复（已改正，或者不采纳及理由）。",
            f"Objections {numbers} of the review are not answered: say for each what was mended, "
            "or why it was not accepted.",
            "MSA54",
        )  # fmt: skip


def answers_fit_objections(act: Act, c: AnswerObjections) -> Iterator[Violation]:
    """G05: each answer belongs to an open objection and says something."""
    waiting = {str(row.number) for row in open_objections(act)}
    if empty(c.answers):
        yield against("G05", "没有需要答复的意见。", "There is nothing to answer.", "MSA54",
                      "answers")  # fmt: skip
    given = [str(each.get("objection")) for each in c.answers]
    for number in given:
        if number not in waiting or given.count(number) > 1:
            yield against(
                "G05", f"第{number}条不是待答复的意见，或者重复。",
                f"Objection {number} does not wait for an answer, or stands twice.",
                "MSA54", "answers",
            )  # fmt: skip
    for each in c.answers:
        if each.get("answer") not in ANSWERS or empty(each.get("text")):
            yield against(
                "G05", "每条意见都要写明采纳后的改正情况，或者不采纳的理由。",
                "Each answer says what was mended, or why not.", "MSA54", "answers",
            )  # fmt: skip
