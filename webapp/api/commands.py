"""Commands outside any one case: people of the bureau, packs, the law, devices, meetings."""

from collections.abc import Callable
from typing import Any

from webapp.api.contract import KeyHeader, Operations, ResultBody, act
from webapp.api.generated import body_of
from workflows.access import ACCESS, Scope
from workflows.commands.all import COMMANDS
from workflows.commands.base import CaseCommand, Command
from workflows.dispatch import Result

blueprint = Operations("commands", "Commands outside any one case")


def offered() -> list[type[Command]]:
    """Commands that people give in no case; the system's own are not for programs, and those
    that open a case go through its form."""
    return [
        command
        for name, command in COMMANDS.items()
        if not issubclass(command, CaseCommand)
        and ACCESS[name].scope not in (Scope.SYSTEM, Scope.LEAD)
    ]


def _operation(command: type[Command]) -> Callable[..., Result]:
    def operation(given: dict[str, Any], _: dict[str, Any]) -> Result:
        values = {name: value for name, value in given.items() if value is not None}
        return act(lambda: command(**values))

    operation.__name__ = command.__name__
    operation.__doc__ = command.__doc__
    return operation


def _offer(command: type[Command]) -> None:
    name = command.__name__
    view = blueprint.response(200, ResultBody)(_operation(command))
    view = blueprint.arguments(KeyHeader, location="headers")(view)
    view = blueprint.arguments(body_of(command))(view)
    view = blueprint.doc(operationId=name)(view)
    blueprint.add_url_rule(f"/commands/{name}", name, view, methods=["POST"])


for _command in offered():
    _offer(_command)
