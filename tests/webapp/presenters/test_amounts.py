"""Money, counts and sizes as people read them."""

from decimal import Decimal

import pytest

from webapp.presenters import amounts


def test_money_has_thousands_separators_and_its_unit() -> None:
    assert amounts.yuan(Decimal("100800")) == "100,800 元"
    assert amounts.yuan(Decimal("100800.00"), "en") == "100,800 yuan"
    assert amounts.yuan(Decimal("1234.5")) == "1,234.50 元"
    assert amounts.yuan(None) == "—"


def test_cents_are_never_rounded_away() -> None:
    assert amounts.yuan(Decimal("9999999999999.99")) == "9,999,999,999,999.99 元"


def test_a_share_of_nothing_is_a_dash() -> None:
    assert amounts.percent(37, 40) == "92.5%"
    assert amounts.percent(0, 0) == "—"


def test_counts_are_exact_to_a_thousand_and_open_beyond() -> None:
    assert [amounts.capped(n) for n in (999, 1000, 1001)] == ["999", "1,000", "1,000+"]


@pytest.mark.parametrize(
    ("octets", "shown"),
    [
        (0, "0 B"),
        (1023, "1023 B"),
        (1024, "1.0 KB"),
        (3_355_443, "3.2 MB"),
        (2 * 1024**3, "2.0 GB"),
    ],
)
def test_sizes_use_the_unit_that_reads_best(octets: int, shown: str) -> None:
    assert amounts.file_size(octets) == shown
