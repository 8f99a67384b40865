"""Supervision: figures equal their lists, scope holds, a case shows all that was done."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from models.case import Case
from tests.webapp.conftest import Web
from tests.webapp.walking import fixtures
from webapp.presenters.supervision import harmless
from workflows.bootstrap import PACKS
from workflows.commands.bureau import GrantRole, RegisterPerson
from workflows.queries.supervision import CaseSet
from workflows.trials.player import play
from workflows.trials.scenarios import read_scenario

LATE = "2025-12-22T14:00"


@pytest.fixture
def late(web_at: Callable[..., Web]) -> Web:
    """The fruit shop's case at the inspection, two weeks after its ninety days."""
    web = web_at("inspect")
    web.move_to(LATE)
    return web


def numbers(page: str, wanted: str) -> set[str]:
    """What the links to a set say."""
    found = re.findall(rf'href="/supervision/cases\?set={wanted}[^"]*">([^<]*)</a>', page)
    return {digits for each in found for digits in re.findall(r"\d+", each)}


def test_officers_and_administrators_do_not_supervise(late: Web) -> None:
    for person in ("zhang_ming", "shi_lei", "fang_zhou"):
        client = late.client(person)
        paths = ("", "/cases", "/cases.csv", "/refusals", f"/cases/{late.case_id}")
        assert {client.get(f"/supervision{path}").status_code for path in paths} == {403}, person
    assert late.app.test_client().get("/supervision").status_code == 302


def test_every_figure_is_the_length_of_the_list_that_it_opens(late: Web) -> None:
    client = late.client("qiu_shan")
    board = client.get("/supervision").text
    for wanted, length in (("open", 1), ("late", 1), ("soon", 0), ("filed", 1), ("closed", 0)):
        assert numbers(board, wanted) <= {str(length)}, wanted
        rows = client.get(f"/supervision/cases?set={wanted}").text.count("<tr data-row>")
        assert rows == length, wanted
    assert "100.0%" in board


def test_a_late_case_stays_late_after_its_clock_has_fired_until_the_act_is_done(late: Web) -> None:
    page = late.client("qiu_shan").get("/supervision/cases?set=late").text
    assert "超期 13 天" in page
    assert "办案期限 90 日" in page
    assert late.case().next_due_at is not None


def test_a_case_is_soon_late_before_it_is_late(web_at: Callable[..., Web]) -> None:
    web = web_at("inspect")
    web.move_to("2025-12-08T09:00")
    client = web.client("qiu_shan")
    assert client.get("/supervision/cases?set=soon").text.count("<tr data-row>") == 1
    assert client.get("/supervision/cases?set=late").text.count("<tr data-row>") == 0


def test_filters_narrow_the_list_and_nothing_outside_the_scope_can_be_named(late: Web) -> None:
    client = late.client("qiu_shan")
    for query, rows in (
        ("subject=luotuo", 1),
        ("subject=xiepu", 0),
        ("unit=lt_squad", 1),
        ("stage=investigating", 0),
        ("clock=CLK_CASE", 1),
        ("clock=CLK_SERVE", 0),
    ):
        page = client.get(f"/supervision/cases?set=late&{query}").text
        assert page.count("<tr data-row>") == rows, query
    assert client.get("/supervision/cases?subject=zh_justice").status_code == 404
    assert client.get("/supervision/cases?set=everything").status_code == 404
    assert client.get("/supervision/cases?after=nonsense").status_code == 422


def test_a_supervisor_sees_only_granted_subjects(late: Web) -> None:
    execute = late.application.dispatcher.execute
    key = "he_ping"
    admin = late.theatre.person("shi_lei")
    register = RegisterPerson(key=key, name="何平", name_en="He Ping", password="long enough 12")
    grant = GrantRole(
        person=key, role="supervisor", unit="js_supervision", subject="xiepu",
        valid_from=date(2025, 1, 1),
    )  # fmt: skip
    for command in (register, grant):
        execute(command, actor=admin)
    client = late.client(key)
    assert client.get("/supervision/cases").text.count("<tr data-row>") == 0
    assert client.get(f"/supervision/cases/{late.case_id}").status_code == 404
    assert client.get("/supervision/cases?subject=luotuo").status_code == 404


def test_a_unit_head_sees_the_cases_of_the_unit(late: Web) -> None:
    assert late.client("sun_li").get(f"/supervision/cases/{late.case_id}").status_code == 200
    other = late.client("gu_wei").get(f"/supervision/cases/{late.case_id}")
    assert other.status_code == 404


def test_the_sheet_holds_the_list_and_no_formula(late: Web) -> None:
    with late.application.transactions.write() as session:
        session.get_one(Case, late.case_id).party_name = '=HYPERLINK("http://x","y")'
    answer = late.client("qiu_shan").get("/supervision/cases.csv?set=late")
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    header, row = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert len(header) == len(row)
    assert row[1].startswith("'=HYPERLINK")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert harmless("鲜果美") == "鲜果美"


def test_a_case_tells_what_each_act_was_given_and_what_it_changed(late: Web) -> None:
    page = late.client("qiu_shan").get(f"/supervision/cases/{late.case_id}").text
    assert "ApproveFiling" in page
    assert "&#34;outcome&#34;: &#34;file&#34;" in page
    assert "case_no" in page
    assert "password" not in page
    again = late.client("qiu_shan").get(f"/supervision/cases/{late.case_id}").text
    assert "邱珊" in again.split("谁看过")[1]


def test_the_trail_of_a_case_is_verified_and_a_change_in_it_is_found(late: Web) -> None:
    client = late.client("qiu_shan")
    address = f"/supervision/cases/{late.case_id}?verify=1"
    assert "没有改动、缺失或换序" in client.get(address).text
    with late.application.transactions.write() as session:
        session.execute(
            text("update audit_event set payload = '{}' where case_id = :c and position = 3"),
            {"c": late.case_id},
        )
    assert "第 3 条" in client.get(address).text


def test_a_refused_attempt_is_listed_with_its_rules(late: Web) -> None:
    from workflows.trials.theatre import Wish, command_of

    theatre = late.theatre
    actor = theatre.person("chen_jie")
    data = {"ended_at": "2025-12-22T13:30", "findings": "x", "cards_shown": True}
    wish = Wish(
        actor=actor, case_id=late.case_id, element="inspect", second="li_qiang",
        data={**data, "rights_told": True},
    )  # fmt: skip
    with pytest.raises(Exception, match=r"P01|not yours|may"):
        theatre.act(command_of(theatre.application, wish), actor)
    page = late.client("qiu_shan").get("/supervision/refusals").text
    (row,) = re.findall(r"<tr data-row>(.*?)</tr>", page, re.DOTALL)
    assert "陈洁" in row
    assert "<td>现场检查</td>" in row
    assert re.findall(r'<span class="tag">([^<]+)</span>', row) == ["P01"]


def test_the_sets_of_the_board_are_those_of_the_lists(late: Web) -> None:
    client = late.client("qiu_shan")
    assert {client.get(f"/supervision/cases?set={s}").status_code for s in CaseSet} == {200}


def test_the_faults_that_reviews_found_are_counted(web_at: Callable[..., Web]) -> None:
    web = web_at(None)
    whole = read_scenario(PACKS / "ordinary" / "scenarios" / "review_returns.yaml")
    steps = tuple(s for s in whole.steps if not s.expect.get("refused"))
    assert play(web.theatre, replace(whole, steps=steps), fixtures()).ok
    page = web.client("qian_hong").get("/supervision").text
    assert "审核未通过的原因" in page
    counted = dict(re.findall(r'<tr><td>([^<]+)</td><td class="r">(\d+)</td></tr>', page))
    assert counted == {"证据收集不全": "1", "适用依据错误": "1"}
