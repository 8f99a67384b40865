"""The public text of a decision: what the public may read, masked by rule (APL 48, V24)."""

from models.case import Case
from models.decision import Decision
from models.duration import law_day
from models.identifiers import mask_id


def public_text(case: Case, decision: Decision, masked: frozenset[str]) -> str:
    """The standard summary. A natural person keeps the family name only when names are masked."""
    party = case.party
    assert party is not None
    name = mask_name(party.name) if party.natural and "name" in masked else party.name
    lines = [
        f"决定书文号：{decision.number}",
        f"当事人：{name}",
        f"违法事实：{_scrub(decision.facts, case)}",
        "处罚依据：" + "；".join(_cited(entry) for entry in decision.basis),
        f"处罚内容：{decision.penalty_content or _content(decision)}",
        f"决定日期：{law_day(decision.decided_at).isoformat()}",
    ]
    if party.uscc:
        lines.insert(2, f"统一社会信用代码：{party.uscc}")
    return "\n".join(lines)


def mask_name(name: str) -> str:
    """陈立新 becomes 陈**."""
    return name[:1] + "*" * max(1, len(name) - 1)


def secrets_of(case: Case) -> list[str]:
    """Strings that must never stand in a public text: identity numbers and phones."""
    party = case.party
    if party is None:
        return []
    found = [party.representative_cert_no, party.phone]
    if party.natural:
        found.append(party.cert_no)
    return [value for value in found if value]


def _scrub(text: str, case: Case) -> str:
    for secret in secrets_of(case):
        text = text.replace(secret, mask_id(secret))
    return text


def _cited(entry: dict[str, object]) -> str:
    return str(entry["zh"])


def _content(decision: Decision) -> str:
    if decision.decision != "penalty":
        return "不予行政处罚"
    return f"罚款{decision.fine}元" if decision.fine is not None else "行政处罚"
