from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.documents.amounts import amount, chinese_amount

VALUES = dict(zip("零壹贰叁肆伍陆柒捌玖", range(10), strict=True))
PLACES = {"拾": 10, "佰": 100, "仟": 1000}
GROUPS = {"兆": 10**12, "亿": 10**8, "万": 10**4}


def read_back(words: str) -> Decimal:
    """An independent reader of amounts in words, in yuan."""
    total = group = digit = 0
    fen = 0
    for sign in words.removesuffix("整"):
        if sign in VALUES:
            digit = VALUES[sign]
        elif sign in PLACES:
            group, digit = group + digit * PLACES[sign], 0
        elif sign in GROUPS:
            total, group, digit = total + (group + digit) * GROUPS[sign], 0, 0
        elif sign == "元":
            total, group, digit = total + group + digit, 0, 0
        else:
            fen, digit = fen + digit * {"角": 10, "分": 1}[sign], 0
    return Decimal(total) + Decimal(fen) / 100


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("10", "壹拾元整"),
        ("500", "伍佰元整"),
        ("1200", "壹仟贰佰元整"),
        ("1005.30", "壹仟零伍元叁角整"),
        ("1680.32", "壹仟陆佰捌拾元零叁角贰分"),
        ("107000.53", "壹拾万柒仟元零伍角叁分"),
        ("100800", "壹拾万零捌佰元整"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("100000000", "壹亿元整"),
        ("100010000", "壹亿零壹万元整"),
        ("10000000001", "壹佰亿零壹元整"),
    ],
)
def test_an_amount_is_written_as_a_bank_would_write_it(yuan: str, words: str) -> None:
    assert chinese_amount(Decimal(yuan)) == words


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**18 - 1))
def test_the_words_read_back_as_the_figures(fen: int) -> None:
    yuan = Decimal(fen) / 100
    words = chinese_amount(yuan)
    assert read_back(words) == yuan
    assert "零零" not in words
    assert amount(yuan)["figures"].replace(",", "") == f"{yuan:.2f}"


@pytest.mark.parametrize("wrong", ["-1", "NaN", "Infinity", "0.001", "1e16"])
def test_what_is_no_amount_of_money_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"amount|fen"):
        chinese_amount(Decimal(wrong))
