"""Asking the guards: what stands against a command, by rule and by field."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any

from models.errors import Violation
from tests.story import Story
from workflows.act import Act
from workflows.commands.base import CaseCommand, Command
from workflows.guards.table import GUARDS


def violations(act: Act, command: Command) -> list[Violation]:
    """Everything that the command's guards say, as dispatch asks them."""
    return [v for guard in GUARDS[type(command).__name__] for v in guard(act, command)]


def refused(story: Story, who: str, when: datetime, command: Command) -> list[Violation]:
    """The same for a person of the story at a moment."""
    return violations(story.act(who, when), command)


def rules(found: list[Violation]) -> set[str]:
    """The rule ids."""
    return {violation.rule for violation in found}


def fields(found: list[Violation], rule: str) -> set[str | None]:
    """The fields at which a rule failed."""
    return {violation.field for violation in found if violation.rule == rule}


def changed(command: Any, **values: Any) -> Any:
    """The same command with other values."""
    return dataclasses.replace(command, **values)


def of(story: Story, command: type[CaseCommand], /, **values: Any) -> Any:
    """A command in the story's case."""
    return command(case_id=story.case.id, **values)
