"""The account page, the calculator and the cash list, as people open them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from tests.webapp.conftest import Web
from webapp.presenters import account as presenter
from workflows.queries.money import money_of

PAID = {"amount": "200", "receipt_no": "330211000901", "paid_at": "2025-10-15T09:00"}


@pytest.fixture
def web(web_at: Callable[..., Web]) -> Web:
    return web_at("record_payment")


def test_the_account_explains_every_figure_on_the_day_that_is_asked_for(web: Web) -> None:
    page = web.client("zheng_hui").get(f"/cases/{web.case_id}/ledger?day=2025-11-06").text
    assert "罚款账" in page
    assert "加处罚款：500.00元 × 3% × 10日 = 150.00元" in page
    assert "650" in page
    assert "<polygon" in page
    assert "style=" not in page.split("<svg viewBox", 1)[1].split("</svg>", 1)[0]


def test_the_account_goes_into_a_spreadsheet_day_by_day(web: Web) -> None:
    answer = web.client("zheng_hui").get(f"/cases/{web.case_id}/ledger.csv?day=2025-10-29")
    rows = answer.text.strip().splitlines()
    assert answer.content_type.startswith("text/csv")
    assert rows[1].startswith("2025-10-09,")
    assert [row.split(",")[0] for row in rows[2:]] == ["2025-10-28", "2025-10-29"]


def test_strangers_do_not_find_the_account_of_a_case(web: Web) -> None:
    assert web.client("hu_jing").get(f"/cases/{web.case_id}/ledger").status_code == 404


def test_the_calculator_counts_without_a_case(web: Web) -> None:
    client = web.client("zhang_ming")
    assert client.get("/calculator").status_code == 200
    late = client.get("/calculator?fine=500&due=2025-10-27&day=2025-12-31").text
    assert "达到上限500.00元" in late
    paid = client.get(
        "/calculator?fine=500&due=2025-10-27&day=2025-11-06&paid_on=2025-10-27&paid=200"
        "&pause_from=2025-11-01&pause_to=2025-11-30"
    ).text
    assert "加处罚款：300.00元 × 3% × 4日 = 36.00元" in paid
    assert "请填写罚款数额和缴款期限" in client.get("/calculator?fine=x&due=2025-10-27").text
    assert "不能早于缴款期限" in client.get("/calculator?fine=5&due=2025-10-27&day=2025-01-01").text


def test_cash_on_its_way_is_listed_for_those_who_carry_it(web: Web) -> None:
    assert "没有在途的现金" in web.client("zhang_ming").get("/cash").text
    assert web.client("wang_jing").get("/cash").status_code == 403


def test_the_drawing_has_nothing_to_draw_on_the_first_day(web: Web) -> None:
    assert web.case_id is not None
    with web.application.transactions.read() as session:
        actor = web.theatre.person("zheng_hui")
        now = web.application.dispatcher.clock()
        found = money_of(session, actor, web.case_id, now, now.date())
    assert found.account is not None
    book = found.book(found.account.decided)
    assert book is not None
    assert book.balance.total == Decimal(500)
    assert presenter.drawing(book, found.account.decided) is None
