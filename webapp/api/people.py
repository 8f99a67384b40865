"""People of the bureau with roles, certificates and absences, for those who look after them."""

from typing import Any

from marshmallow import Schema, fields

from models.duration import law_day
from models.errors import Forbidden, NotFound
from webapp import current
from webapp.api import fields as own
from webapp.api.contract import Operations
from webapp.api.generated import Named, Strict
from workflows.actors import Actor
from workflows.queries import bureau
from workflows.queries.bureau import ADMINISTERS
from workflows.queries.paging import PAGE

blueprint = Operations("people", "People, roles, certificates, absences")


class Unit(Named):
    """Where people work."""

    subject = fields.Nested(Named, required=True)


class Assignment(Schema):
    """A role in a unit for a legal subject; `id` is what `EndRole` asks for."""

    id = fields.UUID(required=True)
    role = fields.String(required=True)
    unit = fields.Nested(Named, required=True)
    subject = fields.Nested(Named, required=True)
    valid_from = fields.Date(required=True)
    valid_to = fields.Date(required=True, allow_none=True)


class Certificate(Schema):
    """An enforcement certificate (行政执法证)."""

    number = fields.String(required=True)
    area = fields.String(required=True)
    valid_from = fields.Date(required=True)
    valid_to = fields.Date(required=True)
    revoked_on = fields.Date(required=True, allow_none=True)


class Absence(Schema):
    """An absence; `id` is what `CancelAbsence` asks for."""

    id = fields.UUID(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    reason = fields.String(required=True)
    substitute = fields.Pluck(Named, "key", required=True, allow_none=True)
    cancelled_at = fields.DateTime(required=True, allow_none=True)


class PersonRow(Schema):
    """A person as lists show them."""

    id = fields.UUID(required=True)
    key = fields.String(required=True)
    name = fields.String(required=True)
    name_en = fields.String(required=True)
    post = fields.String(required=True)
    legal_qualified = fields.Boolean(required=True)
    active = fields.Boolean(required=True)
    assignments = fields.List(fields.Nested(Assignment), required=True)
    certificates = fields.List(fields.Nested(Certificate), required=True)


class PersonBody(PersonRow):
    """One person with their absences."""

    phone = fields.String(required=True)
    email = fields.String(required=True)
    absences = fields.List(fields.Nested(Absence), required=True)


class Query(Strict):
    """Which people."""

    q = own.Line(100)
    unit_id = own.Uuid()
    page = own.Whole(1, 10_000, load_default=1)
    limit = own.Whole(1, 100, load_default=PAGE)


class People(Schema):
    """A page of people; `next` is the number of the next one."""

    rows = fields.List(fields.Nested(PersonRow), required=True)
    next = fields.String(required=True, allow_none=True)


@blueprint.get("/people")
@blueprint.arguments(Query, location="query")
@blueprint.response(200, People)
def index(query: dict[str, Any]) -> Any:
    """Active people in my scope: all for administrators, a unit's or a subject's for heads."""
    actor = _head()
    with current.application().dispatcher.read(actor) as session:
        return bureau.people(
            session, actor, law_day(current.now()), unit_id=query.get("unit_id"),
            text=query.get("q", ""), number=query["page"], limit=query["limit"],
        ).page  # fmt: skip


@blueprint.get("/people/<string(maxlength=64):key>")
@blueprint.response(200, PersonBody)
def show(key: str) -> dict[str, Any]:
    """One person in my scope."""
    actor = _head()
    if "\0" in key:
        raise NotFound()
    with current.application().dispatcher.read(actor) as session:
        person = bureau.person(session, actor, key, law_day(current.now()))
        if person is None:
            raise NotFound()
        absences = bureau.absences_of(session, person.id)
    names = [name for name in PersonBody._declared_fields if name != "absences"]
    return {**{name: getattr(person, name) for name in names}, "absences": absences}


@blueprint.get("/units")
@blueprint.response(200, Unit(many=True))
def units() -> Any:
    """Units whose people I look after."""
    actor = _head()
    with current.application().dispatcher.read(actor) as session:
        return bureau.units(session, actor)


def _head() -> Actor:
    actor = current.actor()
    if not actor.roles() & ADMINISTERS:
        raise Forbidden()
    return actor
