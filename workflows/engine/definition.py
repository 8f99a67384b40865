"""Parsed processes, kept in each OS process by content hash, and the tasks of a running one.

A definition is shared by all threads and never changes after parsing; everything that belongs to
one case hangs on its `CaseWorkflow`.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Any

from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow

from workflows.engine import recorder
from workflows.engine.parser import parse
from workflows.engine.values import ProcessSource

CACHED = 64
# The engine's log lines carry the routing variables of a case: keep them out of the log.
for _name in ("spiff", "spiff.task", "spiff.workflow"):
    logging.getLogger(_name).setLevel(logging.WARNING)


@dataclass(frozen=True)
class Definition:
    """A process ready to run: its specification and those of its sub-processes by id."""

    spec: Any
    subprocesses: dict[str, Any]


class CaseWorkflow(BpmnWorkflow):  # type: ignore[misc]
    """One running process; `recorder` collects what happens in the current step."""

    recorder: recorder.Recorder | None = None


_cache: OrderedDict[tuple[str, str], Definition] = OrderedDict()
_lock = Lock()


def definition(source: ProcessSource) -> Definition:
    """The parsed process; parsing happens once per content hash, outside the lock."""
    key = (source.hash, source.process_id)
    with _lock:
        if key in _cache:
            _cache.move_to_end(key)
            return _cache[key]
    made = _parsed(source)
    with _lock:
        _cache[key] = made
        while len(_cache) > CACHED:
            _cache.popitem(last=False)
    return made


def _parsed(source: ProcessSource) -> Definition:
    spec, subprocesses = parse(source)
    for process in (spec, *subprocesses.values()):
        for task_spec in process.task_specs.values():
            recorder.connect(task_spec)
            _connect_instances(task_spec, process)
    return Definition(spec, subprocesses)


def _connect_instances(task_spec: Any, process: Any) -> None:
    """The stock engine connects these when instances start, so after a restart they would hang."""
    if isinstance(task_spec, LoopTask):
        instance = process.task_specs[task_spec.task_spec]
        instance.completed_event.connect(task_spec.merge_child)
