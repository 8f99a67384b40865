"""People: who works where with which role and certificate, who is away, and one's own account."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response

from models.duration import law_day
from models.errors import DomainError, Forbidden, Invalid, NotFound, Refused, Violation
from models.person import Certificate, Person
from models.types import Role
from webapp import current, entry_forms
from webapp.context import ROLE_NAMES, role_name
from webapp.fields import Choice
from webapp.presenters.supervision import name
from webapp.views.packs import told
from workflows.commands.base import Command
from workflows.commands.bureau import (
    AddCertificate,
    CancelAbsence,
    DeactivatePerson,
    EndRole,
    GrantRole,
    RecordAbsence,
    RegisterPerson,
    RevokeCertificate,
    SetPassword,
)
from workflows.queries import bureau as query
from workflows.queries import supervision

blueprint = Blueprint("people", __name__, url_prefix="/people")

EXPIRES_SOON = timedelta(days=60)
"""How long before its end a certificate is shown amber."""


@blueprint.before_request
@login_required
def only_those_who_administer() -> None:
    """Administrators, leaders and unit heads."""
    if not current.actor().roles() & query.ADMINISTERS:
        raise Forbidden()


def administers() -> bool:
    """Whether the person may change accounts, roles and certificates."""
    return Role.SYS_ADMIN in current.actor().roles()


@blueprint.get("")
def index() -> str:
    """People by unit, page by page."""
    actor, today = current.actor(), law_day(current.now())
    number = max(1, request.args.get("page", 1, type=int))
    text = request.args.get("q", "").strip()[:50]
    with current.application().dispatcher.read(actor) as session:
        units = query.units(session, actor)
        unit = next((u for u in units if u.key == request.args.get("unit")), None)
        found = query.people(
            session, actor, today, unit_id=unit.id if unit else None, text=text, number=number
        )
    return render_template(
        "people/index.html",
        units=units,
        unit=unit,
        unit_options=[
            {
                "url": url_for(".index", unit=u.key),
                "label": name(u, current.language()),
                "current": unit is not None and u.id == unit.id,
            }
            for u in units
        ],
        found=found,
        groups=_by_unit(found.page.rows, today),
        number=number,
        text=text,
        card=card_state,
        today=today,
        admin=administers(),
    )


def _by_unit(people: list[Person], today: Any) -> list[tuple[str, list[tuple[Person, list[str]]]]]:
    """People under the unit of their first role, with the roles that they hold today."""
    lang = current.language()
    groups: dict[str, list[tuple[Person, list[str]]]] = {}
    for person in people:
        held = [r for r in person.assignments if r.holds_on(today)]
        unit = name(held[0].unit, lang) if held else _("还没有职责")
        roles = list(dict.fromkeys(role_name(r.role) for r in held))
        groups.setdefault(unit, []).append((person, roles))
    return sorted(groups.items())


def card_state(cards: list[Certificate], today: Any) -> tuple[str, str]:
    """(colour, words) for a person's certificates: the one that lasts longest counts."""
    valid = [c for c in cards if c.valid_on(today)]
    if not cards:
        return "", _("无")
    if not valid:
        return "late", _("已失效")
    last = max(c.valid_to for c in valid)
    if last - today <= EXPIRES_SOON:
        return "soon", _("%(n)s 天后到期", n=(last - today).days)
    return "ok", _("有效")


def _person(key: str) -> tuple[Person, list[Any]]:
    actor, today = current.actor(), law_day(current.now())
    with current.application().dispatcher.read(actor) as session:
        found = query.person(session, actor, key, today)
        if found is None:
            raise NotFound()
        return found, query.absences_of(session, found.id)


@blueprint.get("/<key>")
def show(key: str) -> str:
    """One person."""
    return _show(key)


def _show(
    key: str, form: str = "", against: list[Violation] | None = None, secret: str = ""
) -> str:
    """The page of a person, with one form open again where it was refused."""
    person, absences = _person(key)
    choices = _choices()
    forms = {
        each: entry_forms.view(
            each,
            entry_forms.typed(each) if each == form else {},
            choices=choices,
            violations=(against or []) if each == form else [],
        )
        for each in ("grant_role", "add_certificate")
    }
    return render_template(
        "people/person.html",
        one=person,
        absences=absences,
        forms=forms,
        refused=form,
        secret=secret,
        errors=entry_forms.errors(forms[form], against or []) if form in forms else [],
        today=law_day(current.now()),
        card=card_state,
        admin=administers(),
    )


def _choices() -> dict[str, list[Choice]]:
    actor, lang = current.actor(), current.language()
    today = law_day(current.now())
    with current.application().dispatcher.read(actor) as session:
        units, subjects = query.units(session, actor), query.subjects(session)
        own = query.people(session, actor, today, limit=1000).page.rows
        everyone = query.colleagues(session)
    index = 2 if lang == "en" else 1
    return {
        "bureau.roles": [Choice(str(role), role_name(role)) for role in ROLE_NAMES],
        "bureau.units": [Choice(u.key, name(u, lang), name(u.subject, lang)) for u in units],
        "bureau.subjects": [Choice(s.key, name(s, lang)) for s in subjects],
        "bureau.own_people": [Choice(p.key, name(p, lang), p.post) for p in own],
        "bureau.people": [Choice(row[0], row[index], row[3]) for row in everyone],
    }


def _against(refusal: DomainError) -> list[Violation]:
    return list(refusal.violations) or [Violation(refusal.code, refusal.text)]


def _carry_out(command: Command, back: str, done: str) -> Response:
    """Execute and go back; a refusal is told there."""
    try:
        current.execute(command)
    except (Refused, Invalid) as refusal:
        flash(told(refusal), "error")
    else:
        flash(done, "ok")
    return redirect(back)


@blueprint.route("/new", methods=["GET", "POST"])
def register() -> Response | str | tuple[str, int]:
    """Register a person who will sign in."""
    if not administers():
        raise Forbidden()
    return _entry(
        "register_person",
        lambda values: RegisterPerson(**values),
        lambda values: url_for(".show", key=values["key"]),
        _("登记人员"),
        _("登记后可以登录；再授予职责，才能办事。"),
    )


@blueprint.route("/absences/new", methods=["GET", "POST"])
def absence() -> Response | str | tuple[str, int]:
    """Record that somebody is away, and who acts for them."""
    return _entry(
        "record_absence",
        lambda values: RecordAbsence(**values),
        lambda values: url_for(".show", key=values["person"]),
        _("登记缺勤"),
        _("缺勤期间待办转由代行人办理，案卷里写明代谁。"),
    )


def _entry(
    form: str,
    command: Callable[[dict[str, Any]], Command],
    after: Callable[[dict[str, Any]], str],
    act: str,
    next_text: str,
) -> Response | str | tuple[str, int]:
    """One form on a page of its own; what was typed stays when it is refused."""
    known = {"person": request.args.get("person", "")} if request.method == "GET" else {}
    against: list[Violation] = []
    if request.method == "POST":
        try:
            values = entry_forms.read(form)
            current.execute(command(values))
            return redirect(after(values))
        except (Refused, Invalid, Forbidden) as refusal:
            against, known = _against(refusal), entry_forms.typed(form)
    shown = entry_forms.view(form, known, choices=_choices(), violations=against)
    html = render_template(
        "people/entry.html",
        form=shown,
        errors=entry_forms.errors(shown, against),
        act=act,
        next_text=next_text,
    )
    return (html, 422) if against else html


def _on_person(key: str, form: str, command: Callable[[dict[str, Any]], Command], done: str) -> Any:
    try:
        current.execute(command(entry_forms.read(form)))
    except (Refused, Invalid) as refusal:
        return _show(key, form, _against(refusal)), 422
    flash(done, "ok")
    return redirect(url_for(".show", key=key))


@blueprint.post("/<key>/roles")
def grant(key: str) -> Any:
    """Grant a role."""
    return _on_person(key, "grant_role", lambda v: GrantRole(person=key, **v), _("已授予职责。"))


@blueprint.post("/<key>/certificates")
def certify(key: str) -> Any:
    """Register a certificate."""
    return _on_person(
        key, "add_certificate", lambda v: AddCertificate(person=key, **v), _("已登记执法证。")
    )


@blueprint.post("/<key>/roles/end")
def end_role(key: str) -> Response:
    """End a role today."""
    command = EndRole(
        assignment=request.form.get("assignment", ""), valid_to=law_day(current.now())
    )
    return _carry_out(command, url_for(".show", key=key), _("职责到今天为止。"))


@blueprint.post("/<key>/certificates/revoke")
def revoke(key: str) -> Response:
    """Revoke a certificate from today on."""
    command = RevokeCertificate(
        number=request.form.get("number", ""), revoked_on=law_day(current.now())
    )
    return _carry_out(command, url_for(".show", key=key), _("执法证已作废。"))


@blueprint.post("/<key>/absences/cancel")
def cancel_absence(key: str) -> Response:
    """The person is back."""
    command = CancelAbsence(absence=request.form.get("absence", ""))
    return _carry_out(command, url_for(".show", key=key), _("已记返岗。"))


@blueprint.post("/<key>/password")
def password(key: str) -> Response | str:
    """Set a new password: made here, shown once on this answer, changed by the person later."""
    fresh = secrets.token_urlsafe(12)
    try:
        result = current.execute(SetPassword(person=key, password=fresh))
    except (Refused, Invalid) as refusal:
        flash(told(refusal), "error")
        return redirect(url_for(".show", key=key))
    if result.repeated:
        flash(_("密码刚才已经重设，不再显示。忘了就再重设一次。"), "info")
        return redirect(url_for(".show", key=key))
    return _show(key, secret=fresh)


@blueprint.post("/<key>/deactivate")
def deactivate(key: str) -> Response:
    """The person has left."""
    command = DeactivatePerson(person=key, reason=request.form.get("reason", "").strip()[:200])
    return _carry_out(command, url_for(".index"), _("账号已停用。"))


@blueprint.get("/sign-ins")
def sign_ins() -> str:
    """Who signed in from where, and who failed to; for administrators."""
    if not administers():
        raise Forbidden()
    with current.application().dispatcher.read(current.actor()) as session:
        page = supervision.sign_ins(session, before=request.args.get("before", type=int))
    return render_template(
        "people/sign_ins.html",
        page=page,
        next_url=url_for(".sign_ins", before=page.next) if page.next else None,
    )
