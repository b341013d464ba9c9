"""A party's own page: what it shows to the people who hold the booking's secret."""

from dataclasses import dataclass

from gatherings.access.needs import NeedView, needs_of_booking
from gatherings.bookings.booking_list import BookingView, find_booking
from gatherings.planning.lookup import gathering_of, venue_of
from gatherings.planning.tables import Gathering, Venue


@dataclass(frozen=True)
class OwnBooking:
    """A booking with everything that its own page tells."""

    booking: BookingView
    gathering: Gathering
    venue: Venue
    needs: list[NeedView]


async def open_own(reference: str, secret: str) -> OwnBooking | None:
    """The booking, for the right secret; None for a wrong one and for an unknown reference."""
    booking = await find_booking(reference)
    if booking is None or not booking.opens_with(secret):
        return None
    gathering = await gathering_of(booking.gathering_id)
    venue = await venue_of(gathering.venue)
    return OwnBooking(booking, gathering, venue, await needs_of_booking(booking.id))
