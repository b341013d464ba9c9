"""Cancelling a booking, which gives its places back."""

from datetime import UTC, datetime

from gatherings.bookings.booking_history import note
from gatherings.bookings.places import open_to_change, settle
from gatherings.bookings.telling import tell_of_own_change
from gatherings.bookings.undoing import can_be_undone
from gatherings.bookings.waiting_list import fill


async def cancel(
    booking_id: int, *, account_id: int | None = None, at: datetime | None = None
) -> bool:
    """Cancel a booking and give its places back, once. Nothing that was written is lost."""
    now = at or datetime.now(UTC)
    gathering, booking = await open_to_change(booking_id)
    if booking.state == "cancelled":
        return False
    async with can_be_undone(booking_id, "cancelled", now):
        await settle(booking, "cancelled", 0, cancelled_at=now, offer_ends_at=None)
    await note(booking_id, "cancelled", account_id, now)
    await tell_of_own_change("cancelled", booking_id, now, account_id)
    await fill(gathering.id, now)
    return True
