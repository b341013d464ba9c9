"""The private link of a booking, as its letters carry it."""

from gatherings.bookings.booking_secret import secret_of
from gatherings.bookings.tables import Booking
from web.crypto import unseal
from web.settings import settings


def private_link(booking: Booking) -> str:
    """The address that opens the booking's own page; without a kept secret, the page alone."""
    page = f"{settings().base_url}/b/{booking.reference}"
    if booking.sealed_secret is None:
        return page
    return f"{page}/{unseal(booking.sealed_secret, secret_of(booking.reference))}"
