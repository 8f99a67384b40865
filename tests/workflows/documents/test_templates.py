"""Every template of the ordinary procedure, filled from whole cases."""

import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2
import pytest

from models.hearing import HearingWaiver
from tests.workflows.documents import heard, sample
from workflows.documents.catalogue import KINDS
from workflows.documents.facts import about, from_record
from workflows.documents.render import Renderer

DATED = sample.at("10-09 10:00")
ENDS: dict[str, tuple[Callable[[], sample.Book], str]] = {
    "penalty": (
        sample.street_case,
        "D01 D03 D04 D07 D08 D09 D11 D29 D31 D33 D34 D36 D37 D43 D47 D50 D63 D64",
    ),
    "major": (sample.major_case, "D42 D43 D33 D63"),
    "heard": (heard.heard_case, "D35 D38 D39 D40 D41 D43"),
    "hearing_refused": (heard.refused_case, "D35 D38 D43"),
    "hearing_waived": (heard.waived_case, "D35 D43"),
    "not_file": (lambda: sample.exit_case("not_file"), "D01 D03 D05"),
    "no_penalty": (lambda: sample.exit_case("no_penalty"), "D04 D29 D31 D33 D45 D47 D63"),
    "withdraw": (lambda: sample.exit_case("withdraw"), "D04 D29 D31 D33 D61"),
    "transfer": (lambda: sample.exit_case("transfer"), "D04 D29 D31 D58"),
}
CASES = [(end, kind) for end, (_, kinds) in ENDS.items() for kind in kinds.split()]


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    renderer = Renderer()
    yield renderer
    renderer.close()


def facts_of(book: sample.Book, kind: str, number: str | None = "号〔2025〕第0001号") -> Any:
    return from_record(
        book.record(), kind, number=number, dated=DATED, labels=sample.labels, terms=sample.TERMS
    )


def read(renderer: Renderer, facts: Any, *, draft: bool = False) -> str:
    """The text of the document without line breaks and spaces."""
    template = KINDS[facts["document"]["kind"]].template
    rendered = renderer.render(sample.pack_files(), template, facts, dated=DATED, draft=draft)
    assert rendered.standard == "a-2b"
    document = pypdfium2.PdfDocument(rendered.pdf)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return re.sub(r"第\d+页共\d+页", "", re.sub(r"\s|\ufffe", "", text))


@pytest.mark.parametrize(("end", "kind"), CASES)
def test_every_document_of_every_outcome_is_set(renderer: Renderer, end: str, kind: str) -> None:
    book = ENDS[end][0]()
    facts = facts_of(book, kind)
    text = read(renderer, facts)
    title = "行政处罚案卷" if kind == "D64" else KINDS[kind].title
    for expected in (title, "骆驼街道办事处", facts["party"]["name"]):
        assert expected in text, expected
    if KINDS[kind].sequence:
        assert "〔2025〕第0001号" in text
    if KINDS[kind].outgoing:
        assert "（印章）二〇二五年十月九日" in text
    assert "none" not in text


def test_each_kind_of_the_catalogue_has_its_template_and_no_other_lies_there() -> None:
    shipped = {
        name.removeprefix("_shared/")
        for name in sample.pack_files()
        if name.startswith("_shared/documents/D")
    }
    assert shipped == {kind.template for kind in KINDS.values()}


def test_the_decision_holds_the_six_items_of_article_59(renderer: Renderer) -> None:
    text = read(renderer, facts_of(sample.street_case(), "D43", "镇骆综执罚决〔2025〕第0101号"))
    for item in (
        "当事人：镇海区骆驼街道鲜果美水果店",
        "92330211MA2GX1001W",
        "一、违法事实和证据经查明：2025年9月8日9时20分",
        "《浙江省城市市容和环境卫生管理条例》第十七条第三款：“违反第一款规定的",
        "罚款人民币500.00元（大写：伍佰元整）",
        "自收到本决定书之日起十五日内",
        "每日按罚款数额的百分之三加处罚款，加处罚款的数额不超过罚款的数额",
        "六十日内向宁波市镇海区人民政府申请行政复议",
        "六个月内直接向宁波市镇海区人民法院提起行政诉讼",
        "宁波市镇海区骆驼街道办事处（印章）二〇二五年十月九日",
    ):
        assert item in text, item


def test_the_decision_tells_how_the_statement_was_answered(renderer: Renderer) -> None:
    assert "请求减少罚款。经复核，其理由不成立" in read(
        renderer, facts_of(sample.street_case(), "D43")
    )


@pytest.mark.parametrize("rows", ["waived", "silent"])
def test_the_decision_tells_a_waiver_from_silence(renderer: Renderer, rows: str) -> None:
    book = sample.street_case()
    book.rows[sample.Decision][-1].statement_adoption = None  # type: ignore[attr-defined]
    statement = book.rows[sample.Statement][-1]
    statement.statement = "waived"  # type: ignore[attr-defined]
    if rows == "silent":
        book.rows[sample.Statement] = []
    text = read(renderer, facts_of(book, "D43"))
    assert ("当事人书面表示放弃陈述、申辩" in text) == (rows == "waived")
    assert ("在规定期限内未提出陈述、申辩" in text) == (rows == "silent")


def test_party_amount_and_cause_read_the_same_in_every_document(renderer: Renderer) -> None:
    book = sample.street_case()
    texts = {kind: read(renderer, facts_of(book, kind)) for kind in ENDS["penalty"][1].split()}
    for kind in ("D04", "D29", "D33", "D43", "D63"):
        assert "92330211MA2GX1001W" in texts[kind], kind
    for kind in ("D29", "D31", "D33", "D34", "D37", "D43", "D63"):
        assert "人民币500.00元（大写：伍佰元整）" in texts[kind], kind
    for kind in ("D04", "D11", "D33", "D34", "D36", "D43", "D47"):
        assert "擅自超出门窗、外墙经营" in texts[kind], kind


def test_the_minutes_hold_votes_dissent_absence_and_signatures(renderer: Renderer) -> None:
    text = read(renderer, facts_of(sample.major_case(), "D42"))
    for item in (
        "6人／5人",
        "高飞（街道副主任，外出参加培训）",
        "何萍（街道党工委委员）：当事人已经收回货架，罚款偏重。不同意见：建议罚款300元。",
        "同意4人，反对1人，弃权0人",
        "钱宏（街道主任）：综合各位意见",
        "应到成员的2/3以上到会",
    ):
        assert item in text, item
    assert text.index("范军（街道党工委委员）：") < text.index("钱宏（街道主任）：综合")


def test_a_refused_signature_is_told_with_its_witness(renderer: Renderer) -> None:
    text = read(renderer, facts_of(sample.street_case(), "D08"))
    assert "当事人拒绝签名。经营者称稍后再收" in text
    assert "见证人：周阿根" in text


def test_a_natural_person_is_named_with_the_identity_number(renderer: Renderer) -> None:
    book = sample.street_case()
    party = book.case.parties[-1]
    party.party_type, party.name, party.uscc = "natural_person", "陈立新", None
    party.cert_type, party.cert_no = "resident_id", "330211198503152018"
    text = read(renderer, facts_of(book, "D43"))
    assert "当事人：陈立新" in text
    assert "号码：330211198503152018" in text
    assert "统一社会信用代码" not in text


def test_a_rare_name_goes_through_every_document_and_is_explained(renderer: Renderer) -> None:
    book = sample.street_case("骆驼街道𠮷祥🍎水果店")
    for kind in ("D04", "D11", "D43", "D47"):
        text = read(renderer, facts_of(book, kind))
        assert "〓（U+20BB7）祥〓（U+1F34E）水果店" in text, kind
        assert "统一码位（Unicode、GB18030通用）：U+20BB7、U+1F34E" in text, kind


def test_a_long_text_runs_over_pages_without_loss(renderer: Renderer) -> None:
    book = sample.street_case()
    long = "现场情况逐项记录如下。" * 360 + "记录完毕。"
    book.rows[sample.FilingProposal][-1].facts = long  # type: ignore[attr-defined]
    book.rows[sample.InvestigationRecord][0].findings = long  # type: ignore[attr-defined]
    for kind in ("D04", "D09"):
        text = read(renderer, facts_of(book, kind))
        assert text.count("逐") == 360, kind
        assert "记录完毕" in text


def test_typst_code_typed_by_a_party_stays_text(renderer: Renderer) -> None:
    book = sample.street_case('#panic("x") $a$ *b* _c_ <d> @e `f` = 店')
    text = read(renderer, facts_of(book, "D43"))
    assert '#panic("x")$a$*b*_c_<d>@e`f`=店' in text.replace("“", '"').replace("”", '"')


def test_a_draft_carries_a_watermark_and_no_number(renderer: Renderer) -> None:
    text = read(renderer, facts_of(sample.street_case(), "D43", None), draft=True)
    assert "未经批准" in text
    assert "批准后编号" in text


@pytest.mark.parametrize("method", ["leaving", "mail", "electronic", "announcement"])
def test_each_way_of_service_shows_its_proof(renderer: Renderer, method: str) -> None:
    book = sample.street_case()
    row = book.rows[sample.ProofOfService][-1]
    assert isinstance(row, sample.ProofOfService)
    row.service_method = method
    row.refusal_reason, row.witness_name = "拒绝签收", "周阿根"
    row.tracking_number, row.electronic_address = "EMS1234567890", "13800000000"
    row.announcement_place, row.announcement_reason = "本机关网站", "下落不明"
    text = read(renderer, facts_of(book, "D47"))
    expected = {
        "leaving": ("留置送达", "拒绝签收", "周阿根"),
        "mail": ("邮寄送达", "EMS1234567890"),
        "electronic": ("电子送达", "电子送达地址"),
        "announcement": ("公告送达", "本机关网站", "下落不明"),
    }[method]
    for item in expected:
        assert item in text, item


def test_an_announcement_tells_its_course_its_places_and_its_last_day(renderer: Renderer) -> None:
    facts = facts_of(sample.street_case(), "D49", "镇骆综公送〔2025〕第0001号")
    facts["announcement"] = {
        "document": "行政处罚决定书", "document_number": "镇骆综执罚决〔2025〕第0101号",
        "ground": "采用其他方式无法送达", "reason": "两次上门、一次邮寄均未送达。",
        "channels": "门户网站刊登", "place": "区政府门户网站", "published": "2025年12月1日",
        "until": "2025年12月31日",
    }  # fmt: skip
    text = read(renderer, facts)
    for item in ("送达公告", "三十日", "两次上门", "门户网站", "2025年12月31日"):
        assert item in text, item


def test_an_article_without_its_promulgated_text_is_never_put_in_quotes(
    renderer: Renderer,
) -> None:
    text = read(renderer, facts_of(sample.street_case(), "D43"))
    assert "第十七条第一款（要旨：不得超出门、窗店外经营）" in text


def test_only_a_decision_that_was_discussed_says_so(renderer: Renderer) -> None:
    said = "经本机关负责人集体讨论决定"
    assert said in read(renderer, facts_of(sample.major_case(), "D43"))
    assert said not in read(renderer, facts_of(sample.street_case(), "D43"))


def test_a_statement_to_an_earlier_notice_is_not_carried_into_the_decision(
    renderer: Renderer,
) -> None:
    book = sample.street_case()
    book.rows[sample.Decision][-1].statement_adoption = None  # type: ignore[attr-defined]
    book.rows[sample.Statement][-1].notice_id = uuid.uuid4()  # type: ignore[attr-defined]
    assert "在规定期限内未提出" in read(renderer, facts_of(book, "D43"))


def test_papers_of_a_hearing_say_who_was_there_what_was_claimed_and_what_came_of_it(
    renderer: Renderer,
) -> None:
    book = heard.heard_case()
    assert "要求听证" in read(renderer, facts_of(book, "D35"))
    assert "五个工作日" in read(renderer, facts_of(book, "D35"))
    assert "予以受理" in read(renderer, facts_of(book, "D38"))
    notice = read(renderer, facts_of(book, "D39"))
    assert "申请回避" in notice
    assert "骆驼司法所听证室" in notice
    record = read(renderer, facts_of(book, "D40"))
    assert "第三人示例物业公司" in record
    assert "拒绝签名" in record
    report = read(renderer, facts_of(book, "D41"))
    assert "维持拟处罚建议" in report
    decision = read(renderer, facts_of(book, "D43"))
    assert "举行听证" in decision
    assert "理由不成立，不予采纳" in decision


def test_a_late_request_is_refused_in_writing_and_the_decision_says_that_none_was_made(
    renderer: Renderer,
) -> None:
    book = heard.refused_case()
    assert "不予受理" in read(renderer, facts_of(book, "D38"))
    assert "超过申请期限" in read(renderer, facts_of(book, "D38"))
    assert "举行听证" not in read(renderer, facts_of(book, "D43"))


def test_a_waiver_of_the_hearing_alone_says_no_more_than_that(renderer: Renderer) -> None:
    book = heard.waived_case()
    facts = from_record(
        about(book.record(), book.rows[HearingWaiver][-1]), "D36", number=None, dated=DATED,
        labels=sample.labels, terms=sample.TERMS,
    )  # fmt: skip
    text = read(renderer, facts)
    assert "放弃听证声明" in text
    assert "自愿放弃听证" in text
    assert "书面表示放弃听证" in read(renderer, facts_of(book, "D43"))
