"""Pages and feed of the public site: list with search, one decision, what is gone and why."""

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup, escape

from webapp.i18n import lang
from webapp.public import reading
from webapp.public.limits import Brake
from workflows.queries import publications

blueprint = Blueprint("public", __name__)
brake = Brake()

STATIC = Path(__file__).resolve().parents[1] / "static"
ASSETS = {
    "public.css": ("css/public-site.css", "text/css"),
    "icon.svg": ("favicon.svg", "image/svg+xml"),
}
MARK = re.compile(r"［([^［］]{1,12})略］")
STRICT = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
ROBOTS = "User-agent: *\nDisallow: /api/\nDisallow: /public/\nAllow: /public$\n"


@blueprint.before_request
def _open() -> None:
    """A bureau may have its disclosures on another site: then there is none here."""
    if not reading.program().settings.public_site:
        abort(404)


@blueprint.after_request
def _headers(response: Response) -> Response:
    """Nothing is kept anywhere: what is withdrawn is gone with the next request. No script runs."""
    if request.endpoint != "public.part":
        response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, noarchive"
    response.headers["Content-Security-Policy"] = STRICT
    response.headers["X-Frame-Options"] = "DENY"
    return response


@blueprint.get("/public")
def index() -> Any:
    """What is displayed today, narrowed by the address."""
    wanted = reading.wanted()
    if wanted.text and (wait := brake.too_often(request.remote_addr or "")):
        return _slower(wait)
    with reading.snapshot() as session:
        listed = publications.page_of(session, reading.today(), wanted, reading.page_number())
        choices = publications.choices(session, reading.today())
    return _page(
        "list.html",
        listed=listed,
        choices=choices,
        wanted=wanted,
        narrowed=any(request.args.get(name) for name in reading.NAMES),
        page_url=_page_url,
    )


@blueprint.get("/public/<address>")
def show(address: str) -> Any:
    """One decision; one that is gone says when and why (410), and nothing else."""
    return _decision(address, "decision.html")


@blueprint.get("/public/<address>/print")
def paper(address: str) -> Any:
    """The decision alone, for the printer."""
    return _decision(address, "print.html")


@blueprint.get("/public/feed.xml")
def feed() -> Response:
    """Atom: what was published last and is still displayed."""
    with reading.snapshot() as session:
        rows = publications.latest(session, reading.today())
    body = render_template(
        "public/feed.xml",
        rows=rows,
        updated=max((row.published_at for row in rows), default=reading.program().clock()),
        address_of=reading.address_of,
    )
    return Response(body, mimetype="application/atom+xml")


@blueprint.get("/public/parts/<name>")
def part(name: str) -> Response:
    """Style sheet and icon: the only files of the site."""
    if name not in ASSETS:
        abort(404)
    path, kind = ASSETS[name]
    response = Response((STATIC / path).read_bytes(), mimetype=kind)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Search engines keep copies, and a withdrawn decision is to be gone: the list alone."""
    return Response(ROBOTS, mimetype="text/plain")


@cache
def _digest(name: str) -> str:
    return hashlib.sha256((STATIC / ASSETS[name][0]).read_bytes()).hexdigest()[:10]


def part_url(name: str) -> str:
    """The address of a file of the site; it changes with the file."""
    return url_for("public.part", name=name, v=_digest(name))


def _page(template: str, status: int = 200, **values: Any) -> Response:
    body = render_template(
        f"public/{template}", part_url=part_url, marked=marked, zh=lang() != "en", **values
    )
    return make_response(body, status)


def message(status: int, title: str, text: str = "") -> Response:
    """A page with one sentence and the way to the list."""
    return _page("message.html", status, title=title, text=text)


def _decision(address: str, template: str) -> Response:
    with reading.snapshot() as session:
        row = publications.at_address(session, address)
    if row is None:
        return message(404, _("没有这个公示"), _("请核对网址，或者到列表中查询。"))
    if not publications.is_shown(row, reading.today()):
        return _page("gone.html", 410, row=row)
    return _page(template, row=row)


def _slower(wait: int) -> Response:
    title, text = _("查询太频繁"), _("请过 %(seconds)s 秒再查询。", seconds=wait)
    response = message(429, title, text)
    response.headers["Retry-After"] = str(wait)
    return response


def _page_url(number: int) -> str:
    kept = {name: request.args[name] for name in reading.NAMES if request.args.get(name)}
    return url_for("public.index") + "?" + urlencode({**kept, "page": number})


def marked(text: str) -> Markup:
    """The masked text with its marks set off: ［证件号码略］ in grey."""
    found, at = [Markup()], 0
    for mark in MARK.finditer(text):
        found.append(escape(text[at : mark.start()]))
        found.append(Markup('<span class="mask">{}</span>').format(mark.group(1) + "依法不公开"))
        at = mark.end()
    return Markup("").join([*found, escape(text[at:])])
