"""Identifiers that can be checked on their face, and the numbers that the bureau gives.

统一社会信用代码 (USCC, GB 32100-2015), 居民身份证 (resident ID, GB 11643-1999), passports and
permits; masks for publication; case, document and receipt numbers. Nothing is repaired:
a lower-case x or a blank is refused, because V16 compares documents character by character.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from models.errors import Text, Violation

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS = "10X98765432"
MASK = "*"

USCC_CLASSES: Mapping[str, frozenset[str]] = {
    "enterprise": frozenset({"91"}),
    "individual_business": frozenset({"92"}),
    "agency": frozenset({"11"}),
    "public_institution": frozenset({"12"}),
    "social_organisation": frozenset({"51", "52", "53"}),
    "cooperative": frozenset({"93"}),
}
"""First two characters by party type (V01, from memory); other party types are not limited."""

STANDARD_USCC = Text("GB 32100-2015", "GB 32100-2015")
STANDARD_ID = Text("GB 11643-1999", "GB 11643-1999")


class CertificateType(StrEnum):
    """What a person shows (证件类型, code table `certificate_type`)."""

    RESIDENT_ID = "resident_id"
    PASSPORT = "passport"
    HK_MACAO_PERMIT = "hk_macao_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    HMT_RESIDENCE = "hmt_residence"
    FOREIGN_PERMANENT = "foreign_permanent"
    OTHER = "other"


MESSAGES: Mapping[str, Text] = {
    "uscc_length": Text(
        "统一社会信用代码应为 18 位，现为 {length} 位。",
        "A unified social credit code has 18 characters; this one has {length}.",
    ),
    "uscc_alphabet": Text(
        "统一社会信用代码只用数字和大写字母，且不含 I、O、S、V、Z：“{character}”不可用。",
        "A unified social credit code has digits and capitals, no I, O, S, V, Z: “{character}”.",
    ),
    "uscc_check": Text(
        "统一社会信用代码校验码不符，请核对。",
        "The check character of the unified social credit code is wrong.",
    ),
    "uscc_class": Text(
        "统一社会信用代码以“{prefix}”开头，与当事人类型不符。",
        "A unified social credit code that begins with “{prefix}” does not fit the party type.",
    ),
    "id_pattern": Text(
        "身份证号应为 17 位数字加 1 位校验码（数字或者大写 X）。",
        "A resident ID number is 17 digits and a check character (a digit or a capital X).",
    ),
    "id_date": Text(
        "身份证号中的出生日期不存在。", "The birth date in the ID number does not exist."
    ),
    "id_future": Text(
        "身份证号中的出生日期晚于今天。", "The birth date in the ID number is in the future."
    ),
    "id_check": Text(
        "身份证号校验码不符，请核对。", "The check character of the ID number is wrong."
    ),
    "passport": Text(
        "护照号应为 5 至 9 位大写字母或者数字，且含数字。",
        "A passport number has 5 to 9 capitals or digits, at least one a digit.",
    ),
    "hk_macao_permit": Text(
        "港澳居民来往内地通行证号应为 H 或者 M 加 8 位或者 10 位数字。",
        "A mainland travel permit for Hong Kong or Macao is H or M and 8 or 10 digits.",
    ),
    "taiwan_permit": Text(
        "台湾居民来往大陆通行证号应为 8 位或者 10 位数字。",
        "A mainland travel permit for Taiwan has 8 or 10 digits.",
    ),
    "hmt_residence": Text(
        "港澳台居民居住证号应以 810000、820000 或者 830000 开头。",
        "A residence permit for Hong Kong, Macao or Taiwan begins with 810000, 820000 or 830000.",
    ),
    "foreign_permanent": Text(
        "外国人永久居留身份证号应为 9 开头的 18 位号码，或者 3 位大写字母加 12 位数字。",
        "A permanent residence number is 18 characters from 9 on, or 3 capitals and 12 digits.",
    ),
    "other": Text("请填写证件号码。", "Give the number of the certificate."),
}


class IdentifierError(ValueError):
    """An identifier that cannot be right, with the rule (V01, V02, V03) that it breaks."""

    def __init__(self, code: str, rule: str, article: Text | None = None, **words: object) -> None:
        message = MESSAGES[code]
        self.code = code
        self.rule = rule
        self.article = article or Text("", "")
        self.text = Text(message.zh.format(**words), message.en.format(**words))
        super().__init__(self.text.en)

    def violation(self, field: str) -> Violation:
        """The same as a guard reports it, at the field where it was typed."""
        return Violation(self.rule, self.text, self.article, field)


def uscc_check_character(body: str) -> str:
    """The 18th character for the first 17; any of the 31 may come out, not only digits and X."""
    total = sum(
        USCC_ALPHABET.index(character) * weight
        for character, weight in zip(body, USCC_WEIGHTS, strict=True)
    )
    return USCC_ALPHABET[-total % 31]


def check_uscc(code: str, party_type: str | None = None) -> str:
    """The code itself when it can be right, fitting the party type when one is given (V01)."""
    if len(code) != 18:
        raise IdentifierError("uscc_length", "V01", STANDARD_USCC, length=len(code))
    for character in code:
        if character not in USCC_ALPHABET:
            raise IdentifierError("uscc_alphabet", "V01", STANDARD_USCC, character=character)
    if uscc_check_character(code[:17]) != code[17]:
        raise IdentifierError("uscc_check", "V01", STANDARD_USCC)
    prefixes = USCC_CLASSES.get(party_type or "")
    if prefixes and code[:2] not in prefixes:
        raise IdentifierError("uscc_class", "V01", STANDARD_USCC, prefix=code[:2])
    return code


def id_check_character(body: str) -> str:
    """The 18th character of a resident ID for its 17 digits (ISO 7064 MOD 11-2)."""
    return ID_CHECKS[
        sum(int(digit) * weight for digit, weight in zip(body, ID_WEIGHTS, strict=True)) % 11
    ]


def birth_date(id_number: str) -> date:
    """The birth date inside a resident ID number (V02)."""
    if not re.fullmatch(r"[0-9]{17}[0-9X]", id_number):
        raise IdentifierError("id_pattern", "V02", STANDARD_ID)
    year, month, day = id_number[6:10], id_number[10:12], id_number[12:14]
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise IdentifierError("id_date", "V02", STANDARD_ID) from error


def check_id_card(id_number: str, today: date) -> str:
    """The number itself when it can be a resident ID of someone born by `today` (V02)."""
    if birth_date(id_number) > today:
        raise IdentifierError("id_future", "V02", STANDARD_ID)
    if id_check_character(id_number[:17]) != id_number[17]:
        raise IdentifierError("id_check", "V02", STANDARD_ID)
    return id_number


def age_on(born: date, day: date) -> int:
    """Completed years (周岁) on a day, the birthday itself included (APL 30: under 14, 18)."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


_PATTERNS = {
    CertificateType.PASSPORT: re.compile(r"(?=[A-Z]*[0-9])[A-Z0-9]{5,9}"),
    CertificateType.HK_MACAO_PERMIT: re.compile(r"[HM][0-9]{8}(?:[0-9]{2})?"),
    CertificateType.TAIWAN_PERMIT: re.compile(r"[0-9]{8}(?:[0-9]{2})?"),
    CertificateType.HMT_RESIDENCE: re.compile(r"8[123]0000[0-9]{11}[0-9X]"),
    CertificateType.FOREIGN_PERMANENT: re.compile(r"9[0-9]{16}[0-9X]|[A-Z]{3}[0-9]{12}"),
    CertificateType.OTHER: re.compile(r"\S(?:.*\S)?"),
}


def check_certificate(kind: CertificateType, number: str, today: date) -> str:
    """The number itself when it can be right for this kind of certificate (V02, V03).

    Permits of 18 characters follow GB 11643 as well, date and check character included.
    """
    if kind is CertificateType.RESIDENT_ID:
        return check_id_card(number, today)
    if not _PATTERNS[kind].fullmatch(number):
        raise IdentifierError(kind.value, "V03")
    if len(number) != 18 or kind is CertificateType.OTHER:
        return number
    try:
        return check_id_card(number, today)
    except IdentifierError as error:
        raise IdentifierError(error.code, "V03", error.article) from error


def mask_phone(phone: str) -> str:
    """A telephone number with its middle hidden: 138****5018."""
    return _masked(phone, 3, 4)


def mask_id(number: str) -> str:
    """A certificate number with birth date and sequence hidden: 3302**********2018."""
    return _masked(number, 4, 4) if len(number) >= 15 else _masked(number, 1, 2)


def _masked(text: str, head: int, tail: int) -> str:
    hidden = len(text) - head - tail
    # Too short to keep both ends and still hide most of it: hide all.
    if hidden < min(head, tail):
        return MASK * len(text)
    return text[:head] + MASK * hidden + text[-tail:]


def format_number(area_short: str, org_short: str, kind: str, year: int, sequence: int) -> str:
    """A case or document number (文号), such as 镇骆综执立〔2025〕第0123号.

    `area_short` 镇 and `org_short` 骆综执 belong to the legal subject, `kind` 立 to the document;
    one sequence for each of them and each year of approval (V29).
    """
    for name, part in (("area", area_short), ("organisation", org_short), ("kind", kind)):
        if not part or part != part.strip():
            raise ValueError(f"a number needs its {name}: {part!r}")
    if not 1949 <= year <= 9999 or sequence < 1:
        raise ValueError(f"no such year or sequence: {year}, {sequence}")
    return f"{area_short}{org_short}{kind}〔{year}〕第{sequence:04d}号"


def receipt_number(number: str, index: int) -> str:
    """The number of a service receipt (送达回证): the document's own and -1号, -2号 …"""
    if index < 1:
        raise ValueError(f"receipts are counted from one: {index}")
    return f"{number}-{index}号"
