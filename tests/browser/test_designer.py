"""The designer's change in a real browser: drawn, bound, released by a second person, and taken by
the next case."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import FloatRect, Page, expect

from tests.browser.live import Site, running_site
from tests.browser.offices import Office
from tests.database import Databases
from workflows.bootstrap import PACKS
from workflows.reference.book import load_reference
from workflows.reference.fixtures import load_fixtures
from workflows.trials.scenarios import read_scenario

SHARED = PACKS / "_shared"
STORY = PACKS / "ordinary" / "scenarios" / "street_case.yaml"


@pytest.fixture
def bureau(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of its own: what is released here must not reach other tests."""
    url = databases.with_bureau()
    with running_site(url, tmp_path_factory.mktemp("designer")) as site:
        yield site
    databases.drop(url)


def test_a_step_that_a_designer_draws_is_taken_by_the_next_case(
    bureau: Site, open_page: Callable[..., Page]
) -> None:
    fixtures = load_fixtures(SHARED / "fixtures", load_reference(SHARED))
    party = fixtures.parties["fruit_shop"].name
    office = Office(bureau, lambda: open_page(site=bureau), fixtures, party)
    designer = office.page("fang_zhou")
    begin(designer)
    draw(designer)
    bind(designer)
    designer.get_by_role("link", name="送审启用").click()
    designer.fill("#note", "询问前先核对照片")
    designer.get_by_role("button", name="送审，请另一人启用").click()
    expect(designer.get_by_text("等流程启用人审阅")).to_be_visible()
    release(office.page("ren_jing"), designer.url)

    office.play(read_scenario(STORY), until="inquire")
    office.desk("zhang_ming", "photo_check")
    desk = office.page("zhang_ming")
    expect(desk.locator("h1").first).to_contain_text("照片核对")
    desk.locator('input[name="clear"][value="yes"]').check(force=True)
    desk.get_by_role("button", name="提交核对结果").click()
    office.desk("zhang_ming", "inquire")
    expect(office.page("zhang_ming").locator("h1").first).to_contain_text("询问当事人")
    bureau.run_clock()


@pytest.mark.parametrize("phone", [False, True], ids=["1440", "390"])
def test_the_pages_of_a_draft_are_accessible_and_fit_the_screen(
    site: Site,
    open_page: Callable[..., Page],
    serious_faults: Callable[[Page], list[str]],
    phone: bool,
) -> None:
    desk = Office(site, open_page, load_fixtures(SHARED / "fixtures", load_reference(SHARED)), "")
    begin(desk.page("fang_zhou"))
    address = desk.page("fang_zhou").url
    page = open_page(phone=phone)
    page.context.add_cookies(desk.page("fang_zhou").context.cookies())  # type: ignore[arg-type]
    found = {}
    for part in ("", "/files?path=_shared/forms/inspect.yaml", "/compare", "/steps/inspect"):
        page.goto(address + part)
        page.wait_for_load_state("networkidle")
        wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        found[part] = serious_faults(page) + ([f"{wider} px too wide"] if wider > 1 else [])
    assert {part: faults for part, faults in found.items() if faults} == {}


def begin(page: Page) -> None:
    """A draft from the current version, on the drawing board."""
    page.goto("/packs")
    page.locator('[aria-labelledby="h-ordinary"] a.main').first.click()
    page.click("[data-open=new-draft]")
    page.fill("#title", "加一步照片核对")
    page.locator("dialog[open] .pri").click()
    expect(page.locator("[data-designer][data-ready]")).to_be_visible()


def draw(page: Page) -> None:
    """Make room after the inspection, drop a task on the arrow, make it a user task, name it."""
    first, second = box(page, "inspect"), box(page, "inquire")
    middle, height = between(first, second)
    page.click('.djs-palette [data-action="space-tool"]')
    page.mouse.move(middle, height - 60)
    page.mouse.down()
    page.mouse.move(middle + 110, height - 60, steps=12)
    page.mouse.up()
    middle, height = between(box(page, "inspect"), box(page, "inquire"))
    page.click('.djs-palette [data-action="create.task"]')
    page.mouse.move(middle, height + 60, steps=4)
    page.mouse.move(middle, height, steps=6)
    page.mouse.click(middle, height)
    page.locator('.djs-context-pad [data-action="replace"]').click()
    page.locator('[data-id="replace-with-user-task"]').click()
    page.mouse.dblclick(middle, height)
    page.keyboard.type("照片核对")
    page.keyboard.press("Enter")
    select(page, middle, height)
    found = page.locator("[data-findings] li", has_text="任务“照片核对”没有在 pack.yaml 中绑定")
    expect(found).to_be_visible()
    seconds = re.search(r"[\d.]+", page.locator("[data-finding-time]").inner_text())
    assert seconds is not None
    assert float(seconds[0]) > 0


def select(page: Page, x: float, y: float) -> None:
    """Click the step until it is the chosen one: a click on a chosen step lets it go."""
    page.wait_for_timeout(400)  # apart from the double click before
    if page.locator("[data-binding] h2").count() == 0:
        page.mouse.click(x, y)
    expect(page.locator("[data-binding] h2")).to_have_text("照片核对")


def box(page: Page, element: str) -> FloatRect:
    """Where an element stands on the screen."""
    shape = page.locator(f'.djs-element[data-element-id="{element}"] > .djs-visual').first
    found = shape.bounding_box()
    assert found is not None
    return found


def between(first: FloatRect, second: FloatRect) -> tuple[float, float]:
    """The middle of the arrow from one step to the next."""
    middle = (first["x"] + first["width"] + second["x"]) / 2
    return middle, first["y"] + first["height"] / 2


def bind(page: Page) -> None:
    """The new step records a form of its own."""
    expect(page.locator("[data-binding] h2")).to_have_text("照片核对")
    page.get_by_role("button", name="绑定这一步").click()
    page.fill('[name="en"]', "Check the photos")
    page.fill('[name="act_zh"]', "提交核对结果")
    page.fill('[name="new_form"]', "photo_check")
    page.locator('[data-field="fields"] [data-add-row]').click()
    for name, text in (("name", "clear"), ("zh", "照片清楚"), ("en", "Photos are clear")):
        page.fill(f'[name="fields-0-{name}"]', text)
    page.select_option('[name="fields-0-type"]', "choice")
    page.locator('[name="fields-0-required"]').check(force=True)
    page.fill('[name="fields-0-options"]', "yes 是 / Yes\nno 否 / No")
    page.get_by_role("button", name="保存绑定").click()
    expect(page.locator("[data-finding-count]")).to_contain_text("没有发现问题")


def release(page: Page, address: str) -> None:
    """The second person reads what changes and releases it."""
    page.goto(address)
    changes = page.locator(".changes")
    expect(changes).to_contain_text("照片核对")
    expect(page.get_by_text("forms/photo_check.yaml")).to_be_visible()
    page.get_by_role("button", name="启用新版").click()
    expect(page.locator("h1")).to_contain_text("第 2 版")
