"""Looking bookings up: one party for its own page, all of them for the desk."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gatherings.bookings.tables import Booking, BookingEvent, Person
from gatherings.people.tables import Account
from gatherings.planning.tables import Gathering
from web.crypto import hash_of

WAY_WORDS = {
    "email": "E-mail",
    "phone": "Phone call",
    "text": "Text message",
    "post": "Post",
    "supporter": "Through a supporter",
}
SOURCE_WORDS = {"web": "Website", "phone": "Phone", "paper": "Paper", "day": "On the day"}
STATE_WORDS = {
    "booked": "Booked",
    "waiting": "On the waiting list",
    "offered": "Offered a place",
    "lapsed": "Did not answer in time",
    "cancelled": "Cancelled",
}


@dataclass(frozen=True)
class PersonView:
    """Somebody in a party. `position` names them within it."""

    position: int
    role: str
    name: str
    maybe: bool
    help: str
    badge: str
    photo: str
    photo_web: str
    photo_social: str
    photo_print: str
    named: str
    quoted: str

    @property
    def supporting(self) -> bool:
        """Whether they come to support somebody."""
        return self.role == "supporting"

    @property
    def words(self) -> str:
        """Their name, or what to call somebody without one."""
        if not self.supporting:
            return self.name or "Somebody"
        if self.maybe:
            return f"A supporter, not sure yet{f' ({self.name})' if self.name else ''}"
        return f"{self.name} (supporter)" if self.name else "A supporter"


@dataclass(frozen=True)
class BookingView:
    """A booking with the people who still come; the fields are those of the table."""

    id: int
    gathering_id: int
    reference: str
    secret_hash: str
    state: str
    places: int
    held: int
    fewer: int
    waiting_since: datetime | None
    offer_ends_at: datetime | None
    for_whom: str
    asker_is: str
    contact_name: str
    contact_way: str
    contact_detail: str
    source: str
    entered_by: int | None
    created_at: datetime
    people: tuple[PersonView, ...]

    @property
    def supporters(self) -> int:
        """How many come to support somebody."""
        return sum(person.supporting for person in self.people)

    def opens_with(self, secret: str) -> bool:
        """Whether this is the secret of the booking's private link."""
        return hmac.compare_digest(self.secret_hash, hash_of(secret))

    def found_by(self, words: str) -> bool:
        """Whether a search on the desk means this booking."""
        names = [self.contact_name, self.reference, *(person.name for person in self.people)]
        spaced = [name.replace("-", " ") for name in names]
        return any(words.casefold() in name.casefold() for name in [*names, *spaced])


@dataclass(frozen=True)
class EventView:
    """A line of a booking's history."""

    at: datetime
    what: str
    by_account: int | None


@dataclass(frozen=True)
class Numbers:
    """How full a gathering is."""

    capacity: int
    taken: int
    waiting: int

    @property
    def left(self) -> int:
        """Places that are free."""
        return self.capacity - self.taken


async def find_booking(reference: str) -> BookingView | None:
    """The booking with this reference, if there is one."""
    bookings = await Booking.objects().where(Booking.reference == reference.strip().lower())
    found = await _with_people(bookings)
    return found[0] if found else None


async def bookings_of(gathering_id: int, words: str = "") -> list[BookingView]:
    """The bookings of a gathering, newest first; `words` looks for a name or a reference."""
    bookings = await (
        Booking.objects()
        .where(Booking.gathering == gathering_id)
        .order_by(Booking.created_at, Booking.id, ascending=False)
    )
    views = await _with_people(bookings)
    return [view for view in views if not words or view.found_by(words)]


async def history_of(booking_id: int) -> list[EventView]:
    """What happened to a booking, oldest first."""
    rows = await (
        BookingEvent.objects().where(BookingEvent.booking == booking_id).order_by(BookingEvent.id)
    )
    return [EventView(row.at, row.what, row.account_id) for row in rows]


async def names_of(account_ids: Iterable[int | None]) -> dict[int, str]:
    """The names of those helpers who have an account."""
    wanted = sorted({one for one in account_ids if one is not None})
    if not wanted:
        return {}
    rows = await Account.select(Account.id, Account.name).where(Account.id.is_in(wanted))
    return {row["id"]: row["name"] for row in rows}


async def numbers_of(gathering_id: int) -> Numbers:
    """Places taken, and places that waiting parties would take."""
    gathering = await Gathering.objects().get(Gathering.id == gathering_id)
    waiting = await Booking.select(Booking.places).where(
        (Booking.gathering == gathering_id) & (Booking.state == "waiting")
    )
    if gathering is None:
        return Numbers(0, 0, 0)
    return Numbers(gathering.capacity, gathering.taken, sum(row["places"] for row in waiting))


async def _with_people(bookings: list[Booking]) -> list[BookingView]:
    ids = [booking.id for booking in bookings]
    if not ids:
        return []
    rows = await (
        Person.objects()
        .where(Person.booking.is_in(ids), Person.cancelled_at.is_null())
        .order_by(Person.booking, Person.position)
    )
    parties: dict[Any, list[PersonView]] = {}
    for row in rows:
        parties.setdefault(row.booking, []).append(_person(row))
    return [_view(booking, parties.get(booking.id, [])) for booking in bookings]


def _person(row: Person) -> PersonView:
    return PersonView(
        position=row.position,
        role=row.role,
        name=row.name,
        maybe=row.maybe,
        help=row.help,
        badge=row.badge,
        photo=row.photo,
        photo_web=row.photo_web,
        photo_social=row.photo_social,
        photo_print=row.photo_print,
        named=row.named,
        quoted=row.quoted,
    )


def _view(booking: Booking, people: list[PersonView]) -> BookingView:
    return BookingView(
        id=booking.id,
        gathering_id=booking.gathering,
        reference=booking.reference,
        secret_hash=booking.secret_hash,
        state=booking.state,
        places=booking.places,
        held=booking.held,
        fewer=booking.fewer,
        waiting_since=booking.waiting_since,
        offer_ends_at=booking.offer_ends_at,
        for_whom=booking.for_whom,
        asker_is=booking.asker_is,
        contact_name=booking.contact_name,
        contact_way=booking.contact_way,
        contact_detail=booking.contact_detail,
        source=booking.source,
        entered_by=booking.entered_by,
        created_at=booking.created_at,
        people=tuple(people),
    )
