"""Issuing documents: facts are taken from the record now, the file is made after the commit."""

from models.case import Case
from models.document import Document
from models.types import DocumentState
from workflows import pipelining
from workflows.act import Act, Issue
from workflows.documents.catalogue import KINDS
from workflows.documents.facts import Facts, LegalTerms, about, from_record
from workflows.documents.record import Record, load
from workflows.labels import labels_of
from workflows.later import Later
from workflows.lawbook import LawBook


def issue(act: Act, issues: list[Issue], later: Later) -> list[str]:
    """Write a row for each document that the step declares, and defer its rendering.

    The record is read once, however many documents are filled from it; an act without any reads
    nothing.
    """
    if not issues:
        return []
    # Opinions are written past the session: what a head just said stands in the document.
    pipelining.flush(act.session)
    record = load(act.session, act.case)
    rows = [_row(act, record, each, order) for order, each in enumerate(issues)]
    act.session.add_all(rows)
    for row in rows:
        later.defer(act.session, "render_document", document_id=str(row.id))
    return [str(row.id) for row in rows]


def _row(act: Act, record: Record, each: Issue, order: int) -> Document:
    """`order`: the place among the documents of this act, which keeps its order in the file."""
    pack = act.pack
    assert pack is not None
    kind = KINDS[each.kind]
    stamp = act.stamp()
    return Document(
        **{**stamp, "id": each.key or stamp["id"]},
        kind=each.kind,
        title=kind.title,
        number=each.number,
        volume=kind.volume,
        position=kind.group * 1000 + order,
        state=DocumentState.ISSUED,
        dated_at=act.now,
        facts=filled(act, record, each),
        template_hash=pack.files.hash,
        pack_version_id=pack.version_id,
    )


def filled(act: Act, record: Record, each: Issue) -> Facts:
    """The facts of one document, as the record stands in this act."""
    assert act.pack is not None
    return from_record(
        about(record, each.about),
        each.kind,
        number=each.number,
        dated=act.now,
        labels=labels_of(act.pack),
        terms=legal_terms(act.law, act.case, act),
    )


def legal_terms(law: LawBook, case: Case, act: Act) -> LegalTerms:
    """The dated parameters that documents quote, as of today."""

    return LegalTerms.of(lambda key: law.entry(key, act.today, case.subject_id))
