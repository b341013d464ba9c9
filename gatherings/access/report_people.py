"""Who comes with which promise: what reports are counted from. It never leaves as it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gatherings.access.door_words import NOT_NOW, with_consent
from gatherings.access.needs import NeedView, needs_of_gathering
from gatherings.access.sharing import NAME_FOR_VENUE
from gatherings.bookings.tables import Booking, Person


@dataclass(frozen=True)
class Coming:
    """Somebody who has a place. `phone` is there when they want to be rung or texted."""

    person_id: int
    booking_id: int
    name: str
    phone: str


async def people_coming(gathering_id: int) -> dict[int, Coming]:
    """Everybody who has a place, by the person's id."""
    bookings = await Booking.objects().where(
        (Booking.gathering == gathering_id) & (Booking.state == "booked")
    )
    phones = {
        b.id: b.contact_detail if b.contact_way in ("phone", "text") else "" for b in bookings
    }
    people = await (
        Person.objects()
        .where(Person.booking.is_in([0, *phones]) & Person.cancelled_at.is_null())
        .order_by(Person.id)
    )
    return {p.id: Coming(p.id, p.booking, p.name, phones[p.booking]) for p in people}


async def sharing_parties(bookings: Iterable[int]) -> set[int]:
    """Of these parties, those that let the venue know who needs help to get out."""
    return set(await with_consent(sorted(set(bookings)), NAME_FOR_VENUE))


async def needs_told(gathering_id: int, people: Mapping[int, Coming]) -> list[NeedView]:
    """The opened needs of those people whose party lets us keep them."""
    agreed = set(await with_consent(sorted({one.booking_id for one in people.values()})))
    needs = await needs_of_gathering(gathering_id)
    return [one for one in needs if one.person_id in people and one.booking_id in agreed]


async def needs_to_meet(gathering_id: int, people: Mapping[int, Coming]) -> list[NeedView]:
    """Of these, the needs that are still wanted and that we have not refused."""
    needs = await needs_told(gathering_id, people)
    return [one for one in needs if one.state not in NOT_NOW]
