"""The board in a real browser: several people at once, mouse, keyboard, cut off, from afar."""

import re
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from litestar import Litestar
from playwright.async_api import Browser, Page, expect

from gatherings.planning.tables import Room
from sessions.board import merging
from tests.board_server import Served, serving
from tests.browser_axe import findings
from tests.browser_looks import Look, looking
from tests.browser_site import Site
from tests.need_rows import LOOP, booked, starred
from web.database import write

pytestmark = pytest.mark.browser

PHONE, PHONE_PLAIN, SMALL = Look(), Look(script=False), Look(320, 256)
SCREEN = Look(1920, 1080)
WALLS = (Look(1920, 1080), Look(1280, 720), Look(1024, 768))
LONG = "Sixty characters: who decides, and who is asked beforehand?!"
SIZES = """() => {
    const share = (one) => 100 * parseFloat(getComputedStyle(one).fontSize) / innerHeight;
    const seen = [...document.querySelectorAll("main *")].filter(
        (one) => [...one.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())
            && !one.closest(".vh, .said-bar, svg, [hidden]"));
    return {
        titles: Math.min(...[...document.querySelectorAll(".wall-title")].map(share)),
        smallest: Math.min(...seen.map(share)),
        scrolls: document.documentElement.scrollHeight > innerHeight
            || document.documentElement.scrollWidth > innerWidth,
    };
}"""


class Hall:
    """A served hall and a browser; `open` gives a page of it as somebody with a screen sees it."""

    def __init__(self, served: Served, browser: Browser) -> None:
        self.served, self.browser = served, browser
        self.site = Site(served.url, Path(), {"ben": served.ben, "dee": served.dee}, {})

    def open(self, look: Look = PHONE, who: str = "") -> AbstractAsyncContextManager[Page]:
        return looking(self.browser, self.site, look, who)


@pytest.fixture
async def hall(app: Litestar, browser: Browser) -> AsyncIterator[Hall]:
    async with serving(app) as served:
        yield Hall(served, browser)


async def joined(page: Page, path: str) -> None:
    """Open a page and wait until its stream is there."""
    async with page.expect_response(lambda answer: "/board/changes" in answer.url):
        await page.goto(f"/g/spring/{path}")


async def drag(page: Page, source: str, target: str) -> None:
    """With a real mouse, a few steps at a time, as a hand does."""
    await page.locator(source).hover(position={"x": 15, "y": 15})
    await page.mouse.down()
    box = await page.locator(target).bounding_box()
    assert box is not None
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    # Not by hover(): the library keeps an element of its own below the pointer.
    await page.mouse.move(*middle, steps=4)
    await expect(page.locator(f"{target}.over")).to_be_visible()
    await page.mouse.up()


async def test_a_drag_is_on_every_phone_and_on_the_wall_without_a_reload(hall: Hall) -> None:
    """Two facilitators, a wall and three phones at once."""
    async with (
        hall.open(SCREEN, "ben") as ben,
        hall.open(SCREEN, "ben") as another,
        hall.open(SCREEN) as wall,
        hall.open() as phone,
        hall.open() as host,
        hall.open() as third,
    ):
        await host.goto("/g/spring/offer")
        await host.get_by_label("What is your session about?").fill("Mine")
        await host.get_by_role("button", name="Offer this session").click()
        await hall.served.place(2, 2, 1)
        for page, path in ((ben, "arrange"), (another, "arrange"), (wall, "wall")):
            await joined(page, path)
        for page in (phone, host, third):
            await joined(page, "board")
        await phone.locator("#star-1").focus()
        await drag(ben, "#card-1", "#spot-2-2")
        for page in (wall, phone, host, third):
            await expect(page.locator("#spot-2-2")).to_contain_text("Growing older", timeout=15_000)
        for page in (ben, another):
            await expect(page.locator("#spot-2-2 #card-1")).to_be_visible(timeout=15_000)
        await expect(phone.locator("#said")).to_contain_text("“Growing older” is in Library")
        await expect(phone.locator("#waiting-1")).to_be_hidden()
        await expect(phone.locator("#star-1")).to_be_focused()
        await expect(ben.locator("#move-1")).to_be_focused()
        await hall.served.press("arrange/morning/announce", hall.served.ben, number=3)
        await expect(wall.locator("h1")).to_have_text("Mine")
        await expect(host.locator("#your-turn")).to_have_text("It is your turn.")
        await expect(host.locator("#said")).to_have_text("It is your turn.", timeout=8_000)
        await expect(third.locator("#your-turn")).to_be_hidden()
        assert await host.locator("[role=status], [aria-live]").count() == 1


async def test_spots_say_whether_they_take_a_card_while_it_is_carried(hall: Hall) -> None:
    async with hall.open(SCREEN, "ben") as ben:
        await hall.served.place(1, 2, 1)
        await joined(ben, "arrange")
        await ben.locator("#card-2").hover(position={"x": 15, "y": 15})
        await ben.mouse.down()
        await ben.mouse.move(700, 500, steps=4)
        free, taken = ben.locator("#spot-2-2.takes"), ben.locator("#spot-2-1")
        await expect(free).to_have_attribute("data-says", re.compile("It fits here."))
        await expect(taken).to_have_attribute("data-says", re.compile("is already in Large"))
        await ben.mouse.up()
        await expect(free).to_have_count(0)
        await expect(ben.locator("[data-says]")).to_have_count(0)


async def test_a_drag_onto_a_taken_spot_offers_to_swap(hall: Hall) -> None:
    await hall.served.place(2, 2, 1)
    async with hall.open(SCREEN, "ben") as ben:
        await joined(ben, "arrange")
        await drag(ben, "#card-1", "#spot-2-1")
        dialog = ben.locator("dialog[open]")
        await expect(dialog).to_contain_text("“Homes” is already in Large meeting room")
        assert await findings(ben) == []
        await dialog.get_by_role("button", name="Swap them").click()
        await expect(ben.locator("#spot-2-1 #card-1")).to_be_visible()
        await expect(ben.locator("#tray-2 #card-2")).to_be_visible()
        await expect(dialog).to_be_hidden()
        await drag(ben, "#card-1", ".tray-box")
        await expect(ben.locator("#tray-1 #card-1")).to_be_visible()


async def test_a_drag_to_where_something_is_missing_asks_why(hall: Hall) -> None:
    here = hall.served.hall.gathering
    await hall.served.place(2, 2, 1)
    async with hall.open(SCREEN, "ben") as ben, hall.open(SCREEN, "ben") as another:
        await joined(ben, "arrange")
        await joined(another, "arrange")
        for number in (1, 2):
            await starred(here, number, await booked(here, LOOP))
        await drag(ben, "#card-1", "#spot-2-2")
        dialog = ben.locator("dialog[open]")
        await expect(dialog).to_contain_text("nobody has checked")
        assert await findings(ben) == []
        await dialog.get_by_label("Why it goes there").fill("We asked them")
        await dialog.get_by_role("button", name="all the same").click()
        await expect(ben.locator("#spot-2-2 #card-1")).to_be_visible()
        await expect(another.locator("#spot-2-2 #card-1")).to_be_visible(timeout=15_000)
        await expect(another.locator("#watch")).to_contain_text("Homes: Large", timeout=15_000)


async def test_a_card_is_placed_by_keyboard_alone_and_focus_comes_back(hall: Hall) -> None:
    async with hall.open(SCREEN, "ben") as ben:
        await joined(ben, "arrange")
        await ben.locator("#move-1").focus()
        await ben.keyboard.press("Enter")
        await expect(ben.locator("dialog h2")).to_be_focused()
        assert await findings(ben) == []
        await ben.keyboard.press("Tab")
        await ben.keyboard.type("3:")
        await ben.locator("dialog #round").select_option("3")
        await ben.keyboard.press("Tab")
        await ben.keyboard.type("Garden")
        await ben.keyboard.press("Tab")
        await ben.keyboard.press("Enter")
        await expect(ben.locator("#spot-3-3 #card-1")).to_be_visible()
        await expect(ben.locator("#move-1")).to_be_focused()
        await ben.keyboard.press("Enter")
        await expect(ben.locator("dialog[open]")).to_be_visible()
        await ben.keyboard.press("Escape")
        await expect(ben.locator("#move-1")).to_be_focused()


async def test_a_form_in_the_dialog_without_a_round_says_so(hall: Hall) -> None:
    async with hall.open(PHONE, "ben") as ben:
        await joined(ben, "arrange")
        await ben.locator("#move-1").click()
        await ben.locator("dialog").get_by_role("button", name="Put it there").click()
        await expect(ben.locator("dialog #problem")).to_contain_text("Choose a round")
        assert await findings(ben) == []


async def test_stars_are_marked_without_a_reload_and_follow_the_session(hall: Hall) -> None:
    async with hall.open() as phone:
        await joined(phone, "board")
        await phone.locator("#star-1").click()
        await expect(phone.locator("#star-1")).to_contain_text("Starred")
        await expect(phone.locator("#mine")).to_contain_text("Growing older waits for a room")
        await hall.served.place(1, 2, 2)
        await expect(phone.locator("#spot-2-2 #star-1")).to_contain_text("Starred")
        await expect(phone.locator("#mine")).to_contain_text("Library")
        await phone.locator("#star-1").click()
        await expect(phone.locator("#star-1")).to_have_attribute("value", "on")


async def test_a_host_sees_where_their_session_goes_and_what_is_asked(hall: Hall) -> None:
    async with hall.open() as phone:
        await phone.goto("/g/spring/offer")
        await phone.fill("#title", "Buses")
        await phone.click("#offer-now")
        await joined(phone, "board")
        await hall.served.place(3, 3, 1)
        await expect(phone.locator(".my-list")).to_contain_text("Large meeting room")
        await hall.served.press("sessions/1/merge", hall.served.ben, other=3)
        await phone.evaluate("freshen('#asked')")
        asked = "Would you like to join “Buses”"  # said five seconds after the sentence before it
        await expect(phone.locator("#said")).to_contain_text(asked, timeout=15_000)
        await phone.click("#asked-1")
        await phone.click("#merge-no")
        await joined(phone, "board")
        await expect(phone.locator("#asked")).to_be_empty()


async def test_updates_can_be_paused_and_catch_up(hall: Hall) -> None:
    async with hall.open() as phone:
        await joined(phone, "board")
        await phone.locator("#pause").click()
        await hall.served.place(1, 2, 2)
        await phone.wait_for_timeout(400)
        await expect(phone.locator("#waiting-1")).to_be_visible()
        await phone.locator("#pause").click()
        await expect(phone.locator("#spot-2-2")).to_contain_text("Growing older")


async def test_a_page_that_is_cut_off_says_so_and_misses_nothing(hall: Hall) -> None:
    async with hall.open() as phone:
        await joined(phone, "board")
        await phone.context.set_offline(True)
        await expect(phone.locator("#cut-off")).to_contain_text("Trying again.")
        await hall.served.place(1, 2, 2)
        await phone.context.set_offline(False)
        await expect(phone.locator("#spot-2-2")).to_contain_text("Growing older")
        await expect(phone.locator("#cut-off")).to_be_hidden()


async def test_a_stream_that_the_server_ended_is_joined_again(hall: Hall, app: Litestar) -> None:
    async with hall.open() as phone:
        await joined(phone, "board")
        app.state.hub.channel(("board", hall.served.hall.gathering, "phones")).end()
        await hall.served.place(1, 2, 2)
        await expect(phone.locator("#spot-2-2")).to_contain_text("Growing older")


async def test_many_changes_are_one_sentence(hall: Hall) -> None:
    await hall.served.hall.offer("A third")
    await hall.served.hall.offer("A fourth")
    async with hall.open() as phone:
        await joined(phone, "board")
        for number, round_, room in ((1, 2, 1), (2, 2, 2), (3, 2, 3), (4, 3, 1)):
            await hall.served.place(number, round_, room)
        await expect(phone.locator("#said")).to_have_text("3 changes.", timeout=7000)


async def test_the_wall_leaves_its_invitation_with_the_first_placed_session(hall: Hall) -> None:
    async with hall.open(SCREEN) as wall:
        await joined(wall, "wall")
        await expect(wall.locator("h1")).to_have_text("What do you want to talk about?")
        await hall.served.press("offer", title="A third", name="Cal", token="t")
        await expect(wall.locator("#wall-count")).to_contain_text("3 sessions")
        await hall.served.place(1, 2, 2)
        await expect(wall.locator("h1")).to_have_text("Now: Round 1")
        await expect(wall.locator("#spot-2-2")).to_contain_text("Growing older")


@pytest.mark.parametrize("look", WALLS, ids=str)
async def test_the_wall_is_read_from_the_back_of_the_room(hall: Hall, look: Look) -> None:
    for number, room in ((3, 1), (4, 2), (5, 3)):
        await hall.served.hall.offer(LONG)
        await hall.served.place(number, 2, room)
    async with hall.open(look) as wall:
        for path in ("wall", "wall?size=8", "wall?round=next"):
            await joined(wall, path)
            await wall.wait_for_timeout(300)
            seen = await wall.evaluate(SIZES)
            assert seen["titles"] >= 6
            assert seen["smallest"] >= 4.2
            assert seen["scrolls"] is False
        for phase in ("arriving", "opening", "calling", "sessions", "market", "closing", "placing"):
            await hall.served.press("arrange/morning/phase", hall.served.ben, phase=phase)
            await in_order(wall, phase, axe=look == WALLS[0])
        await show_where_it_fits(hall, wall)
        await in_order(wall, "card in hand", axe=look == WALLS[0])
        await hall.served.press("arrange/morning/announce", hall.served.ben, number=3)
        await in_order(wall, "announcing", axe=look == WALLS[0])


async def show_where_it_fits(hall: Hall, wall: Page) -> None:
    """An open wall with six rooms shows a long card in hand, and keeps its letters."""
    first = await Room.objects().first()
    assert first is not None
    for position in (4, 5, 6):
        await Room(venue=first.venue, position=position, name=f"Room {position}", capacity=9).save()
    await hall.served.hall.offer(LONG, marks="bsl captions step_free loop quiet", length=2)
    await joined(wall, "wall")
    await hall.served.press("sessions/6/show", hall.served.ben, round=2)
    await expect(wall.locator("#wall-hand")).to_contain_text(LONG)
    await expect(wall.locator("#spot-2-1")).to_contain_text("Taken: ")
    await wall.wait_for_timeout(600)
    seen = await wall.evaluate(SIZES)
    assert (seen["titles"] >= 6, seen["smallest"] >= 4.2, seen["scrolls"]) == (True, True, False)


async def in_order(wall: Page, phase: str, *, axe: bool) -> None:
    """The wall of this part of the morning has no small letters and nothing to scroll."""
    await joined(wall, "wall")
    await wall.wait_for_timeout(300)
    seen = await wall.evaluate(SIZES)
    assert (phase, seen["smallest"] >= 4.2, seen["scrolls"]) == (phase, True, False)
    assert (await findings(wall) if axe else []) == []


async def test_without_script_people_offer_star_and_place(hall: Hall) -> None:
    async with hall.open(PHONE_PLAIN) as phone, hall.open(PHONE_PLAIN, "ben") as ben:
        await phone.goto("/g/spring/offer")
        await phone.get_by_label("What is your session about?").fill("From a phone")
        await phone.get_by_label("Who hosts it").fill("Cal")
        await phone.get_by_role("button", name="Offer this session").click()
        await phone.goto("/g/spring/board")
        await phone.locator("#star-3").click()
        await expect(phone.locator("#mine")).to_contain_text("From a phone")
        await expect(phone.locator("#pause")).to_be_hidden()
        await ben.goto("/g/spring/arrange")
        await ben.locator("#move-3").click()
        await ben.get_by_label("Round", exact=True).select_option("2")
        await ben.get_by_label("Room", exact=True).select_option("2")
        await ben.get_by_role("button", name="Put it there").click()
        await expect(ben.locator("#spot-2-2 #card-3")).to_be_visible()
        await phone.reload()
        await expect(phone.locator("#spot-2-2")).to_contain_text("From a phone")


@pytest.mark.parametrize("look", [SMALL, Look(1920, 1080, dark=True)], ids=str)
async def test_every_page_is_in_order_for_everybody(hall: Hall, look: Look) -> None:
    here = hall.served.hall.gathering
    await hall.served.place(1, 2, 2)
    await hall.served.press("arrange/morning/phase", hall.served.ben, phase="placing")
    await hall.served.press("sessions/2/show", hall.served.ben, round=2)
    await starred(here, 2, await booked(here, LOOP))
    handle = await write(merging.propose, here, 1, 2)
    for number in (1, 2):
        await write(merging.say, here, handle, number, yes=True)
    paths = ("board", "offer", "sessions/1", "sessions/1/move", "wall", "arrange?card=2", "arrange")
    async with hall.open(look, "ben") as ben:
        for path in paths:
            await ben.goto(f"/g/spring/{path}")
            assert await findings(ben) == [], path
        await ben.get_by_role("button", name="Look at it, and join them").click()
        await expect(ben.locator("h1")).to_have_text("Somebody needs something that is not there")
        assert await findings(ben) == []
