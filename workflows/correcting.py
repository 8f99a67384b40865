"""Which recorded facts can be corrected, and what becomes of the documents that say them.

A correction mends a slip of the pen. What the party was told of the substance (who they are, when
and where the act was) is not mended behind their back: once notified, it is told anew.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from models.case import Case, Party
from models.document import Document
from models.duration import law_day
from models.errors import Text
from models.fact_correction import FactCorrection
from models.service import ProofOfService
from workflows.documents.catalogue import KINDS
from workflows.record import Record

Facts = Mapping[str, Any]
SERVICE = "service"
"""Owner of a fact that stands on the proof of service: its clocks move with it."""
REISSUED, KEPT, NOTIFIED = "reissued", "kept", "notified"
SIGNED_ON_THE_SPOT = frozenset(
    {"D08", "D09", "D11", "D12", "D13", "D14", "D36", "D40", "D42", "D47", "D62"}
)
"""Records that people signed where they were made: nobody writes them anew."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of the record: where it is kept, and where the facts of a document say it."""

    title: Text
    owner: str
    """party (a new wording is added), case (the field is set) or service (clocks move)."""
    field: str
    said_at: tuple[str, str]
    substance: bool = False
    everywhere: bool = False
    """Whether the words stand in narratives too and are replaced wherever they stand."""


def _party(zh: str, en: str, field: str, said: str, *, substance: bool = False) -> Fact:
    return Fact(Text(zh, en), "party", field, ("party", said), substance, everywhere=True)


FACTS: Mapping[str, Fact] = {
    "party_name": _party("当事人名称", "name of the party", "name", "name"),
    "party_uscc": _party(
        "统一社会信用代码", "social credit code", "uscc", "uscc", substance=True
    ),
    "party_cert_no": _party("证件号码", "identity number", "cert_no", "cert_no", substance=True),
    "representative_name": _party(
        "法定代表人（负责人、经营者）", "representative", "representative_name", "representative"
    ),
    "party_address": _party("住所（住址）", "address", "address", "address"),
    "service_address": _party(
        "送达地址", "address for service", "service_address", "service_address"
    ),
    "party_phone": _party("联系电话", "phone", "phone", "phone"),
    "act_place": Fact(
        Text("违法地点", "place of the act"), "case", "act_place", ("case", "act_place"), True
    ),
    "source_detail": Fact(
        Text("案源说明", "details of the source"), "case", "source_detail",
        ("case", "source_detail"),
    ),
    "lead_content": Fact(
        Text("线索内容", "content of the lead"), "case", "lead_content", ("case", "content")
    ),
    "decision_served_on": Fact(
        Text("决定书送达日期", "day on which the decision was served"), SERVICE, "served_at",
        ("service", "on"),
    ),
}  # fmt: skip
"""By the codes of the table `correctable_fact`."""


def pending(record: Record) -> FactCorrection | None:
    """The correction that waits for approval."""
    row = record.last(FactCorrection)
    return row if row is not None and row.outcome is None else None


def served_decision(record: Record) -> ProofOfService | None:
    """The proof that the decision in force was served."""
    number = record.decision.number if record.decision else None
    return next((s for s in record.services if s.document_number == number), None)


def recorded(record: Record, fact: Fact) -> str:
    """What the record says now; empty when it says nothing. Days are ISO days."""
    if fact.owner == SERVICE:
        row = served_decision(record)
        return law_day(row.served_at).isoformat() if row else ""
    case = record.case
    owner: Case | Party | None = case.party if fact.owner == "party" else case
    return str(getattr(owner, fact.field) or "") if owner is not None else ""


def says_it(facts: Facts, fact: Fact, words: str) -> bool:
    """Whether the facts of a document contain the words as this fact."""
    if fact.everywhere:
        return any(words in text for text in _texts(facts))
    section, name = fact.said_at
    part = facts.get(section)
    return isinstance(part, Mapping) and part.get(name) == words


def reworded(facts: Facts, fact: Fact, before: str, after: str) -> dict[str, Any]:
    """The facts of a document with the right words; everything else stays as it was issued."""
    if fact.everywhere:
        found = _mapped(facts, lambda text: text.replace(before, after))
        return dict(found)
    section, name = fact.said_at
    return {**facts, section: {**facts[section], name: after}}


def fate(document: Document, served: frozenset[str]) -> str:
    """Made anew; kept beside the correction; or, served already, corrected by a notice."""
    if document.kind in SIGNED_ON_THE_SPOT:
        return KEPT
    kind = KINDS.get(document.kind)
    if kind is not None and kind.outgoing and document.number in served:
        return NOTIFIED
    return REISSUED


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, Mapping) else value
    return (
        [text for part in parts for text in _texts(part)]
        if isinstance(value, Mapping | list)
        else []
    )


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _mapped(part, change) for key, part in value.items()}
    return [_mapped(part, change) for part in value] if isinstance(value, list) else value
