"""Which tasks of a running process must be saved: the tokens and what they still refer to.

The engine keeps every task that ever ran, so state and time grow with every rework. Only these are
looked at again (shared/engine.md §4, carried further: finished tasks between two kept ones are
left out, and the later one is hung under the earlier):

- every unfinished task and its parent, whose data it inherits again while it waits;
- for a join that waits: all its instances and their parents, because the join counts them;
- a boundary split whose host is unfinished;
- the instances of a multi-instance element that runs.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask
from SpiffWorkflow.bpmn.specs.mixins.unstructured_join import UnstructuredJoin
from SpiffWorkflow.util.task import TaskState

FIRST_FINISHED = TaskState.COMPLETED


def running_subprocesses(top: Any) -> list[Any]:
    """The sub-workflows whose owner is unfinished, outer ones before those inside them."""
    running = []
    alive = {id(top)}
    for process in sorted(top.subprocesses.values(), key=lambda each: each.depth):
        owner = _owner(top, process)
        if owner is not None and id(owner.workflow) in alive and owner._state < FIRST_FINISHED:
            running.append(process)
            alive.add(id(process))
    return running


def _owner(top: Any, process: Any) -> Any:
    for workflow in (top, *top.subprocesses.values()):
        if process.parent_task_id in workflow.tasks:
            return workflow.tasks[process.parent_task_id]
    return None


def kept_rows(workflow: Any) -> list[tuple[Any, int]]:
    """The tasks to save, root first, each with the row number of its parent (-1 for the root)."""
    keep = _kept_ids(workflow)
    rows: list[tuple[Any, int]] = []
    stack = [(workflow.task_tree, -1)]
    while stack:
        task, parent = stack.pop()
        if task.id in keep:
            rows.append((task, parent))
            parent = len(rows) - 1
        stack.extend((workflow.tasks[child], parent) for child in reversed(task._children))
    return rows


def _kept_ids(workflow: Any) -> set[Any]:
    keep = {workflow.task_tree.id}
    if workflow.completed:
        return keep
    tasks = workflow.tasks
    live = [task for task in tasks.values() if task._state < FIRST_FINISHED]
    for task in live:
        keep.add(task.id)
        keep.add(task._parent)
        if isinstance(task.task_spec, LoopTask):
            keep.update(task._children)
        keep.add(_open_split(task))
    keep.update(_join_ids(tasks.values(), live))
    keep.discard(None)
    return keep


def _open_split(task: Any) -> Any:
    """The id of the boundary split that a waiting boundary join will look for, above its events.
    (A split whose host is unfinished is kept as the host's parent.)"""
    if not isinstance(task.task_spec, BoundaryEventJoin):
        return None
    split = task.find_ancestor(task.task_spec.split_task)
    return split.id if split is not None else None


def _join_ids(tasks: Iterable[Any], live: list[Any]) -> set[Any]:
    waiting = {id(task.task_spec) for task in live if isinstance(task.task_spec, UnstructuredJoin)}
    if not waiting:
        return set()
    instances = [task for task in tasks if id(task.task_spec) in waiting]
    return {task.id for task in instances} | {task._parent for task in instances}
