"""Places: taken and given back by one conditional update each, and counted again as a check.

Whatever changes how many places a booking holds goes through `settle`, so that `taken` of the
gathering is always the sum of what its bookings hold.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from gatherings.bookings.tables import Booking
from gatherings.planning.lookup import gathering_of
from gatherings.planning.rows import columns, hold
from gatherings.planning.tables import Gathering
from web.problems import NotFound

log = logging.getLogger("gatherings.errors")

TAKE = """
UPDATE gathering SET taken = taken + {} WHERE id = {} AND taken + {} <= capacity RETURNING id
"""
HELD = """
SELECT g.id, g.slug, g.taken AS said, COALESCE(SUM(b.held), 0) AS counted
FROM gathering g LEFT JOIN booking b ON b.gathering = g.id
{where} GROUP BY g.id, g.slug, g.taken ORDER BY g.id
"""


@dataclass(frozen=True)
class Difference:
    """A gathering whose count of taken places is not what its bookings hold."""

    slug: str
    said: int
    counted: int


async def take(gathering_id: int, number: int) -> bool:
    """Take so many places, or none of them: False when they are not there."""
    return bool(await Gathering.raw(TAKE, number, gathering_id, number))


async def give_back(gathering_id: int, number: int) -> None:
    """Give places back."""
    await Gathering.update({Gathering.taken: Gathering.taken - number}).where(
        Gathering.id == gathering_id
    )


def places_for(roles: Iterable[str], supporters_count: bool) -> int:
    """How many places people in these roles take."""
    return sum(supporters_count or role == "attending" for role in roles)


async def open_to_change(booking_id: int) -> tuple[Gathering, Booking]:
    """A booking and its gathering; nobody else changes either until we are done."""
    found = await Booking.select(Booking.gathering).where(Booking.id == booking_id).first()
    if found is None:
        raise NotFound
    await hold(Gathering, found["gathering"])
    booking = await Booking.objects().get(Booking.id == booking_id)
    if booking is None:
        raise NotFound
    return await gathering_of(booking.gathering), booking


async def settle(booking: Booking, state: str, held: int, **changes: Any) -> bool:
    """Let a booking stand in a state and hold so many places, and count them for its gathering.

    False, and nothing is changed, when it would need more places than there are.
    """
    more = held - booking.held
    if more > 0 and not await take(booking.gathering, more):
        return False
    if more < 0:
        await give_back(booking.gathering, -more)
    values = {"state": state, "held": held, **changes}
    await Booking.update(columns(values)).where(Booking.id == booking.id)
    for name, value in values.items():
        setattr(booking, name, value)
    return True


async def recount(gathering_id: int) -> tuple[int, int]:
    """How many places the gathering says are taken, and how many its bookings hold."""
    rows = await Gathering.raw(HELD.format(where="WHERE g.id = {}"), gathering_id)
    return (int(rows[0]["said"]), int(rows[0]["counted"])) if rows else (0, 0)


async def differences() -> list[Difference]:
    """Every gathering whose count is wrong. There should never be one."""
    rows = await Gathering.raw(HELD.format(where=""))
    return [
        Difference(row["slug"], int(row["said"]), int(row["counted"]))
        for row in rows
        if int(row["said"]) != int(row["counted"])
    ]


def report(found: Iterable[Difference]) -> None:
    """Write each difference into the log. Nothing is repaired: somebody must look."""
    for one in found:
        log.error(
            "places of %s: %s are counted as taken, its bookings hold %s",
            one.slug,
            one.said,
            one.counted,
        )
