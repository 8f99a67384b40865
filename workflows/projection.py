"""Tasks, stage and due dates as lists need them, written in the act's own transaction."""

import uuid
from dataclasses import dataclass

from sqlalchemy import inspect, select

from models.case import Case
from models.errors import Text
from models.grams import grams_of
from models.note import Notification
from models.process import ProcessInstance
from models.task import Task
from models.types import NotificationKind, Role, Stage, TaskState
from workflows import duties, pipelining
from workflows.act import Act
from workflows.engine import OpenTask, StepResult

PAIR_WHY = Text("您是本案主办人员", "You lead this case")
UNIT_WHY = Text("本中队办案人员均可认领", "Any handler of your unit may take it")
ONLY_WHY = Text("只有您一人能办这一步", "You are the only one who may take this step")
AGAIN_WHY = Text("上一轮由您办理", "You took the last round")
OFFER_WHY = Text("您的职责可以认领", "Your role may take it")


@dataclass(frozen=True, slots=True)
class Assignment:
    """Whose task it is (None: offered) and why."""

    person_id: uuid.UUID | None
    why: Text


@dataclass(frozen=True, slots=True)
class Standing:
    """The open tasks of a process after a step, and which of them are new."""

    tasks: list[Task]
    opened: list[Task]


def project(act: Act, process: ProcessInstance, step: StepResult) -> Standing:
    """Bring the task rows in line with where the tokens stand.

    What the step itself says decides: tasks that it entered are new, tasks that it cancelled are
    cancelled. Only others that wait in parallel are looked up.
    """
    entered = {e.task_id for e in step.events if e.kind == "element_entered"}
    waiting = {uuid.UUID(hex=t.id): t for t in step.open_tasks}
    fresh = {id_ for id_, t in waiting.items() if t.id in entered}
    gone = {
        uuid.UUID(hex=e.task_id) for e in step.events if e.kind == "task_cancelled"
    } - waiting.keys()
    others = _by_id(act, (waiting.keys() - fresh) | gone)
    for task in others:
        if task.id in gone and task.state == TaskState.OPEN:
            task.state = TaskState.CANCELLED
            task.rev += 1
    opened = [_open(act, process, id_, t) for id_, t in waiting.items() if id_ in fresh]
    return Standing([t for t in others if t.id not in gone] + opened, opened)


def _by_id(act: Act, ids: set[uuid.UUID]) -> list[Task]:
    if not ids:
        return []
    return list(act.session.scalars(select(Task).where(Task.id.in_(ids))))


def _open(act: Act, process: ProcessInstance, id_: uuid.UUID, waiting: OpenTask) -> Task:
    case, pack = act.case, act.pack
    assert pack is not None
    binding = pack.manifest.tasks[waiting.element]
    lane = pack.lane_of(waiting)
    roles = [str(role) for role in pack.manifest.lanes[lane].roles]
    earlier = _earlier(process, waiting.element)
    assignment = assign(act, roles, binding.command, earlier)
    task = Task(
        id=id_,
        case_id=case.id,
        process_id=process.id,
        element=waiting.element,
        title=binding.title.zh,
        title_en=binding.title.en,
        lane=lane,
        roles=roles,
        role_set=role_set(roles),
        command=binding.command,
        state=TaskState.OPEN,
        round=earlier.rounds + 1,
        assignee_id=assignment.person_id,
        why={"zh": assignment.why.zh, "en": assignment.why.en},
        from_person_id=act.actor.id,
        opened_at=act.now,
        claimed_at=act.now if assignment.person_id else None,
        subject_id=case.subject_id,
        unit_id=case.unit_id,
        party_name=case.party_name,
        clock=binding.clock,
    )
    act.session.add(task)
    if binding.stage and case.stage != Stage.TRANSFERRED_CRIMINAL:
        # With the police it stays, whatever runs on beside it; it is set when the case comes back.
        case.stage = Stage(binding.stage)
    if assignment.person_id and assignment.person_id != act.actor.id:
        tell_assigned(act, task, returned=earlier.rounds > 0)
    return task


def role_set(roles: list[str]) -> str:
    """The roles of a lane as one key: a person asks for every set that holds one of theirs."""
    return ",".join(sorted(roles))


@dataclass(frozen=True, slots=True)
class Earlier:
    """How often a step was taken in the case, and who took it last."""

    rounds: int = 0
    last_by: uuid.UUID | None = None


def _earlier(process: ProcessInstance, element: str) -> Earlier:
    """From the process row, which each step writes anyway."""
    count, person = process.rounds.get(element, (0, None))
    return Earlier(count, uuid.UUID(person) if person else None)


def count_round(process: ProcessInstance, element: str, person: uuid.UUID) -> None:
    """A step was taken once more."""
    count, _ = process.rounds.get(element, (0, None))
    process.rounds = {**process.rounds, element: [count + 1, str(person)]}


def assign(act: Act, roles: list[str], command: str, earlier: Earlier) -> Assignment:
    """Handlers' tasks go to the lead handler, repeated ones to who did them, others are offered."""
    if Role.HANDLER in roles:
        return _to_handler(act)
    unable = duties.excluded(command, act.record)
    able = [
        p
        for p in act.people.eligible(roles, act.case.subject_id, act.case.unit_id)
        if p not in unable
    ]
    if earlier.last_by in able:
        return Assignment(earlier.last_by, AGAIN_WHY)
    if len(able) == 1:
        return Assignment(able[0], ONLY_WHY)
    return Assignment(None, OFFER_WHY)


def _to_handler(act: Act) -> Assignment:
    lead = act.record.lead_handler
    return Assignment(lead, PAIR_WHY) if lead else Assignment(None, UNIT_WHY)


def tell_assigned(act: Act, task: Task, *, returned: bool) -> None:
    """Tell the assignee (not those to whom it is merely offered) that a task waits."""
    assert task.assignee_id is not None
    kind = NotificationKind.TASK_RETURNED if returned else NotificationKind.TASK_ASSIGNED
    told = Notification(
        id=uuid.uuid4(),
        person_id=task.assignee_id,
        case_id=task.case_id,
        kind=kind,
        text={
            "zh": f"{task.party_name}：{task.title}",
            "en": f"{task.party_name}: {task.title_en}",
        },
        link=f"/tasks/{task.id}",
        dedup=f"task:{task.id}:{task.rev or 1}",
        created_at=act.now,
    )
    pipelining.append(act.session, told)


def refresh(act: Act, tasks: list[Task] | None) -> None:
    """Repeat what lists show (party, number, due days) on the case and its open tasks."""
    case = act.case
    dues, first = act.clocks.dues(), act.clocks.next_due()
    _set(case, "next_due_at", first.due_at if first else None)
    _set(case, "next_clock", first.code if first else None)
    for task in tasks if tasks is not None else _open_tasks(act):
        due = dues.get(task.clock) if task.clock else None
        _set(task, "due_at", due.due_at if due else None)
        _set(task, "last_day", due.last_day if due else None)
        _set(task, "party_name", case.party_name)
        _set(task, "case_no", case.case_no or case.lead_no)
        _set(task, "matter_title", case.matter_title)
    if not case.grams or SEARCHED & inspect(case).committed_state.keys():
        _set(case, "grams", bigrams(case))


def _open_tasks(act: Act) -> list[Task]:
    """The open tasks of a case, those of this act that are not yet written among them."""
    query = select(Task).where(Task.case_id == act.case.id, Task.state == TaskState.OPEN)
    fresh = (row for row in act.session.new if isinstance(row, Task))
    found = [*act.session.scalars(query), *(t for t in fresh if t.case_id == act.case.id)]
    return [task for task in found if task.state == TaskState.OPEN]


def _set(row: object, name: str, value: object) -> None:
    if getattr(row, name) != value:
        setattr(row, name, value)


SEARCHED = frozenset({"case_no", "lead_no", "party_name", "matter_title", "act_place"})
"""Columns of the case that search finds."""


def bigrams(case: Case) -> list[str]:
    """Pairs of neighbouring characters of what search finds: number, party, matter, place."""
    found: set[str] = set()
    for name in SEARCHED:
        found |= grams_of(getattr(case, name) or "")
    return sorted(found)
