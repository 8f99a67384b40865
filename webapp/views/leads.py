"""Leads (线索): cases that have no case number yet, and the form that registers one."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required

from models.duration import law_day
from models.errors import DomainError, Forbidden
from models.types import EXITS, Role
from webapp import current, desks, modelling, taskdesk
from webapp.errors import status_of
from webapp.presenters import running
from webapp.presenters.stages import stage_name
from workflows.catalogue import LoadedPack
from workflows.intake import Intake, Step
from workflows.lawbook import lawbook
from workflows.queries import desk
from workflows.queries.cases import CaseFilters, case_count, case_list
from workflows.queries.standing import due_clocks

blueprint = Blueprint("leads", __name__)

PACK = "ordinary"
"""The procedure in which a lead begins; what is punished on the spot has pages of its own."""
CHOSEN = frozenset({PACK, "quick"})
"""Procedures between which the officer chooses on the page."""
OTHERS = frozenset({"nonsite", "quick"})
"""Procedures that a lead may begin in by the address: non-site enforcement, from a recording."""


@blueprint.get("/leads")
@login_required
def index() -> str:
    """Leads of one's legal subjects, latest first."""
    filters = CaseFilters(text=request.args.get("q", "")[:100], leads=True)
    app, actor, now = current.application(), current.actor(), current.now()
    with app.dispatcher.read(actor) as db:
        page = case_list(db, actor, now, filters, after=request.args.get("after"))
        total = case_count(db, actor, now, filters)
        clocks = due_clocks(db, page.rows)
        calendar = lawbook(db).calendar
    lang = current.language()
    number = request.args.get("page", 1, type=int)
    return render_template(
        "leads/index.html",
        nav_key="leads",
        rows=page.rows,
        total=total,
        text=filters.text,
        ended=EXITS,
        may_register=Role.HANDLER in actor.roles(),
        stage_name=lambda stage: stage_name(stage, lang),
        badges={key: running.badge(c, now, calendar, lang) for key, c in clocks.items()},
        today=law_day(now),
        number=number,
        next_url=_next(page.next, number),
    )


def _next(cursor: str | None, number: int) -> str | None:
    if cursor is None:
        return None
    kept = request.args.get("q") or None
    return url_for("leads.index", q=kept, after=cursor, page=number + 1)


@blueprint.get("/leads/new")
@login_required
def new() -> str:
    """The form of a lead, made for a phone on the pavement."""
    step = _step()
    begun = modelling.begun(_loaded(step), step, None, step.blank())
    return _page(step, {**begun, **_known(step)})


@blueprint.post("/leads/new")
@login_required
def register() -> Any:
    """Register the lead; a refusal keeps all that was typed."""
    step = _step()
    typed = desks.posted(step.form)
    try:
        result = current.execute(step.command_from(typed))
    except Forbidden:
        raise
    except DomainError as refusal:
        return _page(step, step.kept(typed), refusal), status_of(refusal)
    app, actor = current.application(), current.actor()
    with app.dispatcher.read(actor) as db:
        following = desk.opened(db, result.opened)
    flash(_told(result.events), "ok")
    mine = next((e.task.id for e in following if e.holder and e.holder.id == actor.id), None)
    if mine is not None:
        return redirect(url_for("tasks.show", task_id=mine))
    return redirect(url_for("cases.show", case_id=result.case_id))


def _known(step: Step) -> dict[str, Any]:
    """Recordings and the matter that the link brings along, where the form asks for them."""
    asked = {field.name for field in (step.form.fields if step.form else ())}
    named, matter = request.args.getlist("recordings"), request.args.get("matter")
    found: dict[str, Any] = {"recordings": named} if named and "recordings" in asked else {}
    if matter in {each.key for each in step.matters} and "matter" in asked:
        found["matter"] = matter
    return found


def _ways(step: Step) -> list[dict[str, Any]]:
    """The procedures to choose from: what each is for, and when it is not lawful."""
    matter = request.args.get("matter")
    chosen = [
        ("simple", _("当场处罚"), _("警告或者小额罚款；最低罚款超过限额、须先责令改正的不能用。")),
        ("quick", _("快速办理"), _("当事人承认并书面同意；未成年人、听证范围、涉嫌犯罪的不能用。")),
        (PACK, _("普通程序"), _("其他案件，以及须先责令改正的事项。")),
    ]
    return [
        {"title": title, "note": note, "url": _begin(pack, matter), "on": pack == step.pack}
        for pack, title, note in chosen
    ]


def _begin(pack: str, matter: str | None) -> str:
    if pack == "simple":
        return url_for("spot.index")
    return url_for("leads.new", pack=pack, matter=matter)


def _told(events: list[dict[str, Any]]) -> str:
    lang = current.language()
    words = (" " if lang == "en" else "").join(str(event[lang]) for event in events)
    return words or _("线索已登记。")


def _loaded(step: Step) -> LoadedPack:
    app = current.application()
    with app.dispatcher.read(current.actor()) as db:
        return app.catalogue.current(db, step.pack or PACK)


def _step() -> Step:
    app, actor = current.application(), current.actor()
    if Role.HANDLER not in actor.roles():
        raise Forbidden()
    with app.dispatcher.read(actor) as db:
        return Intake(db, app.catalogue, actor, current.now()).opening(_pack())


def _pack() -> str:
    """The procedure that was chosen; the ordinary one unless told otherwise."""
    wanted = request.args.get("pack", PACK)
    return wanted if wanted in OTHERS else PACK


def _page(step: Step, values: dict[str, Any], refusal: DomainError | None = None) -> str:
    files = ()
    keys = desks.typed_files(step.form, values)
    if keys:
        app, actor = current.application(), current.actor()
        with app.dispatcher.read(actor) as db:
            files = tuple(desk.finished_uploads(db, actor, keys))
    return render_template(
        "leads/new.html",
        nav_key="leads",
        pack=step.pack if step.pack in OTHERS else None,
        sheet=desks.sheet(step, values, refusal=refusal, files=files),
        binding=taskdesk.step_words(step),
        ways=_ways(step) if step.pack in CHOSEN else [],
        models=modelling.offered(_loaded(step), step, None),
    )
