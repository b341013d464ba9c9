"""Whether supporters take places: counting every party of a gathering anew when that changes."""

from gatherings.bookings.places import places_for
from gatherings.bookings.tables import Booking, Person
from gatherings.planning.rows import columns


async def count_anew(gathering_id: int, supporters_count: bool) -> int:
    """Write down what every party takes and holds now. Gives what they hold together.

    The caller holds the gathering, and keeps `taken` in the same transaction.
    """
    roles = await _roles_of(gathering_id)
    total = 0
    for booking in await Booking.objects().where(
        (Booking.gathering == gathering_id) & (Booking.state != "cancelled")
    ):
        places = max(1, places_for(roles.get(booking.id, []), supporters_count))
        held = _held(booking, places)
        values = {"places": places, "held": held, "fewer": _fewer(booking.fewer, places)}
        await Booking.update(columns(values)).where(Booking.id == booking.id)
        total += held
    return total


def _held(booking: Booking, places: int) -> int:
    """Who is booked holds all; an offer of fewer places stays one; who waits holds none."""
    if booking.state == "booked" or (booking.held and booking.held == booking.places):
        return places
    return min(booking.held, places)


def _fewer(fewer: int, places: int) -> int:
    """Who would come with so many, and needs no more than that now, is all or none."""
    return fewer if fewer < places else 0


async def _roles_of(gathering_id: int) -> dict[int, list[str]]:
    """The roles of those who still come, by booking."""
    rows = await Person.select(Person.booking, Person.role).where(
        (Person.booking.gathering == gathering_id) & Person.cancelled_at.is_null()
    )
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(row["booking"], []).append(row["role"])
    return found
