"""Moving the tokens: one engine step after the handler has changed the record.

A case runs one main process and any number of side processes, each with a state of its own. Side
processes share no tokens with it: what they tell it is a message at their end.
"""

import hashlib
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, select

from models.process import ProcessHistory, ProcessInstance
from models.task import Task
from models.types import EXITS, Stage, TaskState
from workflows import engine, pipelining, projection
from workflows.act import Act, Outcome, Scalar
from workflows.catalogue import LoadedPack
from workflows.commands.base import Command, TaskCommand
from workflows.commands.routing import ROUTING
from workflows.guards.side import case_may_end
from workflows.operations import OPERATIONS


@dataclass(frozen=True, slots=True)
class Moved:
    """What the step opened, and the digest of the state after it (of all states that it moved)."""

    digest: str
    opened: list[Task] = field(default_factory=list)
    standing: list[Task] | None = None
    """Open tasks of the case; None where another process of it may have some too."""


def advance(act: Act, command: Command, outcome: Outcome) -> Moved | None:
    """Start, complete or wake the process as the command asks, then start what the act brings
    about; None where no token moves."""
    _check_routing(command, outcome)
    moved = _move(act, command, outcome)
    for side in dict.fromkeys(outcome.opens):
        if act.pack and side in act.pack.manifest.side and side not in act.case.open_sides:
            moved = _both(moved, _start(act, outcome, side, {}))
    return moved


def _move(act: Act, command: Command, outcome: Outcome) -> Moved | None:
    """What the command itself asks for."""
    if isinstance(command, TaskCommand):
        return _complete(act, command, outcome)
    if outcome.starts:
        return _start(act, outcome, None)
    if act.fired is not None:
        return _clock(act, outcome)
    side = _pack(act).manifest.started_by(type(command).__name__) if act.pack else None
    return _start(act, outcome, side.name) if side else None


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
        outcome.opens.extend(done.opens)
        return dict(done.routing)

    return perform


def _start(
    act: Act, outcome: Outcome, side: str | None, routing: Mapping[str, Scalar] | None = None
) -> Moved:
    """A new process: the main one, or a side process by its name. One that an act brings about
    knows nothing of the act's own routing."""
    source = _pack(act).source_for(side)
    given = outcome.routing if routing is None else routing
    step = engine.start(source, routing=given, perform=_perform(act, outcome))
    process = ProcessInstance(
        id=uuid.uuid4(),
        case_id=act.case.id,
        pack_version_id=_pack(act).version_id,
        process_key=source.process_id,
        main=side is None,
        side=side,
        rev=0,
        rounds={},
        started_at=act.now,
        state=b"",
        codec=step.codec,
        digest=step.digest,
    )
    act.session.add(process)
    if side is not None:
        act.case.open_sides = [*act.case.open_sides, side]
    act.session.flush()
    return _save(act, process, step, outcome)


def _complete(act: Act, command: TaskCommand, outcome: Outcome) -> Moved:
    task, process = act.task, act.process
    assert task is not None
    assert process is not None
    _close(act, task)
    projection.count_round(process, task.element, act.actor.person_id)
    source = _pack(act).source_for(process.side)
    step = engine.complete(
        source, process.state, task.id.hex, outcome.routing, _perform(act, outcome)
    )
    return _save(act, process, step, outcome)


def _close(act: Act, task: Task) -> None:
    task.state = TaskState.DONE
    task.rev += 1
    task.completed_at = act.now
    task.completed_by_id = act.actor.person_id
    task.acting_for_id = act.acting_for


def _clock(act: Act, outcome: Outcome) -> Moved | None:
    """Tell every process that waits for the clock; one that does not wait is left alone."""
    moved: Moved | None = None
    for process in _open_processes(act, ProcessInstance.ended_at.is_(None)):
        source = _pack(act).source_for(process.side)
        standing = engine.inspect(source, process.state)
        if process.ended_at is None and any(w.clock == act.fired for w in standing.clock_waits):
            step = engine.clock_due(
                source,
                process.state,
                str(act.fired),
                _perform(act, outcome),
                routing=outcome.routing,
            )
            moved = _both(moved, _save(act, process, step, outcome))
    return moved


def _open_processes(act: Act, which: ColumnElement[bool]) -> list[ProcessInstance]:
    query = select(ProcessInstance).where(
        ProcessInstance.case_id == act.case.id, ProcessInstance.ended_at.is_(None), which
    )
    rows = act.session.scalars(query.order_by(ProcessInstance.started_at))
    # One that has ended in this act is still open in the database.
    return [process for process in rows if process.ended_at is None]


def _both(one: Moved | None, other: Moved | None) -> Moved | None:
    """Two processes that one act moved, as one."""
    if one is None or other is None:
        return one or other
    digest = hashlib.sha256(f"{one.digest}{other.digest}".encode()).hexdigest()
    return Moved(digest, one.opened + other.opened)


def _save(act: Act, process: ProcessInstance, step: engine.StepResult, outcome: Outcome) -> Moved:
    if process.rev:
        kept = ProcessHistory(
            process_id=process.id,
            rev=process.rev,
            at=act.now,
            codec=process.codec,
            state=process.state,
        )
        pipelining.append(act.session, kept)
    process.state, process.codec, process.digest = step.state, step.codec, step.digest
    process.rev += 1
    found = projection.project(act, process, step)
    alone = process.main and not act.case.open_sides
    moved = Moved(step.digest, found.opened, found.tasks if alone else None)
    if not step.ended:
        return moved
    process.ended_at = act.now
    if process.side is None:
        _end(act, step)
        return moved
    return _both(moved, _end_of_side(act, process.side, step, outcome)) or moved


def _end(act: Act, step: engine.StepResult) -> None:
    """The stage of the end event that was reached, as the pack says."""
    ends = _pack(act).manifest.ends
    reached = next((e for e in reversed(step.end_elements) if e in ends), None)
    if reached is not None:
        _leave(act, Stage(ends[reached]))


def _end_of_side(act: Act, side: str, step: engine.StepResult, outcome: Outcome) -> Moved | None:
    """A side process is over: the case leaves with it, or the main process hears of it."""
    binding = _pack(act).manifest.side[side]
    act.case.open_sides = [name for name in act.case.open_sides if name != side]
    ends = binding.ends or {}
    reached = next((ends[e] for e in reversed(step.end_elements) if ends.get(e)), None)
    if reached is not None:
        _leave(act, Stage(reached))
        _cancel(act, ProcessInstance.side.is_(None))
        return None
    return _tell(act, binding.on_end, outcome) if binding.on_end else None


def _tell(act: Act, message: str, outcome: Outcome) -> Moved | None:
    """Hand a message to the main process; where it does not wait for it, nothing happens."""
    source = _pack(act).source
    for process in _open_processes(act, ProcessInstance.side.is_(None)):
        with suppress(engine.NotWaiting):
            step = engine.message(
                source, process.state, message, outcome.routing, _perform(act, outcome)
            )
            return _save(act, process, step, outcome)
    return None


def _leave(act: Act, stage: Stage) -> None:
    """The case reaches a stage at an end; with an exit its side processes have to be over."""
    act.case.stage = stage
    if act.case.open_sides and act.case.stage in EXITS:
        case_may_end(act)
        kept = [n for n in act.case.open_sides if _pack(act).manifest.side[n].at_exit == "keep"]
        _cancel(act, ProcessInstance.side.is_not(None) & ProcessInstance.side.not_in(kept))
        act.case.open_sides = kept


def _cancel(act: Act, which: ColumnElement[bool]) -> None:
    """End processes that have lost their case, with the tasks that wait in them."""
    gone = _open_processes(act, which)
    for process in gone:
        process.ended_at = act.now
    waiting = select(Task).where(
        Task.process_id.in_([process.id for process in gone]), Task.state == TaskState.OPEN
    )
    for task in act.session.scalars(waiting) if gone else ():
        if task.state == TaskState.OPEN:
            task.state = TaskState.CANCELLED
            task.rev += 1


def _pack(act: Act) -> LoadedPack:
    assert act.pack is not None
    return act.pack
