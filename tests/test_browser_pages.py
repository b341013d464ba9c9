"""Every page in a real browser: axe, no sideways scroll, no small letters, no complaint.

With script on a light phone and on a large dark screen; without script on a tiny screen.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable

import pytest
from playwright.async_api import Browser, Page

from tests.browser_addresses import BOOKING, COMING, GROUPS, PARTY, Stop
from tests.browser_axe import findings, script_off
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
WITH_SCRIPT, WITHOUT_SCRIPT = (PHONE, SCREEN_DARK), (SMALL,)


@pytest.mark.parametrize("group", GROUPS)
async def test_every_page(browser: Browser, site: Site, group: str) -> None:
    who, stops = GROUPS[group]
    await asyncio.gather(
        walk(browser, site, who, stops, script=True),
        walk(browser, site, who, stops, script=False),
    )


async def test_every_page_of_a_booking(browser: Browser, site: Site) -> None:
    await asyncio.gather(
        walk(browser, site, "", (*BOOKING, RECEIPT), script=True, first=answer_for_coming),
        walk(browser, site, "", (*BOOKING, RECEIPT), script=False, first=answer_for_coming),
    )


async def test_every_page_of_a_party(browser: Browser, site: Site) -> None:
    await asyncio.gather(
        walk(browser, site, "", PARTY, script=True, first=answer_party_for_coming),
        walk(browser, site, "", PARTY, script=False, first=answer_party_for_coming),
    )


async def walk(
    browser: Browser,
    site: Site,
    who: str,
    stops: Iterable[Stop],
    *,
    script: bool,
    first: Callable[[Page], Awaitable[None]] | None = None,
) -> None:
    """Open each page, and collect what is wrong with any before failing."""
    found: list[str] = []
    async with looking(browser, site, PHONE, who) as page:
        if first:
            await first(page)
        for stop in stops:
            found += await wrong_at(page, site, stop, script=script)
    assert found == []


async def wrong_at(page: Page, site: Site, stop: Stop, *, script: bool) -> list[str]:
    """What is wrong with one page in each of its looks."""
    found: list[str] = []
    await change_look(page, PHONE)
    if script:
        await reach(page, site, stop)
    else:
        async with script_off(page):
            await reach(page, site, stop)
    for place, look in enumerate(WITH_SCRIPT if script else WITHOUT_SCRIPT):
        await change_look(page, look)
        lines = await findings(page, seen_before=place > 0)
        found += [told(stop, look, line, script=script) for line in lines]
    return found


async def reach(page: Page, site: Site, stop: Stop) -> None:
    """Open the page, and press its button when it has one to press."""
    answer = await page.goto(stop.address.format(**site.places))
    if stop.press:
        async with page.expect_navigation() as arriving:
            await page.click(f"#{stop.press}")
        answer = await arriving.value
    assert answer is not None
    assert (stop, answer.status) == (stop, stop.expect)


def told(stop: Stop, look: Look, line: str, *, script: bool) -> str:
    pressed = f" after {stop.press}" if stop.press else ""
    return f"{stop.address}{pressed}, {look}, script {'on' if script else 'off'}: {line}"


async def answer_for_coming(page: Page) -> None:
    await answer_with_needs(page, COMING)


async def answer_party_for_coming(page: Page) -> None:
    await answer_for_party(page, COMING)
