"""At the door: who is here, and letting in whoever comes without a place."""

from datetime import datetime
from typing import Any

from gatherings.bookings.booking_history import note
from gatherings.bookings.places import open_to_change, places_for, settle
from gatherings.bookings.tables import Booking, Person
from gatherings.letters.writing import drop_letters
from gatherings.planning.history import note_event
from gatherings.planning.tables import Gathering
from web.problems import Overtaken

DOOR_STATES = ("open", "closed")
NO_LONGER_TRUE = ("waiting", "place_for_you", "offer_over", "cancelled")


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
    booking_id: int, account_id: int, at: datetime, *, position: int | None = None, more: bool
) -> int:
    """Give a party without a place its places, and note that it is here. Gives how many came.

    With `position` one person comes after all who had cancelled. Raises NoRoom when there are
    too few places and nobody said to make `more`.
    """
    gathering, booking = await open_to_change(booking_id)
    if position is not None:
        await Person.update({Person.cancelled_at: None}).where(_who(booking_id, position))
    coming = await Person.select(Person.role).where(
        (Person.booking == booking_id) & Person.cancelled_at.is_null()
    )
    places = places_for((row["role"] for row in coming), gathering.supporters_count)
    if not places:
        raise Overtaken("Everybody in this party has cancelled. Note them as a walk-in.")
    if (booking.state, booking.places) != ("booked", places):
        await make_room(gathering, places - booking.held, account_id, at, more=more)
        changes = {"places": places, "offer_ends_at": None, "cancelled_at": None}
        await settle(booking, "booked", places, **changes)
        await drop_letters(booking_id, NO_LONGER_TRUE)
        await note(booking_id, "let in at the door", account_id, at)
    return await arrive(booking_id, account_id, at, position=position)


async def make_room(
    gathering: Gathering, number: int, account_id: int, at: datetime, *, more: bool
) -> None:
    """See that so many places are free; with `more`, add those that are missing.

    The gathering's row is held. Its history says who added them.
    """
    if gathering.state not in DOOR_STATES:
        raise Overtaken("This gathering lets nobody in: it is a draft, or it was cancelled.")
    missing = gathering.taken + number - gathering.capacity
    if missing > 0 and not more:
        raise NoRoom(gathering.capacity)
    if missing > 0:
        await Gathering.update(
            {Gathering.capacity: Gathering.capacity + missing, Gathering.changed_at: at}
        ).where(Gathering.id == gathering.id)
        await note_event(gathering.id, account_id, "places added at the door", ("capacity",))


def _who(booking_id: int, position: int | None) -> Any:
    party = Person.booking == booking_id
    return party if position is None else party & (Person.position == position)
