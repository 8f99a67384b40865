"""An attack on the public site: what is reachable without signing in, and whether anything that
masking should hide comes out of any of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from models.case import Case, Party
from models.publication import Publication
from tests.webapp.conftest import Web
from webapp import create_app

ROOT = Path(__file__).parents[3]
SITE = ROOT / "webapp" / "public"
PUBLIC = {
    "/public", "/public/<address>", "/public/<address>/print", "/public/feed.xml",
    "/public/parts/<name>", "/robots.txt", "/api/v1/public/decisions",
    "/api/v1/public/decisions/<address>",
}  # fmt: skip
BEFORE_SIGN_IN = {
    "/sign-in", "/api/v1/session", "/api/v1/openapi.json", "/static/<path:filename>",
    "/api/v1/", "/demo/switch",
}  # fmt: skip
"""Of the officers' program: signing in, its style and scripts, the description of the API; in a
demo the switch of persons, which elsewhere is not found."""
SAMPLES = {"uuid": "00000000-0000-0000-0000-000000000001", "int": "1", "path": "css/app.css"}


def _sample(rule: str) -> str:
    rule = re.sub(r"<any\((\w+)[^>]*>", r"\1", rule)
    return re.sub(r"<(?:(\w+):)?\w+>", lambda m: SAMPLES.get(m.group(1) or "", "x"), rule)


def _open_to_all(app: Flask) -> Iterator[str]:
    """Routes that answer somebody who has not signed in with anything but the way to sign in."""
    browser = app.test_client()
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            answer = browser.open(_sample(rule.rule), method=method)
            to_sign_in = answer.status_code in (302, 303) and "/sign-in" in answer.location
            if answer.status_code != 401 and not to_sign_in:
                yield f"{method} {rule.rule}"


def test_without_signing_in_the_officers_program_answers_at_these_addresses_only(web: Web) -> None:
    found = {line.partition(" ")[2] for line in _open_to_all(web.app)}
    assert found == PUBLIC | BEFORE_SIGN_IN
    assert web.app.test_client().post("/demo/switch").status_code == 404


def test_the_public_role_has_no_other_address(web: Web) -> None:
    app = create_app(web.application.settings, role="public", application=web.application)
    app.testing = True
    assert {rule.rule for rule in app.url_map.iter_rules()} == PUBLIC | {"/"}
    browser = app.test_client()
    for path in ("/tasks", "/cases", "/sign-in", "/static/css/app.css", "/api/v1/tasks"):
        assert browser.get(path).status_code == 404
    assert browser.post("/public").status_code == 405
    assert browser.get("/").location == "/public"
    assert not browser.get("/public").headers.getlist("Set-Cookie")


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{name.name}" for name in node.names}
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
    return {name for name in found if name.split(".")[0] in ("models", "workflows")}


def test_the_public_pages_read_through_one_module_only() -> None:
    for path in SITE.glob("*.py"):
        allowed = "workflows.queries.publications"
        assert all(name.startswith(allowed) for name in _imports(path)), path.name


def test_that_module_reads_one_table_only() -> None:
    read = _imports(ROOT / "workflows" / "queries" / "publications.py")
    modules = {name.rpartition(".")[0] for name in read}
    assert modules == {"models.publication", "models.grams", "models.duration"}


def _secrets(web: Web) -> set[str]:
    """All personal data of the record, plain and in the disguises that texts know."""
    party: Any = web.one(select(Party))
    plain = {
        party.representative_name, party.representative_cert_no, party.phone,
        "330211198503152018", "13912345678", "6222021234567890123", "王大锤", "浙B12345",
    }  # fmt: skip
    return {word for word in plain if word}


def _crawl(web: Web, app: Flask) -> Iterator[tuple[str, str]]:
    """Every public address, with every filter, search and page, and whatever they link to."""
    browser, key = app.test_client(), web.one(select(Publication.address))
    waiting = [
        "/public", "/public?page=2", "/public?lang=en", f"/public/{key}", f"/public/{key}/print",
        f"/public/{key}?lang=en", "/public/feed.xml", "/robots.txt", "/api/v1/public/decisions",
        f"/api/v1/public/decisions/{key}",
    ]  # fmt: skip
    waiting += [f"/public?q={word}" for word in ("店", "罚款", "决定", "2025", "某某")]
    seen: set[str] = set()
    while waiting:
        path = waiting.pop()
        if path in seen or not path.startswith(("/public", "/api/v1/public", "/robots")):
            continue
        seen.add(path)
        answer = browser.get(path)
        json = answer.get_json() if answer.is_json else None
        text = repr(json) if json is not None else answer.text
        yield path, f"{text} {dict(answer.headers)}"
        waiting += [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)"', text)]


def _salt(web: Web) -> None:
    """A decision whose facts are full of what must not come out; it is published anew."""
    from models.decision import Decision
    from models.disclosure import Disclosure
    from models.inquiry import InvestigationRecord
    from workflows import publishing
    from workflows.act import Act
    from workflows.disclosing import of_act

    with web.application.transactions.write() as session:
        decision = session.scalars(select(Decision)).one()
        decision.facts += (
            "经营者陈 立新（身份证３３０２１１19850315 2018，电话138-0000-0001，"
            "另一电话13912345678），证人王大锤，账号6222 0212 3456 7890 123，车辆浙B·12345。"
        )
        decision.discretion_reason = "陈立新配合调查，王大锤作证。"
        record = session.scalars(select(InvestigationRecord)).first()
        assert record is not None
        record.witness_name = "王大锤"
        session.flush()
        case = session.scalars(select(Case)).one()
        act = _act(web, session, case, Act)
        row = session.scalars(select(Disclosure)).one()
        found = of_act(act)
        assert found is not None
        row.public_text = found.public_text()
        session.delete(session.scalars(select(Publication)).one())
        session.flush()
        publishing.publish(act, row)


def _act(web: Web, session: Any, case: Case, act: type) -> Any:
    from models.duration import law_day
    from workflows.actors import SYSTEM
    from workflows.lawbook import lawbook
    from workflows.people import Directory

    app = web.application
    now = app.clock()
    made = act(
        session=session, now=now, actor=SYSTEM, law=lawbook(session), blobs=app.blobs,
        people=Directory(session, law_day(now)), catalogue=app.catalogue,
    )  # fmt: skip
    made.case, made.pack = case, app.catalogue.version(session, case.pack_version_id)
    return made


def test_nothing_that_masking_hides_comes_out_of_any_public_address(shown: Web) -> None:
    _salt(shown)
    public = create_app(shown.application.settings, role="public", application=shown.application)
    public.testing = True
    hidden = _secrets(shown)
    crawled = 0
    for app in (shown.app, public):
        for path, text in _crawl(shown, app):
            crawled += 1
            bare = re.sub(r"[\s\-·]", "", text)
            assert not [word for word in hidden if word in text or word in bare], path
    assert crawled > 40
    for number, word in enumerate(hidden):
        browser = public.test_client()
        browser.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"  # else it searches too often
        body = browser.get(f"/api/v1/public/decisions?q={word}").get_json()
        assert body["decisions"] == []
