"""Views of a list under a name: save this one, forget that one."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response

from webapp import current, inboxes, remembering
from webapp.views import cases

blueprint = Blueprint("views", __name__)

FILTERS = {"inbox": ("view", *inboxes.NARROWED), "cases": cases.NARROWED}


@blueprint.post("/views/<listed>")
@login_required
def save(listed: str) -> Response:
    """Keep the filters of the page under the name that was typed."""
    filters, name = _filters(listed), request.form.get("name", "").strip()
    there = url_for(remembering.LISTS[listed], **filters)
    full = len(remembering.views(listed).named) >= remembering.MOST_VIEWS
    if not name or not filters or (full and name not in remembering.views(listed).named):
        most = remembering.MOST_VIEWS
        flash(_("没有保存：请写上名称；最多保留 %(num)s 个视图。", num=most), "error")
        return redirect(there)
    now = current.now()
    current.application().notes.save_view(current.actor(), listed, name, filters, now)
    flash(_("已存为视图“%(name)s”。", name=name[:40]), "ok")
    return redirect(there)


@blueprint.post("/views/<listed>/drop")
@login_required
def drop(listed: str) -> Response:
    """Forget a view; the list stays as it is shown."""
    filters, name = _filters(listed), request.form.get("name", "")
    if name:
        current.application().notes.drop_view(current.actor(), listed, name)
        flash(_("已删除视图“%(name)s”。", name=name), "ok")
    return redirect(url_for(remembering.LISTS[listed], **filters))


def _filters(listed: str) -> dict[str, str]:
    if listed not in FILTERS:
        abort(404)
    return remembering.posted(FILTERS[listed])
