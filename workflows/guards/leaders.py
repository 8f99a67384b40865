"""V15 for what the leaders decide together beside the decision itself (MSA 4, 64)."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from models.errors import Violation
from workflows.act import Act
from workflows.commands.leaders import LeadersCommand
from workflows.guards import meeting
from workflows.guards.law import against, empty


def leaders_met(act: Act, c: LeadersCommand) -> Iterator[Violation]:
    """Those who sat are heads who may vote, enough of them came, the chair speaks last."""
    present = [member for member in c.members if member.get("attended")]
    yield from meeting.members(act, [str(m.get("person")) for m in c.members], "members")
    yield from meeting.quorum(act, present, len(c.members))
    yield from meeting.chair(act, c, present)
    yield from meeting.votes_are_complete(act, c)


def majority_agrees(act: Act, c: LeadersCommand) -> Iterator[Violation]:
    """What was granted had the majority that the rule asks for."""
    if c.outcome != "approve":
        return
    present = [member for member in c.members if member.get("attended")]
    agree = sum(member.get("vote") == "agree" for member in present)
    of_all = act.parameter("discussion.majority_of") == "all_members"
    base = len(c.members) if of_all else len(present)
    share = act.law.fraction("discussion.majority", act.today, act.case.subject_id)
    if base == 0 or Fraction(agree, base) <= share:
        yield against(
            "V15", f"同意{agree}票，没有超过{base}人的{share}，不能通过。",
            f"{agree} agreed, not more than {share} of {base}: it has not passed.",
            "APL57", "outcome",
        )  # fmt: skip


def refusal_says_why(act: Act, c: Any) -> Iterator[Violation]:
    """S05: whoever refuses says why, as whoever returns does."""
    if c.outcome == "refuse" and empty(c.opinion):
        yield against(
            "S05", "不同意的应当写明理由。", "Say why you refuse.", "NONE", "opinion"
        )  # fmt: skip
