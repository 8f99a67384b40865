"""Masking: nothing that the record knows of a person is left in a public text, however written."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.masking import (
    Datum,
    address_data,
    birth_data,
    is_a_name,
    leftovers,
    mask,
    masked_text,
    name_masked,
)

STYLES = {
    "personal_name": "surname", "third_party": "surname", "home_address": "district",
    "plate_number": "prefix",
}  # fmt: skip
PEOPLE = [
    Datum("personal_name", "陈立新"), Datum("third_party", "王大锤"),
    Datum("third_party", "欧阳修"),
    Datum("id_number", "330211198503152018"), Datum("phone", "13800000001"),
    Datum("phone", "0574-86260001"), Datum("email", "chen@example.com"),
    Datum("trade_secret", "配方甲"), *birth_data(date(1985, 3, 15)),
    *address_data("宁波市镇海区骆驼街道示例新村5幢101室"),
]  # fmt: skip
FIRM = "镇海区骆驼街道陈立新水果店"


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("当事人陈立新违法。", "当事人陈某某违法。"),
        ("陈 立\u200b新", "陈某某"),
        ("身份证号330211 19850315 2018。", "身份证号［证件号码略］。"),
        ("３３０２１１１９８５０３１５２０１８", "［证件号码略］"),
        ("电话138-0000-0001", "电话［电话略］"),
        ("住宁波市镇海区骆驼街道示例新村5幢101室", "住宁波市镇海区［住址略］"),
        ("示例新村5幢101室", "［住址略］"),
        ("1985年3月15日出生", "［出生日期略］出生"),
        ("1985年03月15日出生", "［出生日期略］出生"),
        ("驾驶浙B·12345号", "驾驶浙B［号牌略］号"),
        ("卡号6222 0212 3456 7890 123", "卡号［银行账号略］"),
        ("另有13912345678", "另有［电话略］"),
        ("写信到someone@firm.cn", "写信到［电子邮箱略］"),
        ("使用配方甲生产", "使用［商业秘密略］生产"),
        ("决定书第202510090000000001号", "决定书第202510090000000001号"),
        ("罚款500元，2025年10月9日", "罚款500元，2025年10月9日"),
    ],
)
def test_what_is_masked_and_what_is_not(text: str, public: str) -> None:
    assert masked_text(text, PEOPLE, STYLES) == public


def test_the_registered_name_of_a_firm_stays_whole() -> None:
    text = f"{FIRM}的经营者陈立新"
    assert masked_text(text, PEOPLE, STYLES, [FIRM]) == f"{FIRM}的经营者陈某某"
    assert leftovers(FIRM, PEOPLE, STYLES, [FIRM]) == []


def test_a_name_keeps_its_family_name_only() -> None:
    names = ["陈立新", "李伟", "欧阳修", "买买提·艾力", "司马相如"]
    assert [name_masked(n) for n in names] == ["陈某某", "李某", "欧阳某", "买某某", "司马某某"]


def test_firms_and_roles_are_no_names_of_persons() -> None:
    assert [is_a_name(t) for t in ("陈立新", "鲜果美店", "门卫", "陈某某")] == [True, *[False] * 3]


def test_no_rule_can_leave_numbers_in_the_open() -> None:
    kept = dict.fromkeys(("id_number", "phone", "personal_name"), "keep")
    text = "陈立新，330211198503152018，13800000001"
    assert masked_text(text, PEOPLE, kept) == "陈立新，［证件号码略］，［电话略］"


words = st.text("当事人于年月日在店外经营，。：0123456789-［］陈某X ", max_size=12)
secrets = st.sampled_from([datum.value for datum in PEOPLE])
joiners = st.sampled_from(["", " ", "-", "\u200b", "\u3000"])


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Words with secrets among them, parted by spaces, dashes or signs without width, in wide or
    narrow letters."""
    found = []
    for _ in range(draw(st.integers(1, 4))):
        secret = draw(joiners).join(draw(secrets))
        if draw(st.booleans()):
            secret = "".join(chr(ord(c) + 0xFEE0) if "0" <= c <= "9" else c for c in secret)
        found += [draw(words), secret]
    return "".join([*found, draw(words)])


@settings(max_examples=150, deadline=None)
@given(texts())
def test_nothing_is_left_in_any_text(text: str) -> None:
    public = masked_text(text, PEOPLE, STYLES, [FIRM])
    assert leftovers(public, PEOPLE, STYLES, [FIRM]) == []
    bare = "".join(c for c in public if c not in " -\u200b\u3000")
    assert not [datum.value for datum in PEOPLE if datum.value.replace("-", "") in bare]


@settings(max_examples=100, deadline=None)
@given(texts())
def test_the_pieces_are_the_text_and_every_change_has_its_reason(text: str) -> None:
    pieces = mask(text, PEOPLE, STYLES)
    assert "".join(piece.original for piece in pieces) == text
    assert all(piece.kind for piece in pieces if piece.original != piece.shown)
    masked = masked_text(text, PEOPLE, STYLES)
    assert masked_text(masked, PEOPLE, STYLES) == masked
