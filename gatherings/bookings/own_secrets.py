"""How a browser shows that a booking is its own: a cookie for each holds the booking's secret."""

from collections.abc import Mapping

from gatherings.bookings.tables import Booking
from web.crypto import hash_of

COOKIE = "booking-"


def cookie_of(reference: str) -> str:
    """The name of the cookie that opens this booking."""
    return f"{COOKIE}{reference}"


async def booking_opened_by(gathering_id: int, secrets: Mapping[str, str]) -> int | None:
    """The id of the booking in this gathering that one of the secrets opens.

    `secrets` maps references to what a browser says is their secret.
    """
    found = await Booking.objects().where(
        (Booking.gathering == gathering_id) & Booking.reference.is_in(["", *secrets])
    )
    theirs = (b for b in found if b.secret_hash == hash_of(secrets[b.reference]))
    return next((booking.id for booking in theirs), None)
