"""Supervision: figures, the cases behind them, and for each case everything that was done."""

import json
import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, render_template, request, stream_with_context, url_for
from flask_babel import gettext as _
from flask_login import login_required

from models.duration import SHANGHAI, law_day
from models.errors import Forbidden, NotFound
from models.types import Stage
from webapp import current
from webapp.casepage import command_title
from webapp.presenters import story
from webapp.presenters import supervision as words
from webapp.presenters.running import clock_name
from webapp.presenters.stages import stage_name
from workflows import audit
from workflows.clocks import AGENCY_CLOCKS
from workflows.labels import labels_of
from workflows.lawbook import lawbook
from workflows.queries import supervision as query
from workflows.queries import timeline
from workflows.queries.reviewing import failure_counts
from workflows.queries.supervision import CaseSet, Filters

blueprint = Blueprint("supervision", __name__, url_prefix="/supervision")

FILTERS = ("set", "subject", "unit", "stage", "clock")
FIRST = 6
"""Pressing cases on the board itself."""


@blueprint.before_request
@login_required
def only_supervisors() -> None:
    """Leaders, unit heads and supervisors; each sees what they are granted."""
    if not current.actor().roles() & query.SUPERVISES:
        raise Forbidden()


class Place:
    """The legal subjects and units that the person supervises, and the filters of the address."""

    def __init__(self, session: Any) -> None:
        self.subjects, self.units = query.places(session, current.actor())
        self.calendar = lawbook(session).calendar
        self.filters = self._filters()
        self.names = words.Names(
            {s.id: s for s in self.subjects},
            {u.id: u for u in self.units},
            current.now(),
            self.calendar,
            current.language(),
        )

    def _filters(self) -> Filters:
        subject = _chosen(self.subjects, request.args.get("subject"))
        unit = _chosen(self.units, request.args.get("unit"))
        wanted = request.args.get("set", CaseSet.OPEN)
        if wanted not in set(CaseSet):
            raise NotFound()
        year = law_day(current.now()).year
        return Filters(
            now=current.now(),
            year_start=datetime(year, 1, 1, tzinfo=SHANGHAI),
            wanted=CaseSet(wanted),
            subject_id=subject.id if subject else None,
            unit_id=unit.id if unit else None,
            stage=request.args.get("stage") if request.args.get("stage") in set(Stage) else None,
            clock=request.args.get("clock") if request.args.get("clock") in AGENCY_CLOCKS else None,
        )


def _chosen(rows: list[Any], key: str | None) -> Any:
    """The row with this key; a key outside the person's scope is no row at all."""
    if not key:
        return None
    found = next((row for row in rows if row.key == key), None)
    if found is None:
        raise NotFound()
    return found


@blueprint.get("")
def index() -> str:
    """The board: figures with their numerators and denominators, what presses, where it is slow."""
    actor, lang = current.actor(), current.language()
    with current.application().dispatcher.read(actor) as session:
        place = Place(session)
        sizes = {s: query.size(session, actor, place.filters.of(s)) for s in CaseSet}
        cells = query.cells(session, actor, place.filters)
        late = query.case_page(session, actor, place.filters.of(CaseSet.LATE), limit=FIRST)
        soon = query.case_page(session, actor, place.filters.of(CaseSet.SOON), limit=FIRST)
        faults = failure_counts(session, actor, place.filters.year_start)
        labels = labels_of(current.application().catalogue.current(session, "ordinary"))
    return render_template(
        "supervision/index.html",
        place=place,
        figures=words.figures(sizes),
        sizes=sizes,
        late=place.names.lines(late),
        soon=place.names.lines(soon),
        by_unit=words.by_unit(cells, place.subjects, place.units, lang),
        by_stage=words.by_stage(cells, Stage, lang),
        faults=[(labels.text("review_failure", code)[lang], times) for code, times in faults],
        subject_filter=_subject_filter(place),
        to=_to,
    )


def _to(**changes: str | None) -> str:
    """The list of cases with the filters of this page, changed."""
    return _address(".cases", **changes)


def _address(endpoint: str, **changes: str | None) -> str:
    kept = {
        k: v for k, v in request.args.items() if k in ("set", "subject", "unit", "stage", "clock")
    }
    return url_for(endpoint, **{k: v for k, v in {**kept, **changes}.items() if v})


@blueprint.get("/cases")
def cases() -> str:
    """The cases of one set, narrowed by subject, unit, stage and clock."""
    actor = current.actor()
    with current.application().dispatcher.read(actor) as session:
        place = Place(session)
        page = query.case_page(session, actor, place.filters, after=request.args.get("after"))
        counts = {s: query.count(session, actor, place.filters.of(s)) for s in CaseSet}
    return render_template(
        "supervision/cases.html",
        lines=place.names.lines(page),
        next_url=_address(".cases", after=page.next) if page.next else None,
        first_url=_address(".cases") if request.args.get("after") else None,
        views=_views(place.filters, counts),
        filters=_chips(place),
        clear_url=url_for(".cases", set=place.filters.wanted),
        csv_url=_address(".sheet"),
        wanted=place.filters.wanted,
    )


def _views(filters: Filters, counts: Any) -> list[dict[str, Any]]:
    labels = {
        CaseSet.OPEN: _("全部在办"),
        CaseSet.LATE: _("超期"),
        CaseSet.SOON: _("临期"),
        CaseSet.FILED: _("本年立案"),
        CaseSet.CLOSED: _("其中结案"),
    }
    return [
        {
            "label": label,
            "count": counts[each],
            "url": _address(".cases", set=each.value),
            "current": each is filters.wanted,
        }
        for each, label in labels.items()
    ]


def _chips(place: Place) -> list[dict[str, Any]]:
    lang = current.language()
    units = [(u.key, words.name(u, lang)) for u in place.units]
    stages = [(s.value, stage_name(s, lang)) for s in Stage]
    clocks = sorted((code, clock_name(code, lang)) for code in AGENCY_CLOCKS)
    return [
        _subject_filter(place, ".cases"),
        _chip("unit", _("机构"), units, ".cases"),
        _chip("stage", _("阶段"), stages, ".cases"),
        _chip("clock", _("期限"), clocks, ".cases"),
    ]


def _subject_filter(place: Place, endpoint: str = ".index") -> dict[str, Any]:
    subjects = [(s.key, words.name(s, current.language())) for s in place.subjects]
    return _chip("subject", _("执法主体"), subjects, endpoint)


def _chip(key: str, label: str, choices: list[tuple[str, str]], endpoint: str) -> dict[str, Any]:
    value = request.args.get(key)
    return {
        "label": label,
        "value": dict(choices).get(value or "", ""),
        "on": value in dict(choices),
        "clear_url": _address(endpoint, **{key: None}),
        "options": [
            {"url": _address(endpoint, **{key: choice}), "label": text, "current": choice == value}
            for choice, text in choices
        ],
    }


@blueprint.get("/cases.csv")
def sheet() -> Response:
    """The same list for a spreadsheet, streamed."""
    actor, lang = current.actor(), current.language()

    def written() -> Iterator[str]:
        with current.application().dispatcher.read(actor) as session:
            place = Place(session)
            pages = query.every_case(session, actor, place.filters)
            yield from words.sheet((place.names.lines(page) for page in pages), lang)

    response = Response(stream_with_context(written()), mimetype="text/csv")
    day = law_day(current.now()).isoformat()
    wanted = request.args.get("set", "open")
    safe = wanted if wanted in set(CaseSet) else "open"
    response.headers.set("Content-Disposition", "attachment", filename=f"cases-{safe}-{day}.csv")
    return response


@blueprint.get("/cases/<uuid:case_id>")
def case(case_id: uuid.UUID) -> str:
    """Everything that was done in one case, with what each act was given and what it changed."""
    actor, lang, now = current.actor(), current.language(), current.now()
    with current.application().dispatcher.read(actor) as session:
        found = query.supervised(session, actor, case_id)
        if found is None:
            raise NotFound()
        page = timeline.timeline(
            session, case_id, important=False, before=request.args.get("before"), details=True
        )
        count = timeline.timeline_count(session, case_id, important=False)
        refused = timeline.refused(session, case_id)
        looks = timeline.looks(session, case_id)
        breaks = audit.verify_case(session, found) if "verify" in request.args else None
    current.application().notes.read(actor, case_id, "supervision", now)
    return render_template(
        "supervision/case.html",
        case=found,
        stage=stage_name(found.stage, lang),
        lines=story.lines(page.rows, law_day(now), lang),
        differences=story.differences,
        next_url=url_for(".case", case_id=case_id, before=page.next) if page.next else None,
        count=count,
        refused=refused,
        looks=looks,
        breaks=breaks,
    )


@blueprint.app_template_filter("as_text")
def as_text(payload: Any) -> str:
    """What was filled in, as it is stored, in lines."""
    return json.dumps(payload, ensure_ascii=False, indent=2)


@blueprint.get("/refusals")
def refusals() -> str:
    """What was tried and refused in supervised cases."""
    actor = current.actor()
    with current.application().dispatcher.read(actor) as session:
        before = request.args.get("before", type=int)
        page = query.attempts(session, actor, before=before)
        versions = {a.pack_version_id for a in page.rows}
        packs = {key: current.application().catalogue.version(session, key) for key in versions}
    return render_template(
        "supervision/refusals.html",
        page=page,
        title_of=lambda attempt: command_title(packs[attempt.pack_version_id], attempt.command),
        next_url=url_for(".refusals", before=page.next) if page.next else None,
    )
