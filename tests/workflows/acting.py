"""Taking one step in tests of the pipeline, through the same intake as a page."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.task import Task
from models.types import TaskState
from workflows.commands.base import Command
from workflows.dispatch import Result
from workflows.trials.theatre import Theatre, Wish, command_of


def wished(
    stage: Theatre, person: str, case_id: uuid.UUID, element: str, data: Mapping[str, Any]
) -> Command:
    """The command that a person's page would send."""
    wish = Wish(actor=stage.person(person), case_id=case_id, element=element, data=data)
    return command_of(stage.application, wish)


def act(
    stage: Theatre, person: str, case_id: uuid.UUID, element: str, data: Mapping[str, Any]
) -> Result:
    """One step, taken by a person."""
    command = wished(stage, person, case_id, element, data)
    return stage.act(command, stage.person(person))


def open_task(session: Session, case_id: uuid.UUID) -> Task:
    """The one open task of a case."""
    query = select(Task).where(Task.case_id == case_id, Task.state == TaskState.OPEN)
    return session.scalars(query).one()
