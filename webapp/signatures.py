"""The signatures under a document as its page shows them, each checked against the file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.document import Document
from models.errors import Text
from models.types import DocumentState
from webapp import confirming, current
from webapp.presenters.people import name_of
from workflows.guards.signature import capacities
from workflows.queries import papers, standing
from workflows.queries.casefile import visible_case
from workflows.signing import CAPACITIES, SIGNERS, genuine


@dataclass(frozen=True)
class Mark:
    """One signature: who, as what, when, and whether it still holds."""

    name: str
    acting_for: str
    capacity: str
    at: datetime
    holds: bool
    local: bool


def panel(row: Document) -> dict[str, Any]:
    """Signatures, whose are still missing, and in which capacities this person may sign now."""
    app, actor, lang = current.application(), current.actor(), current.language()
    with app.transactions.read() as session:
        rows = papers.signatures_of(session, row.id)
        case = visible_case(session, actor, row.case_id)
        eyes = standing.looking(
            session, actor, case, current.now(), blobs=app.blobs, catalogue=app.catalogue
        )
        mine = capacities(eyes, row.kind) if row.state == DocumentState.ISSUED else ()
    intact = row.sha256 is not None and app.blobs.exists(row.sha256) and whole(row.sha256)
    marks = [
        Mark(
            name=name_of(person, lang),
            acting_for=name_of(away, lang) if away else "",
            capacity=words(signed.capacity),
            at=signed.recorded_at,
            holds=signed.sha256 == row.sha256 and genuine(signed, app.dispatcher.signer, whole),
            local=signed.provider == "local",
        )
        for signed, person, away in rows
    ]
    given = {(signed.capacity, signed.person_id) for signed, *_rest in rows}
    return {
        "marks": marks,
        "changed": row.sha256 is not None and not intact,
        "missing": _missing(row, {capacity for capacity, _person in given}),
        "may": [
            (one, words(one))
            for one in mine
            if (one, actor.person_id) not in given and row.sha256 and intact
        ],
        "password": confirming.still_needed("SignDocument"),
    }


def whole(sha256: str) -> bool:
    """Whether the file kept under a digest still has it."""
    return current.application().blobs.verify(sha256)


def words(capacity: str) -> str:
    """A capacity in the language of the page."""
    known: Text | None = CAPACITIES.get(capacity)
    return known[current.language()] if known else capacity


def _missing(row: Document, given: set[str]) -> list[str]:
    if row.state != DocumentState.ISSUED:
        return []
    return [words(one) for one in SIGNERS.get(row.kind, ()) if one not in given]
