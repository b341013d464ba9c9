"""The waiting list: who waits, in which order, and offering them the places that are free.

A party is offered all its places, or as many as it said it would also come with, or none.
Offers to people with e-mail run out; others are rung or written to, and have all the time there is.
"""

from datetime import UTC, datetime, time, timedelta

from gatherings.bookings.booking_history import note
from gatherings.bookings.places import open_to_change, settle
from gatherings.bookings.tables import Booking
from gatherings.bookings.telling import tell
from gatherings.planning.lookup import gathering_of
from gatherings.planning.refusals import Refused
from gatherings.planning.rows import hold
from gatherings.planning.tables import Gathering
from web.words import count, local, moment_of

OFFER_LASTS = timedelta(hours=48)
OFFERS_END_AT = time(18)


async def fill(gathering_id: int, at: datetime) -> int:
    """Offer the free places to those who wait, in order. Gives how many parties got an offer.

    A party that does not fit is passed over, and those behind it may take what is free.
    """
    await hold(Gathering, gathering_id)
    gathering = await gathering_of(gathering_id)
    if not fills_by_itself(gathering, at):
        return 0
    offered, free = 0, gathering.capacity - gathering.taken
    for booking in await waiting_in(gathering_id):
        number = fitting(booking, free)
        if number:
            await _offer(gathering, booking, number, at, None)
            offered, free = offered + 1, free - number
    return offered


def fills_by_itself(gathering: Gathering, at: datetime) -> bool:
    """Whether free places still go to the waiting list without anybody doing something."""
    stops = gathering.starts_at - timedelta(days=gathering.fill_stops_days)
    return gathering.state == "open" and at < stops


def must_be_phoned(gathering: Gathering, at: datetime) -> bool:
    """Whether it is too late for offers by themselves, and not too late to ring people."""
    late = not fills_by_itself(gathering, at)
    return late and gathering.state in ("open", "closed") and at < gathering.ends_at


async def to_phone(gathering: Gathering, at: datetime) -> list[Booking]:
    """Whom to ring when places are free that do not go by themselves any more, in order."""
    free = gathering.capacity > gathering.taken
    return await waiting_in(gathering.id) if free and must_be_phoned(gathering, at) else []


def fitting(booking: Booking, free: int) -> int:
    """How many of the free places this party would take: all of its own, some, or none."""
    if booking.places <= free:
        return booking.places
    return free if 0 < booking.fewer <= free else 0


async def waiting_in(gathering_id: int) -> list[Booking]:
    """The parties that wait, those who have waited longest first."""
    return await (
        Booking.objects()
        .where((Booking.gathering == gathering_id) & (Booking.state == "waiting"))
        .order_by(Booking.waiting_since)
        .order_by(Booking.id)
    )


async def are_promised(gathering: Gathering) -> bool:
    """Whether the free places are for somebody who waits already."""
    free = gathering.capacity - gathering.taken
    return any(fitting(booking, free) for booking in await waiting_in(gathering.id))


async def ahead_of(booking_id: int, gathering_id: int) -> int:
    """How many parties wait before this one."""
    ids = [booking.id for booking in await waiting_in(gathering_id)]
    return ids.index(booking_id) if booking_id in ids else 0


async def offer(booking_id: int, at: datetime, *, account_id: int) -> None:
    """Offer a place to this party now, as an organiser decides. Raises Refused."""
    gathering, booking = await open_to_change(booking_id)
    if booking.state == "offered":
        return
    if booking.state not in ("waiting", "lapsed"):
        raise Refused("", "This party does not wait for a place")
    free = gathering.capacity - gathering.taken
    number = fitting(booking, free)
    if not number:
        raise Refused("", too_few(free, booking.places))
    await _offer(gathering, booking, number, at, account_id)


def too_few(free: int, wanted: int) -> str:
    """Why a party cannot have what it needs, in a sentence without its stop."""
    there = count(free, "place is", "places are") if free else "No place is"
    return f"{there} free just now, and {count(wanted, 'place is', 'places are')} needed"


async def _offer(
    gathering: Gathering, booking: Booking, number: int, at: datetime, account_id: int | None
) -> None:
    ends_at = offer_ends(gathering, booking.contact_way, at)
    if not await settle(booking, "offered", number, offer_ends_at=ends_at):
        raise RuntimeError("the places that were counted as free were not")
    await note(booking.id, "offered", account_id, at)
    await tell("place_for_you", booking.id, at)


def offer_ends(gathering: Gathering, way: str, at: datetime) -> datetime | None:
    """At six in the evening, 48 hours away or more. None when it does not run out.

    Offers to people whom we ring or write to do not run out, nor would one that outlasts the
    gathering's start.
    """
    if way != "email":
        return None
    earliest = at + OFFER_LASTS
    day = local(earliest, gathering.zone).date()
    ends_at = moment_of(day, OFFERS_END_AT, gathering.zone)
    if ends_at < earliest:
        ends_at = moment_of(day + timedelta(days=1), OFFERS_END_AT, gathering.zone)
    return ends_at.astimezone(UTC) if ends_at < gathering.starts_at else None
