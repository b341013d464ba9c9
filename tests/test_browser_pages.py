"""Every page in a real browser: axe, no sideways scroll, no small letters, no complaint.

With script on a light phone and on a large dark screen; without script on a tiny screen.
"""

from collections.abc import Awaitable, Callable, Iterable

import pytest
from playwright.async_api import Browser, Page

from tests.browser_addresses import BOOKING, COMING, GROUPS, PARTY, Stop
from tests.browser_axe import bring_axe, findings, script_off
from tests.browser_looks import (
    PHONE,
    SCREEN_DARK,
    SMALL,
    Look,
    change_look,
    looking,
)
from tests.browser_site import Site
from tests.browser_walk import answer_for_party, answer_with_needs

pytestmark = pytest.mark.browser

RECEIPT = Stop(f"{COMING}/book/check", press="book")
SAME_WITHOUT_SCRIPT = """() =>
    [...document.scripts].every(one => /\\/page\\.[0-9a-f]+\\.js$/.test(one.src))
    && !document.querySelector("#problem, [data-limit], noscript")"""
First = Callable[[Page], Awaitable[None]]


@pytest.mark.parametrize("group", GROUPS)
async def test_every_page(browser: Browser, site: Site, group: str) -> None:
    who, stops = GROUPS[group]
    await walk_twice(browser, site, who, stops)


async def test_every_page_of_a_booking(browser: Browser, site: Site) -> None:
    await walk_twice(browser, site, "", (*BOOKING, RECEIPT), answer_for_coming)


async def test_every_page_of_a_party(browser: Browser, site: Site) -> None:
    await walk_twice(browser, site, "", PARTY, answer_party_for_coming)


async def walk_twice(
    browser: Browser, site: Site, who: str, stops: Iterable[Stop], first: First | None = None
) -> None:
    """Open each page with script, then without where it can differ; collect what is wrong."""
    found: list[str] = []
    differing: list[Stop] = []
    async with looking(browser, site, PHONE, who) as page:
        if first:
            await first(page)
        await bring_axe(page)
        for stop in stops:
            found += await wrong_with_script(page, site, stop, differing)
    async with looking(browser, site, PHONE, who) as page:
        if first:
            await first(page)
        for stop in differing:
            found += await wrong_without_script(page, site, stop)
    assert found == []


async def wrong_with_script(page: Page, site: Site, stop: Stop, differing: list[Stop]) -> list[str]:
    """What is wrong with one page in each of its looks.

    Our one script for all pages changes nothing where there is no error and no limit to count
    down from. Such a page is the same without script, and is looked at as it is.
    """
    await change_look(page, PHONE)
    await reach(page, site, stop)
    found = await wrong_in(page, stop, PHONE, "script on")
    found += await wrong_in(page, stop, SCREEN_DARK, "script on", seen_before=True)
    # Whoever is led on has pressed something, or opened a link that later pages ask for.
    led_on = not page.url.endswith(stop.address.format(**site.places))
    if stop.press or led_on or not await page.evaluate(SAME_WITHOUT_SCRIPT):
        differing.append(stop)
    else:
        found += await wrong_in(page, stop, SMALL, "script on or off", seen_before=True)
    return found


async def wrong_without_script(page: Page, site: Site, stop: Stop) -> list[str]:
    """What is wrong with one page that runs no script."""
    await change_look(page, PHONE)
    async with script_off(page):
        await reach(page, site, stop)
    return await wrong_in(page, stop, SMALL, "script off")


async def wrong_in(
    page: Page, stop: Stop, look: Look, script: str, *, seen_before: bool = False
) -> list[str]:
    """What is wrong with the page as it stands in one look, a line for each."""
    await change_look(page, look)
    pressed = f" after {stop.press}" if stop.press else ""
    where = f"{stop.address}{pressed}, {look}, {script}"
    return [f"{where}: {line}" for line in await findings(page, seen_before=seen_before)]


async def reach(page: Page, site: Site, stop: Stop) -> None:
    """Open the page, and press its button when it has one to press."""
    answer = await page.goto(stop.address.format(**site.places))
    if stop.press:
        async with page.expect_navigation() as arriving:
            await page.click(f"#{stop.press}")
        answer = await arriving.value
    assert answer is not None
    assert (stop, answer.status) == (stop, stop.expect)


async def answer_for_coming(page: Page) -> None:
    await answer_with_needs(page, COMING)


async def answer_party_for_coming(page: Page) -> None:
    await answer_for_party(page, COMING)
