"""V15: collective discussion (集体讨论, APL 57): when it must be held."""

from collections.abc import Iterator

from models.errors import Text, Violation
from workflows.act import Act
from workflows.guards.law import against
from workflows.guards.review import passed_review
from workflows.guards.thresholds import HEAVY_KINDS, SHUTTING_KINDS, is_large, table_reason

OTHER_WAY = ("no_penalty", "transfer_admin", "transfer_judicial")
NOT_REQUIRED = Text("不属于应当集体讨论的案件", "no case for a collective discussion")


def discussion_required(act: Act) -> tuple[bool, Text]:
    """Whether leaders must discuss the proposed penalty together, and why."""
    report = act.record.report
    if report is None or report.proposal != "penalty":
        return False, NOT_REQUIRED
    kinds = set(report.penalty_kinds)
    large = is_large(act, "discussion", (report.fine, report.confiscated_amount))
    inputs = {
        "complex_or_major": report.complex_or_major,
        "fine_over_threshold": large,
        "revokes_or_shuts": bool(SHUTTING_KINDS & kinds),
        "review_disputed": _review_disputed(act),
    }
    told = table_reason(act, "discussion", inputs, "required")
    if told is not None:
        return True, told
    if report.complex_or_major:
        return True, Text("情节复杂或者重大违法行为", "a complex or major violation")
    if HEAVY_KINDS & kinds:
        return True, Text("处罚种类重大", "a heavy kind of penalty")
    if large:
        return True, Text(
            "金额达到集体讨论数额标准", "the amount reaches what calls for discussion"
        )
    return False, NOT_REQUIRED


def _review_disputed(act: Act) -> bool:
    """An earlier review asked for another way than the penalty that is still proposed."""
    passed = passed_review(act)
    return any(r.opinion in OTHER_WAY for r in act.record.reviews if r is not passed)


def discussion_was_held(act: Act) -> Iterator[Violation]:
    """V15 for the decision: where it is required, held on the last report and signed."""
    required, reason = discussion_required(act)
    report, discussion = act.record.report, act.record.discussion
    mine = discussion is not None and report is not None and discussion.report_id == report.id
    if required and not mine:
        yield against(
            "V15", f"应当由负责人集体讨论决定（{reason.zh}），还没有讨论。",
            f"Leaders must decide together ({reason.en}): no discussion has been held.", "APL57",
        )  # fmt: skip
    elif discussion is not None and mine and discussion.signed_at is None:
        yield against(
            "V15", "集体讨论记录还没有签署。", "The minutes have not been signed.", "APL57"
        )
