"""What we hold about a party, for a request that came by phone or by post."""

from datetime import datetime
from typing import Any

from gatherings.bookings.booking_history import note
from gatherings.bookings.booking_list import find_booking
from gatherings.personal_data.held import as_file
from gatherings.planning.lookup import gathering_of
from sessions.personal_data.held_on_the_day import everything_held
from web.problems import NotFound

WRITTEN_OUT = "what we hold was written out for them"


async def held_for_request(reference: str, at: datetime) -> dict[str, Any]:
    """Everything by part, as their own file has it; their history says so. Raises NotFound."""
    booking = await find_booking(reference)
    if booking is None:
        raise NotFound
    await note(booking.id, WRITTEN_OUT, None, at)
    gathering = await gathering_of(booking.gathering_id)
    return as_file(await everything_held(booking.id, gathering.zone))
