"""Legal review (法制审核, APL 58): who may review, and an opinion that agrees with itself."""

from collections.abc import Iterator
from datetime import date

from models.errors import Text, Violation
from models.person import Person
from models.review import ReviewOpinion
from workflows.act import Act
from workflows.commands.review import ApproveNotice, ReviewReport, SubmitReviewOpinion
from workflows.guards.law import against, empty, needed
from workflows.menus import menu_of

PASSING = ("agree", "other")
"""Opinions with which a review can pass."""
SUPPLEMENTING = ("supplement", "return_materials", "other")


def reviewer_is_qualified(act: Act, c: SubmitReviewOpinion) -> Iterator[Violation]:
    """V14: first-time reviewers hold the legal qualification (APL 58 第二款)."""
    person = act.session.get(Person, act.actor.id) if act.actor.id else None
    if person is None or person.legal_qualified:
        return
    since = date.fromisoformat(str(act.parameter("legal_review.qualification_since")))
    if person.reviewer_since is None or person.reviewer_since >= since:
        yield against(
            "V14",
            f"{person.name}初次从事法制审核，应当取得国家统一法律职业资格，请由其他人员审核。",
            f"{person.name} reviews for the first time without the legal qualification: "
            "let somebody else review.",
            "APL58",
        )


def report_was_submitted(
    act: Act, c: ReviewReport | SubmitReviewOpinion | ApproveNotice
) -> Iterator[Violation]:
    """V05: reviews and approvals follow the report."""
    if not act.record.reported:
        yield against("V05", "还没有调查终结报告。", "There is no final report yet.", "MSA48")


def opinion_fits_result(act: Act, c: SubmitReviewOpinion) -> Iterator[Violation]:
    """V14: what passes has no faults; what does not pass says which (MSA 53, 54)."""
    if c.review == "pass":
        yield from _passing(c)
        return
    wanted = {
        "failure_reasons": Text("未通过原因", "why it did not pass"),
        "reasons": Text("具体理由", "the reasons"),
    }
    yield from needed(c, wanted, "MSA54")
    fits = c.opinion in SUPPLEMENTING if c.review == "supplement" else c.opinion != "agree"
    if not fits:
        yield against(
            "V14", "审核意见与审核结果不一致，请改其中一项。",
            "Opinion and result contradict each other: change one of them.", "MSA54", "opinion",
        )  # fmt: skip


def _passing(c: SubmitReviewOpinion) -> Iterator[Violation]:
    if c.opinion not in PASSING:
        yield against(
            "V14", "审核通过的，意见应当为“同意”；有其他意见的，请退回。",
            "A review that passes agrees; with another opinion, send the file back.",
            "MSA54", "opinion",
        )  # fmt: skip
    if c.opinion == "other":
        yield from needed(c, {"reasons": Text("具体理由", "the reasons")}, "MSA54")
    if c.failure_reasons:
        yield against(
            "V14",
            "审核通过的，不应填写未通过原因。",
            "A review that passes has no faults to name.",
            "MSA54",
            "failure_reasons",
        )
    if any(item.get("result") == "not_met" for item in c.checklist):
        yield against(
            "V14", "审查清单有“不符合”的项目，不能通过。",
            "The checklist has items that are not met: the review cannot pass.",
            "MSA53", "checklist",
        )  # fmt: skip


def checklist_is_answered(act: Act, c: SubmitReviewOpinion) -> Iterator[Violation]:
    """V14: each item of the cause's checklist is answered once; what is not met is explained."""
    menu = menu_of(act.pack, act.record.matter)
    answered = [str(line.get("item")) for line in c.checklist]
    left = [each.value for each in menu if each.value not in answered]
    if left:
        texts = {each.value: each.text for each in menu}
        yield against(
            "V14", f"审查清单还有没有回答的项目：{'；'.join(texts[one].zh for one in left)}。",
            f"Items of the checklist are not answered: {'; '.join(texts[one].en for one in left)}.",
            "MSA53", "checklist",
        )  # fmt: skip
    if len(set(answered)) != len(answered):
        yield against(
            "V14", "审查清单有重复的项目。", "An item of the checklist stands twice.", "MSA53",
            "checklist",
        )  # fmt: skip
    if any(line.get("result") == "not_met" and empty(line.get("note")) for line in c.checklist):
        yield against(
            "V14", "“不符合”的项目要写明情况。", "Say what is not met.", "MSA53", "checklist"
        )


def passed_review(act: Act) -> ReviewOpinion | None:
    """The passed review of the last report; None while that round has not passed."""
    report = act.record.report
    mine = [r for r in act.record.reviews if report is not None and r.report_id == report.id]
    return mine[-1] if mine and mine[-1].passed else None


def review_has_passed(act: Act) -> Iterator[Violation]:
    """V14: without a passed review of the last report nothing is decided (APL 58)."""
    if passed_review(act) is None:
        yield against(
            "V14", "最后一次调查终结报告还没有通过法制审核，不能作出决定。",
            "The last report has not passed the legal review: no decision may be made.", "APL58",
        )  # fmt: skip
