"""Sign-in, sign-out, language and theme; in demo mode, stepping into another role."""

from urllib.parse import urlsplit

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from models.duration import law_day
from models.person import Person
from webapp import auth, context, current
from webapp.context import navigation, role_name
from workflows.queries.progress import DEMO, advance

blueprint = Blueprint("session", __name__)


@blueprint.get("/")
def home() -> Response:
    """Where a person starts: their tasks, or what else they may use."""
    if not current_user.is_authenticated:
        return redirect(url_for("session.sign_in"))
    return redirect(navigation(current.actor(), None)[0]["url"])


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Response | str | tuple[str, int]:
    """Ask who it is. What was typed as a name stays; the word never does."""
    if request.method == "GET":
        return _page()
    login = request.form.get("login", "").strip()[:64]
    outcome = auth.try_sign_in(login, request.form.get("password", "")[:200], _address())
    if outcome == "ok":
        return redirect(_target())
    texts = {
        "wrong": _("账号或者密码不对，请再试一次。"),
        "throttled": _("错误次数太多，请十五分钟后再试，或者请管理员重设密码。"),
    }
    return _page(login=login, error=texts[outcome]), 429 if outcome == "throttled" else 401


def _page(login: str = "", error: str = "") -> str:
    people = _demo_people()
    return render_template(
        "session/sign_in.html", login=login, error=error, people=people, next=_target()
    )


def _demo_people() -> list[tuple[str, list[Person]]]:
    """People of a demo bureau by role; nobody elsewhere."""
    if not current.application().settings.demo:
        return []
    found = current.accounts().everyone_by_role(law_day(current.now()))
    return [(role_name(role), people) for role, people in found]


def _address() -> str:
    return request.remote_addr or ""


def _target() -> str:
    """Where to go afterwards: only an address of this program."""
    wanted = request.values.get("next", "/")
    parts = urlsplit(wanted)
    safe = not parts.scheme and not parts.netloc and wanted.startswith("/")
    return wanted if safe and not wanted.startswith(("//", "/\\")) else "/"


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """End the session."""
    auth.sign_out()
    return redirect(url_for("session.sign_in"))


@blueprint.post("/demo/switch")
def switch() -> Response:
    """Step into another person. Only a demo bureau has this door."""
    if not current.application().settings.demo:
        abort(404)
    person = current.accounts().by_key(request.form.get("person", "")[:64])
    if person is None:
        abort(404)
    kept = session.get("signed_in_at")
    auth.open_session(person, None)
    if kept:
        session["signed_in_at"] = kept
    return redirect(_target())


@blueprint.get("/demo/filling")
@login_required
def filling() -> str:
    """The banner about the demo's cases again; at the end it says that they are all there."""
    if not current.application().settings.demo:
        abort(404)
    shown = context.filling()
    if shown is None:
        with current.application().transactions.read() as db:
            done = advance(db, DEMO)
        shown = {"on": False, "total": done.total if done else 0}
    return render_template("_filling.html", filling=shown)


@blueprint.post("/preferences")
@login_required
def preferences() -> Response:
    """Keep language and theme with the person."""
    language, theme = request.form.get("language"), request.form.get("theme")
    current.application().notes.prefer(
        current.actor(),
        language=language if language in ("zh", "en") else None,
        theme=theme if theme in ("auto", "light", "dark") else None,
    )
    return redirect(_target())
