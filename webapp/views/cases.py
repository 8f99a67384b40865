"""Cases: the list that one can search, narrow, page and take away; and the page of one case."""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from flask import (
    Blueprint,
    Response,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from flask_login import login_required

from models.duration import law_day
from models.errors import NotFound
from models.types import Role
from webapp import casepage, current, remembering, security, spreadsheets
from webapp.presenters import running, story
from webapp.presenters.dates import plain_day, since
from webapp.presenters.stages import STAGE_NAMES, stage_name
from workflows.access import LEADERS
from workflows.lawbook import lawbook
from workflows.queries.casefile import case_file, visible_case
from workflows.queries.cases import CaseFilters, CaseRow, case_count, case_list, subjects_of
from workflows.queries.standing import due_clocks, subjects_named
from workflows.queries.timeline import looks, refused, timeline, timeline_count

blueprint = Blueprint("cases", __name__)

LIST = "cases"
NARROWED = ("q", "stage", "subject", "due", "view")
SOON = timedelta(days=7)
"""What the filter “7 天内到期” means; the colour of a badge is the law's own affair."""
EXPORT_PAGE = 500
INSPECTS = frozenset({Role.SUPERVISOR, *LEADERS})
"""Who may see what an act changed, value by value."""


@blueprint.get("/cases")
@login_required
def index() -> Any:
    """The list, as it was left last time unless the address says otherwise.

    A number typed in full leads straight to its case.
    """
    if not request.args and remembering.views(LIST).last:
        return redirect(url_for("cases.index", **remembering.views(LIST).last))
    filters = _filters()
    app, actor, now = current.application(), current.actor(), current.now()
    with app.transactions.read() as session:
        page = case_list(session, actor, now, filters, after=request.args.get("after"))
        total = case_count(session, actor, now, filters)
        clocks = due_clocks(session, page.rows)
        subjects = subjects_named(session, subjects_of(actor))
        calendar = lawbook(session).calendar
    if len(page.rows) == 1 and filters.text.strip() in (page.rows[0].case_no, page.rows[0].lead_no):
        return redirect(url_for("cases.show", case_id=page.rows[0].id))
    if not filters.text:
        remembering.remember(LIST, _narrowed())
    names = {s.id: s.name_en if current.language() == "en" else s.name for s in subjects}
    lang = current.language()
    return render_template(
        "cases/index.html",
        nav_key="cases",
        rows=page.rows,
        badges={k: running.badge(c, now, calendar, lang) for k, c in clocks.items()},
        total=total,
        names=names,
        chips=_chips(names),
        narrowed=bool(_narrowed()),
        clear_url=url_for("cases.index", view="all"),
        naming=remembering.naming(LIST, _narrowed()),
        tabs=_tabs(filters, total),
        next_url=_address(after=page.next) if page.next else None,
        first_url=_address() if request.args.get("after") else None,
        export_url=url_for("cases.export", **_kept()),
        text=filters.text,
        days={r.id: since(r.opened_at, lang, today=law_day(now)) for r in page.rows},
        stage_name=stage_name,
    )


def _filters() -> CaseFilters:
    stage, due = request.args.get("stage"), request.args.get("due")
    subject = request.args.get("subject")
    return CaseFilters(
        text=request.args.get("q", "")[:100],
        stage=stage if stage in STAGE_NAMES else None,
        subject_id=current.as_uuid(subject) if subject else None,
        late=due == "late",
        soon_before=current.now() + SOON if due == "soon" else None,
        leads=request.args.get("view") == "leads",
    )


def _kept() -> dict[str, str]:
    """The filters of the address, without the place in the list."""
    return {name: request.args[name] for name in NARROWED if request.args.get(name)}


def _narrowed() -> dict[str, str]:
    """The filters that are remembered: a text that was looked for is not one of them."""
    return {k: v for k, v in _kept().items() if k != "q" and (k, v) != ("view", "all")}


def _address(**changed: str | None) -> str:
    """This list with other filters; an empty value takes a filter away."""
    wanted = {**_kept(), **changed}
    return url_for("cases.index", **{k: v for k, v in wanted.items() if v} or {"view": "all"})


def _tabs(filters: CaseFilters, total: object) -> list[dict[str, Any]]:
    tabs = [("", _("全部")), ("leads", _("还是线索"))]
    shown = "leads" if filters.leads else ""
    return [
        {
            "url": _address(view=key or None),
            "label": label,
            "current": key == shown,
            "count": total if key == shown else None,
        }
        for key, label in tabs
    ] + remembering.named_tabs(LIST, _narrowed())


def _chips(subjects: dict[uuid.UUID, str]) -> list[dict[str, Any]]:
    lang = current.language()
    due = {"late": _("已超期"), "soon": _("7 天内到期")}
    stages = {key: stage_name(key, lang) for key in STAGE_NAMES}
    chips = [_chip("stage", _("阶段"), stages), _chip("due", _("期限"), due)]
    if len(subjects) > 1:
        by_text = {str(key): name for key, name in subjects.items()}
        chips.append(_chip("subject", _("执法主体"), by_text))
    return chips


def _chip(name: str, label: str, options: dict[str, str]) -> dict[str, Any]:
    chosen = request.args.get(name, "")
    return {
        "label": label,
        "value": options.get(chosen),
        "on": chosen in options,
        "clear_url": _address(**{name: None}),
        "options": [
            {"url": _address(**{name: key}), "label": text, "current": key == chosen}
            for key, text in options.items()
        ],
    }


@blueprint.get("/cases.csv")
@login_required
def export() -> Response:
    """The narrowed list as a table for spreadsheets, streamed page by page."""
    now = current.now()
    name = f"cases-{law_day(now).isoformat()}.csv"
    return spreadsheets.table(name, _rows(_filters(), now))


def _rows(filters: CaseFilters, now: datetime) -> Iterator[list[str]]:
    yield [
        _("案号"), _("线索编号"), _("当事人"), _("事项"), _("地点"), _("阶段"),
        _("受理日"), _("立案日"), _("决定日"), _("结案日"), _("最近的期限"), _("末日"),
    ]  # fmt: skip
    after: str | None = None
    app, actor, lang = current.application(), current.actor(), current.language()
    while True:
        with app.transactions.read() as session:
            page = case_list(session, actor, now, filters, after=after, limit=EXPORT_PAGE)
        yield from (_cells(row, lang) for row in page.rows)
        if page.next is None:
            return
        after = page.next


def _cells(row: CaseRow, lang: str) -> list[str]:
    days = (row.opened_at, row.filed_at, row.decided_at, row.closed_at)
    clock = running.clock_name(row.next_clock, lang) if row.next_clock else ""
    # The instant after the last day is the first that is too late.
    due = row.next_due_at - timedelta(seconds=1) if row.next_due_at else None
    return [
        row.case_no or "", row.lead_no or "", row.party_name, row.matter_title or "",
        row.act_place or "", stage_name(row.stage, lang),
        *(law_day(day).isoformat() if day else "" for day in days),
        clock, plain_day(law_day(due), lang) if due else "",
    ]  # fmt: skip


# -- one case ---------------------------------------------------------------------------------


@blueprint.get("/cases/<uuid:case_id>")
@blueprint.get("/cases/<uuid:case_id>/<any(facts,documents,clocks,process,service,record):tab>")
@login_required
def show(case_id: uuid.UUID, tab: str = "overview") -> str:
    """One case, a tab at a time; that it was opened is noted."""
    app, actor, now = current.application(), current.actor(), current.now()
    important = request.args.get("acts") != "all"
    inspects = bool(actor.roles() & INSPECTS)
    everything = tab == "record"
    with app.transactions.read() as session:
        file = case_file(session, actor, case_id)
        page = casepage.open_page(session, file)
        acts = timeline(
            session,
            case_id,
            important=important and not everything,
            before=request.args.get("before"),
            details=everything and inspects,
        )
        counts = {
            "key": timeline_count(session, case_id, important=True),
            "all": timeline_count(session, case_id, important=False),
        }
        seen = looks(session, case_id) if everything and inspects else []
        attempts = refused(session, case_id) if everything and inspects else []
    app.notes.read(actor, case_id, f"case:{tab}", now)
    if tab in ("overview", "process"):
        security.allow_diagram()
    return render_template(
        f"cases/{tab}.html",
        nav_key="cases",
        tab=tab,
        tabs=casepage.tabs(file, tab),
        counts=counts,
        important=important,
        story=story.lines(acts.rows, law_day(now), current.language()),
        differences=story.differences,
        inspects=inspects,
        looks=seen,
        attempts=attempts,
        today=law_day(now),
        look_words=story.look_words,
        more_url=_more(case_id, tab, important, acts.next),
        **page,
    )


def _more(case_id: uuid.UUID, tab: str, important: bool, before: str | None) -> str | None:
    if before is None:
        return None
    acts = None if important else "all"
    return url_for("cases.acts", case_id=case_id, acts=acts, before=before, on=tab)


@blueprint.get("/cases/<uuid:case_id>/acts")
@login_required
def acts(case_id: uuid.UUID) -> str:
    """The next acts of the story, as a piece of a page."""
    app, actor = current.application(), current.actor()
    on = request.args.get("on", "overview")
    important = request.args.get("acts") != "all" and on != "record"
    inspects = bool(actor.roles() & INSPECTS) and on == "record"
    with app.transactions.read() as session:
        visible_case(session, actor, case_id)
        found = timeline(
            session, case_id, important=important, before=request.args.get("before"),
            details=inspects,
        )  # fmt: skip
    return render_template(
        "cases/_acts.html",
        story=story.lines(found.rows, law_day(current.now()), current.language()),
        more_url=_more(case_id, on, important, found.next),
        differences=story.differences,
        inspects=inspects,
    )


@blueprint.get("/cases/<uuid:case_id>/diagram.xml")
@login_required
def diagram(case_id: uuid.UUID) -> Response:
    """The drawing of the version on which the case runs, or of one of its side processes."""
    app, side = current.application(), request.args.get("side")
    with app.transactions.read() as session:
        case = visible_case(session, current.actor(), case_id)
        pack = app.catalogue.version(session, case.pack_version_id)
    if side is not None and side not in pack.manifest.side:
        raise NotFound()
    response = Response(pack.diagram(side), content_type="application/xml; charset=utf-8")
    response.headers["Cache-Control"] = "private, max-age=3600"
    response.set_etag(f"{pack.files.hash}-{side or 'main'}")
    return response.make_conditional(request)


@blueprint.get("/cases/<uuid:case_id>/diagram.json")
@login_required
def diagram_state(case_id: uuid.UUID) -> Response:
    """Where the case stands on its drawing: what is done, what waits and why."""
    with current.application().transactions.read() as session:
        file = case_file(session, current.actor(), case_id)
        page = casepage.open_page(session, file)
    return jsonify(page["diagram_state"])
