"""V16, V17, V23: same words in all documents, one fine for one act, six items (APL 29, 59)."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import select

from models.case import Case, Party
from models.decision import Decision
from models.document import Document
from models.duration import law_day
from models.errors import Text, Violation
from models.matter import Matter
from models.types import DocumentState
from workflows.act import Act
from workflows.commands.decision import IssueDecision
from workflows.guards.law import against, empty
from workflows.guards.report import Penalty

ITEMS: Mapping[str, Text] = {
    "party": Text("当事人的姓名或者名称、地址", "name and address of the party"),
    "facts": Text("违反法律、法规、规章的事实和证据", "facts and evidence"),
    "basis": Text("处罚的种类和依据", "kinds and basis of the penalty"),
    "performance": Text("处罚的履行方式和期限", "way and time of performance"),
    "remedies": Text("申请行政复议、提起行政诉讼的途径和期限", "ways and times of remedies"),
    "signature": Text("作出决定的行政机关名称和印章", "name and seal of the agency"),
}
"""The six items of a decision (APL 59)."""


def same_words_as_notified(act: Act, c: IssueDecision) -> Iterator[Violation]:
    """V16: party, number, cause and amount as in the notice that was issued (D34, D35)."""
    notice = act.record.notice
    if c.outcome != "issue" or c.decision != "penalty" or notice is None:
        return
    document = act.session.scalar(
        select(Document)
        .where(
            Document.case_id == act.case.id,
            Document.kind == notice.document_kind,
            Document.state == DocumentState.ISSUED,
            Document.number == notice.number,
        )
        .order_by(Document.dated_at.desc())
    )
    if document is None:
        return
    told, party = document.facts, act.case.party
    pairs: list[tuple[Text, Any, Any]] = [
        (Text("案由", "cause"), _at(told, "case", "cause"), act.case.cause),
    ]
    if party is not None:
        pairs += [
            (Text("当事人名称", "name of the party"), _at(told, "party", "name"), party.name),
            (Text("统一社会信用代码", "credit code"), _at(told, "party", "uscc"), party.uscc),
            (Text("证件号码", "identity number"), _at(told, "party", "cert_no"), party.cert_no),
        ]
    for title, before, now in pairs:
        if before and now and before != now:
            yield _differs(title, before, now)
    amount = _amount(_at(told, "notice", "terms", "fine", "figures"))
    if amount is not None and notice.fine is not None and amount != notice.fine:
        yield _differs(Text("罚款数额", "the fine"), amount, notice.fine)


def _differs(title: Text, before: Any, now: Any) -> Violation:
    return against(
        "V16",
        f"{title.zh}与已送达的告知书不一致：告知书为“{before}”，现为“{now}”，请更正并重新告知。",
        f"The {title.en} differs from the notice: “{before}” there, “{now}” now. "
        "Correct it and notify again.",
        "SAME",
    )


def _at(facts: Any, *path: str) -> Any:
    """The value at a path of stored facts; None where the shape is another."""
    for name in path:
        facts = facts.get(name) if isinstance(facts, Mapping) else None
    return facts


def _amount(figures: Any) -> Decimal | None:
    try:
        return Decimal(str(figures).replace(",", "")) if figures else None
    except InvalidOperation:
        return None


def not_fined_twice(act: Act, c: Penalty) -> Iterator[Violation]:
    """V17: one act is fined once (一事不再罚, APL 29), whoever's case it was."""
    party, matter = act.case.party, act.record.matter
    fined = getattr(c, "proposal", None) == "penalty" or getattr(c, "decision", None) == "penalty"
    if not fined or not c.fine or party is None or matter is None:
        return
    number = party.uscc or party.cert_no
    if not number:
        return
    rows = act.session.execute(
        select(Decision, Case)
        .join(Case, Case.id == Decision.case_id)
        .join(Matter, Matter.id == Case.matter_id)
        .where(
            Case.id != act.case.id,
            Decision.undone.is_(False),
            Decision.fine > 0,
            Matter.key == matter.key,
            Case.id.in_(
                select(Party.case_id).where((Party.uscc == number) | (Party.cert_no == number))
            ),
        )
    )
    for decision, case in rows:
        if _overlap(act.case, case):
            yield against(
                "V17",
                f"同一违法行为已经被罚款（{decision.number}），一事不再罚。",
                f"The same act has been fined already ({decision.number}).", "APL29", "fine",
            )  # fmt: skip


def _overlap(mine: Case, other: Case) -> bool:
    """Whether the acts share a day; unknown days are no proof of the same act."""
    if mine.act_start is None or other.act_start is None:
        return False
    return mine.act_start <= _last(other) and other.act_start <= _last(mine)


def _last(case: Case) -> date:
    """Last day of the act; one that went on when it was decided lasted until then."""
    if case.continuing and case.decided_at is not None:
        return law_day(case.decided_at)
    return case.act_end or case.act_start or date.max


def decision_has_six_items(act: Act, c: IssueDecision) -> Iterator[Violation]:
    """V23: what APL 59 wants in the decision is there to be written into it."""
    if c.outcome != "issue" or c.decision != "penalty":
        return
    there = {
        "party": _party_known(act.case.party),
        "facts": _facts_known(act, c),
        "basis": bool(c.penalty_kinds) and bool(act.record.matter and act.record.matter.basis),
        "performance": not empty(act.parameter("payment.payee")),
        "remedies": bool(act.case.subject.reconsideration_organ and act.case.subject.court),
        "signature": bool(act.case.subject.name) and act.case.subject.may_punish,
    }
    for item, title in ITEMS.items():
        if not there[item]:
            yield against(
                "V23", f"决定书缺少法定内容：{title.zh}。", f"The decision lacks: {title.en}.",
                "APL59",
            )  # fmt: skip


def _party_known(party: Party | None) -> bool:
    return party is not None and bool(party.name and _address(party))


def _address(party: Party) -> str | None:
    return party.address or party.contact_address or party.service_address


def _facts_known(act: Act, c: IssueDecision) -> bool:
    report = act.record.report
    told = c.facts or (report.facts if report is not None else "")
    return not empty(told) and any(item.admissible for item in act.record.evidence)
