"""Correct a fact with approval: the record, and each document that said it wrongly."""

import uuid
from datetime import date, datetime
from typing import Any

from models.document import Document
from models.duration import SHANGHAI
from models.errors import Text
from models.fact_correction import FactCorrection
from models.types import DocumentState
from workflows.act import Act, Issue, Outcome, told
from workflows.announcing import receipt_anew, redate
from workflows.commands.fact_correction import CorrectFacts, ProposeCorrection
from workflows.correcting import (
    FACTS,
    NOTIFIED,
    REISSUED,
    SERVICE,
    Fact,
    fate,
    pending,
    recorded,
    reworded,
    says_it,
    served_decision,
)
from workflows.documents.catalogue import KINDS
from workflows.documents.wording import day
from workflows.rows import PARTY_FIELDS, PARTY_MARKS, add_opinion, case_name, set_party


def propose_correction(act: Act, c: ProposeCorrection) -> Outcome:
    """Keep what is wrong, what is right and why; a leader decides."""
    fact = FACTS[c.fact]
    before, after = recorded(act.record, fact), c.value.strip()
    act.session.add(
        FactCorrection(
            **act.stamp(), fact=c.fact, before=before, after=after, reason=c.reason,
            proposed_by_id=act.actor.person_id,
        )
    )  # fmt: skip
    return Outcome(
        events=[
            told(
                "case:fact:correction_proposed",
                f"申请更正{fact.title.zh}：“{before}”更正为“{after}”。理由：{c.reason}",
                f"Correction of the {fact.title.en} proposed: “{before}” to “{after}”. {c.reason}",
                fact=c.fact,
            )
        ]
    )


def correct_facts(act: Act, c: CorrectFacts) -> Outcome:
    """Correct it, or leave the record as it is; either way the proposal and the answer stay."""
    add_opinion(act, "correct_facts", c.outcome, c.opinion)
    row = pending(act.record)
    assert row is not None
    row.outcome, row.opinion = c.outcome, c.opinion
    row.decided_by_id, row.decided_at = act.actor.person_id, act.now
    title = FACTS[row.fact].title
    if c.outcome == "refuse":
        text = (f"不同意更正{title.zh}：{c.opinion}", f"Correction refused: {c.opinion}")
        return Outcome(events=[told("case:fact:correction_refused", *text)])
    made = _redated(act, row) if FACTS[row.fact].owner == SERVICE else _corrected(act, row)
    return Outcome(
        events=[
            told(
                "case:fact:corrected",
                f"更正{title.zh}：“{row.before}”更正为“{row.after}”，涉及文书{len(row.documents)}份。",
                f"The {title.en} corrected: “{row.before}” to “{row.after}”; "
                f"{len(row.documents)} documents.",
                fact=row.fact,
                documents=row.documents,
            )
        ],
        documents=made.papers,
        jobs=[("render_document", {"document_id": str(key)}) for key in made.anew],
    )


def _corrected(act: Act, row: FactCorrection) -> "_Made":
    _correct(act, FACTS[row.fact], row.after)
    act.session.flush()
    return _documents(act, row)


def _redated(act: Act, row: FactCorrection) -> "_Made":
    """The decision was served on another day: its clocks move, the receipt is made anew."""
    proof = served_decision(act.record)
    assert proof is not None
    hour = proof.served_at.astimezone(SHANGHAI).time()
    right = datetime.combine(date.fromisoformat(row.after), hour, SHANGHAI)
    redate(act, proof, right, Text("送达日期更正", "The day of service was corrected"))
    receipt = receipt_anew(act, proof)
    made = _Made()
    made.papers = [Issue("D67", None, row), receipt]
    row.documents = [
        {
            "id": str(receipt.key),
            "kind": "D47",
            "title": KINDS["D47"].title,
            "number": proof.receipt_number,
            "fate": REISSUED,
        }
    ]
    return made


def _correct(act: Act, fact: Fact, after: str) -> None:
    """The record itself: a new wording of the party, or the field of the case."""
    case = act.case
    if fact.owner == "case":
        setattr(case, fact.field, after)
        return
    party = case.party
    assert party is not None
    values = {name: getattr(party, name) for name in (*PARTY_FIELDS, *PARTY_MARKS)}
    set_party(act, {**values, fact.field: after})
    case.name = case_name(case)


class _Made:
    """The papers of the correction, and the documents that were made anew."""

    def __init__(self) -> None:
        self.papers: list[Issue] = []
        self.anew: list[uuid.UUID] = []


def _documents(act: Act, row: FactCorrection) -> _Made:
    """Each document in force that says it wrongly is made anew, kept or corrected by a notice."""
    made, fact = _Made(), FACTS[row.fact]
    wrong = [d for d in _in_force(act) if says_it(d.facts, fact, row.before)]
    served = frozenset(s.document_number for s in act.record.services)
    fates = {document.id: fate(document, served) for document in wrong}
    approval, notice = uuid.uuid4(), uuid.uuid4()
    for document in wrong:
        if fates[document.id] == REISSUED:
            made.anew.append(_reissue(act, document, fact, row))
        else:
            to_party = fates[document.id] == NOTIFIED
            document.corrected_by_id = notice if to_party else approval
    row.documents = [_listed(document, fates[document.id]) for document in wrong]
    made.papers.append(Issue("D67", None, row, key=approval))
    if NOTIFIED in fates.values():
        row.number = act.numbers.take("补")
        made.papers.append(Issue("D68", row.number, row, key=notice))
    return made


def _in_force(act: Act) -> list[Document]:
    rows = act.record.all(Document)
    return [r for r in rows if r.state == DocumentState.ISSUED and r.corrected_by_id is None]


def _reissue(act: Act, old: Document, fact: Fact, row: FactCorrection) -> uuid.UUID:
    """The same document with the right words and the same number; the old one stays, marked."""
    facts = reworded(old.facts, fact, row.before, row.after)
    facts["document"] = {**facts["document"], "corrected": _remark(act, old)}
    new = Document(
        **act.stamp(), kind=old.kind, title=old.title, number=old.number, volume=old.volume,
        position=old.position, state=DocumentState.ISSUED, dated_at=old.dated_at, facts=facts,
        template_hash=old.template_hash, pack_version_id=old.pack_version_id,
    )  # fmt: skip
    act.session.add(new)
    old.state, old.corrected_by_id = DocumentState.SUPERSEDED, new.id
    return new.id


def _remark(act: Act, old: Document) -> str:
    digest = f"（校验值{old.sha256[:16]}…）" if old.sha256 else ""
    return f"本文书于{day(act.now)}经批准更正后重新制作，原文书{digest}同时作废。"


def _listed(document: Document, what: str) -> dict[str, Any]:
    return {
        "id": str(document.id),
        "kind": document.kind,
        "title": document.title,
        "number": document.number or "",
        "fate": what,
    }
