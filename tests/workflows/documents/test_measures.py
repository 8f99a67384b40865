"""Documents of measures, tests and letters of assistance, set from a record and read again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pypdfium2
import pytest

from models.appraisal import Appraisal
from models.assistance import AssistanceRequest
from models.measure import Measure, MeasureDisposal, MeasureItem
from tests.workflows.documents import sample
from workflows.documents.catalogue import KINDS
from workflows.documents.facts import from_record
from workflows.documents.render import Renderer

DATED = sample.at("09-11 10:00")
LONG = "防爆型液化石油气钢瓶（含瓶阀、护罩、手轮及全部随瓶附件）"


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    made = Renderer()
    yield made
    made.close()


def book(kind: str = "seize", way: str = "release", **values: Any) -> sample.Book:
    """The street case with goods taken from it, tested, and one lot disposed of."""
    found = sample.street_case()
    pair = {"officer_id": found.id("zhang_ming"), "second_officer_id": found.id("li_qiang")}
    row = found.add(
        Measure,
        DATED,
        kind=kind,
        urgent=True,
        reason="当事人正在转移涉案钢瓶。",
        basis="《城镇燃气管理条例》第四十五条第一款",
        place="示范路18号",
        number="镇骆综执扣〔2025〕第0007号",
        proposed_by_id=found.id("zhang_ming"),
        approved_at=DATED,
        approved_by_id=found.id("zhao_yong"),
        executed_at=DATED,
        until=date(2025, 10, 11),
        keeper="张明",
        storage_place="证据室",
        statement="钢瓶是代人存放的。",
        party_signature="refused",
        signature_note="当事人拒绝签名。",
        witness_name="施某",
        body_camera=True,
        extended_at=DATED,
        extension_no="镇骆综执延扣〔2025〕第0001号",
        extension_days=30,
        extension_reason="需要查明来源。",
        **{**pair, **values},
    )
    row.items = [
        MeasureItem(
            number=number, name=LONG, spec="YSP35.5", quantity=Decimal(quantity), unit="只",
            condition="满瓶", batch="20250301", base="86只", seal_no=f"ZH{number:02d}",
        )
        for number, quantity in ((1, "80"), (2, "6.50"))
    ]  # fmt: skip
    settled = found.add(
        MeasureDisposal,
        DATED,
        measure_id=row.id,
        way=way,
        ground="unrelated" if way == "release" else None,
        reason="与违法行为无关。",
        numbers=[2],
        receiver="陈立新",
        number="镇骆综执解扣〔2025〕第0001号",
        proposed_by_id=found.id("zhang_ming"),
        done_at=DATED,
        condition="完好",
        party_signature="signed",
        **pair,
    )
    settled.measure = row
    found.add(
        Appraisal,
        DATED,
        kind="test",
        question="检测充装介质。",
        material="钢瓶十只。",
        institution="示例检验研究院",
        qualification="检验检测机构资质认定",
        licence_no="CMA-1",
        licence_until=date(2027, 12, 31),
        letter_no="镇骆综执委〔2025〕第0001号",
        sent_at=DATED,
        period_until=date(2025, 9, 25),
        measure_id=row.id,
        report_no="特检66号",
        received_at=DATED,
        conclusion="介质为液化石油气。",
        objection_until=date(2025, 9, 30),
        **pair,
    )
    found.add(
        AssistanceRequest,
        DATED,
        to_agency="宁波市镇海区市场监督管理局",
        matters="提供登记信息。",
        reason="核实主体。",
        basis="《市场监督管理行政处罚程序规定》第四十五条",
        letter_no="镇骆综执协〔2025〕第0001号",
        sent_at=DATED,
        contact_name="张明",
        contact_phone="0574-80000000",
        officer_id=found.id("zhang_ming"),
        reply="refused",
        replied_at=DATED,
        refusal_reason="不在本辖区登记。",
    )
    return found


def facts_of(found: sample.Book, kind: str) -> Any:
    record, number = found.record(), "号〔2025〕第0001号"
    return from_record(
        record, kind, number=number, dated=DATED, labels=sample.labels, terms=sample.TERMS
    )


def pages(renderer: Renderer, found: sample.Book, kind: str) -> list[str]:
    """The text of each page without line breaks and spaces."""
    facts = facts_of(found, kind)
    files, template = sample.pack_files(), KINDS[kind].template
    rendered = renderer.render(files, template, facts, dated=DATED)
    document = pypdfium2.PdfDocument(rendered.pdf)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return [re.sub(r"\s|\ufffe", "", text) for text in texts]


SAID = {
    "D14": ("sampling", "release", ["抽样取证", "ZH01", "ZH02", "20250301", "86只", "施某"]),
    "D15": ("hold", "copy", ["是（当场实施", "七个工作日", "正在转移"]),
    "D16": ("hold", "copy", ["七个工作日", "自动解除", "不得销毁、转移", "证据室", "6.5"]),
    "D17": ("hold", "copy", ["记录、复制、拍照、录像后退还", "陈立新", "6.5"]),
    "D18": ("seize", "release", ["扣押", "第四十五条第一款", "三十日", "是（当场实施"]),
    "D19": (
        "seize",
        "release",
        ["扣押", "第四十五条第一款", "三十日", "2025年10月11日", "六十日", "六个月", "一式二份"],
    ),
    "D20": ("seize", "release", ["延长三十日", "2025年10月11日", "需要查明来源", "六个月"]),
    "D21": ("seize", "release", ["2025年9月25日", "不计入查封、扣押期限", "费用由本机关承担"]),
    "D22": ("seal", "release", ["解除对下列财物的查封", "与违法行为无关", "第二十八条", "6.5"]),
    "D23": ("seize", "release", ["示例检验研究院", "CMA-1", "2027年12月31日", "2025年9月25日"]),
    "D24": ("seize", "release", ["介质为液化石油气", "特检66号", "2025年9月30日", "异议"]),
    "D25": ("seize", "release", ["镇海区市场监督管理局", "十五个工作日", "拒绝协助", "本辖区"]),
    "D57": ("seize", "confiscate", ["没收", "镇骆综执扣〔2025〕第0007号", "6.5", "陈立新"]),
}


@pytest.mark.parametrize("kind", SAID)
def test_each_document_says_what_the_law_wants(renderer: Renderer, kind: str) -> None:
    measure, way, wanted = SAID[kind]
    text = "".join(pages(renderer, book(measure, way), kind))
    assert KINDS[kind].title in text
    for expected in (*wanted, "骆驼街道办事处"):
        assert expected in text, expected
    assert "none" not in text
    assert "。。" not in text


def test_handing_over_says_where_goods_went_and_under_which_article(renderer: Renderer) -> None:
    text = "".join(pages(renderer, book("seize", "hand_over"), "D22"))
    assert "第二十一条" in text
    assert "一并移送陈立新" in text
    assert "予以退还" not in text


def test_the_seal_of_a_seizure_stands_on_the_page_of_its_text(renderer: Renderer) -> None:
    first, *_, last = pages(renderer, book(), "D19")
    assert "（印章）" in first
    assert "财物清单" in last
    assert LONG in last


def test_a_long_list_goes_on_over_pages_with_its_head_repeated(renderer: Renderer) -> None:
    found = book()
    row = found.rows[Measure][-1]
    row.items = [
        MeasureItem(number=n, name=LONG, quantity=Decimal(1), unit="只") for n in range(1, 81)
    ]
    _, *lists = pages(renderer, found, "D19")
    assert len(lists) > 1
    assert all("规格型号" in page for page in lists)
    assert "以上共80项" in lists[-1]
