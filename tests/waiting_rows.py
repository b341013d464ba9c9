"""Parties that wait or are offered places, made by the same verbs that people press."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from gatherings.bookings import bookings
from gatherings.bookings.parties import Party, PersonAnswer
from gatherings.bookings.places import recount
from gatherings.bookings.tables import Booking, Person
from gatherings.planning.tables import Gathering
from tests.booking_rows import one_person
from web.database import read, write


def party(size: int, name: str = "Cal", way: str = "email") -> Party:
    """A party of so many people who attend."""
    people = tuple(PersonAnswer(name=f"{name} {n}", help="no") for n in range(1, size + 1))
    detail = f"{name.lower()}@people.example" if way == "email" else "01632 960 002"
    return replace(one_person(name), people=people, contact_way=way, contact_detail=detail)


async def booked(gathering: Gathering, size: int = 1, name: str = "Cal", **kept: Any) -> Booking:
    """A booking of this size, in whatever state the free places allow."""
    way = kept.pop("way", "email")
    at = kept.pop("at", None) or datetime.now(UTC)
    made = await write(bookings.book, gathering.id, party(size, name, way), at=at)
    if kept:
        await write(_set, made.reference, kept)
    return await again(made.reference)


async def again(reference: str) -> Booking:
    """The booking as it is now."""
    booking = await Booking.objects().get(Booking.reference == reference)
    assert booking is not None
    return booking


async def state_of(booking: Booking) -> tuple[str, int]:
    """Its state, and the places that it holds."""
    now = await again(booking.reference)
    return now.state, now.held


async def coming_in(booking: Booking) -> list[str]:
    """The names of those who are still coming."""
    people = await (
        Person.objects()
        .where((Person.booking == booking.id) & Person.cancelled_at.is_null())
        .order_by(Person.position)
    )
    return [person.name for person in people]


async def counts_are_right(gathering: Gathering) -> bool:
    """Whether the places counted as taken are those that bookings hold."""
    said, counted = await read(recount, gathering.id)
    return said == counted


async def _set(reference: str, kept: dict[str, Any]) -> None:
    await Booking.update(dict(kept.items())).where(Booking.reference == reference)
