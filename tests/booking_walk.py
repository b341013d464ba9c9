"""Walking through the booking pages, for tests."""

from gatherings.bookings import bookings
from gatherings.bookings.booking_list import find_booking
from gatherings.bookings.own_secrets import cookie_of
from gatherings.bookings.parties import Party
from gatherings.bookings.tables import Booking
from tests.builders import Setting
from tests.page_checks import PageClient
from web.database import read, write

PHONE: dict[str, str | list[str]] = {"way": "phone", "detail-phone": "01632 960 002"}


def for_me(
    name: str = "Cal", supporter: str = "no", supporter_name: str = ""
) -> dict[str, str | list[str]]:
    """What the first page asks of somebody who comes alone, or with a supporter."""
    return {
        "for_whom": "me",
        "name": name,
        "supporter": supporter,
        "supporter_name": supporter_name,
    }


async def walk_to_check(
    cal: PageClient, slug: str, name: str = "Cal", supporter: str = "no"
) -> None:
    """Type what is needed, with no needs, up to "Check your answers"."""
    await cal.get(f"/g/{slug}/book/who")
    changes: list[dict[str, str | list[str]]] = [for_me(name, supporter), PHONE, {"help": "no"}]
    if supporter != "no":
        changes.append({"help": "no"})
    for typed in [*changes, {}]:
        await step(cal, typed)


async def step(cal: PageClient, changes: dict[str, str | list[str]], button: str = "") -> str:
    """Press Continue and go on. Gives the heading of the next page."""
    await cal.submit("main form", changes, button=button)
    await cal.follow()
    heading = cal.soup.h1
    assert heading is not None
    return heading.get_text().strip()


async def only_booking() -> Booking:
    bookings = await Booking.objects()
    assert len(bookings) == 1
    return bookings[0]


async def booked_here(setting: Setting, client: PageClient, party: Party) -> str:
    """Book a party at once, and let this browser open its own page. Gives the reference."""
    made = await write(bookings.book, setting.gathering.id, party)
    client.set_cookie(cookie_of(made.reference), made.secret)
    return made.reference


async def id_of(reference: str) -> int:
    """The id of a booking."""
    booking = await read(find_booking, reference)
    assert booking is not None
    return booking.id
