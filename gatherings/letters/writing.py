"""Writing letters: rows in the transaction of what they tell of, so that neither is without
the other. They are sent after it (sending.py), or posted, rung or texted by a person."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from gatherings.access.tables import Need
from gatherings.bookings.tables import Booking, Person
from gatherings.letters.drawing import draw
from gatherings.letters.kinds import KINDS, REMINDERS
from gatherings.letters.private_links import private_link
from gatherings.letters.tables import Letter
from gatherings.planning.gathering_words import times, when
from gatherings.planning.tables import Gathering
from web.crypto import seal
from web.problems import NotFound
from web.settings import settings

EVERYBODY = ("booked", "offered", "waiting")
NOT_GONE = ("waiting", "by_hand", "failed")

# What was dropped before it went told nobody anything, so it may be written anew.
INSERT = """
INSERT INTO letter (handle, once, gathering, booking, kind, about, way, sealed, state,
                    written_at, next_try_at, tries, server_words)
VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, 0, '')
ON CONFLICT (once) DO UPDATE
SET handle = excluded.handle, about = excluded.about, way = excluded.way,
    sealed = excluded.sealed, state = excluded.state, written_at = excluded.written_at,
    next_try_at = excluded.next_try_at, tries = 0, server_words = ''
WHERE letter.state = 'dropped'
RETURNING id
"""


PLACE = """
SELECT venue.name, venue.address, venue.directions, series.name AS series_name
FROM venue, series WHERE venue.id = {} AND series.id = {}
"""

PEOPLE = """
SELECT id, booking, role, name FROM person
WHERE booking IN ({}) AND cancelled_at IS NULL ORDER BY booking, position
"""


@dataclass(frozen=True)
class Place:
    """Where a gathering meets."""

    name: str
    address: str
    directions: str


@dataclass(frozen=True)
class Occasion:
    """What a letter tells of: a kind, a gathering where it meets, and plain words as `facts`."""

    kind: str
    gathering: Gathering
    venue: Place
    series_name: str
    at: datetime
    about: str
    facts: Mapping[str, str]

    def link(self, booking: Booking) -> str:
        """The one link of the letter."""
        if self.kind == "thank_you":
            return f"{settings().base_url}/g/{self.gathering.slug}/summary"
        return private_link(booking)


@dataclass
class InParty:
    """Who comes, in words, and how many things we ask them to check: never which."""

    people: list[str]
    things: int


async def write_letter(
    kind: str,
    booking_id: int,
    at: datetime,
    *,
    once: str = "",
    about: str = "",
    facts: Mapping[str, str] | None = None,
) -> None:
    """Write one letter to one party, in the caller's transaction.

    A letter with the same `once` is never written twice, unless the first was dropped before it
    went. `facts` may hold "words": plain sentences that say what happened. Nothing in it may be
    an answer about needs. A message also has its "subject".
    """
    booking = await Booking.objects().get(Booking.id == booking_id)
    if booking is None:
        raise NotFound
    gathering = await _gathering(booking.gathering)
    await write_letter_to(booking, gathering, kind, at, once=once, about=about, facts=facts)


async def write_letter_to(
    booking: Booking,
    gathering: Gathering,
    kind: str,
    at: datetime,
    *,
    once: str = "",
    about: str = "",
    facts: Mapping[str, str] | None = None,
) -> None:
    """The same for a booking and its gathering as they now stand in the database."""
    occasion = await _occasion(kind, gathering, at, about, facts)
    party = await _parties_of(kind, [booking.id])
    await _keep(occasion, booking, party[booking.id], once or f"{kind}:{booking.id}")


async def write_to_all(
    kind: str,
    gathering_id: int,
    at: datetime,
    *,
    about: str,
    states: Sequence[str] = EVERYBODY,
    facts: Mapping[str, str] | None = None,
) -> int:
    """Write a letter to every party in these states; returns how many were written.

    `about` names the change that they all tell of: with the same one nobody is told twice.
    """
    bookings = await (
        Booking.objects()
        .where((Booking.gathering == gathering_id) & Booking.state.is_in(list(states)))
        .order_by(Booking.id)
    )
    return await write_to_these(kind, gathering_id, bookings, at, about=about, facts=facts)


async def write_to_these(
    kind: str,
    gathering_id: int,
    bookings: Sequence[Booking],
    at: datetime,
    *,
    about: str,
    facts: Mapping[str, str] | None = None,
) -> int:
    """The same for chosen parties of one gathering."""
    occasion = await _occasion(kind, await _gathering(gathering_id), at, about, facts)
    parties = await _parties_of(kind, [booking.id for booking in bookings])
    written = 0
    for booking in bookings:
        once = f"{kind}:{about}:{booking.id}"
        written += await _keep(occasion, booking, parties[booking.id], once)
    return written


async def drop_letters(booking_id: int, kinds: Iterable[str]) -> None:
    """Take back letters of these kinds that have not gone and are no longer true."""
    await Letter.update({Letter.state: "dropped"}).where(
        (Letter.booking == booking_id)
        & Letter.kind.is_in(list(kinds))
        & Letter.state.is_in(list(NOT_GONE))
    )


def bound_to(handle: str) -> str:
    """What ties a sealed letter to its row."""
    return f"letter:{handle}"


async def _gathering(gathering_id: int) -> Gathering:
    gathering = await Gathering.objects().get(Gathering.id == gathering_id)
    if gathering is None:
        raise NotFound
    return gathering


async def _occasion(
    kind: str, gathering: Gathering, at: datetime, about: str, facts: Mapping[str, str] | None
) -> Occasion:
    """One short query: it stands in the transaction of every booking."""
    (place,) = await Gathering.raw(PLACE, gathering.venue, gathering.series)
    series = place.pop("series_name")
    return Occasion(kind, gathering, Place(**place), series, at, about, facts or {})


async def _keep(occasion: Occasion, booking: Booking, party: InParty, once: str) -> bool:
    """Insert the letter; False when its like was written before, or there is no address.

    Who walked in on the day, or said no to keeping it, gave a name alone.
    """
    if not booking.contact_detail:
        return False
    handle = secrets.token_urlsafe(12)
    by_mail = booking.contact_way == "email" and bool(booking.contact_detail.strip())
    rows = await Letter.raw(
        INSERT,
        handle,
        once,
        occasion.gathering.id,
        booking.id,
        occasion.kind,
        occasion.about,
        booking.contact_way,
        seal(_content(occasion, booking, party), bound_to(handle)),
        "waiting" if by_mail else "by_hand",
        occasion.at,
        occasion.at,
    )
    return bool(rows)


def _content(occasion: Occasion, booking: Booking, party: InParty) -> dict[str, str | bool]:
    gathering = occasion.gathering
    link = occasion.link(booking)
    drawn = draw(
        occasion.kind,
        booking=booking,
        g=gathering,
        venue=occasion.venue,
        series_name=occasion.series_name,
        people=party.people,
        things=party.things,
        facts=occasion.facts,
        when=when(gathering),
        times=times(gathering),
        link=link,
        site_name=settings().site_name,
    )
    return {
        "to": booking.contact_detail,
        "name": booking.contact_name,
        "subject": drawn.subject,
        "text": drawn.text,
        "link": link,
        "calendar": KINDS[occasion.kind].calendar,
    }


async def _parties_of(kind: str, booking_ids: Sequence[int]) -> dict[int, InParty]:
    """What a letter says of each party, by booking. Only reminders ask them to check things."""
    one_of_these = ", ".join("{}" for _ in booking_ids) or "0"
    rows = await Person.raw(PEOPLE.format(one_of_these), *booking_ids)
    parties = {booking_id: InParty([], 0) for booking_id in booking_ids}
    for row in rows:
        parties[row["booking"]].people.append(_called(row["role"], row["name"]))
    if kind in REMINDERS:
        to_check = await _to_check([row["id"] for row in rows])
        for row in rows:
            parties[row["booking"]].things += to_check.count(row["id"])
    return parties


async def _to_check(person_ids: Sequence[int]) -> list[int]:
    """A person's id for each thing that we have arranged and they have not yet agreed to."""
    rows = await Need.select(Need.person).where(
        Need.person.is_in([0, *person_ids]) & (Need.state == "arranged")
    )
    return [row["person"] for row in rows]


def _called(role: str, name: str) -> str:
    if role == "attending":
        return name or "Somebody"
    return f"{name} (supporter)" if name else "a supporter"
