"""The parts of the main job as people press them, in the order in which they happen."""

import io
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from PIL import Image
from playwright.async_api import Page, expect

from sessions.example.drawing import artwork, flipchart
from tests.browser_site import Site

POINTS = ("We ask people what they want", "Neighbours know more than forms do")
SOON = 15_000
GATHERING = "/g/spring-gathering"
DESK = "/desk/g/spring-gathering"


async def press(page: Page, button: str) -> None:
    """Press a button or link by its id, and wait for the page that it leads to."""
    async with page.expect_navigation() as arriving:
        await page.click(f"#{button}")
    answer = await arriving.value
    assert (page.url, answer.status) == (page.url, 200)


async def fill(page: Page, **fields: str) -> None:
    """Type into fields by their ids; two underscores stand for a hyphen."""
    for name, words in fields.items():
        await page.fill(f"#{name.replace('__', '-')}", words)


async def tick(page: Page, choice: str) -> None:
    """Choose a radio or tick a box. Its label lies over it, and takes the press as for anybody."""
    await page.check(choice, force=True)


async def choose_password(page: Page, site: Site) -> None:
    """The one-time link of the command, and a password."""
    said = await site.command("organiser", "ada@example.org", "--name", "Ada")
    link = re.search(r"http\S+", said)
    assert link is not None
    await page.goto(link.group())
    await fill(page, name="Ada", password="three plain words")
    await press(page, "keep")
    assert page.url == f"{site.url}/desk"


async def plan_series_and_venue(page: Page) -> None:
    """A series, and a venue with two rooms and some facts."""
    await page.goto("/desk/start-series")
    await fill(page, name="Changing the story", about="Four gatherings a year.")
    await press(page, "keep")
    await page.goto("/desk/series/changing-the-story/add-venue")
    await fill(page, name="Friends Meeting House", address="6 Mount Street\nManchester")
    await press(page, "keep")
    for name, floor in (("Library", "Ground floor"), ("Upstairs room", "First floor")):
        await page.goto("/desk/venues/friends-meeting-house/add-room")
        await fill(page, name=name, floor=floor, capacity="20")
        await tick(page, "#for_sessions")
        await press(page, "keep")


async def plan_gathering(page: Page, on: date) -> None:
    """A gathering with its places, its contacts and the plan of its day; published."""
    await page.goto("/desk/series/changing-the-story/plan-gathering")
    await fill(page, name="Spring gathering", about="We meet to change how people talk.")
    await fill(page, on=str(on.day), on__month=str(on.month), on__year=str(on.year))
    await fill(page, starts="10am", ends="4pm")
    await page.select_option("#venue", label="Friends Meeting House")
    await press(page, "keep")
    await page.goto(f"{DESK}/places")
    await fill(page, capacity="20", contact_phone="0161 496 0000", go_word="spring")
    await fill(page, postal_address="1 Long Street\nManchester")
    await tick(page, "#supporters_count")
    await press(page, "keep")
    await page.goto(f"{DESK}/plan")
    await press(page, "usual")
    await page.goto(f"{DESK}/publish")
    await press(page, "publish")


async def book(page: Page) -> str:
    """Cal books on a phone and needs a sign-language interpreter. Returns the reference."""
    await page.goto(GATHERING)
    await answer_with_needs(page, GATHERING)
    await press(page, "book")
    reference = page.url.rsplit("/", 1)[-1]
    await expect(page.locator("main")).to_contain_text(reference)
    return reference


async def answer_with_needs(page: Page, gathering: str) -> None:
    """Every question of a booking, up to the last page."""
    await page.goto(f"{gathering}/book")
    await tick(page, "#for_whom")
    await fill(page, name="Cal")
    await tick(page, "#supporter")
    await press(page, "continue")
    await tick(page, "#way-2")
    await fill(page, detail__phone="0161 496 0001")
    await press(page, "continue")
    await tick(page, "#help-2")
    await press(page, "continue")
    await tick(page, "[name=groups][value=hear]")
    await press(page, "continue")
    await tick(page, "[name=codes][value='hear.bsl']")
    await fill(page, words="Please face me when you talk")
    await press(page, "continue")
    await tick(page, "[name=must][value='hear.bsl']")
    await press(page, "continue")
    await tick(page, "#consent")
    await press(page, "continue")
    await press(page, "continue")


async def answer_for_party(page: Page, gathering: str) -> None:
    """Every question for Cal, Dot and an unnamed supporter, up to the last page."""
    await page.goto(f"{gathering}/book")
    await tick(page, "#for_whom-2")
    await fill(page, name="Cal")
    await press(page, "continue")
    await fill(page, name__3="Dot")
    await tick(page, "#role-3")
    await press(page, "add")
    await tick(page, "#role-4-2")
    await press(page, "continue")
    await tick(page, "#way-2")
    await fill(page, detail__phone="0161 496 0001")
    for _ in range(3):
        await press(page, "continue")
        await tick(page, "#help")
    await press(page, "continue")
    await press(page, "continue")


async def see_booking_and_need(page: Page, reference: str) -> None:
    """The organiser finds the booking, and the state of what was asked for."""
    await page.goto(f"{DESK}/bookings")
    await expect(page.locator("main")).to_contain_text(reference)
    await page.goto(f"{DESK}/needs")
    await expect(page.locator("main")).to_contain_text("1")


async def offer(page: Page, title: str) -> None:
    """Cal's phone offers a session from the board, for a host of its own, and stars it."""
    await page.goto("/go/spring")
    await press(page, "offer")
    await fill(page, title=title, about="A sentence about it.", name=f"Host of {title}"[:40])
    await press(page, "offer-now")
    await expect(page.locator("h1")).to_have_text(title)


async def place_by_form(page: Page, number: int, room: int) -> None:
    """A facilitator chooses a round and a room, and says why where nobody checked the room."""
    await page.goto(f"{GATHERING}/sessions/{number}/move")
    await page.select_option("#round", index=1)
    await page.select_option("#room", str(room))
    async with page.expect_navigation():
        await page.click("#put")
    await expect(page.locator(".lead")).to_contain_text("nobody has checked")
    await page.fill("#why", "We asked them.")
    await press(page, "all-the-same")


async def place_by_drag(page: Page, number: int, room: int) -> None:
    """A facilitator drags a card with the mouse, and says why where nobody checked the room."""
    spot = page.locator(f".place[data-room='{room}']").first
    await page.locator(f"#card-{number}").drag_to(spot)
    await page.fill("#why", "We asked them.")
    await page.click("#all-the-same")
    await expect(spot).to_contain_text("Move", timeout=5000)


async def keep_sheet(page: Page, folder: Path) -> None:
    """A note-keeper keeps a photograph, files it to session 1 and types it up."""
    photograph = folder / "sheet.jpg"
    photograph.write_bytes(flipchart("What matters?", POINTS, seed=3))
    await page.goto(f"{GATHERING}/capture")
    await page.set_input_files("#pictures", photograph)
    await press(page, "keep-pictures")
    await page.locator("#tray select").select_option("1")
    await press(page, "file-these")
    async with page.expect_navigation():
        await page.locator(".sheet-small").first.click()
    await fill(page, points="\n".join(POINTS), described="A sheet with two points.")
    await tick(page, "#story")
    await press(page, "keep-text")


async def keep_artwork(page: Page, folder: Path) -> None:
    """A drawing with its artist's name."""
    drawing = folder / "drawing.png"
    Image.open(io.BytesIO(artwork(("home", "neighbours"), seed=2))).save(drawing)
    await page.goto(f"{GATHERING}/capture/artwork")
    await page.set_input_files("#drawing", drawing)
    await fill(page, artist="Carys", described="Two circles that touch.")
    await tick(page, "#licence")
    await tick(page, "#story")
    await press(page, "keep-artwork")


async def publish_summary(page: Page) -> None:
    """One question, the points of the sheet, both pictures; then everybody may read it."""
    summary = f"{DESK}/summary"
    await page.goto(summary)
    await fill(page, opening="We met and talked.")
    await press(page, "start")
    await fill(page, heading="What matters to people?")
    await press(page, "add-question")
    await page.goto(f"{summary}/bring")
    for point in await page.locator("[name=point]").all():
        await point.check(force=True)
    await page.select_option("#question", index=1)
    await press(page, "bring")
    await page.goto(f"{summary}/pictures")
    for choice in await page.locator("select").all():
        await choice.select_option(index=1)
    await page.locator("main button").last.click()
    await page.goto(summary)
    await press(page, "publish")


async def comment(page: Page, words: str) -> None:
    """Somebody answers the summary."""
    await page.goto(f"{GATHERING}/summary")
    for point in POINTS:
        await expect(page.locator("main")).to_contain_text(point)
    await expect(page.locator("main")).to_contain_text("Carys")
    await page.fill("[name=words]", words)
    await press(page, "send-comment")
    await expect(page.locator("main")).to_contain_text(words)


async def hide_comment(page: Page) -> None:
    """The organiser takes it from the page."""
    await page.goto(f"{GATHERING}/summary")
    async with page.expect_navigation():
        await page.get_by_role("button", name="Hide").click()


def soon() -> date:
    """A day on which offering is open already, so that a test may run at any hour."""
    return datetime.now(UTC).date() + timedelta(days=3)
