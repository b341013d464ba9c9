"""People with access needs who take part in a board, for tests of what binds it."""

from gatherings.access.needs import NeedAnswer
from gatherings.bookings import bookings
from gatherings.bookings.tables import Booking
from sessions.board import stars
from sessions.board.joining import joiner_hash, link_booking
from tests.booking_rows import with_needs
from web.crypto import new_key
from web.database import read, write

WHEELCHAIR = NeedAnswer("move.wheelchair", "Velvetwords of mine", "must")
LOOP = NeedAnswer("hear.loop", "Velvetwords of mine", "must")
NAME = "Zebedeex"
PLANTED = (NAME, "Velvetwords", "Space for a wheelchair or scooter")


async def booked(gathering_id: int, *needs: NeedAnswer, consent: str = "yes") -> int:
    """Somebody has booked with these needs. Gives the booking's id."""
    party = with_needs(*needs, consent=consent, name=NAME)
    made = await write(bookings.book, gathering_id, party)
    return await read(_id_of, made.reference)


async def _id_of(reference: str) -> int:
    booking = await Booking.objects().get(Booking.reference == reference)
    assert booking is not None
    return int(booking.id)


async def starred(gathering_id: int, number: int, booking: int | None = None) -> str:
    """Somebody stars a session, with a booking or without. Gives what is kept of their key."""
    kept = joiner_hash(gathering_id, new_key())
    await write(stars.star, gathering_id, number, kept)
    if booking is not None:
        await write(link_booking, gathering_id, kept, booking)
    return kept
