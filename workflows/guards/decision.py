"""The decision (作出决定): everything that APL 44-60 asks for before it is made."""

from collections.abc import Iterator
from decimal import Decimal

from models.errors import Text, Violation
from models.report import FinalReport
from workflows.act import Act
from workflows.commands.decision import IssueDecision
from workflows.documents.wording import day as worded
from workflows.guards.dates import as_day
from workflows.guards.discussion import discussion_was_held
from workflows.guards.law import against, empty, needed
from workflows.guards.matter import (
    basis_in_force,
    correction_has_failed,
    lighter_law_is_applied,
    subject_holds_matter,
)
from workflows.guards.party import age_at_act, penalty_fits_age
from workflows.guards.report import penalty_fits_matter
from workflows.guards.review import review_has_passed

EXPECTED = {"penalty": "penalty", "no_penalty": "no_penalty"}


def _issues(c: IssueDecision, *decisions: str) -> bool:
    return c.outcome == "issue" and (not decisions or c.decision in decisions)


def decision_follows_proposal(act: Act, c: IssueDecision) -> Iterator[Violation]:
    """What is decided is what was proposed, reviewed and, where it was discussed, concluded."""
    if not _issues(c):
        return
    report = act.record.report
    if act.case.filed_at is None or report is None:
        yield against(
            "V05", "立案和调查终结报告在先，才能作出决定。",
            "A decision follows filing and final report.", "APL57",
        )  # fmt: skip
        return
    proposed = _concluded(act, report)
    if c.decision not in EXPECTED or c.decision != proposed:
        yield against(
            "V12", "决定种类与报告建议（或者集体讨论决定）不一致，请退回重新报告。",
            "The decision differs from the proposal or the discussion: return the file.",
            "APL57", "decision",
        )  # fmt: skip
    if c.decision == "no_penalty" and empty(c.no_penalty_ground or report.no_penalty_ground):
        title = Text("不予处罚的理由", "the ground for no penalty")
        yield from needed(c, {"no_penalty_ground": title}, "APL33")


def _concluded(act: Act, report: FinalReport) -> str:
    """The way that report and discussion lead to."""
    discussion = act.record.discussion
    if discussion is not None and discussion.report_id == report.id:
        if discussion.result == "no_penalty":
            return "no_penalty"
        if discussion.result in ("heavier", "supplement"):
            return "return"
    return report.proposal


def review_precedes_decision(act: Act, c: IssueDecision) -> Iterator[Violation]:
    """V14: nothing is decided without a passed review of the last report."""
    if _issues(c):
        yield from review_has_passed(act)


def discussion_precedes_decision(act: Act, c: IssueDecision) -> Iterator[Violation]:
    """V15: where leaders must discuss together, they have, and signed."""
    if _issues(c):
        yield from discussion_was_held(act)


def party_was_heard(act: Act, c: IssueDecision) -> Iterator[Violation]:
    """V09: the notice was served, its period is over or waived, a statement was answered."""
    if not _issues(c, "penalty"):
        return
    notice, report = act.record.notice, act.record.report
    if notice is None or notice.served_at is None:
        yield against(
            "V09", "还没有送达处罚事先告知书，不能作出处罚决定。",
            "The prior notice has not been served: no penalty may be decided.", "APL44",
        )  # fmt: skip
        return
    if report is not None and notice.report_id != report.id:
        yield against(
            "V09", "告知书不是根据最后一次报告制发的，应当重新告知。",
            "The notice rests on an earlier report: notify again.", "APL44",
        )  # fmt: skip
    if as_day(notice.recorded_at) >= act.today:
        yield against(
            "V05", f"决定日期应当晚于告知书日期（{worded(notice.recorded_at)}）。",
            f"The decision is made after the day of the notice ({as_day(notice.recorded_at)}).",
            "ORDER",
        )  # fmt: skip
    yield from _period_over(act)
    yield from _statement_answered(act)


def _period_over(act: Act) -> Iterator[Violation]:
    """The period for a statement has run out, or the party waived it in writing."""
    notice, statement = act.record.notice, act.record.statement
    waived = statement is not None and statement.statement == "waived" and statement.waiver_signed
    if waived or (notice is not None and notice.period_over_at is not None):
        return
    if not act.clocks.over("CLK_STATE"):
        clock = act.clocks.last("CLK_STATE")
        until, until_en = (
            (f"至{worded(clock.outer_day)}", f" until {clock.outer_day}") if clock else ("", "")
        )
        yield against(
            "V09", f"陈述申辩期限{until}还没有届满，当事人也没有书面放弃，不能作出处罚决定。",
            f"The party may state its case{until_en} and has not waived it in writing: "
            "no penalty may be decided yet.",
            "APL62",
        )  # fmt: skip


def _statement_answered(act: Act) -> Iterator[Violation]:
    statement, answer = act.record.statement, act.record.reexamination
    if statement is None or statement.statement != "made":
        return
    if answer is None:
        yield against(
            "V09",
            "当事人的陈述申辩还没有复核。",
            "The party's statement has not been re-examined.",
            "APL45",
        )
    elif answer.reexamination == "changed":
        yield against(
            "V09", "复核决定变更建议，应当重新报告和告知。",
            "The re-examination changed the proposal: report and notify again.", "APL45",
        )  # fmt: skip


def decided_in_time(act: Act, c: IssueDecision) -> Iterator[Violation]:
    """V10: within ninety days of the filing and what was added to them (APL 60)."""
    if _issues(c) and act.clocks.over("CLK_CASE"):
        clock = act.clocks.last("CLK_CASE")
        assert clock is not None
        yield against(
            "V10", f"办案期限已于{worded(clock.outer_day)}届满，应当先依法批准延长。",
            f"The time to decide ended on {clock.outer_day}: an extension must be approved first.",
            "APL60",
        )  # fmt: skip


def penalty_is_lawful(act: Act, c: IssueDecision) -> Iterator[Violation]:
    """V11, V18-V20, V31: range, basis, list, correction, age."""
    if not _issues(c, "penalty"):
        return
    report = act.record.report
    yield from needed(c, {"penalty_kinds": Text("处罚种类", "the kinds of penalty")}, "APL59")
    yield from penalty_fits_matter(act, c, report.rate_base if report else None)
    yield from basis_in_force(act, c)
    yield from lighter_law_is_applied(act, c)
    yield from subject_holds_matter(act, c)
    yield from correction_has_failed(act, c)
    age = age_at_act(act)
    if age is not None:
        yield from penalty_fits_age(act, age, c.discretion_level, "decision")


def not_heavier_than_notified(act: Act, c: IssueDecision) -> Iterator[Violation]:
    """V12: the party was told this very penalty, or a heavier one before the discussion."""
    notice, report = act.record.notice, act.record.report
    if not _issues(c, "penalty") or notice is None or report is None:
        return
    expected = _expected_fine(act, report)
    if (c.fine or 0) > (notice.fine or 0):
        yield against(
            "V12", f"罚款{c.fine}元重于告知的{notice.fine or 0}元，应当重新告知。",
            f"{c.fine} yuan is more than the notified {notice.fine or 0} yuan: notify again.",
            "APL62", "fine",
        )  # fmt: skip
    elif (c.fine or 0) != (expected or 0):
        yield against(
            "V12",
            f"罚款{c.fine}元与告知、讨论确定的{expected or 0}元不一致；要变更的，退回重新告知。",
            f"{c.fine} yuan differs from {expected or 0} yuan as notified and concluded: "
            "return the file to report and notify again.",
            "APL62",
            "fine",
        )
    extra = set(c.penalty_kinds) - set(notice.penalty_kinds)
    if extra:
        yield against(
            "V12", f"告知书没有告知这种处罚：{'、'.join(sorted(extra))}。",
            f"The notice did not mention: {', '.join(sorted(extra))}.", "APL44", "penalty_kinds",
        )  # fmt: skip
    yield from _other_terms(c, notice.confiscated_amount, notice.licence)


def _expected_fine(act: Act, report: FinalReport) -> Decimal | None:
    discussion = act.record.discussion
    lighter = (
        discussion is not None
        and discussion.report_id == report.id
        and discussion.result == "lighter"
    )
    return discussion.fine if lighter and discussion is not None else report.fine


def _other_terms(
    c: IssueDecision, confiscated: Decimal | None, licence: str | None
) -> Iterator[Violation]:
    if (c.confiscated_amount or 0) > (confiscated or 0):
        yield against(
            "V12", f"没收金额{c.confiscated_amount}元多于告知的{confiscated or 0}元。",
            f"{c.confiscated_amount} yuan confiscated is more than the notified "
            f"{confiscated or 0} yuan.",
            "APL62", "confiscated_amount",
        )  # fmt: skip
    if not empty(c.licence) and c.licence != licence:
        yield against(
            "V12",
            "证照与告知书不一致。",
            "The licence differs from the notice.",
            "APL44",
            "licence",
        )
