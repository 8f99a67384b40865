"""One's own account: language, theme, password, API tokens."""

import secrets
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response

from models.errors import Invalid, Refused
from webapp import auth, current
from webapp.views.packs import told
from workflows.commands.bureau import ChangePassword
from workflows.queries import bureau as query

blueprint = Blueprint("me", __name__, url_prefix="/me")

TOKEN_DAYS = (30, 90, 365)
MOST_TOKENS = 20


@blueprint.get("")
@login_required
def show() -> str:
    """The account."""
    return _page()


def _page(*, secret: str = "", errors: list[str] | None = None) -> str:
    actor = current.actor()
    with current.application().dispatcher.read(actor) as session:
        tokens = query.tokens(session, actor.person_id)
    return render_template(
        "people/me.html",
        me=current.accounts().by_id(actor.person_id),
        holdings=[h for h in actor.holdings if h.acting_for is None],
        tokens=tokens,
        days=TOKEN_DAYS,
        secret=secret,
        errors=errors or [],
        real_now=datetime.now(UTC),
    )


@blueprint.post("/password")
@login_required
def password() -> Response | tuple[str, int]:
    """Change one's own password; other browsers are signed out."""
    new, again = request.form.get("password", ""), request.form.get("again", "")
    if new != again:
        return _page(errors=[_("两次输入的新密码不一样。")]), 422
    try:
        current.execute(ChangePassword(old=request.form.get("old", "")[:200], password=new[:200]))
    except (Refused, Invalid) as refusal:
        return _page(errors=[told(refusal)]), 422
    person = current.accounts().by_id(current.actor().person_id)
    if person is not None:
        auth.open_session(person, datetime.now(UTC))
    flash(_("密码已修改，其他浏览器上的登录已退出。"), "ok")
    return redirect(url_for(".show"))


@blueprint.post("/tokens")
@login_required
def new_token() -> Any:
    """Make an API token; its secret is shown this once."""
    name = request.form.get("name", "").strip()[:100]
    days = request.form.get("days", 0, type=int)
    if not name or days not in TOKEN_DAYS:
        return _page(errors=[_("请写明令牌的用途和有效天数。")]), 422
    with current.application().dispatcher.read(current.actor()) as session:
        held = len(query.tokens(session, current.actor().person_id))
    if held >= MOST_TOKENS:
        return _page(errors=[_("令牌已有 %(n)s 个，请先撤销不用的。", n=held)]), 422
    secret = f"cl_{secrets.token_urlsafe(32)}"
    current.application().notes.new_token(
        current.actor(), name=name, secret=secret, now=datetime.now(UTC), days=days
    )
    return _page(secret=secret)


@blueprint.post("/tokens/<uuid:token_id>/revoke")
@login_required
def revoke_token(token_id: Any) -> Response:
    """End a token of one's own."""
    current.application().notes.revoke_token(current.actor(), token_id, datetime.now(UTC))
    flash(_("令牌已撤销。"), "ok")
    return redirect(url_for(".show"))
