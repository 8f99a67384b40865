"""Finding another holder for open tasks when someone may no longer take them."""

import uuid

from sqlalchemy import select

from models.task import Task
from models.types import TaskState
from workflows.act import Act
from workflows.projection import Earlier, assign, tell_assigned
from workflows.record import Record


def reroute(act: Act, *, away: uuid.UUID) -> list[Task]:
    """Offer or assign anew every open task of the case that was assigned to `away`."""
    act.__dict__["record"] = Record(act.session, act.case)
    moved = []
    for task in act.session.scalars(
        select(Task).where(
            Task.case_id == act.case.id, Task.state == TaskState.OPEN, Task.assignee_id == away
        )
    ):
        found = assign(act, list(task.roles), task.command, Earlier())
        task.assignee_id = found.person_id
        task.claimed_at = act.now if found.person_id else None
        task.why = {"zh": found.why.zh, "en": found.why.en}
        task.rev += 1
        if found.person_id is not None:
            tell_assigned(act, task, returned=False)
        moved.append(task)
    return moved
