"""Where the keyboard is: it stays while others change things, and goes to what is wrong."""

import pytest
from playwright.async_api import Browser, expect

from tests.browser_addresses import COMING, TODAY
from tests.browser_looks import PHONE, SCREEN, looking
from tests.browser_site import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("focus")]

FOCUSED = "() => document.activeElement.id"


async def test_focus_stays_while_another_facilitator_moves_a_card(
    browser: Browser, site: Site
) -> None:
    async with (
        looking(browser, site, SCREEN, "ben") as ben,
        looking(browser, site, SCREEN, "ada") as ada,
    ):
        await ben.goto(f"{TODAY}/arrange")
        await ben.wait_for_function("() => connection !== null")
        await ben.focus("#move-18")
        await ben.keyboard.press("Tab")
        await ben.keyboard.press("Shift+Tab")
        assert await ben.evaluate(FOCUSED) == "move-18"
        await ada.goto(f"{TODAY}/sessions/1/move")
        async with ada.expect_navigation():
            await ada.click("#take-off")
        await expect(ben.locator("#tray-1 #move-1")).to_be_visible()
        assert await ben.evaluate(FOCUSED) == "move-18"


async def test_what_is_wrong_has_the_focus(browser: Browser, site: Site) -> None:
    async with looking(browser, site, PHONE) as page:
        await page.goto(f"{COMING}/book/who")
        async with page.expect_navigation():
            await page.click("#continue")
        assert await page.evaluate(FOCUSED) == "problem"
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        assert await page.evaluate(FOCUSED) == "for_whom"
