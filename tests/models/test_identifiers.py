"""Check digits, certificates, masks and numbers (V01, V02, V03; domain.md 4.4, 4.5)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.identifiers import (
    MESSAGES,
    USCC_ALPHABET,
    CertificateType,
    IdentifierError,
    age_on,
    birth_date,
    check_certificate,
    check_id_card,
    check_uscc,
    format_number,
    id_check_character,
    mask_id,
    mask_phone,
    receipt_number,
    uscc_check_character,
)

TODAY = date(2025, 6, 1)

USCC = {
    "92330211MA2GX1001W": "individual_business",
    "91330211MA2GX2002A": "enterprise",
    "91331102MA2HX3003D": "enterprise",
    "92330211MA2GX4004U": "individual_business",
    "11330211MB1X00001X": "agency",
    "11330211MB1X000021": "agency",
    "11331102MB1X00003A": "agency",
    "91330100799655058B": "enterprise",
    "9144030071526726XG": "enterprise",
}
IDS = (
    "330211198503152018",
    "331102196207081016",
    "330211197909233016",
    "331102198804120035",
    "330211201201010019",
    "330211200806061025",
    "11010519491231002X",
)


def refused(check, *arguments) -> IdentifierError:
    with pytest.raises(IdentifierError) as caught:
        check(*arguments)
    return caught.value


@pytest.mark.parametrize(("code", "party_type"), USCC.items())
def test_a_right_credit_code_is_accepted_with_its_party_type(code: str, party_type: str) -> None:
    assert check_uscc(code, party_type) == code


@pytest.mark.parametrize("code", USCC)
def test_every_other_last_character_is_refused(code: str) -> None:
    for other in set(USCC_ALPHABET) - {code[-1]}:
        assert refused(check_uscc, code[:-1] + other).code == "uscc_check"


@pytest.mark.parametrize("letter", "IOSVZx中 ")
def test_a_character_outside_the_alphabet_is_named(letter: str) -> None:
    error = refused(check_uscc, "9133021" + letter + "MA2GX2002A"[:10])
    assert (error.code, error.rule) == ("uscc_alphabet", "V01")
    assert letter in error.text.zh


@pytest.mark.parametrize("code", ["", "91330211MA2GX2002", "91330211MA2GX2002A\n"])
def test_a_credit_code_of_another_length_is_refused(code: str) -> None:
    assert refused(check_uscc, code).code == "uscc_length"


def test_the_class_of_a_credit_code_must_fit_the_party_type() -> None:
    error = refused(check_uscc, "92330211MA2GX1001W", "enterprise")
    assert (error.code, error.rule) == ("uscc_class", "V01")
    assert check_uscc("92330211MA2GX1001W", "other")


@given(body=st.text(USCC_ALPHABET, min_size=17, max_size=17), data=st.data())
def test_one_wrong_character_of_a_credit_code_never_passes(body: str, data) -> None:
    right = body + uscc_check_character(body)
    at = data.draw(st.integers(0, 17))
    wrong = data.draw(st.sampled_from(USCC_ALPHABET.replace(right[at], "")))
    assert check_uscc(right) == right
    refused(check_uscc, right[:at] + wrong + right[at + 1 :])


@pytest.mark.parametrize("number", IDS)
def test_a_right_resident_id_is_accepted(number: str) -> None:
    assert check_id_card(number, TODAY) == number


@pytest.mark.parametrize("number", IDS)
def test_a_resident_id_with_another_last_character_is_refused(number: str) -> None:
    for other in set("0123456789X") - {number[-1]}:
        assert refused(check_id_card, number[:-1] + other, TODAY).code == "id_check"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("330211198502302018", "id_date"),
        ("330211198513152018", "id_date"),
        ("330211000003152018", "id_date"),
        ("11010519491231002x", "id_pattern"),
        ("3302111985031520", "id_pattern"),
        ("330211850315201", "id_pattern"),
        ("33021119850315201８", "id_pattern"),
        ("330211198503152018\n", "id_pattern"),
        ("3302112025060200" + "10", "id_future"),
    ],
)
def test_an_impossible_resident_id_is_refused_with_its_reason(number: str, code: str) -> None:
    error = refused(check_id_card, number, TODAY)
    assert (error.code, error.rule) == (code, "V02")


@given(
    body=st.from_regex(r"[0-9]{6}19[0-9]{2}0[1-9]1[0-9][0-9]{3}", fullmatch=True), data=st.data()
)
def test_one_wrong_digit_of_a_resident_id_never_passes(body: str, data) -> None:
    right = body + id_check_character(body)
    at = data.draw(st.integers(0, 16))
    wrong = data.draw(st.sampled_from("0123456789".replace(right[at], "")))
    assert check_id_card(right, TODAY) == right
    refused(check_id_card, right[:at] + wrong + right[at + 1 :], TODAY)


@pytest.mark.parametrize(
    ("number", "day", "age"),
    [
        ("330211201201010019", date(2025, 6, 1), 13),
        ("330211201201010019", date(2025, 12, 31), 13),
        ("330211201201010019", date(2026, 1, 1), 14),
        ("330211200806061025", date(2025, 6, 1), 16),
        ("330211200806061025", date(2025, 6, 5), 16),
        ("330211200806061025", date(2025, 6, 6), 17),
    ],
)
def test_the_age_at_the_act_follows_from_the_id(number: str, day: date, age: int) -> None:
    assert age_on(birth_date(number), day) == age


def test_someone_born_on_a_leap_day_is_a_year_older_on_the_first_of_march() -> None:
    born = date(2012, 2, 29)
    assert (age_on(born, date(2026, 2, 28)), age_on(born, date(2026, 3, 1))) == (13, 14)


def permit(body: str) -> str:
    return body + id_check_character(body)


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (CertificateType.RESIDENT_ID, "330211198503152018"),
        (CertificateType.PASSPORT, "E12345678"),
        (CertificateType.PASSPORT, "123456789"),
        (CertificateType.HK_MACAO_PERMIT, "H12345678"),
        (CertificateType.HK_MACAO_PERMIT, "M1234567801"),
        (CertificateType.TAIWAN_PERMIT, "12345678"),
        (CertificateType.HMT_RESIDENCE, permit("81000019900101001")),
        (CertificateType.HMT_RESIDENCE, permit("83000019900101001")),
        (CertificateType.FOREIGN_PERMANENT, "USA123456789012"),
        (CertificateType.FOREIGN_PERMANENT, permit("91184019900101001")),
        (CertificateType.OTHER, "学生证 2025-001"),
        (CertificateType.OTHER, "330211198503152019"),
    ],
)
def test_a_certificate_of_its_own_pattern_is_accepted(kind: CertificateType, number: str) -> None:
    assert check_certificate(kind, number, TODAY) == number


@pytest.mark.parametrize(
    ("kind", "number", "code"),
    [
        (CertificateType.PASSPORT, "E123456789", "passport"),
        (CertificateType.PASSPORT, "ABCDEFG", "passport"),
        (CertificateType.PASSPORT, "e12345678", "passport"),
        (CertificateType.HK_MACAO_PERMIT, "A12345678", "hk_macao_permit"),
        (CertificateType.HK_MACAO_PERMIT, "H123456789", "hk_macao_permit"),
        (CertificateType.TAIWAN_PERMIT, "1234567", "taiwan_permit"),
        (CertificateType.OTHER, " ", "other"),
        (CertificateType.HMT_RESIDENCE, "330211198503152018", "hmt_residence"),
        (CertificateType.HMT_RESIDENCE, "81000019900230001" + "0", "id_date"),
        (
            CertificateType.FOREIGN_PERMANENT,
            "330211198503152018",
            "foreign_permanent",
        ),
    ],
)
def test_a_certificate_of_another_pattern_is_refused(
    kind: CertificateType, number: str, code: str
) -> None:
    error = refused(check_certificate, kind, number, TODAY)
    assert (error.code, error.rule) == (code, "V03")


def test_a_residence_permit_with_a_wrong_check_character_is_refused() -> None:
    right = permit("81000019900101001")
    wrong = right[:17] + ("0" if right[17] != "0" else "1")
    error = refused(check_certificate, CertificateType.HMT_RESIDENCE, wrong, TODAY)
    assert (error.code, error.rule) == ("id_check", "V03")


def test_an_error_becomes_a_violation_at_its_field_in_both_languages() -> None:
    violation = refused(check_uscc, "91").violation("party.uscc")
    assert violation.plain("zh") == {
        "rule": "V01",
        "field": "party.uscc",
        "article": "GB 32100-2015",
        "message": "统一社会信用代码应为 18 位，现为 2 位。",
    }
    assert violation.plain("en")["message"].endswith("this one has 2.")


def test_every_certificate_type_but_the_id_card_has_its_message() -> None:
    assert {kind.value for kind in CertificateType} - {"resident_id"} <= set(MESSAGES)


def test_masks_hide_the_middle_and_keep_the_length() -> None:
    assert mask_phone("13800005018") == "138****5018"
    assert mask_id("330211198503152018") == "3302**********2018"
    assert mask_id("E12345678") == "E******78"


@pytest.mark.parametrize("short", ["", "1", "12", "123", "12345"])
def test_what_is_too_short_to_mask_is_hidden_whole(short: str) -> None:
    assert mask_phone(short) == "*" * len(short)


@given(number=st.text("0123456789X", min_size=18, max_size=18))
def test_a_masked_id_never_shows_the_birth_date(number: str) -> None:
    assert mask_id(number)[6:14] == "*" * 8


def test_numbers_are_written_as_the_bureau_writes_them() -> None:
    filing = format_number("镇", "骆综执", "立", 2025, 123)
    assert filing == "镇骆综执立〔2025〕第0123号"
    decision = format_number("镇", "骆综执", "罚决", 2025, 101)
    assert decision == "镇骆综执罚决〔2025〕第0101号"
    assert receipt_number(decision, 1) == "镇骆综执罚决〔2025〕第0101号-1号"


def test_the_ten_thousandth_number_of_a_year_is_not_cut() -> None:
    assert format_number("镇", "骆综执", "立", 2025, 12345).endswith("第12345号")


@pytest.mark.parametrize(
    "parts",
    [
        ("", "骆综执", "立", 2025, 1),
        ("镇", "骆综执 ", "立", 2025, 1),
        ("镇", "骆综执", "", 2025, 1),
        ("镇", "骆综执", "立", 25, 1),
        ("镇", "骆综执", "立", 2025, 0),
    ],
)
def test_an_incomplete_number_is_refused(parts: tuple[str, str, str, int, int]) -> None:
    with pytest.raises(ValueError, match=r"number needs|no such"):
        format_number(*parts)


def test_receipts_are_counted_from_one() -> None:
    with pytest.raises(ValueError, match="counted from one"):
        receipt_number("镇骆综执立〔2025〕第0123号", 0)
