"""The register of remedies and the lessons in the browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.database import ROOT, Databases
from tests.webapp.conftest import Web, _web
from tests.workflows.stories import staged

SCENARIOS = ROOT / "bpmn" / "ordinary" / "scenarios"


@pytest.fixture(scope="module")
def told(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    """A reply that came late, in a matter that is not yet decided on."""
    url, folder = databases.with_bureau(), tmp_path_factory.mktemp("remedies")
    with staged(url, folder) as stage:
        stage.play("2025-07-01T00:00", SCENARIOS / "remedy_late_reply.yaml")
    web = _web(url, folder)
    yield web
    web.theatre.application.close()
    databases.drop(url)


def test_the_register_shows_where_each_stands_and_what_is_due(told: Web) -> None:
    page = told.client("wang_jing").get("/remedies").text
    assert "鲜果美水果店" in page
    assert "等待决定" in page
    assert "逾期答复" in page
    assert "2025-07-25" in page or "7月25日" in page


def test_the_register_is_filtered_and_taken_away(told: Web) -> None:
    client = told.client("wang_jing")
    assert "鲜果美水果店" not in client.get("/remedies?set=corrected").text
    assert "鲜果美水果店" in client.get("/remedies?set=all&kind=reconsideration&q=鲜果美").text
    assert "鲜果美水果店" not in client.get("/remedies?set=all&kind=litigation").text
    sheet = client.get("/remedies.csv?set=all")
    assert sheet.content_type.startswith("text/csv")
    assert "宁波市镇海区人民政府" in sheet.text


def test_those_who_do_not_keep_it_do_not_see_the_register(told: Web) -> None:
    assert told.client("zhang_ming").get("/remedies").status_code == 403
    assert told.client("zhang_ming").get("/lessons").status_code == 200


def test_the_page_of_the_case_carries_the_mark(told: Web) -> None:
    page = told.client("wang_jing").get("/remedies").text
    link = page.split('href="/cases/')[1].split('"')[0]
    assert "复议或者诉讼中" in told.client("wang_jing").get(f"/cases/{link}").text
