"""What the desk says about bookings: states, history, and rows of lists."""

from collections.abc import Collection, Mapping
from datetime import datetime

from markupsafe import Markup

from gatherings.bookings.booking_list import (
    SOURCE_WORDS,
    STATE_WORDS,
    WAY_WORDS,
    BookingView,
    EventView,
)
from gatherings.planning.tables import Gathering
from web.words import clock, count, short_day

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
    "uses changed": "Changed what we may use of somebody",
    "person added": "Added somebody",
    "person removed": "Took somebody out",
    "contact changed": "Changed how we reach them",
    "fewer changed": "Changed with how few they would come",
    "undone": "Undid the last change",
    "link again": "Sent the link again",
    "arrived": "Arrived",
    "arrival undone": "Took the arrival back",
    "let in at the door": "Let in at the door",
    "cancelled": "Cancelled",
    "consent withdrawn": "Took back the yes to keeping needs, which were deleted",
    "asked about personal data": "Asked about what we keep about them",
    "question about personal data answered": "We answered what they asked about their data",
    "answer about personal data taken back": "Not answered yet after all: about their data",
    "what we hold was written out for them": "What we hold was written out for them",
}
FORMER = "a former helper"


def list_row(
    gathering: Gathering, booking: BookingView, twins: Collection[str]
) -> list[str | Markup]:
    """One line of the list of bookings."""
    address = f"/desk/g/{gathering.slug}/bookings/{booking.reference}"
    link = Markup('<a href="{}">{}</a>').format(address, booking.reference)
    return [
        link,
        booking.contact_name,
        _reached(booking),
        str(len(booking.people)),
        str(booking.supporters),
        Markup(" ").join([_tag(booking.state), *([TWICE] if twins else [])]),
        when(gathering, booking.created_at),
        SOURCE_WORDS[booking.source],
    ]


def _reached(booking: BookingView) -> str:
    """How to reach them. Who walked in on the day told us nothing but a name."""
    if not booking.contact_detail:
        return "Not known"
    return f"{WAY_WORDS[booking.contact_way]}: {booking.contact_detail}"


def _tag(state: str) -> Markup:
    return Markup('<span class="tag {}">{}</span>').format(TONES[state], STATE_WORDS[state])


TWICE = Markup('<span class="tag wait">May be twice</span>')


def facts_of(
    gathering: Gathering, booking: BookingView, names: Mapping[int, str]
) -> list[tuple[str, str | list[str]]]:
    """What stands at the top of one booking."""
    source = SOURCE_WORDS[booking.source]
    if booking.entered_by is not None:
        source += f", written down by {names.get(booking.entered_by, FORMER)}"
    rows: list[tuple[str, str | list[str]]] = [
        ("Places", places_words(booking)),
        ("How it came", source),
    ]
    if booking.for_whom == "other" and booking.contact_detail:
        rows.append(("Who asked", f"{booking.contact_name}: {booking.asker_is or 'did not say'}"))
    if booking.waiting_since and booking.state != "booked":
        rows.append(("Waiting since", when(gathering, booking.waiting_since)))
    if booking.state == "offered":
        rows.append(("The offer ends", offer_words(gathering, booking)))
    return rows


def places_words(booking: BookingView) -> str:
    """How many places, and with how few they would come."""
    words = count(booking.places, "place", "places")
    if booking.state == "offered" and booking.held < booking.places:
        return f"{words} asked for, {booking.held} offered"
    if booking.fewer and booking.state != "booked":
        return f"{words}, or at least {booking.fewer}"
    return words


def offer_words(gathering: Gathering, booking: BookingView) -> str:
    """Until when the places are kept."""
    if booking.offer_ends_at is None:
        return "Not by itself. Ring them or write to them"
    return when(gathering, booking.offer_ends_at)


def history_line(gathering: Gathering, event: EventView, names: Mapping[int, str]) -> str:
    """One line of history."""
    who = f", by {names.get(event.by_account, FORMER)}" if event.by_account else ""
    return f"{when(gathering, event.at)}: {EVENT_WORDS.get(event.what, event.what)}{who}"


def when(gathering: Gathering, moment: datetime) -> str:
    """ "3 March, 10am", on the gathering's clocks."""
    return f"{short_day(moment, gathering.zone)}, {clock(moment, gathering.zone)}"
