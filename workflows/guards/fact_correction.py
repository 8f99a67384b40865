"""U01-U04: what may be corrected, to what, and until when (更正、补正)."""

from collections.abc import Iterator
from datetime import date

from models import identifiers
from models.duration import law_day
from models.errors import Text, Violation
from models.identifiers import CertificateType, IdentifierError
from workflows.act import Act
from workflows.commands.fact_correction import CorrectFacts, ProposeCorrection
from workflows.correcting import FACTS, SERVICE, Fact, pending, recorded
from workflows.guards.law import against, empty, needed


def correction_is_stated(act: Act, c: ProposeCorrection) -> Iterator[Violation]:
    """U01: a known fact, another value than the recorded one, and the reason."""
    yield from needed(
        c, {"value": Text("正确的内容", "what is right"), "reason": Text("更正理由", "the reason")}
    )
    fact = FACTS.get(c.fact)
    if fact is None:
        yield against("U01", "请选择要更正的事实。", "Choose the fact.", "SAME", "fact")
        return
    before = recorded(act.record, fact)
    if not before:
        yield against(
            "U01", f"案件还没有登记{fact.title.zh}，不用更正，请在相应步骤填写。",
            f"The {fact.title.en} is not recorded yet: fill it in at its step.", "SAME", "fact",
        )  # fmt: skip
    elif before == c.value.strip():
        yield against(
            "U01", "与已登记的内容相同，没有需要更正的。", "That is what the record says already.",
            "SAME", "value",
        )  # fmt: skip


def substance_is_told_anew(act: Act, c: ProposeCorrection) -> Iterator[Violation]:
    """U02: once notified, who the party is and what they did is told anew (APL 44, 62)."""
    fact, notice = FACTS.get(c.fact), act.record.notice
    told = notice is not None and notice.served_at is not None
    if fact is None or not fact.substance or not (told or act.record.decision is not None):
        return
    yield against(
        "U02",
        f"已经告知当事人，{fact.title.zh}属于实质内容，不能更正：应当修改报告并重新告知；"
        "已经决定的，依法撤销或者变更决定。",
        f"The party was notified. The {fact.title.en} is of substance: revise the report and "
        "notify again; once decided, the decision itself has to be undone or changed.",
        "APL44",
        "fact",
    )


def corrected_number_is_valid(act: Act, c: ProposeCorrection) -> Iterator[Violation]:
    """V01-V03: a corrected code or number passes the same checks as a new one."""
    fact, party = FACTS.get(c.fact), act.case.party
    if fact is None or party is None or empty(c.value):
        return
    try:
        if c.fact == "party_uscc":
            identifiers.check_uscc(c.value.strip(), party.party_type)
        elif c.fact == "party_cert_no":
            kind = CertificateType(party.cert_type or CertificateType.RESIDENT_ID)
            identifiers.check_certificate(kind, c.value.strip(), today=act.today)
    except IdentifierError as error:
        yield error.violation("value")


def day_of_service_is_possible(act: Act, c: ProposeCorrection) -> Iterator[Violation]:
    """U05: the decision is served on a day, after it was made and not tomorrow."""
    fact, decision = FACTS.get(c.fact), act.record.decision
    if fact is None or fact.owner != SERVICE or decision is None or empty(c.value):
        return
    try:
        day = date.fromisoformat(c.value.strip())
    except ValueError:
        yield against(
            "U05", "请把正确的送达日期写成2025-12-15的样子。", "Write the day like 2025-12-15.",
            "SAME", "value",
        )  # fmt: skip
        return
    if not law_day(decision.decided_at) <= day <= act.today:
        yield against(
            "U05", "送达日期在作出决定之后、今天之前。",
            "The day of service lies between the decision and today.", "ORDER", "value",
        )  # fmt: skip


def refusal_says_why(act: Act, c: CorrectFacts) -> Iterator[Violation]:
    """U03: a refused correction says why."""
    if c.outcome == "refuse" and empty(c.opinion):
        yield against("U03", "不同意更正的，请写明理由。", "Say why not.", "NONE", "opinion")


def record_is_as_it_was(act: Act, c: CorrectFacts) -> Iterator[Violation]:
    """U04: what is corrected is what was proposed; what has changed since is proposed anew."""
    row = pending(act.record)
    fact: Fact | None = FACTS.get(row.fact) if row is not None else None
    if row is None or fact is None or c.outcome != "correct":
        return
    if recorded(act.record, fact) != row.before:
        yield against(
            "U04", "这项事实在申请之后已经变化，请不同意本次更正，重新申请。",
            "The fact has changed since: refuse this one, and have it proposed anew.", "SAME",
        )  # fmt: skip
