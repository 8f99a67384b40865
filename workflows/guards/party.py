"""V01-V04, V31: who the party is, and whether a penalty may reach them at all."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from models import identifiers
from models.errors import Violation
from models.identifiers import IdentifierError
from workflows.act import Act
from workflows.commands.filing import ProposeFiling
from workflows.commands.investigation import SubmitFinalReport
from workflows.commands.lead import RecordVerification, RegisterLead
from workflows.guards.law import against

NATURAL = "natural_person"


def party_is_identified(
    act: Act, c: RegisterLead | RecordVerification | ProposeFiling
) -> Iterator[Violation]:
    """V01-V04: numbers check, entities have a code or a reason, persons a certificate."""
    party = c.party
    if not party:
        return
    full = isinstance(c, ProposeFiling)
    if not (party.get("name") or "").strip():
        yield against("V04", "请填写当事人名称或姓名。", "Name the party.", "NONE", "party.name")
    if party.get("party_type") == NATURAL:
        yield from _natural(act, party, full)
    else:
        yield from _entity(party, full)
        yield from _id_number(act, party.get("legal_rep_cert_no"), "party.legal_rep_cert_no")


def _entity(party: Mapping[str, Any], full: bool) -> Iterator[Violation]:
    uscc = party.get("uscc")
    if uscc:
        try:
            identifiers.check_uscc(uscc, party.get("party_type"))
        except IdentifierError as error:
            yield Violation(error.rule, error.text, field="party.uscc")
    elif full and not party.get("no_uscc_reason"):
        yield against(
            "V04", "单位和个体工商户应当填写统一社会信用代码；没有的，写明原因。",
            "Give the unified social credit code, or say why there is none.",
            "GB32100", "party.uscc",
        )  # fmt: skip


def _natural(act: Act, party: Mapping[str, Any], full: bool) -> Iterator[Violation]:
    number, kind = party.get("cert_no"), party.get("cert_type") or "id_card"
    if not number:
        if full:
            yield against(
                "V04", "自然人应当填写身份证件号码。", "Give the person's identity document.",
                "GB11643", "party.cert_no",
            )  # fmt: skip
        return
    if kind == "id_card":
        yield from _id_number(act, number, "party.cert_no")
        return
    try:
        identifiers.check_permit(kind, number, act.today)
    except IdentifierError as error:
        yield Violation(error.rule, error.text, field="party.cert_no")


def _id_number(act: Act, number: str | None, field: str) -> Iterator[Violation]:
    if not number:
        return
    try:
        identifiers.check_id_card(number, act.today)
    except IdentifierError as error:
        yield Violation(error.rule, error.text, field=field)


def not_a_child(act: Act, c: SubmitFinalReport) -> Iterator[Violation]:
    """V31: under fourteen at the act means no penalty (APL 30)."""
    party, day = act.case.party, act.case.act_end or act.case.act_start
    if c.proposal != "penalty" or party is None or not party.birth_date or day is None:
        return
    age = _age(party.birth_date, day)
    if age < int(act.parameter("penalty.minimum_age", day)):
        yield against(
            "V31", "当事人行为时不满十四周岁，不予处罚，请改为“不予处罚”并责令监护人管教。",
            "The party was under fourteen: no penalty may be imposed.", "APL30", "proposal",
        )  # fmt: skip
    elif age < int(act.parameter("penalty.full_age", day)) and c.discretion_level not in (
        "lenient", "mitigated", "none",
    ):  # fmt: skip
        yield against(
            "V31", "当事人已满十四周岁不满十八周岁，应当从轻或者减轻。",
            "The party was under eighteen: lenient or mitigated.", "APL30", "discretion_level",
        )  # fmt: skip


def _age(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
