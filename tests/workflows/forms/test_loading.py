"""Loading: typed values out, or every mistake at once; hidden fields do not exist."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.errors import Invalid
from tests.workflows.forms.shipped import FORM_FILES, code_tables, shipped_form
from tests.workflows.forms.test_reader import a_form
from workflows.forms import Form, FormInvalid, UnknownOptions, load, read_form

AS_YAML_READS_IT = datetime(2025, 9, 24, 10)  # noqa: DTZ001


def codes(form: Form, data: Any, **more: Any) -> list[tuple[str, str]]:
    """The mistakes as (field, code)."""
    with pytest.raises(FormInvalid) as refusal:
        load(form, data, options=code_tables(), **more)
    return sorted((error.field, error.code) for error in refusal.value.errors)


def single(type_: str, **more: Any) -> Form:
    return read_form(a_form({"name": "x", "type": type_, **more}))


@pytest.mark.parametrize(
    ("type_", "given_value", "loaded"),
    [
        ("text", "  陈𠮷🍎  ", "陈𠮷🍎"),
        ("text", "e\u0301", "é"),
        ("text", "👨‍👩‍👧", "👨‍👩‍👧"),
        ("textarea", "一\r\n二\r三\t四", "一\n二\n三\t四"),
        ("money", "500", Decimal("500")),
        ("money", 0.1, Decimal("0.1")),
        ("money", Decimal("12.50"), Decimal("12.50")),
        ("money", 1000, Decimal(1000)),
        ("integer", "12", 12),
        ("integer", 3, 3),
        ("boolean", "true", True),
        ("boolean", False, False),
        ("date", "2025-09-30", date(2025, 9, 30)),
        ("date", date(2025, 9, 30), date(2025, 9, 30)),
        ("datetime", "2025-09-24T10:00", datetime(2025, 9, 24, 2, 0, tzinfo=UTC)),
        ("datetime", "2025-09-24 10:00:30+08:00", datetime(2025, 9, 24, 2, 0, 30, tzinfo=UTC)),
        ("datetime", "2025-09-24T02:00Z", datetime(2025, 9, 24, 2, 0, tzinfo=UTC)),
        ("datetime", AS_YAML_READS_IT, datetime(2025, 9, 24, 2, tzinfo=UTC)),
        ("person", "zhang_ming", "zhang_ming"),
        ("persons", ["a", "b"], ["a", "b"]),
    ],
)  # fmt: skip
def test_a_value_is_made_exact(type_: str, given_value: Any, loaded: Any) -> None:
    result = load(single(type_), {"x": given_value})["x"]

    assert (result, type(result)) == (loaded, type(loaded))


@pytest.mark.parametrize(
    ("type_", "given_value", "code"),
    [
        ("text", "a\x07b", "control_character"),
        ("text", "a\u202eb", "control_character"),
        ("text", "a\ud800", "control_character"),
        ("text", "a\nb", "line_break"),
        ("text", 5, "not_text"),
        ("text", ["a"], "not_text"),
        ("text", {"typename": "a"}, "not_text"),
        ("text", "长" * 201, "too_long"),
        ("textarea", "长" * 4001, "too_long"),
        ("textarea", "\x00", "control_character"),
        ("money", "NaN", "not_money"),
        ("money", float("nan"), "not_money"),
        ("money", float("inf"), "not_money"),
        ("money", Decimal("NaN"), "not_money"),
        ("money", Decimal("sNaN"), "not_money"),
        ("money", Decimal("1E+999999"), "not_money"),
        ("money", "1e5", "not_money"),
        ("money", "0.001", "not_money"),
        ("money", "１００", "not_money"),
        ("money", True, "not_money"),
        pytest.param("money", 10**5000, "not_money", id="a number of 5000 digits"),
        ("integer", 1.0, "not_an_integer"),
        ("integer", True, "not_an_integer"),
        ("integer", 10**12, "not_an_integer"),
        ("integer", "1 2", "not_an_integer"),
        ("boolean", 1, "not_a_boolean"),
        ("boolean", "maybe", "not_a_boolean"),
        ("date", "2025-02-29", "not_a_date"),
        ("date", "2025/01/01", "not_a_date"),
        ("date", "0001-01-01", "not_a_date"),
        ("date", datetime(2025, 1, 1, tzinfo=UTC), "not_a_date"),
        ("datetime", "2025-09-24", "not_a_time"),
        ("datetime", "2025-09-24T25:00", "not_a_time"),
        ("datetime", "9999-12-31T23:59", "not_a_time"),
        ("datetime", 1727143200, "not_a_time"),
        ("person", {"id": 1}, "not_a_key"),
        ("person", "a b", "not_a_key"),
        ("persons", "a", "not_a_list"),
        ("persons", ["a", "a"], "twice"),
        ("file", ["a"], "not_a_key"),
    ],
)
def test_a_value_of_another_kind_is_refused(type_: str, given_value: Any, code: str) -> None:
    assert codes(single(type_), {"x": given_value}) == [("x", code)]


@pytest.mark.parametrize("empty", [None, "", "   ", []])
def test_an_empty_value_is_absent_and_a_required_one_is_missing(empty: Any) -> None:
    assert load(single("text"), {"x": empty}) == {}
    assert codes(single("text", required=True), {"x": empty}) == [("x", "required")]
    assert codes(single("text", required=True), {}) == [("x", "required")]


def test_a_required_box_must_be_ticked() -> None:
    form = single("boolean", required=True)

    assert codes(form, {"x": False}) == [("x", "not_ticked")]
    assert codes(form, {}) == [("x", "not_ticked")]
    assert load(form, {"x": True}) == {"x": True}


@pytest.mark.parametrize("data", [None, [], "x", 5, [["x", "y"]]])
def test_what_is_not_a_set_of_fields_is_refused(data: Any) -> None:
    assert codes(single("text"), data) == [("", "not_an_object")]


def test_limits_bound_amounts_and_count_items() -> None:
    assert codes(single("money", min=100, max=1000), {"x": "99.99"}) == [("x", "too_small")]
    assert codes(single("integer", max=3), {"x": 4}) == [("x", "too_large")]
    assert codes(single("persons", min=3), {"x": ["a", "b"]}) == [("x", "too_few")]
    assert codes(single("persons", max=1), {"x": ["a", "b"]}) == [("x", "too_many")]
    assert codes(single("persons"), {"x": ["a", None]}) == [("x.1", "required")]
    assert codes(single("persons"), {"x": [str(n) for n in range(201)]}) == [("x", "too_many")]


NOTICE = {
    "second_handler": "li_qiang",
    "service_method": "leaving",
    "served_at": "2025-09-24T10:00",
    "service_place": "店内",
    "refusal_reason": "拒绝签收",
}


def test_a_shipped_form_loads_what_its_step_needs() -> None:
    loaded = load(shipped_form("serve_notice"), NOTICE, options=code_tables())

    assert loaded["served_at"] == datetime(2025, 9, 24, 2, 0, tzinfo=UTC)
    assert loaded["refusal_reason"] == "拒绝签收"
    assert "tracking_number" not in loaded


def test_a_condition_makes_a_field_required() -> None:
    data = {key: value for key, value in NOTICE.items() if key != "refusal_reason"}

    assert codes(shipped_form("serve_notice"), data) == [("refusal_reason", "required")]


def test_the_value_of_a_hidden_field_is_dropped_even_when_it_is_nonsense() -> None:
    data = {**NOTICE, "tracking_number": "\x07" * 5_000}

    assert "tracking_number" not in load(shipped_form("serve_notice"), data, options=code_tables())


def test_a_field_behind_a_hidden_field_is_hidden_too() -> None:
    form = read_form(
        a_form(
            {"name": "a", "type": "boolean"},
            {"name": "b", "type": "boolean", "show": {"when": "a"}},
            {"name": "c", "show": {"when": "b"}, "required": True},
        )
    )

    assert load(form, {"a": False, "b": True, "c": "x"}) == {"a": False}
    assert codes(form, {"a": True, "b": True}) == [("c", "required")]


def test_all_mistakes_are_told_at_once_with_texts_in_both_languages() -> None:
    data = {"service_method": "pigeon", "served_at": "yesterday", "extra": 1, "service_place": "x"}

    with pytest.raises(FormInvalid) as refusal:
        load(shipped_form("serve_notice"), data, "en", options=code_tables())

    found = {error.field: error.code for error in refusal.value.errors}
    assert found == {
        "second_handler": "required",
        "service_method": "not_an_option",
        "served_at": "not_a_time",
        "extra": "unknown",
    }
    assert refusal.value.messages["extra"] == ["The form has no such field."]
    assert isinstance(refusal.value, Invalid)
    assert {violation.message["zh"] for violation in refusal.value.violations} >= {"必填。"}


def test_a_row_judges_its_conditions_by_its_own_columns() -> None:
    members = [
        {"person": "a", "attended": True, "spoke_order": 2, "view": "同意", "vote": "agree"},
        {"person": "b", "attended": True, "spoke_order": 1, "view": "不同意", "vote": "disagree"},
        {"person": "c", "attended": False},
    ]
    data = {
        "chair": "a",
        "place": "会议室",
        "held_at": "2025-09-24T10:00",
        "ended_at": "2025-09-24T11:00",
        "case_report": "案情",
        "legal_opinion": "意见",
        "members": members,
        "discussion_result": "as_proposed",
        "conclusion_text": "同意",
    }

    assert codes(shipped_form("hold_discussion"), data) == [
        ("members.1.dissent", "required"),
        ("members.2.absent_reason", "required"),
    ]


def test_a_party_is_loaded_as_one_value_and_its_own_fields_are_named() -> None:
    form = single("party")
    party = {"party_type": "natural_person", "name": "陈𠮷", "uscc": "hidden for a person"}

    assert load(form, {"x": party}, options=code_tables()) == {
        "x": {"party_type": "natural_person", "name": "陈𠮷"}
    }
    assert codes(form, {"x": {"name": "陈"}}) == [("x.party_type", "required")]
    assert codes(form, {"x": {**party, "age": 3}}) == [("x.age", "unknown")]
    assert codes(form, {"x": "陈"}) == [("x", "not_an_object")]


def test_new_evidence_is_loaded_as_rows() -> None:
    form = single("evidence_list", min=1)
    photo = {"kind": "audio_visual", "name": "现场照片", "page_count": 2}

    assert load(form, {"x": [photo]}, options=code_tables()) == {"x": [photo]}
    assert codes(form, {"x": [None]}) == [("x.0", "required")]
    assert codes(form, {"x": [{"kind": "magic"}]}) == [
        ("x.0.kind", "not_an_option"),
        ("x.0.name", "required"),
    ]


def test_defaults_fill_what_is_left_out_but_not_what_is_sent_empty() -> None:
    form = read_form(
        a_form(
            {"name": "a", "default": "甲"},
            {"name": "b", "default": {"from": "a"}},
            {"name": "c", "default": {"from": "record.party.name"}},
            {"name": "d", "default": {"from": "record.nothing"}},
        )
    )
    facts = {"record": {"party": {"name": "鲜果美"}}}

    assert load(form, {}, facts=facts) == {"a": "甲", "b": "甲", "c": "鲜果美"}
    assert load(form, {"a": None, "c": ""}, facts=facts) == {}


def test_a_list_of_the_record_is_checked_when_it_is_given_and_else_left_to_the_command() -> None:
    form = shipped_form("extend_verification")
    assert load(form, {"reason": "案情复杂"}) == {"reason": "案情复杂"}

    pick = single("person", options_from="record.handlers")
    assert load(pick, {"x": "anyone"}) == {"x": "anyone"}
    assert codes_with(pick, {"record.handlers": ()}) == [("x", "not_an_option")]


def codes_with(form: Form, options: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(FormInvalid) as refusal:
        load(form, {"x": "anyone"}, options=options)
    return [(error.field, error.code) for error in refusal.value.errors]


def test_a_code_table_that_is_not_given_is_a_mistake_of_the_program() -> None:
    with pytest.raises(UnknownOptions, match="case_source"):
        load(single("choice", options_from="case_source"), {"x": "patrol"})


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=120, deadline=None)
@given(st.sampled_from([path.stem for path in FORM_FILES]), st.data())
def test_any_json_at_all_is_loaded_or_refused(name: str, data: st.DataObject) -> None:
    form = shipped_form(name)
    body = data.draw(st.fixed_dictionaries({field.name: JSON for field in form.fields}))

    try:
        loaded = load(form, body, options=code_tables())
    except FormInvalid as refusal:
        named = {error.field.split(".")[0] for error in refusal.errors}
        assert named <= {field.name for field in form.fields}
    else:
        assert loaded.keys() <= body.keys()
