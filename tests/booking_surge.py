"""Many people book the last places at once, each by every page of the whole journey."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

import httpx
from litestar import Litestar
from lxml.html import HtmlElement, document_fromstring

from gatherings.bookings.places import recount
from gatherings.bookings.tables import Booking
from tests.page_checks import AS_A_BROWSER, HOME, in_process
from tests.page_forms import CONTROLS, Filling, Value, press
from tests.page_rules import words_of

AT_A_TIME = 50
MOST_PAGES = 12
BeforePressing = Callable[[str], Awaitable[None]]


async def nothing(name: str) -> None:
    """What is done before the last button: nothing."""


async def surge(
    app: Litestar, slug: str, people: int, before: BeforePressing = nothing
) -> Counter[str]:
    """Let so many people book, some at a time. Gives what their own pages told them."""
    room = asyncio.Semaphore(AT_A_TIME)

    async def one(number: int) -> str:
        async with room:
            return await journey(app, slug, f"Cal {number}", before)

    return Counter(await asyncio.gather(*(one(number) for number in range(people))))


async def journey(app: Litestar, slug: str, name: str, before: BeforePressing) -> str:
    """Book as one person with a browser of their own. Gives the heading of their own page."""
    async with httpx.AsyncClient(
        transport=in_process(app), base_url=HOME, headers=AS_A_BROWSER
    ) as browser:
        address = f"/g/{slug}/book/who"
        for _ in range(MOST_PAGES):
            page = await browser.get(address)
            assert page.status_code == 200, f"{address} answered {page.status_code}"
            tree = document_fromstring(page.text)
            if address.startswith("/b/"):
                return words_of(tree.find(".//h1"))
            if address.endswith("/check"):
                await before(name)
            sent = press(tree, "main form", Filling(_answers(tree, name), {}, ""))
            answer = await browser.post(
                sent.action,
                content=urlencode([(key, str(value)) for key, value in sent.pairs]),
                headers={
                    "origin": HOME,
                    "content-type": "application/x-www-form-urlencoded",
                },
            )
            assert answer.status_code == 303, f"{sent.action} answered {answer.status_code}"
            address = answer.headers["location"]
    raise AssertionError(f"the journey ended at {address} without a booking")


def _answers(page: HtmlElement, name: str) -> dict[str, Value]:
    """What this person says on the page, of all that might be asked."""
    said: dict[str, Value] = {
        "for_whom": "me",
        "name": name,
        "supporter": "no",
        "way": "email",
        "detail-email": f"{name.replace(' ', '').lower()}@people.example",
        "help": "no",
    }
    asked = {control.get("name") for control in page.iter(*CONTROLS)}
    return {key: value for key, value in said.items() if key in asked}


async def what_is_kept(gathering_id: int) -> tuple[Counter[str], tuple[int, int]]:
    """The states of all bookings, and the count of places as it is said and as it is."""
    rows = await Booking.select(Booking.state).where(Booking.gathering == gathering_id)
    return Counter(row["state"] for row in rows), await recount(gathering_id)


async def booked_rows(gathering_id: int) -> int:
    """How many bookings there are, as a page that counts first would ask."""
    found: int = await Booking.count().where(
        (Booking.gathering == gathering_id) & (Booking.state == "booked")
    )
    return found
