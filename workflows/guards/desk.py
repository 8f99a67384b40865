"""Work on tasks: claim, release, hand over, remark."""

import uuid
from collections.abc import Iterator

from models.errors import Text, Violation
from models.person import Person
from models.task import Task
from models.types import Role, TaskState
from workflows import duties, permissions
from workflows.act import Act
from workflows.commands.desk import AddCaseNote, ClaimTask, HandOverTask, ReleaseTask
from workflows.guards.law import against, needed

NOTE_LENGTH = 2000
"""Characters that a remark may have: as many as its column holds."""
REASON_LENGTH = 400


def _task(act: Act, c: ClaimTask | ReleaseTask | HandOverTask) -> Task | None:
    task = act.session.get(Task, c.task_id)
    return task if task is not None and task.case_id == act.case.id else None


def task_is_open(act: Act, c: ClaimTask | ReleaseTask | HandOverTask) -> Iterator[Violation]:
    """T01: the task belongs to this case and waits."""
    task = _task(act, c)
    if task is None:
        yield against("T01", "本案没有这项任务。", "The case has no such task.", field="task_id")
    elif task.state != TaskState.OPEN:
        yield against(
            "T01", "这项任务已经办结或者取消。", "This task is done or cancelled.", field="task_id"
        )


def task_is_offered_to_me(act: Act, c: ClaimTask) -> Iterator[Violation]:
    """T02: nobody has it yet, my role fits, and no duty stands against it."""
    task = _task(act, c)
    if task is None:
        return
    if task.assignee_id is not None:
        yield against("T02", "这项任务已经有人办理。", "Somebody has this task already.")
    holding = permissions.holding_for(act.actor, frozenset(task.roles), act.case)
    if holding is None:
        yield against("T02", "您没有办理它的职责。", "You hold no role for it.")
        return
    me = frozenset({act.actor.person_id} | ({holding.acting_for} if holding.acting_for else set()))
    yield from duties.against(task.command, me, act.record)
    if _handlers_only(act, task) and not me & _active(act):
        yield against(
            "T02", "这项任务由本案办案人员办理。", "This task belongs to the handlers of the case."
        )


def _handlers_only(act: Act, task: Task) -> bool:
    return Role.HANDLER in task.roles and bool(_active(act))


def _active(act: Act) -> frozenset[uuid.UUID]:
    return frozenset(h.person_id for h in act.case.active_handlers())


def task_is_mine(act: Act, c: ReleaseTask | HandOverTask) -> Iterator[Violation]:
    """T03: I hold the task, or act for its holder."""
    task = _task(act, c)
    if task is None:
        return
    away = {h.acting_for for h in act.actor.holdings if h.acting_for is not None}
    if task.assignee_id is None or task.assignee_id not in {act.actor.person_id, *away}:
        yield against("T03", "这项任务不在您手上。", "You do not hold this task.")


def receiver_may_take_it(act: Act, c: HandOverTask) -> Iterator[Violation]:
    """T04: the colleague holds the role, is not excluded, and is somebody else."""
    unknown = act.people.unknown([c.to], "to")
    task = _task(act, c)
    if unknown or task is None:
        yield from unknown
        return
    yield from _receives(act, task, act.people.get(c.to))


def _receives(act: Act, task: Task, person: Person) -> Iterator[Violation]:
    name = person.name
    if person.id == task.assignee_id:
        yield against("T04", f"任务已经在{name}手上。", f"{name} holds it already.", field="to")
    able = act.people.eligible(task.roles, act.case.subject_id, act.case.unit_id)
    if person.id not in able:
        yield against(
            "T04",
            f"{name}没有办理这项任务的职责。",
            f"{name} holds no role for this task.",
            field="to",
        )
    if person.id in duties.excluded(task.command, act.record):
        yield against(
            "T04", f"按照职责分离或者回避的规定，{name}不能办理这项任务。",
            f"By separation of duties or recusal {name} may not take this task.", "DUTIES", "to",
        )  # fmt: skip
    if _handlers_only(act, task) and person.id not in _active(act):
        yield against(
            "T04", f"{name}不是本案办案人员。", f"{name} is no handler of this case.", "APL42", "to"
        )


def handing_over_is_reasoned(act: Act, c: HandOverTask) -> Iterator[Violation]:
    """The colleague learns why."""
    yield from needed(c, {"reason": Text("转交理由", "the reason")})
    yield from _short(c.reason, REASON_LENGTH, "reason")


def note_is_readable(act: Act, c: AddCaseNote) -> Iterator[Violation]:
    """A remark says something, and fits."""
    yield from needed(c, {"text": Text("备注内容", "the remark")})
    yield from _short(c.text, NOTE_LENGTH, "text")


def _short(text: str, most: int, field: str) -> Iterator[Violation]:
    if len(text) > most:
        yield against(
            "R02", f"最多{most}个字，现有{len(text)}个字。",
            f"At most {most} characters; these are {len(text)}.", field=field,
        )  # fmt: skip
