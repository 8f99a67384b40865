"""Facts for a document, from the record alone: one contract for all templates.

`facts()` returns plain data (text, numbers, lists) that is kept with the document, so that the
file can be made again years later, byte for byte. Everything is preformatted in Chinese; every
document of a case words party, amounts and articles through the same lines (V16, V32).

Sections that the case has not reached are None; lists are empty.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Any, Protocol

from sqlalchemy.orm import Session

from models.base import CaseRecord
from models.case import Case, CaseHandler, Party
from models.evidence import Evidence
from workflows.documents import sections
from workflows.documents.catalogue import KINDS
from workflows.documents.record import Record, load
from workflows.documents.wording import count, day, formal_day, moment, money, percent, size

Labels = Callable[[str, str], str]
"""(code table, code) to its Chinese text; an unknown code comes back as it is."""

Facts = dict[str, Any]


class Dated(Protocol):
    """A dated parameter as the law book hands it out."""

    @property
    def value(self) -> Any: ...

    @property
    def unit(self) -> str: ...


@dataclass(frozen=True)
class LegalTerms:
    """The dated parameters that documents quote to the party. Never literals in a template."""

    state: str
    """陈述申辩 from service of the notice, with its unit: 五个工作日 (MSA 57)."""
    hearing: str
    """申请听证 from service of the notice: 五个工作日 (APL 64)."""
    hearing_notice: str
    """通知听证 before the hearing: 七个工作日 (APL 64)."""
    pay: str
    """缴款 from receipt: 十五日 (APL 67)."""
    surcharge: str
    """加处罚款 a day: 百分之三 of the fine (APL 72)."""
    reconsider: str
    """行政复议: 六十日 (ARL 20)."""
    sue: str
    """行政诉讼: 六个月 (ALL 46)."""
    publish: str
    """公示 from the decision: 七个工作日."""
    hold: str
    """先行登记保存: 七个工作日 (APL 56)."""
    seize: str
    """查封、扣押: 三十日, and as long again at most (AEL 25)."""
    seize_extension: str
    assist: str
    """复函: 十五个工作日 (MSA 45)."""
    urge: str
    """履行 after an urging letter: 十个工作日 (AEL 54)."""
    announce: str
    """公告送达: 三十日 (CPL 95)."""
    payee: str
    """Where a fine is paid: collecting bank or electronic channel."""

    @classmethod
    def of(cls, entry: Callable[[str], Dated]) -> LegalTerms:
        """From the parameters in force, e.g. `lambda key: law.entry(key, today, subject_id)`."""
        return cls(
            state=_length(entry("clk_state.days")),
            hearing=_length(entry("clk_hearing_req.days")),
            hearing_notice=_length(entry("clk_hearing_notice.days")),
            pay=_length(entry("clk_pay.days")),
            surcharge=percent(Fraction(str(entry("surcharge.rate_per_day").value))),
            reconsider=_length(entry("clk_reconsider.days")),
            sue=_length(entry("clk_sue.months")),
            publish=_length(entry("clk_publish.days")),
            hold=_length(entry("clk_hold.days")),
            seize=_length(entry("clk_seize.days")),
            seize_extension=_length(entry("clk_seize.extension_days")),
            assist=_length(entry("clk_assist.days")),
            urge=_length(entry("clk_urge.days")),
            announce=_length(entry("clk_announce_service.days")),
            payee=str(entry("payment.payee").value),
        )


_UNITS = {"working_day": "个工作日", "calendar_day": "日", "month": "个月", "hour": "小时"}


def _length(parameter: Dated) -> str:
    return count(int(parameter.value)) + _UNITS[parameter.unit]


def facts(
    session: Session,
    case: Case,
    kind: str,
    subject_row: CaseRecord | None,
    *,
    number: str | None,
    dated: datetime,
    labels: Labels,
    terms: LegalTerms,
) -> Facts:
    """Facts for one document of `kind` (D01…) about `subject_row` (None: the latest rows)."""
    record = load(session, case, subject_row)
    return from_record(record, kind, number=number, dated=dated, labels=labels, terms=terms)


def from_record(
    record: Record,
    kind: str,
    *,
    number: str | None,
    dated: datetime,
    labels: Labels,
    terms: LegalTerms,
) -> Facts:
    """The same from a record that is already read; touches no database."""
    case = record.case
    context = sections.Context(record, labels, dated)
    filled = {name: build(context) for name, build in sections.SECTIONS.items()}
    return {
        "document": _document(kind, number, dated),
        "subject": _subject(case),
        "case": _case(case, labels),
        "party": _party(case.party, labels),
        "handlers": [_handler(handler, record, dated) for handler in case.active_handlers()],
        "law": _law(case),
        "evidence": [_evidence(item, context) for item in record.all(Evidence)],
        "terms": asdict(terms),
        "result": _result(filled),
        **filled,
    }


def _result(filled: Facts) -> str:
    """处理结果, as the cover of the file says it; empty while the case is open."""
    decision, transfer, report = filled["decision"], filled["transfer"], filled["report"]
    if decision is not None and decision["undone"]:
        return "处罚决定已被撤销"
    if decision is not None:
        return str(decision["terms"]["content"]) if decision["penalty"] else "不予行政处罚"
    if transfer is not None:
        return f"移送{transfer['to']}"
    if report is not None:
        return str(report["proposal"])
    filing = filled["filing"]
    return "不予立案" if filing is not None and not filing["file"] else ""


def about(record: Record, subject_row: CaseRecord | None) -> Record:
    """The same record, read for another document."""
    return replace(record, subject_row=subject_row)


def _document(kind: str, number: str | None, dated: datetime) -> Facts:
    return {
        "kind": kind,
        "title": KINDS[kind].title,
        "number": number or "",
        "date": day(dated),
        "date_formal": formal_day(dated),
    }


def _subject(case: Case) -> Facts:
    """The legal subject: who signs, seals and answers in court."""
    subject = case.subject
    return {
        "name": subject.name,
        "seal_name": subject.name,
        "uscc": subject.uscc,
        "address": subject.address,
        "phone": subject.phone,
        "reconsideration_organ": subject.reconsideration_organ,
        "court": subject.court,
    }


def _case(case: Case, labels: Labels) -> Facts:
    return {
        "name": case.name,
        "lead_number": case.lead_no or "",
        "number": case.case_no or "",
        "cause": case.cause or case.matter_title or "",
        "matter_title": case.matter_title or "",
        "matter_code": case.matter.code if case.matter else "",
        "field": labels("field", case.matter.field) if case.matter else "",
        "source": labels("case_source", case.source),
        "source_detail": case.source_detail,
        "found_at": moment(case.clue_at),
        "found_on": day(case.clue_at),
        "content": case.lead_content,
        "act_time": _act_time(case),
        "act_place": case.act_place or "",
        "unit": case.unit.name,
        "registered_on": day(case.opened_at),
        "filed_on": day(case.filed_at),
        "decided_on": day(case.decided_at),
        "closed_on": day(case.closed_at),
        "value": money(case.case_value),
        "gain": money(case.illegal_gain),
    }


def _act_time(case: Case) -> str:
    start, end = day(case.act_start), day(case.act_end)
    if not start or start == end:
        return start
    return f"{start}至{end}" if end else f"{start}起（持续中）"


def _party(party: Party | None, labels: Labels) -> Facts:
    """The party under the same words in every document; `identity` is what the law asks for."""
    if party is None:
        return {"name": "", "natural": False, "type": "", "identity": [], "line": "", "address": ""}
    representative = (
        "经营者" if party.party_type == "individual_business" else "法定代表人（负责人）"
    )
    identity = _natural(party, labels) if party.natural else _entity(party, representative)
    shared = [["住所（住址）", party.address or ""], ["联系电话", party.phone or ""]]
    if party.service_address and party.service_address != party.address:
        shared.append(["送达地址", party.service_address])
    rows = [["当事人", party.name], *identity, *shared]
    return {
        "name": party.name,
        "natural": party.natural,
        "type": labels("party_type", party.party_type),
        "uscc": party.uscc or "",
        "cert_no": party.cert_no or "",
        "representative": party.representative_name or "",
        "address": party.address or "",
        "service_address": party.service_address or party.address or "",
        "phone": party.phone or "",
        "identity": rows,
        "line": "，".join(f"{label}：{value}" for label, value in rows[1:] if value),
    }


def _natural(party: Party, labels: Labels) -> list[list[str]]:
    paper = labels("certificate_type", party.cert_type) if party.cert_type else "身份证件"
    return [[f"{paper}号码", party.cert_no or ""]]


def _entity(party: Party, representative: str) -> list[list[str]]:
    rows = [
        ["统一社会信用代码", party.uscc or f"无（{party.uscc_missing_reason}）"],
        [representative, party.representative_name or ""],
    ]
    if party.representative_cert_no:
        rows.append([f"{representative}身份证件号码", party.representative_cert_no])
    return rows


def _handler(handler: CaseHandler, record: Record, at: datetime) -> Facts:
    return {
        "name": handler.person.name,
        "certificate": record.certificate(handler.person_id, at)
        or record.certificate(handler.person_id, handler.since),
        "duty": "主办" if handler.lead else "协办",
    }


def _law(case: Case) -> Facts:
    """`violated`: the articles broken; `basis`: the articles that punish."""
    matter = case.matter
    if matter is None:
        return {"violated": [], "basis": []}
    return {
        "violated": [sections.article(one) for one in matter.content.get("duties", ())],
        "basis": [sections.article(one) for one in matter.basis],
    }


def _evidence(item: Evidence, context: sections.Context) -> Facts:
    people = [context.record.name(item.officer_id), context.record.name(item.second_officer_id)]
    return {
        "number": f"证据{item.number}",
        "kind": context.labels("evidence_kind", item.kind),
        "name": item.name,
        "source": item.source,
        "collected_on": day(item.collected_at),
        "collected_at": moment(item.collected_at),
        "place": item.place,
        "original": "原件（原物）" if item.original else "复制件",
        "proves": item.note.removeprefix("证明").rstrip("。；"),
        "collectors": "、".join(name for name in people if name),
        "file_name": item.file_name or "",
        "sha256": item.sha256 or "",
        "size": size(item.size) if item.size is not None else "",
        "admissible": item.admissible,
        "excluded_reason": item.excluded_reason or "",
    }
