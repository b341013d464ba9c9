"""The desk's pages about bookings: the list with its search, and one booking."""

from collections.abc import Iterable

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from gatherings.bookings.booking_list import (
    STATE_WORDS,
    WAY_WORDS,
    BookingView,
    bookings_of,
    numbers_of,
)
from gatherings.bookings.desk_shared_pages import WHO_SEES_BOOKINGS, desk_booking
from gatherings.bookings.desk_words import list_row
from gatherings.bookings.own_shared_pages import look_on_desk
from gatherings.bookings.twins import twins_of
from gatherings.people.roles import Viewer, need_role, signed_in
from gatherings.planning.lookup import gathering_by_slug
from web.database import read
from web.forms import clean
from web.pages import WebRequest, page

LONGEST_SEARCH = 100
ROLES = (("supporting", "With a supporter"), ("attending", "Without a supporter"))


@get("/desk/g/{slug:str}/bookings", name="desk_bookings")
async def show_bookings(
    request: WebRequest,
    slug: FromPath[str],
    viewer: NamedDependency[Viewer | None],
    words: FromQuery[str] = "",
    stands: FromQuery[str] = "",
    role: FromQuery[str] = "",
    way: FromQuery[str] = "",
) -> Response[str]:
    """Every booking of a gathering, or those that a search and its filters find."""
    signed_in(viewer)
    gathering = await read(gathering_by_slug, slug)
    need_role(viewer, gathering.series, *WHO_SEES_BOOKINGS)
    wanted = " ".join(clean(words).split())[:LONGEST_SEARCH]
    found = await read(bookings_of, gathering.id, wanted)
    bookings = [one for one in found if _is_wanted(one, stands, role, way)]
    twins = await read(twins_of, gathering.id)
    return page(
        request,
        "booking/desk_list.html",
        g=gathering,
        filters={"words": wanted, "stands": stands, "role": role, "way": way},
        filtered=bool(wanted or stands or role or way),
        states=_options(STATE_WORDS.items(), "Any state"),
        roles=_options(ROLES, "With or without"),
        ways=_options(WAY_WORDS.items(), "Any way"),
        bookings=bookings,
        numbers=await read(numbers_of, gathering.id),
        rows=[list_row(gathering, one, twins.get(one.reference, ())) for one in bookings],
    )


@get("/desk/g/{slug:str}/bookings/{reference:str}", name="desk_booking")
async def show_booking(
    request: WebRequest, viewer: NamedDependency[Viewer | None]
) -> Response[str]:
    """One booking: who comes, how to reach them, and how far their needs are."""
    seen = await look_on_desk(request, viewer, *WHO_SEES_BOOKINGS)
    return await desk_booking(seen, viewer)


def _is_wanted(booking: BookingView, stands: str, role: str, way: str) -> bool:
    """Whether the filters leave it in; an unknown filter finds nothing."""
    supported = "supporting" if booking.supporters else "attending"
    pairs = ((stands, booking.state), (role, supported), (way, booking.contact_way))
    return all(wanted in ("", found) for wanted, found in pairs)


def _options(known: Iterable[tuple[str, str]], anything: str) -> list[tuple[str, str]]:
    return [("", anything), *known]


routes = [show_bookings, show_booking]
