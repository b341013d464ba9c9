"""The whole main job in a real browser, from the first link to a hidden comment."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests import browser_walk as walk
from tests.browser_looks import PHONE, SCREEN, Look, looking
from tests.browser_site import Site, serving

pytestmark = pytest.mark.browser

TITLES = ("Words we would rather hear", "What does a good day look like?")
UNKIND = "An unkind comment"


async def test_the_whole_job_with_script(browser: Browser, tmp_path: Path) -> None:
    async with (
        serving(tmp_path / "data") as site,
        looking(browser, site, SCREEN) as ada,
        looking(browser, site, PHONE) as cal,
        looking(browser, site, SCREEN) as wall,
    ):
        await before_the_day(ada, cal, site)
        await offer_both(cal)
        await cal.goto(f"{walk.GATHERING}/board")
        await wall.goto(f"{walk.GATHERING}/wall")
        await streams_joined(cal, wall)
        await walk.place_by_form(ada, 1, 1)
        await shows_soon(cal, wall, TITLES[0])
        await ada.goto(f"{walk.GATHERING}/arrange")
        await walk.place_by_drag(ada, 2, 2)
        await shows_soon(cal, wall, TITLES[1])
        await star(cal)
        await after_the_day(ada, cal, tmp_path)


async def test_the_whole_job_without_script(browser: Browser, tmp_path: Path) -> None:
    plain_phone, plain_screen = Look(script=False), Look(1280, 720, script=False)
    async with (
        serving(tmp_path / "data") as site,
        looking(browser, site, plain_screen) as ada,
        looking(browser, site, plain_phone) as cal,
    ):
        await before_the_day(ada, cal, site)
        await offer_both(cal)
        await walk.place_by_form(ada, 1, 1)
        await walk.place_by_form(ada, 2, 2)
        await cal.goto(f"{walk.GATHERING}/board")
        for title in TITLES:
            await expect(cal.locator("li.spot:visible", has_text=title)).to_contain_text("floor")
        await star(cal)
        await cal.goto(f"{walk.GATHERING}/wall")
        await expect(cal.locator("#board")).to_contain_text(TITLES[0])
        await after_the_day(ada, cal, tmp_path)


async def before_the_day(ada: Page, cal: Page, site: Site) -> None:
    await walk.choose_password(ada, site)
    await walk.plan_series_and_venue(ada)
    await walk.plan_gathering(ada, walk.soon())
    reference = await walk.book(cal)
    await walk.see_booking_and_need(ada, reference)


async def offer_both(cal: Page) -> None:
    for title in TITLES:
        await walk.offer(cal, title)


async def streams_joined(*pages: Page) -> None:
    """Wait until each page hears of changes, and mark it: a page loaded again has no mark."""
    for page in pages:
        await expect(page.locator("#live")).to_be_attached()
        await page.wait_for_function("() => connection !== null")
        await page.evaluate("() => { window.sameAsBefore = true }")


async def shows_soon(phone: Page, wall: Page, title: str) -> None:
    """Both show the session in its room by themselves, and neither was loaded again."""
    placed = phone.locator("[id^=spot-]", has_text=title)
    await expect(placed).to_be_visible(timeout=walk.SOON)
    await expect(wall.locator("#board")).to_contain_text(title, timeout=walk.SOON)
    for page in (phone, wall):
        assert await page.evaluate("() => window.sameAsBefore")


async def star(cal: Page) -> None:
    await cal.goto(f"{walk.GATHERING}/board")
    await cal.locator("#star-1").first.click()
    await expect(cal.locator("#star-1").first).to_contain_text("Starred")


async def after_the_day(ada: Page, cal: Page, folder: Path) -> None:
    await walk.keep_sheet(ada, folder)
    await walk.keep_artwork(ada, folder)
    await walk.publish_summary(ada)
    await walk.comment(cal, UNKIND)
    await walk.hide_comment(ada)
    await cal.goto(f"{walk.GATHERING}/summary")
    assert UNKIND not in await cal.locator("main").inner_text()
