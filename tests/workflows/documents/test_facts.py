import json
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.workflows.documents import sample
from workflows.documents import wording
from workflows.documents.facts import LegalTerms, about, from_record

DATED = sample.at("10-09 10:00")


def facts_of(book: sample.Book, kind: str = "D43", **values: Any) -> dict[str, Any]:
    given = {"number": None, "dated": DATED, "labels": sample.labels, "terms": sample.TERMS}
    return from_record(book.record(), kind, **{**given, **values})


def test_facts_are_plain_data_that_a_document_row_can_keep() -> None:
    facts = facts_of(sample.major_case())
    assert json.loads(json.dumps(facts, ensure_ascii=False)) == facts


def test_no_code_of_a_table_reaches_the_paper_untranslated() -> None:
    def texts(part: Any, path: str) -> list[str]:
        if isinstance(part, dict):
            return [t for key, value in part.items() for t in texts(value, f"{path}.{key}")]
        if isinstance(part, list):
            return [t for value in part for t in texts(value, path)]
        return [f"{path}={part}"] if isinstance(part, str) and "_" in part else []

    skipped = ("method_code", "file_name")
    for book in (sample.major_case(), sample.exit_case("transfer"), sample.exit_case("not_file")):
        found = [t for t in texts(facts_of(book), "") if not t.split("=")[0].endswith(skipped)]
        assert found == []


def test_a_case_at_its_beginning_has_empty_sections_and_no_error() -> None:
    book = sample.street_case()
    book.rows.clear()
    book.case.parties = []
    book.case.matter = None
    facts = facts_of(book, "D01")
    assert facts["decision"] is None
    assert facts["evidence"] == []
    assert facts["party"]["identity"] == []


def test_a_document_is_about_the_row_that_it_is_issued_for() -> None:
    book = sample.street_case()
    first = book.rows[sample.ProofOfService][0]
    record = about(book.record(), first)
    facts = from_record(
        record, "D47", number=None, dated=DATED, labels=sample.labels, terms=sample.TERMS
    )
    assert facts["service"]["document"] == "行政处罚事先告知书"
    assert facts_of(book, "D47")["service"]["document"] == "行政处罚决定书"


def test_an_undone_decision_is_not_the_current_one() -> None:
    book = sample.street_case()
    undone = book.rows[sample.Decision][0]
    later = type(undone)(
        **{column.key: getattr(undone, column.key) for column in undone.__table__.columns}
    )
    undone.undone, later.number = True, "镇骆综执罚决〔2025〕第0102号"  # type: ignore[attr-defined]
    for rows in ([undone, later], [later, undone]):
        book.rows[sample.Decision] = rows
        facts = facts_of(book)
        assert facts["decision"]["number"] == later.number
        assert facts["decision"]["undone"] is False
        assert facts["result"] != "处罚决定已被撤销"


def test_a_case_whose_only_decision_was_undone_speaks_of_it_as_undone() -> None:
    """Its withdrawal from disclosure and its refund name the decision that is gone."""
    book = sample.street_case()
    row = book.rows[sample.Decision][0]
    row.undone = True  # type: ignore[attr-defined]
    facts = facts_of(book)
    assert (facts["decision"]["number"], facts["decision"]["undone"]) == (row.number, True)
    assert facts["result"] == "处罚决定已被撤销"


def test_evidence_that_was_excluded_is_never_cited() -> None:
    book = sample.street_case()
    item = book.rows[sample.Evidence][0]
    item.admissible, item.excluded_reason = False, "来源不合法"  # type: ignore[attr-defined]
    facts = facts_of(book)
    assert len(facts["report"]["cited"]) == 2
    assert facts["evidence"][0]["excluded_reason"] == "来源不合法"


def test_a_penalty_without_written_content_is_worded_from_kinds_and_amounts() -> None:
    book = sample.street_case()
    report = book.rows[sample.FinalReport][-1]
    assert isinstance(report, sample.FinalReport)
    report.penalty_kinds = ["warning", "fine", "confiscate_gains"]
    report.fine, report.confiscated_amount = Decimal("100800"), Decimal("35.50")
    assert facts_of(book)["report"]["terms"]["content"] == (
        "警告；罚款人民币100,800.00元（大写：壹拾万零捌佰元整）；"
        "没收违法所得人民币35.50元（大写：叁拾伍元伍角整）"
    )


def test_only_the_opinions_of_the_last_round_are_shown() -> None:
    book = sample.street_case()
    book.opinion("approve_filing", "qian_hong", "09-11 09:00", "file", "改由我审批，同意。")
    book.rows[sample.Opinion][-1].round = 2  # type: ignore[attr-defined]
    shown = facts_of(book)["opinions"]["approve_filing"]
    assert [entry["name"] for entry in shown] == ["钱宏"]


@dataclass(frozen=True)
class Parameter:
    value: Any
    unit: str


def test_the_terms_of_a_letter_come_from_dated_parameters() -> None:
    book = {
        "clk_state.days": Parameter(3, "calendar_day"),
        "clk_hearing_req.days": Parameter(5, "working_day"),
        "clk_hearing_notice.days": Parameter(7, "working_day"),
        "clk_hold.days": Parameter(7, "working_day"),
        "clk_seize.days": Parameter(30, "calendar_day"),
        "clk_seize.extension_days": Parameter(30, "calendar_day"),
        "clk_assist.days": Parameter(15, "working_day"),
        "clk_urge.days": Parameter(10, "working_day"),
        "clk_announce_service.days": Parameter(30, "calendar_day"),
        "clk_pay.days": Parameter(15, "calendar_day"),
        "surcharge.rate_per_day": Parameter("3/100", "fraction"),
        "clk_reconsider.days": Parameter(60, "calendar_day"),
        "clk_sue.months": Parameter(6, "month"),
        "clk_publish.days": Parameter(20, "working_day"),
        "payment.payee": Parameter("代收银行", "text"),
    }
    terms = LegalTerms.of(book.__getitem__)
    assert (terms.state, terms.pay, terms.surcharge) == ("三日", "十五日", "百分之三")
    assert (terms.hearing, terms.hearing_notice) == ("五个工作日", "七个工作日")
    assert (terms.reconsider, terms.sue, terms.publish) == ("六十日", "六个月", "二十个工作日")


def test_days_are_shanghai_days_whatever_the_zone_of_the_record() -> None:
    late = datetime(2025, 10, 8, 16, 30, tzinfo=UTC)
    assert wording.day(late) == "2025年10月9日"
    assert wording.moment(late) == "2025年10月9日0时30分"
    assert wording.formal_day(late) == "二〇二五年十月九日"
    assert wording.formal_day(sample.at("12-31 10:00")) == "二〇二五年十二月三十一日"


@pytest.mark.parametrize(
    ("rate", "words"), [("3/100", "百分之三"), ("1/20", "百分之五"), ("1/2000", "0.05%")]
)
def test_a_share_is_written_as_a_percentage(rate: str, words: str) -> None:
    assert wording.percent(Fraction(rate)) == words
