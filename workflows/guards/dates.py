"""V05: the order of dates. Equal Shanghai days are in order; nothing lies in the future."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from models.duration import law_day
from models.errors import Text, Violation
from workflows.act import Act
from workflows.documents.wording import day as worded
from workflows.guards.law import Guard, against

Milestone = Callable[[Act], datetime | date | None]
"""A moment of the record that another may not precede; None where it has not come."""

TITLES: dict[str, Text] = {
    "received_at": Text("发现（收到）时间", "Time of receipt"),
    "verified_at": Text("核查时间", "Time of the check"),
    "rechecked_at": Text("复查时间", "Time of the re-check"),
    "act_started_at": Text("违法行为开始时间", "Begin of the act"),
    "act_ended_at": Text("违法行为终了时间", "End of the act"),
    "signed_at": Text("签署时间", "Time of signing"),
    "started_at": Text("开始时间", "Begin"),
    "ended_at": Text("结束时间", "End"),
    "supplemented_at": Text("补充调查时间", "Time of the supplement"),
    "collected_at": Text("取证时间", "Time of collection"),
    "served_at": Text("送达时间", "Time of service"),
    "attempted_at": Text("送达尝试时间", "Time of the attempt"),
    "confirmed_at": Text("确认时间", "Time of the confirmation"),
    "picked_up_at": Text("领取时间", "Time of picking up"),
    "stated_at": Text("陈述申辩时间", "Time of the statement"),
    "planned_at": Text("讨论时间", "Time of the discussion"),
    "held_at": Text("讨论开始时间", "Begin of the discussion"),
    "queried_at": Text("查询时间", "Time of the query"),
    "requested_at": Text("听证申请时间", "Time of the request"),
    "withdrawn_at": Text("撤回时间", "Time of the withdrawal"),
    "waived_at": Text("放弃时间", "Time of the waiver"),
    "paid_at": Text("缴款时间", "Time of payment"),
    "sent_at": Text("移送时间", "Time of sending"),
    "reported_at": Text("收到报告（结果）时间", "Time of the report"),
    "arose_at": Text("发生争议时间", "Time of the dispute"),
    "negotiated_at": Text("协商时间", "Time of the negotiation"),
    "designated_at": Text("指定时间", "Time of the designation"),
    "answered_at": Text("答复时间", "Time of the answer"),
    "handed_at": Text("移交时间", "Time of the handing over"),
    "party_told_at": Text("告知当事人时间", "Time when the party was told"),
    "entrusted_at": Text("委托时间", "Time of the letter"),
    "objected_at": Text("当事人答复时间", "Time of the party's answer"),
    "announced_at": Text("公告时间", "Time of the announcement"),
    "urged_at": Text("催告时间", "Time of the urging"),
    "submitted_at": Text("递交时间", "Time of the handing in"),
    "checked_at": Text("核查时间", "Time of the check"),
    "executed_at": Text("实施时间", "Time when it was carried out"),
    "handed_in_at": Text("交款时间", "Time when the cash was handed in"),
    "banked_at": Text("缴存时间", "Time of payment into the bank"),
    "filed_at": Text("备案时间", "Time of filing"),
    "done_at": Text("处理时间", "Time of the disposal"),
    "asked_at": Text("发函时间", "Time of the letter"),
    "replied_at": Text("复函时间", "Time of the reply"),
}


def not_in_future(*names: str) -> Guard:
    """The named moments have come: nobody records tomorrow's acts."""

    def guard(act: Act, c: Any) -> Iterator[Violation]:
        for name in names:
            moment: datetime | None = getattr(c, name, None)
            if moment is None or not moment > act.now:
                continue
            title, when = TITLES[name], law_day(moment)
            yield against(
                "V05",
                f"{title.zh}（{worded(when)}）晚于现在（{worded(act.today)}），请改为实际时间。",
                f"{title.en} ({when}) is later than now ({act.today}): give the real time.",
                "ORDER", name,
            )  # fmt: skip

    return guard


def not_before(name: str, milestone: Milestone, what: Text) -> Guard:
    """The named moment does not lie on a day before the milestone's."""

    def guard(act: Act, c: Any) -> Iterator[Violation]:
        moment: datetime | None = getattr(c, name, None)
        earlier = milestone(act)
        if moment is not None and earlier is not None:
            yield from in_order(earlier, what, moment, TITLES[name], name)

    return guard


def in_order(
    earlier: datetime | date,
    what: Text,
    later: datetime | date,
    title: Text,
    field: str | None = None,
) -> Iterator[Violation]:
    """One pair of dates, both named when they stand the wrong way round."""
    first, second = as_day(earlier), as_day(later)
    if second < first:
        yield against(
            "V05",
            f"{title.zh}（{worded(second)}）早于{what.zh}（{worded(first)}），请核对两个日期。",
            f"{title.en} ({second}) is before {what.en} ({first}): check both dates.",
            "ORDER", field,
        )  # fmt: skip


def ends_after_start(act: Act, c: Any) -> Iterator[Violation]:
    """A record ends after it began."""
    start: datetime | None = getattr(c, "started_at", None) or getattr(c, "held_at", None)
    end: datetime | None = c.ended_at
    if start is not None and end is not None and end < start:
        yield against(
            "V05", "结束时间早于开始时间，请核对。", "It ends before it began: check both times.",
            "ORDER", "ended_at",
        )  # fmt: skip


def as_day(moment: datetime | date) -> date:
    """The Shanghai day of an instant; a day is itself."""
    return law_day(moment) if isinstance(moment, datetime) else moment


def clue(act: Act) -> datetime:
    """When the lead came."""
    return act.case.clue_at


def filed(act: Act) -> datetime | None:
    """When the case was filed."""
    return act.case.filed_at


def notice_issued(act: Act) -> datetime | None:
    """When the last prior notice was approved."""
    return act.record.notice.recorded_at if act.record.notice else None


def notice_served(act: Act) -> datetime | None:
    """When the last prior notice reached the party."""
    return act.record.notice.served_at if act.record.notice else None


def decided(act: Act) -> datetime | None:
    """When the decision in force was made."""
    return act.record.decision.decided_at if act.record.decision else None


CLUE = Text("线索登记的发现时间", "the time of the lead")
FILED = Text("立案时间", "the filing")
NOTICE_ISSUED = Text("告知书批准时间", "the approval of the notice")
NOTICE_SERVED = Text("告知书送达时间", "the service of the notice")
DECIDED = Text("决定日期", "the decision")
