"""Signing in: who gets in, who waits, and what stays of a mistake."""

from __future__ import annotations

from tests.database import PASSWORD
from tests.webapp.conftest import Web


def test_a_person_signs_in_with_name_and_password(web: Web) -> None:
    client = web.app.test_client()
    answer = client.post("/sign-in", data={"login": "zhang_ming", "password": PASSWORD})
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/"
