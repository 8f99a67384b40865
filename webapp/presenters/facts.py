"""The facts of a case (事实) as headed lists of labels and words, in the order of the procedure."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from models.correction import CorrectionOrder, Recheck
from models.decision import Decision
from models.discussion import Discussion
from models.fact_correction import FactCorrection
from models.inquiry import InvestigationRecord
from models.notice import Notice, Reexamination, Statement
from models.report import FinalReport, PenaltyTerms
from models.transfer import Transfer
from models.verification import FilingProposal, Verification
from webapp.presenters.amounts import yuan
from webapp.presenters.dates import full_moment, plain_day
from webapp.presenters.people import certificate, joined, name_of, phone
from workflows.labels import Labels
from workflows.queries.casefile import CaseFile

Pair = tuple[str, str]
Choice = Callable[[str, str, str], str]
"""(form, field, value) → the words of that option in the language of the page."""


@dataclass(frozen=True, slots=True)
class Section:
    """One headed list; `note` says who recorded it and when."""

    title: str
    pairs: tuple[Pair, ...]
    note: str = ""
    law: str = ""


@dataclass(frozen=True)
class Telling:
    """What all sections share: the file, code texts, language, whether identities are shown."""

    file: CaseFile
    labels: Labels
    choice: Choice
    lang: str
    full: bool

    def code(self, table: str, value: str | None) -> str:
        """A code in words."""
        return self.labels.text(table, value)[self.lang] if value else ""

    def codes(self, table: str, values: list[str]) -> str:
        """Codes in words."""
        return joined([self.code(table, value) for value in values], self.lang)

    def pair(self, *officers: uuid.UUID | None) -> str:
        """The officers of a record."""
        people = [self.file.people.get(key) for key in officers if key]
        return joined([name_of(person, self.lang) for person in people], self.lang)

    def at(self, when: datetime | None) -> str:
        """A moment in full; nothing for none."""
        return full_moment(when, self.lang) if when else ""


def sections(telling: Telling) -> list[Section]:
    """All facts; a section without any is left out."""
    found = [_party(telling), _lead(telling), *_record(telling)]
    return [s for s in found if s.pairs]


def _record(telling: Telling) -> Iterator[Section]:
    file = telling.file
    for order in file.all(CorrectionOrder):
        yield _order(telling, order)
    for recheck in file.all(Recheck):
        yield _recheck(telling, recheck)
    if verification := file.last(Verification):
        yield _verification(telling, verification)
    if filing := file.last(FilingProposal):
        yield _filing(telling, filing)
    for record in file.all(InvestigationRecord):
        yield _investigation(telling, record)
    if report := file.last(FinalReport):
        yield _report(telling, report)
    if notice := file.last(Notice):
        yield _notice(telling, notice)
    for statement in file.all(Statement):
        yield _statement(telling, statement)
    for discussion in file.all(Discussion):
        yield _discussion(telling, discussion)
    if file.decision is not None:
        yield _decision(telling, file.decision)
    for transfer in file.all(Transfer):
        yield _transfer(telling, transfer)
    for fixed in file.all(FactCorrection):
        yield _fact_correction(telling, fixed)


def _kept(*pairs: Pair) -> tuple[Pair, ...]:
    return tuple((label, value) for label, value in pairs if value)


def _party(t: Telling) -> Section:
    party = t.file.case.party
    if party is None:
        return Section(_("当事人"), ())
    return Section(
        _("当事人"),
        _kept(
            (_("名称或者姓名"), party.name),
            (_("类型"), t.code("party_type", party.party_type)),
            (_("统一社会信用代码"), party.uscc or ""),
            (_("没有代码的原因"), party.uscc_missing_reason or ""),
            (_("证件"), _identity(t, party.cert_type, party.cert_no)),
            (_("负责人"), party.representative_name or ""),
            (
                _("负责人证件"),
                _identity(t, party.representative_cert_type, party.representative_cert_no),
            ),
            (_("电话"), phone(party.phone, t.full)),
            (_("住所"), party.address or ""),
            (_("送达地址"), party.service_address or ""),
        ),
    )


def _identity(t: Telling, kind: str | None, number: str | None) -> str:
    shown = certificate(number, t.full)
    return f"{t.code('certificate_type', kind)} {shown}".strip() if shown else ""


def _lead(t: Telling) -> Section:
    case = t.file.case
    acted = plain_day(case.act_start, t.lang) if case.act_start else ""
    if case.act_end and case.act_end != case.act_start:
        acted = _("%(start)s 至 %(end)s", start=acted, end=plain_day(case.act_end, t.lang))
    return Section(
        _("线索"),
        _kept(
            (_("来源"), t.code("case_source", case.source)),
            (_("发现时间"), t.at(case.clue_at)),
            (_("违法行为时间"), acted),
            (_("地点"), case.act_place or ""),
            (_("内容"), case.lead_content),
        ),
        note=case.lead_no or "",
    )


def _verification(t: Telling, row: Verification) -> Section:
    return Section(
        _("线索核查"),
        _kept(
            (_("结论"), t.choice("verify_lead", "conclusion", row.conclusion)),
            (_("查明的情况"), row.findings),
            (_("核查人员"), t.pair(row.officer_id, row.second_officer_id)),
        ),
        note=t.at(row.verified_at),
    )


def _order(t: Telling, row: CorrectionOrder) -> Section:
    return Section(
        _("责令改正"),
        _kept(
            (_("事实"), row.facts),
            (_("要求"), row.demand),
            (_("改正期限"), t.at(row.deadline)),
            (_("办案人员"), t.pair(row.officer_id, row.second_officer_id)),
        ),
        note=t.at(row.ordered_at),
    )


def _recheck(t: Telling, row: Recheck) -> Section:
    return Section(
        _("复查"),
        _kept(
            (_("结果"), t.choice("recheck", "result", row.result)),
            (_("查明的情况"), row.findings),
            (_("复查人员"), t.pair(row.officer_id, row.second_officer_id)),
        ),
        note=t.at(row.rechecked_at),
    )


def _filing(t: Telling, row: FilingProposal) -> Section:
    outcome = t.choice("approve_filing", "outcome", row.outcome) if row.outcome else ""
    return Section(
        _("立案") if row.file else _("不予立案"),
        _kept(
            (_("事实"), row.facts),
            (_("理由"), t.code("not_filing_ground", row.ground)),
            (_("教育情况"), row.education or ""),
            (_("审批"), outcome),
        ),
        note=t.at(row.decided_at or row.recorded_at),
    )


def _investigation(t: Telling, row: InvestigationRecord) -> Section:
    names = {
        "inspection": _("现场检查"),
        "inquiry": _("询问"),
        "supplement": _("补充调查"),
    }
    answers = tuple(
        (str(a.get("question", "")), str(a.get("answer", ""))) for a in row.answers if a
    )
    return Section(
        names.get(row.kind, row.kind),
        _kept(
            (_("地点"), row.place),
            (_("在场人"), row.person_name or ""),
            (_("查明的情况"), row.findings),
            *answers,
            (_("办案人员"), t.pair(row.officer_id, row.second_officer_id)),
        ),
        note=t.at(row.started_at),
    )


def terms(t: Telling, row: PenaltyTerms) -> tuple[Pair, ...]:
    """What is proposed, notified or decided."""
    return _kept(
        (_("处罚种类"), t.codes("penalty_kind", row.penalty_kinds)),
        (_("罚款"), yuan(row.fine, t.lang) if row.fine is not None else ""),
        (_("没收"), yuan(row.confiscated_amount, t.lang) if row.confiscated_amount else ""),
        (_("其他内容"), row.penalty_content or ""),
        (_("改正要求"), row.correction_demand or ""),
    )


def _report(t: Telling, row: FinalReport) -> Section:
    return Section(
        _("调查终结报告"),
        _kept(
            (_("建议"), t.choice("write_report", "proposal", row.proposal)),
            *terms(t, row),
            (_("事实"), row.facts),
            (_("性质"), row.nature),
            (_("裁量等次"), t.code("discretion_level", row.discretion_level)),
            (_("裁量因素"), t.codes("discretion_factor", row.discretion_factors)),
            (_("裁量理由"), row.discretion_reason or ""),
            (_("报告人"), name_of(t.file.people.get(row.author_id), t.lang)),
        ),
        note=_round(row.round, t.at(row.recorded_at)),
    )


def _round(number: int, text: str) -> str:
    return _("第 %(number)s 轮，%(text)s", number=number, text=text) if number > 1 else text


def _notice(t: Telling, row: Notice) -> Section:
    return Section(
        _("事先告知"),
        _kept(
            (_("文号"), row.number),
            *terms(t, row),
            (_("送达"), t.at(row.served_at)),
            (_("放弃陈述申辩"), t.at(row.waived_at)),
            (_("陈述申辩期满"), t.at(row.period_over_at)),
        ),
        note=_round(row.round, t.at(row.recorded_at)),
    )


def _statement(t: Telling, row: Statement) -> Section:
    answers = [a for a in t.file.all(Reexamination) if a.statement_id == row.id]
    return Section(
        _("陈述申辩"),
        _kept(
            (_("情况"), t.choice("record_statement", "statement", row.statement)),
            (_("陈述人"), row.stated_by),
            (_("内容"), row.content or ""),
            *((_("复核"), f"{_reexamined(t, a)}{_('：')}{a.reasons}") for a in answers),
        ),
        note=t.at(row.stated_at),
    )


def _reexamined(t: Telling, row: Reexamination) -> str:
    return t.choice("reexamine_statement", "reexamination", row.reexamination)


def _discussion(t: Telling, row: Discussion) -> Section:
    present = [v for v in row.votes if v.attended]
    agreed = sum(1 for v in present if v.vote == "agree")
    result = t.choice("hold_discussion", "discussion_result", row.result) if row.result else ""
    counted = _(
        "应到 %(all)s 人，实到 %(present)s 人，同意 %(agreed)s 人",
        all=len(row.votes),
        present=len(present),
        agreed=agreed,
    )
    return Section(
        _("集体讨论"),
        _kept(
            (_("主持"), name_of(t.file.people.get(row.chair_id), t.lang)),
            (_("到会"), counted if row.held_at else ""),
            (_("结果"), result),
            (_("结论"), row.conclusion_text or ""),
        ),
        note=_round(row.round, t.at(row.held_at or row.planned_at)),
    )


def _decision(t: Telling, row: Decision) -> Section:
    return Section(
        _("决定"),
        _kept(
            (_("文号"), row.number),
            (_("决定"), t.code("decision_type", row.decision_type)),
            *terms(t, row),
            (_("事实"), row.facts),
            (_("裁量等次"), t.code("discretion_level", row.discretion_level)),
            (_("不予处罚的理由"), t.code("no_penalty_ground", row.no_penalty_ground)),
            (_("决定人"), name_of(t.file.people.get(row.decided_by_id), t.lang)),
        ),
        note=t.at(row.decided_at),
    )


def _transfer(t: Telling, row: Transfer) -> Section:
    return Section(
        _("移送"),
        _kept(
            (_("受移送机关"), row.to_agency),
            (_("理由"), row.reason),
            (_("批准"), t.at(row.approved_at)),
            (_("送出"), t.at(row.sent_at)),
            (_("状态"), t.code("transfer_state", row.state)),
            (_("签收"), t.at(row.received_at)),
            (_("受理"), t.at(row.accepted_at)),
            (_("退回"), t.at(row.returned_at)),
            (_("退回理由"), t.codes("transfer_return", row.return_reasons)),
            (_("处理结果"), t.code("transfer_result", row.result)),
            (_("复函文号"), row.answer_document or ""),
            (_("说明"), row.answer_note or ""),
        ),
        note=t.at(row.recorded_at),
    )


def _fact_correction(t: Telling, row: FactCorrection) -> Section:
    """What was wrong, what is right, and what a head of the agency said to it."""
    outcomes = {"correct": _("同意更正"), "refuse": _("不同意")}
    papers = [f"《{one['title']}》{one['number']}" for one in row.documents]
    return Section(
        _("更正事实"),
        _kept(
            (_("更正的事实"), t.code("correctable_fact", row.fact)),
            (_("原登记内容"), row.before),
            (_("更正后内容"), row.after),
            (_("更正理由"), row.reason),
            (_("申请人"), name_of(t.file.people.get(row.proposed_by_id), t.lang)),
            (_("审批"), outcomes.get(row.outcome or "", _("等待审批"))),
            (_("审批意见"), row.opinion),
            (_("审批人"), name_of(t.file.people.get(row.decided_by_id), t.lang)),
            (_("涉及文书"), joined(papers, t.lang)),
        ),
        note=t.at(row.decided_at or row.recorded_at),
    )
