"""V01-V04, V31: who the party is, and whether a penalty may reach them at all."""

from collections.abc import Iterator, Mapping
from typing import Any

from models import identifiers
from models.errors import Violation
from models.identifiers import CertificateType, IdentifierError
from workflows.act import Act
from workflows.commands.filing import ProposeFiling
from workflows.commands.investigation import SubmitFinalReport
from workflows.commands.lead import RecordVerification, RegisterLead
from workflows.commands.quick import RecordQuickly
from workflows.commands.spot import PunishOnTheSpot
from workflows.guards.law import against

NATURAL = "natural_person"
INDIVIDUAL_BUSINESS = "individual_business"
ADDRESSES = ("address", "contact_address", "service_address")
LIGHTER_LEVELS = ("mitigated", "lighter")


def party_is_identified(
    act: Act, c: RegisterLead | RecordVerification | ProposeFiling | PunishOnTheSpot
) -> Iterator[Violation]:
    """V01-V04: numbers check; on filing, entities have a code or a reason, persons a paper."""
    party, full = c.party, isinstance(c, ProposeFiling | PunishOnTheSpot)
    if not party:
        if full:
            yield against("V04", "请填写当事人。", "Name the party.", "MSA19", "party")
        return
    if not (party.get("name") or "").strip():
        yield against("V04", "请填写当事人名称或姓名。", "Name the party.", "MSA19", "party.name")
    if isinstance(c, ProposeFiling) and not any(party.get(name) for name in ADDRESSES):
        yield against(
            "V04", "请填写当事人住所（住址）或者送达地址，决定书必须载明。",
            "Give the party's address: the decision must state it.", "APL59", "party.address",
        )  # fmt: skip
    if party.get("party_type") == NATURAL:
        yield from _natural(act, party, full)
    else:
        yield from _entity(party, full)
        yield from _representative(act, party)


def _entity(party: Mapping[str, Any], full: bool) -> Iterator[Violation]:
    uscc = party.get("uscc")
    if uscc:
        try:
            identifiers.check_uscc(uscc, party.get("party_type"))
        except IdentifierError as error:
            yield error.violation("party.uscc")
    elif full and not party.get("uscc_missing_reason"):
        yield against(
            "V04", "单位和个体工商户应当填写统一社会信用代码；没有的，写明原因。",
            "Give the unified social credit code, or say why there is none.",
            "GB32100", "party.uscc",
        )  # fmt: skip


def _natural(act: Act, party: Mapping[str, Any], full: bool) -> Iterator[Violation]:
    number = party.get("cert_no")
    if number:
        yield from _certificate(act, party.get("cert_type"), number, "party.cert_no")
    elif full:
        yield against(
            "V04", "自然人应当填写身份证件号码。", "Give the person's identity document.",
            "GB11643", "party.cert_no",
        )  # fmt: skip


def _representative(act: Act, party: Mapping[str, Any]) -> Iterator[Violation]:
    """The legal representative or operator, where their number was taken down."""
    number, name = party.get("representative_cert_no"), "party.representative_cert_no"
    if number:
        yield from _certificate(act, party.get("representative_cert_type"), number, name)


def _certificate(act: Act, kind: str | None, number: str, field: str) -> Iterator[Violation]:
    try:
        known = CertificateType(kind or CertificateType.RESIDENT_ID)
    except ValueError:
        yield against(
            "V03", f"没有“{kind}”这种证件。", f"No identity document “{kind}”.", "NONE",
            field.replace("cert_no", "cert_type"),
        )  # fmt: skip
        return
    try:
        identifiers.check_certificate(known, number, act.today)
    except IdentifierError as error:
        yield error.violation(field)


def age_at_act(act: Act) -> int | None:
    """Completed years of the party on the day of the act (违法行为时); None where unknown."""
    party, day = act.case.party, act.case.act_end or act.case.act_start
    if party is None or party.birth_date is None or day is None:
        return None
    return identifiers.age_on(party.birth_date, day)


def not_a_child(act: Act, c: SubmitFinalReport | RecordQuickly) -> Iterator[Violation]:
    """V31: under fourteen at the act means no penalty; under eighteen lighter (APL 30)."""
    age = age_at_act(act)
    if c.proposal == "penalty" and age is not None:
        yield from penalty_fits_age(act, age, c.discretion_level, "proposal")


def penalty_fits_age(act: Act, age: int, level: str | None, field: str) -> Iterator[Violation]:
    """The same for a penalty that is proposed or decided."""
    day = act.case.act_end or act.case.act_start
    if age < int(act.parameter("age.no_penalty_below", day)):
        yield against(
            "V31", "当事人行为时不满十四周岁，不予处罚，请改为“不予处罚”并责令监护人管教。",
            "The party was under fourteen: no penalty may be imposed.", "APL30", field,
        )  # fmt: skip
    elif age < int(act.parameter("age.lighter_below", day)) and level not in LIGHTER_LEVELS:
        yield against(
            "V31", "当事人已满十四周岁不满十八周岁，应当从轻或者减轻，请改裁量等次。",
            "The party was under eighteen: choose lighter or mitigated.",
            "APL30", "discretion_level",
        )  # fmt: skip
