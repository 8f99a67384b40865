"""Monitoring devices (监控设备): the register, one device with its history, and its entries."""

from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required

from models.device import Device
from models.duration import law_day
from models.errors import DomainError, Forbidden, NotFound
from models.types import Role
from webapp import current, desks
from webapp.errors import status_of
from webapp.presenters import devices as words
from workflows.access import ACCESS
from workflows.intake import Intake, Step
from workflows.queries import devices as query

blueprint = Blueprint("devices", __name__, url_prefix="/devices")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is entered about a device: its command, its title and its button."""

    command: str
    icon: str


ENTRIES = {
    "audit": Entry("RecordDeviceAudit", "check"),
    "calibration": Entry("RecordCalibration", "certificate"),
    "publish": Entry("PublishDevice", "place"),
    "maintenance": Entry("RecordMaintenance", "edit"),
    "retire": Entry("RetireDevice", "pause"),
}


def label(entry: str) -> str:
    """What an entry is called on its button."""
    return {
        "register": _("登记设备"),
        "audit": _("登记审核"),
        "calibration": _("登记校准"),
        "publish": _("公布设置地点"),
        "maintenance": _("记录维护"),
        "retire": _("停用设备"),
    }[entry]


@blueprint.before_request
@login_required
def only_those_concerned() -> None:
    """Whoever works on cases or keeps the devices."""
    if not current.actor().roles() & query.SEES_DEVICES:
        raise Forbidden()


def page_number() -> int:
    """The page that the address asks for."""
    return max(1, request.args.get("page", 1, type=int))


@blueprint.get("")
def index() -> str:
    """The register, by code; or only what is due."""
    actor, today, number = current.actor(), law_day(current.now()), page_number()
    text, due = request.args.get("q", "").strip()[:50], request.args.get("due") == "1"
    with current.application().dispatcher.read(actor) as session:
        found = query.devices(session, actor, today, text=text, due=due, number=number)
        waiting = query.due_count(session, actor, today)
    return render_template(
        "devices/index.html",
        nav_key="devices",
        found=found,
        waiting=waiting,
        text=text,
        due_only=due,
        number=number,
        today=today,
        words=words,
        keeps=Role.DEVICE_ADMIN in actor.roles(),
    )


@blueprint.get("/<code>")
def show(code: str) -> str:
    """One device: what APL 41 asks for, its log, its recordings, its history."""
    actor, today = current.actor(), law_day(current.now())
    with current.application().dispatcher.read(actor) as session:
        found = _device(session, code)
        events = query.history(session, code, before=request.args.get("before", type=int))
        listed = query.recordings(session, actor, device=code, limit=5)
    return render_template(
        "devices/device.html",
        nav_key="devices",
        one=found,
        today=today,
        words=words,
        events=events,
        recordings=listed,
        entries=[
            {"url": url_for(".enter", code=code, entry=key), "icon": e.icon, "label": label(key)}
            for key, e in ENTRIES.items()
            if actor.holding(ACCESS[e.command].roles, found.subject_id) and found.retired_on is None
        ],
    )


def _device(session: Any, code: str) -> Device:
    found = query.device(session, current.actor(), code)
    if found is None:
        raise NotFound()
    return found


def step_of(command: str) -> Step:
    """The step of a command outside any case, with its form."""
    app, actor = current.application(), current.actor()
    with app.dispatcher.read(actor) as session:
        return Intake(session, app.catalogue, actor, current.now()).outside(command)


def without(step: Step, *names: str) -> Step:
    """The step as its page draws it: what the address says is not asked for again."""
    assert step.form is not None
    fields = tuple(f for f in step.form.fields if f.name not in names)
    return replace(step, form=replace(step.form, fields=fields))


@blueprint.route("/new", methods=["GET", "POST"])
def register() -> Any:
    """Register a device."""
    if Role.DEVICE_ADMIN not in current.actor().roles():
        raise Forbidden()
    step = step_of("RegisterDevice")
    offered = step.options["actor.subjects"]
    known = {"subject": offered[0].value} if len(offered) == 1 else {}
    back = url_for(".index")
    return entered(step, known, label("register"), back, lambda d: url_for(".show", code=d["code"]))


@blueprint.route("/<code>/do/<entry>", methods=["GET", "POST"])
def enter(code: str, entry: str) -> Any:
    """Enter an audit, a calibration, the publication, maintenance, or the end of its use."""
    wanted = ENTRIES.get(entry)
    if wanted is None:
        raise NotFound()
    with current.application().dispatcher.read(current.actor()) as session:
        found = _device(session, code)
    if not current.actor().holding(ACCESS[wanted.command].roles, found.subject_id):
        raise Forbidden()
    back = url_for(".show", code=code)
    step = step_of(wanted.command)
    return entered(step, {"device": code}, label(entry), back, lambda _: back, found.title)


def entered(
    step: Step, known: dict[str, str], act: str, back: str, after: Any, about: str = ""
) -> Any:
    """Ask for what the act needs, then carry it out; a refusal keeps what was typed."""
    drawn = without(step, *known)
    values, refusal = drawn.blank(), None
    if request.method == "POST":
        values = desks.posted(drawn.form)
        try:
            current.execute(step.command_from({**values, **known}))
            flash(_("已登记。"), "ok")
            return redirect(after(values))
        except Forbidden:
            raise
        except DomainError as refused:
            values, refusal = drawn.kept(values), refused
    html = render_template(
        "devices/entry.html",
        nav_key="devices",
        sheet=desks.sheet(drawn, values, refusal=refusal),
        act=act,
        about=about,
        back_url=back,
    )
    return (html, status_of(refusal)) if refusal else html
