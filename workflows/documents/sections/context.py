"""What every section of the facts reads, and the words that several of them share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from models.decision import Decision
from models.report import FinalReport, PenaltyTerms
from workflows.discretion import Shares, advise
from workflows.documents.record import Record
from workflows.documents.wording import cited, day, money
from workflows.reference.matters import Bounds, Fine

Section = dict[str, Any]


@dataclass(frozen=True)
class Context:
    """What every section reads: the record, the code tables, the date of the document."""

    record: Record
    labels: Callable[[str, str], str]
    dated: datetime

    def texts(self, table: str, codes: Iterable[str]) -> list[str]:
        return [self.labels(table, code) for code in codes]

    def officers(self, row: Any, at: datetime) -> list[Section]:
        """The two officers of a row with the certificates they held then."""
        ids = (row.officer_id, row.second_officer_id)
        return [
            {"name": self.record.name(one), "certificate": self.record.certificate(one, at)}
            for one in ids
            if one is not None
        ]


def penalty_terms(row: PenaltyTerms, context: Context) -> Section:
    """What is proposed, notified or decided, in the one wording that all documents share."""
    kinds = context.texts("penalty_kind", row.penalty_kinds)
    return {
        "kinds": kinds,
        "fine": money(row.fine),
        "confiscated": money(row.confiscated_amount),
        "licence": row.licence or "",
        "content": row.penalty_content or _content(row, kinds),
        "correction": row.correction_demand or "",
        "correction_by": day(row.correction_deadline),
    }


def _content(row: PenaltyTerms, kinds: list[str]) -> str:
    """处罚内容 from kinds and amounts, when nobody wrote it out."""
    parts = []
    for code, text in zip(row.penalty_kinds, kinds, strict=True):
        if code == "fine" and row.fine is not None:
            parts.append(f"罚款{_in_words(row.fine)}")
        elif code.startswith("confiscate") and row.confiscated_amount is not None:
            parts.append(f"{text}{_in_words(row.confiscated_amount)}")
        elif code.endswith("licence") and row.licence:
            parts.append(f"{text}（{row.licence}）")
        else:
            parts.append(text)
    return "；".join(parts)


def _in_words(yuan: Decimal) -> str:
    both = money(yuan)
    return f"人民币{both['figures']}元（大写：{both['words']}）" if both else ""


def discretion(row: FinalReport | Decision, context: Context) -> Section:
    ground = row.mitigation_ground
    return {
        "level": context.labels("discretion_level", row.discretion_level or ""),
        "factors": context.texts("discretion_factor", row.discretion_factors),
        "discretion_reason": row.discretion_reason or "",
        "mitigation": context.labels("mitigation_ground", ground) if ground else "",
        "standard": standard(row, context),
        "deviation": row.deviation_reason or "",
    }


def standard(row: FinalReport | Decision, context: Context) -> str:
    """The standard applied (裁量基准), version and range of the level; empty without one."""
    table = context.record.standards.get(row.discretion_standard or "")
    if table is None:
        return ""
    named = f"《{table.title}》（{table.version}版）"
    shares = advise(table, row.discretion_factors).within(row.discretion_level)
    bounds = _bounds(row, context, shares) if shares is not None else None
    if bounds is None:
        return named
    low, high = (f"{amount:,.2f}".removesuffix(".00") for amount in (bounds.lowest, bounds.highest))
    return f"{named}，该等次的罚款幅度为{low}元至{high}元"


def _bounds(row: FinalReport | Decision, context: Context, shares: Shares) -> Bounds | None:
    """Yuan between which the level lies for the case's party."""
    record = context.record
    kept = (record.matter.content or {}).get("fine") if record.matter else None
    party = record.case.party
    report = record.current(FinalReport)
    if not kept or not kept.get("ranges") or party is None or row.fine is None:
        return None
    base = report.rate_base if report is not None else None
    return Fine.of(kept).bounds(party.party_type, base, shares)


def settled(row: FinalReport | Decision, context: Context) -> Section:
    """What a report proposes and a decision decides: penalty, discretion, or why there is none."""
    return {
        "terms": penalty_terms(row, context),
        **discretion(row, context),
        "ground": no_penalty_ground(row.no_penalty_ground, context),
        "education": row.education or "",
    }


def no_penalty_ground(ground: str | None, context: Context) -> str:
    return context.labels("no_penalty_ground", ground) if ground else ""


def article(entry: Mapping[str, Any]) -> Section:
    """One article: how it is cited, its promulgated text if the record has it, else its gist."""
    return {
        "cited": cited(entry),
        "text": str(entry.get("text") or ""),
        "gist": str(entry.get("summary_zh") or ""),
    }
