"""Entrusted tests and appraisals: the letter, the time that does not count, result, objection."""

from datetime import datetime

from models.appraisal import Appraisal
from models.calendar import ONE_DAY
from models.duration import Exclusion, day_start, law_day
from models.measure import Measure
from models.types import ClockState
from workflows.act import Act, Issue, Outcome, told
from workflows.commands.appraisal import (
    EntrustedFields,
    RecordAppraisalObjection,
    RecordAppraisalResult,
    RequestAppraisal,
    RequestRetest,
    ServeAppraisalPeriod,
    ServeAppraisalResult,
)
from workflows.rows import add_items, add_service

REASON = "appraisal"
"""Under which the clocks know the excluded interval (检测、检验、检疫、鉴定, MSA 64)."""
SEIZURE = "CLK_SEIZE"


def request_appraisal(act: Act, c: RequestAppraisal) -> Outcome:
    """Send the letter (D23); from its day on the case's clocks wait."""
    seized = _seizure(act) if c.concerns_seized else None
    return _entrust(act, c, c.second_handler, seized=seized, before=None)


def request_retest(act: Act, c: RequestRetest) -> Outcome:
    """The same for a re-test, which the first letter's seizure and the party's reasons led to."""
    first = latest(act)
    seized = act.session.get(Measure, first.measure_id) if first.measure_id else None
    return _entrust(act, c, c.second_handler, seized=seized, before=first)


def _entrust(
    act: Act,
    c: EntrustedFields,
    second: str,
    *,
    seized: Measure | None,
    before: Appraisal | None,
) -> Outcome:
    row = Appraisal(
        **act.stamp(),
        **{name: getattr(c, name) for name in LETTER},
        sent_at=c.entrusted_at,
        letter_no=act.numbers.take("委"),
        measure_id=seized.id if seized else None,
        retest_of_id=before.id if before else None,
        officer_id=act.actor.person_id,
        second_officer_id=act.person(second).id,
    )
    act.session.add(row)
    for code in ("CLK_VERIFY", "CLK_CASE"):
        act.clocks.pause(code, REASON, c.entrusted_at)
    act.clocks.start(PERIOD, c.entrusted_at, until=_end_of(row))
    again = "重新" if before else ""
    return Outcome(
        events=[
            told(
                "case:appraisal:entrusted",
                f"{again}委托{c.institution}检测鉴定，期间至{c.period_until.isoformat()}。",
                f"Entrusted to {c.institution}{' again' if before else ''}, until "
                f"{c.period_until.isoformat()}.",
                number=row.letter_no,
            )
        ],
        routing={"period_notice": "required" if seized else "not_required"},
        documents=[Issue("D23", row.letter_no, row)],
    )


LETTER = (
    "kind", "question", "material", "institution", "qualification", "licence_no",
    "licence_until", "period_until",
)  # fmt: skip
PERIOD = "CLK_APPRAISAL"


def serve_appraisal_period(act: Act, c: ServeAppraisalPeriod) -> Outcome:
    """Only a period told in writing does not count for the seizure (AEL 25)."""
    row = latest(act)
    row.period_notice_no = act.numbers.take("检告")
    row.period_told_at = c.served_at
    if not act.clocks.over(PERIOD):
        act.clocks.pause(SEIZURE, REASON, row.sent_at)
    _, receipt = add_service(act, c, c.second_handler, kind="D21", number=row.period_notice_no)
    return Outcome(
        events=[
            told(
                "case:appraisal:period_told",
                f"检测期间（至{row.period_until.isoformat()}）已书面告知当事人。",
                f"The party was told of the period (until {row.period_until.isoformat()}).",
            )
        ],
        documents=[Issue("D21", row.period_notice_no, row), receipt],
    )


def record_appraisal_result(act: Act, c: RecordAppraisalResult) -> Outcome:
    """The report is here: what was excluded ends with it, or with the period if that was over."""
    row = latest(act)
    row.received_at, row.report_no = c.reported_at, c.report_no
    row.appraisers, row.conclusion = c.appraisers, c.conclusion
    report = {
        "kind": "expert_opinion",
        "name": f"{row.institution}报告（{c.report_no}）",
        "provider": row.institution,
        "collected_at": c.reported_at,
        "fact_proved": c.conclusion,
    }
    add_items(act, c.evidence or [report], "appraisal", c.second_handler)
    end_of_period(act, row, c.reported_at)
    act.clocks.meet(PERIOD, c.reported_at)
    return Outcome(
        events=[
            told(
                "case:appraisal:reported",
                f"收到{row.institution}的结果：{c.conclusion}",
                f"Result of {row.institution}: {c.conclusion}",
                report=c.report_no,
            )
        ]
    )


def end_of_period(act: Act, row: Appraisal, at: datetime) -> None:
    """Let the clocks run on; at most the period of the letter is left out (T7)."""
    end = min(at, day_start(row.period_until))
    act.clocks.resume_all(REASON, end)
    clock = act.clocks.running("CLK_CASE")
    late = clock is not None and clock.started_at > row.sent_at
    if clock is not None and late and clock.state == ClockState.RUNNING:
        first = law_day(row.sent_at)
        act.clocks.exclude("CLK_CASE", Exclusion(REASON, first, max(first, law_day(end))))


def serve_appraisal_result(act: Act, c: ServeAppraisalResult) -> Outcome:
    """The party is told the result and until when it may object (D24)."""
    row = latest(act)
    row.result_notice_no = act.numbers.take("检结")
    row.result_told_at, row.objection_until = c.served_at, c.objection_until
    _, receipt = add_service(act, c, c.second_handler, kind="D24", number=row.result_notice_no)
    until = c.objection_until.isoformat()
    return Outcome(
        events=[
            told(
                "case:appraisal:result_told",
                f"检测鉴定结果已告知当事人，可在{until}前提出异议。",
                f"The party was told the result and may object until {until}.",
            )
        ],
        documents=[Issue("D24", row.result_notice_no, row), receipt],
    )


def record_appraisal_objection(act: Act, c: RecordAppraisalObjection) -> Outcome:
    """No objection ends it; an objection is answered by a re-test or refused with reasons."""
    row = latest(act)
    row.objection, row.objected_at = c.objection, c.objected_at
    row.objection_reason, row.answer, row.answer_reason = (
        c.objection_reason, c.answer, c.answer_reason,
    )  # fmt: skip
    way = (c.answer or "refused") if c.objection == "made" else "none"
    zh, en = ANSWERS[way]
    return Outcome(
        events=[told("case:appraisal:objection", zh, en, reason=c.objection_reason)],
        routing={"objection_result": way},
    )


ANSWERS = {
    "none": ("当事人对检测鉴定结果没有异议。", "The party does not object to the result."),
    "retest": ("当事人提出异议，同意重新检测鉴定。", "The party objects: there is a re-test."),
    "refused": ("当事人提出异议，理由不成立，不予重新检测。", "The objection is not accepted."),
}


def latest(act: Act) -> Appraisal:
    """The appraisal under way: there is at most one at a time."""
    row = act.record.last(Appraisal)
    if row is None:
        raise LookupError("no appraisal")
    return row


def _seizure(act: Act) -> Measure | None:
    """The seizure in force, whose goods are tested."""
    rows = [m for m in act.record.all(Measure) if m.kind in ("seal", "seize")]
    return next((m for m in reversed(rows) if m.executed_at and m.ended_at is None), None)


def _end_of(row: Appraisal) -> datetime:
    """The first instant after the last day of the period."""
    return day_start(row.period_until + ONE_DAY)
