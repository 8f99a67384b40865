"""Language and theme: by link, by cookie, by the person's own choice, Chinese by default."""

import pytest
from flask import Flask, g
from flask.testing import FlaskClient

from webapp import i18n


@pytest.fixture
def client() -> FlaskClient:
    app = Flask(__name__)
    i18n.register(app)

    @app.get("/page")
    def page() -> str:
        return f"{i18n.html_lang()} {i18n.theme()} {i18n.with_preference('lang', 'en')}"

    @app.get("/own")
    def own() -> str:
        g.preferences = {"lang": "en", "theme": "dark"}
        return f"{i18n.html_lang()} {i18n.theme()}"

    return app.test_client()


def test_chinese_and_the_system_theme_come_first(client: FlaskClient) -> None:
    assert client.get("/page").text.startswith("zh-CN auto")


def test_a_link_changes_the_language_and_this_browser_remembers(client: FlaskClient) -> None:
    answer = client.get("/page?lang=en")
    assert answer.text.startswith("en ")
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert client.get("/page").text.startswith("en ")


def test_the_browser_goes_before_the_person_and_the_person_before_the_default(
    client: FlaskClient,
) -> None:
    assert client.get("/own").text == "en dark"
    client.get("/page?theme=light")
    assert client.get("/own").text == "en light"


@pytest.mark.parametrize("value", ["fr", "", "en\r\nX: y", "../etc"])
def test_an_unknown_choice_is_neither_used_nor_kept(client: FlaskClient, value: str) -> None:
    answer = client.get("/page", query_string={"lang": value, "theme": value})
    assert answer.text.startswith("zh-CN auto")
    assert "Set-Cookie" not in answer.headers


def test_the_switch_keeps_the_filters_of_the_page(client: FlaskClient) -> None:
    assert client.get("/page?view=mine&lang=zh").text.endswith("/page?view=mine&lang=en")


def test_bilingual_data_falls_back_to_chinese(client: FlaskClient) -> None:
    with client.application.test_request_context("/?lang=en"):
        assert i18n.tr({"zh": "听证", "en": "Hearing"}) == "Hearing"
        assert i18n.tr({"zh": "听证"}) == "听证"
        assert i18n.tr(None) == ""
