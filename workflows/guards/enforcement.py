"""The order of a decision enforced: power, urging, announcement, the spot, costs (K13-K22, K33)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from models.duration import SHANGHAI, law_day
from models.errors import Text, Violation
from models.types import Flag, SubjectKind
from workflows.act import Act
from workflows.commands.enforcement import (
    AnnounceDemolition,
    CarryOutOwnEnforcement,
    CarryOutSubstitutePerformance,
    ClaimSubstituteCosts,
    RecordOrderRecheck,
    RequestOwnEnforcement,
    RequestSubstitutePerformance,
    UrgeSubstitutePerformance,
)
from workflows.documents.wording import day as worded
from workflows.enforcing import (
    RECONSIDER,
    SUE,
    last_of_kind,
    order_is_performed,
    order_of,
    stands_still,
)
from workflows.guards.law import against, empty, needed

DEMOLISH = "demolish"
AGAIN = "CLK_SUBSTITUTE_URGE"
AT_ONCE = "clear"
REPLACEABLE = ("restore", "clear", "demolish")
"""Orders that somebody else can perform (AEL 50)."""


def order_is_there(act: Act, c: Any) -> Iterator[Violation]:
    """K13: a decision that was served and orders something beside money, not yet performed."""
    decision = act.record.decision
    if decision is None or Flag.SERVED not in act.case.flags:
        yield against(
            "K13", "决定书还没有送达，不能强制执行。", "The decision has not been served.", "AEL34"
        )  # fmt: skip
        return
    if not order_of(decision):
        yield against(
            "K13", "处罚决定没有责令改正、限期拆除等内容，没有可以执行的义务。",
            "The decision orders nothing beside money.", "AEL34",
        )  # fmt: skip
    elif order_is_performed(act.record):
        yield against(
            "K13", "当事人已经履行决定，不再强制执行。",
            "The order has been performed already.", "AEL34",
        )  # fmt: skip


def recheck_has_an_order(act: Act, c: RecordOrderRecheck) -> Iterator[Violation]:
    """K33: what is re-checked after the decision is the order that the decision contains."""
    yield from needed(c, {"findings": Text("复查情况", "the findings")}, "APL28")
    if not order_of(act.record.decision):
        yield against(
            "K33", "处罚决定没有责令改正、限期拆除等内容，不需要复查。",
            "The decision orders nothing that could be re-checked.", "APL28",
        )  # fmt: skip


def nothing_stands_still(act: Act, c: Any) -> Iterator[Violation]:
    """K28: while enforcement is suspended nothing is enforced."""
    if stands_still(act.record):
        yield against(
            "K28", "执行已经中止，恢复执行后才能继续。",
            "Enforcement is suspended: resume it first.", "AEL39",
        )  # fmt: skip


def agency_has_the_power(act: Act, c: RequestOwnEnforcement) -> Iterator[Violation]:
    """K14: only where a law gives the agency the power; else the court is asked (AEL 13)."""
    matter = act.record.matter
    fields = str(act.parameter("enforcement.own_fields")).replace("，", ",").split(",")
    if matter is None or matter.field not in {name.strip() for name in fields}:
        yield against(
            "K14", "法律没有规定本机关可以强制执行这类决定，应当申请人民法院强制执行。",
            "No law lets the agency enforce this itself: apply to the court.", "AEL13", "way",
        )  # fmt: skip
    if act.case.subject.kind == SubjectKind.DELEGATED:
        yield against(
            "K14", "行政强制执行权不得委托，由委托机关办理。",
            "The power to enforce cannot be delegated.", "AEL13",
        )  # fmt: skip


def party_was_urged(act: Act, c: Any) -> Iterator[Violation]:
    """K15: the letter that urges the party comes first, and its days are over (AEL 35)."""
    if getattr(c, "outcome", "approve") == "refuse":
        return
    decision, letter = act.record.decision, act.record.urging
    mine = letter is not None and decision is not None and letter.decision_id == decision.id
    if letter is None or not mine or not letter.stands or letter.expires_on is None:
        yield against(
            "K15", "强制执行前应当先书面催告当事人履行，并送达催告书。",
            "Urge the party in writing first, and serve the letter.", "AEL35",
        )  # fmt: skip
    elif not letter.expired(act.today):
        yield against(
            "K15", f"催告期限到{worded(letter.expires_on)}届满，期满前不能强制执行。",
            f"The urging letter gives time until {letter.expires_on}.", "AEL35",
        )  # fmt: skip


def demolition_may_begin(act: Act, c: Any) -> Iterator[Violation]:
    """K16: announced, the party's own time over, no remedy sought and none possible (AEL 44)."""
    row = last_of_kind(act.record, "own")
    refused = getattr(c, "outcome", "approve") == "refuse"
    if row is None or row.way != DEMOLISH or refused or getattr(c, "result", "") == "performed":
        return
    if row.announced_at is None or row.remove_by is None:
        yield against(
            "K16", "强制拆除前应当予以公告，限期当事人自行拆除。",
            "Announce the demolition and let the party do it first.", "AEL44",
        )  # fmt: skip
    elif act.today <= row.remove_by:
        yield against(
            "K16", f"公告的自行拆除期限到{worded(row.remove_by)}，期满前不能强制拆除。",
            f"The announcement gives time until {row.remove_by}.", "AEL44",
        )  # fmt: skip
    yield from _remedies_are_over(act)


def _remedies_are_over(act: Act) -> Iterator[Violation]:
    if Flag.IN_REMEDY in act.case.flags:
        yield against(
            "K16", "行政复议或者行政诉讼期间不能强制拆除。",
            "No demolition during reconsideration or a suit.", "AEL44",
        )  # fmt: skip
    for code, zh, en in (
        (RECONSIDER, "申请行政复议", "reconsideration"),
        (SUE, "提起行政诉讼", "a suit"),
    ):
        clock = act.clocks.last(code)
        if clock is not None and not act.clocks.over(code):
            yield against(
                "K16", f"当事人{zh}的期限到{worded(clock.outer_day)}，期满前不能强制拆除。",
                f"The party may seek {en} until {clock.outer_day}.", "AEL44",
            )  # fmt: skip


def announcement_gives_time(act: Act, c: AnnounceDemolition) -> Iterator[Violation]:
    """K16: the announcement names a day that lies ahead."""
    if c.remove_by <= law_day(c.announced_at):
        yield against(
            "K16", "公告应当给当事人自行拆除的时间，期限应当晚于公告日。",
            "The day must lie after the announcement.", "AEL44", "remove_by",
        )  # fmt: skip


def not_at_night(act: Act, c: CarryOutOwnEnforcement) -> Iterator[Violation]:
    """K17: no enforcement at night or on a holiday, but in an emergency (AEL 43)."""
    if not empty(c.emergency) or c.result == "performed":
        return
    if _by_night(act, c.started_at) or _by_night(act, c.ended_at):
        yield against(
            "K17", "不得在夜间实施行政强制执行，情况紧急的应当写明。",
            "No enforcement at night, unless it is an emergency: then say why.",
            "AEL43", "started_at",
        )  # fmt: skip
    if not act.law.calendar.is_working(law_day(c.started_at)):
        yield against(
            "K17", "不得在法定节假日实施行政强制执行，情况紧急的应当写明。",
            "No enforcement on a day off, unless it is an emergency: then say why.",
            "AEL43", "started_at",
        )  # fmt: skip


def _by_night(act: Act, moment: datetime) -> bool:
    """Before the hour at which the day begins, or from the hour at which it ends."""
    there = moment.astimezone(SHANGHAI)
    begins, ends = act.parameter("enforcement.day_begins"), act.parameter("enforcement.day_ends")
    after = there - there.replace(hour=int(ends), minute=0, second=0, microsecond=0)
    return there.hour < int(begins) or after > timedelta(0)


def utilities_stay_on(act: Act, c: CarryOutOwnEnforcement) -> Iterator[Violation]:
    """K18: residents' water, power, heat and gas are not cut to force them (AEL 43)."""
    if not c.utilities_untouched:
        yield against(
            "K18", "不得对居民生活采取停止供水、供电、供热、供燃气等方式迫使当事人履行，请确认。",
            "Residents' water, power, heat and gas stay on: confirm it.",
            "AEL43", "utilities_untouched",
        )  # fmt: skip


def record_is_complete(
    act: Act, c: CarryOutOwnEnforcement | CarryOutSubstitutePerformance
) -> Iterator[Violation]:
    """K19: cards shown, the whole course on video, and somebody who can bear witness."""
    yield from needed(c, {"course": Text("执行经过", "the course")}, "AEL37")
    if not c.cards_shown:
        yield against("K19", "应当出示执法证件。", "Show your cards.", "APL55", "cards_shown")
    if c.result == "done" and not c.body_camera:
        yield against(
            "K19", "强制执行应当全程音像记录。", "Enforcement is recorded on video.",
            "APL47", "body_camera",
        )  # fmt: skip
    if c.party_signature == "signed" and empty(c.present_person):
        yield against(
            "K19", "当事人没有到场，不能由当事人签名，请改为“不在场”并说明。",
            "The party was not there and cannot have signed: say that it was absent.",
            "AEL37", "party_signature",
        )  # fmt: skip
    if c.result == "done" and empty(c.present_person) and empty(c.witness_name):
        yield against(
            "K19", "当事人不到场的，应当邀请见证人到场并签名。",
            "Without the party a witness is present and signs.", "AEL37", "witness_name",
        )  # fmt: skip


def goods_go_back(act: Act, c: CarryOutOwnEnforcement) -> Iterator[Violation]:
    """K19: goods found inside are listed, line by line, and handed to somebody."""
    if not c.items:
        return
    for place, row in enumerate(c.items):
        for name, title in LINE.items():
            if empty(row.get(name)):
                yield against(
                    "K19", f"物品清单第{place + 1}行：请填写{title.zh}。",
                    f"Line {place + 1} of the list: fill in {title.en}.",
                    "AEL37", f"items.{place}.{name}",
                )  # fmt: skip
    wanted = {
        "goods_to": Text("物品接收人", "who received the goods"),
        "goods_place": Text("物品存放地点", "where the goods are"),
    }
    yield from needed(c, wanted, "AEL37")


LINE = {
    "name": Text("名称", "the name"),
    "quantity": Text("数量", "the quantity"),
    "unit": Text("单位", "the unit"),
}


def enforcement_was_decided(act: Act, c: Any) -> Iterator[Violation]:
    """K19: what is carried out was decided, and the decision was served (AEL 38)."""
    kind = "own" if isinstance(c, CarryOutOwnEnforcement) else "substitute"
    row = last_of_kind(act.record, kind)
    if row is None or row.approved_at is None:
        yield against("K19", "还没有作出执行决定。", "Nothing has been decided.", "AEL37")
    elif c.started_at < row.approved_at:
        yield against(
            "K19", "执行时间早于执行决定，请核对。",
            "It was carried out before it was decided.", "AEL37", "started_at",
        )  # fmt: skip


def substitution_is_lawful(act: Act, c: RequestSubstitutePerformance) -> Iterator[Violation]:
    """K20, K21: what another can perform, by somebody without an interest, with an estimate."""
    if c.way not in REPLACEABLE:
        yield against(
            "K20", "只有他人能够代为履行的排除妨碍、恢复原状等义务可以代履行。",
            "Only what somebody else can do may be performed for the party.", "AEL50", "way",
        )  # fmt: skip
    if c.immediate and c.way != AT_ONCE:
        yield against(
            "K20", "只有道路、河道、航道或者公共场所的遗洒物、障碍物或者污染物可以立即代履行。",
            "Only what lies on roads, in waterways or public places is cleared at once.",
            "AEL52", "immediate",
        )  # fmt: skip
    if not c.executor_independent:
        yield against(
            "K21", "代履行由行政机关或者没有利害关系的第三人实施，请核实后勾选。",
            "It is done by the agency or a third person without an interest.",
            "AEL50", "executor_independent",
        )  # fmt: skip
    if not c.immediate:
        wanted = {
            "cost_estimate": Text("费用预算", "the estimate of the costs"),
            "planned_on": Text("代履行日期", "the day"),
        }
        yield from needed(c, wanted, "AEL51")


def urged_unless_immediate(act: Act, c: Any) -> Iterator[Violation]:
    """K15 for a performance in the party's place, which may be immediate (AEL 52)."""
    row = last_of_kind(act.record, "substitute")
    if row is None or not row.immediate:
        yield from party_was_urged(act, c)


def days_after_urging_are_over(act: Act, c: CarryOutSubstitutePerformance) -> Iterator[Violation]:
    """K20: urged once more three days before; the party that performs is left alone (AEL 51)."""
    row = last_of_kind(act.record, "substitute")
    if row is None or row.immediate or c.result == "performed":
        return
    clock = act.clocks.last(AGAIN)
    if row.urged_at is None or clock is None:
        yield against(
            "K20", "代履行三日前应当催告当事人履行。",
            "Urge the party three days before.", "AEL51",
        )  # fmt: skip
    elif not act.clocks.over(AGAIN):
        yield against(
            "K20", f"催告后到{worded(clock.outer_day)}才满三日，期满前不能代履行。",
            f"The three days last until {clock.outer_day}.", "AEL51", "started_at",
        )  # fmt: skip


def performance_is_signed(act: Act, c: CarryOutSubstitutePerformance) -> Iterator[Violation]:
    """K21: no violence; the record is signed by officers, executor and party or witness."""
    if not c.no_violence:
        yield against(
            "K21", "代履行不得采用暴力、胁迫以及其他非法方式，请确认。",
            "No violence, no threats, nothing unlawful: confirm it.", "AEL51", "no_violence",
        )  # fmt: skip
    if c.result == "done":
        title = Text("代履行人签名", "the signature of who performed it")
        yield from needed(c, {"executor_signature": title}, "AEL51")
    row = last_of_kind(act.record, "substitute")
    at_once = row is not None and row.immediate and empty(c.present_person)
    if at_once and c.told_at is None:
        yield against(
            "K21", "当事人不在场立即代履行的，事后应当立即通知当事人。",
            "The party was absent: tell it at once afterwards.", "AEL52", "told_at",
        )  # fmt: skip


def party_is_urged_again(act: Act, c: UrgeSubstitutePerformance) -> Iterator[Violation]:
    """K20: urging comes after the decision was served."""
    row = last_of_kind(act.record, "substitute")
    if row is None or row.approved_at is None or c.urged_at < row.approved_at:
        yield against(
            "K20", "应当先作出并送达代履行决定，再催告履行。",
            "Decide and serve the decision first.", "AEL51", "urged_at",
        )  # fmt: skip


def costs_are_reasonable(act: Act, c: ClaimSubstituteCosts) -> Iterator[Violation]:
    """K22: costs by what it reasonably took; more than the estimate is explained line by line."""
    yield from needed(c, {"cost_items": Text("费用明细", "the items of the costs")}, "AEL51")
    row = last_of_kind(act.record, "substitute")
    if c.cost <= 0:
        yield against("K22", "费用应当大于零。", "More than nothing.", "AEL51", "cost")
    if row is not None and row.cost_estimate is not None and c.cost > row.cost_estimate:
        yield against(
            "K22", f"费用{c.cost}元超过决定书载明的预算{row.cost_estimate}元。",
            f"{c.cost} yuan is more than the estimate of {row.cost_estimate} yuan.",
            "AEL51", "cost",
        )  # fmt: skip
    if c.due_on <= act.today:
        yield against(
            "K22", "缴费期限应当晚于今天。", "The day must lie ahead.", "AEL51", "due_on"
        )  # fmt: skip
