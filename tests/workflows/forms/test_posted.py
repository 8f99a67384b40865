"""What a page posts becomes the same data that the API sends."""

from __future__ import annotations

from tests.workflows.forms.shipped import code_tables, shipped_form
from tests.workflows.forms.test_reader import a_form
from workflows.forms import from_form, load, read_form

INQUIRY = [
    ("csrf_token", "t"),
    ("_action", "submit"),
    ("second_handler", "li_qiang"),
    ("place", ""),
    ("cards_shown", "on"),
    ("answers-0-question", "姓名？"),
    ("answers-0-answer", "陈立新\r\n个体户"),
    ("answers-7-question", "何时开店？"),
    ("answers-7-answer", "今年"),
    ("answers-9-question", ""),
    ("answers-9-answer", " "),
]


def test_rows_keep_their_order_and_lose_their_gaps_and_blanks() -> None:
    data = from_form(shipped_form("inquire"), INQUIRY)

    assert data["answers"] == [
        {"question": "姓名？", "answer": "陈立新\r\n个体户"},
        {"question": "何时开店？", "answer": "今年"},
    ]


def test_a_box_not_posted_is_false_and_an_emptied_field_is_null() -> None:
    data = from_form(shipped_form("inquire"), INQUIRY)

    assert (data["cards_shown"], data["rights_told"]) == (True, False)
    assert data["place"] is None
    assert "csrf_token" not in data
    assert "_action" not in data
    assert "ended_at" not in data


def test_the_twentieth_row_comes_after_the_third() -> None:
    pairs = [(f"answers-{n}-question", str(n)) for n in (20, 3)]

    rows = from_form(shipped_form("inquire"), pairs)["answers"]

    assert [row["question"] for row in rows] == ["3", "20"]


def test_a_party_and_several_choices_are_gathered() -> None:
    pairs = [
        ("party-party_type", "individual_business"),
        ("party-name", "鲜果美"),
        ("filing_conditions", "punishable"),
        ("filing_conditions", "initial_evidence"),
    ]

    data = from_form(shipped_form("propose_filing"), pairs)

    assert data["party"] == {
        "party_type": "individual_business",
        "name": "鲜果美",
        "service_address_confirmed": False,
        "electronic_service_agreed": False,
    }
    assert data["filing_conditions"] == ["punishable", "initial_evidence"]


def test_an_untouched_party_is_not_there() -> None:
    pairs = [("party-party_type", ""), ("party-name", "")]

    assert from_form(shipped_form("propose_filing"), pairs)["party"] is None


def test_names_that_the_form_lacks_stay_in_for_the_refusal() -> None:
    form = read_form(a_form({"name": "a"}))
    pairs = [("a", "1"), ("b", "2"), ("a-0-b", "3")]

    assert from_form(form, pairs) == {"a": "1", "b": "2", "a-0-b": "3"}
    assert from_form(form, pairs, ignore=("b", "a-0-b")) == {"a": "1"}


def test_malformed_row_names_end_in_a_refusal_not_in_a_crash() -> None:
    pairs = [("answers-x-question", "a"), ("answers--question", "b"), ("answers-99999-a", "c")]

    rows = from_form(shipped_form("inquire"), pairs)["answers"]

    assert rows == [{"x-question": "a", "-question": "b", "99999-a": "c"}]


def test_a_posted_page_loads_like_the_api() -> None:
    pairs = [("outcome", "return"), ("opinion", "补充照片"), ("csrf_token", "t")]
    form = shipped_form("review_closing")

    assert load(form, from_form(form, pairs), options=code_tables()) == {
        "outcome": "return",
        "opinion": "补充照片",
    }
