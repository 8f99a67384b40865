"""Moving the tokens: one engine step after the handler has changed the record."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from models.process import ProcessHistory, ProcessInstance
from models.task import Task
from models.types import Stage, TaskState
from workflows import engine, projection
from workflows.act import Act, Outcome, Scalar
from workflows.catalogue import LoadedPack
from workflows.commands.base import Command, TaskCommand
from workflows.commands.routing import ROUTING
from workflows.operations import OPERATIONS


@dataclass(frozen=True, slots=True)
class Moved:
    """What the step opened, and the digest of the state after it."""

    digest: str
    opened: list[Task] = field(default_factory=list)
    standing: list[Task] | None = None
    """Open tasks of the case; None where another process of it may have some too."""


def advance(act: Act, command: Command, outcome: Outcome) -> Moved | None:
    """Start, complete or wake the process as the command asks; None where no token moves."""
    _check_routing(command, outcome)
    if isinstance(command, TaskCommand):
        return _complete(act, command, outcome)
    if outcome.starts:
        return _start(act, outcome)
    if act.fired is not None:
        return _clock(act, outcome)
    return None


def _check_routing(command: Command, outcome: Outcome) -> None:
    """A handler that returns what its command has not declared is wrong, not the user."""
    domains = ROUTING.get(type(command).__name__, {})
    for name, value in outcome.routing.items():
        if not name.startswith("extra.") and value not in domains.get(name, ()):
            raise ValueError(f"{type(command).__name__} may not route {name}={value!r}")


def _perform(
    act: Act, outcome: Outcome
) -> Callable[[str, Mapping[str, Scalar | None]], dict[str, Scalar]]:
    def perform(operation: str, variables: Mapping[str, Scalar | None]) -> dict[str, Scalar]:
        done = OPERATIONS[operation](act)
        outcome.events.extend(done.events)
        outcome.documents.extend(done.documents)
        outcome.jobs.extend(done.jobs)
        return dict(done.routing)

    return perform


def _start(act: Act, outcome: Outcome) -> Moved:
    pack = _pack(act)
    step = engine.start(pack.source, routing=outcome.routing, perform=_perform(act, outcome))
    process = ProcessInstance(
        id=uuid.uuid4(),
        case_id=act.case.id,
        pack_version_id=pack.version_id,
        process_key=pack.source.process_id,
        main=True,
        rev=0,
        rounds={},
        started_at=act.now,
        state=b"",
        codec=step.codec,
        digest=step.digest,
    )
    act.session.add(process)
    act.session.flush()
    return _save(act, process, step)


def _complete(act: Act, command: TaskCommand, outcome: Outcome) -> Moved:
    task, process = act.task, act.process
    assert task is not None
    assert process is not None
    _close(act, task)
    projection.count_round(process, task.element, act.actor.person_id)
    step = engine.complete(
        _pack(act).source, process.state, task.id.hex, outcome.routing, _perform(act, outcome)
    )
    return _save(act, process, step)


def _close(act: Act, task: Task) -> None:
    task.state = TaskState.DONE
    task.rev += 1
    task.completed_at = act.now
    task.completed_by_id = act.actor.person_id
    task.acting_for_id = act.acting_for


def _clock(act: Act, outcome: Outcome) -> Moved | None:
    """Tell every process that waits for the clock; one that does not wait is left alone."""
    moved: Moved | None = None
    rows = act.session.scalars(
        select(ProcessInstance).where(
            ProcessInstance.case_id == act.case.id, ProcessInstance.ended_at.is_(None)
        )
    )
    for process in rows.all():
        standing = engine.inspect(_pack(act).source, process.state)
        if any(wait.clock == act.fired for wait in standing.clock_waits):
            step = engine.clock_due(
                _pack(act).source,
                process.state,
                str(act.fired),
                _perform(act, outcome),
                routing=outcome.routing,
            )
            moved = _save(act, process, step)
    return moved


def _save(act: Act, process: ProcessInstance, step: engine.StepResult) -> Moved:
    if process.rev:
        act.session.add(
            ProcessHistory(
                process_id=process.id,
                rev=process.rev,
                at=act.now,
                codec=process.codec,
                state=process.state,
            )
        )
    process.state, process.codec, process.digest = step.state, step.codec, step.digest
    process.rev += 1
    if step.ended:
        process.ended_at = act.now
        _end(act, step)
    found = projection.project(act, process, step)
    return Moved(step.digest, found.opened, found.tasks if process.main else None)


def _end(act: Act, step: engine.StepResult) -> None:
    """The stage of the end event that was reached, as the pack says."""
    ends = _pack(act).manifest.ends
    reached = next((e for e in reversed(step.end_elements) if e in ends), None)
    if reached is not None:
        act.case.stage = Stage(ends[reached])


def _pack(act: Act) -> LoadedPack:
    assert act.pack is not None
    return act.pack
