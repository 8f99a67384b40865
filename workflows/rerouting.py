"""Finding another holder for open tasks when someone may no longer take them (回避, APL 43)."""

import uuid

from sqlalchemy import select

from models.case import CaseHandler, Recusal
from models.events import Event
from models.person import Person
from models.task import Task
from models.types import TaskState
from workflows.act import Act, told
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


def step_back(
    act: Act,
    person: Person,
    replacement: Person | None,
    reason: str,
    *,
    by: uuid.UUID | None = None,
) -> Event:
    """A person steps back; a handler is replaced at once and open tasks find another holder.

    `by` is who decided, where somebody else records it.
    """
    act.session.add(
        Recusal(
            **act.stamp(),
            person_id=person.id,
            decided_by_id=by or act.actor.person_id,
            replacement_id=replacement.id if replacement else None,
            reason=reason,
        )
    )
    for handler in act.case.active_handlers():
        if handler.person_id == person.id:
            _replace(act, handler, replacement)
    act.session.flush()
    reroute(act, away=person.id)
    return told(
        "case:recusal:decided",
        f"{person.name}回避" + (f"，由{replacement.name}接替。" if replacement else "。"),
        f"{person.name_en} steps back"
        + (f"; {replacement.name_en} replaces." if replacement else "."),
    )


def _replace(act: Act, handler: CaseHandler, replacement: Person | None) -> None:
    handler.until, handler.reason = act.now, "回避"
    if replacement is None:
        return
    act.case.handlers.append(
        CaseHandler(person_id=replacement.id, person=replacement, lead=handler.lead, since=act.now)
    )
