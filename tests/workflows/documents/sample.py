"""Cases as records in memory: the street case, a major one, and one for each exit."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from models.decision import Decision
from models.discussion import Discussion, Vote
from models.evidence import Evidence
from models.inquiry import InvestigationRecord
from models.notice import Statement
from models.report import FinalReport
from models.review import Opinion
from models.service import ProofOfService
from models.transfer import Transfer
from models.verification import FilingProposal
from tests.workflows.documents.bureau import BASIS, FOUND, TERMS, Book, at, labels, make, pack_files
from tests.workflows.documents.street import street_case

__all__ = [
    "TERMS",
    "Book",
    "Decision",
    "Evidence",
    "FilingProposal",
    "FinalReport",
    "InvestigationRecord",
    "Opinion",
    "ProofOfService",
    "Statement",
    "at",
    "exit_case",
    "labels",
    "major_case",
    "pack_files",
    "street_case",
]


def major_case() -> Book:
    """The same facts made a major case: six seats, five present, one dissent."""
    book = street_case()
    discussion = book.add(
        Discussion,
        at("10-08 09:00"),
        round=1,
        report_id=book.rows[FinalReport][-1].id,
        planned_at=at("10-08 09:00"),
        place="骆驼街道办事处三楼会议室",
        chair_id=book.id("qian_hong"),
        recorder_id=book.id("lin_fang"),
        attendees=["zhang_ming", "li_qiang", "wang_jing"],
        reason="涉及面广，群众反映集中，属情节复杂的违法行为。",
        held_at=at("10-08 09:00"),
        ended_at=at("10-08 10:20"),
        case_report=FOUND + "建议罚款500元。",
        legal_opinion="事实清楚，证据确凿，程序合法，裁量适当，同意拟处罚意见。",
        result="as_proposed",
        conclusion_text="经集体讨论，多数成员同意对当事人处500元罚款。",
        fine=Decimal(500),
        quorum="2/3",
        signed_at=at("10-08 10:40"),
    )
    for seat, (key, view, vote, dissent) in enumerate(
        (
            ("zhao_yong", "事实清楚，同意。", "agree", None),
            ("shen_lei", "同意拟处罚意见。", "agree", None),
            ("he_ping", "当事人已经收回货架，罚款偏重。", "disagree", "建议罚款300元。"),
            ("fan_jun", "同意。", "agree", None),
            ("gao_fei", "", None, None),
            ("qian_hong", "综合各位意见，同意罚款500元。", "agree", None),
        ),
        1,
    ):
        present = vote is not None
        row = make(
            Vote,
            person_id=book.id(key),
            seat=seat,
            attended=present,
            absent_reason=None if present else "外出参加培训",
            spoke_order=(seat if seat < 5 else 5) if present else None,
            view=view,
            vote=vote,
            dissent=dissent,
        )
        row.person = book.people[key]
        discussion.votes.append(row)
    decision = book.rows[Decision][-1]
    assert isinstance(decision, Decision)
    decision.discussion_id = discussion.id
    discussion.signatures = [
        {"person": key, "signed": True}
        for key in ("zhao_yong", "shen_lei", "he_ping", "fan_jun", "qian_hong")
    ]
    return book


def exit_case(outcome: str) -> Book:
    """The case ended without a penalty: not_file, no_penalty, withdraw or transfer."""
    book = street_case()
    report = book.rows[FinalReport][-1]
    assert isinstance(report, FinalReport)
    none: dict[str, Any] = {"penalty_kinds": [], "fine": None}
    _EXITS[outcome](book, report, none)
    return book


def _not_filed(book: Book, _report: FinalReport, _none: dict[str, Any]) -> None:
    book.add(
        FilingProposal,
        at("09-10 11:00"),
        file=False,
        facts="当事人已当场收回货架，没有造成危害后果。",
        ground="minor",
        education="执法人员向当事人讲解店外经营的危害，当事人表示今后守法经营。",
        proposed_by_id=book.id("zhang_ming"),
        decided_at=at("09-10 16:00"),
        outcome="not_file",
    )
    book.rows[Opinion] = []
    book.opinion(
        "review_filing", "sun_li", "09-10 14:00", text="违法行为轻微并及时改正，建议不予立案。"
    )
    book.opinion("approve_filing", "zhao_yong", "09-10 16:00", "not_file")


def _no_penalty(book: Book, report: FinalReport, none: dict[str, Any]) -> None:
    grounds = {
        "no_penalty_ground": "first",
        "education": "已对经营者进行批评教育并发放守法告知单。",
    }
    for key, value in {**none, **grounds, "proposal": "no_penalty"}.items():
        setattr(report, key, value)
    book.rows[Decision] = []
    book.add(
        Decision,
        at("10-09 10:00"),
        number="镇骆综执不罚决〔2025〕第0007号",
        decision="no_penalty",
        decision_type="no_penalty_first",
        decided_at=at("10-09 10:00"),
        decided_by_id=book.id("zhao_yong"),
        report_id=report.id,
        facts=FOUND,
        basis=BASIS,
        **none,
        **grounds,
    )


def _withdrawn(book: Book, report: FinalReport, none: dict[str, Any]) -> None:
    reason = "经查，实际经营者与立案时认定的当事人不一致，原立案对象错误，应予撤销后另行处理。"
    values = {
        "proposal": "withdraw",
        "withdrawal_ground": "wrong_party",
        "withdrawal_reason": reason,
    }
    for key, value in {**none, **values}.items():
        setattr(report, key, value)
    book.opinion("approve_withdrawal", "zhao_yong", "09-19 10:00", "withdraw")


def _transferred(book: Book, report: FinalReport, none: dict[str, Any]) -> None:
    for key, value in {**none, "proposal": "transfer"}.items():
        setattr(report, key, value)
    book.add(
        Transfer,
        at("09-18 10:00"),
        kind="administrative",
        to_agency="宁波市镇海区市场监督管理局",
        reason="调查中发现当事人涉嫌未按规定亮明营业执照，该行为不属本机关管辖，依法应由你局处理。",
        proposed_by_id=book.id("zhang_ming"),
        approved_by_id=book.id("zhao_yong"),
        approved_at=at("09-19 10:00"),
        sent_at=at("09-22 09:30"),
        sending_method="in_person",
        receiver_name="许建",
        receipt_no="镇市监收〔2025〕88号",
        enclosures=[
            "transfer_letter",
            "investigation_report",
            "evidence_copies",
            "suspect_identity",
        ],
        contact_name="张明",
        contact_phone="0574-00000200",
    )
    book.opinion("approve_transfer", "zhao_yong", "09-19 10:00", "transfer")


_EXITS: dict[str, Callable[[Book, FinalReport, dict[str, Any]], None]] = {
    "not_file": _not_filed,
    "no_penalty": _no_penalty,
    "withdraw": _withdrawn,
    "transfer": _transferred,
}
