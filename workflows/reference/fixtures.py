"""Fixtures for scenarios and for the demo: fictional parties, starts and evidence by key."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from models.identifiers import CertificateType, check_certificate, check_uscc
from models.types import Role
from workflows.reference.book import Reference
from workflows.reference.matters import refuse_repeated
from workflows.reference.strict_fields import ReferenceFileError, build_all, read_lists

KEYS = frozenset({"parties", "starts", "evidence"})
LONG_AGO_ENOUGH = date(2025, 1, 1)
"""Every person of the fixtures was born before this day."""


@dataclass(frozen=True)
class PartyFixture:
    """A party as the forms' composite field `party` carries it."""

    key: str
    party_type: str
    name: str
    uscc: str | None = None
    cert_type: str | None = None
    cert_no: str | None = None
    representative_name: str | None = None
    representative_cert_type: str | None = None
    representative_cert_no: str | None = None
    representative_duty: str | None = None
    phone: str | None = None
    address: str | None = None
    contact_address: str | None = None
    service_address: str | None = None
    service_address_confirmed: bool = False
    electronic_service_agreed: bool = False
    electronic_address: str | None = None

    def __post_init__(self) -> None:
        if self.uscc is not None:
            check_uscc(self.uscc, self.party_type)
        for kind, number in (
            (self.cert_type, self.cert_no),
            (self.representative_cert_type, self.representative_cert_no),
        ):
            if kind is not None and number is not None:
                check_certificate(CertificateType(kind), number, LONG_AGO_ENOUGH)

    def plain(self) -> dict[str, Any]:
        """The composite's values; what is not known is left out."""
        values = dataclasses.asdict(self)
        return {k: v for k, v in values.items() if k != "key" and v is not None}


@dataclass(frozen=True)
class StartFixture:
    """How a case begins: who registers the lead, with whom, and the form's values."""

    key: str
    pack: str
    actor: str
    second: str
    data: Mapping[str, Any]


@dataclass(frozen=True)
class EvidenceFixture:
    """One row of an evidence list."""

    key: str
    kind: str
    name: str
    origin: str | None = None
    place: str | None = None
    provider: str | None = None
    page_count: int | None = None
    fact_proved: str | None = None

    def plain(self) -> dict[str, Any]:
        """The row's values; what is not known is left out."""
        values = dataclasses.asdict(self)
        return {k: v for k, v in values.items() if k != "key" and v is not None}


@dataclass(frozen=True)
class Fixtures:
    """Everything that a scenario may name by key, beside the reference data."""

    parties: Mapping[str, PartyFixture]
    starts: Mapping[str, StartFixture]
    evidence: Mapping[str, EvidenceFixture]

    def start_data(self, key: str) -> dict[str, Any]:
        """The values of the start form, the party written out and the second officer named."""
        start = self.starts[key]
        data = dict(start.data) | {"second_handler": start.second}
        if "party" in data:
            data["party"] = self.parties[data["party"]].plain()
        return data


def load_fixtures(folder: Path, reference: Reference) -> Fixtures:
    """All fixtures of the folder; raises with every key that leads nowhere."""
    lists: dict[str, list[Any]] = {key: [] for key in KEYS}
    for path in sorted(folder.glob("*.yaml")):
        for key, values in read_lists(path, KEYS).items():
            lists[key] += values
    parties = build_all(PartyFixture, lists["parties"], "parties")
    starts = build_all(StartFixture, lists["starts"], "starts")
    evidence = build_all(EvidenceFixture, lists["evidence"], "evidence")
    for rows in (parties, starts, evidence):
        refuse_repeated("fixture key", (row.key for row in rows))
    fixtures = Fixtures(
        parties={party.key: party for party in parties},
        starts={start.key: start for start in starts},
        evidence={item.key: item for item in evidence},
    )
    problems = tuple(_problems(fixtures, reference))
    if problems:
        raise ReferenceFileError(*problems)
    return fixtures


def _problems(fixtures: Fixtures, reference: Reference) -> Iterator[str]:
    for party in fixtures.parties.values():
        if party.party_type not in reference.codes["party_type"]:
            yield f"party {party.key}: no party type {party.party_type}"
    for item in fixtures.evidence.values():
        if item.kind not in reference.codes["evidence_kind"]:
            yield f"evidence {item.key}: no kind of evidence {item.kind}"
    for start in fixtures.starts.values():
        yield from _start_problems(start, fixtures, reference)


def _start_problems(start: StartFixture, fixtures: Fixtures, reference: Reference) -> Iterator[str]:
    where, data = f"start {start.key}", start.data
    subject, matter = data.get("legal_subject"), data.get("matter")
    if subject not in reference.subjects:
        yield f"{where}: no legal subject {subject}"
    if matter is not None and matter not in {m.key for m, *_ in reference.held_by(str(subject))}:
        yield f"{where}: {subject} does not hold the matter {matter}"
    if "party" in data and data["party"] not in fixtures.parties:
        yield f"{where}: no party {data['party']}"
    if str(data.get("source")) not in reference.codes["case_source"]:
        yield f"{where}: no case source {data.get('source')}"
    for key in (start.actor, start.second):
        person = reference.people.get(key)
        if person is None or Role.HANDLER not in person.roles():
            yield f"{where}: {key} is not a handler"
