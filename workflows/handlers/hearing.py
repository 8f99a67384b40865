"""The hearing (听证): from the request to the report, and the waiver."""

from datetime import datetime

from models.hearing import TREATED_AS_WAIVED, Hearing, HearingSitting
from models.person import Person
from models.types import Stage
from workflows.act import Act, Issue, Outcome, told
from workflows.commands.hearing import (
    AdmitHearing,
    AppointHost,
    NotifyHearing,
    RecordSitting,
    RequestHearing,
    WaiveHearing,
    WriteHearingReport,
)
from workflows.documents.wording import day as worded
from workflows.rows import add_items, add_service, add_waiver

REASON = "hearing"


def request_hearing(act: Act, c: RequestHearing) -> Outcome:
    """Register the request; the time to decide waits from the day on which it was made."""
    notice = act.record.notice
    assert notice is not None
    row = Hearing(
        **act.stamp(),
        round=act.round(act.record.all(Hearing)),
        notice_id=notice.id,
        requested_at=c.requested_at,
        request_way=c.request_way,
        requested_by=c.requested_by,
        requester_relation=c.requester_relation,
        grounds=c.grounds,
        agents=[dict(agent) for agent in c.agents],
    )
    act.session.add(row)
    add_items(act, c.evidence, "hearing:request", None)
    act.clocks.pause("CLK_CASE", REASON, c.requested_at)
    return Outcome(
        events=[
            told(
                "case:hearing:requested",
                f"{c.requested_by}于{worded(c.requested_at)}申请听证。",
                f"{c.requested_by} asked for a hearing.",
            )
        ]
    )


def admit_hearing(act: Act, c: AdmitHearing) -> Outcome:
    """Admit or refuse (D38); after a refusal no time was lost, and the period runs on."""
    row = _hearing(act)
    admit = c.admission == "admit"
    row.admission, row.admitted_at = c.admission, act.now
    row.refusal_ground = None if admit else c.refusal_ground
    row.admission_reason = c.admission_reason
    row.admission_number = act.numbers.take("听受")
    if admit:
        act.clocks.meet("CLK_HEARING_REQ", row.requested_at)
    else:
        _over(act, row.requested_at)
    zh, en = ("受理听证申请", "Request admitted") if admit else ("不予受理听证申请", "Refused")
    return Outcome(
        events=[
            told(
                f"case:hearing:{'admitted' if admit else 'refused'}",
                f"{zh}（{row.admission_number}）。",
                f"Hearing: {en} ({row.admission_number}).",
                ground=row.refusal_ground,
            )
        ],
        routing={"admission": c.admission},
        documents=[Issue("D38", row.admission_number, row)],
    )


def appoint_host(act: Act, c: AppointHost) -> Outcome:
    """Name host and recorder, or note that the party took its request back."""
    row = _hearing(act)
    if c.appointment == "withdrawn":
        _end(act, row, "withdrawn", c.withdrawn_at or act.now, None)
        return _without_sitting("withdrawn", {"appointment": "withdrawn"})
    host, recorder = act.person(str(c.host)), act.person(str(c.recorder))
    row.host_id, row.recorder_id, row.appointed_at = host.id, recorder.id, act.now
    return Outcome(
        events=[
            told(
                "case:hearing:appointed",
                f"指定{host.name}主持听证，{recorder.name}记录。",
                f"{host.name_en or host.name} hosts the hearing.",
            )
        ],
        routing={"appointment": "appointed"},
    )


def notify_hearing(act: Act, c: NotifyHearing) -> Outcome:
    """Serve the notice of the hearing (D39); the seven working days begin."""
    row = _hearing(act)
    number = act.numbers.take("听通")
    sitting = HearingSitting(
        **act.stamp(),
        round=len(row.sittings) + 1,
        number=number,
        planned_at=c.planned_at,
        place=c.place,
        open_to_public=c.open_to_public,
        closed_ground=None if c.open_to_public else c.closed_ground,
        others_told=c.others_told,
        served_at=c.served_at,
        participants=[],
    )
    row.sittings.append(sitting)
    recorder = act.session.get_one(Person, row.recorder_id)
    _, receipt = add_service(act, c, recorder.key, kind="D39", number=number)
    act.clocks.cancel("CLK_HEARING_NOTICE")
    act.clocks.start("CLK_HEARING_NOTICE", c.served_at)
    return Outcome(
        events=[
            told(
                "case:hearing:notified",
                f"送达听证通知书{number}，定于{worded(c.planned_at)}举行听证。",
                f"Notice of the hearing {number} served.",
                number=number,
            )
        ],
        documents=[Issue("D39", number, sitting), receipt],
    )


def record_sitting(act: Act, c: RecordSitting) -> Outcome:
    """Keep the record (D40), or why there was no sitting; the excluded time ends with it."""
    row = _hearing(act)
    sitting = row.sitting
    assert sitting is not None
    sitting.outcome, sitting.outcome_reason = c.sitting, c.outcome_reason
    sitting.held_at, sitting.ended_at = c.started_at, c.ended_at
    sitting.participants = [dict(one) for one in c.participants]
    sitting.investigators_case, sitting.claims = c.investigators_case, c.claims
    sitting.evidence_examined, sitting.last_words = c.evidence_examined, c.last_words
    sitting.signature, sitting.signature_note = c.signature, c.signature_note
    add_items(act, c.evidence, "hearing:sitting", None)
    if c.sitting == "postponed":
        act.clocks.cancel("CLK_HEARING_NOTICE")
        return _again(c, "听证延期", "The hearing is postponed")
    if c.sitting == "replaced":
        act.clocks.cancel("CLK_HEARING_NOTICE")
        before = act.session.get_one(Person, row.host_id)
        row.hosts_before = [*row.hosts_before, before.key]
        row.host_id = None
        return _again(c, "主持人回避，另行指定", "The host steps back; another is appointed")
    if c.sitting in TREATED_AS_WAIVED:
        _end(act, row, c.sitting, c.started_at, c.outcome_reason)
        return _without_sitting(c.sitting, {"sitting": c.sitting})
    row.result, row.ended_at = "held", c.ended_at
    act.clocks.resume("CLK_CASE", REASON, c.started_at)
    return Outcome(
        events=[told("case:hearing:held", "举行听证，制作听证笔录。", "The hearing was held.")],
        routing={"sitting": "held"},
        documents=[Issue("D40", None, sitting)],
    )


def _again(c: RecordSitting, zh: str, en: str) -> Outcome:
    return Outcome(
        events=[told(f"case:hearing:{c.sitting}", f"{zh}：{c.outcome_reason}", f"{en}.")],
        routing={"sitting": c.sitting},
    )


def write_hearing_report(act: Act, c: WriteHearingReport) -> Outcome:
    """The host reports (D41); the second legal review may begin."""
    row = _hearing(act)
    row.found_facts, row.disputes = c.found_facts, c.disputes
    row.host_opinion, row.recommendation = c.host_opinion, c.recommendation
    row.reported_at = act.now
    return Outcome(
        events=[
            told(
                "case:hearing:reported",
                "主持人提交听证报告，转听证后法制审核。",
                "The host reported; the legal review comes again.",
            )
        ],
        documents=[Issue("D41", None, row)],
    )


def waive_hearing(act: Act, c: WaiveHearing) -> Outcome:
    """The party gives the hearing up in writing (D36): its period is met."""
    party = act.case.party
    row = add_waiver(act, c.waived_at, c.waived_by or (party.name if party else ""))
    return Outcome(
        events=[
            told(
                "case:hearing:waived",
                "当事人书面放弃听证。",
                "The party waived the hearing in writing.",
            )
        ],
        documents=[Issue("D36", None, row)],
    )


WORDS = {
    "withdrawn": ("当事人撤回听证申请", "the party withdrew its request"),
    "absent": ("当事人无正当理由不出席，听证终止", "the party did not appear"),
    "left": ("当事人中途退出，听证终止", "the party left midway"),
}


def _end(act: Act, row: Hearing, result: str, at: datetime, reason: str | None) -> None:
    row.result, row.result_reason, row.ended_at = result, reason, at
    _over(act, at)


def _over(act: Act, at: datetime) -> None:
    """There will be no sitting: the time to decide runs on, and the case waits as before."""
    act.clocks.cancel("CLK_HEARING_NOTICE")
    act.clocks.resume("CLK_CASE", REASON, at)
    act.case.stage = Stage.NOTIFIED


def _without_sitting(result: str, routing: dict[str, str]) -> Outcome:
    zh, en = WORDS[result]
    return Outcome(
        events=[told(f"case:hearing:{result}", f"{zh}，视为放弃听证。", f"No hearing: {en}.")],
        routing=dict(routing),
    )


def _hearing(act: Act) -> Hearing:
    row = act.record.hearing
    assert row is not None
    return row
