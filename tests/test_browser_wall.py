"""The wall can be read from the back of the room: large letters, and nothing to scroll."""

import pytest
from playwright.async_api import Browser

from tests.browser_addresses import TODAY
from tests.browser_looks import Look, looking
from tests.browser_site import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("wall")]

TITLES, ANYTHING = 6.0, 4.2
SCREENS = (Look(1920, 1080), Look(1280, 720), Look(1024, 768))
SIZES = """selector => [...document.querySelectorAll(selector)].filter(
    one => one.checkVisibility() && !one.closest(".vh") && [...one.childNodes].some(
        node => node.nodeType === 3 && node.textContent.trim())).map(
    one => [one.textContent.trim().slice(0, 40),
            100 * parseFloat(getComputedStyle(one).fontSize) / innerHeight])"""
SCROLLS = """() => [document.documentElement.scrollHeight - innerHeight,
    document.documentElement.scrollWidth - innerWidth].map(over => Math.max(over, 0))"""


@pytest.mark.parametrize("look", SCREENS, ids=str)
@pytest.mark.parametrize("round_number", [3, 4])
async def test_the_wall_is_legible(
    browser: Browser, site: Site, look: Look, round_number: int
) -> None:
    async with looking(browser, site, look) as page:
        await page.goto(f"{TODAY}/wall?round={round_number}")
        await page.wait_for_function(
            "() => connection !== null && document.fonts.status === 'loaded'"
        )
        await page.wait_for_timeout(1000)
        assert await page.evaluate(SCROLLS) == [0, 0]
        titles = await page.evaluate(SIZES, ".wall-title")
        assert len(titles) > 1
        assert [title for title in titles if title[1] < TITLES - 0.01] == []
        everything = await page.evaluate(SIZES, "body *")
        assert [words for words in everything if words[1] < ANYTHING - 0.01] == []
