"""V15: the meeting itself: who sits and votes, quorum, majority, minutes (APL 57)."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from models.discussion import Discussion
from models.errors import Violation
from models.person import Person
from models.types import Role
from workflows.act import Act
from workflows.commands.leaders import LeadersCommand
from workflows.commands.review import ConveneDiscussion, RecordDiscussion, SignMinutes
from workflows.guards.law import against, empty
from workflows.guards.officers import stepped_back
from workflows.guards.report import fine_range

PANEL = (Role.PANEL_MEMBER, Role.LEADER_DEPUTY, Role.LEADER_CHIEF)
Member = Mapping[str, Any]


def panel_may_vote(act: Act, c: ConveneDiscussion) -> Iterator[Violation]:
    """Members are heads of the subject, no handlers, not recused; the chair is one of them."""
    yield from members(act, c.members, "members")
    if c.chair not in c.members:
        yield against(
            "V15", "主持人应当是参加讨论的负责人。", "The chair must be one of the members.",
            "APL57", "chair",
        )  # fmt: skip
    yield from _recorder(act, c)


def members(act: Act, keys: Sequence[str], field: str) -> Iterator[Violation]:
    """Heads of this agency, each once, who neither handled the case nor stepped back."""
    yield from act.people.unknown(dict.fromkeys(keys), field)
    if len(set(keys)) != len(keys):
        yield against("V15", "同一成员重复出现。", "A member stands twice.", "APL57", field)
    able = act.people.eligible(PANEL, act.case.subject_id, act.case.unit_id)
    for key in dict.fromkeys(keys):
        if person := act.people.find(key):
            yield from _may_vote(act, person, able, field)


def _may_vote(
    act: Act, person: Person, able: Sequence[uuid.UUID], field: str
) -> Iterator[Violation]:
    name = person.name
    if person.id not in able:
        yield against(
            "V15", f"{name}不是本机关负责人或者集体讨论成员，不能表决。",
            f"{name} is no head of this agency and may not vote.", "APL57", field,
        )  # fmt: skip
    if person.id in act.record.ever_handled:
        yield against(
            "V15", f"{name}办理过本案，只能列席，不能表决。",
            f"{name} handled the case: attend, but not vote.", "DUTIES", field,
        )  # fmt: skip
    if person.id in act.record.recused:
        yield stepped_back(name, field)


def _recorder(act: Act, c: ConveneDiscussion) -> Iterator[Violation]:
    yield from act.people.unknown([c.recorder], "recorder")
    recorder = act.people.find(c.recorder)
    if recorder is not None and recorder.id in act.record.ever_handled:
        yield against(
            "P08",
            "集体讨论由非办案人员记录。",
            "The minutes are kept by someone else than a handler.",
            "APL57",
            "recorder",
        )


def report_awaits_discussion(act: Act, c: ConveneDiscussion) -> Iterator[Violation]:
    """Nothing is discussed before the party was told what is proposed."""
    if act.record.report is None:
        yield against("V15", "还没有调查终结报告。", "There is no final report yet.", "APL57")
    yield from _after_notice(act, "planned_at", c.planned_at)


def _after_notice(act: Act, field: str, moment: Any) -> Iterator[Violation]:
    report, notice = act.record.report, act.record.notice
    if report is None or report.proposal != "penalty":
        return
    if notice is None or notice.served_at is None or moment < notice.served_at:
        yield against(
            "V15", "集体讨论应当在告知书送达之后进行，先讨论后告知的程序违法。",
            "The discussion follows the service of the notice.", "APL57", field,
        )  # fmt: skip


def meeting_was_lawful(act: Act, c: RecordDiscussion) -> Iterator[Violation]:
    """Those convened, and no others, came or said why not; enough of them; after the notice."""
    discussion = act.record.discussion
    if discussion is None:
        yield against("V15", "还没有召集集体讨论。", "No discussion has been convened.", "APL57")
        return
    yield from _after_notice(act, "held_at", c.held_at)
    keys = [str(m.get("person")) for m in c.members]
    yield from members(act, keys, "members")
    yield from _as_convened(act, discussion, keys)
    present = [m for m in c.members if m.get("attended")]
    yield from quorum(act, present, base_of(act, keys))
    yield from _odd(act, present)
    yield from _order_is_recorded(act, present)
    yield from chair(act, c, present)


def why_excluded(act: Act, person_id: uuid.UUID) -> str | None:
    """handled or recused: neither counted nor voting, though convened (3.2, APL 43)."""
    if person_id in act.record.recused:
        return "recused"
    return "handled" if person_id in act.record.ever_handled else None


def base_of(act: Act, keys: Sequence[str]) -> int:
    """How many are counted: the whole list of the legal subject, less those excluded here.

    Convening only some of the heads must not make a quorum of a few.
    """
    able = act.people.eligible(PANEL, act.case.subject_id, act.case.unit_id)
    listed = {one for one in able if why_excluded(act, one) is None}
    return max(len(listed), len(set(keys)))


def _odd(act: Act, present: Sequence[Member]) -> Iterator[Violation]:
    """Where the place asks for it, an odd number of members sits."""
    if act.parameter("discussion.odd_number") and len(present) % 2 == 0:
        yield against(
            "V15", f"本地规定到会成员应为单数，实到{len(present)}人。",
            f"By local rule an odd number of members sits; {len(present)} were present.",
            "APL57", "members",
        )  # fmt: skip


def _order_is_recorded(act: Act, present: Sequence[Member]) -> Iterator[Violation]:
    """Each who was present spoke at some place, and the minutes say at which."""
    silent = [_name(act, m) for m in present if m.get("spoke_order") is None]
    if silent:
        yield against(
            "V15", f"请记录发言顺序：{'、'.join(silent)}。",
            f"Record the order of speaking of {', '.join(silent)}.", "APL57", "members",
        )  # fmt: skip


def _as_convened(act: Act, discussion: Discussion, keys: Sequence[str]) -> Iterator[Violation]:
    convened = {
        vote.person.key: vote.person.name
        for vote in discussion.votes
        if why_excluded(act, vote.person_id) is None
    }
    if set(keys) != set(convened):
        names = "、".join(convened.values())
        yield against(
            "V15", f"成员应当与召集时一致：{names}。",
            f"The members are those who were convened: {', '.join(convened)}.", "APL57", "members",
        )  # fmt: skip


def quorum(act: Act, present: Sequence[Member], convened: int) -> Iterator[Violation]:
    """Enough of those convened came."""
    share = act.law.fraction("discussion.quorum", act.today, act.case.subject_id)
    if convened == 0 or Fraction(len(present), convened) < share:
        yield against(
            "V15",
            f"应到{convened}人，实到{len(present)}人，不足应到人数的{share}，讨论无效，请另行召集。",
            f"{len(present)} of {convened} were present, fewer than {share}: convene again.",
            "APL57",
            "members",
        )


def chair(
    act: Act, c: RecordDiscussion | LeadersCommand, present: Sequence[Member]
) -> Iterator[Violation]:
    """The chair came, and speaks last where the rule asks for it."""
    leads = next((m for m in present if m.get("person") == c.chair), None)
    if leads is None:
        yield against("V15", "主持人没有到会。", "The chair was not present.", "APL57", "chair")
        return
    orders = [m["spoke_order"] for m in present if m.get("spoke_order") is not None]
    if len(set(orders)) != len(orders):
        yield against(
            "V15", "发言顺序重复。", "Two members spoke at the same place.", "APL57", "members"
        )
    last = bool(act.parameter("discussion.head_speaks_last"))
    head = next((m for m in present if _is_head(act, m)), leads)
    if last and orders and head.get("spoke_order") != max(orders):
        yield against(
            "V15", f"主要负责人（主持人）{_name(act, head)}应当最后发言。",
            f"{_name(act, head)}, the head or the chair, speaks last.", "APL57", "members",
        )  # fmt: skip


def _is_head(act: Act, member: Member) -> bool:
    person = act.people.find(str(member.get("person")))
    heads = act.people.eligible([Role.LEADER_CHIEF], act.case.subject_id, act.case.unit_id)
    return person is not None and person.id in heads


def votes_are_complete(act: Act, c: RecordDiscussion | LeadersCommand) -> Iterator[Violation]:
    """Each member present has a view and a vote; dissent and absence have their reasons."""
    for member in c.members:
        name = _name(act, member)
        if member.get("attended"):
            yield from _present(member, name)
            continue
        if empty(member.get("absent_reason")):
            yield against(
                "V15", f"{name}没有到会，请写明原因。", f"{name} was absent: say why.",
                "APL57", "members",
            )  # fmt: skip
        if member.get("vote"):
            yield against(
                "V15", f"{name}没有到会，不能表决。", f"{name} was absent and cannot vote.",
                "APL57", "members",
            )  # fmt: skip


def _present(member: Member, name: str) -> Iterator[Violation]:
    if empty(member.get("view")) or empty(member.get("vote")):
        yield against(
            "V15", f"请记录{name}的意见和表决。", f"Record the view and the vote of {name}.",
            "APL57", "members",
        )  # fmt: skip
    if member.get("vote") == "disagree" and empty(member.get("dissent")):
        yield against(
            "V15", f"{name}投了反对票，请记录不同意见。", f"{name} disagreed: record the dissent.",
            "APL57", "members",
        )  # fmt: skip


def _name(act: Act, member: Member) -> str:
    person = act.people.find(str(member.get("person")))
    return person.name if person else str(member.get("person"))


def result_follows_votes(act: Act, c: RecordDiscussion) -> Iterator[Violation]:
    """The proposal stands when more than the share of members that the rule asks for agreed."""
    if c.discussion_result != "as_proposed":
        return
    present = [m for m in c.members if m.get("attended")]
    agree = sum(m.get("vote") == "agree" for m in present)
    of_all = act.parameter("discussion.majority_of") == "all_members"
    base = base_of(act, [str(m.get("person")) for m in c.members]) if of_all else len(present)
    share = act.law.fraction("discussion.majority", act.today, act.case.subject_id)
    if base == 0 or Fraction(agree, base) <= share:
        yield against(
            "V15", f"同意{agree}票，没有超过{base}人的{share}，不能按原建议通过。",
            f"{agree} agreed, not more than {share} of {base}: the proposal has not passed.",
            "APL57", "discussion_result",
        )  # fmt: skip


def fine_fits_result(act: Act, c: RecordDiscussion) -> Iterator[Violation]:
    """As proposed, lighter and heavier mean what they say against the notified fine."""
    notice, report = act.record.notice, act.record.report
    told = notice.fine if notice is not None else report.fine if report is not None else None
    if told is None:
        return
    wrong = {
        "as_proposed": c.fine is not None and c.fine != told,
        "lighter": c.fine is None or c.fine >= told,
        "heavier": c.fine is None or c.fine <= told,
        "no_penalty": bool(c.fine),
    }.get(c.discussion_result, False)
    if wrong:
        yield against(
            "V12", f"讨论结果与罚款数额不一致：告知的罚款为{told}元。",
            f"Result and fine contradict each other: the notified fine is {told} yuan.",
            "APL62", "fine",
        )  # fmt: skip
    elif c.discussion_result == "lighter" and c.fine is not None:
        yield from _not_below_minimum(act, c.fine)


def _not_below_minimum(act: Act, fine: Decimal) -> Iterator[Violation]:
    matter, report = act.record.matter, act.record.report
    if matter is None or report is None or report.discretion_level == "mitigated":
        return
    lowest, _ = fine_range(act, matter, report.rate_base)
    if lowest is not None and fine < lowest:
        yield against(
            "V11", f"罚款{fine}元低于法定幅度下限{lowest}元；要减轻的，退回补充并写明法定情形。",
            f"{fine} yuan is below the statutory minimum of {lowest} yuan: return the file to "
            "state a ground of mitigation.",
            "APL32", "fine",
        )  # fmt: skip


def minutes_are_signed_by_all(act: Act, c: SignMinutes) -> Iterator[Violation]:
    """Everyone present signs, or the minutes say why not; nobody else signs."""
    discussion = act.record.discussion
    if discussion is None or discussion.result is None:
        yield against("V15", "还没有讨论记录。", "There are no minutes yet.", "APL57")
        return
    present = {vote.person.key: vote.person.name for vote in discussion.votes if vote.attended}
    rows = {str(row.get("person")): row for row in c.signatures}
    for key, name in present.items():
        row = rows.get(key)
        if row is None or not (row.get("signed") or not empty(row.get("refusal_reason"))):
            yield against(
                "V15", f"{name}没有签名，也没有写明原因。",
                f"{name} has not signed, and no reason is given.", "APL57", "signatures",
            )  # fmt: skip
    for key in rows.keys() - present.keys():
        yield against(
            "V15", f"{_name(act, {'person': key})}没有参加讨论，不能签名。",
            f"{key} did not take part and cannot sign.", "APL57", "signatures",
        )  # fmt: skip
