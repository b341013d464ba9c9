"""Who is expected at the door and who is here: only what a helper there needs to know."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gatherings.access.door_words import door_words
from gatherings.access.looks import DOOR, OPEN_AT_THE_DOOR, note_looks, open_for
from gatherings.bookings.tables import Booking, Person
from gatherings.bookings.uses import at_the_door
from gatherings.people.roles import Viewer, works_door
from gatherings.planning.lookup import gathering_of
from web.words import folded

PHOTO_WORDS = {
    "yes": "Photographs allowed",
    "no": "No photographs",
    "ask": "Ask before a photograph",
}
SOMEBODY = "Somebody"
SUPPORTER, STAND_IN = "A supporter", "A different supporter"
UNNAMED = {
    SUPPORTER: "a supporter",
    STAND_IN: "a different supporter",
    SOMEBODY: "somebody",
}
EXPECTED = "booked"
MAY_STILL_COME = ("waiting", "offered", "lapsed")


@dataclass(frozen=True)
class AtDoor:
    """Somebody in a party. `closed` says that there is something to do for them, which whoever
    asks has not opened today."""

    position: int
    role: str
    name: str
    photo_said: str
    arrived_at: datetime | None
    stand_in: bool
    cancelled: bool
    instructions: tuple[str, ...]
    closed: bool = False

    @property
    def supporting(self) -> bool:
        """Whether they come to support somebody."""
        return self.role == "supporting"

    @property
    def here(self) -> bool:
        """Whether they have arrived."""
        return self.arrived_at is not None

    @property
    def called(self) -> str:
        """What to call them."""
        if not self.supporting:
            return self.name or SOMEBODY
        if self.stand_in:
            return STAND_IN
        return f"{self.name} (supporter)" if self.name else SUPPORTER

    @property
    def photo(self) -> str:
        """Yes, no or ask. Of a supporter who came instead of another we know nothing: no."""
        return "no" if self.stand_in else self.photo_said

    @property
    def photo_words(self) -> str:
        """The same in words."""
        return PHOTO_WORDS[self.photo]

    @property
    def does(self) -> tuple[str, ...]:
        """What to do for them. What one supporter needs says nothing about another."""
        return () if self.stand_in else self.instructions


@dataclass(frozen=True)
class DoorParty:
    """A party as the door sees it."""

    id: int
    reference: str
    state: str
    source: str
    contact_name: str
    people: tuple[AtDoor, ...]

    @property
    def coming(self) -> tuple[AtDoor, ...]:
        """Those who have not cancelled."""
        return tuple(person for person in self.people if not person.cancelled)

    @property
    def away(self) -> tuple[AtDoor, ...]:
        """Those who have cancelled."""
        return tuple(person for person in self.people if person.cancelled)

    @property
    def here(self) -> int:
        """How many are here."""
        return sum(person.here for person in self.coming)

    @property
    def all_here(self) -> bool:
        """Whether nobody of them is still to come."""
        return self.here == len(self.coming)

    @property
    def on_their_way(self) -> tuple[AtDoor, ...]:
        """Those who are not here yet."""
        return tuple(person for person in self.coming if not person.here)

    @property
    def closed(self) -> bool:
        """Whether there is something to do for them that was not opened."""
        return any(person.closed for person in self.coming)

    @property
    def title(self) -> str:
        """Their names; the contact's, where nobody has one."""
        if not any(person.name for person in self.coming):
            return f"Party of {self.contact_name}"
        first, *others = (person.called for person in self.coming)
        return ", ".join([first, *(UNNAMED.get(called, called) for called in others)])

    @property
    def sort_key(self) -> tuple[str, str]:
        """By name, as a list on paper."""
        return folded(self.title), self.reference

    def found_by(self, words: str) -> bool:
        """Whether every word of a search is in a name or the reference."""
        names = (self.contact_name, self.reference, *(person.name for person in self.people))
        said = folded(" ".join(names)).replace("-", " ")
        return all(word in said for word in folded(words).replace("-", " ").split())


@dataclass(frozen=True)
class DoorList:
    """Every party of a gathering by name, or those that a search found."""

    parties: tuple[DoorParty, ...]

    @property
    def expected(self) -> list[DoorParty]:
        """Parties with places."""
        return [one for one in self.parties if one.state == EXPECTED and one.coming]

    @property
    def to_come(self) -> list[DoorParty]:
        """Those of whom somebody is not here yet."""
        return [one for one in self.expected if not one.all_here]

    @property
    def arrived(self) -> list[DoorParty]:
        """Those who are all here."""
        return [one for one in self.expected if one.all_here]

    @property
    def waiting(self) -> list[DoorParty]:
        """Those without a place, who may come all the same."""
        return [one for one in self.parties if one.state in MAY_STILL_COME]

    @property
    def cancelled(self) -> list[DoorParty]:
        """Those who have cancelled."""
        return [one for one in self.parties if one.state == "cancelled"]

    @property
    def closed(self) -> list[DoorParty]:
        """Those who may come, for whom there is something to do that was not opened."""
        return [one for one in (*self.expected, *self.waiting) if one.closed]

    @property
    def people(self) -> int:
        """How many people are expected."""
        return sum(len(one.coming) for one in self.expected)

    @property
    def here(self) -> int:
        """How many people are here."""
        return sum(one.here for one in self.expected)

    def found_by(self, words: str) -> "DoorList":
        """Those that a search means."""
        return DoorList(tuple(one for one in self.parties if one.found_by(words)))


async def door_list(gathering_id: int, account_id: int, at: datetime) -> DoorList:
    """Everybody by name, with what to do for those whom this account has opened today."""
    bookings = await Booking.objects().where(Booking.gathering == gathering_id)
    opened = await _opened(gathering_id, account_id, at)
    return DoorList(tuple(sorted(await _parties(bookings, opened), key=_by_name)))


async def door_party(
    gathering_id: int, reference: str, account_id: int, at: datetime
) -> DoorParty | None:
    """One party of this gathering, with what to do for its people when that was opened."""
    bookings = await Booking.objects().where(
        (Booking.gathering == gathering_id) & (Booking.reference == reference.strip().lower())
    )
    parties = await _parties(bookings, await _opened(gathering_id, account_id, at))
    return parties[0] if parties else None


async def open_door(gathering_id: int, account_id: int, at: datetime) -> None:
    """Open for the rest of the day what to do for all who may come, and write down each look."""
    parties = await door_list(gathering_id, account_id, at)
    await note_looks([one.id for one in parties.closed], account_id, DOOR, at)


async def door_address(reference: str, viewer: Viewer | None) -> str:
    """Where a booking's code leads somebody who works its door; "" for everybody else."""
    if viewer is None:
        return ""
    booking = await Booking.objects().get(Booking.reference == reference.strip().lower())
    if booking is None:
        return ""
    gathering = await gathering_of(booking.gathering)
    works = works_door(viewer, gathering)
    return f"/desk/g/{gathering.slug}/door/{booking.reference}" if works else ""


async def _opened(gathering_id: int, account_id: int, at: datetime) -> set[int]:
    return await open_for(account_id, gathering_id, DOOR, at, OPEN_AT_THE_DOOR)


def _by_name(party: DoorParty) -> tuple[str, str]:
    return party.sort_key


async def _parties(bookings: list[Booking], opened: Collection[int]) -> list[DoorParty]:
    ids = [booking.id for booking in bookings]
    if not ids:
        return []
    rows = await (
        Person.objects()
        .where(Person.booking.is_in(ids))
        .order_by(Person.booking, Person.position, Person.id)
    )
    does = await door_words(ids)
    people: dict[Any, list[AtDoor]] = {}
    for row in rows:
        people.setdefault(row.booking, []).append(
            _person(row, does.get(row.id, ()), row.booking in opened)
        )
    return [_party(booking, people.get(booking.id, [])) for booking in bookings]


def _person(row: Person, does: tuple[str, ...], opened: bool) -> AtDoor:
    return AtDoor(
        position=row.position,
        role=row.role,
        name=row.name,
        photo_said=at_the_door(row),
        arrived_at=row.arrived_at,
        stand_in=row.stand_in,
        cancelled=row.cancelled_at is not None,
        instructions=does if opened else (),
        closed=bool(does) and not opened and not row.stand_in,
    )


def _party(booking: Booking, people: list[AtDoor]) -> DoorParty:
    return DoorParty(
        id=booking.id,
        reference=booking.reference,
        state=booking.state,
        source=booking.source,
        contact_name=booking.contact_name,
        people=tuple(people),
    )
