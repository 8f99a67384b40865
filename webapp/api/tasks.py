"""Tasks: the inbox, one task with its form, and what may be done with it."""

import uuid
from collections.abc import Mapping
from typing import Any

from flask_smorest import abort
from marshmallow import Schema, fields

from models.errors import Text
from webapp import current
from webapp.api import fields as own
from webapp.api.contract import KeyHeader, Operations, ResultBody, act
from webapp.api.generated import Counted, Strict, Words, body_of, row_of
from workflows import intake
from workflows.commands.base import Command, plain
from workflows.commands.desk import ClaimTask, HandOverTask, ReleaseTask
from workflows.commands.routing import ROUTING
from workflows.dispatch import Result
from workflows.forms import json_schema, problems
from workflows.queries import casefile, inbox, standing, tasks
from workflows.queries.inbox import Filters, InboxRow
from workflows.queries.paging import PAGE, Count

blueprint = Operations("tasks", "The inbox and its tasks")
ADDRESS = frozenset({"case_id", "task_id"})


class InboxQuery(Strict):
    """Which part of the inbox."""

    group = own.OneOf(*tasks.GROUPS, load_default="mine")
    element = own.Line(64)
    matter = own.Line(200)
    late = own.Flag()
    due_before = own.Moment()
    after = own.Line(400)
    limit = own.Whole(1, 100, load_default=PAGE)


class InboxPage(Schema):
    """Rows of a group, and how many each group has with these filters."""

    rows = fields.List(fields.Nested(row_of(InboxRow, "TaskRow")), required=True)
    next = fields.String(required=True, allow_none=True)
    counts = fields.Dict(keys=fields.String(), values=fields.Nested(Counted), required=True)


class Action(Schema):
    """One way to complete the task: its name, and the field of `data` that it stands for."""

    action = fields.String(required=True)
    field = fields.String(required=True, allow_none=True)
    title = fields.Nested(Words, required=True)


class TaskCase(Schema):
    """The case of a task in a few words."""

    id = fields.UUID(required=True)
    stage = fields.String(required=True)
    name = fields.String(required=True)
    case_no = fields.String(required=True, allow_none=True)
    lead_no = fields.String(required=True, allow_none=True)
    party_name = fields.String(required=True)
    rev = fields.Integer(required=True)


class TaskBody(Schema):
    """A task with its form. `schema` is the JSON Schema of `data` in `complete`."""

    id = fields.UUID(required=True)
    rev = fields.Integer(required=True)
    state = fields.String(required=True)
    command = fields.String(required=True)
    element = fields.String(required=True)
    title = fields.Nested(Words, required=True)
    schema = fields.Dict(required=True)
    data = fields.Dict(
        required=True,
        metadata={"description": "What the form knows already, for those who may act."},
    )
    actions = fields.List(fields.Nested(Action), required=True)
    may_act = fields.Boolean(required=True)
    assignee_id = fields.UUID(required=True, allow_none=True)
    last_day = fields.Date(required=True, allow_none=True)
    due_at = fields.DateTime(required=True, allow_none=True)
    guidance = fields.Nested(Words, required=True, allow_none=True)
    article = fields.Nested(Words, required=True, allow_none=True)
    case = fields.Nested(TaskCase, required=True)


class Completion(Strict):
    """What completes a task."""

    rev = own.Whole(0, required=True)
    action = own.Line(64, metadata={"description": "One of the task's `actions`."})
    data = own.Plain(required=True)


@blueprint.get("/tasks")
@blueprint.arguments(InboxQuery, location="query")
@blueprint.response(200, InboxPage)
def inbox_page(query: dict[str, Any]) -> dict[str, Any]:
    """The inbox: what is mine, what I may take, what I follow, what I have done."""
    app, actor, now = current.application(), current.actor(), current.now()
    filters = Filters(
        element=query.get("element"), due_before=query.get("due_before"),
        matter=query.get("matter"), late=query.get("late", False),
    )  # fmt: skip
    with app.dispatcher.read(actor) as session:
        page = tasks.group_page(
            session, actor, now, query["group"], filters,
            after=query.get("after"), limit=query["limit"],
        )  # fmt: skip
        counts: Mapping[str, Count] = inbox.inbox(
            session, actor, now, filters=filters, limit=1
        ).counts
    return {"rows": page.rows, "next": page.next, "counts": counts}


@blueprint.get("/tasks/<uuid:task_id>")
@blueprint.response(200, TaskBody)
def show(task_id: uuid.UUID) -> dict[str, Any]:
    """A task: its revision, command, form as JSON Schema, and ways to complete it."""
    app, actor, now = current.application(), current.actor(), current.now()
    with app.dispatcher.read(actor) as session:
        task = tasks.visible_task(session, actor, task_id)
        case = casefile.visible_case(session, actor, task.case_id)
        step = intake.Intake(session, app.catalogue, actor, now).task(task)
        looking = standing.looking(
            session, actor, case, now, blobs=app.blobs, catalogue=app.catalogue
        )
        may_act = task.state == "open" and standing.may_take(looking, task)
        schema = _schema(step)
        # Prefilled values hold identity numbers: only for whoever fills the form in.
        data = plain(step.blank()) if may_act else {}
    binding = step.binding
    return {
        **{name: getattr(task, name) for name in TASK_COLUMNS},
        "title": Text(task.title, task.title_en),
        "schema": schema,
        "data": data,
        "actions": actions(step),
        "may_act": may_act,
        "guidance": binding.guidance if binding else None,
        "article": binding.article if binding else None,
        "case": case,
    }


TASK_COLUMNS = ("id", "rev", "state", "command", "element", "assignee_id", "last_day", "due_at")


def _schema(step: intake.Step) -> dict[str, Any]:
    if step.form is None:
        return {"type": "object", "additionalProperties": False, "properties": {}}
    return json_schema(step.form, step.options, current.language())


def actions(step: intake.Step) -> list[dict[str, Any]]:
    """Ways to complete the task: each outcome that the form offers, or the one act that it is."""
    found = list(_outcomes(step)) if step.form is not None else []
    if found or step.binding is None:
        return found
    title = step.binding.action or step.binding.title
    return [{"action": "complete", "field": None, "title": title}]


def _outcomes(step: intake.Step) -> list[dict[str, Any]]:
    assert step.form is not None
    declared = getattr(step.binding, "outcomes", None) or ROUTING.get(step.command, {})
    known = {field.name: field for field in step.form.fields}
    return [
        {"action": option.value, "field": name, "title": option.label}
        for name, values in declared.items()
        if name in known
        for option in known[name].options or step.options.get(known[name].options_from, ())
        if option.value in values
    ]


@blueprint.post("/tasks/<uuid:task_id>/complete")
@blueprint.arguments(Completion)
@blueprint.arguments(KeyHeader, location="headers")
@blueprint.response(200, ResultBody)
def complete(given: dict[str, Any], _: dict[str, Any], task_id: uuid.UUID) -> Result:
    """Complete the task. 409 when `rev` is behind; 422 with all rules that stand against it."""
    return act(lambda: _completing(task_id, given))


def _completing(task_id: uuid.UUID, given: dict[str, Any]) -> Command:
    app, actor = current.application(), current.actor()
    with app.dispatcher.read(actor) as session:
        task = tasks.visible_task(session, actor, task_id)
        step = intake.Intake(session, app.catalogue, actor, current.now()).task(task)
    tasks.require(task, rev=given["rev"])
    data = {**given["data"], **_chosen(step, given.get("action"))}
    return step.command_from(data, rev=given["rev"])


def _chosen(step: intake.Step, action: str | None) -> dict[str, str]:
    if action is None:
        return {}
    for offered in actions(step):
        if offered["action"] == action:
            return {offered["field"]: action} if offered["field"] else {}
    abort(422, messages={"json": {"action": [problems.NOT_AN_OPTION]}})


def _desk_act(command: type[Command]) -> Any:
    def operation(given: dict[str, Any], _: dict[str, Any], task_id: uuid.UUID) -> Result:
        def build() -> Command:
            app, actor = current.application(), current.actor()
            with app.dispatcher.read(actor) as session:
                task = tasks.visible_task(session, actor, task_id)
            return command(case_id=task.case_id, task_id=task_id, **given)  # type: ignore[call-arg]

        return act(build)

    operation.__doc__ = command.__doc__
    return operation


def _offer(verb: str, command: type[Command]) -> None:
    view = blueprint.response(200, ResultBody)(_desk_act(command))
    view = blueprint.arguments(KeyHeader, location="headers")(view)
    view = blueprint.arguments(body_of(command, ADDRESS))(view)
    view = blueprint.doc(operationId=command.__name__)(view)
    blueprint.add_url_rule(f"/tasks/<uuid:task_id>/{verb}", verb, view, methods=["POST"])


for _verb, _command in (
    ("claim", ClaimTask),
    ("release", ReleaseTask),
    ("hand-over", HandOverTask),
):
    _offer(_verb, _command)
