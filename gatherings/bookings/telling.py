"""Telling a party what happened to its booking, and taking back what is no longer true."""

from datetime import datetime

from gatherings.bookings.tables import Booking
from gatherings.letters.kinds import KINDS
from gatherings.letters.writing import drop_letters, write_letter


async def tell(kind: str, booking_id: int, at: datetime, words: str = "") -> None:
    """Write a letter of this kind; letters that have not gone and are not true any more go."""
    await take_back_untrue(booking_id, kind)
    facts = {"words": words} if words else None
    await write_letter(
        kind, booking_id, at, once=f"{kind}:{booking_id}:{at.isoformat()}", facts=facts
    )


async def tell_of_own_change(
    kind: str, booking_id: int, at: datetime, account_id: int | None, words: str = ""
) -> None:
    """The same for what a party did itself, with its page before its eyes.

    It then gets a letter to keep by e-mail, and nobody rings it to say what it has just done.
    """
    booking = await Booking.objects().get(Booking.id == booking_id)
    if account_id is not None or (booking is not None and booking.contact_way == "email"):
        await tell(kind, booking_id, at, words)
    else:
        await take_back_untrue(booking_id, kind)


async def take_back_untrue(booking_id: int, instead: str = "") -> None:
    """Drop the letters that the booking's state makes untrue, and one that a new one replaces."""
    booking = await Booking.objects().get(Booking.id == booking_id)
    if booking is None:
        return
    untrue = [name for name, kind in KINDS.items() if booking.state not in kind.states]
    await drop_letters(booking_id, [*untrue, instead] if instead else untrue)
