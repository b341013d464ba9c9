"""At the door: who is here, and letting in whoever comes without a place."""

from datetime import datetime
from typing import Any

from gatherings.bookings.booking_history import note
from gatherings.bookings.tables import Booking, Person
from gatherings.planning.history import note_event
from gatherings.planning.lookup import gathering_of
from gatherings.planning.rows import hold
from gatherings.planning.tables import Gathering
from web.problems import Overtaken

WITHOUT_A_PLACE = ("waiting", "offered", "lapsed", "cancelled")
TAKE_PLACES = """
UPDATE gathering SET taken = taken + {}
WHERE id = {} AND state IN ('open', 'closed') AND taken + {} <= capacity
RETURNING id
"""


class NoRoom(Exception):
    """All `capacity` places are taken. Whoever asks again with `more` adds what is needed."""

    def __init__(self, capacity: int) -> None:
        super().__init__(f"all {capacity} places are taken")
        self.capacity = capacity


async def arrive(
    booking_id: int,
    account_id: int,
    at: datetime,
    *,
    position: int | None = None,
    stand_in: bool = False,
) -> int:
    """Note that the whole party is here, or the person at one position. Gives how many came now.

    Who is here already, who has cancelled and who has no place is left as they are, so that
    two helpers who press at once note one arrival. `stand_in`: another supporter came instead.
    """
    has_a_place = Booking.select(Booking.id).where(
        (Booking.id == booking_id) & (Booking.state == "booked")
    )
    came = await (
        Person.update({Person.arrived_at: at, Person.stand_in: stand_in})
        .where(
            _who(booking_id, position)
            & Person.booking.is_in(has_a_place)
            & Person.arrived_at.is_null()
            & Person.cancelled_at.is_null()
        )
        .returning(Person.id)
    )
    for row in came:
        await note(booking_id, "arrived", account_id, at, person_id=row["id"])
    return len(came)


async def undo_arrival(
    booking_id: int, account_id: int, at: datetime, *, position: int | None = None
) -> int:
    """Take an arrival back, of one person or of all who are here. Gives how many."""
    gone = await (
        Person.update({Person.arrived_at: None, Person.stand_in: False})
        .where(_who(booking_id, position) & Person.arrived_at.is_not_null())
        .returning(Person.id)
    )
    for row in gone:
        await note(booking_id, "arrival undone", account_id, at, person_id=row["id"])
    return len(gone)


async def let_in(
    gathering_id: int, booking_id: int, account_id: int, at: datetime, *, more: bool
) -> int:
    """Give a party without a place its places, and note that it is here.

    Raises NoRoom when there are too few places and nobody said to make `more`.
    """
    await hold(Gathering, gathering_id)
    booking = await Booking.objects().get(Booking.id == booking_id)
    if booking is None or booking.state not in WITHOUT_A_PLACE:
        return await arrive(booking_id, account_id, at)
    gathering = await gathering_of(gathering_id)
    places = await _places_of(booking_id, gathering)
    await make_room(gathering.id, places - booking.held, account_id, at, more=more)
    changed = await (
        Booking.update(
            {
                Booking.state: "booked",
                Booking.places: places,
                Booking.held: places,
                Booking.offer_ends_at: None,
                Booking.cancelled_at: None,
            }
        )
        .where(
            (Booking.id == booking_id)
            & (Booking.state == booking.state)
            & (Booking.held == booking.held)
        )
        .returning(Booking.id)
    )
    if not changed:
        raise Overtaken
    await note(booking_id, "let in at the door", account_id, at)
    return await arrive(booking_id, account_id, at)


async def make_room(
    gathering_id: int, number: int, account_id: int, at: datetime, *, more: bool
) -> None:
    """Take places; with `more`, add those that are missing. The history says who let them in."""
    await hold(Gathering, gathering_id)
    gathering = await gathering_of(gathering_id)
    missing = gathering.taken + number - gathering.capacity
    if missing > 0 and not more:
        raise NoRoom(gathering.capacity)
    if missing > 0:
        await Gathering.update(
            {Gathering.capacity: Gathering.capacity + missing, Gathering.changed_at: at}
        ).where(Gathering.id == gathering_id)
        await note_event(gathering_id, account_id, "places added at the door", ("capacity",))
    if not await Gathering.raw(TAKE_PLACES, number, gathering_id, number):
        raise Overtaken("This gathering lets nobody in: it is a draft, or it was cancelled.")


def _who(booking_id: int, position: int | None) -> Any:
    party = Person.booking == booking_id
    return party if position is None else party & (Person.position == position)


async def _places_of(booking_id: int, gathering: Gathering) -> int:
    """How many places those take who still want to come."""
    coming = await Person.select(Person.role).where(
        (Person.booking == booking_id) & Person.cancelled_at.is_null()
    )
    counted = [row for row in coming if gathering.supporters_count or row["role"] == "attending"]
    if not counted:
        raise Overtaken("Everybody in this party has cancelled. Note them as a walk-in.")
    return len(counted)
