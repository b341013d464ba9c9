"""Screens of the board in a real browser: where it begins, whose clock it keeps, and cut off."""

import re

import pytest
from playwright.async_api import expect

from tests.browser_looks import Look
from tests.test_board_browser import SCREEN, SIZES, WALLS, Hall, hall, joined

__all__ = ["hall"]

pytestmark = pytest.mark.browser

OWN_CLOCK = "{ const right = Date.now; Date.now = () => right() + %d; }"


async def test_the_board_begins_on_the_first_screen(hall: Hall) -> None:
    async with hall.open(WALLS[1], "ben") as ben:
        await joined(ben, "arrange")
        box = await ben.locator("#board").bounding_box()
        assert box is not None
        assert box["y"] < 360  # the upper half of the screen


@pytest.mark.parametrize("look", WALLS, ids=str)
async def test_a_wall_that_is_cut_off_says_since_when_and_hides_nothing(
    hall: Hall, look: Look
) -> None:
    async with hall.open(look) as wall:
        for part in ("opening", "announcing"):
            await hall.served.press("arrange/morning/phase", hall.served.ben, phase=part)
            if part == "announcing":
                await hall.served.press("arrange/morning/announce", hall.served.ben, press="next")
            await joined(wall, "wall")
            await wall.context.set_offline(True)
            said = wall.locator("#cut-off")
            await expect(said).to_have_text(re.compile(r"Showing 1?\d:\d\d[ap]m\. Trying again\."))
            below, above = (
                await said.bounding_box(),
                await wall.locator(".wall-join").bounding_box(),
            )
            assert below is not None
            assert above is not None
            assert above["y"] + above["height"] <= below["y"]
            assert (await wall.evaluate(SIZES))["scrolls"] is False
            await wall.context.set_offline(False)


async def test_a_screen_whose_own_clock_is_wrong_keeps_the_time_of_the_server(hall: Hall) -> None:
    """Two walls agree on the seconds, and a phone does not fetch its page again and again."""
    async with hall.open(SCREEN) as early, hall.open(SCREEN) as late, hall.open() as phone:
        for page, minutes in ((early, -10), (late, 10), (phone, 6 * 60)):
            await page.add_init_script(OWN_CLOCK % (minutes * 60_000))
        await hall.served.press("arrange/morning/announce", hall.served.ben, press="next")
        await joined(early, "wall")
        await joined(late, "wall")
        await joined(phone, "board")
        fetched: list[str] = []
        phone.on("request", lambda asked: fetched.append(asked.url))
        await phone.wait_for_timeout(2500)
        left = [int(await wall.inner_text("#clock")) for wall in (early, late)]
        assert abs(left[0] - left[1]) <= 1
        assert left[0] in range(40, 60)
        assert fetched == []
