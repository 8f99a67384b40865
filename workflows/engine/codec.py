"""The saved row of a process: a few hundred bytes, versioned, without the definition.

Version 1: byte 0x01, then zlib (level 1) of a JSON array
`[ends, final variables or null, [workflow, ...]]`, the main process first, owners before owned.
A workflow is `[owner workflow, owner row, completed, [row, ...]]`; a row is
`[spec, parent row, state, order, triggered, id, data, internal]`:

- `order` ranks the last state changes; the engine's own time stamps are not kept, so that the
  saved state depends on the history alone;
- `id` is kept for unfinished tasks only: others may get a new one at every load;
- `data` is null for the parent's data, 0 for none yet, else `[updates, deletions]`;
- `internal` carries `clock_due`, instance numbers and the like.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import orjson
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from workflows.engine.definition import CaseWorkflow, Definition
from workflows.engine.errors import BadState
from workflows.engine.prune import FIRST_FINISHED, kept_rows, running_subprocesses

CODEC_VERSION = 1
MAX_STATE = 4_000_000
# Objects of the engine that exist only while an event gateway fires.
_TRANSIENT = ("seen_events", "event_fired")


def encode(workflow: Any, ends: list[str]) -> tuple[bytes, str]:
    """The saved row and the digest of its canonical form."""
    processes = [workflow, *running_subprocesses(workflow)]
    order = _order(processes)
    body: list[Any] = []
    places: dict[Any, tuple[int, int]] = {}
    for number, process in enumerate(processes):
        rows = kept_rows(process)
        places.update({task.id: (number, row) for row, (task, _) in enumerate(rows)})
        owner = places[process.parent_task_id] if number else (-1, -1)
        body.append([*owner, process.completed, _rows(rows, order)])
    final = workflow.data if workflow.completed else None
    packed = orjson.dumps([ends, final, body], option=orjson.OPT_SORT_KEYS)
    state = bytes([CODEC_VERSION]) + zlib.compress(packed, 1)
    return state, _digest(ends, final, body)


def _rows(rows: list[tuple[Any, int]], order: dict[float, int]) -> list[list[Any]]:
    return [_row(task, parent, rows, order) for task, parent in rows]


def _row(task: Any, parent: int, rows: list[Any], order: dict[float, int]) -> list[Any]:
    return [
        task.task_spec.name,
        parent,
        task._state,
        order[task.last_state_change],
        int(task.triggered),
        task.id.hex if task._state < FIRST_FINISHED else None,
        _data(task.data, rows[parent][0].data if parent >= 0 else {}),
        _internal(task.internal_data),
    ]


def _internal(internal: dict[str, Any]) -> dict[str, Any] | None:
    kept = {key: value for key, value in internal.items() if key not in _TRANSIENT}
    if "merged" in kept:
        # Ids of finished instances: the engine uses only their number.
        kept["merged"] = [""] * len(kept["merged"])
    return kept or None


def _data(data: dict[str, Any], inherited: dict[str, Any]) -> Any:
    if data == inherited:
        return None
    if not data:
        return 0
    changed = {
        key: data[key] for key in data if key not in inherited or data[key] != inherited[key]
    }
    return [changed, [key for key in inherited if key not in data]]


def _order(processes: list[Any]) -> dict[float, int]:
    moments = {task.last_state_change for each in processes for task in each.tasks.values()}
    return {moment: rank for rank, moment in enumerate(sorted(moments))}


def _digest(ends: list[str], final: Any, body: list[Any]) -> str:
    """Without ids and order: two runs of one history are then equal to the byte."""
    canonical = [
        [*process[:3], [[*row[:3], row[4], row[6], row[7]] for row in process[3]]]
        for process in body
    ]
    text = orjson.dumps([ends, final, canonical], option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(text).hexdigest()


def decode(state: bytes, definition: Definition, engine: Any) -> tuple[Any, list[str]]:
    """The running process of a saved row of any version, and the end events reached so far."""
    reader = DECODERS.get(state[0]) if state else None
    if reader is None:
        raise BadState(f"不认识的流程状态版本：{state[:1].hex() or '空'}")
    return reader(state, definition, engine)


def _decode_v1(state: bytes, definition: Definition, engine: Any) -> tuple[Any, list[str]]:
    try:
        inflater = zlib.decompressobj()
        packed = inflater.decompress(state[1:], MAX_STATE)
        ends, final, body = orjson.loads(packed)
        workflow = CaseWorkflow(
            definition.spec, definition.subprocesses, script_engine=engine, deserializing=True
        )
        processes: list[tuple[Any, list[Any]]] = []
        for owner, owner_row, completed, rows in body:
            task = processes[owner][1][owner_row] if processes else None
            process = workflow if task is None else _subprocess(workflow, task)
            process.completed = completed
            processes.append((process, _load_rows(process, rows)))
        workflow.data = final or {}
    except (zlib.error, ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise BadState(f"流程状态读不出来：{error}") from error
    return workflow, ends


def _subprocess(workflow: Any, owner: Any) -> Any:
    spec = workflow.subprocess_specs[owner.task_spec.spec]
    process = BpmnSubWorkflow(spec, owner.id, workflow, deserializing=True)
    process.completed_event.connect(owner.task_spec._on_subworkflow_completed, owner)
    workflow.subprocesses[owner.id] = process
    return process


def _load_rows(process: Any, rows: list[list[Any]]) -> list[Any]:
    tasks: list[Any] = []
    for row in rows:
        parent = tasks[row[1]] if row[1] >= 0 else None
        tasks.append(_load_row(process, row, parent))
    process.task_tree = tasks[0]
    return tasks


def _load_row(process: Any, row: list[Any], parent: Any) -> Any:
    """Made without Task.__init__, which stamps the time and makes an id."""
    task = Task.__new__(Task)
    spec, _, state, order, triggered, identifier, data, internal = row
    task.id = UUID(hex=identifier) if identifier else uuid4()
    task.workflow = process
    task.task_spec = process.spec.task_specs[spec]
    task._state = state
    task._children = []
    task._parent = None
    task.triggered = bool(triggered)
    task.thread_id = 0
    task.last_state_change = order
    task.data = _load_data(data, parent.data if parent is not None else {})
    task.internal_data = internal or {}
    process.tasks[task.id] = task
    if parent is not None:
        task._parent = parent.id
        parent._children.append(task.id)
    if state == TaskState.WAITING and isinstance(task.task_spec, CatchingEvent):
        process.top_workflow.event_manager.add_task(task)
    return task


def _load_data(data: Any, inherited: dict[str, Any]) -> dict[str, Any]:
    if data == 0:
        return {}
    made = dict(inherited)
    if data is not None:
        made.update(data[0])
        for key in data[1]:
            made.pop(key, None)
    return made


DECODERS: dict[int, Callable[[bytes, Definition, Any], tuple[Any, list[str]]]] = {1: _decode_v1}
