"""RM12-RM14: acting anew, finishing, and the agency's own revision."""

from collections.abc import Iterator

from models.errors import Text, Violation
from models.own_revision import OwnRevision
from models.remedy import Remedy
from workflows.act import Act
from workflows.commands.follow_up import (
    DecideAnew,
    DecideOwnRevision,
    DiscussOwnRevision,
    FinishRemedy,
    OpenFollowUp,
    ProposeOwnRevision,
)
from workflows.guards.law import against, empty, needed
from workflows.remedying import DONE_ELSEWHERE, find_case, follow_ups, last_outcome, under_way

PROCEDURE = frozenset({"procedure"})
TITLES = {
    "withdraw": Text("撤回公示", "the withdrawal of the publication"),
    "replace": Text("更换公示内容", "the replacement of the publication"),
    "refund": Text("退还罚没款", "the refund"),
    "redo": Text("重新作出行政行为", "acting anew"),
}


def _cause(act: Act) -> Remedy | OwnRevision | None:
    rows = follow_ups(act)
    if not rows:
        return None
    row = rows[-1]
    if row.remedy_id is not None:
        return next((r for r in act.record.remedies if r.id == row.remedy_id), None)
    return act.record.last(OwnRevision)


def something_has_ended(act: Act, c: OpenFollowUp) -> Iterator[Violation]:
    """RM13: only an outcome has consequences."""
    yield from needed(c, {"kinds": Text("后续事项", "what"), "reason": Text("理由", "the reason")})
    if last_outcome(act) is None:
        yield against(
            "RM13", "没有已经终结的复议、诉讼或者自行纠正。",
            "Nothing has come to an outcome yet.", "ARL64",
        )  # fmt: skip


def acting_anew_is_allowed(act: Act, c: DecideAnew) -> Iterator[Violation]:
    """RM12: on the same facts and reasons only where it was revoked for its procedure alone
    (ARL 64 (2), ALL 71); where it was ordered, it is not left undone."""
    yield from needed(c, {"reason": Text("理由", "the reason")}, "ARL64")
    cause = _cause(act)
    if c.again == "yes" and c.same_facts and cause and cause.ground not in PROCEDURE:
        yield against(
            "RM12",
            "不得以同一的事实和理由作出与原行政行为相同或者基本相同的行政行为；"
            "仅因违反法定程序被撤销的除外。",
            "The same act on the same facts and reasons is barred, unless procedure alone was at "
            "fault.", "ARL64", "same_facts",
        )  # fmt: skip
    if c.again == "no" and isinstance(cause, Remedy) and cause.outcome == "redo":
        yield against(
            "RM12", "已被责令重新作出行政行为，应当在规定期限内重作。",
            "The agency was ordered to act anew and has to.", "ARL64", "again",
        )  # fmt: skip


def everything_is_done(act: Act, c: FinishRemedy) -> Iterator[Violation]:
    """RM13: publication withdrawn, money refunded, and a new case where the agency acts anew."""
    yield from needed(c, {"summary": Text("落实情况", "what was done")})
    for row in follow_ups(act):
        if row.done_on is not None:
            continue
        side = DONE_ELSEWHERE.get(row.kind, ("", ""))[0]
        waits = side in act.case.open_sides or (row.kind == "redo" and not c.new_case_no)
        if waits and row.kind in TITLES:
            title = TITLES[row.kind]
            yield against(
                "RM13", f"“{title.zh}”还没有办完，不能办结。",
                f"Not done yet: {title.en}.", "APL48" if row.kind == "withdraw" else "NONE",
                "new_case_no" if row.kind == "redo" else None,
            )  # fmt: skip
    if not empty(c.new_case_no):
        yield from _new_case(act, c)


def _new_case(act: Act, c: FinishRemedy) -> Iterator[Violation]:
    found = find_case(act, str(c.new_case_no))
    if found is None or found.id == act.case.id:
        yield against(
            "RM13", "没有找到这个案号；重作应当另立新案。",
            "No such case: acting anew is a new one.",
            "ARL64", "new_case_no",
        )  # fmt: skip


def revision_is_reasoned(act: Act, c: ProposeOwnRevision) -> Iterator[Violation]:
    """RM14: a decision in force, with a ground; a change names what is left, never more; a typing
    error touches no substance."""
    yield from needed(c, {"reason": Text("事实和理由", "facts and reasons")}, "APL75")
    decision = act.record.decision
    if decision is None:
        yield against("RM14", "本案没有处罚决定。", "There is no decision.", "APL75")
        return
    if c.act == "change":
        yield from needed(c, {"new_fine": Text("变更后的罚款", "the new fine")}, "APL75")
        if c.new_fine is not None and decision.fine is not None and c.new_fine > decision.fine:
            yield against(
                "RM14", "自行变更不得加重处罚；需要加重的，应当撤销后重新告知、重新决定。",
                "A change of one's own is never heavier.", "APL75", "new_fine",
            )  # fmt: skip
    if c.act == "correct":
        wanted = {
            "wrong_words": Text("原文", "the wrong words"),
            "right_words": Text("更正为", "the right words"),
        }
        yield from needed(c, wanted, "APL75")
        if c.ground != "typing":
            yield against(
                "RM14", "补正只用于不影响实体的文字、计算错误。",
                "Only typing and arithmetic errors are corrected so.", "APL75", "ground",
            )  # fmt: skip
    elif c.ground == "typing":
        yield against(
            "RM14", "文字错误用补正，不撤销、变更决定。",
            "A typing error is corrected, not revoked.",
            "APL75", "act",
        )  # fmt: skip
    already = any(r.decided_at and r.act == "revoke" for r in act.record.all(OwnRevision))
    if already:
        yield against("RM14", "决定已经撤销。", "The decision is revoked already.", "APL75")


def revision_was_reviewed(
    act: Act, c: DecideOwnRevision | DiscussOwnRevision
) -> Iterator[Violation]:
    """RM14: no revision without the legal office's word."""
    row = act.record.last(OwnRevision)
    if c.outcome == "approve" and (row is None or row.reviewed_at is None):
        yield against("RM14", "还没有法制审核。", "The legal office has not reviewed it.", "APL58")


def no_typing_during_a_remedy(act: Act, c: ProposeOwnRevision) -> Iterator[Violation]:
    """RM14: while a remedy is under way the wording is not touched; the act itself may still be
    revised (ALL 62)."""
    row = under_way(act)
    if row is not None and c.act == "correct":
        yield against(
            "RM14", "复议、诉讼期间不补正决定，请在答复中说明。",
            "During a remedy a typing error is explained in the reply.", "ARL46", "act",
        )  # fmt: skip
