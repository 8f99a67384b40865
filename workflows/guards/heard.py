"""V09, V14, H07-H09: what proposal and decision ask of the right to a hearing (APL 58, 63-65)."""

from collections.abc import Iterator

from models.errors import Text, Violation
from models.hearing import Hearing
from workflows.act import Act
from workflows.commands.decision import IssueDecision
from workflows.commands.investigation import SubmitFinalReport
from workflows.documents.wording import day as worded
from workflows.guards.hearing import last_day_to_ask
from workflows.guards.law import against, needed
from workflows.guards.review import passed_review
from workflows.guards.thresholds import hearing_scope


def hearing_can_be_held(act: Act, c: SubmitFinalReport) -> Iterator[Violation]:
    """H09: a penalty with a right to a hearing is proposed where a hearing can be held."""
    if c.proposal != "penalty" or act.pack is None:
        return
    reason = hearing_scope(act, c.penalty_kinds, c.fine, c.confiscated_amount)
    if reason is not None and act.pack.manifest.started_by("RequestHearing") is None:
        yield against(
            "H09", f"{reason.zh}，当事人有权要求听证，本程序不能组织听证，请按普通程序办理。",
            f"The party has a right to a hearing ({reason.en}), which this procedure cannot hold: "
            "use the ordinary procedure.",
            "APL63", "penalty_kinds" if c.fine is None else "fine",
        )  # fmt: skip


def hearing_right_was_respected(act: Act, c: IssueDecision) -> Iterator[Violation]:
    """V09: a penalty in scope was notified as such, and its hearing is over or waived."""
    if c.outcome != "issue" or c.decision != "penalty":
        return
    notice = act.record.notice
    if notice is None or notice.served_at is None:
        return
    scope = hearing_scope(act, c.penalty_kinds, c.fine, c.confiscated_amount)
    if scope is not None and not notice.hearing_right:
        yield against(
            "V09", f"告知书没有告知听证权利（{scope.zh}），应当重新告知。",
            f"The notice did not tell the right to a hearing ({scope.en}): notify again.", "APL63",
        )  # fmt: skip
    if notice.hearing_right:
        yield from _hearing_is_over(act)


def _hearing_is_over(act: Act) -> Iterator[Violation]:
    hearing = act.record.hearing
    if hearing is not None and hearing.pending:
        yield against(
            "V09", "听证还没有结束，不能作出处罚决定。",
            "The hearing is not over: no penalty may be decided.", "APL65",
        )  # fmt: skip
    elif act.record.hearing_waiver is None and not may_no_longer_ask(act):
        last = last_day_to_ask(act)
        until, until_en = (f"至{worded(last)}", f" until {last}") if last else ("", "")
        yield against(
            "V09", f"申请听证的期限{until}还没有届满，当事人也没有书面放弃，不能作出处罚决定。",
            f"The party may ask for a hearing{until_en} and has not waived it in writing: "
            "no penalty may be decided yet.",
            "APL64",
        )  # fmt: skip


def may_no_longer_ask(act: Act) -> bool:
    """The right is used up: a hearing ended, or the time to ask is over."""
    hearing, notice = act.record.hearing, act.record.notice
    used = hearing is not None and hearing.admission == "admit" and not hearing.pending
    over = notice is not None and notice.hearing_over_at is not None
    return used or over or act.clocks.over("CLK_HEARING_REQ")


def reviewed_after_hearing(act: Act) -> bool:
    """Whether the second review (听证后法制审核) has passed, after the host's report."""
    hearing, review = act.record.hearing, passed_review(act)
    if hearing is None or hearing.reported_at is None:
        return True
    return review is not None and review.recorded_at > hearing.reported_at


def review_followed_the_hearing(act: Act, c: IssueDecision) -> Iterator[Violation]:
    """V14: after a hearing the legal review comes again (APL 58 第一款第二项; MSA 50)."""
    if c.outcome == "issue" and not reviewed_after_hearing(act):
        yield against(
            "V14", "案件经过听证，应当在听证结束后再次法制审核；还没有通过，不能作出决定。",
            "A hearing was held: the legal review comes again after it and has not passed.",
            "APL58",
        )  # fmt: skip


def decision_rests_on_the_record(act: Act, c: IssueDecision) -> Iterator[Violation]:
    """H07, H08: APL 65: the decision is made on the record of the hearing."""
    hearing = act.record.hearing
    if c.outcome != "issue" or hearing is None or not hearing.held:
        return
    if c.decision == "penalty":
        title = Text("听证意见采纳情况", "how the hearing was taken into account")
        yield from (
            Violation("H07", v.message, v.article, v.field)
            for v in needed(c, {"hearing_adoption": title}, "APL65")
        )
        yield from _nothing_new(act, hearing)


def _nothing_new(act: Act, hearing: Hearing) -> Iterator[Violation]:
    """Evidence that came after the sitting was not examined there."""
    ended = hearing.ended_at
    late = [
        item
        for item in act.record.evidence
        if ended is not None
        and item.admissible
        and item.recorded_at > ended
        and not (item.element or "").startswith(("service:", "hearing:"))
    ]
    for item in late:
        yield against(
            "H08", f"证据{item.number}（{item.name}）是听证后取得的，没有经过听证质证，"
            "应当排除或者重新告知。",
            f"Evidence {item.number} ({item.name}) came after the hearing and was not examined: "
            "exclude it or notify again.",
            "APL65",
        )  # fmt: skip
