"""Scenario 1 of the domain digest as a record in memory, with a statement made."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

from models.case import Case, CaseHandler
from models.closing import ArchiveVolume, Closing
from models.correction import CorrectionOrder, Recheck
from models.decision import Decision
from models.disclosure import Disclosure
from models.evidence import Evidence
from models.inquiry import InvestigationRecord
from models.matter import Matter
from models.notice import Notice, Reexamination, Statement
from models.payment import Payment
from models.report import FinalReport
from models.review import ReviewOpinion
from models.subject import Unit
from models.verification import FilingProposal, Verification
from tests.workflows.documents.bureau import (
    BASIS,
    DUTIES,
    FOUND,
    Book,
    at,
    make,
    party,
    people,
    subject,
)


def street_case(name: str = "镇海区骆驼街道鲜果美水果店") -> Book:
    """Scenario 1, with a statement made so that every document has something to say."""
    staff = people()
    office = subject()
    matter = make(
        Matter,
        key="street_trading",
        code="330217000017",
        title="擅自超出门窗、外墙经营",
        title_en="Out-of-shop trading",
        field="appearance",
        basis=BASIS,
        needs_correction=True,
        verified=False,
        content={"duties": DUTIES},
        effective_from=date(2022, 1, 1),
    )
    case = make(
        Case,
        procedure="ordinary",
        stage="archived",
        lead_no="镇骆综执线〔2025〕第0456号",
        case_no="镇骆综执立〔2025〕第0123号",
        name=f"{name}超出门窗、外墙经营案",
        party_name=name,
        matter_title=matter.title,
        cause="擅自超出门窗、外墙经营",
        source="grid",
        source_detail="网格骆-12巡查上报",
        clue_at=at("09-08 09:20"),
        lead_content="网格员与执法队员巡查时发现，该店将水果货架、泡沫箱摆放于店门外人行道上经营，"
        "占用面积约4平方米，妨碍行人通行。",
        act_start=date(2025, 9, 8),
        act_end=date(2025, 9, 10),
        act_place="宁波市镇海区骆驼街道静远路88号门前人行道",
        opened_at=at("09-08 09:30"),
        filed_at=at("09-10 16:00"),
        decided_at=at("10-09 10:00"),
        closed_at=at("10-16 15:00"),
    )
    case.subject = office
    case.unit = make(
        Unit, key="lt_squad", name="骆驼街道综合行政执法队", name_en="Squad", kind="squad"
    )
    case.matter = matter
    case.parties = [party(name)]
    case.handlers = [
        make(
            CaseHandler,
            person=staff[key],
            person_id=staff[key].id,
            lead=lead,
            since=at("09-08 09:30"),
        )
        for key, lead in (("zhang_ming", True), ("li_qiang", False))
    ]
    book = Book(case, staff)
    for part in (_investigated, _proposed, _notified, _decided, _finished):
        part(book)
    return book


def _investigated(book: Book) -> None:
    book.add(
        Verification,
        at("09-08 11:00"),
        **book.two(),
        verified_at=at("09-08 10:30"),
        findings="经现场核查，线索反映的店外经营情况属实，经营者陈立新在场。",
        conclusion="order_correction",
    )
    book.add(
        CorrectionOrder,
        at("09-08 11:10"),
        **book.two(),
        facts="你（单位）将水果货架、泡沫箱摆放于店门外人行道上经营，占用人行道约4平方米。",
        demand="立即停止店外经营，将货架、泡沫箱等物品全部移入店内，恢复人行道畅通。",
        ordered_at=at("09-08 11:00"),
        deadline=at("09-09 18:00"),
        recheck_on=date(2025, 9, 10),
    )
    book.add(
        Recheck,
        at("09-10 09:40"),
        **book.two(),
        order_id=book.rows[CorrectionOrder][-1].id,
        rechecked_at=at("09-10 09:10"),
        result="not_corrected",
        findings="店门外人行道上仍摆放水果货架两组、泡沫箱六只，经营活动仍在进行。",
        party_signature="refused",
        signature_note="经营者称稍后再收，拒绝在记录上签名",
        witness_name="周阿根（静远社区工作人员）",
        body_camera=True,
    )
    book.add(
        FilingProposal,
        at("09-10 10:30"),
        file=True,
        facts=FOUND,
        conditions=["initial_evidence", "punishable", "own_jurisdiction", "within_limitation"],
        proposed_by_id=book.id("zhang_ming"),
        decided_at=at("09-10 16:00"),
        outcome="file",
    )
    book.opinion(
        "review_filing", "sun_li", "09-10 14:00", text="符合立案条件，建议立案，由张明、李强承办。"
    )
    book.opinion("approve_filing", "zhao_yong", "09-10 16:00", "file")
    _recorded(book)
    _collected(book)


def _recorded(book: Book) -> None:
    shared: dict[str, Any] = {
        **book.two(),
        "cards_shown": True,
        "rights_told": True,
        "party_signature": "signed",
        "body_camera": True,
        "person_name": "陈立新",
        "person_relation": "operator",
    }
    book.add(
        InvestigationRecord,
        at("09-11 10:00"),
        **shared,
        kind="inspection",
        started_at=at("09-11 09:00"),
        ended_at=at("09-11 09:35"),
        place="宁波市镇海区骆驼街道静远路88号",
        findings="当事人店铺坐北朝南，门面宽约5米。\n店门外人行道上摆放木质水果货架两组、泡沫箱六只，"
        "占地长约4米、宽约1米，计约4平方米。\n执法人员对现场拍照四张、录像一段。",
    )
    book.add(
        InvestigationRecord,
        at("09-11 11:00"),
        **shared,
        kind="inquiry",
        started_at=at("09-11 10:00"),
        ended_at=at("09-11 10:50"),
        place="骆驼街道综合行政执法队询问室",
        person_details={"cert_no": "330211198503152018", "phone": "13800000000", "duty": "经营者"},
        answers=[
            {
                "question": "我们是骆驼街道办事处的执法人员，这是我们的执法证件，请你看清。"
                "你有权申请回避，"
                "有权陈述和申辩，也应当如实回答询问。听清楚了吗？",
                "answer": "看清了，听清楚了，不申请回避。",
            },
            {"question": "店外摆放货架是从什么时候开始的？", "answer": "今年9月8日早上开始摆的。"},
            {
                "question": "收到责令限期改正通知书后为什么没有改正？",
                "answer": "想着中秋前生意好，就想多摆几天。我知道错了，以后一定不摆。",
            },
        ],
    )


def _collected(book: Book) -> None:
    files = (
        (
            "electronic",
            "现场照片4张（9月8日）",
            "09-08 09:25",
            "店外经营的时间、地点和状态",
            "image/jpeg",
        ),
        (
            "audio_visual",
            "复查现场录像1段（9月10日）",
            "09-10 09:12",
            "逾期未改正的事实",
            "video/mp4",
        ),
        ("documentary", "营业执照复印件", "09-11 10:20", "当事人主体身份", "application/pdf"),
    )
    for index, (kind, name, when, proves, media) in enumerate(files, 1):
        book.add(
            Evidence,
            at(when),
            **book.two(),
            number=index,
            kind=kind,
            name=name,
            source="执法人员现场采集" if index < 3 else "当事人提供",
            collected_at=at(when),
            place=book.case.act_place,
            original=index < 3,
            note=proves,
            file_name=f"{name}.bin",
            sha256=f"{index:064x}",
            size=1_234_567 * index,
            media_type=media,
        )


FINE = {"penalty_kinds": ["fine"], "fine": Decimal(500)}
DISCRETION = {
    "discretion_level": "ordinary",
    "discretion_factors": ["first_time", "not_corrected"],
    "discretion_reason": "当事人初次违法，但经责令逾期未改正，占用面积不足5平方米，危害后果较轻，"
    "依照裁量基准属于一般情节。",
}


def _proposed(book: Book) -> None:
    report = book.add(
        FinalReport,
        at("09-15 16:00"),
        round=1,
        proposal="penalty",
        matter_id=book.case.matter.id if book.case.matter else uuid.uuid4(),
        cause=book.case.cause,
        facts=FOUND,
        nature="当事人超出门窗、外墙摆卖商品，经责令限期改正逾期不改正，"
        "违反了《浙江省城市市容和环境卫生管理条例》第十七条第一款的规定，属店外经营违法行为。",
        author_id=book.id("zhang_ming"),
        **FINE,
        **DISCRETION,
    )
    book.opinion(
        "review_report", "sun_li", "09-15 17:00", text="事实清楚，证据充分，同意报送法制审核。"
    )
    book.add(
        ReviewOpinion,
        at("09-16 15:00"),
        round=1,
        report_id=report.id,
        review="pass",
        opinion="agree",
        passed=True,
        reasons="事实清楚，证据确凿，定性准确，适用依据正确，程序合法，裁量适当。",
        checklist=[
            {"item": code, "result": "met", "note": ""}
            for code in ("jurisdiction", "party_identity", "two_officers", "facts_clear",
                         "evidence_enough", "nature_right", "basis_right", "procedure_lawful")
        ],
        reviewer_id=book.id("wang_jing"),
    )  # fmt: skip
    book.opinion("approve_notice", "zhao_yong", "09-19 10:00", text="同意拟处罚意见，依法告知。")


def _notified(book: Book) -> None:
    notice = book.add(
        Notice,
        at("09-19 10:05"),
        round=1,
        report_id=book.rows[FinalReport][-1].id,
        number="镇骆综执告〔2025〕第0110号",
        facts=FOUND,
        served_at=at("09-24 10:00"),
        **FINE,
    )
    book.served("D34", notice.number, "09-24 10:00")
    statement = book.add(
        Statement,
        at("09-26 14:30"),
        notice_id=notice.id,
        statement="made",
        stated_at=at("09-26 14:00"),
        way="oral",
        stated_by="陈立新",
        content="我店本小利薄，已于9月12日将货架全部移入店内，请求减少罚款。",
    )
    book.add(
        Reexamination,
        at("09-28 10:00"),
        statement_id=statement.id,
        reexamination="upheld",
        accepted="none",
        reasons="当事人系经责令逾期未改正后才收回货架，拟处罚款已在法定幅度的中间以下，"
        "其请求不影响违法事实的认定和裁量等次，不予采纳。",
        person_id=book.id("wang_jing"),
    )


def _decided(book: Book) -> None:
    decision = book.add(
        Decision,
        at("10-09 10:00"),
        number="镇骆综执罚决〔2025〕第0101号",
        decision="penalty",
        decision_type="penalty",
        decided_at=at("10-09 10:00"),
        decided_by_id=book.id("zhao_yong"),
        subject_id=book.case.subject.id,
        report_id=book.rows[FinalReport][-1].id,
        review_id=book.rows[ReviewOpinion][-1].id,
        notice_id=book.rows[Notice][-1].id,
        facts=FOUND,
        basis=BASIS,
        statement_adoption="当事人于2025年9月26日提出陈述申辩，请求减少罚款。经复核，其理由不成立，"
        "本机关不予采纳。",
        **FINE,
        **DISCRETION,
    )
    book.opinion("issue_decision", "zhao_yong", "10-09 10:00", "issue")
    book.served("D43", decision.number, "10-10 09:30")
    book.add(
        Payment,
        at("10-15 09:00"),
        decision_id=decision.id,
        amount=Decimal(500),
        surcharge_amount=Decimal(0),
        paid_at=at("10-15 09:00"),
        channel="bank",
        receipt_no="浙财票0001234567",
        payer_name=book.case.party_name,
        cashier_id=book.id("lin_fang"),
    )
    book.add(
        Disclosure,
        at("10-13 10:00"),
        decision_id=decision.id,
        state="published",
        disclose="publish",
        secrecy_checked=True,
        privacy_checked=True,
        masked_items=["id_number", "phone", "home_address"],
        public_text="镇海区骆驼街道鲜果美水果店店外经营，经责令逾期不改正，罚款500元。",
        channels=["agency_site"],
        credit_class="slight",
        publish_until=date(2026, 1, 9),
        prepared_by_id=book.id("zhou_min"),
        released_by_id=book.id("zhao_yong"),
        published_at=at("10-14 09:00"),
    )
    book.opinion("release_disclosure", "zhao_yong", "10-14 09:00", "publish")


def _finished(book: Book) -> None:
    book.add(
        Closing,
        at("10-16 10:00"),
        closing_ground="performed",
        execution="performed",
        summary="行政处罚决定书已于2025年10月10日送达，当事人于10月15日缴清罚款，违法行为已改正。",
        correction_result="corrected",
        goods_disposed=True,
        measures_released=True,
        proposed_by_id=book.id("zhang_ming"),
        approved_at=at("10-16 15:00"),
    )
    book.opinion("review_closing", "sun_li", "10-16 11:00", text="处罚决定执行完毕，建议结案。")
    book.opinion("approve_closing", "zhao_yong", "10-16 15:00", "close")
    book.add(
        ArchiveVolume,
        at("10-20 10:00"),
        archive_no="骆综执-2025-0088",
        retention="ten_years",
        volumes=1,
        main_pages=24,
        secondary_pages=12,
        storage_place="街道档案室A-03",
        archived_by_id=book.id("wu_gang"),
    )
