"""What can go wrong in a process. Raised before anything is saved, so a failed step leaves nothing.

The docstring of a class says the thing in general; the message says it for the case at hand.
"""


class EngineError(Exception):
    """The process could not take this step; its state is unchanged."""


class StaleTask(EngineError):
    """The task is not open any more: someone else has finished it, or the process moved on."""


class NotWaiting(EngineError):
    """The process does not wait for this clock or message at this point."""


class NoMatchingFlow(EngineError):
    """No condition of an exclusive gateway holds and it has no default flow."""


class StepBudgetExceeded(EngineError):
    """One step ran through too many automatic elements: the diagram circles without a wait."""


class BadExpression(EngineError):
    """A condition is not in the whitelist of expressions, or cannot be evaluated."""


class BadRouting(EngineError):
    """A routing variable has a bad name, or is not a bool, int or short text."""


class BadDiagram(EngineError):
    """The BPMN file is not safe to read, or has a shape that this engine does not execute."""


class BadState(EngineError):
    """A saved process state cannot be read: unknown codec version, or not made for this diagram."""
