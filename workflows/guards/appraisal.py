"""Entrusted tests and appraisals (A01-A06): whom to ask, for how long, what the party hears."""

from collections.abc import Iterator
from typing import Any

from models.appraisal import Appraisal
from models.duration import law_day
from models.errors import Text, Violation
from models.measure import Measure
from workflows.act import Act
from workflows.commands.appraisal import (
    EntrustedFields,
    RecordAppraisalObjection,
    RecordAppraisalResult,
    RequestAppraisal,
    RequestRetest,
    ServeAppraisalPeriod,
    ServeAppraisalResult,
)
from workflows.documents.wording import day as worded
from workflows.guards.dates import TITLES, in_order
from workflows.guards.law import against, needed

LETTER = {
    "question": Text("委托事项", "what is asked"),
    "material": Text("送检材料", "the material"),
    "institution": Text("受托机构", "the institution"),
    "qualification": Text("机构资质", "its qualification"),
    "licence_no": Text("资质证书编号", "the number of its licence"),
}


def institution_is_qualified(act: Act, c: EntrustedFields) -> Iterator[Violation]:
    """A01: an institution with statutory qualification, valid through the whole period."""
    yield from needed(c, LETTER, "MSA32")
    if c.licence_until < c.period_until:
        yield against(
            "A01",
            f"机构资质有效期至{worded(c.licence_until)}，不能覆盖检测期间，请委托具有法定资质的机构。",
            f"Its licence ends on {c.licence_until}, before the period does: "
            "choose an institution that is qualified.",
            "MSA32", "licence_until",
        )  # fmt: skip


def period_is_fixed(act: Act, c: EntrustedFields) -> Iterator[Violation]:
    """A02: the letter fixes a period, which ends after it began."""
    if c.period_until <= law_day(c.entrusted_at):
        yield against(
            "A02", "检测期间的截止日应当晚于委托日。",
            "The period must end after the day of the letter.", "AEL25", "period_until",
        )  # fmt: skip


def goods_are_seized(act: Act, c: RequestAppraisal) -> Iterator[Violation]:
    """A03: seized goods are sent only while a seizure is in force."""
    measures = [m for m in act.record.all(Measure) if m.kind in ("seal", "seize")]
    in_force = any(m.executed_at and m.ended_at is None for m in measures)
    if c.concerns_seized and not in_force:
        yield against(
            "A03", "本案没有正在执行的查封、扣押，送检的不是查封、扣押财物。",
            "No seizure is in force in this case.", "AEL25", "concerns_seized",
        )  # fmt: skip


def retest_was_granted(act: Act, c: RequestRetest) -> Iterator[Violation]:
    """A06: a re-test follows an objection that was accepted."""
    row = act.record.last(Appraisal)
    if row is None or row.answer != "retest":
        yield against(
            "A06", "没有同意重新检测鉴定，不能再次委托。", "No re-test was granted.", "MSA32"
        )


def appraisal_is_entrusted(
    act: Act, c: ServeAppraisalPeriod | RecordAppraisalResult
) -> Iterator[Violation]:
    """A04: nothing is told or recorded before the letter went out."""
    row = act.record.last(Appraisal)
    if row is None:
        yield against("A04", "还没有委托检测鉴定。", "Nothing has been entrusted.", "MSA32")
        return
    name = "reported_at" if isinstance(c, RecordAppraisalResult) else "served_at"
    sent = Text("委托时间", "the letter")
    yield from in_order(row.sent_at, sent, getattr(c, name), TITLES[name], name)


def result_is_complete(act: Act, c: RecordAppraisalResult) -> Iterator[Violation]:
    """A04: a report has a number and a conclusion."""
    wanted = {
        "report_no": Text("报告编号", "the number of the report"),
        "conclusion": Text("检测鉴定结论", "the conclusion"),
    }
    yield from needed(c, wanted, "MSA32")


def result_is_told_in_time(act: Act, c: ServeAppraisalResult) -> Iterator[Violation]:
    """A05: there is a result to tell, and time to object after it was told."""
    row = act.record.last(Appraisal)
    if row is None or row.received_at is None:
        yield against("A05", "还没有收到检测鉴定结果。", "There is no result yet.", "MSA32")
        return
    got = Text("收到结果的时间", "the result")
    yield from in_order(row.received_at, got, c.served_at, TITLES["served_at"], "served_at")
    if c.objection_until <= law_day(c.served_at):
        yield against(
            "A05", "提出异议的截止日应当晚于告知日。",
            "The time to object must end after the day on which the result is told.",
            "MSA32", "objection_until",
        )  # fmt: skip


def objection_is_answered(act: Act, c: RecordAppraisalObjection) -> Iterator[Violation]:
    """A06: silence counts only once the time to object is over; an objection gets an answer."""
    row = act.record.last(Appraisal)
    if row is None or row.result_told_at is None or row.objection_until is None:
        yield against("A05", "结果还没有告知当事人。", "The party has not been told.", "MSA32")
        return
    if c.objection == "made":
        wanted = {
            "objection_reason": Text("异议理由", "the party's reasons"),
            "answer": Text("答复", "the answer"),
            "answer_reason": Text("答复理由", "the reasons of the answer"),
        }
        yield from needed(c, wanted, "MSA32")
    elif not c.waived and act.today <= row.objection_until:
        yield against(
            "A06",
            f"异议期限（至{worded(row.objection_until)}）未满，当事人也没有书面表示无异议。",
            f"The party may object until {row.objection_until} and has not waived it in writing.",
            "MSA32", "waived",
        )  # fmt: skip


def results_are_told(act: Act, c: Any) -> Iterator[Violation]:
    """A05: nothing is decided on a result that has not come, or that the party was not told."""
    if c.outcome == "return":
        return
    for row in act.record.all(Appraisal):
        if row.result_told_at is None:
            yield against(
                "A05", f"委托{row.institution}的检测鉴定还没有结果，或者结果没有告知当事人。",
                f"The result of {row.institution} has not come, or the party was not told.",
                "MSA32",
            )  # fmt: skip
