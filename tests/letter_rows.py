"""Letters opened for tests."""

from typing import Any

from gatherings.bookings.tables import Booking
from gatherings.letters.tables import Letter
from gatherings.letters.writing import bound_to
from web.crypto import unseal


async def letters_of(reference: str) -> list[dict[str, Any]]:
    """The letters of a booking, oldest first: each row with what was sealed in it."""
    booking = await Booking.objects().get(Booking.reference == reference)
    assert booking is not None
    rows = await Letter.objects().where(Letter.booking == booking.id).order_by(Letter.id)
    return [{**row.to_dict(), **unseal(row.sealed, bound_to(row.handle))} for row in rows]


async def booking_of(reference: str) -> Booking:
    """The booking with this reference."""
    booking = await Booking.objects().get(Booking.reference == reference)
    assert booking is not None
    return booking
