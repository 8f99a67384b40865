"""Issuing documents: facts are taken from the record now, the file is made after the commit."""

from models.case import Case
from models.document import Document
from models.types import DocumentState
from workflows.act import Act, Issue
from workflows.catalogue import LoadedPack
from workflows.documents.catalogue import KINDS
from workflows.documents.facts import LegalTerms, facts
from workflows.labels import Labels
from workflows.later import Later
from workflows.lawbook import LawBook


def issue(act: Act, issues: list[Issue], later: Later) -> list[str]:
    """Write a row for each document that the step declares, and defer its rendering."""
    return [_issue(act, each, later) for each in issues]


def _issue(act: Act, each: Issue, later: Later) -> str:
    pack = act.pack
    assert pack is not None
    kind = KINDS[each.kind]
    act.session.flush()
    filled = facts(
        act.session,
        act.case,
        each.kind,
        each.about,
        number=each.number,
        dated=act.now,
        labels=labels_of(pack),
        terms=legal_terms(act.law, act.case, act),
    )
    position = kind.group * 1000 + len(act.session.new)
    row = Document(
        **act.stamp(),
        kind=each.kind,
        title=kind.title,
        number=each.number,
        volume=kind.volume,
        position=position,
        state=DocumentState.ISSUED,
        dated_at=act.now,
        facts=filled,
        template_hash=pack.files.hash,
        pack_version_id=pack.version_id,
    )
    act.session.add(row)
    later.defer(act.session, "render_document", document_id=str(row.id))
    return str(row.id)


def labels_of(pack: LoadedPack) -> Labels:
    """Code texts of the pack's own code tables, read once a version."""
    cache = pack.__dict__
    if "_labels" not in cache:
        cache["_labels"] = Labels.from_files(pack.files)
    found: Labels = cache["_labels"]
    return found


def legal_terms(law: LawBook, case: Case, act: Act) -> LegalTerms:
    """The dated parameters that documents quote, as of today."""

    return LegalTerms.of(lambda key: law.entry(key, act.today, case.subject_id))
