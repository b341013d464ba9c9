"""Cancelling a booking, which gives its places back."""

from datetime import UTC, datetime

from gatherings.bookings.booking_history import note
from gatherings.bookings.tables import Booking
from gatherings.planning.tables import Gathering


async def cancel(booking_id: int, *, account_id: int | None = None) -> bool:
    """Cancel a booking and give its places back, once. Nothing that was written is lost."""
    now = datetime.now(UTC)
    for state in ("booked", "waiting"):
        found = await (
            Booking.update({Booking.state: "cancelled", Booking.held: 0, Booking.cancelled_at: now})
            .where((Booking.id == booking_id) & (Booking.state == state))
            .returning(Booking.gathering, Booking.places)
        )
        if found and state == "booked":
            await Gathering.update({Gathering.taken: Gathering.taken - found[0]["places"]}).where(
                Gathering.id == found[0]["gathering"]
            )
        if found:
            await note(booking_id, "cancelled", account_id, now)
            return True
    return False
