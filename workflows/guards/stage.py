"""Guards that any act in a case meets: the case still runs, a return says why."""

from collections.abc import Iterator
from typing import Any

from models.errors import Violation
from workflows import permissions
from workflows.act import Act
from workflows.commands.base import CaseCommand
from workflows.guards.law import against, empty


def case_still_runs(act: Act, c: CaseCommand) -> Iterator[Violation]:
    """S02: a case that has come to an end is not changed any more, but for side processes that
    the law starts afterwards (review, refund, withdrawal of the publication) and their steps."""
    if not permissions.open_to_change(act.case) and not _beside_the_end(act, c):
        yield against(
            "S02", "案件已经办结，不能再改动。",
            "The case has come to an end and cannot be changed.",
        )  # fmt: skip


def _beside_the_end(act: Act, c: CaseCommand) -> bool:
    """Whether the act is a step of a side process, or starts one that the pack allows now. Those
    that ran before the end are over or were cancelled with it."""
    if act.process is not None and act.process.side is not None:
        return act.process.ended_at is None
    side = act.pack.manifest.started_by(type(c).__name__) if act.pack else None
    return side is not None and act.case.stage in side.allowed_in


def return_says_why(act: Act, c: Any) -> Iterator[Violation]:
    """S05: whoever sends a file back, or keeps a decision from the public, says why."""
    if c.outcome in ("return", "withhold") and empty(c.opinion):
        yield against(
            "S05", "退回或者不予公示应当写明理由。", "Say why you return or withhold it.",
            "NONE", "opinion",
        )  # fmt: skip
