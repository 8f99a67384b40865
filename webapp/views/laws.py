"""Laws (法律法规): every text that decisions and steps rest on, its days, and where it is used."""

from functools import lru_cache

from flask import Blueprint, render_template, request
from flask_login import login_required

from models.duration import law_day
from models.errors import NotFound
from webapp import current
from webapp.views.law import law_tabs
from workflows.bootstrap import PACKS, shipped_packs
from workflows.queries import laws as query
from workflows.reference.laws import Law, load_laws

blueprint = Blueprint("laws", __name__, url_prefix="/law/laws")


@lru_cache(maxsize=1)
def book() -> dict[str, Law]:
    """The texts that come with the program."""
    return load_laws(PACKS / "_shared" / "laws.yaml")


@blueprint.get("")
@login_required
def index() -> str:
    """All texts, those in force first."""
    today, text = law_day(current.now()), request.args.get("q", "").strip()[:60]
    with current.application().dispatcher.read(current.actor()) as session:
        counts = query.counted(session, today)
    rows = [
        law for law in book().values() if text.lower() in f"{law.zh} {law.en} {law.key}".lower()
    ]
    rows.sort(key=lambda law: (not law.in_force_on(today), -counts.get(law.key, 0)))
    return render_template(
        "law/laws.html", tabs=law_tabs("laws"), rows=rows, counts=counts, text=text, today=today
    )


@blueprint.get("/<key>")
@login_required
def show(key: str) -> str:
    """One text: its articles, the matters and the steps that rest on them."""
    law, today, app = book().get(key), law_day(current.now()), current.application()
    if law is None:
        raise NotFound()
    with app.dispatcher.read(current.actor()) as session:
        matters = query.resting_on(session, key, today)
        packs = [app.catalogue.current(session, name) for name in shipped_packs()]
        steps = query.citing(packs, law)
    return render_template(
        "law/one_law.html",
        law=law,
        today=today,
        matters=matters,
        steps=steps,
        named=query.named,
        later=book().get(law.maybe_repealed.by) if law.maybe_repealed else None,
    )
