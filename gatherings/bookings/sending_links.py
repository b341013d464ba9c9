"""Sending a private link again: to whoever asks by e-mail, or from the desk in any way."""

from datetime import datetime, timedelta

from gatherings.bookings.booking_history import note
from gatherings.bookings.tables import Booking
from gatherings.bookings.telling import tell

STILL_ASKED_FOR = timedelta(days=90)
BY_EMAIL = """
SELECT b.id, LOWER(TRIM(b.contact_detail)) AS address
FROM booking b JOIN gathering g ON g.id = b.gathering
WHERE b.contact_way = 'email' AND g.ends_at > {}
  AND (LOWER(TRIM(b.contact_detail)) = {} OR b.reference = {})
ORDER BY b.id
"""


async def send_link(booking_id: int, at: datetime, *, account_id: int | None = None) -> None:
    """Write the letter with the link."""
    await note(booking_id, "link again", account_id, at)
    await tell("link_again", booking_id, at)


async def asked_by(asked: str, at: datetime) -> list[tuple[int, str]]:
    """The bookings whose e-mail address or reference this is, each with that address."""
    found = await Booking.raw(BY_EMAIL, at - STILL_ASKED_FOR, asked, asked.replace(" ", "-"))
    return [(row["id"], row["address"]) for row in found]
