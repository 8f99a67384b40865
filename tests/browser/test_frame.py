"""The scripts of the frame in a real browser, under the strict content policy."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.frame_site import Seen, served

QUIET = "Failed to load resource"


@dataclass
class Stage:
    """One page, the site under it, and what the site saw."""

    page: Page
    url: str
    seen: Seen

    def open(self, path: str) -> Page:
        """Go there."""
        self.page.goto(self.url + path)
        return self.page


@pytest.fixture
def stage(chromium: Browser) -> Iterator[Stage]:
    """A desktop page on the small site; its console must stay clean."""
    faults: list[str] = []
    seen = Seen()
    with served(seen) as url:
        context = chromium.new_context(viewport={"width": 1440, "height": 900})
        page = context.new_page()
        page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        yield Stage(page, url, seen)
        context.close()
    assert [fault for fault in faults if QUIET not in fault] == []


def test_a_number_key_chooses_and_fields_follow_the_choice(stage: Stage) -> None:
    page = stage.open("/form/legal_review")
    page.keyboard.press("1")
    expect(page.locator("[name=review][value=pass]")).to_be_checked()
    expect(page.locator("[data-field=failure_reasons]")).to_be_hidden()
    page.keyboard.press("3")
    expect(page.locator("[data-field=failure_reasons]")).to_be_visible()
    expect(page.locator("[data-field=reasons] [data-optional]")).to_be_hidden()


def test_a_hidden_field_is_not_sent(stage: Stage) -> None:
    page = stage.open("/form/legal_review")
    page.keyboard.press("3")
    page.locator("[name=failure_reasons]").first.check()
    page.keyboard.press("1")
    page.locator("[data-act]").click()
    expect(page.locator("[data-act]")).to_be_visible()
    assert stage.seen.posts[-1]["failure_reasons"] == []


def test_a_refusal_takes_the_focus_and_leads_to_its_field(stage: Stage) -> None:
    page = stage.open("/form/legal_review")
    page.keyboard.press("3")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".errsum")).to_be_focused()
    page.locator(".errsum a").first.click()
    expect(page.locator("#f-failure_reasons")).to_be_focused()


def test_a_draft_is_saved_while_typing_with_the_token_and_without_page_fields(stage: Stage) -> None:
    page = stage.open("/form/legal_review")
    page.fill("#f-reasons", "事实不清")
    expect(page.locator("[data-saved]")).to_have_text("已保存 14:02")
    assert stage.seen.drafts[-1]["reasons"] == ["事实不清"]
    assert not {"csrf_token", "_key", "_rev"} & set(stage.seen.drafts[-1])
    assert stage.seen.headers[-1]["X-Csrftoken"] == "token-of-this-session"


def test_what_could_not_be_saved_is_offered_again_after_a_reload(stage: Stage) -> None:
    stage.seen.drafts_fail = True
    page = stage.open("/form/legal_review")
    page.fill("#f-reasons", "断网时写的 𠮷")
    expect(page.locator("[data-saved]")).to_have_text("没有存到服务器，已存在本机")
    stage.seen.drafts_fail = False
    page.reload()
    expect(page.locator("#f-reasons")).to_have_value("")
    page.get_by_role("button", name="放回表单").click()
    expect(page.locator("#f-reasons")).to_have_value("断网时写的 𠮷")
    expect(page.locator("[data-saved]")).to_have_text("已保存 14:02")


def test_an_ended_session_keeps_the_text_and_offers_the_way_back(stage: Stage) -> None:
    stage.seen.signed_out = True
    page = stage.open("/form/legal_review")
    page.fill("#f-reasons", "写了一半")
    dialog = page.get_by_role("dialog", name="登录已过期")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("link", name="重新登录")).to_have_attribute(
        "href", "/sign-in?next=%2Fform%2Flegal_review"
    )
    assert "写了一半" in page.evaluate("sessionStorage['draft:/draft']")


def test_a_second_press_does_not_send_a_second_time(stage: Stage) -> None:
    page = stage.open("/form/legal_review")
    page.locator("form[data-main]").evaluate("form => [1, 2].forEach(() => form.requestSubmit())")
    expect(page.locator(".errsum")).to_be_visible()
    assert len(stage.seen.posts) == 1


def test_a_broken_upload_goes_on_where_it_stopped(stage: Stage, tmp_path: Path) -> None:
    content = os.urandom(200_000)
    photo = tmp_path / "现场照片.jpg"
    photo.write_bytes(content)
    stage.seen.chunks_to_break = 1
    page = stage.open("/form/start_lead")
    page.set_input_files("#f-evidence-file", photo)
    row = page.locator("[data-rowset] > li")
    expect(row).to_have_count(1, timeout=15_000)
    expect(row.locator("[name='evidence-0-name']")).to_have_value("现场照片")
    expect(row.locator("[name='evidence-0-file']")).to_have_value("evidence-u1")
    expect(row).to_contain_text(hashlib.sha256(content).hexdigest())
    assert bytes(stage.seen.uploads["u1"]) == content


def test_a_file_over_the_limit_is_refused_before_it_is_sent(stage: Stage, tmp_path: Path) -> None:
    big = tmp_path / "big.mp4"
    big.write_bytes(b"\0" * 5_000_001)
    page = stage.open("/form/start_lead")
    page.set_input_files("#f-evidence-file", big)
    expect(page.locator(".uplist .bad")).to_contain_text("超过上限 4.8 MB")
    assert stage.seen.uploads == {}


def test_rows_are_added_numbered_and_taken_away(stage: Stage) -> None:
    page = stage.open("/form/inquire")
    answers = page.locator("[data-field=answers]")
    answers.locator("[data-add-row]").click()
    expect(answers.locator("[data-row-number]")).to_have_text(["第 1 项", "第 2 项"])
    answers.locator("[data-remove-row]").first.click()
    expect(answers.locator("[name='answers-1-question']")).to_be_visible()
    expect(answers.locator("[data-row-number]")).to_have_text(["第 1 项"])


def test_a_list_is_walked_by_keys_and_opened(stage: Stage) -> None:
    page = stage.open("/list")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("tr.cur")).to_contain_text("阿涛私房菜")
    page.keyboard.press("x")
    expect(page.locator("[data-bulk]")).to_contain_text("已选 1 件")
    page.keyboard.press("Enter")
    page.wait_for_url("**/form/legal_review?of=2")


def test_keys_stay_letters_inside_a_field(stage: Stage) -> None:
    page = stage.open("/list")
    page.keyboard.press("/")
    page.keyboard.type("jx?1")
    expect(page.locator("#search")).to_have_value("jx?1")
    expect(page.locator("#key-help")).to_be_hidden()


def test_help_and_places_are_one_key_away(stage: Stage) -> None:
    page = stage.open("/list")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="快捷键")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("c")
    page.wait_for_url("**/cases")


def test_the_menu_closes_on_escape_and_gives_the_focus_back(stage: Stage) -> None:
    page = stage.open("/list")
    summary = page.locator("summary.who")
    summary.click()
    expect(page.get_by_role("link", name="English").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    expect(page.locator("details.menu[open]")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("path", ["/form/legal_review", "/form/hold_discussion", "/list"])
def test_axe_finds_nothing_serious(
    stage: Stage, serious_faults: Callable[[Page], list[str]], path: str, width: int, theme: str
) -> None:
    stage.page.set_viewport_size({"width": width, "height": 844})
    page = stage.open(f"{path}?theme={theme}")
    assert serious_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
