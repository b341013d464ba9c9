"""Answers to an offer of places: yes, yes with fewer, no, none in time, and asking again."""

from collections.abc import Collection
from datetime import datetime

from gatherings.bookings.booking_history import note
from gatherings.bookings.places import open_to_change, places_for, settle
from gatherings.bookings.tables import Booking, Person
from gatherings.bookings.telling import tell, tell_of_own_change
from gatherings.bookings.undoing import can_be_undone
from gatherings.bookings.waiting_list import fill
from gatherings.planning.refusals import Refused
from gatherings.planning.tables import Gathering
from web.words import count


async def accept(
    booking_id: int, at: datetime, *, coming: Collection[int] = (), account_id: int | None = None
) -> None:
    """Say yes to an offer. `coming` are the positions of those who come; empty means all.

    Those who do not come are cancelled, and what they do not need is offered to others. Saying
    yes a second time changes nothing. Raises Refused.
    """
    gathering, booking = await open_to_change(booking_id)
    if booking.state == "booked":
        return
    if booking.state != "offered":
        raise Refused("", "We do not keep a place for you any more")
    async with can_be_undone(booking_id, "accepted", at):
        await _seat(gathering, booking, coming, at, most=booking.held)
    await note(booking_id, "accepted", account_id, at)
    await tell("booked", booking_id, at)
    await fill(gathering.id, at)


async def book_in(
    booking_id: int, at: datetime, *, account_id: int, coming: Collection[int] = ()
) -> None:
    """Book a party that said yes to an organiser, from the waiting list or after an offer."""
    gathering, booking = await open_to_change(booking_id)
    if booking.state == "booked":
        return
    if booking.state not in ("waiting", "offered", "lapsed"):
        raise Refused("", "This party does not wait for a place")
    free = gathering.capacity - gathering.taken
    async with can_be_undone(booking_id, "booked in", at):
        await _seat(gathering, booking, coming, at, most=free + booking.held)
    await note(booking_id, "booked in", account_id, at)
    await tell("booked", booking_id, at)
    await fill(gathering.id, at)


async def decline(booking_id: int, at: datetime, *, account_id: int | None = None) -> bool:
    """Say no to an offer: the booking is cancelled, and the places go to others."""
    gathering, booking = await open_to_change(booking_id)
    if booking.state != "offered":
        return False
    async with can_be_undone(booking_id, "declined", at):
        await settle(booking, "cancelled", 0, offer_ends_at=None, cancelled_at=at)
    await note(booking_id, "declined", account_id, at)
    await tell_of_own_change("cancelled", booking_id, at, account_id)
    await fill(gathering.id, at)
    return True


async def lapse_due(at: datetime) -> int:
    """End the offers that ran out, and fill the places again. Gives how many ended."""
    due = await (
        Booking.select(Booking.id, Booking.gathering)
        .where((Booking.state == "offered") & (Booking.offer_ends_at <= at))
        .order_by(Booking.gathering)
        .order_by(Booking.id)
    )
    ended = [row["gathering"] for row in due if await _lapse(row["id"], at)]
    for gathering_id in sorted(set(ended)):
        await fill(gathering_id, at)
    return len(ended)


async def join_again(booking_id: int, at: datetime, *, account_id: int | None = None) -> bool:
    """Wait again after an offer ran out, at the end of the line."""
    gathering, booking = await open_to_change(booking_id)
    if booking.state != "lapsed":
        return False
    async with can_be_undone(booking_id, "joined again", at):
        await settle(booking, "waiting", 0, waiting_since=at, offer_ends_at=None)
    await note(booking_id, "joined again", account_id, at)
    await tell_of_own_change("waiting", booking_id, at, account_id)
    await fill(gathering.id, at)
    return True


async def _lapse(booking_id: int, at: datetime) -> bool:
    gathering, booking = await open_to_change(booking_id)
    still_due = await Booking.exists().where(
        (Booking.id == booking_id) & (Booking.state == "offered") & (Booking.offer_ends_at <= at)
    )
    if not still_due:
        return False
    await settle(booking, "lapsed", 0)
    await note(booking_id, "lapsed", None, at)
    if gathering.state != "cancelled" and at < gathering.ends_at:
        await tell("offer_over", booking_id, at)
    return True


async def _seat(
    gathering: Gathering, booking: Booking, coming: Collection[int], at: datetime, *, most: int
) -> None:
    """Book those who come, at most so many places, and cancel the others of the party."""
    people = await (
        Person.objects()
        .where((Person.booking == booking.id) & Person.cancelled_at.is_null())
        .order_by(Person.position)
    )
    chosen = [person for person in people if not coming or person.position in coming]
    if not any(person.role == "attending" for person in chosen):
        raise Refused("coming", "Choose at least one person who attends")
    places = places_for((person.role for person in chosen), gathering.supporters_count)
    if places > most:
        raise Refused(
            "coming", f"Choose fewer people: {count(most, 'place is', 'places are')} there for you"
        )
    left = [person.id for person in people if person not in chosen]
    if left:
        await Person.update({Person.cancelled_at: at}).where(Person.id.is_in(left))
    await settle(booking, "booked", places, places=places, offer_ends_at=None)
