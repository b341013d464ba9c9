"""Walking through the booking pages, for tests."""

from gatherings.bookings.tables import Booking
from tests.page_checks import PageClient


async def walk_to_check(
    cal: PageClient, slug: str, name: str = "Cal", supporter: str = "no"
) -> None:
    """Type what is needed, with no needs, up to "Check your answers"."""
    await cal.get(f"/g/{slug}/book/who")
    await cal.submit("main form", {"name": name, "supporter": supporter})
    await cal.follow()
    await cal.submit("main form", {"way": "phone", "detail-phone": "01632 960 002"})
    await cal.follow()
    await cal.submit("main form", {"help": "no"})
    await cal.follow()


async def step(cal: PageClient, changes: dict[str, str | list[str]]) -> str:
    """Press Continue and go on. Gives the heading of the next page."""
    await cal.submit("main form", changes)
    await cal.follow()
    heading = cal.soup.h1
    assert heading is not None
    return heading.get_text().strip()


async def only_booking() -> Booking:
    bookings = await Booking.objects()
    assert len(bookings) == 1
    return bookings[0]
