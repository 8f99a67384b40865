"""The list of laws, and where each is used."""

from __future__ import annotations

from collections.abc import Callable

from flask.testing import FlaskClient

from tests.webapp.conftest import Web


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_every_text_is_listed_with_its_days_and_matters(
    web: Web, client_of: Callable[..., FlaskClient]
) -> None:
    text = page(client_of("zhang_ming"), "/law/laws")
    assert "中华人民共和国行政处罚法" in text
    assert "2021年7月15日" in text
    assert "浙江省城市市容和环境卫生管理条例" in text


def test_a_text_names_the_matters_and_the_steps_that_rest_on_its_articles(
    web: Web, client_of: Callable[..., FlaskClient]
) -> None:
    officer = client_of("zhang_ming")
    assert "超出门、窗" in page(officer, "/law/laws/ZJ-SR")
    rules = page(officer, "/law/laws/APL")
    assert "询问当事人" in rules
    assert "行政处罚普通程序" in rules


def test_a_text_that_may_be_repealed_says_so(
    web: Web, client_of: Callable[..., FlaskClient]
) -> None:
    assert "2026年8月15日" in page(client_of("zhang_ming"), "/law/laws/DQF")
    assert client_of("zhang_ming").get("/law/laws/NONE").status_code == 404
