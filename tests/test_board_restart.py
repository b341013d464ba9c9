"""The server dies in the middle of the marketplace: every page is right soon after it is back."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser_looks import Look, chromium, looking
from tests.browser_site import Site
from tests.restarting import Restarting, restarting

pytestmark = pytest.mark.browser

PHONE, SCREEN = Look(), Look(1920, 1080)
# Five seconds on a quiet machine, which bench/restart.py measures; tests share theirs.
SOON = 10_000


async def joined(page: Page, path: str) -> None:
    async with page.expect_response(lambda answer: "/board/changes" in answer.url):
        await page.goto(f"/g/spring/{path}")


async def place(hall: Restarting, page: Page, number: int, round_: int, room: int) -> None:
    """Ben places a card by the form."""
    spot: dict[str, str | float | bool] = {"round": round_, "room": room, "seen": 999}
    headers = {"origin": hall.url, "sec-fetch-site": "same-origin"}
    path = f"/g/spring/sessions/{number}/place"
    answer = await page.request.post(path, form=spot, headers=headers)
    assert answer.ok


async def test_every_page_is_right_again_after_the_server_was_killed(tmp_path: Path) -> None:
    async with restarting(tmp_path / "data") as hall, chromium() as browser:
        site = Site(hall.url, hall.folder, {"ben": hall.ben}, {})
        async with (
            looking(browser, site, SCREEN, "ben", may_be_away=True) as ben,
            looking(browser, site, PHONE, may_be_away=True) as phone,
            looking(browser, site, SCREEN, may_be_away=True) as wall,
        ):
            await joined(ben, "arrange")
            await joined(phone, "board")
            await place(hall, ben, 1, 2, 1)
            await joined(wall, "wall?round=2")
            await hall.kill()
            await hall.place_untold(2, 2, 3)
            for page in (ben, phone, wall):
                await expect(page.locator("#cut-off")).to_contain_text("Trying again.")
            assert hall.proxy.refused > 0
            await hall.start()
            for page in (ben, phone, wall):
                await expect(page.locator("#spot-2-3")).to_contain_text("Homes", timeout=SOON)
                await expect(page.locator("#spot-2-1")).to_contain_text("Growing older")
                await expect(page.locator("#cut-off")).to_be_hidden()
            await place(hall, ben, 1, 2, 2)
            for page in (ben, phone, wall):
                await expect(page.locator("#spot-2-2")).to_contain_text("Growing older")
