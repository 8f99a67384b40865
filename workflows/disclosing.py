"""What of a decision may be read by the public: the rule's answer, the personal data that the case
holds, and the public text made of record and decision, masked by rule (APL 48, V24)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from models.base import Base, CaseRecord
from models.calendar import add_months
from models.case import Case, Party
from models.decision import Decision
from models.duration import law_day
from models.errors import NotFound, Text
from models.identifiers import age_on
from models.matter import Matter
from models.own_revision import OwnRevision
from workflows import rules
from workflows.act import Act
from workflows.catalogue import LoadedPack
from workflows.documents.amounts import amount
from workflows.documents.wording import day as worded
from workflows.labels import Labels, labels_of
from workflows.lawbook import LawBook
from workflows.masking import (
    SHORT,
    Datum,
    Piece,
    Span,
    address_data,
    birth_data,
    is_a_name,
    leftovers,
    mask,
    masked_text,
)
from workflows.record import Record

HEAVY = frozenset({"downgrade", "revoke_licence", "suspend_business", "close", "restrict_business"})
HEAVY |= {"restrict_employment", "detention"}
SLIGHT = frozenset({"warning", "criticism"})
NAMES = frozenset(
    [
        "person_name",
        "witness_name",
        "receiver_name",
        "stated_by",
        "payer_name",
        "present_person",
        "contact_name",
        "agent",
        "applicant",
        "applicant_name",
        "representative_name",
        "informant_name",
        "name",
    ]
)
PHONES = frozenset({"contact_phone", "phone", "informant_phone"})
"""Columns and fields of the record that hold people's names and numbers, whatever the table."""
ADULT = "age.lighter_below"
BUSINESS_ROLES = {"individual_business": Text("经营者", "Operator")}
REPRESENTATIVE = Text("法定代表人或者负责人", "Legal representative")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer of rules/disclosure.dmn: publish or withhold, how grave, and why."""

    disclose: str
    ground: str | None
    credit_class: str
    reason: Text

    def plain(self) -> dict[str, Any]:
        """As the record keeps it."""
        words = {"zh": self.reason.zh, "en": self.reason.en, "ground": self.ground}
        return {"disclosure": self.disclose, "credit_class": self.credit_class, **words}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the public text: its label in both languages and its words."""

    label: Text
    text: str

    def __str__(self) -> str:
        return f"{self.label.zh}：{self.text}"


@dataclass(frozen=True, slots=True)
class Disclosable:
    """A decision with all that its disclosure needs to know; built once for a look or an act."""

    case: Case
    decision: Decision
    record: Record
    matter: Matter | None
    pack: LoadedPack | None
    labels: Labels
    law: LawBook
    today: date

    @property
    def decided_on(self) -> date:
        """The Shanghai day of the decision: its rules count."""
        return law_day(self.decision.decided_at)

    def parameter(self, key: str) -> Any:
        """A dated parameter as it stood on the day of the decision."""
        return self.law.value(key, self.decided_on, self.case.subject_id)

    @property
    def minor(self) -> bool:
        """Whether the party was under age at the act (APL 30; 未成年人保护)."""
        party, acted = self.case.party, self.case.act_end or self.case.act_start
        if party is None or party.birth_date is None or acted is None:
            return False
        return age_on(party.birth_date, acted) < int(self.parameter(ADULT))

    def styles(self) -> dict[str, str]:
        """Kind of datum → how the pack's rules/masking.dmn masks it."""
        return {kind: self._style(kind) for kind in SHORT}

    def _style(self, kind: str) -> str:
        try:
            table = self.pack.table("masking") if self.pack else None
        except NotFound:
            table = None
        if table is None:
            return _STYLES.get(kind, "hide")
        try:
            found = rules.evaluate(table, {"kind": kind, "minor": self.minor}).outputs
        except rules.RuleError:
            return "hide"  # a kind that the pack's table does not know
        return str(found.get("masking") or "hide")

    def kept(self) -> list[str]:
        """Words that are public by law although a name may stand in them: the registered name and
        code of a firm, the number of the decision."""
        party = self.case.party
        firm = [] if party is None or party.natural else [party.name, party.uscc or ""]
        return [word for word in (*firm, self.decision.number) if word]

    def data(self, extra: Sequence[Mapping[str, Any]] = ()) -> list[Datum]:
        """Everything personal that the record knows, with the publisher's own additions."""
        found = [d for party in self.case.parties for d in _of_party(party)]
        found += _of_others(self.record)
        found += [Datum(str(row["kind"]), str(row["text"])) for row in extra]
        return list(dict.fromkeys(found))

    def verdict(self) -> Verdict:
        """Whether to publish, by the pack's table."""
        kinds = set(self.decision.penalty_kinds)
        asked = {
            "penalty": self.decision.decision == "penalty",
            "minor": self.minor,
            "on_the_spot": self.decision.on_the_spot,
            "shown_on_the_spot": bool(self.parameter("disclosure.simple_displayed")),
            "slight_kinds": bool(kinds) and kinds <= SLIGHT,
            "shown_slight": bool(self.parameter("disclosure.slight_displayed")),
            "heavy_kinds": bool(kinds & HEAVY),
        }
        try:
            table = self.pack.table("disclosure") if self.pack else None
        except NotFound:
            table = None
        if table is None:
            return Verdict("publish", None, "ordinary", Text("应当公示", "to be made public"))
        out = rules.evaluate(table, asked).outputs
        ground = None if out["ground"] == "none" else str(out["ground"])
        reason = Text(str(out["reason"]), str(out["reason_en"]))
        return Verdict(str(out["disclosure"]), ground, str(out["credit_class"]), reason)

    def months(self, credit_class: str) -> tuple[int, int]:
        """Least and most months of display on the day of the decision; fields of safety longer."""
        spans = self.parameter("disclosure.display_months")
        least, most = spans.get(credit_class) or spans["ordinary"]
        by_field = self.parameter("disclosure.display_months_by_field")
        field_least, field_most = by_field.get(self.matter.field if self.matter else "", (0, 0))
        return max(int(least), int(field_least)), max(int(most), int(field_most))

    def display(self, credit_class: str) -> tuple[date, date]:
        """First day on which the display may end, and the day on which it ends by itself."""
        least, most = self.months(credit_class)
        return add_months(self.decided_on, least), add_months(self.decided_on, most)

    def original(self) -> list[Line]:
        """The decision in lines, as the record has it, nothing masked."""
        case, decision = self.case, self.decision
        party = case.party
        assert party is not None
        lines = [_line("决定书文号", "Decision no.", decision.number), *_party_lines(party)]
        lines.append(_line("案由", "Cause", case.cause or case.matter_title or ""))
        lines.append(_line("违法事实", "Facts", decision.facts))
        basis = "；".join(str(entry["zh"]) for entry in decision.basis)
        lines.append(_line("处罚依据", "Legal basis", basis))
        if decision.discretion_reason:
            lines.append(_line("裁量理由", "Discretion", decision.discretion_reason))
        lines.append(_line("处罚内容", "Penalty", decision.penalty_content or self.outcome().zh))
        changes = "；".join(text for _, text in self._changes())
        lines.append(_line("变更情况", "Change", changes))
        subject = case.subject.name
        lines.append(_line("处罚机关", "Agency", subject))
        lines.append(_line("决定日期", "Date of decision", worded(self.decided_on)))
        return [line for line in lines if line.text]

    def pieces(self, line: Line, extra: Sequence[Mapping[str, Any]] = ()) -> list[Piece]:
        """A line in pieces, masked, for the view side by side."""
        return mask(line.text, self.data(extra), self.styles(), self.kept(), self.today)

    def lines(self, extra: Sequence[Mapping[str, Any]] = ()) -> list[Line]:
        """The public text in lines."""
        data, styles, kept = self.data(extra), self.styles(), self.kept()
        return [
            Line(each.label, masked_text(each.text, data, styles, kept, self.today))
            for each in self.original()
        ]

    def public_text(self, extra: Sequence[Mapping[str, Any]] = ()) -> str:
        """The same as one text, which the release keeps."""
        return "\n".join(str(line) for line in self.lines(extra))

    def shown_name(self, extra: Sequence[Mapping[str, Any]] = ()) -> str:
        """The party as the public reads it."""
        party = self.case.party
        assert party is not None
        return masked_text(party.name, self.data(extra), self.styles(), self.kept(), self.today)

    def leaks(self, text: str, extra: Sequence[Mapping[str, Any]] = ()) -> list[Span]:
        """Personal data that a text still shows."""
        return leftovers(text, self.data(extra), self.styles(), self.kept(), self.today)

    def kinds_masked(self, extra: Sequence[Mapping[str, Any]] = ()) -> list[str]:
        """Codes of what was masked."""
        pieces = (piece for line in self.original() for piece in self.pieces(line, extra))
        return sorted({piece.kind for piece in pieces if piece.kind})

    def outcome(self) -> Text:
        """The penalty in a few words: 罚款500元."""
        if self.decision.decision != "penalty":
            return Text("不予行政处罚", "no penalty")
        told = list(self._parts())
        return Text("；".join(t.zh for t in told), "; ".join(t.en for t in told))

    def _changes(self) -> list[tuple[Decimal, str]]:
        """The fine as a remedy or the agency itself changed it (变更), oldest first, in words."""
        found = []
        for row in self.record.remedies:
            if row.decision_id == self.decision.id and row.changed_fine is not None:
                when = worded(row.decided_on)
                found.append((row.changed_fine, f"{row.authority}于{when}决定变更"))
        for own in self.record.all(OwnRevision):
            mine = own.decision_id == self.decision.id and own.act == "change"
            if mine and own.decided_at is not None and own.new_fine is not None:
                when = worded(law_day(own.decided_at))
                found.append((own.new_fine, f"处罚机关于{when}决定变更"))
        return [(fine, f"{text}为罚款{_yuan(fine)}元") for fine, text in found]

    def _parts(self) -> Iterator[Text]:
        changes = self._changes()
        fine = changes[-1][0] if changes else self.decision.fine
        for code in self.decision.penalty_kinds:
            name = self.labels.text("penalty_kind", code)
            sum_ = fine if code == "fine" else self.decision.confiscated_amount
            if sum_ is not None and (code == "fine" or code.startswith("confiscate")):
                figures = _yuan(sum_)
                yield Text(f"{name.zh}{figures}元", f"{name.en} {figures} yuan")
            else:
                yield name


def disclosable(
    record: Record,
    labels: Labels,
    law: LawBook,
    today: date,
    pack: LoadedPack | None,
    decision: Decision | None = None,
) -> Disclosable | None:
    """The decision in force (or the one named, which may have been revoked) with what its
    disclosure needs; None before there is one."""
    decision = decision or record.decision
    if decision is None or record.case.party is None:
        return None
    return Disclosable(
        case=record.case,
        decision=decision,
        record=record,
        matter=record.matter,
        pack=pack,
        labels=labels,
        law=law,
        today=today,
    )


def of_act(act: Act, decision: Decision | None = None) -> Disclosable | None:
    """The same for an act in the case."""
    labels = labels_of(act.pack) if act.pack else Labels({})
    return disclosable(act.record, labels, act.law, act.today, act.pack, decision)


_STYLES = {"personal_name": "surname", "third_party": "surname", "home_address": "district"}


def _yuan(sum_: Decimal) -> str:
    return amount(sum_)["figures"].removesuffix(".00")


def _line(zh: str, en: str, text: str) -> Line:
    return Line(Text(zh, en), text)


def _party_lines(party: Party) -> Iterator[Line]:
    yield _line("当事人", "Party", party.name)
    if party.natural:
        yield _line("身份证件号码", "Identity number", party.cert_no or "")
        yield _line("住址", "Address", party.address or "")
        return
    yield _line("统一社会信用代码", "Unified social credit code", party.uscc or "")
    title = BUSINESS_ROLES.get(party.party_type, REPRESENTATIVE)
    yield Line(title, party.representative_name or "")


def _of_party(party: Party) -> Iterator[Datum]:
    """Name, numbers, addresses and birthday of a person; of a firm those of who represents it."""
    if party.natural:
        yield Datum("personal_name", party.name)
        for address in (party.address, party.contact_address, party.service_address):
            yield from address_data(address or "")
        if party.cert_no:
            yield Datum("id_number", party.cert_no)
    if party.birth_date:
        yield from birth_data(party.birth_date)
    for kind, value in (
        ("personal_name", party.representative_name),
        ("id_number", party.representative_cert_no),
        ("phone", party.phone),
        ("email", party.electronic_address),
    ):
        if value:
            yield Datum(kind, value)


def _of_others(record: Record) -> Iterator[Datum]:
    """Witnesses, receivers, payers, agents, informants: from every table of the record."""
    for kind, names in _peopled().items():
        for row in record.all(kind):
            for name in names:
                yield from _read(name, getattr(row, name))


def _peopled() -> dict[type[CaseRecord], list[str]]:
    """Tables of the record with columns that may name people; lists of rows are looked into."""
    found: dict[type[CaseRecord], list[str]] = {}
    for mapper in Base.registry.mappers:
        if not issubclass(mapper.class_, CaseRecord) or mapper.class_ is Party:
            continue
        names = [a.key for a in mapper.column_attrs if a.key in (NAMES - {"name"}) | PHONES]
        names += [a.key for a in mapper.column_attrs if a.key == "participants"]
        if names:
            found[mapper.class_] = names
    return found


def _read(name: str, value: Any) -> Iterator[Datum]:
    match value:
        case str() if name in PHONES and value:
            yield Datum("phone", value)
        case str() if name in NAMES and is_a_name(value):
            yield Datum("third_party", value.strip())
        case list():
            for row in value:
                for key, inner in row.items() if isinstance(row, dict) else ():
                    yield from _read(str(key), inner)


def place_of(text: str, span: Span) -> Text:
    """Where a leftover stands, without saying it: 第2行第5字起“陈立…”."""
    line = text.count("\n", 0, span.start) + 1
    column = span.start - (text.rfind("\n", 0, span.start) + 1) + 1
    word = text[span.start : span.start + min(3, max(1, (span.end - span.start) // 2))]
    return Text(f"第{line}行第{column}字起“{word}…”", f"line {line}, character {column}: “{word}…”")
