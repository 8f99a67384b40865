"""A small site that serves the real frame, forms and scripts, and keeps what they send.

The program's own pages are tested elsewhere in this folder; here the scripts meet a server that can
be told to fail: no network, an ended session, a broken upload.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from flask import Flask, Response, jsonify, render_template_string, request
from werkzeug.serving import make_server

from models.errors import Text
from webapp import frontend
from webapp.field_errors import field_errors, summary
from webapp.fields import Choice, Uploads, form_view
from workflows.forms import FormInvalid, Option, from_form, load, read_form

ROOT = Path(__file__).parents[2]
POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'"
CHUNK = 65_536
CODES = ROOT / "bpmn" / "_shared" / "codes"
PEOPLE = (
    Choice("li", "李强", "执法证 33021100002"),
    Choice("zhou", "周敏", refusal="执法证已过期"),
)
CHECKLIST = (Choice("a", "主体与权限"), Choice("b", "违法事实"))

FORM = """{% extends "base.html" %}{% from "components/fields.html" import form_fields %}
{% from "components/forms.html" import error_summary, hidden_fields, submit_bar %}
{% block title %}{{ view.title }}{% endblock %}
{% block page %}<h1>{{ view.title }}</h1>
<form method="post" data-main data-draft-url="/draft" class="sheet formcard">
{{ hidden_fields() }}{{ error_summary(summary) }}{{ form_fields(view) }}{{ submit_bar("提交") }}
</form>{% endblock %}"""

LIST = """{% extends "base.html" %}{% from "components/lists.html" import bulk %}
{% block title %}任务{% endblock %}
{% block page %}<h1>任务</h1><table class="list cards"><tbody>{% for name in names %}<tr data-row>
<td class="c-ck"><input class="ck" type="checkbox" aria-label="选中 {{ name }}"></td>
<td><a class="main" href="/form/legal_review?of={{ loop.index }}">{{ name }}</a></td>
</tr>
{% endfor %}</tbody></table>{{ bulk() }}{% endblock %}"""


@dataclass
class Seen:
    """What arrived, and what is to fail."""

    drafts: list[dict[str, Any]] = field(default_factory=list)
    posts: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    uploads: dict[str, bytearray] = field(default_factory=dict)
    signed_out: bool = False
    drafts_fail: bool = False
    chunks_to_break: int = 0


def code_tables() -> dict[str, tuple[Option, ...]]:
    """The shipped code tables, as the forms name them."""
    tables = {}
    for path in sorted(CODES.glob("*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        rows = content.get("codes") or ()
        tables[path.stem] = tuple(Option(row["value"], Text(row["zh"], row["en"])) for row in rows)
    return tables


def frame() -> dict[str, Any]:
    """What the frame of every page needs."""
    places = [("tasks", "任务", "/list"), ("cases", "案件", "/cases")]
    nav = [{"key": key, "label": label, "url": url, "icon": key} for key, label, url in places]
    person = {"name": "王静", "role": "街道法制员", "unit": "骆驼街道", "sign_out_url": "/out"}
    return {"nav": nav, "nav_key": "tasks", "person": person, "as_of": "14:02"}


def build(seen: Seen) -> Flask:
    """The site."""
    app = Flask("webapp", root_path=str(ROOT / "webapp"))
    frontend.register(app)
    app.jinja_env.globals["csrf_token"] = lambda: "token-of-this-session"
    app.after_request(_with_policy)
    _pages(app, seen)
    _drafts(app, seen)
    _uploads(app, seen)
    return app


def _with_policy(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = POLICY
    return response


def _pages(app: Flask, seen: Seen) -> None:
    tables = code_tables()
    choices = {**tables, "record.handlers": PEOPLE, "matter.checklist": CHECKLIST}

    @app.get("/list")
    def listing() -> str:
        names = ["周建国", "阿涛私房菜", "李阿土"]
        return render_template_string(LIST, names=names, **frame())

    @app.get("/cases")
    def cases() -> str:
        return render_template_string(LIST, names=["宁波市镇海顺恒仓储有限公司"], **frame())

    @app.route("/form/<name>", methods=["GET", "POST"])
    def form(name: str) -> str:
        path = ROOT / "bpmn" / "_shared" / "forms" / f"{name}.yaml"
        definition = read_form(yaml.safe_load(path.read_text(encoding="utf-8")))
        values: dict[str, Any] = {}
        violations: Any = ()
        if request.method == "POST":
            values = from_form(definition, list(request.form.items(multi=True)))
            seen.posts.append(values)
            try:
                load(definition, values, options=tables)
            except FormInvalid as refused:
                violations = refused.violations
        view = form_view(
            definition,
            values,
            choices=choices,
            errors=field_errors(violations),
            uploads=Uploads("/uploads", 5_000_000),
        )
        return render_template_string(FORM, view=view, summary=summary(view, violations), **frame())


def _drafts(app: Flask, seen: Seen) -> None:
    @app.post("/draft")
    def draft() -> tuple[Response, int]:
        if seen.signed_out:
            return jsonify(title="signed out"), 401
        if seen.drafts_fail:
            return jsonify(title="down"), 503
        seen.headers.append(dict(request.headers))
        seen.drafts.append(request.form.to_dict(flat=False))
        return jsonify(saved_at="14:02"), 200


def _uploads(app: Flask, seen: Seen) -> None:
    @app.post("/uploads")
    def begin() -> Response:
        number = f"u{len(seen.uploads) + 1}"
        seen.uploads[number] = bytearray()
        return jsonify(id=number, offset=0, chunk=CHUNK)

    @app.get("/uploads/<number>")
    def offset(number: str) -> tuple[Response, int]:
        found = seen.uploads.get(number)
        return (jsonify(offset=len(found)), 200) if found is not None else (jsonify(), 404)

    @app.patch("/uploads/<number>")
    def piece(number: str) -> tuple[Response, int]:
        if seen.chunks_to_break and seen.uploads[number]:
            seen.chunks_to_break -= 1
            return jsonify(title="broken"), 503
        assert int(request.headers["Upload-Offset"]) == len(seen.uploads[number])
        seen.uploads[number] += request.get_data()
        return jsonify(offset=len(seen.uploads[number])), 200

    @app.post("/uploads/<number>/finish")
    def finish(number: str) -> Response:
        digest = hashlib.sha256(seen.uploads[number]).hexdigest()
        return jsonify(id=f"evidence-{number}", sha256=digest)


@contextmanager
def served(seen: Seen) -> Iterator[str]:
    """The site on a free port; yields its address."""
    server = make_server("127.0.0.1", 0, build(seen), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
