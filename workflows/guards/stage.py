"""Guards that any act in a case meets: the case still runs, a return says why."""

from collections.abc import Iterator
from typing import Any

from models.errors import Violation
from workflows import permissions
from workflows.act import Act
from workflows.commands.base import CaseCommand
from workflows.guards.law import against, empty


def case_still_runs(act: Act, c: CaseCommand) -> Iterator[Violation]:
    """S02: a case that has come to an end is not changed any more."""
    if not permissions.open_to_change(act.case):
        yield against(
            "S02", "案件已经办结，不能再改动。",
            "The case has come to an end and cannot be changed.",
        )  # fmt: skip


def return_says_why(act: Act, c: Any) -> Iterator[Violation]:
    """S05: whoever sends a file back, or keeps a decision from the public, says why."""
    if c.outcome in ("return", "withhold") and empty(c.opinion):
        yield against(
            "S05", "退回或者不予公示应当写明理由。", "Say why you return or withhold it.",
            "NONE", "opinion",
        )  # fmt: skip
