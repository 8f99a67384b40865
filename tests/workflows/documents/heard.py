"""The fruit shop's case as if it had come with a right to a hearing: held, or waived in writing."""

from __future__ import annotations

from models.decision import Decision
from models.hearing import Hearing, HearingSitting, HearingWaiver
from models.notice import Notice, Reexamination, Statement
from tests.workflows.documents.bureau import Book, at
from tests.workflows.documents.street import street_case


def told_case() -> Book:
    """The notice tells the right to a hearing."""
    book = street_case()
    notice = notice_of(book)
    notice.hearing_right, notice.hearing_reason = True, "金额达到较大数额标准"
    notice.number = "镇骆综执听告〔2025〕第0010号"
    return book


def notice_of(book: Book) -> Notice:
    notice = book.rows[Notice][-1]
    assert isinstance(notice, Notice)
    return notice


def heard_case() -> Book:
    """The party was heard with its agent; a third party spoke too."""
    book = told_case()
    hearing = book.add(
        Hearing, at("09-26 10:00"), round=1, notice_id=notice_of(book).id,
        requested_at=at("09-26 10:00"), request_way="written", requested_by="陈立新",
        requester_relation="operator", grounds="罚款偏重，请求从轻。",
        agents=[{"name": "沈远", "duty": "律师", "authorised": True}], admission="admit",
        admission_number="镇骆综执听受〔2025〕第0003号", admitted_at=at("09-26 15:00"),
        host_id=book.id("wang_jing"), recorder_id=book.id("lin_fang"),
        appointed_at=at("09-26 16:00"), hosts_before=[], result="held",
        ended_at=at("10-08 11:00"), found_facts="当事人在店外经营，责令改正后逾期未改正。",
        disputes="罚款数额是否适当。",
        host_opinion="事实清楚，证据确凿，裁量适当，当事人请求从轻的理由不成立，建议维持。",
        recommendation="uphold", reported_at=at("10-09 09:00"),
    )  # fmt: skip
    sitting = book.add(
        HearingSitting, at("09-26 17:00"), hearing_id=hearing.id, round=1,
        number="镇骆综执听通〔2025〕第0002号", planned_at=at("10-08 09:00"),
        place="骆驼司法所听证室", open_to_public=True, others_told="示例物业公司\n网格员周某",
        served_at=at("09-26 17:00"), outcome="held", held_at=at("10-08 09:00"),
        ended_at=at("10-08 11:00"),
        participants=[
            {"name": "陈立新", "role": "party", "attended": True},
            {"name": "沈远", "role": "agent", "attended": True, "authorised": True},
            {"name": "张明", "role": "investigator", "attended": True},
            {"name": "示例物业公司", "role": "third_party", "attended": True,
             "claims": "门前人行道由街道管理，物业多次劝导。"},
            {"name": "周某", "role": "witness", "attended": False},
        ],
        investigators_case="提出店外经营和逾期未改正的事实、证据，建议罚款500元。",
        claims="认可事实，称经营困难，请求从轻。",
        evidence_examined="逐项出示现场照片、复查记录，当事人无异议。",
        last_words="请求从轻处罚。", signature="refused",
        signature_note="当事人认为罚款偏重，拒绝签名，有录音录像。",
    )  # fmt: skip
    sitting.hearing = hearing
    decision = book.rows[Decision][-1]
    assert isinstance(decision, Decision)
    decision.hearing_adoption = "当事人在听证中请求从轻，理由不成立，不予采纳。"
    return book


def refused_case() -> Book:
    """The request came too late."""
    book = told_case()
    book.add(
        Hearing, at("10-09 10:00"), round=1, notice_id=notice_of(book).id,
        requested_at=at("10-09 10:00"), request_way="written", requested_by="陈立新",
        requester_relation="operator", grounds="", agents=[], admission="refuse",
        refusal_ground="late", admission_reason="告知书于9月24日送达，申请期限至9月30日。",
        admission_number="镇骆综执听受〔2025〕第0004号", hosts_before=[],
    )  # fmt: skip
    return book


def waived_case() -> Book:
    """The party signed that it waives the hearing, and nothing else."""
    book = told_case()
    for kind in (Statement, Reexamination):
        book.rows[kind] = []
    book.add(
        HearingWaiver, at("09-26 10:00"), notice_id=notice_of(book).id,
        waived_at=at("09-26 10:00"), waived_by="陈立新",
    )  # fmt: skip
    return book
