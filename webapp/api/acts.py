"""Commands in a case: the one that opens it, those of its steps, those beside the steps.

Each reads its values through the form of the pack that the case runs, as its page does.
"""

import uuid
from collections.abc import Mapping
from typing import Any

from webapp import current
from webapp.api.contract import KeyHeader, Operations, ResultBody, act
from webapp.api.generated import body_of
from workflows import intake
from workflows.access import ACCESS, Scope
from workflows.commands.all import COMMANDS
from workflows.commands.base import CaseCommand, Command, TaskCommand
from workflows.commands.desk import ClaimTask, HandOverTask, ReleaseTask
from workflows.commands.lead import RegisterLead
from workflows.commands.spot import PunishOnTheSpot
from workflows.dispatch import Result
from workflows.packs.manifest import RECORD_FORM
from workflows.queries import casefile, tasks

blueprint = Operations("acts", "What may be done in a case")
OF_THE_ADDRESS = frozenset({"case_id"})
AT_A_TASK = frozenset({ClaimTask, HandOverTask, ReleaseTask})


def offered() -> list[type[CaseCommand]]:
    """Commands of a case that people give; those of the system (clocks) are not for programs."""
    return [
        command
        for name, command in COMMANDS.items()
        if issubclass(command, CaseCommand)
        and command not in AT_A_TASK
        and ACCESS[name].scope is not Scope.SYSTEM
    ]


@blueprint.post("/cases")
@blueprint.doc(operationId="RegisterLead")
@blueprint.arguments(body_of(RegisterLead, OF_THE_ADDRESS, formed=True))
@blueprint.arguments(KeyHeader, location="headers")
@blueprint.response(200, ResultBody)
def register_lead(given: dict[str, Any], _: dict[str, Any]) -> Result:
    """Register a lead (线索登记) and open the case; the result carries its `case_id`."""
    return act(lambda: _opening(given))


@blueprint.post("/cases/on-the-spot")
@blueprint.doc(operationId="PunishOnTheSpot")
@blueprint.arguments(body_of(PunishOnTheSpot, OF_THE_ADDRESS, formed=True))
@blueprint.arguments(KeyHeader, location="headers")
@blueprint.response(200, ResultBody)
def punish_on_the_spot(given: dict[str, Any], _: dict[str, Any]) -> Result:
    """Punish on the spot (当场处罚): the decision opens its case; the result carries `case_id`."""
    return act(lambda: _opening({"pack": "simple", **given}))


def _opening(given: dict[str, Any]) -> Command:
    app, actor = current.application(), current.actor()
    with app.dispatcher.read(actor) as session:
        work = intake.Intake(session, app.catalogue, actor, current.now())
        step = work.opening(given.get("pack", "ordinary"))
    return step.command_from(_filled(given, "pack"))


def _in_case(name: str, case_id: uuid.UUID, given: Mapping[str, Any]) -> Command:
    app, actor = current.application(), current.actor()
    with app.dispatcher.read(actor) as session:
        casefile.visible_case(session, actor, case_id)
        work = intake.Intake(session, app.catalogue, actor, current.now())
        if given.get("task_id") is None:
            step = work.command(case_id, name)
        else:
            task = tasks.visible_task(session, actor, given["task_id"])
            tasks.require(task, case_id=case_id, command=name, rev=given.get("rev"))
            step = work.task(task)
    values = given["data"] if name == RECORD_FORM else _filled(given, "task_id", "rev")
    return step.command_from(values, rev=given.get("rev"))


def _filled(given: Mapping[str, Any], *left_out: str) -> dict[str, Any]:
    """The form's values. What is left out takes the form's default, as on an untouched page."""
    return {name: value for name, value in given.items() if name not in left_out}


def _offer(command: type[CaseCommand]) -> None:
    name = command.__name__

    def operation(given: dict[str, Any], _: dict[str, Any], case_id: uuid.UUID) -> Result:
        return act(lambda: _in_case(name, case_id, given))

    operation.__doc__ = command.__doc__
    left_out = OF_THE_ADDRESS
    view = blueprint.response(200, ResultBody)(operation)
    view = blueprint.arguments(KeyHeader, location="headers")(view)
    view = blueprint.arguments(body_of(command, left_out, formed=True))(view)
    view = blueprint.doc(operationId=name, tags=_tags(command))(view)
    blueprint.add_url_rule(f"/cases/<uuid:case_id>/commands/{name}", name, view, methods=["POST"])


def _tags(command: type[CaseCommand]) -> list[str]:
    return ["steps" if issubclass(command, TaskCommand) else "acts"]


for _command in offered():
    _offer(_command)
