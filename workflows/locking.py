"""What an act begins with: the case locked, and in the same look what the command is about."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, select
from sqlalchemy.orm import Session, aliased

from models.case import Case
from models.errors import NotFound, Stale
from models.parameter import LawVersion
from models.process import ProcessInstance
from models.task import Task
from models.types import TaskState
from workflows.commands.base import CaseCommand, Command, TaskCommand
from workflows.commands.lead import RegisterLead
from workflows.record import CasePeople, people_columns, reported_column

# Built once; each act asks them with its own keys.
_LAW = select(LawVersion.version).where(LawVersion.id == 1)
_LOCKED = (
    select(Case, _LAW.scalar_subquery())
    .where(Case.id == bindparam("case"))
    .with_for_update(of=Case)
)
_SEEN = aliased(Case)
_PEOPLE = people_columns(Case.id)
_REPORTED = reported_column(Case.id)


def _with_task(wanted: ColumnElement[bool]) -> Select[Any]:
    """The locked case with its task, the task's process, the case's people, and whether it has
    a report (what every review asks first).

    A lock that had to wait gives the case as it is now, but the rest as it was before: then the
    revision seen beside it (`_SEEN`) is another, and the rest is asked for again.
    """
    return (
        select(Case, _LAW.scalar_subquery(), _SEEN.rev, Task, ProcessInstance, _REPORTED, *_PEOPLE)
        .join(_SEEN, _SEEN.id == Case.id)
        .outerjoin(Task, and_(Task.case_id == Case.id, wanted))
        .outerjoin(ProcessInstance, ProcessInstance.id == Task.process_id)
        .where(Case.id == bindparam("case"))
        .limit(1)
        .with_for_update(of=Case)
    )


_BY_TASK = _with_task(Task.id == bindparam("task"))
_BY_COMMAND = _with_task(and_(Task.command == bindparam("command"), Task.state == TaskState.OPEN))


@dataclass(frozen=True, slots=True)
class Locked:
    """What an act begins with; all of it read under the case's lock."""

    law: int
    case: Case | None = None
    task: Task | None = None
    process: ProcessInstance | None = None
    people: CasePeople | None = None
    reported: bool | None = None
    """Whether the case has a final report; None where it was not asked."""


def lock(session: Session, command: Command) -> Locked:
    """The case, locked for the whole act, with what the command is about, in one look."""
    if not isinstance(command, CaseCommand) or isinstance(command, RegisterLead):
        return Locked(session.scalar(_LAW) or 0)
    if isinstance(command, TaskCommand):
        return _lock_task(session, command)
    row = session.execute(_LOCKED, {"case": command.case_id}).first()
    if row is None:
        raise NotFound()
    return Locked(row[1] or 0, row[0])


def _lock_task(session: Session, command: TaskCommand) -> Locked:
    """The task that the command completes; a page that is behind is told so."""
    query = _BY_COMMAND if command.task_id is None else _BY_TASK
    wanted = {"case": command.case_id, "task": command.task_id, "command": type(command).__name__}
    wanted.pop("task" if command.task_id is None else "command")
    row = session.execute(query, wanted).first()
    if row is not None and row[0].rev != row[2]:
        again = query.execution_options(populate_existing=True)
        row = session.execute(again, wanted).first()
    if row is None or (command.task_id is not None and row[3] is None):
        raise NotFound()
    case, law, _, task, process, reported, *people = row
    if command.task_id is not None:
        if task.command != type(command).__name__:
            raise NotFound()
        if task.state != TaskState.OPEN or (command.rev is not None and command.rev != task.rev):
            raise Stale()
    return Locked(law or 0, case, task, process, CasePeople.of(*people), reported)
