"""The history of bookings: what happened and when, never what was answered."""

from datetime import datetime

from gatherings.bookings.tables import BookingEvent


async def note(
    booking_id: int,
    what: str,
    account_id: int | None,
    at: datetime,
    *,
    person_id: int | None = None,
) -> None:
    """Write a line of history."""
    await BookingEvent(
        booking=booking_id, at=at, account_id=account_id, person_id=person_id, what=what
    ).save()
