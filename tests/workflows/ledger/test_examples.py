"""The ledger on cases that one can work out by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from models.errors import Text
from workflows.ledger import (
    ZERO,
    Account,
    Base,
    Change,
    Clause,
    Instalment,
    Kind,
    Part,
    Pause,
    Plan,
    Receipt,
    Refund,
    Rounding,
    Terms,
    Waiver,
    cap_day,
    first_day,
    folded,
    ledger,
)

DECIDED = date(2025, 10, 9)
DUE = date(2025, 10, 27)
"""Scenario 1: the fifteenth day is Saturday 25 October, so Monday 27 October."""


def account(fine: str = "500", **values: object) -> Account:
    return Account(decided=DECIDED, fine=Decimal(fine), due=DUE, **values)  # type: ignore[arg-type]


def after(days: int) -> date:
    return DUE + timedelta(days=days)


def test_nothing_is_added_up_to_the_last_day() -> None:
    assert ledger(account(), DUE).balance.total == Decimal(500)


@pytest.mark.parametrize(("days", "surcharge"), [(1, "15"), (9, "135"), (33, "495"), (34, "500")])
def test_three_per_cent_a_day_until_the_cap_on_day_34(days: int, surcharge: str) -> None:
    book = ledger(account(), after(days))
    assert book.balance.surcharge == Decimal(surcharge)
    assert book.balance.fine == Decimal(500)


def test_the_cap_is_reached_on_day_34_and_holds() -> None:
    book = ledger(account(), after(400))
    assert book.capped_on == after(34)
    assert book.accrued == Decimal(500)
    assert cap_day(account(), DUE) == after(34)


def test_the_day_of_payment_counts_and_the_next_does_not() -> None:
    paid = account(receipts=(Receipt(after(3), Decimal(500)),))
    book = ledger(paid, after(20))
    assert book.balance.fine == 0
    assert book.balance.surcharge == Decimal(45)


def test_a_part_paid_in_time_bears_no_surcharge() -> None:
    paid = account(receipts=(Receipt(DUE, Decimal(200)),))
    assert ledger(paid, after(10)).balance.surcharge == Decimal(90)


def test_the_whole_fine_as_base_where_a_place_counts_so() -> None:
    paid = account(receipts=(Receipt(DUE, Decimal(200)),), terms=Terms(base=Base.WHOLE))
    assert ledger(paid, after(10)).balance.surcharge == Decimal(150)


def test_confiscation_bears_no_surcharge() -> None:
    book = ledger(account("100", confiscated=Decimal(900)), after(10))
    assert book.balance.surcharge == Decimal(30)
    assert book.balance.principal == Decimal(1000)


def test_no_surcharge_from_application_to_decision_of_a_remedy() -> None:
    reason = Text(
        "行政复议期间不加处罚款（行政处罚法第七十三条）", "No surcharge in reconsideration"
    )
    paused = account(pauses=(Pause(reason, after(6), after(15)),))
    book = ledger(paused, after(20))
    assert book.balance.surcharge == Decimal(15 * 10)
    lines = [line for line in folded(book.entries) if line.kind is Kind.PAUSED]
    assert [(first_day(line), line.day) for line in lines] == [(after(6), after(15))]


def test_kept_instalments_bear_no_surcharge() -> None:
    plan = Plan(
        date(2025, 10, 20),
        (
            Instalment(date(2025, 11, 20), Decimal(200)),
            Instalment(date(2025, 12, 20), Decimal(300)),
        ),
    )
    paid = account(
        plans=(plan,),
        receipts=(
            Receipt(date(2025, 11, 20), Decimal(200)),
            Receipt(date(2025, 12, 19), Decimal(300)),
        ),
    )
    book = ledger(paid, date(2026, 3, 1))
    assert book.balance.total == 0
    assert book.defaulted_on is None


def test_a_missed_instalment_makes_the_whole_rest_due() -> None:
    plan = Plan(
        date(2025, 10, 20),
        (
            Instalment(date(2025, 11, 20), Decimal(200)),
            Instalment(date(2025, 12, 20), Decimal(300)),
        ),
    )
    book = ledger(account(plans=(plan,)), date(2025, 11, 30))
    assert book.defaulted_on == date(2025, 11, 20)
    assert book.balance.surcharge == Decimal(150)
    assert book.next_due == Instalment(DUE, Decimal(500))


def test_a_clause_may_make_the_missed_part_due_alone() -> None:
    plan = Plan(
        date(2025, 10, 20),
        (
            Instalment(date(2025, 11, 20), Decimal(200)),
            Instalment(date(2025, 12, 20), Decimal(300)),
        ),
        Clause.MISSED,
    )
    book = ledger(account(plans=(plan,)), date(2025, 11, 30))
    assert book.balance.surcharge == Decimal(60)


def test_surcharge_before_a_late_deferral_stays_and_grows_no_more() -> None:
    plan = Plan(after(11), (Instalment(after(60), Decimal(500)),))
    book = ledger(account(plans=(plan,)), after(50))
    assert book.balance.surcharge == Decimal(150)


def test_a_revocation_leaves_everything_paid_to_be_paid_back() -> None:
    late = account(
        receipts=(Receipt(after(2), Decimal(530)),),
        changes=(Change(date(2026, 1, 15), ZERO),),
        refunds=(Refund(date(2026, 1, 17), Decimal(530)),),
    )
    assert ledger(late, date(2026, 1, 14)).balance.total == 0
    assert ledger(late, date(2026, 1, 15)).balance.credit == Decimal(530)
    assert ledger(late, date(2026, 1, 17)).balance.credit == 0


def test_a_change_counts_from_the_start_also_for_the_surcharge() -> None:
    changed = account(changes=(Change(after(11), Decimal(300)),))
    book = ledger(changed, after(11))
    assert book.balance.fine == Decimal(300)
    assert book.balance.surcharge == Decimal(99)
    assert ledger(changed, after(10)).balance.surcharge == Decimal(150)


def test_what_is_paid_too_much_waits_for_its_refund() -> None:
    book = ledger(account(receipts=(Receipt(DUE, Decimal(650)),)), after(5))
    assert book.balance.credit == Decimal(150)
    assert book.allocations[0].fine == Decimal(500)


def test_fine_before_surcharge_unless_the_order_says_otherwise() -> None:
    receipt = Receipt(after(10), Decimal(300))
    first = ledger(account(receipts=(receipt,)), after(10))
    assert first.allocations[0].fine == Decimal(300)
    other = Terms(order=(Part.SURCHARGE, Part.FINE, Part.CONFISCATED))
    second = ledger(account(receipts=(receipt,), terms=other), after(10))
    assert second.allocations[0].surcharge == Decimal(150)
    assert second.allocations[0].fine == Decimal(150)


def test_a_waiver_takes_no_more_than_the_surcharge_that_there_is() -> None:
    book = ledger(account(waivers=(Waiver(after(2), Decimal(100)),)), after(2))
    assert book.balance.surcharge == 0
    assert book.balance.fine == Decimal(500)


def test_rounding_each_day_differs_from_rounding_the_total() -> None:
    fine = "33.37"
    by_total = ledger(account(fine), after(3)).balance.surcharge
    by_day = ledger(account(fine, terms=Terms(rounding=Rounding.DAY)), after(3)).balance.surcharge
    assert by_total == Decimal("3.00")
    assert by_day == Decimal("3.00")
    rate = Fraction(1, 100)
    total = ledger(account("33.45", terms=Terms(rate=rate)), after(3)).balance.surcharge
    day = ledger(
        account("33.45", terms=Terms(rate=rate, rounding=Rounding.DAY)), after(3)
    ).balance.surcharge
    assert (total, day) == (Decimal("1.00"), Decimal("0.99"))


def test_nothing_is_overdue_before_service() -> None:
    unserved = Account(decided=DECIDED, fine=Decimal(500))
    assert ledger(unserved, date(2026, 10, 9)).balance.total == Decimal(500)
    assert cap_day(unserved, DECIDED) is None
