"""Random accounts against the second ledger (`day_by_day`), to the cent, on every day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from models.errors import Text
from tests.workflows.ledger.day_by_day import books, cents
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
    folded,
    ledger,
)

START = date(2025, 10, 9)
SPAN = 100
days = st.integers(0, SPAN).map(lambda n: START + timedelta(days=n))
yuan = st.integers(1, 200_000).map(lambda n: Decimal(n) / 100)
REASON = Text("复议期间不加处罚款", "No surcharge during reconsideration")

terms = st.builds(
    Terms,
    rate=st.sampled_from([Fraction(3, 100), Fraction(1, 20), Fraction(1, 1000)]),
    cap=st.sampled_from([Fraction(1), Fraction(1, 2)]),
    base=st.sampled_from(Base),
    rounding=st.sampled_from(Rounding),
    order=st.sampled_from(list(permutations(Part))),
)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    start = draw(days)
    count = draw(st.integers(1, 4))
    ends = sorted({start + timedelta(days=draw(st.integers(0, 60))) for _ in range(count)})
    parts = tuple(Instalment(day, draw(yuan)) for day in ends)
    return Plan(start, parts, draw(st.sampled_from(Clause)))


@st.composite
def pauses(draw: st.DrawFn) -> Pause:
    first = draw(days)
    last = draw(st.none() | st.integers(0, 50).map(lambda n: first + timedelta(days=n)))
    return Pause(REASON, first, last)


@st.composite
def receipts(draw: st.DrawFn) -> Receipt:
    amount = draw(yuan)
    meant = draw(st.sampled_from([ZERO, amount, (amount / 3).quantize(Decimal("0.01"))]))
    return Receipt(draw(days), amount, meant, draw(st.booleans()))


@st.composite
def accounts(draw: st.DrawFn) -> Account:
    """Any account, plausible or not: the sums have to agree on all of them."""
    fine = draw(st.integers(0, 300_000).map(lambda n: Decimal(n) / 100))
    by_start = {plan.start: plan for plan in draw(st.lists(plans(), max_size=2))}
    changes = draw(
        st.lists(st.builds(Change, days, yuan | st.just(ZERO), st.just(ZERO)), max_size=1)
    )
    return Account(
        decided=START,
        fine=fine,
        confiscated=draw(st.just(ZERO) | yuan),
        due=draw(st.none() | st.integers(0, 30).map(lambda n: START + timedelta(days=n))),
        terms=draw(terms),
        plans=tuple(by_start.values()),
        pauses=tuple(draw(st.lists(pauses(), max_size=3))),
        receipts=tuple(draw(st.lists(receipts(), max_size=5))),
        refunds=tuple(draw(st.lists(st.builds(Refund, days, yuan), max_size=1))),
        waivers=tuple(draw(st.lists(st.builds(Waiver, days, yuan), max_size=1))),
        changes=tuple(changes),
        stopped=draw(st.none() | days),
    )  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(accounts(), st.lists(st.integers(0, SPAN + 60), min_size=1, max_size=6))
def test_every_balance_equals_the_second_ledger_to_the_cent(
    account: Account, offsets: list[int]
) -> None:
    book = ledger(account, START + timedelta(days=SPAN + 60))
    for offset in offsets:
        evening = START + timedelta(days=offset)
        mine, other = book.on(evening), books(account, evening)
        assert cents(mine.fine) == other.fine
        assert cents(mine.confiscated) == other.confiscated
        assert cents(mine.surcharge) == other.surcharge
        assert cents(mine.credit) == other.credit


@settings(max_examples=100, deadline=None)
@given(accounts())
def test_lines_add_up_and_nothing_exceeds_the_law(account: Account) -> None:
    book = ledger(account, START + timedelta(days=SPAN + 60))
    total = sum((e.change.total - e.change.credit for e in book.entries), ZERO)
    assert total == book.balance.total - book.balance.credit
    assert ZERO <= book.accrued <= book.ceiling
    for index, receipt in enumerate(account.receipts):
        went = book.allocations[index]
        assert went.total + went.credit == receipt.amount
        assert min(went.fine, went.confiscated, went.surcharge, went.credit) >= 0
    for entry in book.entries:
        if entry.kind is Kind.SURCHARGED:
            assert not any(pause.covers(entry.day) for pause in account.pauses)
        if account.changes == ():
            assert entry.balance.fine >= 0
            assert entry.balance.surcharge >= 0


@settings(max_examples=60, deadline=None)
@given(accounts())
def test_folding_changes_no_sum(account: Account) -> None:
    book = ledger(account, START + timedelta(days=SPAN))
    lines = folded(book.entries)
    assert sum(line.days for line in lines) == len(book.entries)
    assert sum((line.change.total for line in lines), ZERO) == book.balance.total


@settings(max_examples=40, deadline=None)
@given(accounts())
def test_the_forecast_of_the_cap_is_the_day_on_which_it_is_reached(account: Account) -> None:
    last = START + timedelta(days=SPAN + 60)
    foretold = cap_day(account, last)
    assert foretold == ledger(account, max(foretold or last, last)).capped_on
