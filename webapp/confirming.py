"""Signing in once more in the middle of an act: what cannot be undone asks for it (签署)."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import g, request, session
from flask_login import current_user

from webapp import auth, current

FIELD = "_password"
"""The word is never part of a draft, of what is kept, or of the command."""


def still_needed(command: str) -> bool:
    """Whether the command asks this person for a sign-in made just now."""
    registry = current.application().dispatcher.registry
    return registry[command].fresh_sign_in and not current.actor().fresh


def confirm() -> str:
    """Check the word that the form brought along: ok, wrong or throttled; ok makes it fresh."""
    person = current.accounts().by_id(current_user.person_id)
    if person is None:
        return "wrong"
    word = request.form.get(FIELD, "")[:200]
    outcome, found = auth.check_password(person.login, word, request.remote_addr or "")
    if found is None:
        return outcome
    at = datetime.now(UTC)
    session["signed_in_at"] = at.isoformat()
    current_user.signed_in_at = at
    g.pop("actor", None)
    return outcome
