"""Signing in: session cookie or bearer token, both through flask-login."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask, Request, Response, g, redirect, request, session, url_for
from flask_login import LoginManager, login_user, logout_user

from models.person import Person
from webapp import bearer, current
from webapp.errors import problem
from workflows.passwords import password_matches

FRESH = timedelta(minutes=10)
"""How long a sign-in counts as made just now (signing a decision asks for one)."""

manager = LoginManager()


class SignedIn:
    """The account of a request. Rights come from `current.actor()`, never from here."""

    is_active = True
    is_authenticated = True
    is_anonymous = False

    def __init__(self, person: Person, signed_in_at: datetime | None) -> None:
        self.person_id: uuid.UUID = person.id
        self.name = person.name
        self.epoch = person.session_epoch
        self.preferences = {"lang": person.language, "theme": person.theme}
        self.signed_in_at = signed_in_at

    def get_id(self) -> str:
        """What the cookie carries: the person and the epoch that ends old sessions."""
        return f"{self.person_id}:{self.epoch}"

    def fresh(self, now: datetime) -> bool:
        """Whether the person has signed in just now."""
        del now  # freshness is about real time, also where a demo clock moves the law's time
        return self.signed_in_at is not None and datetime.now(UTC) - self.signed_in_at < FRESH


def register(app: Flask) -> None:
    """Set up flask-login."""
    manager.init_app(app)
    manager.login_view = "session.sign_in"
    manager.session_protection = "basic"


@manager.user_loader
def _from_cookie(value: str) -> SignedIn | None:
    person_id, _, epoch = value.partition(":")
    key = current.as_uuid(person_id)
    person = current.accounts().by_id(key) if key else None
    if person is None or str(person.session_epoch) != epoch:
        return None
    at = session.get("signed_in_at")
    return _remember(SignedIn(person, datetime.fromisoformat(at) if at else None))


@manager.request_loader
def _from_token(incoming: Request) -> SignedIn | None:
    kind, _, secret = incoming.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not secret:
        return None
    owner = current.application().notes.token_owner(secret, datetime.now(UTC))
    person = current.accounts().by_id(owner) if owner else None
    mark = bearer.read(secret)
    if person is None or (mark is not None and mark.epoch != person.session_epoch):
        return None
    g.via = "api"
    return _remember(SignedIn(person, mark.signed_in_at if mark else None))


def _remember(user: SignedIn) -> SignedIn:
    g.preferences = user.preferences
    return user


@manager.unauthorized_handler
def _unauthorized() -> Any:
    if request.path.startswith("/api/"):
        return problem(401, "unauthorized", "请先登录。", "Sign in first.")
    target = request.full_path.rstrip("?") if request.method == "GET" else "/"
    address = url_for("session.sign_in", next=target)
    if request.headers.get("HX-Request"):
        return Response("", 401, {"HX-Redirect": address})
    return redirect(address)


def try_sign_in(login: str, password: str, address: str) -> str:
    """Check the word and open a session: ok, wrong or throttled. Slow on purpose."""
    outcome, person = check_password(login, password, address)
    if person is not None:
        open_session(person, datetime.now(UTC))
    return outcome


def check_password(login: str, password: str, address: str) -> tuple[str, Person | None]:
    """Whose word it is, with a note of the attempt: ok with the person, wrong or throttled."""
    app, at = current.application(), datetime.now(UTC)
    if app.notes.must_wait(login, address, at):
        app.notes.sign_in(login, address, None, "throttled", at)
        return "throttled", None
    person = current.accounts().by_login(login)
    right = password_matches(person.password_hash if person else "", password)
    if not right or person is None or not person.active:
        app.notes.sign_in(login, address, person.id if person else None, "wrong", at)
        return "wrong", None
    app.notes.sign_in(login, address, person.id, "ok", at)
    return "ok", person


def open_session(person: Person, at: datetime | None) -> None:
    """A new session for the person; `at` None opens one that is not fresh (demo switcher)."""
    session.clear()
    session.permanent = True
    if at is not None:
        session["signed_in_at"] = at.isoformat()
    login_user(SignedIn(person, at))  # type: ignore[arg-type]


def sign_out() -> None:
    """End the session of this browser."""
    logout_user()
    session.clear()
