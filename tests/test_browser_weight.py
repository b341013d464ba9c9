"""What a phone has to fetch, how many screens a booking takes, and what a second visit costs."""

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser_addresses import COMING
from tests.browser_looks import PHONE, Look, looking
from tests.browser_site import Site
from tests.browser_walk import fill, press, tick

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("weight")]

MOST_BYTES, MOST_FONT_BYTES, MOST_SCREENS = 30_000, 45_000, 6
STEPS = ("who", "reach", "help", "day", "check")
STYLES = Path(__file__).parent.parent / "static"


@dataclass
class Fetched:
    """What came over the line for one page, by address, with headers."""

    kinds: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, float] = field(default_factory=dict)

    async def listen(self, page: Page) -> None:
        line = await page.context.new_cdp_session(page)
        line.on("Network.responseReceived", self._answered)
        line.on("Network.loadingFinished", self._finished)
        await line.send("Network.enable")

    def _answered(self, event: dict[str, object]) -> None:
        number, answer = str(event["requestId"]), event["response"]
        assert isinstance(answer, dict)
        self.kinds[number], self.addresses[number] = str(event["type"]), str(answer["url"])

    def _finished(self, event: dict[str, object]) -> None:
        size = event["encodedDataLength"]
        assert isinstance(size, int | float)
        self.sizes[str(event["requestId"])] = size

    def total(self, *, fonts: bool) -> float:
        return sum(
            size
            for number, size in self.sizes.items()
            if (self.kinds.get(number) == "Font") is fonts
        )

    def static(self) -> list[str]:
        """The static files that came over the line, not out of the browser's own store."""
        return [
            self.addresses[number]
            for number, size in self.sizes.items()
            if size and "/static/" in self.addresses.get(number, "")
        ]


@pytest.mark.parametrize("step", ["", *STEPS])
async def test_a_first_visit_is_light_and_a_second_fetches_no_file(
    browser: Browser, site: Site, step: str
) -> None:
    async with looking(browser, site, PHONE) as writer:
        if step:
            await answer_until(writer, step)
        address = writer.url if step else "/"
        kept = await writer.context.storage_state()
    async with looking(browser, site, PHONE) as page:
        await page.context.set_storage_state(kept)
        first = await visited(page, address)
        second = await visited(page, address)
    assert (first.total(fonts=False) < MOST_BYTES, first.sizes) == (True, first.sizes)
    assert 0 < first.total(fonts=True) < MOST_FONT_BYTES
    assert len(first.static()) > 3
    assert second.static() == []


async def test_a_booking_with_no_needs_takes_few_screens(browser: Browser, site: Site) -> None:
    async with looking(browser, site, Look(script=False)) as page:
        await page.goto(COMING)
        screens: list[str] = []
        page.on("load", lambda loaded: screens.append(loaded.url))
        await answer_until(page, "check")
        await press(page, "book")
        await expect(page.locator("h1")).to_contain_text("booked")
        assert 4 <= len(screens) <= MOST_SCREENS


def test_no_font_keeps_text_from_showing() -> None:
    faces = re.findall(
        r"@font-face\s*{[^}]*}", "".join(s.read_text() for s in STYLES.glob("*.css"))
    )
    assert len(faces) > 1
    assert [face for face in faces if not re.search(r"font-display:\s*(swap|optional)", face)] == []


async def answer_until(page: Page, step: str) -> None:
    """Answer the pages of a booking, with no needs, until this one shows."""
    await page.goto(f"{COMING}/book/who")
    if step == "who":
        return
    await tick(page, "#for_whom")
    await fill(page, name="Cal")
    await tick(page, "#supporter")
    await press(page, "continue")
    if step == "reach":
        return
    await tick(page, "#way-2")
    await fill(page, detail__phone="0161 496 0001")
    await press(page, "continue")
    if step == "help":
        return
    await tick(page, "#help")
    await press(page, "continue")
    if step == "day":
        return
    await press(page, "continue")


async def visited(page: Page, address: str) -> Fetched:
    """Open the page in a tab of its own and count until it has all that it needs."""
    tab, fetched = await page.context.new_page(), Fetched()
    await fetched.listen(tab)
    await tab.goto(address, wait_until="networkidle")
    await tab.close()
    return fetched
