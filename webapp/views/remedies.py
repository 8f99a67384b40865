"""The register of reconsiderations and lawsuits (复议、诉讼), and the lessons (案件复盘)."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required

from models.duration import law_day
from models.errors import Forbidden
from models.remedy import RemedyKind
from webapp import current, spreadsheets
from webapp.views.devices import page_number
from workflows.access import SEES_CASES
from workflows.issuing import labels_of
from workflows.queries import remedies as query
from workflows.queries.remedies import Line, RemedySet, Wanted

blueprint = Blueprint("remedies", __name__)


def _wanted() -> Wanted:
    which, kind = request.args.get("set", "open"), request.args.get("kind")
    return Wanted(
        which=RemedySet(which) if which in set(RemedySet) else RemedySet.OPEN,
        kind=kind if kind in set(RemedyKind) else None,
        text=request.args.get("q", "").strip()[:100],
    )


def kind_name(row: Any) -> str:
    """What the way is called, with the instance of a lawsuit."""
    if row.kind == RemedyKind.RECONSIDERATION:
        return _("行政复议")
    return {
        "first": _("行政诉讼（一审）"),
        "appeal": _("行政诉讼（二审）"),
        "retrial": _("行政诉讼（再审）"),
    }[row.instance]


def step_name(line: Line) -> str:
    """Where it stands."""
    return {
        "forward": _("等待转送"),
        "admission": _("等待受理"),
        "copy": _("等待申请书副本"),
        "reply": _("准备答复"),
        "decision": _("等待决定"),
        "follow_up": _("落实后续事项"),
        "over": _("已办结"),
    }[line.step]


def _outcomes() -> dict[str, str]:
    """The words of the code table, from the pack that new cases run."""
    app, lang = current.application(), current.language()
    with app.dispatcher.read(current.actor()) as session:
        table = labels_of(app.catalogue.current(session, "ordinary")).tables["remedy_outcome"]
    return {option.value: option.text[lang] for option in table}


def _allowed() -> None:
    if not current.actor().roles() & query.SEES_REMEDIES:
        raise Forbidden()


@blueprint.get("/remedies")
@login_required
def index() -> str:
    """Those under way, those whose consequences wait, those that were corrected."""
    _allowed()
    actor, wanted, number = current.actor(), _wanted(), page_number()
    with current.application().dispatcher.read(actor) as session:
        page, total = query.remedies(session, actor, wanted, number=number)
        rates = query.rates(session, actor)
    return render_template(
        "remedies/index.html",
        page=page,
        total=total,
        wanted=wanted,
        number=number,
        views=_views(wanted),
        rates=rates,
        outcomes=_outcomes(),
        kind_name=kind_name,
        step_name=step_name,
        today=law_day(current.now()),
    )


def _views(wanted: Wanted) -> list[dict[str, Any]]:
    labels = {
        RemedySet.OPEN: _("复议、诉讼中"),
        RemedySet.FOLLOW_UP: _("后续事项待落实"),
        RemedySet.CORRECTED: _("被纠正"),
        RemedySet.ALL: _("全部"),
    }
    return [
        {
            "label": label,
            "url": url_for(".index", set=each.value, kind=wanted.kind, q=wanted.text or None),
            "current": each is wanted.which,
        }
        for each, label in labels.items()
    ]


@blueprint.get("/remedies.csv")
@login_required
def sheet() -> Response:
    """The same list for a spreadsheet."""
    _allowed()
    actor, wanted, outcomes = current.actor(), _wanted(), _outcomes()

    def rows() -> Iterator[list[str]]:
        yield [
            *(_("案号"), _("当事人"), _("途径"), _("复议机关（法院）"), _("机关案号")),
            *(_("申请（起诉）日期"), _("受理日期"), _("收到副本"), _("答复期限"), _("答复日期")),
            *(_("结果"), _("收到结果"), _("进展"), _("待落实事项")),
        ]
        with current.application().dispatcher.read(actor) as session:
            for line in query.every(session, actor, wanted):
                yield _cells(line, outcomes)

    return spreadsheets.table("remedies.csv", rows())


def _cells(line: Line, outcomes: dict[str, str]) -> list[str]:
    row = line.remedy
    days = (row.applied_on, row.accepted_on, row.copy_received_on, row.reply_by, row.replied_on)
    return [
        line.case.case_no or line.case.lead_no or "",
        line.case.party_name,
        kind_name(row),
        row.authority,
        row.authority_no or "",
        *(str(day) if day else "" for day in days),
        outcomes.get(row.outcome or "", ""),
        str(row.received_on or ""),
        step_name(line),
        str(line.follow_ups),
    ]


@blueprint.get("/lessons")
@login_required
def lessons() -> str:
    """What was learned, for everybody who works on cases."""
    actor, number = current.actor(), page_number()
    if not actor.roles() & SEES_CASES:
        raise Forbidden()
    text = request.args.get("q", "").strip()[:100]
    with current.application().dispatcher.read(actor) as session:
        page, total = query.lessons(session, actor, text, number=number)
    return render_template(
        "remedies/lessons.html",
        nav_key="remedies",
        page=page,
        total=total,
        text=text,
        number=number,
        register=bool(actor.roles() & query.SEES_REMEDIES),
    )
