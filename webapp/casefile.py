"""A case's file in the shapes that templates draw: for the case page, and beside a task.

`parts(file, pack)` gives what `cases/_facts.html`, `_evidence.html`, `_documents.html`,
`_opinions.html` and `_clocks.html` need: `facts`, `evidence`, `documents`, `opinions`,
`clock_cards`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from models.document import Document
from models.duration import law_day
from models.evidence import Evidence
from models.review import Opinion, ReviewOpinion
from models.types import DocumentState
from webapp import current
from webapp.presenters import facts, pausing, people, reviewing, running, transferring
from webapp.presenters.dates import plain_day, short_day
from workflows.catalogue import LoadedPack
from workflows.documents.catalogue import KINDS
from workflows.labels import labels_of
from workflows.queries.casefile import CaseFile

PREVIEWED = ("image/jpeg", "image/png", "image/webp", "application/pdf")
"""Types of which a picture can be drawn."""
GLYPHS = {"image": "photo", "video": "video", "audio": "audio"}


def parts(file: CaseFile, pack: LoadedPack) -> dict[str, Any]:
    """Everything that the partial templates of a file need."""
    lang, told = current.language(), telling(file, pack)
    return {
        "facts": [
            *facts.sections(told),
            *pausing.sections(told),
            *transferring.sections(told),
        ],
        "evidence": evidence_items(file.all(Evidence), pack),
        "documents": document_items(file.all(Document)),
        "opinions": opinions(file, pack),
        "clock_cards": running.cards(file.clocks, current.now(), file.calendar, lang),
    }


def telling(file: CaseFile, pack: LoadedPack) -> facts.Telling:
    """What the sections of facts are told with."""
    lang = current.language()
    return facts.Telling(
        file, labels_of(pack), lambda *which: choice(pack, *which), lang, sees_identity()
    )


def sees_identity() -> bool:
    """Whether certificate numbers and telephones are shown in full to this person."""
    return bool(current.actor().roles() & people.KNOWS_IDENTITY)


def choice(pack: LoadedPack, form: str, field: str, value: str) -> str:
    """The words of an option of a form, as the officer chose it."""
    if pack.files.find(f"forms/{form}.yaml") is None:
        return value
    asked = next((f for f in pack.form(form).fields if f.name == field), None)
    if asked is None:
        return value
    if asked.options_from:
        return labels_of(pack).text(asked.options_from, value)[current.language()]
    found = next((o.label for o in asked.options if o.value == value), None)
    return found[current.language()] if found else value


def step_title(pack: LoadedPack, element: str) -> str:
    """What a step is called."""
    binding = pack.manifest.tasks.get(element)
    return binding.title[current.language()] if binding else element


# -- evidence ---------------------------------------------------------------------------------


def evidence_items(rows: Iterable[Evidence], pack: LoadedPack) -> list[dict[str, Any]]:
    """Thumbnails of evidence."""
    return [evidence_item(row, pack) for row in sorted(rows, key=lambda row: row.number)]


def evidence_item(row: Evidence, pack: LoadedPack) -> dict[str, Any]:
    """One item: its picture where one can be drawn."""
    lang = current.language()
    kind = labels_of(pack).text("evidence_kind", row.kind)[lang]
    seen = row.sha256 is not None and row.media_type in PREVIEWED
    when = short_day(law_day(row.collected_at), lang, today=law_day(current.now()))
    return {
        "id": str(row.id),
        "url": url_for("evidence.show", evidence_id=row.id),
        "title": f"{row.number} {row.name}",
        "sub": f"{kind} {when}" if lang == "en" else f"{kind}，{when}",
        "preview_url": url_for("evidence.preview", evidence_id=row.id) if seen else None,
        "kind": glyph(row),
        "excluded": not row.admissible,
    }


def glyph(row: Evidence) -> str:
    """The icon of a file's kind; physical things have none."""
    kind = (row.media_type or "").partition("/")[0]
    if row.media_type == "application/pdf":
        return "pdf"
    return GLYPHS.get(kind, "file" if row.sha256 else "attach")


# -- documents --------------------------------------------------------------------------------


def document_items(rows: Sequence[Document]) -> list[dict[str, Any]]:
    """Documents in the order of the file (正卷 before 副卷, MSA 78)."""
    return [document_item(row) for row in sorted(rows, key=_place)]


def _place(row: Document) -> tuple[bool, int, datetime, int]:
    kind = KINDS.get(row.kind)
    group = kind.group if kind else 9
    return row.volume != "main", group, row.dated_at, row.position


def document_item(row: Document) -> dict[str, Any]:
    """One document: number, day, pages, state."""
    lang = current.language()
    when = short_day(law_day(row.dated_at), lang, today=law_day(current.now()))
    pages = ngettext("%(num)s 页", "%(num)s 页", row.pages) if row.pages else ""
    return {
        "id": str(row.id),
        "url": url_for("documents.show", document_id=row.id),
        "download_url": url_for("documents.file", document_id=row.id, download=1),
        "title": document_title(row),
        "number": row.number or "",
        "tag": document_tag(row),
        "note": f"{when} {pages}".strip(),
        "day": plain_day(law_day(row.dated_at), lang),
        "pages": row.pages,
        "volume": row.volume,
        "state": row.state,
    }


def document_title(row: Document) -> str:
    """The title in the language of the page; the document itself is Chinese."""
    kind = KINDS.get(row.kind)
    return kind.title_en if kind and current.language() == "en" else row.title


def document_tag(row: Document) -> str:
    """What sets the document apart."""
    if row.state == DocumentState.SUPERSEDED:
        return _("已被替代")
    if row.state == DocumentState.VOIDED:
        return _("已作废")
    return _("副卷") if row.volume != "main" else ""


# -- opinions ---------------------------------------------------------------------------------


def opinions(file: CaseFile, pack: LoadedPack) -> list[dict[str, Any]]:
    """What heads, leaders and reviewers said, latest first."""
    said = [(row.recorded_at, _opinion(file, pack, row)) for row in file.all(Opinion)]
    said += [(row.recorded_at, _review(file, pack, row)) for row in file.all(ReviewOpinion)]
    said += reviewing.beside(file, labels_of(pack), current.language(), _when)
    return [line for _at, line in sorted(said, key=lambda pair: pair[0], reverse=True)]


def _opinion(file: CaseFile, pack: LoadedPack, row: Opinion) -> dict[str, Any]:
    outcome = choice(pack, _form_of(pack, row.element), "outcome", row.outcome)
    return {
        "who": people.name_of(file.people.get(row.person_id), current.language()),
        "tag": _titled(step_title(pack, row.element), row.round),
        "date": _when(row.recorded_at),
        "text": _said(outcome, row.text),
    }


def _review(file: CaseFile, pack: LoadedPack, row: ReviewOpinion) -> dict[str, Any]:
    lang = current.language()
    labels = labels_of(pack)
    words = [labels.text("review_opinion", row.opinion)[lang]]
    words += [labels.text("review_failure", code)[lang] for code in row.failure_reasons]
    return {
        "who": people.name_of(file.people.get(row.reviewer_id), lang),
        "tag": _titled(_("法制审核"), row.round),
        "date": _when(row.recorded_at),
        "text": _said(people.joined(words, lang), row.reasons),
    }


def _form_of(pack: LoadedPack, element: str) -> str:
    binding = pack.manifest.tasks.get(element)
    return (binding.form if binding else None) or element


def _titled(title: str, number: int) -> str:
    return _("%(title)s，第 %(number)s 轮", title=title, number=number) if number > 1 else title


def _said(outcome: str, text: str) -> str:
    return f"{outcome}{_('：')}{text}" if text else outcome


def _when(at: datetime) -> str:
    return short_day(law_day(at), current.language(), today=law_day(current.now()))
