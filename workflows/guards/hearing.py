"""H01-H06: the hearing from the request to its report (听证, APL 63-65)."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from models.clock_rules import CLOCK_RULES
from models.duration import compute, law_day
from models.errors import Text, Violation
from models.hearing import Hearing
from models.person import Person
from models.types import Role
from workflows.act import Act
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
from workflows.guards.law import against, empty, needed
from workflows.guards.officers import stepped_back

MOST_AGENTS = 2
"""APL 64 (1) 5: the party may send one or two agents."""
FOR_THE_PARTY = frozenset({"party", "agent"})
RECORD = {
    "investigators_case": Text("调查人员陈述的事实、证据和处罚建议", "what the investigators put"),
    "claims": Text("当事人的申辩", "what the party claimed"),
    "evidence_examined": Text("举证、质证情况", "how the evidence was examined"),
    "signature": Text("笔录签名情况", "whether the record was signed"),
}
REPORT = {
    "found_facts": Text("听证查明的事实", "the facts found"),
    "disputes": Text("争议的问题", "what is in dispute"),
    "host_opinion": Text("主持人意见", "the host's opinion"),
}


def hearing_may_be_requested(act: Act, c: RequestHearing) -> Iterator[Violation]:
    """H01: the party asks after it was told of the right, once, and has not waived it."""
    notice = act.record.notice
    if notice is None or notice.served_at is None or not notice.hearing_right:
        yield against(
            "H01", "还没有送达告知听证权利的告知书，不能登记听证申请。",
            "No notice that tells the right to a hearing has been served.", "APL63",
        )  # fmt: skip
        return
    if act.record.hearing_waiver is not None:
        yield against(
            "H01", "当事人已书面放弃听证。", "The party waived the hearing in writing.", "APL64"
        )
    hearing = act.record.hearing
    if hearing is not None and (hearing.pending or hearing.held):
        yield against(
            "H01", "本次告知的听证已经申请，不能重复申请。",
            "A hearing on this notice has been asked for already.", "APL64",
        )  # fmt: skip


def agents_are_few(act: Act, c: RequestHearing | RecordSitting) -> Iterator[Violation]:
    """H05: one or two agents, each with a paper of authority (授权委托书)."""
    field = "agents" if isinstance(c, RequestHearing) else "participants"
    rows = c.agents if isinstance(c, RequestHearing) else _present(c.participants, {"agent"})
    if len(rows) > MOST_AGENTS:
        yield against(
            "H05", f"当事人可以委托一至二人代理，现有{len(rows)}人。",
            f"The party may send one or two agents, not {len(rows)}.", "APL64", field,
        )  # fmt: skip
    for row in rows:
        if not row.get("authorised"):
            yield against(
                "H05", f"{row.get('name')}没有授权委托书，不能代理。",
                f"{row.get('name')} has no power of attorney.", "APL64", field,
            )  # fmt: skip


def admission_fits_the_period(act: Act, c: AdmitHearing) -> Iterator[Violation]:
    """H02: a request in time is admitted, a late one refused, always with the reason."""
    hearing = act.record.hearing
    if hearing is None or hearing.admission is not None:
        yield against("H02", "没有待审查的听证申请。", "No request waits.", "APL64")
        return
    last = last_day_to_ask(act)
    late = last is not None and law_day(hearing.requested_at) > last
    if c.admission == "admit" and late and last is not None:
        yield against(
            "H02", f"申请听证的期限至{worded(last)}，当事人逾期申请，应当不予受理并说明理由。",
            f"The time to ask for a hearing ended on {last}: refuse the late request and say why.",
            "APL64", "admission",
        )  # fmt: skip
    if c.admission == "refuse":
        wanted = {"refusal_ground": Text("不予受理的理由", "the ground of the refusal")}
        yield from needed(c, wanted, "APL64")
        if c.refusal_ground == "late" and not late:
            yield against(
                "H02", "当事人在期限内提出，不能以逾期为由不予受理。",
                "The request was made in time: lateness is no ground.", "APL64", "refusal_ground",
            )  # fmt: skip
        elif c.refusal_ground != "late":
            title = Text("不予受理的说明", "the reasons of the refusal")
            yield from needed(c, {"admission_reason": title}, "APL64")


def last_day_to_ask(act: Act) -> date | None:
    """The last day on which the party may ask for a hearing, moved where it is a day off (T2)."""
    clock = act.clocks.last("CLK_HEARING_REQ")
    return clock.outer_day if clock is not None else None


def host_is_independent(act: Act, c: AppointHost) -> Iterator[Violation]:
    """H04, V08: host and recorder hold their role and stand outside the investigation."""
    if c.appointment == "withdrawn":
        yield from _withdrawal(c)
        return
    wanted = {"host": Text("主持人", "the host"), "recorder": Text("记录人", "the recorder")}
    yield from needed(c, wanted, "APL64")
    for field, role in (("host", Role.HEARING_HOST), ("recorder", Role.RECORDER)):
        key = getattr(c, field)
        if empty(key):
            continue
        yield from act.people.unknown([key], field)
        if person := act.people.find(key):
            yield from _outside(act, person, role, field)
            if field == "host":
                yield from _host(act, person)
    if c.host is not None and c.host == c.recorder:
        yield against(
            "H04", "主持人和记录人不能是同一人。", "Host and recorder are two persons.",
            "APL64", "recorder",
        )  # fmt: skip


def _outside(act: Act, person: Person, role: Role, field: str) -> Iterator[Violation]:
    """The role, and no part in the investigation, ever."""
    if person.id not in act.people.eligible([role], act.case.subject_id, act.case.unit_id):
        yield against(
            "H04", f"{person.name}没有{'听证主持人' if field == 'host' else '记录人'}的职责。",
            f"{person.name} does not hold the role of {field}.", "APL64", field,
        )  # fmt: skip
    if person.id in act.record.ever_handled:
        yield against(
            "V08", f"{person.name}办理过本案，不能主持或者记录本案听证。",
            f"{person.name} handled the case and may neither host nor record its hearing.",
            "APL64", field,
        )  # fmt: skip
    if person.id in act.record.recused:
        yield stepped_back(person.name, field)


def _host(act: Act, person: Person) -> Iterator[Violation]:
    """What a place asks of the host beyond the statute; each a dated parameter."""
    hearing = act.record.hearing
    if hearing is not None and person.key in hearing.hosts_before:
        yield stepped_back(person.name, "host")
    homes = act.people.homes(person.id)
    if act.case.unit_id in {unit for unit, _ in homes} and not act.parameter(
        "hearing.host_from_handling_unit"
    ):
        yield against(
            "H04", f"{person.name}与办案人员同属一个办案机构，应当由其他机构的人员主持。",
            f"{person.name} belongs to the unit that handles the case: appoint somebody else.",
            "APL64", "host",
        )  # fmt: skip
    away = homes and all(subject != act.case.subject_id for _, subject in homes)
    if away and not act.parameter("hearing.host_from_other_agency"):
        yield against(
            "H04", f"{person.name}不是本机关人员，本地规定听证由本机关人员主持。",
            f"{person.name} is of another agency, which is not allowed here.", "APL64", "host",
        )  # fmt: skip
    reviewed = person.id in {review.reviewer_id for review in act.record.reviews}
    if reviewed and not act.parameter("legal_review.reviewer_may_host_hearing"):
        yield against(
            "H04", f"{person.name}审核过本案，不宜主持本案听证。",
            f"{person.name} reviewed the case and may not host its hearing here.",
            "APL64", "host",
        )  # fmt: skip


def _withdrawal(c: AppointHost | RecordSitting) -> Iterator[Violation]:
    if not c.withdrawal_signed:
        yield against(
            "H05", "撤回听证申请应当由当事人书面签署。",
            "A withdrawal counts only when the party signed it.", "APL64", "withdrawal_signed",
        )  # fmt: skip
    if isinstance(c, AppointHost):
        title = Text("撤回时间", "the time of the withdrawal")
        yield from needed(c, {"withdrawn_at": title}, "APL64")


def the_host_acts(act: Act, c: Any) -> Iterator[Violation]:
    """H04: notice, sitting and report are the appointed host's own."""
    hearing = act.record.hearing
    mine = {act.actor.id, act.acting_for}
    if hearing is None or hearing.host_id is None or hearing.host_id not in mine:
        yield against(
            "H04", "由指定的听证主持人办理。", "Only the appointed host may do this.", "APL64"
        )


def notice_comes_early_enough(act: Act, c: NotifyHearing) -> Iterator[Violation]:
    """H03: party and others know time and place seven working days before (APL 64 (1) 2)."""
    last = last_day_of_notice(act, c)
    if law_day(c.planned_at) <= last:
        earliest = last + timedelta(days=1)
        yield against(
            "H03",
            f"听证的七个工作日前应当通知当事人：{worded(c.served_at)}送达的，"
            f"最早于{worded(earliest)}举行。",
            f"The party is told seven working days before: served on {law_day(c.served_at)}, "
            f"the hearing is on {earliest} at the earliest.",
            "APL64", "planned_at",
        )  # fmt: skip
    if not c.open_to_public:
        title = Text("不公开的理由", "why it is not public")
        yield from needed(c, {"closed_ground": title}, "APL64")


def last_day_of_notice(act: Act, c: NotifyHearing) -> date:
    """The last day of the period that has to pass between service and hearing."""
    rule, served = CLOCK_RULES["CLK_HEARING_NOTICE"], law_day(c.served_at)
    assert rule.length is not None
    entry = act.law.entry(rule.length.parameter, served, act.case.subject_id)
    period = rule.length.period(int(entry.value), entry.unit)
    return compute(period, c.served_at, rolls=rule.rolls, calendar=act.law.calendar).outer_day


def sitting_fits_the_notice(act: Act, c: RecordSitting) -> Iterator[Violation]:
    """H05: it sits on the notified day, with both sides, and its record is complete."""
    hearing = act.record.hearing
    planned = hearing.sitting if hearing is not None else None
    if planned is None or planned.outcome is not None:
        yield against("H05", "还没有通知听证的时间。", "No day has been notified.", "APL64")
        return
    if c.sitting != "held":
        title = Text("原因和经过", "the reason and course")
        yield from needed(c, {"outcome_reason": title}, "APL64")
    if c.sitting == "withdrawn":
        yield from _withdrawal(c)
    told = law_day(planned.planned_at)
    if c.sitting in ("held", "left") and law_day(c.started_at) != told:
        yield against(
            "H05", f"听证应当在通知的日期（{worded(told)}）举行；改期的，先登记延期再通知。",
            f"The hearing sits on the notified day ({told}); postpone and notify for another.",
            "APL64", "started_at",
        )  # fmt: skip
    if c.sitting == "absent" and act.now < planned.planned_at:
        yield against(
            "H05", "听证时间还没有到，不能认定缺席。",
            "The time of the hearing has not come: nobody is absent.", "APL64", "sitting",
        )  # fmt: skip
    if c.sitting == "held":
        yield from _record_is_complete(act, c)


def _record_is_complete(act: Act, c: RecordSitting) -> Iterator[Violation]:
    yield from needed(c, {**RECORD, "ended_at": Text("结束时间", "the end")}, "APL64")
    if not _present(c.participants, FOR_THE_PARTY):
        yield against(
            "H05", "当事人及其代理人没有到场，应当记为缺席。",
            "Neither party nor agent was there: record an absence.", "APL64", "participants",
        )  # fmt: skip
    if not _present(c.participants, {"investigator"}):
        yield against(
            "H05", "办案人员应当到场提出事实、证据和处罚建议。",
            "The investigators have to be there and put their case.", "APL64", "participants",
        )  # fmt: skip
    if c.signature == "refused" and empty(c.signature_note):
        yield against(
            "H05", "当事人拒绝签名的，由主持人在笔录中注明。",
            "The host notes in the record why the party did not sign.", "APL64", "signature_note",
        )  # fmt: skip


def _present(rows: Sequence[dict[str, Any]], roles: set[str] | frozenset[str]) -> list[Any]:
    return [row for row in rows if row.get("role") in roles and row.get("attended", True)]


def report_follows_the_sitting(act: Act, c: WriteHearingReport) -> Iterator[Violation]:
    """H06: the report rests on a sitting that was held."""
    hearing = act.record.hearing
    if hearing is None or not hearing.held:
        yield against("H06", "听证还没有举行。", "The hearing has not been held.", "APL65")
    yield from needed(c, REPORT, "APL65")


def hearing_may_be_waived(act: Act, c: WaiveHearing) -> Iterator[Violation]:
    """H01: only a signed waiver ends the period, and no hearing is under way."""
    yield from waiver_is_signed(act, c.waiver_signed)
    if _going_on(act.record.hearing):
        yield against(
            "H01", "当事人已申请听证；不再要求听证的，登记为撤回申请。",
            "A hearing has been asked for: record a withdrawal instead.", "APL64",
        )  # fmt: skip


def waiver_is_signed(act: Act, signed: bool) -> Iterator[Violation]:
    """H01: what is waived was told, and waived in writing."""
    notice = act.record.notice
    if notice is None or notice.served_at is None or not notice.hearing_right:
        yield against(
            "H01", "告知书没有告知听证权利，不存在放弃听证。",
            "The notice tells no right to a hearing: there is nothing to waive.", "APL63",
        )  # fmt: skip
    if not signed:
        yield against(
            "H01", "放弃听证应当由当事人书面签署。",
            "A waiver counts only when the party signed it.", "APL64", "waiver_signed",
        )  # fmt: skip


def _going_on(hearing: Hearing | None) -> bool:
    return hearing is not None and hearing.pending


def requested(act: Act) -> datetime | None:
    """When the party asked for the hearing."""
    return act.record.hearing.requested_at if act.record.hearing else None


def appointed(act: Act) -> datetime | None:
    """When host and recorder were appointed."""
    return act.record.hearing.appointed_at if act.record.hearing else None


def notified(act: Act) -> datetime | None:
    """When the party was told of the sitting."""
    sitting = act.record.hearing.sitting if act.record.hearing else None
    return sitting.served_at if sitting else None


REQUESTED = Text("听证申请时间", "the request")
APPOINTED = Text("指定主持人的时间", "the appointment of the host")
NOTIFIED = Text("听证通知送达时间", "the service of the notice of the hearing")
