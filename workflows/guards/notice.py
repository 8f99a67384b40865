"""Prior notice, statement, re-examination (事先告知、陈述申辩、复核): APL 44, 45, 62."""

from collections.abc import Iterator

from models.errors import Text, Violation
from workflows.act import Act
from workflows.commands.review import (
    ApproveNotice,
    RecordStatement,
    ReexamineStatement,
    ServeNotice,
)
from workflows.guards.hearing import waiver_is_signed
from workflows.guards.law import against, empty, needed
from workflows.guards.review import review_has_passed


def notice_may_be_approved(act: Act, c: ApproveNotice) -> Iterator[Violation]:
    """V09, V14: a reviewed proposal of a penalty is what the party is told.

    Where the review follows the notice, it still comes before the decision (V14 there).
    """
    if c.outcome != "agree":
        return
    if act.pack is None or not act.pack.manifest.review_after_notice:
        yield from review_has_passed(act)
    report = act.record.report
    if report is not None and report.proposal != "penalty":
        yield against(
            "V09", "最后一次报告没有建议处罚，不需要告知。",
            "The last report proposes no penalty: there is nothing to notify.", "APL44", "outcome",
        )  # fmt: skip
    if act.case.party is None:
        yield against("V04", "还没有登记当事人。", "No party is on record.", "APL44")


def notice_waits_for_service(act: Act, c: ServeNotice) -> Iterator[Violation]:
    """V09: there is a notice for the last report, and it has not been served."""
    notice = act.record.notice
    if notice is None:
        yield against("V09", "还没有批准的告知书。", "No notice has been approved yet.", "APL44")
    elif notice.served_at is not None:
        yield against(
            "V09", "这份告知书已经送达。", "This notice has been served already.", "APL44"
        )


def notice_was_served(act: Act, c: RecordStatement) -> Iterator[Violation]:
    """V09: the party states what it has to say after it was told."""
    notice = act.record.notice
    if notice is None or notice.served_at is None:
        yield against("V09", "告知书还没有送达。", "The notice has not been served.", "APL44")


def statement_is_complete(act: Act, c: RecordStatement) -> Iterator[Violation]:
    """V09: a statement has its content; a waiver is signed (书面放弃)."""
    if c.statement == "made":
        wanted = {
            "content": Text("陈述申辩内容", "what was stated"),
            "statement_way": Text("陈述申辩方式", "the way"),
        }
        yield from needed(c, wanted, "APL45")
    if c.statement == "waived" and not c.waiver_signed:
        yield against(
            "V09", "放弃陈述申辩应当由当事人书面签署。",
            "A waiver counts only when the party signed it.", "APL62", "waiver_signed",
        )  # fmt: skip
    if c.hearing_waived:
        yield from waiver_is_signed(act, bool(c.waiver_signed))


def statement_is_answered(act: Act, c: ReexamineStatement) -> Iterator[Violation]:
    """APL 45: a statement that was made is answered once, with reasons that fit the result."""
    statement = act.record.statement
    if statement is None or statement.statement != "made":
        yield against(
            "V09", "当事人没有提出陈述申辩，不需要复核。",
            "The party made no statement: there is nothing to re-examine.", "APL45",
        )  # fmt: skip
    elif act.record.reexamination is not None:
        yield against(
            "V09", "这次陈述申辩已经复核。", "This statement has been re-examined.", "APL45"
        )
    if empty(c.reasons):
        yield from needed(c, {"reasons": Text("复核理由", "the reasons")}, "APL45")
    contradicts = (c.reexamination, c.accepted) in (("upheld", "all"), ("changed", "none"))
    if contradicts:
        yield against(
            "V09", "复核结论与采纳情况不一致：全部采纳的应当变更，不采纳的应当维持。",
            "Result and acceptance contradict each other: what is accepted in full changes the "
            "proposal, what is rejected keeps it.",
            "APL45", "accepted",
        )  # fmt: skip
