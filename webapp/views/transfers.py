"""Transfers (移送台账): what went out, what came in, what is with the police."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required

from models.duration import law_day
from models.errors import Forbidden
from webapp import current, spreadsheets
from webapp.presenters.dates import plain_day
from webapp.views.devices import page_number
from workflows.access import SEES_CASES
from workflows.queries.transfers import DIRECTIONS, TransferLine, every, transfers

blueprint = Blueprint("transfers", __name__, url_prefix="/transfers")


def states(direction: str) -> dict[str, str]:
    """Where a transfer of this direction may stand."""
    if direction == "police":
        return {
            "reported": _("待主要负责人决定"), "approved": _("待移送"), "sent": _("已移送"),
            "filed": _("公安已立案"), "refused": _("不予立案或者不批准"),
            "handed_over": _("已移交物品"), "resumed": _("恢复行政办理"), "closed": _("司法终结"),
        }  # fmt: skip
    both = {
        "received": _("已签收"), "accepted": _("已受理"), "returned": _("退回"),
        "result_fed_back": _("已反馈结果"),
    }  # fmt: skip
    if direction == "in":
        return both
    return {
        "draft": _("拟移送"), "sent": _("已发出"), "resent": _("重新发出"), **both,
        "closed": _("已取回"),
    }  # fmt: skip


def _chosen() -> tuple[str, str]:
    """Direction and state of the address; anything else falls back to the first and to all."""
    if not current.actor().roles() & SEES_CASES:
        raise Forbidden()
    direction = request.args.get("direction", "")
    direction = direction if direction in DIRECTIONS else DIRECTIONS[0]
    state = request.args.get("state", "")
    return direction, state if state in states(direction) else ""


@blueprint.get("")
@login_required
def index() -> str:
    """One direction, newest first, by state."""
    actor, number = current.actor(), page_number()
    direction, state = _chosen()
    with current.application().dispatcher.read(actor) as session:
        page, total = transfers(session, actor, direction, state=state, number=number)
    kept = {"direction": direction, "state": state or None}
    return render_template(
        "transfers/index.html",
        nav_key="transfers",
        page=page,
        total=total,
        number=number,
        direction=direction,
        state=state,
        states=states(direction),
        today=law_day(current.now()),
        titles={"out": _("移出"), "in": _("移入"), "police": _("移送公安机关")},
        address=lambda **more: url_for(".index", **{**kept, **more}),
        csv_url=url_for(".sheet", **kept),
    )


@blueprint.get("/transfers.csv")
@login_required
def sheet() -> Any:
    """The narrowed list as a table for spreadsheets."""
    direction, state = _chosen()
    day = law_day(current.now()).isoformat()
    return spreadsheets.table(f"transfers-{direction}-{day}.csv", _rows(direction, state))


def _rows(direction: str, state: str) -> Iterator[Sequence[str]]:
    yield [_("当事人"), _("编号"), _("对方机关"), _("状态"), _("日期"), _("期限")]
    names, actor = states(direction), current.actor()
    with current.application().dispatcher.read(actor) as session:
        for line in every(session, actor, direction, state):
            yield _cells(line, names)


def _cells(line: TransferLine, names: dict[str, str]) -> list[str]:
    lang = current.language()
    moved = plain_day(line.moved_on, lang) if line.moved_on else ""
    last = plain_day(line.last_day, lang) if line.last_day else ""
    state = names.get(line.state, line.state)
    return [line.party, line.number, line.agency, state, moved, last]
