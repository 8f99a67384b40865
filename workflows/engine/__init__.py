"""The process engine. The only package that imports SpiffWorkflow; no object of it leaves."""

from workflows.engine.adapter import CODEC_VERSION, clock_due, complete, inspect, message, start
from workflows.engine.diagram import elements
from workflows.engine.errors import (
    BadDiagram,
    BadExpression,
    BadRouting,
    BadState,
    EngineError,
    NoMatchingFlow,
    NotWaiting,
    StaleTask,
    StepBudgetExceeded,
)
from workflows.engine.values import (
    ClockWait,
    Element,
    EngineEvent,
    MessageWait,
    OpenTask,
    Perform,
    ProcessSource,
    Scalar,
    StepResult,
)

__all__ = [
    "CODEC_VERSION",
    "BadDiagram",
    "BadExpression",
    "BadRouting",
    "BadState",
    "ClockWait",
    "Element",
    "EngineError",
    "EngineEvent",
    "MessageWait",
    "NoMatchingFlow",
    "NotWaiting",
    "OpenTask",
    "Perform",
    "ProcessSource",
    "Scalar",
    "StaleTask",
    "StepBudgetExceeded",
    "StepResult",
    "clock_due",
    "complete",
    "elements",
    "inspect",
    "message",
    "start",
]
