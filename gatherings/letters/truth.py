"""Whether a letter that waits is still true. It is asked again just before the letter goes."""

from datetime import datetime

from gatherings.bookings.tables import Booking
from gatherings.letters.kinds import KINDS, REMINDERS
from gatherings.planning.tables import Gathering

OF_A_CANCELLED_GATHERING = ("gathering_cancelled", "cancelled", "link_again", "message")
AFTER_THE_END = ("thank_you", "cancelled", "link_again", "message", "gathering_cancelled")


def still_true(kind: str, booking: Booking, gathering: Gathering, at: datetime) -> bool:
    """Whether the letter tells what is so at this moment."""
    if booking.state not in KINDS[kind].states:
        return False
    if gathering.state == "cancelled" and kind not in OF_A_CANCELLED_GATHERING:
        return False
    if gathering.ends_at <= at and kind not in AFTER_THE_END:
        return False
    if kind == "place_for_you" and booking.offer_ends_at is not None:
        return bool(booking.offer_ends_at > at)
    return kind not in REMINDERS or gathering.state in ("open", "closed")
