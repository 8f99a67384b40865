"""Cases: the list, one case with what is recorded in it, and what may be done in it."""

import uuid
from collections.abc import Sequence
from typing import Any

from marshmallow import Schema, fields

from models.clock import StatutoryClock
from models.document import Document
from models.evidence import Evidence
from models.types import Stage
from webapp import current
from webapp.api import fields as own
from webapp.api.contract import Operations
from webapp.api.generated import Counted, Named, Strict, row_of
from workflows.permissions import sees_changes
from workflows.queries import casefile, standing
from workflows.queries.casefile import CaseFile
from workflows.queries.cases import CaseFilters, CaseRow, case_count, case_list
from workflows.queries.paging import PAGE
from workflows.queries.timeline import Entry, timeline

blueprint = Operations("cases", "Cases and their record")


class CaseQuery(Strict):
    """What the list is narrowed to."""

    q = own.Line(100, metadata={"description": "Part of number, party, matter or place."})
    stage = own.OneOf(*Stage)
    subject_id = own.Uuid()
    late = own.Flag()
    soon_before = own.Moment()
    leads = own.Flag(metadata={"description": "Only leads that are not filed."})
    after = own.Line(400, metadata={"description": "`next` of the page before."})
    limit = own.Whole(1, 100, load_default=PAGE)


class CasePage(Schema):
    """A page of the list."""

    rows = fields.List(fields.Nested(row_of(CaseRow)), required=True)
    next = fields.String(required=True, allow_none=True)
    count = fields.Nested(Counted, required=True)


class OpenTask(Schema):
    """What the case waits for."""

    id = fields.UUID(required=True)
    element = fields.String(required=True)
    title = fields.String(required=True)
    title_en = fields.String(required=True)
    command = fields.String(required=True)
    rev = fields.Integer(required=True)
    assignee_id = fields.UUID(required=True, allow_none=True)
    opened_at = fields.DateTime(required=True)
    due_at = fields.DateTime(required=True, allow_none=True)


class CaseBody(row_of(CaseRow)):  # type: ignore[misc]
    """One case with its people and what it waits for."""

    rev = fields.Integer(required=True)
    procedure = fields.String(required=True)
    pack_version_id = fields.UUID(required=True)
    subject = fields.Nested(Named, required=True)
    unit = fields.Nested(Named, required=True)
    handlers = fields.List(fields.Nested(Named), required=True)
    tasks = fields.List(fields.Nested(OpenTask), required=True)
    commands = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Case-level commands that are yours to give now."},
    )
    watched = fields.Boolean(required=True)


class Clock(Schema):
    """A statutory clock (期限): the strict last day warns, the outer day blocks."""

    id = fields.UUID(required=True)
    code = fields.String(required=True)
    state = fields.String(required=True)
    started_on = fields.Date(required=True)
    last_day = fields.Date(required=True)
    outer_day = fields.Date(required=True)
    due_at = fields.DateTime(required=True)
    amber_at = fields.DateTime(required=True)
    provisional = fields.Boolean(required=True)
    article = fields.Dict(required=True)
    steps = fields.List(fields.Dict(), required=True)
    ended_at = fields.DateTime(required=True, allow_none=True)


class DocumentRow(Schema):
    """A document (文书); `sha256` is empty until its file is rendered."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    title = fields.String(required=True)
    number = fields.String(required=True, allow_none=True)
    volume = fields.String(required=True)
    state = fields.String(required=True)
    dated_at = fields.DateTime(required=True)
    pages = fields.Integer(required=True, allow_none=True)
    sha256 = fields.String(required=True, allow_none=True)
    failure = fields.String(required=True, allow_none=True)


class EvidenceRow(Schema):
    """An item of evidence (证据); excluded ones stay listed."""

    id = fields.UUID(required=True)
    number = fields.Integer(required=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)
    source = fields.String(required=True)
    collected_at = fields.DateTime(required=True)
    place = fields.String(required=True)
    original = fields.Boolean(required=True)
    note = fields.String(required=True)
    file_name = fields.String(required=True, allow_none=True)
    sha256 = fields.String(required=True, allow_none=True)
    size = fields.Integer(required=True, allow_none=True)
    media_type = fields.String(required=True, allow_none=True)
    officer_id = fields.UUID(required=True)
    second_officer_id = fields.UUID(required=True, allow_none=True)
    admissible = fields.Boolean(required=True)
    excluded_reason = fields.String(required=True, allow_none=True)


WITH_CHANGES = "With payload, before and after; supervisors and leaders only, others get none."


class StoryQuery(Strict):
    """Which part of the timeline."""

    important = own.Flag(load_default=False)
    details = own.Flag(load_default=False, metadata={"description": WITH_CHANGES})
    before = own.Line(20, metadata={"description": "`next` of the page before."})


class Story(Schema):
    """A page of the timeline, newest first."""

    rows = fields.List(fields.Nested(row_of(Entry, "TimelineEntry")), required=True)
    next = fields.String(required=True, allow_none=True)


@blueprint.get("/cases")
@blueprint.arguments(CaseQuery, location="query")
@blueprint.response(200, CasePage)
def index(query: dict[str, Any]) -> dict[str, Any]:
    """Cases that I may see, latest first; `next` pages on."""
    app, actor, now = current.application(), current.actor(), current.now()
    filters = CaseFilters(
        text=query.get("q", ""), stage=query.get("stage"), subject_id=query.get("subject_id"),
        late=query.get("late", False), soon_before=query.get("soon_before"),
        leads=query.get("leads", False),
    )  # fmt: skip
    with app.dispatcher.read(actor) as session:
        page = case_list(
            session, actor, now, filters, after=query.get("after"), limit=query["limit"]
        )
        count = case_count(session, actor, now, filters)
    return {"rows": page.rows, "next": page.next, "count": count}


@blueprint.get("/cases/<uuid:case_id>")
@blueprint.response(200, CaseBody)
def show(case_id: uuid.UUID) -> dict[str, Any]:
    """One case: where it stands, who handles it, what it waits for."""
    app, actor, now = current.application(), current.actor(), current.now()
    with app.dispatcher.read(actor) as session:
        file = casefile.case_file(session, actor, case_id)
        looking = standing.looking(
            session, actor, file.case, now, blobs=app.blobs, catalogue=app.catalogue
        )
        commands = standing.actions(looking, file)
    app.notes.read(actor, case_id, "api:case", now)
    case = file.case
    return {
        **{name: getattr(case, name) for name in CaseRow.__slots__},
        **{name: getattr(case, name) for name in ("rev", "procedure", "pack_version_id")},
        "subject": case.subject,
        "unit": case.unit,
        "handlers": [handler.person for handler in case.active_handlers()],
        "tasks": file.open_tasks(),
        "commands": commands,
        "watched": file.watched,
    }


@blueprint.get("/cases/<uuid:case_id>/timeline")
@blueprint.arguments(StoryQuery, location="query")
@blueprint.response(200, Story)
def story(query: dict[str, Any], case_id: uuid.UUID) -> dict[str, Any]:
    """What happened in the case: acts of people and clocks, newest first."""
    app, actor = current.application(), current.actor()
    with app.dispatcher.read(actor) as session:
        case = casefile.visible_case(session, actor, case_id)
        details = query["details"] and sees_changes(actor, case.subject_id)
        page = timeline(
            session, case_id, important=query["important"], details=details,
            before=query.get("before"),
        )  # fmt: skip
    app.notes.read(actor, case_id, "api:timeline", current.now())
    return {"rows": page.rows, "next": page.next}


@blueprint.get("/cases/<uuid:case_id>/clocks")
@blueprint.response(200, Clock(many=True))
def clocks(case_id: uuid.UUID) -> Sequence[StatutoryClock]:
    """The statutory clocks of the case with their arithmetic, in the order of their start."""
    return _file(case_id, "clocks").clocks


@blueprint.get("/cases/<uuid:case_id>/documents")
@blueprint.response(200, DocumentRow(many=True))
def documents(case_id: uuid.UUID) -> Sequence[Document]:
    """The documents issued in the case."""
    return _file(case_id, "documents").all(Document)


@blueprint.get("/cases/<uuid:case_id>/evidence")
@blueprint.response(200, EvidenceRow(many=True))
def evidence(case_id: uuid.UUID) -> Sequence[Evidence]:
    """The evidence of the case."""
    return _file(case_id, "evidence").all(Evidence)


def _file(case_id: uuid.UUID, what: str) -> CaseFile:
    app, actor = current.application(), current.actor()
    with app.dispatcher.read(actor) as session:
        file = casefile.case_file(session, actor, case_id)
    app.notes.read(actor, case_id, f"api:{what}", current.now())
    return file
