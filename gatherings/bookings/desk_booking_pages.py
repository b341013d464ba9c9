"""The desk's pages about bookings: the list with its search, and one booking."""

from datetime import datetime

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from markupsafe import Markup

from gatherings.access.needs import DESK_STATE_WORDS, states_of_booking
from gatherings.bookings.booking_list import (
    SOURCE_WORDS,
    STATE_WORDS,
    WAY_WORDS,
    BookingView,
    EventView,
    bookings_of,
    find_booking,
    history_of,
    names_of,
    numbers_of,
)
from gatherings.people.roles import Viewer, need_role, signed_in
from gatherings.planning.lookup import gathering_by_slug
from gatherings.planning.tables import Gathering
from web.database import read
from web.pages import WebRequest, page
from web.problems import NotFound
from web.words import clock, count, short_day

WHO_SEES_BOOKINGS = ("organiser", "access_lead")
TONES = {
    "booked": "good",
    "waiting": "wait",
    "offered": "good",
    "lapsed": "wait",
    "cancelled": "bad",
}
EVENT_WORDS = {
    "booked": "Booked",
    "waiting": "Put on the waiting list",
    "offered": "Offered a place",
    "accepted": "Said yes to the place",
    "declined": "Said no to the place",
    "lapsed": "Did not answer in time",
    "joined again": "Asked for a place again",
    "booked in": "Booked in from the waiting list",
    "person changed": "Changed an answer about somebody",
    "person added": "Added somebody",
    "person removed": "Took somebody out",
    "contact changed": "Changed how we reach them",
    "fewer changed": "Changed with how few they would come",
    "undone": "Undid the last change",
    "link again": "Sent the link again",
    "cancelled": "Cancelled",
}
LONGEST_SEARCH = 100


@get("/desk/g/{slug:str}/bookings", name="desk_bookings")
async def show_bookings(
    request: WebRequest,
    slug: FromPath[str],
    viewer: NamedDependency[Viewer | None],
    words: FromQuery[str] = "",
) -> Response[str]:
    """Every booking of a gathering, or those that a search finds."""
    gathering = await _gathering_for(viewer, slug)
    wanted = " ".join(words.split())[:LONGEST_SEARCH]
    bookings = await read(bookings_of, gathering.id, wanted)
    return page(
        request,
        "booking/desk_list.html",
        g=gathering,
        words=wanted,
        bookings=bookings,
        numbers=await read(numbers_of, gathering.id),
        rows=[_list_row(gathering, booking) for booking in bookings],
    )


@get("/desk/g/{slug:str}/bookings/{reference:str}", name="desk_booking")
async def show_booking(
    request: WebRequest,
    slug: FromPath[str],
    reference: FromPath[str],
    viewer: NamedDependency[Viewer | None],
) -> Response[str]:
    """One booking: who comes, how to reach them, and how far their needs are."""
    gathering = await _gathering_for(viewer, slug)
    booking = await read(find_booking, reference)
    if booking is None or booking.gathering_id != gathering.id:
        raise NotFound
    history = await read(history_of, booking.id)
    names = await read(names_of, [booking.entered_by, *(event.by_account for event in history)])
    states = await read(states_of_booking, booking.id)
    return page(
        request,
        "booking/desk_booking.html",
        g=gathering,
        booking=booking,
        rows=_booking_rows(booking, names),
        counts=[
            (words, states.count(state))
            for state, words in DESK_STATE_WORDS.items()
            if state in states
        ],
        no_needs=_no_needs(booking),
        opens=viewer is not None and viewer.may(gathering.series, "access_lead"),
        history=[_history_line(gathering, event, names) for event in history],
        state_words=STATE_WORDS,
        tones=TONES,
    )


async def _gathering_for(viewer: Viewer | None, slug: str) -> Gathering:
    signed_in(viewer)
    gathering = await read(gathering_by_slug, slug)
    need_role(viewer, gathering.series, *WHO_SEES_BOOKINGS)
    return gathering


def _list_row(gathering: Gathering, booking: BookingView) -> list[str]:
    address = f"/desk/g/{gathering.slug}/bookings/{booking.reference}"
    link = Markup('<a href="{}">{}</a>').format(address, booking.reference)
    tag = Markup('<span class="tag {}">{}</span>').format(
        TONES[booking.state], STATE_WORDS[booking.state]
    )
    return [
        link,
        booking.contact_name,
        f"{WAY_WORDS[booking.contact_way]}: {booking.contact_detail}",
        str(len(booking.people)),
        str(booking.supporters),
        tag,
        _when(gathering, booking.created_at),
        SOURCE_WORDS[booking.source],
    ]


def _booking_rows(booking: BookingView, names: dict[int, str]) -> list[tuple[str, str | list[str]]]:
    source = SOURCE_WORDS[booking.source]
    if booking.entered_by is not None:
        source += f", written down by {names.get(booking.entered_by, 'a former helper')}"
    return [
        ("Who comes", [person.words for person in booking.people]),
        ("Places", count(booking.places, "place", "places")),
        (WAY_WORDS[booking.contact_way], booking.contact_detail.splitlines()),
        ("How it came", source),
    ]


def _no_needs(booking: BookingView) -> str:
    helps = {person.help for person in booking.people if not person.supporting}
    return "They said that they need nothing." if helps == {"no"} else "They were not asked yet."


def _history_line(gathering: Gathering, event: EventView, names: dict[int, str]) -> str:
    who = f", by {names.get(event.by_account, 'a former helper')}" if event.by_account else ""
    return f"{_when(gathering, event.at)}: {EVENT_WORDS.get(event.what, event.what)}{who}"


def _when(gathering: Gathering, moment: datetime) -> str:
    return f"{short_day(moment, gathering.zone)}, {clock(moment, gathering.zone)}"


routes = [show_bookings, show_booking]
